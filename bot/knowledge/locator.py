"""Locators: the address of a unit inside a source, and how a person reads it.

A locator is a chain of segments, each a kind and mostly a number: ``pasal-12-ayat-3``,
``pasal-1-angka-6``, ``lampiran-bab-3-bagian-a``, ``indikator-19-tingkat-4``. The empty locator
is the source as a whole.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SEGMENT = re.compile(
    r"(pasal|ayat|huruf|angka|lampiran|bab|bagian|indikator|tingkat|catatan|butir|bukti|penyebab|perubahan)"
    r"(?:-(\d+[a-z]?|[a-z]{1,2}))?(?=-|$)"
)
_WORDS = {
    "pasal": "Pasal",
    "ayat": "ayat",
    "huruf": "huruf",
    "angka": "angka",
    "lampiran": "Lampiran",
    "bab": "Bab",
    "bagian": "bagian",
    "indikator": "Indikator",
    "tingkat": "tingkat",
    "catatan": "Catatan",
    "butir": "butir",
    "bukti": "bukti",
    "penyebab": "penyebab",
    "perubahan": "perubahan",
}


@dataclass(frozen=True, slots=True)
class Ref:
    """A pointer to a unit: the id of its source and the locator inside it."""

    source: str
    locator: str = ""

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read ``source#locator`` or ``source``."""
        source, _, locator = text.strip().partition("#")
        return cls(source.strip(), locator.strip())

    def __str__(self) -> str:
        return f"{self.source}#{self.locator}" if self.locator else self.source


def segments(locator: str) -> list[tuple[str, str]]:
    """Split a locator into (kind, number) pairs; a kind without number has an empty one.

    Raises:
        ValueError: The text is not a locator.
    """
    out: list[tuple[str, str]] = []
    at = 0
    while at < len(locator):
        found = _SEGMENT.match(locator, at)
        if found is None:
            raise ValueError(locator)
        out.append((found[1], found[2] or ""))
        at = found.end() + 1
    return out


def label(locator: str) -> str:
    """Write a locator as a citation does: ``Pasal 12 ayat (3) huruf a``."""
    words = []
    for position, (kind, number) in enumerate(segments(locator)):
        name = _WORDS[kind]
        if position and kind == "bab":
            name = "bab"
        if not number:
            words.append(name)
        elif kind == "ayat":
            words.append(f"{name} ({number})")
        elif kind == "bagian" or (kind == "pasal" and number[-1].isalpha()):
            words.append(f"{name} {number.upper()}")
        else:
            words.append(f"{name} {number}")
    return " ".join(words)


def labels(locators: Iterable[str]) -> list[str]:
    """Write locators of one text, a pasal named once: ``Pasal 48 ayat (2)``, ``ayat (3)``."""
    out: list[str] = []
    host = ""
    for locator in locators:
        kind, number = segments(locator)[0]
        pasal = f"{label(f'{kind}-{number}')} " if kind == "pasal" else ""
        written = label(locator)
        out.append(written.removeprefix(pasal) if pasal == host else written)
        host = pasal
    return out


def parent(locator: str) -> str:
    """Return the locator one step up, or the empty one."""
    parts = segments(locator)[:-1]
    return "-".join(f"{kind}-{number}" if number else kind for kind, number in parts)
