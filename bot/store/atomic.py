"""Files that a crash cannot tear, and TinyDB on one: write aside, flush to disk, replace."""

import json
import logging
import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tinydb import Storage

_log = logging.getLogger(__name__)


class AtomicStorage(Storage):
    """Keeps a database in one JSON file that is only ever replaced as a whole.

    A file that cannot be read is moved aside, never overwritten; ``set_aside`` then names it.
    So is one of which a part is no database: what is one goes on in a new file.
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
        kept = _tables(data)
        if kept != data:
            self._move_aside()
            self.write(kept)
        return kept

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file; the old one stands until the new one is safely on disk."""
        replace_files({self._path: json.dumps(data, ensure_ascii=False).encode("utf-8")})

    def _move_aside(self) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        target = self._path.with_name(f"{self._path.name}.rusak-{stamp}")
        self._path.rename(target)
        self.set_aside = target
        _log.error("store file unreadable, set aside as %s", target)


def _tables(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what TinyDB can read of it: tables of documents by number."""
    return {
        name: {
            number: document
            for number, document in table.items()
            if number.removeprefix("-").isdecimal() and isinstance(document, dict)
        }
        for name, table in data.items()
        if isinstance(table, dict)
    }


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write files, each as a whole: all are on disk before the first is replaced.

    A link is followed, the permissions of a file that stands are kept, and folders are made.

    Raises:
        OSError: They cannot be written; each file is the old or the new one, whole.
    """
    scratches: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            target = path.resolve()
            target.parent.mkdir(parents=True, exist_ok=True)
            scratch = target.with_name(f".{target.name}.{os.getpid()}.tmp")
            scratches[target] = scratch
            with scratch.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, scratch)
        for target, scratch in scratches.items():
            scratch.replace(target)
        for folder in {target.parent for target in scratches}:
            sync_folder(folder)
    finally:
        for scratch in scratches.values():
            scratch.unlink(missing_ok=True)


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
