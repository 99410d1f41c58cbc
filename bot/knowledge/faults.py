"""Faults in knowledge files: where, in which field, what is wrong and how to mend it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a knowledge file.

    Attributes:
        path: File, relative to the knowledge folder.
        line: Line in that file, from 1; 0 when the fault is about the whole file.
        field: The key, column or heading concerned.
        message: What is wrong, in Indonesian.
        mend: What to do about it, in Indonesian.
    """

    path: str
    line: int
    field: str
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.field}: {self.message} Perbaikan: {self.mend}"


def printable(name: str) -> str:
    """Return a file name that can be sent and printed: what is no letter in it becomes “�”."""
    decoded = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "�" for c in decoded)


def find_line(path: Path, *needles: str) -> int:
    """Return the number of the first line that holds all needles; 1 when none does."""
    if path.is_file():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if all(needle in line for needle in needles):
                return number
    return 1


class Faults:
    """Collects the faults found while reading one knowledge folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._items: list[Fault] = []

    def add(self, path: Path, line: int, field: str, message: str, mend: str) -> None:
        """Note one fault; ``path`` may be absolute or relative to the knowledge folder."""
        shown = path.relative_to(self._root) if path.is_relative_to(self._root) else path
        self._items.append(Fault(printable(shown.as_posix()), line, field, message, mend))

    def sorted(self) -> tuple[Fault, ...]:
        """Return all faults by file and line."""
        return tuple(sorted(self._items))

    def __bool__(self) -> bool:
        return bool(self._items)
