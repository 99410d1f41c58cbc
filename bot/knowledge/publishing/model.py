"""What publishing passes around: revisions, changes, and what can go wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.errors import KnowledgeError
from bot.knowledge.faults import Fault

Changes = Mapping[str, bytes | None]
"""New content by path in the knowledge folder; None removes the file."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A published state of all knowledge files.

    Attributes:
        number: From 1, without gaps.
        time: When it was published.
        author: Who did: a name with the Telegram id, ``cli:<user>`` or ``folder``.
        note: What it changed, in a line.
        files: SHA-256 of each file by its path in the folder.
        changed: Paths that differ from the revision before.
        restores: The revision that it goes back to, 0 if none.
    """

    number: int
    time: datetime
    author: str
    note: str
    files: Mapping[str, str]
    changed: tuple[str, ...]
    restores: int = 0

    @property
    def readable(self) -> bool:
        """Whether its files are known; else each look at ``files`` raises KnowledgeError."""
        return not isinstance(self.files, LostFiles)


class LostFiles(Mapping[str, str]):
    """The files of a revision whose manifest is damaged: it can be listed, not used."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __getitem__(self, path: str) -> str:
        raise self._error()

    def __iter__(self) -> Iterator[str]:
        raise self._error()

    def __len__(self) -> int:
        raise self._error()

    def _error(self) -> KnowledgeError:
        return KnowledgeError(
            f"Revisi {self._number} tidak terbaca. Perbaikan: kembalikan DATA_DIR dari cadangan."
        )


class PublishError(KnowledgeError):
    """A change cannot be published; nothing was changed."""


class FaultyError(PublishError):
    """A change would bring new faults into the knowledge."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        told = "\n".join(f"- {fault}" for fault in faults[:20])
        super().__init__(f"Tidak diterbitkan, karena menimbulkan kesalahan:\n{told}")
        self.faults = faults


class MovedError(PublishError):
    """Others published since the change was looked at."""

    def __init__(self, since: tuple[Revision, ...]) -> None:
        super().__init__(
            "Basis pengetahuan sudah berubah sejak pratinjau ini: "
            + "; ".join(f"revisi {r.number} oleh {r.author} ({r.note})" for r in since)
            + ". Perbaikan: lihat perbedaannya sekali lagi, lalu terbitkan."
        )
        self.since = since
