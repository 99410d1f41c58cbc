"""Divides the text of an article into its ayat."""

from collections.abc import Sequence

from bot.knowledge.importing.ayat_order import (
    Numbered,
    beside,
    far,
    fill,
    last_in_order,
    named_ayat,
    plain,
    shown,
)
from bot.knowledge.importing.chain import best_chain, missing_numbers
from bot.knowledge.importing.marks import LINE, mark_length, strong_marks
from bot.knowledge.importing.model import Ayat, Line
from bot.knowledge.importing.sentences import by_sentences


def split_ayat(lines: Sequence[Line], *, lost: bool = False) -> tuple[tuple[Ayat, ...], list[str]]:
    """Divide an article; text without number becomes ayat 0.

    Args:
        lines: The text below the heading.
        lost: Whether this document has lost its list numbers: then sentences are counted.

    Returns:
        The ayat, and the doubts about them in Indonesian.
    """
    strong = strong_marks(lines)
    chain = best_chain(strong)
    if lost and (len(chain) < 2 or chain[0].number > 2):
        by_count = by_sentences(lines)
        if len(by_count) > 1:
            return by_count, []
    chain, doubts = last_in_order(chain)
    found = beside(lines, chain) if chain else plain(lines)
    if not found.chain and strong:
        found = far(lines, strong)
    found.doubts[:0] = doubts
    if not found.chain:
        return ((Ayat(0, tuple(lines)),) if lines else ()), _dangling(lines, 0)
    fill(lines, found)
    chain, doubts = found.chain, found.doubts
    ayat: list[Ayat] = []
    opening = _between(lines, 0, chain[0].at, found)
    if opening:
        if chain[0].number == 2:
            ayat.append(Ayat(1, opening))
            doubts.append("nomor ayat (1) hilang, teks sebelum ayat (2) dianggap ayat (1)")
        else:
            ayat.append(Ayat(0, opening))
    missing = missing_numbers(chain, first=2 if ayat and ayat[0].number == 1 else 1)
    if missing:
        doubts.append(f"ayat {shown(missing)} tidak ditemukan")
    if len(chain) == 1 and chain[0].number == 1:
        doubts.append("hanya ayat (1) yang ditemukan")
    for at, item in enumerate(chain):
        end = chain[at + 1].at if at + 1 < len(chain) else len(lines) * LINE
        ayat.append(Ayat(item.number, _between(lines, item.at, end, found), item.suffix))
    doubts += _dangling(lines, max(item.number for item in chain))
    return tuple(ayat), doubts


def count_marks(lines: Sequence[Line]) -> int:
    """Count the lines that begin with the number of an ayat."""
    return sum(1 for item in strong_marks(lines) if item.score > 2)


def _between(lines: Sequence[Line], start: int, end: int, found: Numbered) -> tuple[Line, ...]:
    """Cut lines out between two places; the mark at the start is left out."""
    out = []
    for at in range(start // LINE, min(len(lines), end // LINE + 1)):
        text = lines[at].text
        first = start - at * LINE if at == start // LINE else 0
        last = end - at * LINE if at == end // LINE else len(text)
        part = text[max(0, first) : last].strip()
        if part:
            out.append(lines[at].with_text(part))
    if out:
        length = found.lengths.get(start)
        rest = out[0].text[mark_length(out[0].text) if length is None else length :].strip()
        out[0:1] = [out[0].with_text(rest)] if rest else []
    return tuple(out)


def _dangling(lines: Sequence[Line], highest: int) -> list[str]:
    beyond = sorted(number for number in named_ayat(lines) if number > highest)
    return [f"menyebut ayat {shown(beyond)} yang tidak ditemukan"] if beyond else []
