"""Broadcasts as a whole: what a job calls every minute and what handlers call."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.broadcasts import wording
from bot.broadcasts.announcements import PREFIX, Announcements
from bot.broadcasts.contract import Judge
from bot.broadcasts.dispatcher import Dispatcher
from bot.broadcasts.ledger import Course, Ledger, Run
from bot.broadcasts.plan import Due, Held, Plan
from bot.broadcasts.progress import Progress
from bot.broadcasts.reminders import Reminders
from bot.broadcasts.sending import Abreast, Outcome
from bot.broadcasts.subscribers import Subscribers
from bot.broadcasts.telling import Telling, closing_of, closing_told
from bot.broadcasts.told import State
from bot.clock import Clock

RETENTION = timedelta(days=120)
"""How long finished runs are kept for admins to look at."""
_AT_MOST = timedelta(minutes=15)
"""After which planning looks again even when nothing is expected: knowledge may be new."""
_SOON = timedelta(minutes=1)
_log = logging.getLogger(__name__)

Notify = Callable[[str], Awaitable[None]]
"""Tells the bot's admins something, as HTML."""
Onlook = Callable[[Run, Progress], Awaitable[None]]
"""Shows how far a run is."""
Ask = Callable[[Held, str], Awaitable[None]]
"""Asks the bot's admins about an event that waits for them."""


