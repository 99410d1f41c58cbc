"""Plain text: every message in private, in groups only what is meant for the bot."""

import re

from telegram.constants import MessageEntityType

from bot.telegram import wording
from bot.telegram.handlers.admin import announcing
from bot.telegram.handlers.admin.editing import corrected, is_correction
from bot.telegram.handlers.admin.queue import given, is_given_answer
from bot.telegram.handlers.common import Context, answer_to, send_html
from telegram import Message, Update


async def private(update: Update, context: Context) -> None:
    """Answer any text in a private chat."""
    message = update.effective_message
    if message is None or not message.text:
        return
    if is_correction(message, context.bot.id):
        await corrected(update, context)
    elif announcing.is_answer(message, context.bot.id):
        await announcing.answered(update, context)
    elif is_given_answer(message, context.bot.id):
        await given(update, context)
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
    if not (_replies_to(message, context.bot.id) or _mentions(message, username)):
        return
    text = re.sub(rf"@{re.escape(username)}\b", " ", message.text, flags=re.IGNORECASE).strip()
    await answer_to(update, context, text)


def _replies_to(message: Message, bot_id: int) -> bool:
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == bot_id)


def _mentions(message: Message, username: str) -> bool:
    wanted = f"@{username}".lower()
    return any(
        text.lower() == wanted
        for text in message.parse_entities([MessageEntityType.MENTION]).values()
    )
