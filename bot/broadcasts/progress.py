"""How far a run is: numbers for the message that edits itself, and the report at the end."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.broadcasts.ledger import Ledger
from bot.broadcasts.told import State

EVERY = 3.0
"""Seconds between two tellings: a message may be edited about once a second in a chat, 20 times
a minute in a group."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """Numbers of a run.

    Attributes:
        run: Its id.
        total: Rows in all.
        sent: Acknowledged.
        failed: Ended unsent, for whatever reason.
        left: Still open.
        resent: Sent again, as the first try had no answer.
        seconds: To the end, at the rate so far; None when that cannot be told.
        over: Whether the run has ended.
        reasons: Why rows were not sent, with counts.
        stopped: Rows that were open when an admin cancelled.
    """

    run: str
    total: int
    sent: int
    failed: int
    left: int
    resent: int = 0
    seconds: float | None = None
    over: bool = False
    reasons: Counter[str] = field(default_factory=Counter)
    stopped: int = 0


Onlooker = Callable[[Progress], Awaitable[None]]


class Watch:
    """Tells an onlooker how far a run is, seldom enough not to disturb it."""

    def __init__(self, ledger: Ledger, run: str) -> None:
        self._ledger = ledger
        self._run = run
        self._onlooker: Onlooker | None = None
        self._loop = asyncio.get_running_loop()
        self._began = self._told = self._loop.time()
        self._settled = 0
        self._resting = False
        self._shown: Progress | None = None
        self._telling: asyncio.Task[None] | None = None

    def begin(self, onlooker: Onlooker | None) -> None:
        """Watch the run from now on, which goes on after a rest: the rate is measured anew."""
        self._onlooker = onlooker
        self._began = self._loop.time()
        self._settled = 0

    async def note(self, state: State) -> None:
        """Note what became of a row; tell the onlooker when it is time, without waiting."""
        if state.open:
            return  # it will be tried again; no number has changed
        self._settled += 1
        self._resting = False
        now = self._loop.time()
        if self._onlooker and now - self._told >= EVERY and self._telling is None:
            self._told = now
            self._telling = asyncio.create_task(self._tell(self._onlooker, over=False))

    async def rest(self, seconds: float) -> None:
        """Tell the onlooker that nothing goes on for so long, if that is long or news are due."""
        self._resting = True
        due = seconds >= EVERY or self._loop.time() - self._told >= EVERY
        if due and self._shown != await self.progress(over=False):
            await self.last(over=False)

    async def last(self, *, over: bool) -> None:
        """Tell the onlooker how it ended, or how it stands."""
        self._resting = True
        if self._telling is not None:
            await asyncio.wait([self._telling])
        if self._onlooker:
            self._told = self._loop.time()
            await self._tell(self._onlooker, over=over)

    async def close(self) -> None:
        """Leave the onlooker alone; for a run whose sending was cut short."""
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.wait([self._telling])

    async def progress(self, *, over: bool) -> Progress:
        """Return the numbers."""
        tally = await self._ledger.tally(self._run)
        took = self._loop.time() - self._began
        rate = self._settled / took if took > 0 and not self._resting else 0.0
        sent = tally.states[State.SENT]
        return Progress(
            self._run,
            tally.total,
            sent,
            tally.total - sent - tally.left,
            tally.left,
            tally.resent,
            tally.left / rate if rate else None,
            over,
            tally.reasons,
            tally.states[State.STOPPED],
        )

    async def _tell(self, onlooker: Onlooker, *, over: bool) -> None:
        try:
            progress = self._shown = await self.progress(over=over)
            await onlooker(progress)
        except Exception:
            # A progress message that cannot be edited must not stop what it tells about.
            _log.exception("progress of %s could not be told", self._run)
        finally:
            self._telling = None
