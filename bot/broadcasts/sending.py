"""Sending a run: row after row from the ledger, at the pace allowed, until nothing is left."""

import asyncio
import heapq
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.broadcasts import wording
from bot.broadcasts.contract import Content, Drop, Hold, Judge, Verdict
from bot.broadcasts.delivering import Delivery, Tools
from bot.broadcasts.ledger import Course, Row, Run
from bot.broadcasts.pace import Call
from bot.broadcasts.progress import Watch
from bot.broadcasts.told import State

IN_FLIGHT = 8
"""Calls at the same time: enough for 25 a second at a latency of 300 ms, and the most that a
SIGKILL can leave in doubt."""
_LONG = float("inf")
_PAGE = 200
"""Rows taken from the ledger at once."""
_log = logging.getLogger(__name__)


Abreast = Sequence[tuple[Run, Course]]
"""The runs that are not done."""
GiveWay = Callable[[Abreast], bool]
"""Decides whether a run steps back for another one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a run stands when its turn ends.

    Attributes:
        over: Nothing is left to do.
        until: From when the rows that were held back may be sent; None when none were, as in a
            run that was paused.
        again: From when, on the loop's clock, rows may be tried (again): those that the server
            asked to wait with or did not answer. Now, for a run that stepped back for another.
    """

    over: bool
    until: datetime | None = None
    again: float | None = None


@dataclass(slots=True)
class Backlog:
    """What of a run outlives its turns.

    Attributes:
        watch: Tells how far it is.
        delays: When rows may be tried again, on the loop's clock, and tries without an answer.
    """

    watch: Watch
    delays: dict[int, tuple[float, int]] = field(default_factory=dict)


@dataclass(order=True, slots=True)
class _Waiting:
    """A row that is tried (again) at a moment of the loop's clock."""

    at: float
    number: int
    row: Row = field(compare=False)
    attempts: int = field(compare=False)


class Sending:
    """One turn of a run; ``Dispatcher`` makes it.

    A turn ends when nothing is left but rows that wait: others need not wait with them.
    """

    def __init__(
        self, tools: Tools, run: str, judge: Judge, backlog: Backlog, give_way: GiveWay
    ) -> None:
        self._tools = tools
        self._run = run
        self._judge = judge
        self._loop = asyncio.get_running_loop()
        self._watch = backlog.watch
        self._delays = backlog.delays
        self._give_way = give_way
        self._delivery = Delivery(tools, self._watch)
        self._waiting: list[_Waiting] = []
        self._page: list[Row] = []
        self._after = -1
        self._held: datetime | None = None
        self._paused = False
        self._stepped_back = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._broken: BaseException | None = None

    async def all(self) -> Outcome:
        """Send until nothing is left to do now; see ``Dispatcher.turn``."""
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
                await self._watch.last(over=True)
                return Outcome(over=True)
            again = self._keep()
            if self._paused:
                await self._watch.last(over=False)
            else:
                now = self._loop.time()
                await self._watch.rest(again - now if again is not None else _LONG)
        finally:
            await self._watch.close()
        return Outcome(False, self._held, again)

    def _keep(self) -> float | None:
        """Leave word for the next turn when rows may be tried again; return when that is."""
        if not (self._paused or self._stepped_back):
            self._delays.clear()  # all rows were looked at
        self._delays |= {item.number: (item.at, item.attempts) for item in self._waiting}
        if self._paused:
            return None
        if self._stepped_back:
            return self._loop.time()
        return min((at for at, _ in self._delays.values()), default=None)

    # -- choosing what is next -------------------------------------------------------------------

    async def _dispatch(self) -> bool:
        """Start calls until none can be; return whether the run is over."""
        patience, pace = self._tools.patience, self._tools.pace
        while self._broken is None:
            self._tools.wake.clear()
            runs = await self._tools.ledger.runs()
            course = next((c for run, c in runs if run.id == self._run), Course.CANCELLED)
            now = self._loop.time()
            if course is Course.CANCELLED:
                return True
            if course is Course.PAUSED:
                self._paused = True
                return False
            if self._give_way(runs):
                self._stepped_back = True
                return False
            if len(self._tasks) >= (1 if patience.ill else IN_FLIGHT):
                await self._sleep(None)
            elif (halt := patience.wait(now)) > 0:
                await self._watch.rest(halt)
                await self._sleep(halt)
            elif (wait := pace.wait_overall(now)) > 0:
                await self._sleep(wait)
            elif (item := await self._next(now)) is not None:
                await self._start(item, now)
            elif self._tasks:
                await self._sleep(self._waiting[0].at - now if self._waiting else None)
            else:
                return not self._waiting and self._held is None
        return False

    async def _next(self, now: float) -> _Waiting | None:
        while True:
            if self._waiting and self._waiting[0].at <= now:
                return heapq.heappop(self._waiting)
            if not self._page:
                page = await self._tools.ledger.rows(self._run, self._after, _PAGE)
                if not page:
                    return None
                self._page = list(reversed(page))
                self._after = page[-1].number
            row = self._page.pop()
            at, attempts = self._delays.pop(row.number, (now, 0))
            heapq.heappush(self._waiting, _Waiting(at, row.number, row, attempts))

    async def _start(self, item: _Waiting, now: float) -> None:
        chat = item.row.chat
        wait = max(
            self._tools.pace.wait_chat(chat, now), self._tools.patience.wait_chat(chat, now)
        )
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

    # -- the end ---------------------------------------------------------------------------------

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
