"""References to rules of regions: "perbup spbe kulon progo no 5 th 2020", "perwali kami".

People say the region rather than the number, leave out either, and call one kind of rule by the
name of another: what the head of a region signs is a perbup, a perwali or a pergub.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.knowledge.model import Regulation
from bot.language.references import UNITS, RegulationMention, number_at
from bot.language.regions import Mention
from bot.language.text import longest_by_first, stem, tokenize

_HEADS = frozenset({"perbup", "perwali", "pergub"})
_NAMES: dict[str, tuple[str, ...]] = {
    "perbup": ("perbup", "peraturan bupati"),
    "perwali": ("perwali", "perwako", "perwal", "peraturan wali kota", "peraturan walikota"),
    "pergub": ("pergub", "peraturan gubernur"),
    "perkada": ("perkada", "peraturan kepala daerah"),
    "perda": ("perda", "peraturan daerah", "qanun"),
    "kepbup": ("kepbup", "keputusan bupati", "sk bupati"),
    "kepwali": ("kepwali", "keputusan wali kota", "keputusan walikota", "sk walikota"),
    "kepgub": ("kepgub", "keputusan gubernur", "sk gubernur"),
}
_KINDS = {tuple(name.split()): family for family, names in _NAMES.items() for name in names}
_REACH = longest_by_first(_KINDS)
LOCAL_WORDS = frozenset(name[0] for name in _KINDS if len(name) == 1)
"""Kinds of local rule that are one word."""

# What may stand between the kind, the region and the number.
_BETWEEN = frozenset(
    """
    tentang soal mengenai ttg terkait spbe tik kabupaten kota provinsi daerah pemkab pemkot
    pemprov pemerintah nomor no tahun dari di milik yang
""".split()
)
_OURS = frozenset("kami kita saya aku sini".split())
# Words before a kind that show that one text is meant: "menurut perbup".
_WITHIN = frozenset("menurut dalam pada berdasarkan sesuai di".split())
_SPBE = ("sistem", "pemerintahan", "berbasis", "elektronik")
_TIK = ("teknologi", "informasi", "komunikasi")
# Words of titles that tell no rule of a region from another.
_EVERYWHERE = frozenset(
    stem(w)
    for w in (
        "penyelenggaraan pelaksanaan pemerintah daerah kabupaten kota provinsi lingkungan "
        "peraturan perubahan atas nomor tahun tentang dalam dan di"
    ).split()
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A rule of a region as it was said: where, of which kind, which number and region."""

    family: str
    start: int
    end: int
    number: str = ""
    year: int = 0
    place: Mention | None = None


