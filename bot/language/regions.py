"""Finds regions and agencies in a question by their official and everyday names."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.model import Region
from bot.language.text import longest_by_first, tokenize

_KIND_WORDS = {
    "kabupaten": "kabupaten",
    "kab": "kabupaten",
    "pemkab": "kabupaten",
    "bupati": "kabupaten",
    "kabupatennya": "kabupaten",
    "kota": "kota",
    "pemkot": "kota",
    "kotanya": "kota",
    "kotamadya": "kota",
    "provinsi": "provinsi",
    "prov": "provinsi",
    "pemprov": "provinsi",
    "gubernur": "provinsi",
    "provinsinya": "provinsi",
}
_PREFIXES = frozenset({"kabupaten", "kota", "provinsi", "administrasi"})
# Short names that are everyday words too need a word like "kabupaten" before them.
_NEEDS_KIND = frozenset(
    """
    agam alor batu blora bone buru dairi demak fakfak karo kaur kota lingga malaka muna
    nabire nduga pidie poso raja sabu sigi sika siak sorong supiori tolikara wajo way bima
    tegal pati barat timur utara selatan tengah solok batang sabang landak melawi bangli
    murung raya pulau hulu rokan banjar kupang dompu kepulauan lahat lebak big bin lan pmk
    panrb menpan tts ttu pali oki ppu tala
    matim barut mitra ksp kpi mk ky dpr bpn bps pupr bumn polhukam
""".split()
)


# Elsewhere "bkn" stands for bukan.
_BEFORE_BKN = frozenset("indeks nilai skor spbe predikat instansi lembaga di dan dengan".split())


# After one of these, or before a year, a short name is meant as a name.
_EXPECTS = frozenset(
    "indeks nilai skor peringkat spbe predikat simulasi domain tren vs dibandingkan".split()
)
_YEAR = re.compile(r"20[12]\d")


def _expected(tokens: list[str], at: int) -> bool:
    """Whether the words around a short name show that a region or agency is meant."""
    after = tokens[at + 1 : at + 2]
    compared = after and after[0] in ("vs", "dibandingkan")
    return bool(_EXPECTS.intersection(tokens[max(at - 1, 0) : at])) or bool(
        compared or (after and _YEAR.fullmatch(after[0]))
    )


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the question that names one region, or several by the same name.

    Attributes:
        codes: Codes it may mean, best first; more than one means it is ambiguous.
        start: First token of the mention, its kind word included.
        end: Token after its last.
        kind: The kind that was said ("kota"), or empty.
        text: The name as found.
    """

    codes: tuple[str, ...]
    start: int
    end: int
    kind: str
    text: str


class Gazetteer:
    """Looks up names of regions and agencies, longest first."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._names: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._regions: dict[str, Region] = {}
        for region in regions:
            self._regions[region.code] = region
            full = tokenize(region.name)
            short = full[1:] if full and full[0] in _PREFIXES and len(full) > 1 else full
            if short[:1] == ["administrasi"]:
                short = short[1:]
            names = [full, short, *(tokenize(alias) for alias in region.aliases)]
            if len(short) > 1 and not region.is_agency:
                # "kulonprogo", "batubara"
                names.append(["".join(short)])
            for name in names:
                key = tuple(name)
                if key and region.code not in self._names[key]:
                    self._names[key].append(region.code)
        self._reach = longest_by_first(self._names)

    @property
    def words(self) -> set[str]:
        """All words that names are made of."""
        return {word for name in self._names for word in name}

    def find(self, tokens: list[str]) -> list[Mention]:
        """Return the mentions in a question, left to right, without overlaps."""
        out: list[Mention] = []
        at = 0
        while at < len(tokens):
            mention = self._at(tokens, at)
            if mention is None:
                at += 1
            else:
                out.append(mention)
                at = mention.end
        return out

    def kind_said(self, tokens: list[str]) -> str:
        """Return the kind of region a question speaks of without naming one, or empty."""
        return next((_KIND_WORDS[t] for t in tokens if t in _KIND_WORDS), "")

    def _at(self, tokens: list[str], at: int) -> Mention | None:
        mention = self._named_at(tokens, at)
        if mention is not None and tokens[at] in _KIND_WORDS and at + 1 < len(tokens):
            # "pemprov maluku" is a name too, but "pemprov maluku utara" names another.
            longer = self._named_at(tokens, at + 1)
            if longer is not None and longer.end > mention.end:
                return longer
        return mention

    def _named_at(self, tokens: list[str], at: int) -> Mention | None:
        for length in range(min(self._reach.get(tokens[at], 0), len(tokens) - at), 0, -1):
            key = tuple(tokens[at : at + length])
            codes = self._names.get(key)
            if codes is None:
                continue
            before = _KIND_WORDS.get(tokens[at - 1], "") if at else ""
            if length == 1 and key[0] in _NEEDS_KIND and not (before or _expected(tokens, at)):
                return None
            if len(key) == 1 and key[0] in _KIND_WORDS:
                return None
            versus = tokens[at + 1 : at + 2] in (["vs"], ["dibandingkan"])
            if key == ("bkn",) and at and tokens[at - 1] not in _BEFORE_BKN and not versus:
                return None
            first_kind = _KIND_WORDS.get(key[0], "") if length > 1 else ""
            kind = first_kind or before
            narrowed = [c for c in codes if not kind or self._regions[c].kind == kind]
            chosen = narrowed or codes
            start = at - 1 if before and narrowed else at
            return Mention(tuple(chosen), start, at + length, kind, " ".join(key))
        return None
