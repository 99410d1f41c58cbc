"""An assistant ready to answer: read from the knowledge files once, then kept for later starts.

Reading and indexing a few megabytes of files takes most of a start. What comes out of it is kept
in the user's cache folder and used again as long as neither files nor program have changed.
"""

import gc
import hashlib
import logging
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bot import mapped
from bot.answering.assistant import Assistant
from bot.collecting import collector_paused
from bot.errors import KnowledgeError
from bot.knowledge.model import Snapshot

_log = logging.getLogger(__name__)
_PROGRAM = Path(__file__).parents[1]
_SUFFIX = ".assistant"


class Prepared(NamedTuple):
    """An assistant and how many faults its knowledge files had."""

    assistant: Assistant
    faults: int


def prepare(folder: Path, year: int, cache: Path | None = None) -> Prepared:
    """Return an assistant on a knowledge folder, from the cache when it holds this very state.

    Args:
        folder: The knowledge files.
        year: The current year.
        cache: Where to keep it; None reads the files each time.

    Raises:
        KnowledgeError: The folder is absent or holds no regulation at all.
    """
    with collector_paused():
        ready = _build(folder, year) if cache is None else _kept_or_built(folder, year, cache)
    # The knowledge lives as long as the process: a collection that walks all of it stops every
    # answer for tens of milliseconds and frees nothing.
    gc.freeze()
    return ready


def prover(year: int) -> Callable[[Snapshot], None]:
    """Return what tries out whether an assistant can be made of a snapshot, and answers.

    It raises a KnowledgeError where it cannot.
    """

    def prove(found: Snapshot) -> None:
        try:
            with collector_paused():
                Assistant(found, year).ask("apa itu SPBE?")
        except Exception as error:
            _log.exception("no assistant can be made of a candidate")
            raise KnowledgeError(
                f"Dari isi ini bot tidak dapat menjawab ({type(error).__name__}). "
                "Perbaikan: bandingkan dengan isi yang sudah terbit."
            ) from error

    return prove


def _kept_or_built(folder: Path, year: int, cache: Path) -> Prepared:
    path = cache / f"{_state(folder, year)}{_SUFFIX}"
    kept = _read(path)
    if kept is not None:
        return kept
    built = _build(folder, year)
    _write(path, built)
    return built


def _build(folder: Path, year: int) -> Prepared:
    # The readers pull in the models of the headers, which a start from the cache can do without.
    from bot.knowledge import snapshot

    found, faults = snapshot.load(folder)
    return Prepared(Assistant(found, year), len(faults))


def _state(folder: Path, year: int) -> str:
    """Return a key of the knowledge files, the program's own files and the year."""
    digest = hashlib.sha256(str(year).encode())
    for root, suffixes in ((folder, {".md", ".csv", ".yaml", ".txt"}), (_PROGRAM, {".py"})):
        for path in sorted(root.rglob("*")):
            if path.suffix in suffixes:
                found = path.stat()
                digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:24]


def _read(path: Path) -> Prepared | None:
    if not path.is_file() or not _is_own(path.parent):
        return None
    try:
        kept = mapped.load(path)
    except Exception as error:
        _log.info("cache unreadable, read anew: %s", error)
        return None
    return kept if isinstance(kept, Prepared) else None


def _write(path: Path, built: Prepared) -> None:
    """Keep for the next start; not being able to is no fault."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_own(path.parent):
            return
        for old in path.parent.glob(f"*{_SUFFIX}"):
            old.unlink(missing_ok=True)
        mapped.save(path, built)
    except OSError as error:
        _log.info("cache not written: %s", error)


def _is_own(folder: Path) -> bool:
    """Whether nobody but this user may write into a folder."""
    if not hasattr(os, "getuid"):
        return True
    found = folder.stat()
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
