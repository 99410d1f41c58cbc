"""What may be the number of an ayat at the beginning of a line, readable or not.

Strong marks are printed as they should be, "(2)". Weak ones are "2)", "2.", "(2" and signs that
stand where a number should: they count only where the strong ones leave room for them.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.importing.chain import Candidate
from bot.knowledge.importing.headings import AYAT
from bot.knowledge.importing.model import Line
from bot.knowledge.importing.numerals import digits

LINE = 10_000  # candidates in one line are told apart by their offset
_HANGING = 10.0  # points by which a number stands out to the left of the text
_LEVEL = 10.0
_MIDDLE = re.compile(r"(?<=[.;:])\s+\((?P<number>\d{1,2})\)\s+(?=[A-Z])")
REFERRING = re.compile(
    r"(?i)(?:\b(?:ay[a-z]{2}|avat|dan|atau|huruf|dengan|sampai|s/d|pasal\s\d+|angka)|[,/])$"
)
_CLOSED = re.compile(r"^(?P<mark>['’]?(?P<number>[0-9OolI|SsBZ]{1,2})\s?[)\]}])\s*(?=[A-Z“\"])")
_DOTTED = re.compile(r"^(?P<mark>(?P<number>\d{1,2})\s?\.)\s*(?=[A-Z])")
_BARE = re.compile(r"^(?P<mark>(?P<number>\d{1,2}))\s+(?=[A-Z])")
_OPENED = re.compile(
    r"^(?P<mark>[(\[{]\s?(?P<number>[0-9OolIi|!SsBZ]{1,2})\s?[—–_~.,:;-]{0,3})\s+(?=[A-Z])"
)
# "(MD", "W)", "@": a number in brackets that was not recognised.
_GARBLED = re.compile(
    r"^(?!\(?[a-z]{1,2}[)\]}])(?P<mark>[(\[{][^\s(]{0,3}|[^\s(]{0,2}[)\]}»]"
    r"|[^\s\w(\"“'‘.,-]{1,2})\s+(?=[A-Z])"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A weak mark.

    Attributes:
        at: The line it stands on.
        length: How many letters it takes.
        number: The number it shows, if any.
        form: How it is printed; ``bracketed`` is "(9)", out of order.
        shown: The number in brackets that is out of order.
    """

    at: int
    length: int
    number: int | None
    form: Literal["bracketed", "dotted", "other"] = "other"
    shown: int = 0


def strong_marks(lines: Sequence[Line]) -> list[Candidate]:
    """Return what may be "(1)", "(2)" … in an article."""
    out: list[Candidate] = []
    for at, line in enumerate(lines):
        found = AYAT.match(line.text)
        if found is not None:
            number = digits(found["number"])
            score = _score(lines, at, found["rest"])
            if number and score > 0:
                penalty = 0.0 if found["number"].isdecimal() else 0.3
                out.append(Candidate(at * LINE, number, score - penalty, found["suffix"] or ""))
        out += [
            Candidate(at * LINE + inner.end() - len(inner[0].lstrip()), int(inner["number"]), 0.9)
            for inner in _MIDDLE.finditer(line.text)
        ]
    return out


def weak_marks(lines: Sequence[Line], chosen: Collection[int] = ()) -> list[Mark]:
    """Return what else may stand for the number of an ayat where a sentence begins.

    Args:
        lines: The text of an article.
        chosen: Lines whose marks are settled.
    """
    out = []
    for at, line in enumerate(lines):
        if at in chosen or (at and not (ended(lines[at - 1]) or stands_out(lines, at))):
            continue
        strong = AYAT.match(line.text)
        if strong is not None and strong["rest"][:1].isupper():  # out of order: misread
            shown = digits(strong["number"]) or 0
            out.append(Mark(at, strong.start("rest"), None, "bracketed", shown))
            continue
        placed = line.left is not None and at > 0
        for pattern in (_CLOSED, _OPENED, _DOTTED, *((_BARE,) if placed else ()), _GARBLED):
            found = pattern.match(line.text)
            if found is not None:
                number = None if pattern is _GARBLED else digits(found["number"])
                form: Literal["dotted", "other"] = "dotted" if pattern is _DOTTED else "other"
                out.append(Mark(at, len(found["mark"]), number, form))
                break
    return out


def mark_length(text: str) -> int:
    """Return how many letters the mark at the beginning of a line takes."""
    found = AYAT.match(text)
    return found.start("rest") if found is not None else 0


def ended(line: Line) -> bool:
    """Whether a sentence ends with this line."""
    return line.text.rstrip(" /|*_'\"`”").endswith(".")


def stands_out(lines: Sequence[Line], at: int) -> bool:
    """Whether a line starts to the left of the one before, as a new number does.

    The wrapped rest of a sentence never does.
    """
    left, before = lines[at].left, lines[at - 1].left if at else None
    return left is not None and before is not None and left <= before - _HANGING


def level(one: Line, other: Line) -> bool:
    """Whether two lines start at the same height of the margin; True where nobody knows."""
    if one.left is None or other.left is None:
        return True
    return abs(one.left - other.left) <= _LEVEL


def _score(lines: Sequence[Line], at: int, rest: str) -> float:
    before = lines[at - 1].text.rstrip() if at else ""
    if REFERRING.search(before) and not stands_out(lines, at):
        # A comma may be a full stop misread; a sentence that starts tells.
        sentence = before.endswith(",") and re.match(r"[A-Z][\w.,]* \S", rest)
        return 2.0 if sentence else 0.0
    if not rest:
        return 1.0
    if rest[0] in ",;.":
        return 0.0
    if (
        re.match(r"(?i)(?:huruf|dan|atau|sampai|serta|sebagaimana|,)\b", rest)
        and rest[0].islower()
    ):
        return 0.0
    if rest[0].islower() and not re.match(r"di(?:hapus|cabut)", rest):
        return 2.2
    return 3.5
