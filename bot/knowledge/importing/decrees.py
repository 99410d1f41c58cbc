"""Recognises decrees, whose provisions are "KESATU", "KEDUA" … (diktum) rather than articles."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from bot.knowledge.importing.model import Line

_ONES = "KESATU KEDUA KETIGA KEEMPAT KELIMA KEENAM KETUJUH KEDELAPAN KESEMBILAN".split()
_ORDINALS = (*_ONES, "KESEPULUH", "KESEBELAS", *(f"{one}BELAS" for one in _ONES[1:]))
_FIRST = {"PERTAMA": "KESATU"}
_OPENING = re.compile(r"^\W{0,2}(?P<word>[A-Z]{5,20}(?:\s(?:BELAS|PULUH))?)\s*(?:[:;.]|$)")


def diktum(lines: Sequence[Line], start: int, end: int) -> list[str]:
    """Return the diktum that follow one another between two lines, such as ``KESATU``."""
    found: list[str] = []
    for line in lines[start:end]:
        opening = _OPENING.match(line.text)
        if opening is None or len(found) == len(_ORDINALS):
            continue
        word = re.sub(r"\s", "", opening["word"])
        expected = _ORDINALS[len(found)]
        if Levenshtein.distance(_FIRST.get(word, word), expected) <= (0 if len(word) < 7 else 1):
            found.append(expected)
    return found
