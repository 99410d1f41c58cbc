"""What a chat is told: the identity of a message, the same for all who get it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from bot.knowledge.deadline import Deadline, Moment


class Kind(Enum):
    """Kinds of messages; the values stand in the ledger."""

    REMINDER = "ingat"
    MOVED = "geser"
    CANCELLED = "batal"
    UNSET = "lepas"
    """The day that was told no longer holds, and there is no other yet."""
    ANNOUNCEMENT = "umum"


@dataclass(frozen=True, slots=True)
class Telling:
    """One message, told at most once to a chat.

    Attributes:
        kind: What it is.
        event: Id of the event, or of the announcement.
        version: The closing that it tells, as ``version_of`` writes it; that which was told before
            where none is told; empty for announcements.
        lead: Working days before the closing that a reminder is for; 0 is the last day.
        change: How many changes of the event this chat was told before, so that dates that move
            there and back again are announced each time.
        title: Name of the event, for when it has left the calendar; no part of the identity.
    """

    kind: Kind
    event: str
    version: str = ""
    lead: int = 0
    change: int = 0
    title: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """The identity as a text, stable over restarts."""
        return f"{self.kind.value}|{self.event}|{self.version}|{self.lead}|{self.change}"


def version_of(deadline: Deadline) -> str:
    """Return the closing as ISO 8601: the one date that reminders tell.

    The fingerprint ``Deadline.version`` also changes with the opening, which no reminder names:
    to announce a closing as moved that has not moved would be wrong.
    """
    return deadline.closes.isoformat() if deadline.closes else ""


def closing_told(telling: Telling) -> Moment | None:
    """Return the closing that a message told: a day, or a moment with its offset."""
    return closing_of(telling.version)


def closing_of(version: str) -> Moment | None:
    """Return the closing that a version stands for; None for one without."""
    if not version:
        return None
    return datetime.fromisoformat(version) if "T" in version else date.fromisoformat(version)
