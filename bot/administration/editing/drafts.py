"""Files that were sent and wait to be published; they outlive a restart."""

import json
import re
import secrets
import threading
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.administration.editing import wording
from bot.clock import Clock
from bot.errors import SpbeError, StoreError
from bot.store.atomic import replace_files

KEPT = timedelta(days=7)
_ID = re.compile(r"[0-9a-f]{8}")


class DraftGoneError(SpbeError):
    """A draft was published, cancelled or is too old."""

    def __init__(self) -> None:
        super().__init__(wording.DRAFT_GONE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that was sent.

    Attributes:
        id: Eight hexadecimal digits.
        user: Who sent it.
        name: The file's name.
        options: What was said about it, by a key of ``submission.OPTIONS``.
        base: The revision that its difference was last shown against; 0 before that.
        shown: The message that showed it last; 0 for none.
    """

    id: str
    user: int
    name: str
    created: datetime
    options: dict[str, str] = field(default_factory=dict)
    base: int = 0
    shown: int = 0


class Drafts:
    """Drafts in files of their own. Blocks on the disk."""

    def __init__(self, data: Path, clock: Clock) -> None:
        self._folder = data / "draf"
        self._clock = clock
        self._lock = threading.Lock()

    def add(self, user: int, name: str, content: bytes, options: dict[str, str]) -> Draft:
        """Keep a file; drafts that are too old are forgotten.

        Raises:
            StoreError: It cannot be kept.
        """
        draft = Draft(secrets.token_hex(4), user, name, self._clock.now(), dict(options))
        try:
            self._forget()
            replace_files({self._folder / f"{draft.id}.bin": content})
            self.save(draft)
        except OSError as error:
            raise StoreError(wording.NO_ROOM.format(why=error.strerror or error)) from error
        return draft

    def save(self, draft: Draft) -> None:
        """Keep what changed of a draft."""
        with self._lock:
            self._save(draft)

    def _save(self, draft: Draft) -> None:
        data = asdict(draft) | {"created": draft.created.isoformat()}
        content = json.dumps(data, ensure_ascii=False).encode()
        replace_files({self._folder / f"{draft.id}.json": content})

    def note_shown(self, draft: Draft, message: int) -> None:
        """Keep which message shows a draft, unless it was dropped meanwhile."""
        with self._lock:
            if (self._folder / f"{draft.id}.json").exists():
                self._save(replace(draft, shown=message))

    def get(self, draft_id: str) -> Draft:
        """Return a draft.

        Raises:
            DraftGoneError: There is none (any more).
        """
        if not _ID.fullmatch(draft_id):
            raise DraftGoneError
        try:
            data = json.loads((self._folder / f"{draft_id}.json").read_bytes())
            created = datetime.fromisoformat(data.pop("created"))
            draft = Draft(created=created, **data)
        except (OSError, ValueError, KeyError, TypeError):
            raise DraftGoneError from None
        if self._clock.now() - created > KEPT:
            raise DraftGoneError
        return draft

    def content(self, draft: Draft) -> bytes:
        """Return the file.

        Raises:
            DraftGoneError: It is not there any more.
        """
        try:
            return (self._folder / f"{draft.id}.bin").read_bytes()
        except OSError:
            raise DraftGoneError from None

    def remove(self, draft: Draft) -> None:
        """Forget a draft."""
        with self._lock:
            for suffix in ("json", "bin"):
                (self._folder / f"{draft.id}.{suffix}").unlink(missing_ok=True)

    def _forget(self) -> None:
        for path in self._folder.glob("*.json"):
            try:
                self.get(path.stem)
            except DraftGoneError:
                path.unlink(missing_ok=True)
                path.with_suffix(".bin").unlink(missing_ok=True)
