"""Takes away what belongs to the page and not to the text: numbers, running heads, catchwords."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.knowledge.importing.model import Line, Pages

_EDGE = 4
_NUMBER = re.compile(
    r"(?i)(?:hal(?:aman|\.)?\s*)?[-–—~•.|\s]*\d{1,4}\s*(?:(?:dari|/)\s*\d{1,4})?[-–—~•.|\s]*"
)
_DASHED = re.compile(r"[-–—~]\s*\d{1,4}\s*[-–—~]")
_MISREAD = re.compile(r"[-–—~]\s*\w{1,3}\s*[-–—~]")  # a page number, at the edge of a page
_ADDRESS = re.compile(r"(?i)(?:https?://|www\.|jdih\.)\S+")
_SERIAL = re.compile(r"SK\s+No\.?\s*\d+\s*[A-Z]?")  # at the foot of what the palace prints
_CATCHWORD = re.compile(r"(?:\.\s?\.(?:\s?\.)*|…)\s*$")
_SPREAD = re.compile(r"\b(?:[A-Za-z]\s){3,}[A-Za-z]\b")  # "P a s a l", "T E N T A N G"
_DOUBLED = re.compile(r"^(\(?[0-9a-zA-Z]{1,3}[.)])\s*(?=\1\s)")
_LABELLED = re.compile(r"(?i)^((?:menimbang|mengingat)\s*:?\s*)([0-9a-z]{1,2}[.])\s*(?=\2\s)")
_STRUCTURE = re.compile(
    r"(?i)^\W{0,2}(?:pasa[l1i]|b\s?a\s?b\s|bagian\s|paragraf\s|ayat\s|huruf\s|angka\s|cukup jelas"
    r"|\(?\w{1,3}[.)]\s)"
)
_LONGEST_CATCHWORD = 60


def clean(pages: Pages) -> tuple[Line, ...]:
    """Return the lines of the text alone, in order."""
    running = _running_heads(pages.lines)
    several = len(pages.lines) > 1
    kept: list[Line] = []
    for number, page in enumerate(pages.lines):
        lines = list(page)
        if several:
            lines = _without_edges(lines, running if number else frozenset())
        for line in lines:
            if any(p.fullmatch(line.text) for p in (_DASHED, _ADDRESS, _SERIAL)):
                continue
            spread = _SPREAD.sub(_closed_up, line.text) if len(line.text) < 60 else line.text
            text = _LABELLED.sub(r"\1", _DOUBLED.sub("", spread))
            if text.strip(" \t/|_-."):
                kept.append(line.with_text(text) if text != line.text else line)
    return tuple(kept)


def _closed_up(found: re.Match[str]) -> str:
    return found[0].replace(" ", "")


def _without_edges(lines: list[Line], running: frozenset[str]) -> list[Line]:
    out = []
    last = len(lines) - 1
    for at, line in enumerate(lines):
        edge = at < _EDGE or at > last - _EDGE
        if edge and (
            _NUMBER.fullmatch(line.text)
            or _MISREAD.fullmatch(line.text)
            or _key(line.text) in running
        ):
            continue
        out.append(line)
    # A catchword repeats the beginning of the next page at the foot of this one.
    for _ in range(2):
        if (
            out
            and len(out[-1].text) <= _LONGEST_CATCHWORD
            and _CATCHWORD.search(out[-1].text)
            and len(out) > 1
        ):
            out.pop()
    return out


def _running_heads(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    seen: Counter[str] = Counter()
    for page in pages:
        edges = {_key(line.text) for line in (*page[:_EDGE], *page[-_EDGE:])}
        seen.update(key for key in edges if len(key) > 3)
    needed = max(3, round(0.3 * len(pages)))
    return frozenset(
        key for key, count in seen.items() if count >= needed and not _STRUCTURE.match(key)
    )


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", text).strip(" -–—|.")


def join(lines: Iterable[Line | str]) -> str:
    """Join wrapped lines into running text; words divided at line ends become whole."""
    out = ""
    for line in lines:
        text = (line.text if isinstance(line, Line) else line).strip()
        if not text:
            continue
        if not out:
            out = text
        elif out.endswith("-") and len(out) > 1 and out[-2].isalnum():
            out = _healed(out, text)
        elif out.endswith("/"):
            out += text
        else:
            out += f" {text}"
    return out


def _healed(before: str, after: str) -> str:
    left = re.split(r"[\s/(-]", before[:-1])[-1].lower()
    right = re.split(r"[\s/),.;-]", after)[0]
    doubled = len(right) > 2 and (right[:4].lower() in left or left[-4:] in right.lower())
    # "rata-rata", "RKA-SKPD", "e-office" keep the hyphen; "pemerin-tahan" loses it.
    if doubled or not right[:1].islower() or len(left) < 2 or left == "non":
        return before + after
    return before[:-1] + after
