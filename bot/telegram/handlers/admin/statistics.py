"""``/statistik``: how the bot is used, in words and as a picture."""

import asyncio

from telegram.constants import ChatAction

from bot.administration.roles import Role
from bot.administration.statistics import Statistics, picture, report, topics_of
from bot.administration.statistics import statistics as counted
from bot.answering.assistant import Assistant
from bot.telegram import wording
from bot.telegram.handlers.admin.common import (
    for_admins,
    say,
)
from bot.telegram.handlers.common import Context, services
from bot.telegram.services import Services
from telegram import Message

_DAYS, _MOST_DAYS = 30, 366


@for_admins
async def statistics(message: Message, role: Role, context: Context) -> None:
    """Say how many questions came, how many were answered, about what, and what is open."""
    del role
    words = (message.text or "").split()[1:]
    days = int(words[0]) if words and words[0].isascii() and words[0].isdigit() else _DAYS
    if not 1 <= days <= _MOST_DAYS or (words and not words[0].isdigit()):
        await say(message, [wording.STATISTICS_USAGE])
        return
    shared = services(context)
    await message.reply_chat_action(ChatAction.UPLOAD_PHOTO)
    found = await asyncio.to_thread(_count, shared, shared.assistant, days)
    await say(message, report(found).splitlines())
    await message.reply_photo(await shared.painter.paint(picture(found)))


def _count(shared: Services, assistant: Assistant, days: int) -> Statistics:
    queue = shared.queue
    return counted(
        queue.entries(),
        queue.votes(),
        days,
        shared.clock.today(),
        open_items=sum(item.open for item in queue.items(assistant)),
        name_topics=topics_of(assistant.snapshot, assistant.reader),
    )
