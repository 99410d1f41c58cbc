"""Search over large bases: packed passages, mapped files, ranges by region, the rarest terms."""

import dataclasses
import random
from pathlib import Path

import numpy as np
import pytest
from bot import mapped
from bot.answering.assistant import Assistant
from bot.answering.search_desk import own_rules
from bot.knowledge.model import Snapshot
from bot.retrieval import engine as engine_module
from bot.retrieval import index
from bot.retrieval.analysis import analyse
from bot.retrieval.engine import Engine
from bot.retrieval.packed import PackedPassages
from bot.retrieval.passages import Passage, PassageKind
from bot.retrieval.postings import Postings, Rows

WORDS = [f"{a}{b}{c}" for a in "bdgk" for b in "aiou" for c in ("ran", "lit", "sup", "mek", "tor")]


def unit(source: str, number: int, text: str, region: str = "") -> Passage:
    return Passage(
        PassageKind.PROVISION, source, f"pasal-{number}", "", text, "", (), (), region=region
    )


def random_base(count: int) -> list[Passage]:
    drawn = random.Random(4)
    return [unit("uji", n, " ".join(drawn.choices(WORDS, k=12))) for n in range(count)]


@pytest.fixture(scope="module")
def base() -> list[Passage]:
    return random_base(400)


def test_packed_passages_come_back_as_they_were(base: list[Passage]) -> None:
    whole = dataclasses.replace(
        base[0],
        questions=("Apa?", "Siapa?"),
        keywords=("kata",),
        term="Istilah (I)",
        prior=-0.25,
        root=True,
        rests_on=frozenset({"a#b"}),
    )
    packed = PackedPassages([whole, *base])
    assert len(packed) == len(base) + 1
    assert packed[0] == whole
    assert packed[-1] == base[-1]
    assert packed[1:4] == base[:3]
    assert list(packed)[1:] == base
    with pytest.raises(IndexError):
        packed[len(packed)]


def test_a_mapped_engine_answers_like_the_one_that_was_saved(
    knowledge: Snapshot, base: list[Passage], tmp_path: Path
) -> None:
    built = Engine(knowledge, PackedPassages(base))
    mapped.save(tmp_path / "mesin", built)
    opened = mapped.load(tmp_path / "mesin")
    for passage in base[:20]:
        asked = analyse(passage.text.split()[:4])
        one, other = opened.search(asked), built.search(asked)
        assert [h.passage for h in one] == [h.passage for h in other]
        assert [h.evidence for h in one] == [h.evidence for h in other]


@pytest.mark.parametrize("kept", [0, 5, 40, 2000])
def test_a_mapped_file_that_is_cut_short_is_refused(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "berkas"
    mapped.save(path, {"angka": np.arange(1000)})
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ValueError, match=r"cut short|empty file|not a mapped"):
        mapped.load(path)


def test_what_is_written_replaces_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "berkas"
    mapped.save(path, [1])
    old = mapped.load(path)
    mapped.save(path, [2])
    assert (old, mapped.load(path)) == ([1], [2])
    assert [p.name for p in tmp_path.iterdir()] == ["berkas"]


def test_postings_score_ranges_like_the_whole() -> None:
    rows = Rows()
    drawn = random.Random(9)
    held = [[drawn.choice(WORDS) for _ in range(6)] for _ in range(200)]
    for terms in held:
        rows.add(terms)
    documents = np.repeat(np.arange(200, dtype=np.int32), rows.lengths)
    shares = np.ones(len(documents), np.float32)
    postings = Postings.build(rows.terms, rows.held, documents, shares, 200)
    query = [(WORDS[3], 2.0), (WORDS[7], 1.0), ("tiada", 5.0)]
    expected = [2.0 * t.count(WORDS[3]) + t.count(WORDS[7]) for t in held]
    whole = postings.scores(query, ((0, 200),))
    assert whole.tolist() == expected
    ranges = ((10, 40), (120, 125), (190, 200))
    parts = [expected[n] for low, high in ranges for n in range(low, high)]
    assert postings.scores(query, ranges).tolist() == parts
    some = np.array([3, 50, 199], np.int32)
    assert postings.scores_of(query, some).tolist() == [expected[n] for n in some]


def test_a_base_too_large_to_score_whole_gives_the_same_first(
    knowledge: Snapshot, base: list[Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(knowledge, base)
    asked = [analyse(passage.text.split()[:5]) for passage in base[:60]]
    exact = [engine.search(a)[0].passage for a in asked]
    monkeypatch.setattr(index, "_DENSE", 10)
    monkeypatch.setattr(index, "_BUDGET", 60)
    sparse = [engine.search(a)[0].passage for a in asked]
    same = sum(a == b for a, b in zip(exact, sparse, strict=True))
    assert same >= 57


@pytest.fixture(scope="module")
def regions(knowledge: Snapshot) -> Engine:
    """A nation-wide rule and the same rule of three regions, more than are searched unasked."""
    text = "Tim koordinasi dipimpin sekretaris"
    places = ("73.22", "73.73", "64.01")
    local = [
        unit(f"perbup-{code}", n, f"{text} {code} {n}", code) for code in places for n in (1, 2)
    ]
    return Engine(knowledge, [unit("perpres", 1, text), *sorted(local, key=lambda p: p.region)])


def test_a_region_named_is_looked_at_and_the_others_are_not(
    regions: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_FEW_LOCAL", 2)
    asked = analyse("siapa memimpin tim koordinasi".split())
    unnamed = regions.search(asked)
    assert {h.passage.source for h in unnamed} == {"perpres"}
    named = regions.search(asked, regions=frozenset({"73.73"}))
    assert {h.passage.source for h in named} == {"perpres", "perbup-73.73"}


def test_rules_of_a_region_are_asked_for_by_their_kind(
    regions: Engine, assistant: Assistant
) -> None:
    reads = assistant.reader.read
    scope = own_rules(regions, reads("siapa memimpin tim menurut perwali kota palopo?"))
    assert scope is not None
    asked = analyse(["tim", "koordinasi"])
    hits = regions.search(asked, scope=scope, regions=frozenset({"73.73"}))
    assert {h.passage.source for h in hits} == {"perbup-73.73"}
    assert own_rules(regions, reads("siapa memimpin tim di kota palopo?")) is None
    assert own_rules(regions, reads("siapa memimpin tim menurut perbup maros?")) is None
