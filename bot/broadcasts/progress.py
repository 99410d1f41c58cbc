"""How far a run is: numbers for the message that edits itself, and the report at the end."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.broadcasts.ledger import Ledger, Row
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
        resent: Sent again since this start, as the first try had no answer.
        seconds: To the end, at the rate so far; None when that cannot be told yet.
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

    def __init__(self, ledger: Ledger, run: str, onlooker: Onlooker | None) -> None:
        self._ledger = ledger
        self._run = run
        self._onlooker = onlooker
        self._loop = asyncio.get_running_loop()
        self._began = self._told = self._loop.time()
        self._settled = 0
        self._resent = 0
        self._telling: asyncio.Task[None] | None = None

    async def note(self, row: Row, state: State) -> None:
        """Note what became of a row; tell the onlooker when it is time, without waiting."""
        if not state.open:
            self._settled += 1
            self._resent += row.state is State.DOUBTFUL and state is State.SENT
        now = self._loop.time()
        if self._onlooker and now - self._told >= EVERY and self._telling is None:
            self._told = now
            self._telling = asyncio.create_task(self._tell(self._onlooker, over=False))

    async def last(self, *, over: bool) -> None:
        """Tell the onlooker how it ended."""
        if self._telling is not None:
            await asyncio.wait([self._telling])
        if self._onlooker:
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
        rate = self._settled / took if took > 0 else 0.0
        sent = tally.states[State.SENT]
        return Progress(
            self._run,
            tally.total,
            sent,
            tally.total - sent - tally.left,
            tally.left,
            self._resent,
            tally.left / rate if rate else None,
            over,
            tally.reasons,
            tally.states[State.STOPPED],
        )

    async def _tell(self, onlooker: Onlooker, *, over: bool) -> None:
        try:
            await onlooker(await self.progress(over=over))
        except Exception:
            # A progress message that cannot be edited must not stop what it tells about.
            _log.exception("progress of %s could not be told", self._run)
        finally:
            self._telling = None
