"""What is kept of a person, deleting it, and being told of an answer."""

import asyncio

from bot.administration.queue.decisions import Waiting
from bot.administration.queue.grouping import Status
from bot.answering.wording import day
from bot.telegram import wording
from bot.telegram.callbacks import Press
from bot.telegram.handlers.common import Context, broadcasting, send_html, services
from bot.telegram.keeper import answered
from telegram import CallbackQuery, Message, Update

_SHOWN = 300


async def privacy(update: Update, context: Context) -> None:
    """Say what is kept, why and how long."""
    if update.effective_message:
        text = wording.PRIVACY.format(days=services(context).keep_days)
        await send_html(update.effective_message, text)


async def erase(update: Update, context: Context) -> None:
    """Delete what is kept of the sender and say what went."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    shared = services(context)
    gone = await shared.store.erase_user(user.id)
    waiting = await asyncio.to_thread(shared.queue.decisions.forget_user, user.id)
    topics = shared.conversations.forget_user(user.id)
    # The id of a private chat is that of its user.
    subscribed = await broadcasting(context).subscribers.forget(user.id)
    text = wording.ERASED.format(
        **gone,
        waiting=waiting,
        topics=topics,
        subscriptions=int(subscribed),
        days=shared.keep_days,
    )
    if await asyncio.to_thread(shared.roles.of, user.id):
        text += wording.ERASED_ADMIN
    await send_html(message, text)


async def tell_me(query: CallbackQuery, press: Press, context: Context) -> None:
    """Note that the asker wants to be told once a question is answered."""
    shared, message = services(context), query.message
    asked = shared.recent.question(press.answer)
    if not asked or not isinstance(message, Message):
        await query.answer(wording.STALE)
        return
    waiting = Waiting(
        press.answer,
        query.from_user.id,
        message.chat.id,
        message.message_id,
        (message.message_thread_id or 0) if message.is_topic_message else 0,
        asked[:_SHOWN],
        shared.clock.now(),
    )
    assistant = shared.assistant
    decided = await asyncio.to_thread(shared.queue.wait, assistant, waiting)
    if decided is None:
        await query.answer(wording.WILL_TELL, show_alert=True)
    elif decided.status is Status.ANSWERED:
        await query.answer(wording.ANSWERED_ALREADY)
        for part in answered(waiting.question, decided, assistant.snapshot):
            await message.reply_html(part, do_quote=True, disable_web_page_preview=True)
    else:
        no_rule = decided.status is Status.NO_RULE
        text = wording.NO_RULE_ALREADY if no_rule else wording.IGNORED_ALREADY
        await query.answer(text.format(day=day(decided.at.date())), show_alert=True)
