"""Fills gaps in a chain of articles by headings whose number or word is misread."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from bot.knowledge.importing.chain import Candidate
from bot.knowledge.importing.headings import runs_on
from bot.knowledge.importing.model import Line

_LONGEST = 14
_WORD = "pasal"
_MOST_SLIPS = 2
_NUMBER_LIKE = re.compile(r"[0-9OolI|!SsBZgTAi{}()\[\]]")


def fill_gaps(
    lines: Sequence[Line], chain: Sequence[Candidate], start: int, end: int
) -> tuple[list[Candidate], list[str]]:
    """Return the chain with headings added that can only be the missing ones.

    Between two articles with numbers missing, the lines that resemble a heading are taken when
    they are exactly as many; after the last article each of them is the next one.
    """
    if not chain:
        return [], []
    out: list[Candidate] = []
    doubts: list[str] = []
    before, number = start, 1
    for item in (*chain, None):
        until = item.at if item else end
        missing = item.number - number if item else None
        found = [] if missing == 0 else _likely(lines, before, until)
        if missing is None:
            # Readable numbers after the last article belong to something else, an annex say.
            found = [at for at in found if not re.search(r"\s\d{1,3}$", lines[at].text)]
        if found and (missing is None or len(found) == missing):
            for at in found:
                out.append(Candidate(at, number, 1.0))
                doubts.append(
                    f"“{lines[at].text}” ({lines[at].say()}) dibaca sebagai Pasal {number} "
                    "menurut urutannya"
                )
                number += 1
        if item:
            out.append(item)
            before, number = item.at + 1, item.number + 1
    return out, doubts


def _likely(lines: Sequence[Line], start: int, end: int) -> list[int]:
    return [
        at
        for at in range(start, end)
        if len(lines[at].text) <= _LONGEST
        and _resembles(lines[at].text)
        and not runs_on(lines, at, start)
        and not (at + 1 < end and re.match(r"[a-z]{2}", lines[at + 1].text))
    ]


def _resembles(text: str) -> bool:
    squeezed = re.sub(r"[\s.,:;'\"_-]", "", text)
    for size in (5, 4, 6):
        word, rest = squeezed[:size].lower(), squeezed[size:]
        if (
            1 <= len(rest) <= 4
            and _NUMBER_LIKE.search(rest)
            and Levenshtein.distance(word, _WORD) <= _MOST_SLIPS
        ):
            return True
    return False
