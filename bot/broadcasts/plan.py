"""What planning is given by admins, and what it returns."""

from dataclasses import dataclass
from datetime import datetime

from bot.broadcasts.telling import Telling


@dataclass(frozen=True, slots=True)
class Decisions:
    """What admins decided about events.

    Attributes:
        estimates: Id and version of events that may be told although they are estimates.
        cancelled: Events that were cancelled, with the version that this was said about; an id
            alone is about whatever was told. An event that merely left the calendar is held back
            and shown to the admins: a slip in a file must not be announced.
    """

    estimates: frozenset[tuple[str, str]] = frozenset()
    cancelled: frozenset[str | tuple[str, str]] = frozenset()

    def cancellations(self, event: str) -> set[str] | None:
        """Return the versions an event was cancelled at, none if not told; None if it was not."""
        versions = {c[1] for c in self.cancelled if not isinstance(c, str) and c[0] == event}
        return versions or (set() if event in self.cancelled else None)


@dataclass(frozen=True, slots=True)
class Due:
    """A message that a chat is to be told now, or that it missed."""

    telling: Telling
    chat: int
    thread: int


@dataclass(frozen=True, slots=True)
class Held:
    """An event that waits for an admin.

    Attributes:
        event: Its id.
        version: Its closing.
        reason: perkiraan, hilang, tidak pasti, or kembali (cancelled, and yet in the calendar).
    """

    event: str
    version: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The outcome of planning at one moment.

    Attributes:
        due: To be sent now.
        missed: To be reported, as it is of no use any more.
        held: Events that wait for an admin.
        next: When something else may fall due; None when nothing is in sight. Until then and
            without any change, planning again gives nothing new.
    """

    due: tuple[Due, ...] = ()
    missed: tuple[Due, ...] = ()
    held: tuple[Held, ...] = ()
    next: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Something is due, but not at this hour."""

    telling: Telling
    until: datetime


@dataclass(frozen=True, slots=True)
class Late:
    """Something fell due and can no longer be of use."""

    telling: Telling
