"""A TinyDB storage that a crash cannot tear: write aside, flush to disk, replace."""

import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tinydb import Storage

_log = logging.getLogger(__name__)


class AtomicStorage(Storage):
    """Keeps a database in one JSON file that is only ever replaced as a whole.

    A file that cannot be read is moved aside, never overwritten; ``set_aside`` then names it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.set_aside: Path | None = None
        path.parent.mkdir(parents=True, exist_ok=True)

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the whole database, or None when there is none yet."""
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            self._move_aside()
            return None
        try:
            data = json.loads(text)
        except ValueError:
            data = None
        if not isinstance(data, dict):
            self._move_aside()
            return None
        return data

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file; the old one stands until the new one is safely on disk."""
        scratch = self._path.with_suffix(".tmp")
        with scratch.open("w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(self._path)
        sync_folder(self._path.parent)

    def _move_aside(self) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        target = self._path.with_name(f"{self._path.name}.rusak-{stamp}")
        self._path.rename(target)
        self.set_aside = target
        _log.error("store file unreadable, set aside as %s", target)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows cannot open folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
