"""The folder that people edit: what of it was last published, and bringing it up to date."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import KnowledgeError
from bot.knowledge.folder import shipped_folder
from bot.knowledge.publishing import tree
from bot.knowledge.publishing.history import History, hash_of
from bot.knowledge.publishing.model import Revision
from bot.store.atomic import replace_files

_log = logging.getLogger(__name__)
_SHIPPED = "bawaan"


@dataclass(frozen=True, slots=True)
class _Noted:
    """What is remembered of the folder.

    Attributes:
        name: Which folder; the shipped one and our copy of it are the same in this.
        synced: The revision that it was last equal to, edits by hand aside.
        shipped: SHA-256 by path of the shipped knowledge that the copy last took over.
    """

    name: str = ""
    synced: int = 0
    shipped: Mapping[str, str] | None = None


class EditingFolder:
    """``KNOWLEDGE_DIR``, or without it what came with the program.

    What came with the program is never written to: the first publication makes a copy in the
    data folder, which is edited from then on. Whoever writes must hold the lock of the base.
    """

    def __init__(self, given: Path | None, data: Path, history: History) -> None:
        self._given = given
        self._own = data / "pengetahuan"
        self._file = data / "revisi" / "folder"
        self._history = history
        self._warned = ""

    @property
    def path(self) -> Path:
        """Where it lies now."""
        if self._given is not None:
            return self._given
        return self._own if self.is_own else shipped_folder()

    @property
    def followed(self) -> bool:
        """Whether the history is this folder's."""
        return self._noted().name == self._name

    @property
    def synced(self) -> int:
        """Number of the revision that it was last equal to, edits by hand aside."""
        return self._noted().synced

    @property
    def taken_over(self) -> Mapping[str, str] | None:
        """SHA-256 by path of the shipped knowledge that our copy last took over."""
        return self._noted().shipped

    def read(self) -> dict[str, bytes]:
        """Return all files.

        Raises:
            KnowledgeError: It cannot be read or is no knowledge folder.
        """
        files = tree.read(self.path)
        if not any(path.startswith("regulasi/") for path in files):
            raise KnowledgeError(
                f"Tidak ada berkas regulasi di “{self.path / 'regulasi'}”. "
                "Perbaikan: arahkan KNOWLEDGE_DIR ke folder pengetahuan yang benar."
            )
        return files

    def edited(self, paths: Mapping[str, object]) -> tuple[str, ...]:
        """Return those of the paths that were edited by hand since the folder was synced."""
        if not self.stands:
            return ()
        synced = self.last_equal()
        return tuple(p for p in paths if _digest(self.path / p) != synced.files.get(p))

    def last_equal(self) -> Revision:
        """Return the revision that it was last equal to, or the last readable one before.

        Raises:
            KnowledgeError: None of them is readable.
        """
        found = self._history.readable_until(self.synced)
        return self._history.revision(self.synced) if found is None else found

    def lay_out_again(self, head: Revision) -> bool:
        """Make our copy anew if it was deleted; return whether it was.

        Raises:
            KnowledgeError: A file of the revision is not there any more.
            OSError: It cannot be written.
        """
        if self._given is not None or self.taken_over is None or tree.listed(self._own):
            return False
        contents = {path: self._history.content(d) for path, d in head.files.items()}
        if self._own.is_dir():
            replace_files({self._own / path: content for path, content in contents.items()})
        else:
            tree.write_new(self._own, contents)
        self.note(head.number)
        _log.warning("%s was gone and is laid out again", self._own)
        return True

    def follow(self, head: Revision) -> str:
        """Bring it up to a revision; what was edited by hand meanwhile is left as it is.

        A folder that is gone or cannot be written is left for the next time: the revision stands.

        Returns:
            Why it could not be written; empty when it was, or is no knowledge folder now.
        """
        if self.synced == head.number or not self.stands:
            return ""
        synced = self.last_equal()
        paths = [
            p for p in {*synced.files, *head.files} if synced.files.get(p) != head.files.get(p)
        ]
        try:
            self._make_own(synced)
            write: dict[Path, bytes] = {}
            for path in paths:
                target, content = self.path / path, self._history.file(head, path)
                if _digest(target) not in (synced.files.get(path), head.files.get(path)):
                    _log.warning("%s was edited in the folder and is left", path)
                elif content is None:
                    target.unlink(missing_ok=True)
                else:
                    write[target] = content
            replace_files(write)
        except OSError as error:
            reason = error.strerror or str(error)
            if reason != self._warned:  # it is tried again and again
                _log.warning("the knowledge folder cannot be written: %s", error)
            self._warned = reason
            return reason
        self._warned = ""
        self.note(head.number)
        return ""

    def note(self, synced: int, shipped: Mapping[str, str] | None = None) -> None:
        """Remember that the folder is equal to a revision."""
        kept = self._noted().shipped if shipped is None else shipped
        data = {"folder": self._name, "revisi": synced, "bawaan": kept and dict(kept)}
        replace_files({self._file: json.dumps(data, ensure_ascii=False).encode()})

    @property
    def is_own(self) -> bool:
        """Whether it is our copy of what came with the program, even if that was deleted."""
        return self._given is None and (self._own.is_dir() or self.taken_over is not None)

    @property
    def stands(self) -> bool:
        """Whether it is a knowledge folder now; one that is not mounted is none."""
        return tree.is_knowledge(self.path)

    @property
    def _name(self) -> str:
        return _SHIPPED if self._given is None else str(self._given.resolve())

    def _make_own(self, synced: Revision) -> None:
        if self._given is not None:
            return
        if not self._own.is_dir():
            contents = {path: self._history.content(d) for path, d in synced.files.items()}
            tree.write_new(self._own, contents)
        if self.taken_over is None:
            # The copy was made of this revision, even if a crash kept that from being noted.
            self.note(synced.number, shipped=synced.files)

    def _noted(self) -> _Noted:
        try:
            data = json.loads(self._file.read_bytes())
            shipped = data["bawaan"]
            return _Noted(str(data["folder"]), int(data["revisi"]), shipped and dict(shipped))
        except (OSError, ValueError, KeyError, TypeError):
            return _Noted()


def _digest(path: Path) -> str | None:
    try:
        return hash_of(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
