"""The ledger: one row a chat and message, written before and after the call that sends it.

Planning asks it what was told; sending takes rows from it and writes what became of them. The
embedded one keeps a file a run (``filed.py``). A table in Postgres could stand in its place:

    plan    INSERT … ON CONFLICT (telling, chat) DO NOTHING, in one transaction with the run
    rows    SELECT … WHERE state IN (open) AND number > after ORDER BY number LIMIT n
    begin   UPDATE … SET state = 's' WHERE state IN (open) RETURNING number
    settle  UPDATE … SET state, detail, message

What is guaranteed: a row is on disk as ``SENDING`` before its call and as ``SENT`` after it, so
that after a kill exactly the rows whose call had no recorded answer are in doubt.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from bot.broadcasts.telling import Telling
from bot.broadcasts.told import State, Told


class Course(Enum):
    """Whether a run goes on; the values stand in the ledger."""

    RUNNING = "jalan"
    PAUSED = "jeda"
    CANCELLED = "batal"
    DONE = "selesai"


@dataclass(frozen=True, slots=True)
class Run:
    """A set of rows planned together and sent one after the other.

    Attributes:
        id: Unique for ever; planning the same id again does nothing.
        title: What it is, for admins.
        planned: When.
        by: The admin who confirmed it; 0 for reminders.
    """

    id: str
    title: str
    planned: datetime
    by: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One message to one chat, still to be sent.

    Attributes:
        run: Id of its run.
        number: Its place in the run.
        chat: Where it goes; the new id of a group that was upgraded meanwhile.
        thread: Topic it goes to; 0 is the general one.
        telling: What is told.
        state: An open one.
        planned: When it was planned.
        topic_lost: Whether it tells the group that its topic turned out to be closed or deleted.
    """

    run: str
    number: int
    chat: int
    thread: int
    telling: Telling
    state: State
    planned: datetime
    topic_lost: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a run is: rows by state, and reasons of those that were not sent.

    Attributes:
        states: Rows by state.
        reasons: Why rows were not sent, with counts.
        resent: Rows that were sent while in doubt, and so were marked, over all restarts.
    """

    states: Counter[State] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    resent: int = 0

    @property
    def total(self) -> int:
        """All rows that count: those taken back before sending do not."""
        return self.states.total() - self.states[State.WITHDRAWN]

    @property
    def left(self) -> int:
        """Rows still to be sent."""
        return sum(n for state, n in self.states.items() if state.open)


class Ledger(Protocol):
    """What planning and sending need of a ledger. Whatever is written is durable on return."""

    async def plan(
        self, run: Run, rows: Collection[tuple[Telling, int, int]], state: State = State.PLANNED
    ) -> bool:
        """Plan a run of (message, chat, topic), all of it or nothing.

        A chat that has an entry for the message already is left out, so nothing is planned twice.

        Returns:
            Whether the run was new; a known id changes nothing.
        """
        ...

    async def told(self) -> Told:
        """Return a view for planning."""
        ...

    async def runs(self) -> Sequence[tuple[Run, Course]]:
        """Return the runs that are not done, in the order in which they were planned."""
        ...

    async def rows(self, run: str, after: int, limit: int) -> Sequence[Row]:
        """Return open rows with a number greater than ``after``, in order."""
        ...

    async def begin(self, row: Row) -> bool:
        """Write that a row is being sent; return False if it, or its run, no longer is to be."""
        ...

    async def settle(self, row: Row, state: State, detail: str = "", message: int = 0) -> None:
        """Write what became of a row: a reason, or the id of the message."""
        ...

    async def redirect(self, row: Row, chat: int) -> None:
        """Send a row to the new id of its chat."""
        ...

    async def to_general(self, row: Row, *, news: bool = True) -> None:
        """Send a row to the general topic, as its own is lost.

        Args:
            row: The row.
            news: Whether its message is the one that tells the group so.
        """
        ...

    async def steer(self, run: str, course: Course) -> bool:
        """Pause, resume, cancel or finish a run; return False if it cannot go that way.

        Cancelling sets its planned rows to ``STOPPED``. A cancelled run is finished by who sends
        it, once nothing is in flight any more.
        """
        ...

    async def tally(self, run: str) -> Tally:
        """Return how far a run is."""
        ...

    async def forget(self, before: datetime, keep: Collection[str]) -> None:
        """Drop finished runs planned before a moment that tell nothing about events to keep."""
        ...

    async def close(self) -> None:
        """Finish pending writes."""
        ...
