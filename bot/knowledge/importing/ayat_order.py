"""Puts the numbers of an article's ayat in order where some are misread, odd or lost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.knowledge.importing.chain import Candidate, best_chain
from bot.knowledge.importing.marks import LINE, Mark, ended, level, weak_marks
from bot.knowledge.importing.model import Line

_OWN = re.compile(r"(?i)\bpada\s+ayat\s*\((\d{1,2})\)")
_SURE = 10.0
_WEAK = 1.0
_GARBLED = 0.6
_MISREAD = 0.3
_ITEM = re.compile(r"^(?:[a-z]{1,2}|\d{1,2}|[ivx]{1,4})\s?[.)]")
_MOST_FILLED = 3
_WIDEST_STEP = 2
_RESTARTS = "nomor ayat mulai lagi dari (1); judul Pasal di antaranya mungkin tidak terbaca"
_JUNK = 3  # letters: what is left of a page number or a stain


@dataclass(slots=True)
class Numbered:
    """The chosen starts of ayat, how long their marks are, and the doubts."""

    chain: list[Candidate]
    lengths: dict[int, int] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


def last_in_order(chain: list[Candidate]) -> tuple[list[Candidate], list[str]]:
    """Read a last number far out of order as the next one: (1), (2), (3), (9)."""
    if len(chain) < 3 or chain[-1].number - chain[-2].number <= _WIDEST_STEP:
        return chain, []
    last, number = chain[-1], chain[-2].number + 1
    doubt = f"ayat terakhir tertulis ({last.number}) dan dibaca sebagai ({number})"
    return [*chain[:-1], replace(last, number=number)], [doubt]


def plain(lines: Sequence[Line]) -> Numbered:
    """Read "1." or "1)" as ayat in an article that begins with the first of them.

    A list has words before it; what stands right below the heading is an ayat.
    """
    junk = 1 if len(lines) > 1 and len(lines[0].text) <= _JUNK else 0
    marks = [
        mark
        for mark in weak_marks(lines[junk:])
        if not mark.at or level(lines[junk], lines[junk + mark.at])
    ]
    marks = [replace(mark, at=mark.at + junk) for mark in marks]
    if not marks or marks[0].at > junk or not any(mark.number for mark in marks):
        return Numbered([])
    chain = best_chain(_weak_candidates(marks, len(marks)))
    if len(chain) < 2 or chain[0].at > junk * LINE or chain[0].number != 1:
        return Numbered([])
    doubt = "ayat ditulis “1.” atau “1)”, bukan “(1)”"
    if any(mark.number is None for mark in marks if mark.at * LINE in {c.at for c in chain}):
        doubt = "nomor ayat tidak terbaca dan disusun menurut urutannya"
    return Numbered(chain, {mark.at * LINE: mark.length for mark in marks}, [doubt])


def beside(lines: Sequence[Line], chain: list[Candidate], *, alone: bool = False) -> Numbered:
    """Take weak marks into a chain of strong ones, where these leave room.

    Args:
        lines: The text of the article.
        chain: The strong ones, in order.
        alone: Whether these do not count without weak ones that lead up to them.
    """
    unchanged = Numbered([] if alone else chain)
    settled = {item.at // LINE for item in chain}
    marks = [mark for mark in weak_marks(lines, settled) if mark.form != "dotted"]
    last = chain[-1]
    named = named_ayat(lines)
    kept = []
    for mark in marks:
        if mark.at * LINE > last.at:
            near = lines[last.at // LINE]
            aligned = lines[mark.at].left is not None and level(near, lines[mark.at])
            if mark.form == "bracketed" and mark.shown <= last.number:
                if mark.shown == 1 and _RESTARTS not in unchanged.doubts:
                    unchanged.doubts.append(_RESTARTS)
                break
            if not aligned and mark.form != "bracketed" and mark.number not in named:
                continue
        kept.append(mark)
    if not kept:
        return unchanged
    weak = _weak_candidates(kept, last.number + len(kept))
    sure = [replace(item, score=item.score + _SURE) for item in chain]
    merged = best_chain(sorted([*sure, *weak], key=lambda item: item.at))
    added = [item for item in merged if item.at not in {one.at for one in chain}]
    if len(merged) != len(chain) + len(added) or not added:
        return unchanged
    if alone and merged[0].number > 2:
        return unchanged
    lengths = {mark.at * LINE: mark.length for mark in kept}
    numbers = sorted({item.number for item in added})
    doubt = f"nomor ayat {shown(numbers)} salah cetak atau salah baca; dibaca menurut urutannya"
    doubts = [*unchanged.doubts, doubt]
    return Numbered(merged, {item.at: lengths[item.at] for item in added}, doubts)


def far(lines: Sequence[Line], strong: list[Candidate]) -> Numbered:
    """Start from a readable number deep in the article: weak marks may lead up to it."""
    sure = max(strong, key=lambda item: item.score)
    return beside(lines, [sure], alone=True)


def _weak_candidates(marks: Sequence[Mark], highest: int) -> list[Candidate]:
    out = []
    for mark in marks:
        if mark.number is not None:
            out.append(Candidate(mark.at * LINE, mark.number, _WEAK))
        # Any number at all, should the sequence want it: "8)" may be "(3)" misread.
        worth = _GARBLED if mark.number is None else _MISREAD
        out += [
            Candidate(mark.at * LINE, number, worth)
            for number in range(2 if mark.at else 1, highest + 1)
            if number != mark.number
        ]
    return out


def fill(lines: Sequence[Line], found: Numbered) -> None:
    """Where numbers are missing and as many sentences begin without one, these are the ayat."""
    out: list[Candidate] = []
    before, expected = 0, 1
    for item in found.chain:
        missing = item.number - expected
        end = item.at // LINE
        if 0 < missing <= _MOST_FILLED and not item.at % LINE:
            starts = _bare_sentences(lines, before, end)
            if len(starts) == missing and (out or starts[0] == 0):
                numbers = range(expected, item.number)
                out += [
                    Candidate(at * LINE, number, 0.0)
                    for at, number in zip(starts, numbers, strict=True)
                ]
                found.lengths.update({at * LINE: 0 for at in starts})
                found.doubts.append(
                    f"nomor ayat {shown(list(numbers))} hilang; diambil dari kalimat di tempatnya"
                )
        out.append(item)
        before, expected = end + 1, item.number + 1
    found.chain = out


def _bare_sentences(lines: Sequence[Line], start: int, end: int) -> list[int]:
    return [
        at
        for at in range(start, end)
        if lines[at].text[:1].isupper()
        and not _ITEM.match(lines[at].text)
        and (at == 0 or ended(lines[at - 1]))
    ]


def named_ayat(lines: Sequence[Line]) -> set[int]:
    """The numbers of ayat that an article names as its own."""
    text = " ".join(line.text for line in lines)
    return {
        int(found[1])
        for found in _OWN.finditer(text)
        if not re.search(
            r"(?i)pasal\s+\d+\w?\s*$", text[max(0, found.start() - 30) : found.start()]
        )
    }


def shown(numbers: Sequence[int]) -> str:
    """Write numbers as "(1), (2)", the first eight of them."""
    return ", ".join(f"({number})" for number in numbers[:8])