class LocalReferences:
    """Finds which rule of a region a question names, among those that the knowledge holds."""

    def __init__(self, regulations: Iterable[Regulation]) -> None:
        self._held = [r for r in regulations if r.region]
        self._titles = {
            r.id: _topic(tokenize(" ".join((r.title, *r.keywords)))) for r in self._held
        }

    def find(
        self, tokens: list[str], places: Callable[[list[str]], list[Mention]]
    ) -> list[RegulationMention]:
        """Return the rules of regions that repaired tokens name, left to right.

        Args:
            tokens: The question.
            places: Finds regions in tokens; asked only where a kind of rule is named.
        """
        if _REACH.keys().isdisjoint(tokens):
            return []
        kinds = [(at, found) for at in range(len(tokens)) if (found := _kind_at(tokens, at))]
        if not kinds:
            return []
        named = [m for m in places(tokens) if m.codes[0][:2].isdigit()]
        out: list[RegulationMention] = []
        for at, (family, length) in kinds:
            if out and at < out[-1].end:
                continue
            said = _read(tokens, at, family, length, named)
            if said.place is None and len(named) == 1 and len(kinds) == 1:
                said = replace(said, place=named[0])
            mention = self._resolve(tokens, said)
            if mention is not None:
                out.append(mention)
        return out

    def _resolve(self, tokens: list[str], said: _Said) -> RegulationMention | None:
        families = _HEADS if said.family in (*_HEADS, "perkada") else {said.family}
        if said.place is None and said.family != "perkada":
            families = {said.family}
        found = [r for r in self._held if r.id.split("-")[0] in families]
        if said.place is not None:
            found = [r for r in found if r.region in said.place.codes]
        own = tuple(r.id for r in found)
        if said.number:
            found = [r for r in found if _is_numbered(r, said)]
        elif said.place is None:
            found = self._meant(tokens, said, found)
        by_pasal = "pasal" in tokens
        if not said.number and not by_pasal:
            # A rule of which only the title is known answers no question on what it says.
            found = [r for r in found if r.provisions]
        if len(found) > 1:
            found = self._on_topic(tokens, found)
        chosen = found[0].id if len(found) == 1 else ""
        unknown = by_pasal or (said.place is not None and said.number)
        if not found and not unknown:
            return None
        return RegulationMention(
            chosen,
            _name(tokens, said),
            said.family,
            said.start,
            said.end,
            tuple(r.id for r in found),
            own if not found else (),
        )

    def _meant(self, tokens: list[str], said: _Said, found: list[Regulation]) -> list[Regulation]:
        """Return what "perbup kami" or "menurut perbup" may mean where no region is named."""
        with_text = [r for r in found if r.provisions]
        if _OURS.intersection(tokens[said.end - 1 : said.end]) or "pasal" in tokens:
            return with_text
        leads = said.start and tokens[said.start - 1] in _WITHIN
        return with_text if leads and len(with_text) == 1 else []

    def _on_topic(self, tokens: list[str], found: list[Regulation]) -> list[Regulation]:
        """Return the one of several rules whose title the question is about, else all."""
        asked = _topic(tokens)
        shared = {r.id: len(asked & self._titles[r.id]) for r in found}
        most = max(shared.values())
        best = [r for r in found if shared[r.id] == most]
        return best if most and len(best) == 1 else found


def _kind_at(tokens: Sequence[str], at: int) -> tuple[str, int] | None:
    """Return the family of the kind of rule that begins at a place, and its length."""
    for length in range(min(_REACH.get(tokens[at], 0), len(tokens) - at), 0, -1):
        family = _KINDS.get(tuple(tokens[at : at + length]))
        if family is not None:
            return family, length
    return None


def _read(
    tokens: list[str], start: int, family: str, length: int, named: Sequence[Mention]
) -> _Said:
    """Read region and number after a kind, in either order."""
    starts = {m.start: m for m in named}
    said = _Said(family, start, start + length)
    at = start + length
    while at < len(tokens):
        place = starts.get(at)
        if place is not None and said.place is None:
            at = place.end
            said = replace(said, place=place, end=at)
            continue
        number = None if said.number else number_at(tokens, at)
        if number is not None and tokens[number[2] : number[2] + 1] not in [[u] for u in UNITS]:
            value, year, at = number
            said = replace(said, number=value, year=year, end=at)
            continue
        if tokens[at] in _OURS and said.place is None:
            return replace(said, end=at + 1)
        if tokens[at] not in _BETWEEN:
            break
        at += 1
    return said


def _is_numbered(regulation: Regulation, said: _Said) -> bool:
    if not said.year and len(said.number) == 4:
        # "perbup luwu utara 2023" gives the year where a number is meant.
        return said.number in (str(regulation.year), regulation.number)
    return regulation.number.lower() == said.number and said.year in (0, regulation.year)


def _topic(tokens: Sequence[str]) -> frozenset[str]:
    """Return stems of what a title or question is about."""
    words = list(tokens)
    words += _SPBE if "spbe" in words else ()
    words += _TIK if "tik" in words else ()
    return frozenset(stem(w) for w in words) - _EVERYWHERE


def _name(tokens: list[str], said: _Said) -> str:
    """Return what was said, to repeat it: ``perbup sleman 10/2021``."""
    name = " ".join(tokens[said.start : said.end]).replace(" / ", "/")
    if said.place is not None and said.place.text not in name:
        name += f" {said.place.text}"
    return name
