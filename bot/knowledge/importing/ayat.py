"""Divides the text of an article into its ayat."""

import re
from collections.abc import Sequence

from bot.knowledge.importing.chain import Candidate, best_chain, missing_numbers
from bot.knowledge.importing.headings import AYAT
from bot.knowledge.importing.model import Ayat, Line
from bot.knowledge.importing.numerals import digits

_MIDDLE = re.compile(r"(?<=[.;:])\s+\((?P<number>\d{1,2})\)\s+(?=[A-Z])")
_REFERRING = re.compile(
    r"(?i)(?:\b(?:ay[a-z]{2}|avat|dan|atau|huruf|dengan|sampai|s/d|pasal\s\d+|angka)|[,/])$"
)
_OWN = re.compile(r"(?i)\bpada\s+ayat\s*\((\d{1,2})\)")
_PLAIN = re.compile(r"^(\d{1,2})[.)]\s+(?=[A-Z])")
_LINE = 10_000  # candidates in one line are told apart by their offset


def split_ayat(lines: Sequence[Line], *, lost: bool = False) -> tuple[tuple[Ayat, ...], list[str]]:
    """Divide an article; text without number becomes ayat 0.

    Args:
        lines: The text below the heading.
        lost: Whether this document has lost its list numbers: then sentences are counted.

    Returns:
        The ayat, and the doubts about them in Indonesian.
    """
    chain = best_chain(_candidates(lines))
    if lost and (len(chain) < 2 or chain[0].number > 2):
        found = _by_sentences(lines)
        if len(found) > 1:
            return found, []
    if not chain and (found := _by_plain_numbers(lines)):
        return found, ["ayat ditulis “1.” atau “1)”, bukan “(1)”"]
    if not chain:
        return ((Ayat(0, tuple(lines)),) if lines else ()), _dangling(lines, 0)
    doubts = []
    ayat: list[Ayat] = []
    opening = _between(lines, 0, chain[0].at)
    if opening:
        if chain[0].number == 2:
            ayat.append(Ayat(1, opening))
            doubts.append("nomor ayat (1) hilang, teks sebelum ayat (2) dianggap ayat (1)")
        else:
            ayat.append(Ayat(0, opening))
    missing = missing_numbers(chain, first=2 if ayat and ayat[0].number == 1 else 1)
    if missing:
        doubts.append(f"ayat {_shown(missing)} tidak ditemukan")
    if len(chain) == 1 and chain[0].number == 1:
        doubts.append("hanya ayat (1) yang ditemukan")
    for at, item in enumerate(chain):
        end = chain[at + 1].at if at + 1 < len(chain) else len(lines) * _LINE
        ayat.append(Ayat(item.number, _between(lines, item.at, end), item.suffix))
    doubts += _dangling(lines, max(item.number for item in chain))
    return tuple(ayat), doubts


def count_marks(lines: Sequence[Line]) -> int:
    """Count the lines that begin with the number of an ayat."""
    return sum(1 for item in _candidates(lines) if item.score > 2)


def _candidates(lines: Sequence[Line]) -> list[Candidate]:
    out: list[Candidate] = []
    for at, line in enumerate(lines):
        found = AYAT.match(line.text)
        if found is not None:
            number = digits(found["number"])
            score = _score(lines[at - 1].text if at else "", found["rest"])
            if number and score > 0:
                penalty = 0.0 if found["number"].isdecimal() else 0.3
                out.append(Candidate(at * _LINE, number, score - penalty, found["suffix"] or ""))
        out += [
            Candidate(at * _LINE + inner.end() - len(inner[0].lstrip()), int(inner["number"]), 0.9)
            for inner in _MIDDLE.finditer(line.text)
        ]
    return out


def _score(before: str, rest: str) -> float:
    if _REFERRING.search(before.rstrip()):
        # A comma may be a full stop misread; a sentence that starts tells.
        sentence = before.rstrip().endswith(",") and re.match(r"[A-Z][\w.,]* \S", rest)
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


def _between(lines: Sequence[Line], start: int, end: int) -> tuple[Line, ...]:
    """Cut lines out between two places; the mark at the start is left out."""
    out = []
    for at in range(start // _LINE, min(len(lines), end // _LINE + 1)):
        text = lines[at].text
        first = start - at * _LINE if at == start // _LINE else 0
        last = end - at * _LINE if at == end // _LINE else len(text)
        part = text[max(0, first) : last].strip()
        if part:
            out.append(lines[at].with_text(part))
    if out:
        mark = AYAT.match(out[0].text)
        if mark is not None:
            rest = mark["rest"].strip()
            out[0:1] = [out[0].with_text(rest)] if rest else []
    return tuple(out)


def _by_sentences(lines: Sequence[Line]) -> tuple[Ayat, ...]:
    """Count the paragraphs of an article whose numbers are lost.

    A paragraph is a new ayat when the one before ended with a full stop and this one begins with
    a capital; what follows a colon is a list until it ends.
    """
    groups: list[list[Line]] = []
    ended, listing = True, False
    for line in lines:
        text = line.text.strip(" /|")
        mark = AYAT.match(text)
        start = (mark["rest"] if mark else text)[:1]
        unended = groups and not listing and _is_sentence(groups[-1][-1].text, text)
        if not groups or (start.isupper() and (ended or unended)):
            groups.append([])
        groups[-1].append(line.with_text(mark["rest"] if mark and mark["rest"] else text))
        tail = text.rstrip(" /|*_'\"`")
        ended = tail.endswith(".") or (ended and len(text) < 3)
        listing = tail.endswith((":", ";")) or (listing and not ended)
    if any("dimaksud dengan" in line.text for line in lines[:2]):
        return ()
    return tuple(Ayat(number, tuple(group)) for number, group in enumerate(groups, 1))


def _is_sentence(before: str, text: str) -> bool:
    """Whether a sentence of its own follows one whose full stop was not recognised."""
    whole = len(text.split()) >= 6 and text.rstrip(" /|").endswith((".", ":"))
    return whole and len(before) >= 40 and not _REFERRING.search(before.rstrip(" /|"))


def _by_plain_numbers(lines: Sequence[Line]) -> tuple[Ayat, ...]:
    """Read "1.", "2." as ayat in an article that calls them ayat itself."""
    if not lines or not _PLAIN.match(lines[0].text) or not _dangling(lines, 0):
        return ()
    marks = [
        Candidate(at, int(found[1]), 2.0)
        for at, line in enumerate(lines)
        if (found := _PLAIN.match(line.text))
    ]
    chain = best_chain(marks)
    if len(chain) < 2 or chain[0].at != 0:
        return ()
    ends = [item.at for item in chain[1:]] + [len(lines)]
    return tuple(
        Ayat(
            item.number,
            (
                lines[item.at].with_text(_PLAIN.sub("", lines[item.at].text)),
                *lines[item.at + 1 : end],
            ),
        )
        for item, end in zip(chain, ends, strict=True)
    )


def _dangling(lines: Sequence[Line], highest: int) -> list[str]:
    text = " ".join(line.text for line in lines)
    wanted = {
        int(found[1])
        for found in _OWN.finditer(text)
        if not re.search(
            r"(?i)pasal\s+\d+\w?\s*$", text[max(0, found.start() - 30) : found.start()]
        )
    }
    beyond = sorted(number for number in wanted if number > highest)
    return [f"menyebut ayat {_shown(beyond)} yang tidak ditemukan"] if beyond else []


def _shown(numbers: Sequence[int]) -> str:
    return ", ".join(f"({number})" for number in numbers[:8])
