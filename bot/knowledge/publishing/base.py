"""The base: published knowledge as revisions, and the folder that people edit beside it."""

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from bot.clock import Clock
from bot.collecting import collector_paused
from bot.errors import KnowledgeError
from bot.knowledge.faults import Fault, Faults
from bot.knowledge.folder import shipped_folder
from bot.knowledge.model import Snapshot
from bot.knowledge.publishing import tree
from bot.knowledge.publishing.candidate import Candidate, try_out
from bot.knowledge.publishing.editing_folder import EditingFolder
from bot.knowledge.publishing.history import History, hash_of
from bot.knowledge.publishing.layout import check_names
from bot.knowledge.publishing.model import Changes, FaultyError, MovedError, PublishError, Revision
from bot.knowledge.publishing.shipped import renewal

FOLDER = "folder"
PROGRAM = "program"
_LOCK_SECONDS = 30
# Published states that stay laid out for reading: the present one and the one before.
_LAID_OUT = 2
_NAMED = 3
_FIRST = 1
# More than this goes only when somebody confirms it: it may be a slip.
_MOST_DELETED = 10
_MOST_LOST_SHARE = 0.2
_LEFT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Noticed:
    """What came of changes that were made beside this program.

    Attributes:
        revision: The revision that they became; None if they were refused.
        paths: The files concerned.
        faults: Why they were refused.
        trouble: Why the folder could not be read at all, or awaits a word.
        kept: Files that a newer program changed too, whose new version was left.
        held: Files that would go, if somebody confirms it.
        laid_out: Whether the folder was gone, and was laid out again.
    """

    revision: Revision | None
    paths: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    trouble: str = ""
    kept: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    laid_out: bool = False


