"""Tells people one by one in their private chats; who cannot be reached holds up nobody."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from telegram import Bot, InlineKeyboardMarkup

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """How a telling went.

    Attributes:
        reached: How many were told.
        later: Whether some may be reached later: the fault was not theirs.
    """

    reached: int
    later: bool


async def tell(
    bot: Bot, people: Iterable[int], html: str, markup: InlineKeyboardMarkup | None = None
) -> Told:
    """Send a text to people by id; who never wrote to the bot, or blocked it, is left out."""
    reached, later = 0, False
    for user in people:
        try:
            await bot.send_message(user, html, parse_mode=ParseMode.HTML, reply_markup=markup)
            reached += 1
        except (BadRequest, Forbidden) as error:
            _log.info("user %d could not be told: %s", user, error)
        except TelegramError as error:
            _log.warning("user %d could not be told now: %s", user, error)
            later = True
    return Told(reached, later)
