"""How search holds up as the base grows: this engine, RapidFuzz over all, and BM25 side by side.

The base is this project's knowledge and, up to the size asked for, regulations of regions made
from it: each kabupaten or kota gets units in its own name (its head, its offices, its regulation),
without everyday questions, as an import would bring them. Where ``../shared`` lies beside the
project, the units of a real Perbup join them, under every region like the others.

The questions, all with slips of the keyboard or chat spellings:

- ``nation-wide``: the dev questions whose answer is a unit of a nation-wide text;
- ``region named``: everyday questions on units that a region's regulation repeats, with
  "menurut perbup" (or perwali) and the region's name; right is that region's unit.

The same questions with the same answers are asked at every size; those on regions are about the
regions that the smallest size holds. The engine is saved and opened by a new process, which
measures time, start and memory; the others run in this one. RapidFuzz takes seconds a question
at the larger sizes, so it and BM25 get a sample of the questions there.

usage: python -m bench.retrieval [--sizes 1000,10000] [--json FILE] [--engine-only]

Needs ``pip install bm25s`` for the comparison.
"""

import argparse
import dataclasses
import gc
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from bot import mapped
from bot.answering.question import Reader
from bot.answering.search_desk import own_rules
from bot.evaluation.noise import KINDS, Noise
from bot.evaluation.questions import read_questions
from bot.knowledge import snapshot
from bot.knowledge.model import Region, Snapshot
from bot.retrieval.engine import Engine
from bot.retrieval.packed import PackedPassages
from bot.retrieval.passages import Passage, PassageKind, build_passages
from rapidfuzz import fuzz, process

ROOT = Path(__file__).parents[1]
DEV = ROOT / "tests/data/questions_dev.jsonl"
REAL = ROOT.parent / "shared/sources/documents/perbup-minahasa-selatan-15-2025-spbe.src.txt"
SIZES = (1_000, 10_000, 100_000, 300_000)
# Units a region: about what ten regulations hold; the regions asked about have one, at all sizes.
PER_REGION = 590
ASKED_REGIONS = 10
ASKED_UNITS = 48
SLOW_SAMPLE = 12
Case = tuple[str, str, frozenset[tuple[str, str]]]


# -- the base ---------------------------------------------------------------------------------


def localised(text: str, region: Region) -> str:
    """Rewrite a nation-wide rule as one of a region."""
    head = "Wali Kota" if region.kind == "kota" else "Bupati"
    name = region.name.removeprefix("Kabupaten ").removeprefix("Kota ")
    place = f"Pemerintah {region.name}"
    for old, new in (
        ("Instansi Pusat dan Pemerintah Daerah", f"perangkat daerah {region.name}"),
        ("Pemerintah Daerah", place),
        ("kepala daerah (gubernur, bupati, atau wali kota)", f"{head} {name}"),
        ("kepala daerah", f"{head} {name}"),
        ("Instansi Pusat", "perangkat daerah"),
        ("Menteri PANRB", f"{head} {name}"),
        ("Presiden", f"{head} {name}"),
    ):
        text = text.replace(old, new)
    return text


def templates(whole: Sequence[Passage]) -> list[Passage]:
    """Return the units that regions repeat: real local text first, then our provisions."""
    own = [
        p for p in whole if p.kind is PassageKind.PROVISION and not p.region and len(p.text) > 40
    ]
    random.Random(5).shuffle(own)
    return real_units() + own


def real_units() -> list[Passage]:
    """Return the ayat of a real Perbup, where its text is at hand."""
    if not REAL.is_file():
        return []
    out, pasal = [], ""
    for line in REAL.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line.startswith("Pasal ") and line[6:].isdigit():
            pasal = line[6:]
        elif pasal and len(line) > 40:
            text = line.replace("Minahasa Selatan", "Daerah")
            out.append(
                Passage(PassageKind.PROVISION, "nyata", f"pasal-{pasal}", "", text, "", (), ())
            )
    return out


