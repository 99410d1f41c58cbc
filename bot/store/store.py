"""The store: the one owner of mutable state, used from the event loop without blocking it."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout
from tinydb import TinyDB
from tinydb.table import Document

from bot.clock import Clock
from bot.errors import StoreError
from bot.store.atomic import AtomicStorage
from bot.store.journal import Journal

T = TypeVar("T")

UP, DOWN = 1, -1


class Store:
    """Chats in TinyDB; questions and feedback in journals. Opened once, closed once.

    Every call runs on one worker thread, so writes never interleave and the event loop never
    waits for the disk.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = _lock(folder)
        self._storage = AtomicStorage(folder / "store.json")
        self._db = TinyDB(storage=lambda: self._storage)
        self._db.tables()  # read now, so that an unreadable file shows at start
        self._feedback = Journal(folder / "journal", "umpan-balik", clock)
        self._questions = Journal(folder / "journal", "pertanyaan", clock)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._votes = self._read_votes()

    @property
    def set_aside(self) -> Path | None:
        """The unreadable file that was moved away at start, if there was one."""
        return self._storage.set_aside

    async def save_feedback(self, user: int, answer: str, vote: int) -> bool:
        """Keep a user's vote on an answer; return whether it changed an earlier one.

        The vote is on disk when this returns. The same vote again writes nothing.
        """
        return await self._run(lambda: self._save_feedback(user, answer, vote))

    async def save_question(self, record: dict[str, Any]) -> None:
        """Keep what was asked and how it was answered."""
        await self._run(lambda: self._questions.append(record))

    async def save_chat(self, chat: int, fields: dict[str, Any]) -> None:
        """Insert or update what is known of a chat; unchanged fields write nothing."""
        await self._run(lambda: self._save_chat(chat, fields))

    async def move_chat(self, old: int, new: int) -> None:
        """Follow a group that became a supergroup under a new id."""
        await self._run(lambda: self._move_chat(old, new))

    async def chat(self, chat: int) -> dict[str, Any] | None:
        """Return what is known of a chat."""
        return await self._run(lambda: self._chat(chat))

    async def forget_before(self, day: date) -> None:
        """Delete questions and votes of the days before one."""
        await self._run(lambda: self._forget_before(day))

    async def erase_user(self, user: int) -> dict[str, int]:
        """Delete what is kept of a user; return how many votes and chats went."""
        return await self._run(lambda: self._erase_user(user))

    async def load_documents(self, table: str) -> dict[int, dict[str, Any]]:
        """Return all documents of a table of its own, by number."""
        return await self._run(lambda: self._load_documents(table))

    async def save_documents(
        self, table: str, changed: Mapping[int, dict[str, Any] | None]
    ) -> None:
        """Write many documents of a table at once; None deletes one."""
        await self._run(lambda: self._save_documents(table, changed))

    def votes(self) -> dict[tuple[int, str], int]:
        """Return the last vote by user and answer."""
        return dict(self._votes)

    async def close(self) -> None:
        """Finish pending writes and close the files."""
        await self._run(self._close)
        self._worker.shutdown()

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    def _save_feedback(self, user: int, answer: str, vote: int) -> bool:
        before = self._votes.get((user, answer))
        if before == vote:
            return False
        self._feedback.append({"user": user, "answer": answer, "vote": vote})
        self._votes[(user, answer)] = vote
        return before is not None

    def _read_votes(self) -> dict[tuple[int, str], int]:
        return {
            (int(r["user"]), str(r["answer"])): int(r["vote"])
            for r in self._feedback.read()
            if {"user", "answer", "vote"} <= r.keys()
        }

    def _forget_before(self, day: date) -> None:
        for journal in (self._feedback, self._questions):
            journal.forget_before(day)
        self._votes = self._read_votes()

    def _erase_user(self, user: int) -> dict[str, int]:
        votes = self._feedback.remove(lambda record: record.get("user") == user)
        self._votes = {key: vote for key, vote in self._votes.items() if key[0] != user}
        # The id of a private chat is that of its user.
        chats = self._db.table("chats").remove(doc_ids=[user]) if self._chat(user) else []
        return {"votes": votes, "chats": len(chats)}

    def _chat(self, chat: int) -> dict[str, Any] | None:
        found = self._db.table("chats").get(doc_id=chat)
        return dict(found) if isinstance(found, Document) else None

    def _save_chat(self, chat: int, fields: dict[str, Any]) -> None:
        known = self._chat(chat)
        if known is not None and fields.items() <= known.items():
            return
        self._db.table("chats").upsert(Document({**(known or {}), **fields}, doc_id=chat))

    def _move_chat(self, old: int, new: int) -> None:
        known = self._chat(old)
        table = self._db.table("chats")
        table.upsert(Document({**(known or {}), "moved_from": old}, doc_id=new))
        if known is not None:
            table.remove(doc_ids=[old])

    def _load_documents(self, table: str) -> dict[int, dict[str, Any]]:
        kept = (self._storage.read() or {}).get(table, {})
        return {int(number): fields for number, fields in kept.items()}

    def _save_documents(self, table: str, changed: Mapping[int, dict[str, Any] | None]) -> None:
        # Past TinyDB's tables, which would write the whole file once a document.
        data = self._storage.read() or {}
        kept = data.setdefault(table, {})
        for number, fields in changed.items():
            if fields is None:
                kept.pop(str(number), None)
            else:
                kept[str(number)] = fields
        self._storage.write(data)

    def _close(self) -> None:
        self._feedback.close()
        self._questions.close()
        self._db.close()
        self._lock.release()


def _lock(folder: Path) -> FileLock:
    """Take the folder for this process alone.

    Raises:
        StoreError: Another process holds it.
    """
    lock = FileLock(folder / "store.lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreError(
            f"Folder data “{folder}” sedang dipakai proses lain. Perbaikan: hentikan proses itu "
            "atau pilih DATA_DIR lain."
        ) from None
    return lock
