"""What sending needs from outside: who sends, who is told about chats, who decides at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.broadcasts.ledger import Row
from bot.broadcasts.told import State


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent: HTML as Telegram reads it, or a document with that as caption.

    Attributes:
        text: The text or caption.
        document: Telegram's id of the document; empty for plain messages.
    """

    text: str
    document: str = ""


class Sender(Protocol):
    """Sends one message; the only thing here that knows the network."""

    async def send(self, chat: int, thread: int, content: Content) -> int:
        """Send and return the message's id; ``thread`` 0 is the general topic.

        Raises:
            DeliveryError: One of its leaves.
        """
        ...


class Chats(Protocol):
    """Is told what sending finds out about chats. ``Subscribers`` is one."""

    def where(self, chat: int) -> tuple[int, int] | None:
        """Return the id and the topic that a chat has now; None for one that is not known."""
        ...

    async def gone(self, chat: int, reason: str) -> None:
        """The chat has ended; of an id that a chat had before this says nothing."""
        ...

    async def moved(self, old: int, new: int) -> None:
        """The chat has a new id."""
        ...

    async def topic_gone(self, chat: int, thread: int) -> None:
        """The topic is closed or deleted."""
        ...


@dataclass(frozen=True, slots=True)
class Send:
    """Send this now."""

    content: Content


@dataclass(frozen=True, slots=True)
class Hold:
    """Not before this moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """Do not send: the state it ends in, and why."""

    state: State
    reason: str


Verdict = Send | Hold | Drop
Judge = Callable[[Row, datetime], Verdict]
"""Decides at the last moment what becomes of a row, as the world may have changed since."""