@dataclass
class Broadcasts:
    """Plans and sends; one instance a process.

    Attributes:
        subscribers: The chats.
        announcements: What admins send.
        reminders: What the calendar sends.
        ledger: What was told.
        dispatcher: Who sends.
        clock: The time of day.
        notify: Tells the admins what went wrong.
        onlook: Is shown how runs of announcements go.
        ask: Asks the admins about an event that waits for them; None tells them without asking.
    """

    subscribers: Subscribers
    announcements: Announcements
    reminders: Reminders
    ledger: Ledger
    dispatcher: Dispatcher
    clock: Clock
    notify: Notify
    onlook: Onlook | None = None
    ask: Ask | None = None
    _ticking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _worker: asyncio.Task[None] | None = None
    _next: datetime | None = None
    _tell_late: datetime | None = None
    _changes: int = -1
    _waiting: dict[str, Outcome] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _held: frozenset[Held] = frozenset()

    async def load(self) -> None:
        """Read what is stored; call it before anything else."""
        await self.subscribers.load()
        await self.announcements.load()

    async def tick(self, *, changed: bool = False) -> None:
        """Plan what has fallen due and see to it that it is sent; cheap when there is nothing.

        Call it at the start and every minute. What was under way when the process ended goes on.

        Args:
            changed: The knowledge or a decision is new, so plan whatever the time.
        """
        async with self._ticking:
            now = self.clock.now()
            await self._give_up_late(now)
            await self.announcements.start_due(now)
            fresh = self.subscribers.changes != self._changes
            if changed or fresh or self._next is None or now >= self._next:
                self._changes = self.subscribers.changes
                await self._plan(now)
            self._look_again()
            if self._worker is None or self._worker.done():
                self._worker = asyncio.create_task(self._work())

    async def idle(self) -> None:
        """Wait until all that can be sent now is sent."""
        if self._worker is not None:
            await asyncio.wait([self._worker])

    async def steer(self, run: str, course: Course) -> bool:
        """Pause, resume or cancel a run; return False if it cannot go that way."""
        done = await self.ledger.steer(run, course)
        self._waiting.pop(run, None)
        self._look_again()
        if done:
            await self.tick()
        return done

    async def close(self) -> None:
        """Finish what is in flight; the rest goes on at the next start."""
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.wait([self._worker])
        await self.ledger.close()

    async def _plan(self, now: datetime) -> None:
        plan = await self.reminders.plan(now)
        # Told before it is written down: better twice than never.
        told = await self._report_missed(plan.missed)
        if plan.missed and told:
            await self.ledger.plan(
                Run(f"lewat-{now.isoformat()}", "Pengingat yang terlewat", now),
                _rows(plan.missed),
                State.MISSED,
            )
        if plan.due:
            title = wording.run_title([due.telling for due in plan.due], now)
            await self.ledger.plan(Run(f"ingat-{now.isoformat()}", title, now), _rows(plan.due))
        await self._report_held(plan)
        await self.ledger.forget(now - RETENTION, self.reminders.live(now))
        latest = now + (_AT_MOST if told else _SOON)
        self._next = min(plan.next or latest, latest)

    async def _work(self) -> None:
        """Send what can be sent, reminders first, until all that is left waits for its hour."""
        try:
            while True:
                self._news.clear()
                runs = await self.ledger.runs()
                ready = [run for run, course in runs if self._ready(run, course)]
                if ready:
                    await self._send(min(ready, key=_announced))
                elif (again := self._again(runs)) is not None:
                    await self._until(again)
                elif not self._news.is_set():
                    return
        except OSError:
            _log.exception("the ledger cannot be written; nothing is sent until it can")
        except Exception:
            _log.exception("sending stopped; the next tick tries again")

    def _ready(self, run: Run, course: Course) -> bool:
        """Whether there is something to do with a run now."""
        waiting = self._waiting.get(run.id)
        if course is Course.PAUSED:
            return False
        if course is Course.CANCELLED or waiting is None:
            return True
        return (waiting.until is not None and waiting.until <= self.clock.now()) or (
            waiting.again is not None and waiting.again <= asyncio.get_running_loop().time()
        )

    def _again(self, runs: Abreast) -> float | None:
        """Return when rows may be tried again that the server did not take, on its clock."""
        waiting = [self._waiting.get(run.id) for run, course in runs if course is Course.RUNNING]
        return min((w.again for w in waiting if w and w.again is not None), default=None)

    async def _until(self, moment: float) -> None:
        """Wait for a moment of the loop's clock, or for news."""
        try:
            async with asyncio.timeout_at(moment):
                await self._news.wait()
        except TimeoutError:
            return

    def _look_again(self) -> None:
        self._news.set()
        self.dispatcher.nudge()

    async def _send(self, run: Run) -> None:
        announced = _announced(run)
        last: list[Progress] = []

        async def look(progress: Progress) -> None:
            last[:] = [progress]
            if announced and self.onlook is not None:
                await self.onlook(run, progress)

        judge: Judge = self.announcements.judge
        if not announced:
            judge = await self.reminders.judge()

        def give_way(runs: Abreast) -> bool:
            # A reminder is of use until a closing, and there are few; an announcement may take
            # an hour.
            return announced and any(
                not _announced(other) and self._ready(other, course) for other, course in runs
            )

        outcome = await self.dispatcher.turn(run.id, judge, look, give_way)
        self._waiting.pop(run.id, None)
        if outcome.over:
            if not announced and last and last[0].failed:
                await self._tell(wording.report(run.title, last[0]))
        elif outcome.until is not None or outcome.again is not None:
            self._waiting[run.id] = outcome

    async def _give_up_late(self, now: datetime) -> None:
        """Tell the admins of announcements that it is too late for; they are not sent."""
        if self._tell_late is not None and now < self._tell_late:
            return
        self._tell_late = None
        for late in self.announcements.missed(now):
            text = wording.announcement_missed(late.id, late.at or now, late.content.text)
            # Told before it is written down: better twice than never.
            if await self._tell(text):
                await self.announcements.give_up(late.id)
            else:
                self._tell_late = now + _SOON

    async def _report_missed(self, missed: tuple[Due, ...]) -> bool:
        """Tell the admins what could not be told in time; return whether they know."""
        chats = Counter(due.telling for due in missed)
        texts = [wording.missed(t, closing_told(t), n) for t, n in chats.items()]
        return all([await self._tell(text) for text in texts])

    async def _report_held(self, plan: Plan) -> None:
        """Tell the admins of events that wait for them, once while the process runs."""
        told = await self.ledger.told()
        for held in sorted(set(plan.held) - self._held, key=lambda h: h.event):
            title = self.reminders.title(held.event, told)
            text = wording.held(title, held.reason, closing_of(held.version))
            if self.ask is None:
                await self._tell(text)
            else:
                await self.ask(held, text)
        self._held = frozenset(plan.held)

    async def _tell(self, text: str) -> bool:
        try:
            await self.notify(text)
        except Exception:
            # Whatever keeps admins from being told must not keep chats from being reminded.
            _log.exception("admins could not be told: %s", text)
            return False
        return True


def _announced(run: Run) -> bool:
    return run.id.startswith(PREFIX)


def _rows(found: tuple[Due, ...]) -> list[tuple[Telling, int, int]]:
    return [(due.telling, due.chat, due.thread) for due in found]
