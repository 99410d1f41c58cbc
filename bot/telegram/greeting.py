"""Greets groups once, as soon as they can be reached."""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.broadcasts.contract import Content, Sender
from bot.broadcasts.errors import DeliveryError, RetryLater, Unreachable
from bot.broadcasts.subscribers import Documents, Subscribers
from bot.broadcasts.wording import GREETING
from bot.clock import Clock

GRACE = timedelta(seconds=20)
"""How long a group that may be an upgraded one is not greeted: it says so within moments."""
_AT_MOST = timedelta(days=1)
"""After which a greeting would only puzzle."""
_log = logging.getLogger(__name__)


class Greetings:
    """Greetings that are still owed; one is on disk until it was sent.

    Args:
        documents: Where they are kept, by chat.
        subscribers: The chats.
        sender: Who sends.
        clock: The time of day.
    """

    def __init__(
        self, documents: Documents, subscribers: Subscribers, sender: Sender, clock: Clock
    ) -> None:
        self._documents = documents
        self._subscribers = subscribers
        self._sender = sender
        self._clock = clock
        self._owed: dict[int, datetime] = {}
        self._sending = asyncio.Lock()

    async def load(self) -> None:
        """Read what is stored."""
        for chat, fields in (await self._documents.load()).items():
            self._owed[chat] = datetime.fromisoformat(fields["after"])

    async def joined(self, chat: int, kind: str, title: str) -> None:
        """Note that the bot is in a group, and greet it unless it was greeted before."""
        known = self._subscribers.find(chat)
        if known is None or not known.greeted:
            # A group that is upgraded joins its new self before it says so.
            upgraded = kind == "supergroup" and self._subscribers.has_group(title)
            after = self._clock.now() + (GRACE if upgraded else timedelta(0))
            self._owed[chat] = after
            await self._documents.save({chat: {"after": after.isoformat()}})
        await self._subscribers.added(chat, kind, title)
        await self.send_due()

    async def moved(self, old: int, new: int) -> None:
        """Note that a group is an older one, greeted under the id it had."""
        known = self._subscribers.find(old)
        if known is not None and known.greeted and old not in self._owed:
            await self._settle(new)

    async def send_due(self) -> None:
        """Send what is owed by now."""
        async with self._sending:
            now = self._clock.now()
            for chat in [chat for chat, after in self._owed.items() if after <= now]:
                await self._greet(chat, now)

    async def _greet(self, chat: int, now: datetime) -> None:
        known = self._subscribers.find(chat)
        # Who subscribes meanwhile needs no greeting.
        if known is not None and known.present and not known.wanted:
            try:
                await self._sender.send(known.chat, 0, Content(GREETING))
            except (Unreachable, RetryLater) as error:
                if now - self._owed[chat] < _AT_MOST:
                    _log.info("chat %d is greeted later: %s", chat, error)
                    return
            except DeliveryError as error:
                _log.info("chat %d could not be greeted: %s", chat, error)
        await self._settle(chat)

    async def _settle(self, chat: int) -> None:
        if self._owed.pop(chat, None) is not None:
            await self._documents.save({chat: None})
