"""Reads the plain text of a regulation into its units: pasal, ayat, numbered definitions."""

import re
from dataclasses import dataclass, field
from pathlib import Path

_PASAL = re.compile(r"^\s*Pasal\s+(\d+)\s*$")
_AYAT = re.compile(r"^\s*\((\d+)\)\s+(.*)$")
_NUMBERED = re.compile(r"^\s*(\d+)\.\s+(.*)$")
_ANNEX = re.compile(r"^\s*LAMPIRAN\b")
_CHAPTER = re.compile(r"^\s*BAB\s+([IVXLC]+)(?:\s+[A-Z][A-Z ,]+)?\s*$")
_CLOSING = re.compile(r"^\s*(?:Agar setiap orang mengetahuinya|Ditetapkan di|Disahkan di)\b")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass
class SourceText:
    """The official text of one regulation.

    Attributes:
        units: Text of each unit by locator; a pasal's text holds that of its ayat.
        chapters: Numbers of the chapters (bab), for texts without pasal.
        whole: All of it.
    """

    units: dict[str, str] = field(default_factory=dict)
    chapters: tuple[int, ...] = ()
    whole: str = ""

    def mentioned(self, text: str) -> str:
        """Return the text of the pasal that a text refers to, and that those refer to."""
        seen: dict[str, str] = {}
        open_texts = [text]
        for _ in range(2):
            numbers = {n for t in open_texts for n in re.findall(r"Pasal\s+(\d+)", t)}
            fresh = {n: self.units.get(f"pasal-{n}", "") for n in numbers - set(seen)}
            seen |= fresh
            open_texts = list(fresh.values())
        return "\n\n".join(seen.values())


def squash(name: str) -> str:
    """Reduce an id or file name to letters and digits, so that both forms meet."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def find_files(folder: Path, regulation_id: str) -> list[Path]:
    """Return the files that hold a regulation's text: its name begins with the id."""
    key = squash(regulation_id)
    return sorted(p for p in folder.rglob("*.txt") if squash(p.stem).startswith(key))


def read_source(paths: list[Path]) -> SourceText:
    """Read the files of one regulation."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    units: dict[str, str] = {}
    chapters: list[int] = []
    for text in texts:
        units |= _units(text)
        chapters += [_roman(m[1]) for line in text.splitlines() if (m := _CHAPTER.match(line))]
    return SourceText(units, tuple(dict.fromkeys(chapters)), "\n".join(texts))


def _units(text: str) -> dict[str, str]:
    lines: dict[str, list[str]] = {}
    pasal, part = "", ""
    for line in text.splitlines():
        if _ANNEX.match(line) or (pasal and _CLOSING.match(line)):
            break
        found = _PASAL.match(line)
        if found:
            pasal, part = f"pasal-{found[1]}", ""
            lines.setdefault(pasal, [])
            continue
        if not pasal:
            continue
        ayat = _AYAT.match(line)
        numbered = _NUMBERED.match(line) if pasal == "pasal-1" else None
        if ayat:
            part = f"{pasal}-ayat-{ayat[1]}"
        elif numbered and (not part or "-angka-" in part):
            part = f"{pasal}-angka-{numbered[1]}"
        lines[pasal].append(line)
        if part:
            lines.setdefault(part, []).append(line)
    return {locator: "\n".join(body) for locator, body in lines.items()}


def _roman(number: str) -> int:
    values = [_ROMAN[digit] for digit in number]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
