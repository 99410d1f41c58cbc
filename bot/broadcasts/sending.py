"""Sending a run: row after row from the ledger, at the pace allowed, until nothing is left."""

import asyncio
import heapq
import logging
from dataclasses import dataclass, field
from datetime import datetime

from bot.broadcasts import wording
from bot.broadcasts.contract import Content, Drop, Hold, Judge, Verdict
from bot.broadcasts.delivering import Delivery, Tools
from bot.broadcasts.ledger import Course, Row
from bot.broadcasts.pace import Call
from bot.broadcasts.patience import Patience
from bot.broadcasts.progress import Onlooker, Watch
from bot.broadcasts.told import State

IN_FLIGHT = 8
"""Calls at the same time: enough for 25 a second at a latency of 300 ms, and the most that a
SIGKILL can leave in doubt."""
_PAGE = 200
"""Rows taken from the ledger at once."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a run stands when its sending ends.

    Attributes:
        over: Nothing is left to do.
        until: From when the rows that were held back may be sent; None when none were, as in a
            run that was paused.
    """

    over: bool
    until: datetime | None = None


@dataclass(order=True, slots=True)
class _Waiting:
    """A row that is tried (again) at a moment of the loop's clock."""

    at: float
    number: int
    row: Row = field(compare=False)
    attempts: int = field(compare=False)


class Sending:
    """One run while it is being sent; ``Dispatcher`` makes it."""

    def __init__(self, tools: Tools, run: str, judge: Judge, onlooker: Onlooker | None) -> None:
        self._tools = tools
        self._run = run
        self._judge = judge
        self._loop = asyncio.get_running_loop()
        self._watch = Watch(tools.ledger, run, onlooker)
        self._patience = Patience(tools.rng)
        self._delivery = Delivery(tools, self._patience, self._watch)
        self._waiting: list[_Waiting] = []
        self._page: list[Row] = []
        self._after = -1
        self._held: datetime | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._broken: BaseException | None = None

    async def all(self) -> Outcome:
        """Send until nothing is left; see ``Dispatcher.run``."""
        try:
            try:
                over = await self._dispatch()
            finally:
                # What is in flight is finished and written down, even when the program stops.
                if self._tasks:
                    await asyncio.wait(self._tasks)
            if self._broken is not None:
                raise self._broken
            if over:
                await self._finish()
            await self._watch.last(over=over)
        finally:
            await self._watch.close()
        return Outcome(over, self._held)

    # -- choosing what is next -------------------------------------------------------------------

    async def _dispatch(self) -> bool:
        """Start calls until none is left; return whether the run is over."""
        while self._broken is None:
            self._tools.wake.clear()
            course = await self._course()
            now = self._loop.time()
            if course is Course.CANCELLED:
                return True
            if course is Course.PAUSED:
                return False
            if len(self._tasks) >= (1 if self._patience.ill else IN_FLIGHT):
                await self._sleep(None)
            elif (wait := max(self._patience.wait(now), self._tools.pace.wait_overall(now))) > 0:
                await self._sleep(wait)
            elif (item := await self._next(now)) is not None:
                await self._start(item, now)
            elif self._waiting:
                await self._sleep(self._waiting[0].at - now)
            elif self._tasks:
                await self._sleep(None)
            else:
                return self._held is None
        return False

    async def _next(self, now: float) -> _Waiting | None:
        if self._waiting and self._waiting[0].at <= now:
            return heapq.heappop(self._waiting)
        if not self._page:
            page = await self._tools.ledger.rows(self._run, self._after, _PAGE)
            if not page:
                return None
            self._page = list(reversed(page))
            self._after = page[-1].number
        row = self._page.pop()
        return _Waiting(now, row.number, row, 0)

    async def _start(self, item: _Waiting, now: float) -> None:
        wait = self._tools.pace.wait_chat(item.row.chat, now)
        if wait > 0:
            self._again(item, wait)
            return
        verdict = self._verdict(item.row)
        if isinstance(verdict, Hold):
            self._held = min(self._held or verdict.until, verdict.until)
        elif isinstance(verdict, Drop):
            await self._delivery.drop(item.row, verdict)
        else:
            call = self._tools.pace.start(item.row.chat, now)
            task = asyncio.create_task(self._deliver(item, verdict.content, call))
            self._tasks.add(task)
            task.add_done_callback(self._done)

    def _verdict(self, row: Row) -> Verdict:
        try:
            return self._judge(row, self._tools.clock.now())
        except Exception:
            _log.exception("row %s of %s cannot be written", row.number, row.run)
            return Drop(State.FAILED, wording.PROGRAM)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._broken = task.exception()
        self._tools.wake.set()

    async def _deliver(self, item: _Waiting, content: Content, call: Call) -> None:
        retry = await self._delivery.deliver(item.row, content, item.attempts, call)
        if retry is not None:
            item.row, item.attempts = retry.row, retry.attempts
            self._again(item, retry.seconds)

    def _again(self, item: _Waiting, seconds: float) -> None:
        item.at = self._loop.time() + seconds
        heapq.heappush(self._waiting, item)

    # -- course ----------------------------------------------------------------------------------

    async def _course(self) -> Course:
        runs = await self._tools.ledger.runs()
        return next((course for run, course in runs if run.id == self._run), Course.CANCELLED)

    async def _finish(self) -> None:
        """Close the books: what a cancelled run leaves open is stopped."""
        if self._tasks:
            await asyncio.wait(self._tasks)
        ledger = self._tools.ledger
        while rows := await ledger.rows(self._run, -1, _PAGE):
            for row in rows:
                await self._delivery.drop(row, Drop(State.STOPPED, wording.STOPPED))
        await ledger.steer(self._run, Course.DONE)

    async def _sleep(self, seconds: float | None) -> None:
        """Wait until something changes, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._tools.wake.wait()
        except TimeoutError:
            return
