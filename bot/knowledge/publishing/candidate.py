"""Tries a change out: the knowledge as it would be, and the faults that it would bring."""

import logging
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.errors import KnowledgeError
from bot.knowledge import snapshot
from bot.knowledge.faults import Fault, Faults
from bot.knowledge.model import Snapshot
from bot.knowledge.publishing import tree
from bot.knowledge.publishing.layout import check_files
from bot.knowledge.publishing.model import FaultyError

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Candidate:
    """The knowledge with a change in it.

    Attributes:
        snapshot: What would be known.
        faults: Those that the state before did not have.
        before: What is known without the change.
    """

    snapshot: Snapshot
    faults: tuple[Fault, ...]
    before: Snapshot


def try_out(before: Path, changes: Mapping[str, bytes | None]) -> Candidate:
    """Load a copy of a knowledge folder with changed files; the folder itself is only read.

    Raises:
        FaultyError: It holds something that keeps other parts from being read.
        KnowledgeError: What would come out is no knowledge folder at all.
    """
    standing, known = snapshot.load(before)
    with _changed_copy(before, changes) as folder:
        try:
            found, faults = snapshot.load(folder)
        except KnowledgeError:
            raise
        except Exception as error:
            reasons = Faults(folder)
            check_files(folder, reasons)
            if faults := new_faults(known, reasons.sorted()):
                raise FaultyError(faults) from error
            # Readers note what they expect to go wrong; content can be stranger than that.
            _log.exception("a candidate cannot be read")
            raise KnowledgeError(
                f"Susunan {', '.join(sorted(changes)[:3])} tidak dapat dibaca "
                f"({type(error).__name__}). Perbaikan: bandingkan dengan berkas yang sudah terbit."
            ) from error
    return Candidate(found, new_faults(known, faults), standing)


def new_faults(known: tuple[Fault, ...], faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Return the faults beyond those known; a fault that only moved to another line is known."""
    left = Counter(map(_kind, known))
    out = []
    for fault in faults:
        if left[_kind(fault)]:
            left[_kind(fault)] -= 1
        else:
            out.append(fault)
    return tuple(out)


def _kind(fault: Fault) -> tuple[str, str, str]:
    return fault.path, fault.field, fault.message


@contextmanager
def _changed_copy(before: Path, changes: Mapping[str, bytes | None]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="spbe-coba-") as scratch:
        folder = Path(scratch) / "pengetahuan"
        for name, path in tree.listed(before).items():
            if name not in changes:
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        try:
            tree.fill(
                folder, {n: content for n, content in changes.items() if content is not None}
            )
        except OSError as error:
            raise KnowledgeError(
                f"Perubahan tidak dapat dicoba ({error.strerror}). "
                "Perbaikan: periksa nama berkas dan ruang disk."
            ) from error
        yield folder
