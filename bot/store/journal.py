"""Append-only daily files for what only grows: questions asked, feedback."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from bot.clock import Clock
from bot.store.atomic import replace_files, sync_folder


class Journal:
    """Lines of JSON in one file a day: ``<name>-2026-11-23.jsonl``.

    A line is on disk when ``append`` returns, whichever thread it came from; several processes may
    append to the same journal. A line torn by a crash is skipped when read.
    """

    def __init__(self, folder: Path, name: str, clock: Clock) -> None:
        self._folder = folder
        self._name = name
        self._clock = clock
        self._lock = threading.Lock()
        self._file: TextIO | None = None
        self._path: Path | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def append(self, record: dict[str, Any]) -> None:
        """Write one record with the present time and flush it to disk."""
        now = self._clock.now()
        line = json.dumps(
            {"time": now.isoformat(timespec="milliseconds"), **record}, ensure_ascii=False
        )
        with self._lock:
            file = self._open(self._folder / f"{self._name}-{now.date().isoformat()}.jsonl")
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

    def forget_before(self, day: date) -> int:
        """Delete the files of days before one; return how many."""
        gone = 0
        for path in self._folder.glob(f"{self._name}-*.jsonl"):
            try:
                when = date.fromisoformat(path.stem.removeprefix(f"{self._name}-"))
            except ValueError:
                continue
            if when < day:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def remove(self, unwanted: Callable[[dict[str, Any]], bool]) -> int:
        """Delete single records, such as those of one person; return how many.

        Only the process that appends may do this: a line appended meanwhile by another is lost.
        """
        gone = 0
        with self._lock:
            self._close()
            for path in sorted(self._folder.glob(f"{self._name}-*.jsonl")):
                lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
                kept = [line for line in lines if not _matches(line, unwanted)]
                if len(kept) < len(lines):
                    text = "".join(f"{line}\n" for line in kept)
                    replace_files({path: text.encode("utf-8")})
                    gone += len(lines) - len(kept)
        return gone

    def close(self) -> None:
        """Close the file of the day; a later line opens it again."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = self._path = None

    def _open(self, path: Path) -> TextIO:
        if self._file is not None and path == self._path:
            return self._file
        self._close()
        torn = path.exists() and path.stat().st_size > 0 and not _ends_with_newline(path)
        self._file = path.open("a", encoding="utf-8")
        self._path = path
        sync_folder(self._folder)
        if torn:
            self._file.write("\n")
        return self._file


def _matches(line: str, unwanted: Callable[[dict[str, Any]], bool]) -> bool:
    try:
        record = json.loads(line)
    except ValueError:
        return False
    return isinstance(record, dict) and unwanted(record)


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
