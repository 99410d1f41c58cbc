"""Mends the numbers in brackets at the beginning of lines by a second reading.

The Indonesian model of tesseract takes "(2)" in some typefaces for "2)", "@" or "(D"; the English
one reads it well but not the words. So a page with such signs is read by both.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.importing.model import Printed

_MARK = re.compile(r"\(\d{1,2}\)")
# What begins a line without doubt: "(2)", "a.", "12.", "a)", "-", or a word.
_CLEAR = re.compile(
    r"\(\d{1,2}\)\W?|[a-z]{1,2}[.)]|\d{1,3}\.|[–—•-]|[^\W\d_]{2,}.*|\W?[^\W\d_]{3,}.*"
)
_LONGEST = 4

Rows = Sequence[tuple[Printed, ...]]


def doubtful_marks(rows: Rows) -> bool:
    """Whether some line begins with a sign that may be a number misread."""
    return any(_doubtful(row) for row in rows)


def with_marks(rows: Rows, others: Rows) -> tuple[tuple[Printed, ...], ...]:
    """Take the numbers in brackets from a second reading, where the first has none.

    Args:
        rows: The first reading, whose words count.
        others: The second reading of the same picture.
    """
    marks = [row[0] for row in others if _MARK.fullmatch(row[0].text)]
    return tuple(_mended(row, marks) for row in rows)


def _mended(row: tuple[Printed, ...], marks: Sequence[Printed]) -> tuple[Printed, ...]:
    first = row[0]
    for mark in marks:
        shared = min(mark.bottom, first.bottom) - max(mark.top, first.top)
        if shared < 0.4 * min(mark.bottom - mark.top, first.bottom - first.top):
            continue
        if _doubtful(row) and abs(mark.left - first.left) < (mark.right - mark.left):
            # Fragments of the same number may follow: "(4" and "—".
            rest = row[1:]
            while rest and rest[0].right <= mark.right + 2:
                rest = rest[1:]
            return (replace(first, text=mark.text, right=mark.right), *rest)
        if mark.right <= first.left:
            return (mark, *row)
    return row


def _doubtful(row: tuple[Printed, ...]) -> bool:
    text = row[0].text
    return len(text) <= _LONGEST and not _CLEAR.fullmatch(text) and len(row) > 1
