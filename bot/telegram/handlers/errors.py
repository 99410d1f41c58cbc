"""Errors: one friendly line with a reference for the user, the cause in the log."""

import logging
import secrets

from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.telegram import wording
from bot.telegram.handlers.common import Context
from telegram import Update

_log = logging.getLogger(__name__)


async def failed(update: object, context: Context) -> None:
    """Log an error under a reference and tell the user that reference."""
    reference = secrets.token_hex(4)
    error = context.error
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        # Telegram is out of reach: telling the user would fail the same way.
        _log.warning("[%s] network: %s", reference, error)
        return
    _log.error("[%s] update failed", reference, exc_info=error)
    if isinstance(error, Forbidden) or not isinstance(update, Update):
        return
    text = wording.FAILED.format(reference=reference)
    try:
        if update.callback_query is not None:
            await update.callback_query.answer(text, show_alert=True)
        elif update.effective_message is not None:
            await update.effective_message.reply_text(text)
    except TelegramError as trouble:
        _log.warning("[%s] could not tell the user: %s", reference, trouble)
