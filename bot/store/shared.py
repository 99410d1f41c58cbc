"""Small documents that the bot and the command line change at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from tinydb import TinyDB

from bot.errors import StoreError
from bot.store.atomic import AtomicStorage

_LOCK_SECONDS = 10


class SharedDb:
    """A TinyDB that is opened anew, and alone, for each use; keep what it holds small.

    Attributes:
        set_aside: Where the file was last moved, because it could not be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.set_aside: Path | None = None

    @contextmanager
    def open(self) -> Iterator[TinyDB]:
        """Give the database to this thread of this process alone.

        Raises:
            StoreError: Another process holds it for too long, or it cannot be written.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            storage = AtomicStorage(self._path)
            try:
                with (
                    FileLock(f"{self._path}.lock").acquire(timeout=_LOCK_SECONDS),
                    TinyDB(storage=lambda: storage) as db,
                ):
                    yield db
            finally:
                self.set_aside = storage.set_aside or self.set_aside
        except Timeout:
            raise StoreError(
                f"{self._path.name} sedang dipakai proses lain. "
                "Perbaikan: coba lagi sebentar lagi."
            ) from None
        except OSError as error:
            raise StoreError(
                f"{self._path} tidak dapat ditulis ({error.strerror or error}). "
                "Perbaikan: periksa izin DATA_DIR dan ruang disk."
            ) from error
