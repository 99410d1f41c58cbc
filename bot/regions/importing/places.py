"""Tells which region or agency a row is about: by code, else by name, never by a guess."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.model import Region
from bot.language.text import tokenize

_KINDS = {
    "kabupaten": ("kabupaten", "kab", "pemkab"),
    "kota": ("kota", "pemkot", "kotamadya"),
    "provinsi": ("provinsi", "prov", "pemprov", "propinsi"),
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words}
_LONG_FORMS = {"kep": "kepulauan", "adm": "administrasi", "kemen": "kementerian"}
# Names of fewer letters have neighbours one slip away.
_SHORTEST_FUZZY = 5
_TWO_SLIPS_FROM = 9
_FARTHEST = 2
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """What a code or name was found to mean.

    Attributes:
        codes: One when it is sure, several when it is ambiguous, none when unknown.
        near: Codes whose names are close to one unknown.
        slip: Whether the name was found in spite of a slip.
    """

    codes: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    slip: bool = False


class PlaceFinder:
    """Finds regions and agencies by code and by whole names.

    The ``Gazetteer`` finds names within a sentence, and leaves out short ones that are everyday
    words; here a cell is a name and nothing else.
    """

    def __init__(self, regions: Iterable[Region]) -> None:
        self._regions = {region.code: region for region in regions}
        # Code -> kind, by name: the name proper, and behind its kind.
        self._named: dict[str, dict[str, str]] = defaultdict(dict)
        self._whole: dict[str, dict[str, str]] = defaultdict(dict)
        for region in self._regions.values():
            kind = region.kind if region.kind in _KINDS else ""
            for name in (region.name, *region.aliases):
                _, words = _parted(name)
                self._named[" ".join(words)][region.code] = kind
                if kind:
                    self._whole[" ".join([kind, *words])][region.code] = kind

    def by_code(self, text: str) -> str:
        """Return the code that a cell means, or empty.

        Spreadsheets turn 73.10 into 73.1, and commas stand for points: both are undone.
        """
        code = text.lstrip("'").strip()
        if code in self._regions:
            return code
        if found := re.fullmatch(r"(\d\d)[.,]?(\d{1,2})", code, re.ASCII):
            code = f"{found[1]}.{found[2]:0<2}"
        else:
            code = code.lower()
        return code if code in self._regions else ""

    def by_name(self, text: str) -> Place:
        """Return what a name means."""
        kind, words = _parted(text)
        name = " ".join(words)
        if not name:
            return Place()
        codes = self._of_kind(name, kind)
        return Place(codes) if codes else self._close(kind, name)

    def _of_kind(self, name: str, kind: str) -> tuple[str, ...]:
        found = self._named.get(name, {})
        return tuple(code for code, its_kind in found.items() if not kind or its_kind == kind)

    def _close(self, kind: str, name: str) -> Place:
        reach = 2 if len(name) >= _TWO_SLIPS_FROM else 1 if len(name) >= _SHORTEST_FUZZY else 0
        same: dict[str, int] = {}
        others: dict[str, int] = {}
        most = min(_FARTHEST, len(name) // 3)
        # Without a kind the slip may be in the word that states it.
        for names in (self._named,) if kind else (self._named, self._whole):
            for spelt, far, _ in process.extract(
                name, names.keys(), scorer=OSA.distance, score_cutoff=most, limit=None
            ):
                for code, its_kind in names[spelt].items():
                    side = others if kind and its_kind != kind else same
                    side[code] = min(int(far), side.get(code, _FARTHEST))
        best = min(same.values(), default=_FARTHEST + 1)
        # One that is hardly farther might be meant too.
        closest = tuple(code for code, far in same.items() if far <= best + 1)
        ranked = sorted((same | others).items(), key=lambda found: found[1])
        near = tuple(code for code, _ in ranked[:_SUGGESTIONS])
        if best > reach or len({self._bare(code) for code in closest}) > 1:
            return Place(near=near)
        return Place(closest, near, slip=True)

    def _bare(self, code: str) -> str:
        return " ".join(_parted(self._regions[code].name)[1])


def _parted(text: str) -> tuple[str, list[str]]:
    """Part a name into the kind it states, if any, and the name proper."""
    words = [_LONG_FORMS.get(word, word) for word in tokenize(text.replace("_", " "))]
    if words[:1] == ["pemerintah"]:
        words = words[1:]
        if words[:1] == ["daerah"] and words[1:2] not in (["istimewa"], ["khusus"]):
            words = words[1:]
    kind = _KIND_OF.get(words[0], "") if len(words) > 1 else ""
    words = words[1:] if kind else words
    if words[:1] == ["administrasi"]:
        words = words[1:]
    return kind, words
