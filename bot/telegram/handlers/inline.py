"""Inline mode: ``@bot pertanyaan`` in any chat."""

import asyncio
import secrets

from telegram.constants import ParseMode

from bot.answering.answer import Answer
from bot.telegram.handlers.common import Context, services
from bot.telegram.limits import INLINE_RESULTS
from bot.telegram.rendering import render
from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions, Update

_CACHE_SECONDS = 60
_DESCRIPTION_CHARS = 120


async def query(update: Update, context: Context) -> None:
    """Offer up to ten answers."""
    asked = update.inline_query
    if asked is None:
        return
    text = asked.query.strip()
    answers: list[Answer] = []
    if text:
        assistant = services(context).assistant
        answers = await asyncio.to_thread(assistant.several, text, INLINE_RESULTS)
    await asked.answer(
        [_article(answer) for answer in answers], cache_time=_CACHE_SECONDS, is_personal=False
    )


def _article(answer: Answer) -> InlineQueryResultArticle:
    title = answer.citations[0].label if answer.citations else answer.text.splitlines()[0]
    return InlineQueryResultArticle(
        id=secrets.token_hex(4),
        title=title,
        description=answer.text[:_DESCRIPTION_CHARS],
        input_message_content=InputTextMessageContent(
            render(answer)[0],
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    )
