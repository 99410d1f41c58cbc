"""What an import would do, row by row."""

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import SpbeError
from bot.knowledge.model import Conflict, IndexRecord


class IndexImportError(SpbeError):
    """A table cannot be imported at all, or no longer fits the knowledge files."""


class Outcome(StrEnum):
    """What becomes of a row; the value is what a user reads."""

    NEW = "baru"
    SAME = "sama"
    CHANGED = "berubah"
    CONFLICT = "konflik"
    PROBLEM = "bermasalah"


@dataclass(frozen=True, slots=True)
class Change:
    """A column whose value changes; values as written in ``indeks.csv``."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of the table and what becomes of it.

    Attributes:
        line: Its row in the file, from 1.
        name: Name and year of what it is about, as far as known.
        write: What goes into ``indeks.csv`` (a record) or ``konflik.csv`` (a conflict).
        changes: What a record would change in the one that stands.
        message: What is wrong, or which figure stands instead.
        mend: What to do about it.
        warnings: What a reader should look at; it hinders nothing.
    """

    line: int
    outcome: Outcome
    name: str
    write: IndexRecord | Conflict | None = None
    changes: tuple[Change, ...] = ()
    message: str = ""
    mend: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All rows of a table and what becomes of them.

    Attributes:
        revision: Fingerprint of the knowledge folder that the plan rests on.
        rows: By line.
        skipped: Lines below the header that hold a note or a subtitle.
    """

    revision: str
    rows: tuple[ImportRow, ...]
    skipped: tuple[int, ...] = ()

    def of(self, outcome: Outcome) -> list[ImportRow]:
        """Return the rows of one outcome."""
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def to_write(self) -> int:
        """How many rows would be written."""
        return sum(row.write is not None for row in self.rows)
