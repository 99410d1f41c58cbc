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
from bot.broadcasts.subscribers import Subscribers
from bot.broadcasts.telling import Telling, closing_told
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
    _changes: int = -1
    _until: dict[str, datetime] = field(default_factory=dict)
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
            await self.announcements.start_due(now)
            fresh = self.subscribers.changes != self._changes
            if changed or fresh or self._next is None or now >= self._next:
                self._changes = self.subscribers.changes
                await self._plan(now)
            if self._worker is None or self._worker.done():
                self._worker = asyncio.create_task(self._work())

    async def idle(self) -> None:
        """Wait until all that can be sent now is sent."""
        if self._worker is not None:
            await asyncio.wait([self._worker])

    async def steer(self, run: str, course: Course) -> bool:
        """Pause, resume or cancel a run; return False if it cannot go that way."""
        done = await self.ledger.steer(run, course)
        self.dispatcher.nudge()
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
            run = Run(f"ingat-{now.isoformat()}", f"Pengingat {now:%d-%m-%Y %H.%M}", now)
            await self.ledger.plan(run, _rows(plan.due))
        await self._report_held(plan)
        await self.ledger.forget(now - RETENTION, self.reminders.live(now))
        latest = now + (_AT_MOST if told else _SOON)
        self._next = min(plan.next or latest, latest)

    async def _work(self) -> None:
        """Send all runs that can be sent, in the order in which they were planned."""
        try:
            while run := await self._sendable():
                await self._send(run)
        except OSError:
            _log.exception("the ledger cannot be written; nothing is sent until it can")
        except Exception:
            _log.exception("sending stopped; the next tick tries again")

    async def _sendable(self) -> Run | None:
        now = self.clock.now()
        for run, course in await self.ledger.runs():
            if course is not Course.PAUSED and self._until.get(run.id, now) <= now:
                return run
        return None

    async def _send(self, run: Run) -> None:
        announced = run.id.startswith(PREFIX)
        last: list[Progress] = []

        async def look(progress: Progress) -> None:
            last[:] = [progress]
            if announced and self.onlook is not None:
                await self.onlook(run, progress)

        judge: Judge = self.announcements.judge
        if not announced:
            judge = await self.reminders.judge()
        outcome = await self.dispatcher.run(run.id, judge, look)
        self._until.pop(run.id, None)
        if outcome.over:
            if not announced and last and last[0].failed:
                await self._tell(wording.report(run.title, last[0]))
        elif outcome.until is not None:
            self._until[run.id] = outcome.until

    async def _report_missed(self, missed: tuple[Due, ...]) -> bool:
        """Tell the admins what could not be told in time; return whether they know."""
        chats = Counter(due.telling for due in missed)
        texts = [wording.missed(t.title, closing_told(t), n) for t, n in chats.items()]
        return all([await self._tell(text) for text in texts])

    async def _report_held(self, plan: Plan) -> None:
        """Tell the admins of events that wait for them, once while the process runs."""
        for held in sorted(set(plan.held) - self._held, key=lambda h: h.event):
            text = wording.held(self.reminders.title(held.event), held.reason)
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


def _rows(found: tuple[Due, ...]) -> list[tuple[Telling, int, int]]:
    return [(due.telling, due.chat, due.thread) for due in found]
