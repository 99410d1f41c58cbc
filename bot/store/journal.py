"""Append-only daily files for what only grows: questions asked, feedback."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from bot.clock import Clock
from bot.store.atomic import sync_folder


class Journal:
    """Lines of JSON in one file a day: ``<name>-2026-11-23.jsonl``.

    A line is on disk when ``append`` returns. A line torn by a crash is skipped when read.
    """

    def __init__(self, folder: Path, name: str, clock: Clock) -> None:
        self._folder = folder
        self._name = name
        self._clock = clock
        self._file: TextIO | None = None
        self._path: Path | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def append(self, record: dict[str, Any]) -> None:
        """Write one record with the present time and flush it to disk."""
        now = self._clock.now()
        file = self._open(self._folder / f"{self._name}-{now.date().isoformat()}.jsonl")
        line = json.dumps(
            {"time": now.isoformat(timespec="milliseconds"), **record}, ensure_ascii=False
        )
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())

    def read(self) -> Iterator[dict[str, Any]]:
        """Yield all readable records, oldest first."""
        for path in sorted(self._folder.glob(f"{self._name}-*.jsonl")):
            with path.open(encoding="utf-8", errors="replace") as file:
                for line in file:
                    try:
                        record = json.loads(line)
                    except ValueError:
                        continue
                    if isinstance(record, dict):
                        yield record

    def close(self) -> None:
        """Close the file of the day."""
        if self._file is not None:
            self._file.close()
            self._file = self._path = None

    def _open(self, path: Path) -> TextIO:
        if self._file is not None and path == self._path:
            return self._file
        self.close()
        torn = path.exists() and path.stat().st_size > 0 and not _ends_with_newline(path)
        self._file = path.open("a", encoding="utf-8")
        self._path = path
        sync_folder(self._folder)
        if torn:
            self._file.write("\n")
        return self._file


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