class Base:
    """Published knowledge: readers always see one revision, whole.

    The history holds every revision. What is published is also written into the folder that
    people edit; what they change there is noticed, checked and published or refused. Several
    processes may use one base at the same time.
    """

    def __init__(
        self,
        given: Path | None,
        data: Path,
        clock: Clock,
        prove: Callable[[Snapshot], None] = lambda snapshot: None,
    ) -> None:
        """Open a base; nothing is written.

        Args:
            given: The knowledge folder that is set; None for what came with the program.
            data: The data folder.
            clock: Gives the time of revisions.
            prove: Tries knowledge out before it is published; raises KnowledgeError.
        """
        self._clock = clock
        self._prove = prove
        self._root = data / "revisi"
        self.history = History(self._root)
        self._folder = EditingFolder(given, data, self.history)
        self._looked: object = None
        self._refused = ""
        self._laid_out_again = False

    @property
    def folder(self) -> Path:
        """The folder that people edit."""
        return self._folder.path

    @property
    def started(self) -> bool:
        """Whether there is a history, and of this folder."""
        return self._folder.followed and self.history.head() is not None

    def start(self) -> Revision:
        """Begin the history with the folder as it is, or take up another folder.

        Raises:
            KnowledgeError: The folder holds no knowledge, or the data folder cannot be written.
        """
        head = self.history.head()
        if head is not None and self._folder.followed:
            return head
        with self._locked():
            head = self.history.head()
            digests = self.history.keep(self._folder.read())
            if head is None:
                head = self._add(digests, FOLDER, "Keadaan awal")
            elif head.files != digests:
                head = self._add(digests, FOLDER, f"Folder {self.folder.name} dipakai")
            self._folder.note(head.number)
        return head

    def served(self) -> Path:
        """Return the folder to read knowledge from: the last revision, laid out for reading.

        Before there is a history it is the folder that people edit.

        Raises:
            KnowledgeError: The history is damaged.
        """
        head = self.history.head() if self._folder.followed else None
        return self.folder if head is None else self.laid_out(head)

    @property
    def number(self) -> int:
        """Number of the revision that is served; 0 before there is a history."""
        return self.head().number if self.started else 0

    def laid_out(self, revision: Revision) -> Path:
        """Return a folder with the files of a revision; it is not to be changed."""
        target = self._root / "isi" / f"{revision.number:06d}"
        if not target.is_dir():
            contents = {path: self.history.content(d) for path, d in revision.files.items()}
            try:
                tree.write_new(target, contents)
            except OSError as error:
                if not target.is_dir():  # another process may have been first
                    raise _unwritable(self._root, error) from error
            self._clear_out(revision.number)
        return target

    def publish(
        self,
        changes: Changes,
        *,
        author: str,
        note: str,
        expected: int | None = None,
        permit: Callable[[], None] = lambda: None,
        restores: int = 0,
    ) -> Revision:
        """Publish changed files as a new revision, and write them into the folder.

        Args:
            changes: New content by path; None removes.
            author: Who does it.
            note: What it is, in a line.
            expected: The revision that the change was looked at against; 0 if there was none.
            permit: Called at the last moment; raises if the author may not (any more).
            restores: The revision that it goes back to.

        Raises:
            MovedError: Another revision than ``expected`` is the last one.
            FaultyError: It would bring new faults.
            PublishError: It changes nothing, or a file that is being edited in the folder.
        """
        changes = {tree.safe_path(path): content for path, content in changes.items()}
        self.start()
        with self._locked(), collector_paused():
            head = self.head()
            # The history may have begun just now: then the folder is what was looked at.
            seen = head.number if expected is None else expected or _FIRST
            if head.number != seen:
                numbers = range(seen + 1, head.number + 1)
                raise MovedError(tuple(self.history.revision(n) for n in numbers))
            # After a crash the folder may still lag behind.
            self._bring_up(head)
            if edited := self._folder.edited(changes):
                raise PublishError(
                    f"{named(edited)} sedang diubah langsung di folder {self.folder} dan belum "
                    "terbit. Perbaikan: selesaikan atau batalkan perubahan di sana dahulu."
                )
            files = self._with(head, changes)
            if files == head.files:
                raise PublishError("Tidak ada yang berubah dari yang sudah terbit.")
            candidate = try_out(self.laid_out(head), changes)
            if candidate.faults:
                raise FaultyError(candidate.faults)
            self._prove(candidate.snapshot)
            permit()
            revision = self._add(files, author, note, restores)
            self._folder.follow(revision)
        return revision

    def head(self) -> Revision:
        """Return the last revision.

        Raises:
            PublishError: There is none yet.
        """
        head = self.history.head()
        if head is None:
            raise PublishError(
                "Riwayat masih kosong. Perbaikan: jalankan bot atau terbitkan sesuatu dahulu."
            )
        return head

    def restoring(self, number: int) -> Changes:
        """Return the changes that bring an earlier revision back.

        Raises:
            KnowledgeError: There is no such revision.
        """
        wanted, head = self.history.revision(number), self.head()
        return {
            path: self.history.file(wanted, path)
            for path in sorted({*wanted.files, *head.files})
            if wanted.files.get(path) != head.files.get(path)
        }

    def notice(self, confirmed: bool = False) -> Noticed | None:
        """Take over what was changed by hand in the folder, if it is sound.

        Args:
            confirmed: Whether many files may go; else they are held.

        Returns:
            What came of it; None when nothing (new) is to be told.

        Raises:
            KnowledgeError: The history cannot be read or written.
        """
        if not self.started:
            return None
        state = (self.folder, tree.state(self.folder))
        behind = self._folder.synced != self.head().number
        if state == self._looked and not (behind or confirmed or self._laid_out_again):
            return None
        with self._locked(), collector_paused():
            head = self.head()
            unwritable = self._bring_up(head)
            if self._laid_out_again:
                self._laid_out_again = False
                told = (
                    f"Folder {self.folder} terhapus, dan disusun lagi dari revisi {head.number}. "
                    "Yang belum terbit di sana hilang."
                )
                return Noticed(None, trouble=told, laid_out=True)
            noticed = (
                self._refuse(Noticed(None, trouble=unwritable))
                if unwritable
                else self._take_over(confirmed)
            )
        # The state before: what changed while looking is looked at the next time.
        self._looked = state
        return noticed

    def untold(self, noticed: Noticed) -> None:
        """Give a refusal again at the next look: it could not be told to anybody."""
        self._laid_out_again = self._laid_out_again or noticed.laid_out
        self._refused = ""
        self._looked = None

    def renew(self) -> Noticed | None:
        """Take over what a newer program ships, where admins have not changed it themselves.

        Raises:
            KnowledgeError: The history cannot be read or written.
        """
        before = self._folder.taken_over
        if not self.started or not self._folder.is_own or before is None:
            return None
        with self._locked(), collector_paused():
            head = self.head()
            self._bring_up(head)
            new = renewal(before, tree.read(shipped_folder()), head.files)
            if new.manifest == before:
                return None
            changes = {
                p: c for p, c in new.changes.items() if p not in self._folder.edited({p: c})
            }
            faults = try_out(self.laid_out(head), changes).faults if changes else ()
            if faults:
                return Noticed(None, tuple(changes), faults, kept=new.kept)
            if changes:
                head = self._add(
                    self._with(head, changes),
                    PROGRAM,
                    f"Pembaruan program: {named(tuple(changes))}",
                )
                self._folder.follow(head)
            # Of its own number: it may not have been able to follow.
            self._folder.note(self._folder.synced, shipped=new.manifest)
        return Noticed(head, tuple(changes), kept=new.kept)

    def _bring_up(self, head: Revision) -> str:
        """Let the folder follow; return why it could not be written."""
        try:
            if self._folder.lay_out_again(head):
                self._laid_out_again = True
        except OSError as error:
            reason = error.strerror or str(error)
        else:
            reason = self._folder.follow(head)
        return reason and (
            f"Folder {self.folder} tidak dapat ditulis ({reason}), jadi belum memuat revisi "
            f"{head.number}. Perubahan di sana menunggu. Perbaikan: periksa izin folder itu."
        )

    def _take_over(self, confirmed: bool) -> Noticed | None:
        names = Faults(self.folder)
        check_names(self.folder, names)
        if names:
            return self._refuse(Noticed(None, faults=names.sorted()))
        synced = self._folder.last_equal()
        try:
            found = self._folder.read()
        except KnowledgeError as error:
            return self._refuse(Noticed(None, trouble=str(error)))
        digests = {path: hash_of(content) for path, content in found.items()}
        changes = {
            path: found.get(path)
            for path in sorted({*digests, *synced.files})
            if digests.get(path) != synced.files.get(path)
        }
        if not changes:
            self._refused = ""
            return None
        head = self.head()
        try:
            candidate = try_out(self.laid_out(head), changes)
            if candidate.faults:
                raise FaultyError(candidate.faults)
            self._prove(candidate.snapshot)
            files = self._with(head, changes)
        except FaultyError as error:
            return self._refuse(Noticed(None, tuple(changes), error.faults))
        except KnowledgeError as error:
            return self._refuse(Noticed(None, tuple(changes), trouble=str(error)))
        gone = tuple(path for path, content in changes.items() if content is None)
        if gone and not confirmed and (trouble := _too_much(gone, candidate)):
            return self._refuse(Noticed(None, tuple(changes), trouble=trouble, held=gone))
        if files != head.files:
            head = self._add(files, FOLDER, _note(changes))
        self._folder.note(head.number)
        self._refused = ""
        return Noticed(head, tuple(changes))

    def _refuse(self, noticed: Noticed) -> Noticed | None:
        """Return a refusal, once for what is wrong."""
        told = repr((noticed.paths, noticed.faults, noticed.trouble))
        if told == self._refused:
            return None
        self._refused = told
        return noticed

    def _with(self, head: Revision, changes: Changes) -> dict[str, str]:
        contents = {tree.safe_path(p): c for p, c in changes.items() if c is not None}
        kept = {path: d for path, d in head.files.items() if path not in changes}
        return kept | self.history.keep(contents)

    def _add(self, files: dict[str, str], author: str, note: str, restores: int = 0) -> Revision:
        return self.history.add(
            files, time=self._clock.now(), author=author, note=note, restores=restores
        )

    def _clear_out(self, number: int) -> None:
        for old in (self._root / "isi").iterdir():
            stale = old.name.isdigit() and int(old.name) <= number - _LAID_OUT
            if old.name.startswith("."):  # left by a crash, unless another process is at it
                stale = time.time() - old.stat().st_mtime > _LEFT_SECONDS
            if stale:
                # Renamed first: what stands under a number is always whole.
                gone = old.with_name(f".{old.name.strip('.')}-{os.getpid()}")
                with contextlib.suppress(OSError):
                    old.rename(gone)
                    shutil.rmtree(gone, ignore_errors=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            with FileLock(self._root / "kunci").acquire(timeout=_LOCK_SECONDS):
                yield
        except Timeout:
            raise PublishError(
                "Basis pengetahuan sedang diubah proses lain. Perbaikan: coba lagi sebentar lagi."
            ) from None
        except OSError as error:
            raise _unwritable(self._root, error) from error


def _too_much(gone: tuple[str, ...], candidate: Candidate) -> str:
    """Say what would go if that is too much to go without a word; empty if it is not."""
    before, after = _provisions(candidate.before), _provisions(candidate.snapshot)
    lost = len(before - after)
    if len(gone) <= _MOST_DELETED and lost <= len(before) * _MOST_LOST_SHARE:
        return ""
    return (
        f"{len(gone)} berkas dihapus di folder ({named(gone)}), {lost} ketentuan hilang. Ini "
        "menunggu kepastian. Perbaikan: kembalikan berkasnya, atau jalankan "
        "“spbe-bot knowledge publish --yes”."
    )


def _provisions(snapshot: Snapshot) -> set[tuple[str, str]]:
    return {(r.id, p.locator) for r in snapshot.regulations.values() for p in r.provisions}


def _note(changes: Changes) -> str:
    gone = tuple(path for path, content in changes.items() if content is None)
    left = tuple(path for path, content in changes.items() if content is not None)
    told = [f"Diubah di folder: {named(left)}"] if left else []
    told += [f"{len(gone)} berkas dihapus di folder: {named(gone)}"] if gone else []
    return "; ".join(told)


def named(paths: tuple[str, ...]) -> str:
    """Name files in a line."""
    shown = ", ".join(paths[:_NAMED])
    rest = len(paths) - _NAMED
    return f"{shown}, dan {rest} berkas lain" if rest > 0 else shown


def _unwritable(folder: Path, error: OSError) -> PublishError:
    return PublishError(
        f"Riwayat di {folder} tidak dapat ditulis ({error.strerror or error}). "
        "Perbaikan: periksa izin DATA_DIR dan ruang disk."
    )
