"""What the planner may ask about what was already told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from bot.broadcasts.telling import Telling


class State(Enum):
    """What has become of one message to one chat; the values stand in the ledger."""

    PLANNED = "p"
    """Waits to be sent."""
    SENDING = "s"
    """Handed to the sender; no answer yet. Found after a restart: it was in flight."""
    DOUBTFUL = "u"
    """May have been delivered; is sent again, marked as such."""
    SENT = "k"
    """Acknowledged by the server."""
    UNKNOWN = "x"
    """May have been delivered, and is not tried again."""
    FAILED = "f"
    """Not delivered, and not tried again."""
    GONE = "g"
    """Not delivered: the chat has ended."""
    MISSED = "m"
    """Fell due and could not be sent while it was of use; reported."""
    WITHDRAWN = "w"
    """Taken back before it was sent, as it was no longer true. As if never planned."""
    STOPPED = "c"
    """Not sent, as an admin cancelled the run."""

    @property
    def open(self) -> bool:
        """Whether there is still something to do."""
        return self in (State.PLANNED, State.SENDING, State.DOUBTFUL)

    @property
    def told(self) -> bool:
        """Whether the chat has, or may have, read it."""
        return self in (State.SENT, State.SENDING, State.DOUBTFUL, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message to one chat, as the ledger has it.

    Attributes:
        state: What has become of it.
        planned: When it was planned.
    """

    state: State
    planned: datetime


class Told(Protocol):
    """A view of the ledger: only what planning needs."""

    def events(self) -> Collection[str]:
        """Return the events that anything was planned about."""
        ...

    def about(self, event: str) -> Sequence[Telling]:
        """Return the messages about an event, in the order in which they were first planned."""
        ...

    def find(self, telling: Telling, chats: Collection[int]) -> Entry | None:
        """Return the entry of a message for a chat under any of its ids; none if withdrawn."""
        ...
