"""The revisions on disk: file contents by their hash, and a manifest a revision."""

import hashlib
import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import KnowledgeError
from bot.knowledge.publishing.model import LostFiles, Revision
from bot.store.atomic import replace_files

_LOST = "tidak terbaca"
_log = logging.getLogger(__name__)


class History:
    """Revisions that are only ever added to.

    A revision stands once its manifest does: contents are on disk before. Whoever adds must hold
    the lock of the base; reading needs none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[int, Revision] = {}
        self._sound: set[int] = set()
        self._damaged: set[int] = set()

    def numbers(self) -> list[int]:
        """Return the numbers of all revisions, oldest first."""
        return sorted(
            int(path.stem) for path in self._folder.glob("[0-9]*.json") if path.stem.isdigit()
        )

    def head(self) -> Revision | None:
        """Return the last readable revision; None before the first."""
        return self.readable_until(None)

    def readable_until(self, number: int | None) -> Revision | None:
        """Return the last readable revision that is no later than one of a number.

        Only a damaged disk makes one unreadable; the one before it still serves.
        """
        for one in reversed(self.numbers()):
            if number is None or one <= number:
                revision = self.revision(one)
                if revision.readable:
                    return revision
        return None

    def revision(self, number: int) -> Revision:
        """Return a revision; one whose manifest is damaged can be listed, but has no files.

        Raises:
            KnowledgeError: There is none of that number.
        """
        known = self._known.get(number)
        if known is not None:
            return known
        revision = self._read(number)
        if revision.readable:
            self._known[number] = revision
        return revision

    def damaged(self) -> tuple[int, ...]:
        """Return the numbers of the revisions that cannot be read; each sound one is read once."""
        out = []
        for number in self.numbers():
            if number in self._known or number in self._sound:
                continue
            if self._read(number).readable:
                self._sound.add(number)
            else:
                out.append(number)
        return tuple(out)

    def content(self, digest: str) -> bytes:
        """Return a file's content.

        Raises:
            KnowledgeError: It is not there any more or was altered.
        """
        try:
            content = self._object(digest).read_bytes()
        except OSError as error:
            raise KnowledgeError(
                f"Isi berkas {digest[:12]} hilang dari riwayat ({error.strerror}). "
                "Perbaikan: kembalikan DATA_DIR dari cadangan."
            ) from error
        if hash_of(content) != digest:
            raise KnowledgeError(
                f"Isi berkas {digest[:12]} dalam riwayat berubah. "
                "Perbaikan: kembalikan DATA_DIR dari cadangan."
            )
        return content

    def file(self, revision: Revision, path: str) -> bytes | None:
        """Return a file as it was in a revision; None where it had none."""
        digest = revision.files.get(path)
        return None if digest is None else self.content(digest)

    def keep(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        """Keep file contents; return their hashes by path."""
        digests = {path: hash_of(content) for path, content in contents.items()}
        new = {
            target: contents[path]
            for path, digest in digests.items()
            if not (target := self._object(digest)).is_file()
        }
        replace_files(new)
        return digests

    def add(
        self,
        files: Mapping[str, str],
        *,
        time: datetime,
        author: str,
        note: str,
        restores: int = 0,
    ) -> Revision:
        """Add a revision of kept contents; it is on disk when this returns."""
        numbers = self.numbers()
        head = self.head()
        before = head.files if head else {}
        paths = sorted(p for p in {*before, *files} if before.get(p) != files.get(p))
        number = numbers[-1] + 1 if numbers else 1
        revision = Revision(number, time, author, note, dict(files), tuple(paths), restores)
        manifest = {
            "waktu": time.isoformat(timespec="seconds"),
            "oleh": author,
            "catatan": note,
            "memulihkan": restores,
            "berubah": paths,
            "berkas": dict(sorted(files.items())),
        }
        content = json.dumps(manifest, ensure_ascii=False, indent=1).encode("utf-8")
        replace_files({self._folder / f"{revision.number:06d}.json": content})
        self._known[revision.number] = revision
        return revision

    def _read(self, number: int) -> Revision:
        path = self._folder / f"{number:06d}.json"
        try:
            data = json.loads(path.read_bytes())
            return Revision(
                number,
                datetime.fromisoformat(data["waktu"]),
                str(data["oleh"]),
                str(data["catatan"]),
                {str(k): str(v) for k, v in data["berkas"].items()},
                tuple(map(str, data["berubah"])),
                int(data["memulihkan"]),
            )
        except FileNotFoundError:
            last = self.numbers()[-1:]
            known = f"yang ada 1 sampai {last[0]}" if last else "riwayat masih kosong"
            raise KnowledgeError(
                f"Revisi {number} tidak ada; {known}. Perbaikan: lihat daftar revisi."
            ) from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            if number not in self._damaged:
                _log.error("revision %d: %s", number, error)
            self._damaged.add(number)
            lost = LostFiles(number)
            return Revision(number, _written(path), "(tidak diketahui)", _LOST, lost, ())

    def _object(self, digest: str) -> Path:
        return self._folder / "objek" / digest[:2] / digest[2:]


def _written(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return datetime.fromtimestamp(0, UTC)


def hash_of(content: bytes) -> str:
    """Return the name of a content."""
    return hashlib.sha256(content).hexdigest()
