"""Sends broadcasts with a bot of its own, and tells Telegram's errors as broadcasts know them.

The bot that answers people has a limiter that halts all it sends on a 429. So broadcasts have
another one, with connections of its own, and share with it nothing but the ``Pace``.
"""

import logging
from datetime import timedelta
from typing import Any

import httpx
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from bot.broadcasts.contract import Content
from bot.broadcasts.errors import (
    ChatGone,
    ChatMoved,
    DeliveryError,
    Refused,
    RetryLater,
    TopicGone,
    Unreachable,
)
from bot.broadcasts.sending import IN_FLIGHT
from bot.settings import Settings
from bot.telegram import reasons as wording
from telegram import Bot, LinkPreviewOptions

_log = logging.getLogger(__name__)

# Parts of descriptions, in lower case, with what admins read; the Bot API has no finer codes.
_GONE = {
    "bot was kicked": wording.KICKED,
    "bot was blocked": wording.BLOCKED,
    "bot is not a member": wording.KICKED,
    "user is deactivated": wording.DEACTIVATED,
    "group chat was deactivated": wording.DEACTIVATED,
    "chat not found": wording.NO_CHAT,
    "user not found": wording.NO_CHAT,
    "peer_id_invalid": wording.NO_CHAT,
    "channel_private": wording.KICKED,
    "need administrator rights in the channel chat": wording.NO_RIGHTS,
}
_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic closed")
_REASON = 80
"""Most characters of Telegram's own words in a report; they hold neither token nor text."""
# The request did not leave: these can be tried again without a doubt.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class BotSender:
    """Sends with a ``telegram.Bot``; open it with ``async with``."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __aenter__(self) -> "BotSender":
        # Not bot.initialize(): it asks the server who it is and fails when that is out of reach.
        await self._bot.request.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._bot.request.shutdown()

    async def send(self, chat: int, thread: int, content: Content) -> int:
        """Send one message and return its id; see ``Sender``."""
        where: dict[str, Any] = {"chat_id": chat, "message_thread_id": thread or None}
        try:
            if content.document:
                sent = await self._bot.send_document(
                    document=content.document,
                    caption=content.text,
                    parse_mode=ParseMode.HTML,
                    **where,
                )
            else:
                sent = await self._bot.send_message(
                    text=content.text,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    **where,
                )
        except TelegramError as error:
            raise translate(error) from error
        return sent.message_id


def sending_bot(settings: Settings) -> Bot:
    """Return a bot for broadcasts: no limiter that halts, a connection for each call in flight."""
    request = HTTPXRequest(
        connection_pool_size=IN_FLIGHT,
        connect_timeout=5.0,
        read_timeout=20.0,
        write_timeout=10.0,
        pool_timeout=10.0,
    )
    if not settings.telegram_base_url:
        return Bot(settings.telegram_bot_token, request=request)
    return Bot(
        settings.telegram_bot_token,
        base_url=f"{settings.telegram_base_url}/bot",
        base_file_url=f"{settings.telegram_base_url}/file/bot",
        request=request,
    )


def translate(error: TelegramError) -> DeliveryError:
    """Return what an error of the library means for a message."""
    if isinstance(error, RetryAfter):
        return RetryLater(_seconds(error.retry_after))
    if isinstance(error, ChatMigrated):
        return ChatMoved(error.new_chat_id)
    text = str(error).removeprefix("Forbidden: ").removeprefix("Bad Request: ")
    gone = next((why for part, why in _GONE.items() if part in text.lower()), None)
    if isinstance(error, Forbidden):
        return ChatGone(gone or wording.REFUSED.format(reason=text[:_REASON]))
    # Before NetworkError, which it is a kind of.
    if isinstance(error, BadRequest):
        if any(part in text.lower() for part in _TOPIC):
            return TopicGone(wording.TOPIC_CLOSED)
        return ChatGone(gone) if gone else Refused(wording.REFUSED.format(reason=text[:_REASON]))
    if isinstance(error, InvalidToken):
        # Nothing gets through until the token is mended; nothing was delivered either.
        _log.error("the token is refused; broadcasts wait")
        return Unreachable(wording.TOKEN, doubtful=False)
    if isinstance(error, TimedOut | NetworkError):
        cause = error.__cause__
        if isinstance(cause, _NOT_SENT):
            return Unreachable(wording.UNREACHABLE, doubtful=False)
        # An answer with a status of trouble: the server says that it did not do it.
        answered = not isinstance(cause, httpx.HTTPError)
        reason = wording.TROUBLE if answered else wording.NO_ANSWER
        return Unreachable(reason, doubtful=not answered)
    # An answer that is none, such as a page of a proxy with status 200.
    return Unreachable(wording.UNREADABLE, doubtful=True)


def _seconds(value: float | timedelta) -> float:
    return value.total_seconds() if isinstance(value, timedelta) else float(value)
