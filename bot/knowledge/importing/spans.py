"""Deals the lines between the headings of articles out: titles of chapters, and text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.knowledge.importing.chain import Candidate
from bot.knowledge.importing.clean import join
from bot.knowledge.importing.headings import (
    AYAT,
    chapter_title_on_line,
    part_heading,
    split_heading,
)
from bot.knowledge.importing.model import Chapter, Line
from bot.knowledge.importing.numerals import to_roman

_MOST_TITLE_LINES = 16


@dataclass(slots=True)
class Span:
    """What belongs to an article: the headings above it, the text below its own."""

    headings: list[Chapter]
    text: list[Line]


def spans_of(
    lines: Sequence[Line],
    chain: Sequence[Candidate],
    chapters: Sequence[Candidate],
    start: int,
    end: int,
) -> list[Span]:
    """For each article: the headings above it and the text below it."""
    numbers = {item.at: item.number for item in chapters}
    spans = [Span([], []) for _ in chain]
    begins = start
    for index, item in enumerate(chain):
        title, rest = split_heading(lines[item.at].text)
        between = list(lines[begins : item.at])
        if title:
            between.append(lines[item.at].with_text(title))
        babs = {at - begins: number for at, number in numbers.items() if begins <= at < item.at}
        cut = _headings_from(between, babs, whole=index == 0)
        if index:
            spans[index - 1].text += between[:cut]
        spans[index].headings = _headings(between[cut:], babs, cut)
        if rest:
            spans[index].text.append(lines[item.at].with_text(rest))
        begins = item.at + 1
    if chain:
        spans[-1].text += lines[begins:end]
    return spans


def _headings_from(between: Sequence[Line], babs: dict[int, int], *, whole: bool) -> int:
    """Where the headings before an article begin among the lines since the last one."""
    cut = min(babs, default=len(between))
    if whole:
        return min(cut, next((i for i, li in enumerate(between) if part_heading(li.text)), cut))
    for at in range(min(cut, len(between)) - 1, max(-1, len(between) - _MOST_TITLE_LINES), -1):
        text = between[at].text
        if part_heading(text):
            cut = at
        elif text.endswith((".", ";", ":", ",")) or AYAT.match(text):
            break
    return cut


def _headings(lines: Sequence[Line], babs: dict[int, int], offset: int) -> list[Chapter]:
    out: list[Chapter] = []
    titles: list[list[str]] = []
    for at, line in enumerate(lines):
        number = babs.get(at + offset)
        part = part_heading(line.text)
        if number is not None:
            out.append(Chapter("bab", f"BAB {to_roman(number)}", ""))
            titles.append([chapter_title_on_line(line.text)])
        elif part is not None:
            out.append(Chapter(part[0], part[1], ""))
            titles.append([part[2]])
        elif titles:
            # Under a BAB in capitals a line in small letters is a heading of its own.
            shouted = out[-1].kind == "bab" and titles[-1] and titles[-1][-1].isupper()
            if not (shouted and not line.text.isupper()):
                titles[-1].append(line.text)
    return [
        replace(heading, title=join(text).strip(" .:-/|"))
        for heading, text in zip(out, titles, strict=True)
    ]