def local_passages(
    regions: Sequence[Region], units: Sequence[Passage], count: int
) -> Iterator[Passage]:
    """Yield the regions' passages, those of one region together, until there are ``count``."""
    made = 0
    for region in regions:
        for place in range(PER_REGION):
            if made == count:
                return
            unit = units[(place * 7919 + 13) % len(units)]
            head = "perwali" if region.kind == "kota" else "perbup"
            name = region.name.lower().split(" ", 1)[1].replace(" ", "-")
            part = place // 60
            yield dataclasses.replace(
                unit,
                source=f"{head}-{name}-{part + 1}-2023",
                locator=f"{unit.source}-{unit.locator}-{place}",
                text=localised(unit.text, region),
                context=f"Peraturan {region.name} {localised(unit.context, region)}",
                questions=(),
                keywords=(),
                region=region.code,
                prior=0.0,
                root=False,
                rests_on=frozenset(),
            )
            made += 1


def regions_of(found: Snapshot) -> list[Region]:
    """Return the kabupaten and kota in the order in which the base grows."""
    out = [r for r in found.regions.values() if r.kind in ("kabupaten", "kota")]
    random.Random(11).shuffle(out)
    return out


def base(found: Snapshot, size: int) -> list[Passage]:
    """Return a base of a size; the smallest cuts our own knowledge down to what is asked."""
    whole = build_passages(found)
    local = size - len(whole)
    if local <= 0:
        gold = [pair for _, _, pairs in nation_wide() for pair in pairs]
        few = [p for p in whole if any(right(p, frozenset({pair})) for pair in gold)]
        others = [p for p in whole if not p.region and p not in few]
        whole = few + others[: max(size // 2 - len(few), 0)]
        local = size - len(whole)
    chosen = regions_of(found)
    asked, rest = chosen[:ASKED_REGIONS], chosen[ASKED_REGIONS:]
    units = templates(build_passages(found))
    made: list[Passage] = []
    for region in asked:
        made += local_passages([region], units, ASKED_UNITS)
    made += local_passages(rest, units, local - len(made))
    made.sort(key=lambda p: p.region)
    taken = {(p.source, p.locator) for p in made}
    return [p for p in whole if not p.region and (p.source, p.locator) not in taken] + made


# -- the questions ----------------------------------------------------------------------------


def nation_wide() -> list[Case]:
    """Return the dev questions on one unit, as they stand: many are typed in haste already."""
    return [
        ("nation-wide", asked.question, frozenset(tuple(c) for c in asked.expect.cite))
        for asked in read_questions(DEV)
        if asked.expect.cite and not asked.turns and asked.category in ("perpres95", "definisi")
    ]


def region_named(found: Snapshot) -> list[Case]:
    """Return questions on what a region's regulation repeats, naming the region."""
    whole = build_passages(found)
    units = templates(whole)
    noise = Noise(found.chat_spellings, seed=3)
    out: list[Case] = []
    for region in regions_of(found)[:ASKED_REGIONS]:
        made = list(local_passages([region], units, ASKED_UNITS))
        asked = [
            (unit, passage)
            for place, passage in enumerate(made)
            for unit in [units[(place * 7919 + 13) % len(units)]]
            if unit.questions
        ]
        said = "perwali" if region.kind == "kota" else "perbup"
        for number, (unit, passage) in enumerate(asked):
            question = noise.make(unit.questions[0].rstrip("?"), KINDS[number % 2])
            out.append(
                (
                    "region named",
                    f"{question} menurut {said} {region.name}?",
                    frozenset({(passage.source, passage.locator)}),
                )
            )
    return out


def right(passage: Passage, gold: frozenset[tuple[str, str]]) -> bool:
    """Whether a passage is one of the right ones, lies in one or holds one."""
    return any(
        passage.source == source
        and (
            passage.locator == locator
            or passage.locator.startswith(f"{locator}-")
            or locator.startswith(f"{passage.locator}-")
        )
        for source, locator in gold
    )


# -- measuring --------------------------------------------------------------------------------


def measure(
    ask: Callable[[str], Passage | None], cases: Sequence[Case]
) -> dict[str, float | int | str]:
    """Ask every question; return hit@1 by group and percentiles of the time in ms."""
    times, hits = [], {}
    for group, question, gold in cases:
        start = time.perf_counter()
        first = ask(question)
        times.append((time.perf_counter() - start) * 1000)
        hits.setdefault(group, []).append(first is not None and right(first, gold))
    out: dict[str, float | int | str] = {"questions": len(times)}
    for group, found in hits.items():
        out[f"hit@1 {group}"] = round(float(np.mean(found)), 3)
    for share in (50, 95):
        out[f"p{share} ms"] = round(float(np.percentile(times, share)), 3)
    return out


def resident() -> float:
    """Memory of this process now, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(n for n in status.read_text().splitlines() if n.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def opened(path: Path, cases: Sequence[Case]) -> dict[str, float | int | str]:
    """In a new process: open a saved engine and ask."""
    start = time.perf_counter()
    reader, engine = mapped.load(path)
    ready = time.perf_counter() - start

    def ask(text: str) -> Passage | None:
        question = reader.read(text)
        codes = frozenset(code for place in question.places for code in place.codes)
        hits = engine.search(question.analysis, scope=own_rules(engine, question), regions=codes)
        return hits[0].passage if hits else None

    out = measure(ask, cases)
    return out | {"start s": round(ready, 2), "memory MB": round(resident())}


def this_engine(
    found: Snapshot, passages: list[Passage], cases: Sequence[Case]
) -> dict[str, object]:
    """Build, save, and let a new process open and ask."""
    start = time.perf_counter()
    packed = PackedPassages(passages)
    engine = Engine(found, packed)
    reader = Reader(found, packed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "engine"
        mapped.save(path, (reader, engine))
        built = time.perf_counter() - start
        del engine, reader, packed
        gc.collect()
        questions = Path(folder) / "questions.json"
        questions.write_text(json.dumps([(g, q, sorted(gold)) for g, q, gold in cases]))
        done = subprocess.run(
            [sys.executable, "-m", "bench.retrieval", "--open", str(path), str(questions)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        size = path.stat().st_size / 2**20
    return json.loads(done.stdout) | {"build s": round(built, 1), "file MB": round(size)}


def plain(passage: Passage) -> str:
    """All the words of a passage, for engines that know no fields."""
    return " ".join(
        (passage.heading, passage.text, *passage.questions, *passage.keywords, passage.context)
    )


def rapidfuzz_over_all(passages: Sequence[Passage], cases: Sequence[Case]) -> dict[str, object]:
    """The obvious design: the likest of all texts."""
    start = time.perf_counter()
    texts = [plain(p).lower() for p in passages]
    built = time.perf_counter() - start

    def ask(text: str) -> Passage | None:
        found = process.extractOne(text.lower(), texts, scorer=fuzz.token_set_ratio)
        return passages[found[2]] if found else None

    return measure(ask, cases) | {"build s": round(built, 1)}


def bm25(passages: Sequence[Passage], cases: Sequence[Case]) -> dict[str, object]:
    """BM25 (bm25s) over Indonesian stems."""
    import bm25s
    from bot.language.text import tokenize
    from bot.retrieval.analysis import content

    start = time.perf_counter()
    engine = bm25s.BM25(k1=1.2, b=0.4)
    engine.index([content(tokenize(plain(p))) for p in passages], show_progress=False)
    built = time.perf_counter() - start

    def ask(text: str) -> Passage | None:
        terms = [content(tokenize(text)) or [""]]
        found, _ = engine.retrieve(terms, k=1, show_progress=False)
        return passages[int(found[0, 0])]

    return measure(ask, cases) | {"build s": round(built, 1), "memory MB": round(resident())}


def main() -> int:
    """Measure each size; print a table, or write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--engine-only", action="store_true")
    parser.add_argument("--open", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.open:
        path, questions = options.open
        asked = [
            (group, question, frozenset(tuple(pair) for pair in gold))
            for group, question, gold in json.loads(questions.read_text())
        ]
        print(json.dumps(opened(path, asked)))
        return 0
    found, _ = snapshot.load(snapshot.shipped_folder())
    cases = nation_wide() + region_named(found)
    few = random.Random(2).sample(cases, SLOW_SAMPLE)
    rows = []
    for size in (int(n) for n in options.sizes.split(",")):
        passages = base(found, size)
        systems: dict[str, Callable[[], dict[str, object]]] = {
            "this engine": lambda p=passages: this_engine(found, p, cases)
        }
        if not options.engine_only:
            sample = cases if size <= 1_000 else few
            systems["rapidfuzz"] = lambda p=passages, s=sample: rapidfuzz_over_all(p, s)
            systems["bm25s"] = lambda p=passages: bm25(p, cases)
        for name, run in systems.items():
            row = {"size": len(passages), "system": name} | run()
            rows.append(row)
            print("  ".join(f"{key} {value}" for key, value in row.items()), flush=True)
            gc.collect()
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
