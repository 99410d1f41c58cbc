"""Plain text: every message in private, in groups only what is meant for the bot."""

import re

from telegram.constants import MessageEntityType

from bot.telegram import wording
from bot.telegram.handlers.admin import announcing, answering, editing
from bot.telegram.handlers.common import Context, answer_to, replied_to_us, send_html
from telegram import Message, Update


async def private(update: Update, context: Context) -> None:
    """Answer any text in a private chat."""
    message = update.effective_message
    if message is None or not message.text:
        return
    if editing.is_correction(message, context.bot.id):
        await editing.corrected(update, context)
    elif announcing.is_answer(message, context.bot.id):
        await announcing.answered(update, context)
    elif answering.is_given_answer(message, context.bot.id):
        await answering.given(update, context)
    else:
        await answer_to(update, context, message.text)


async def not_text(update: Update, context: Context) -> None:
    """Say that only text is understood."""
    del context
    if update.effective_message:
        await send_html(update.effective_message, wording.NOT_TEXT)


async def group(update: Update, context: Context) -> None:
    """Answer replies to the bot and mentions of it; stay silent otherwise."""
    message = update.effective_message
    if message is None or not message.text:
        return
    username = context.bot.username
    if not (replied_to_us(message, context.bot.id) or _mentions(message, username)):
        return
    text = re.sub(rf"@{re.escape(username)}\b", " ", message.text, flags=re.IGNORECASE).strip()
    await answer_to(update, context, text)


def _mentions(message: Message, username: str) -> bool:
    wanted = f"@{username}".lower()
    return any(
        text.lower() == wanted
        for text in message.parse_entities([MessageEntityType.MENTION]).values()
    )
