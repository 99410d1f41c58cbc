"""The embedded ledger: a folder with a file a run, for one process on one machine."""

import asyncio
import json
import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from bot.broadcasts.appending import Appender
from bot.broadcasts.ledger import Course, Row, Run, Tally
from bot.broadcasts.runfile import REDIRECT, TO_GENERAL, RunFile, build, read
from bot.broadcasts.telling import Kind, Telling
from bot.broadcasts.told import Entry, State
from bot.errors import StoreError

_log = logging.getLogger(__name__)
_NEXT = {
    Course.RUNNING: (Course.PAUSED, Course.CANCELLED, Course.DONE),
    Course.PAUSED: (Course.RUNNING, Course.CANCELLED),
    Course.CANCELLED: (Course.DONE,),
    Course.DONE: (),
}


class FiledLedger:
    """Keeps runs in a folder, which it holds for itself until closed.

    Args:
        folder: Where the files are.
        durable: False leaves flushing to the system, for simulations.

    Raises:
        StoreError: Another process holds the folder.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._durable = durable
        self._lock = FileLock(folder / "ledger.lock", thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise StoreError(
                f"Buku kirim “{folder}” sedang dipakai proses lain. "
                "Perbaikan: hentikan proses itu."
            ) from None
        self._runs: dict[str, RunFile] = {}
        self._index: dict[Telling, list[tuple[RunFile, int]]] = {}
        self._about: dict[str, list[Telling]] = {}
        self._files: dict[str, Appender] = {}
        self._planning = asyncio.Lock()
        self._last = 0
        for scratch in folder.glob("*.tmp"):
            scratch.unlink()  # of a run that was never promised
        for path in sorted(folder.glob("*.jsonl")):
            self._last = int(path.stem)
            found = read(path)
            if found is None:
                _log.error("run %s cannot be read and is left alone", path)
            else:
                self._keep(found)

    # -- planning --------------------------------------------------------------------------------

    async def plan(
        self, run: Run, rows: Collection[tuple[Telling, int, int]], state: State = State.PLANNED
    ) -> bool:
        """Plan a run, all of it or nothing; see ``Ledger``."""
        # One after the other: what one run plans, the next must see.
        async with self._planning:
            if run.id in self._runs:
                return False
            self._last += 1
            path = self._folder / f"{self._last:08d}.jsonl"
            fresh = [row for row in rows if self.find(row[0], (row[1],)) is None]
            planned = build(run, path, fresh, state)
            await self._off_loop(planned.write)
            self._keep(planned)
            return True

    async def told(self) -> "FiledLedger":
        """Return a view for planning: this very object, as all is in memory."""
        return self

    def events(self) -> Collection[str]:
        """Return the events that anything was planned about."""
        return self._about.keys()

    def about(self, event: str) -> Sequence[Telling]:
        """Return the messages about an event, in the order in which they were first planned."""
        return self._about.get(event, ())

    def find(self, telling: Telling, chats: Collection[int]) -> Entry | None:
        """Return the entry of a message for a chat under any of its ids; none if withdrawn."""
        for kept, which in self._index.get(telling, ()):
            for chat in chats:
                state = kept.find(which, chat)
                if state is not None and state is not State.WITHDRAWN:
                    return Entry(state, kept.run.planned)
        return None

    # -- sending ---------------------------------------------------------------------------------

    async def runs(self) -> Sequence[tuple[Run, Course]]:
        """Return the runs that are not done, in the order in which they were planned."""
        return [
            (kept.run, kept.course)
            for kept in self._runs.values()
            if kept.course is not Course.DONE
        ]

    async def rows(self, run: str, after: int, limit: int) -> Sequence[Row]:
        """Return open rows with a number greater than ``after``, in order."""
        return self._runs[run].open_rows(after, limit)

    async def begin(self, row: Row) -> bool:
        """Write that a row is being sent; return False if it is no longer open."""
        kept = self._runs[row.run]
        if not kept.state(row.number).open or kept.course is not Course.RUNNING:
            return False
        before = kept.state(row.number)
        try:
            await self._step(kept, row.number, State.SENDING.value)
        except OSError:
            kept.apply((row.number, before.value))  # it will not be sent
            raise
        return True

    async def settle(self, row: Row, state: State, detail: str = "", message: int = 0) -> None:
        """Write what became of a row: a reason, or the id of the message."""
        kept = self._runs[row.run]
        if state is State.SENT:
            await self._step(kept, row.number, state.value, message)
        elif detail:
            await self._step(kept, row.number, state.value, detail)
        else:
            await self._step(kept, row.number, state.value)

    async def redirect(self, row: Row, chat: int) -> None:
        """Send a row to the new id of its chat."""
        await self._step(self._runs[row.run], row.number, REDIRECT, chat)

    async def to_general(self, row: Row, *, news: bool = True) -> None:
        """Send a row to the general topic, as its own is lost; see ``Ledger``."""
        await self._step(self._runs[row.run], row.number, TO_GENERAL, *([] if news else [0]))

    async def steer(self, run: str, course: Course) -> bool:
        """Pause, resume, cancel or finish a run; see ``Ledger``."""
        kept = self._runs.get(run)
        if kept is None or course not in _NEXT[kept.course]:
            return False
        await self._step(kept, course.value)
        if course is Course.DONE:
            await self._files.pop(run).close()
            await self._off_loop(kept.write)
        return True

    async def tally(self, run: str) -> Tally:
        """Return how far a run is."""
        kept = self._runs.get(run)
        return kept.tally() if kept else Tally()

    # -- life ------------------------------------------------------------------------------------

    async def forget(self, before: datetime, keep: Collection[str]) -> None:
        """Drop finished runs planned before a moment that tell nothing about events to keep."""
        for kept in list(self._runs.values()):
            told = {telling.event for telling in kept.tellings}
            if kept.course is Course.DONE and kept.run.planned < before and told.isdisjoint(keep):
                await self._off_loop(kept.path.unlink)
                del self._runs[kept.run.id]
                self._drop(kept)

    async def close(self) -> None:
        """Finish pending writes and release the folder."""
        for file in self._files.values():
            await file.close()
        self._files.clear()
        self._lock.release()

    # -- helpers ---------------------------------------------------------------------------------

    async def _step(self, kept: RunFile, *step: object) -> None:
        # In memory first: two tasks must never both take a row while the disk is busy.
        kept.apply(step)
        if kept.run.id not in self._files:
            self._files[kept.run.id] = Appender(kept.path, durable=self._durable)
        line = json.dumps(step, ensure_ascii=False, separators=(",", ":"))
        await self._files[kept.run.id].append(line)

    async def _off_loop(self, work: Callable[[], object]) -> None:
        if self._durable:
            await asyncio.to_thread(work)
        else:
            work()

    def _keep(self, run: RunFile) -> None:
        self._runs[run.run.id] = run
        for which, telling in enumerate(run.tellings):
            self._index.setdefault(telling, []).append((run, which))
            if telling.kind is not Kind.ANNOUNCEMENT:
                known = self._about.setdefault(telling.event, [])
                if telling not in known:
                    known.append(telling)

    def _drop(self, run: RunFile) -> None:
        for telling in run.tellings:
            left = [pair for pair in self._index[telling] if pair[0] is not run]
            if left:
                self._index[telling] = left
                continue
            del self._index[telling]
            if telling.kind is not Kind.ANNOUNCEMENT:
                self._about[telling.event].remove(telling)
                if not self._about[telling.event]:
                    del self._about[telling.event]
