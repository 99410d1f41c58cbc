"""Buttons under answers. Whatever is pressed, Telegram gets its acknowledgement."""

import contextlib

from telegram.error import BadRequest

from bot.store.store import DOWN, UP
from bot.telegram import wording
from bot.telegram.callbacks import Action, Press, decode
from bot.telegram.handlers import figures, privacy, subscriptions
from bot.telegram.handlers.admin import announcing, editing, history, queue
from bot.telegram.handlers.common import Context, answer_to, services
from bot.telegram.keyboards import keyboard
from bot.telegram.rendering import render
from telegram import CallbackQuery, Message, Update


async def pressed(update: Update, context: Context) -> None:
    """Act on a button, or say that it is stale."""
    query = update.callback_query
    if query is None:
        return
    press = decode(query.data or "")
    if press is None:
        await query.answer(wording.STALE)
    elif press.action is Action.VOTE:
        await _vote(query, press, context)
    elif press.action is Action.MORE:
        await _more(query, press, context)
    elif press.action is Action.PICTURE:
        await figures.picture(query, press, context)
    elif press.action is Action.FILE:
        await figures.file(query, press, context)
    elif press.action is Action.TELL_ME:
        await privacy.tell_me(query, press, context)
    elif press.action is Action.ITEM:
        await queue.pressed(query, press, context)
    elif press.action is Action.SUBSCRIPTION:
        await subscriptions.pressed(query, press, context)
    elif press.action is Action.ANNOUNCE:
        await announcing.pressed(query, press, context)
    elif press.action is Action.EVENT:
        await announcing.event_pressed(query, press, context)
    elif press.action is Action.DRAFT:
        await editing.pressed(query, press, context)
    elif press.action is Action.REVISION:
        await history.pressed(query, press, context)
    else:
        await _ask(query, press, update, context)


async def _vote(query: CallbackQuery, press: Press, context: Context) -> None:
    vote = UP if press.value == "u" else DOWN
    changed = await services(context).store.save_feedback(query.from_user.id, press.answer, vote)
    await query.answer(wording.VOTE_CHANGED if changed else wording.VOTED)
    answer = services(context).recent.get(press.answer)
    if vote == DOWN and answer is not None and isinstance(query.message, Message):
        markup = keyboard(press.answer, answer, tell=True)
        with contextlib.suppress(BadRequest):  # it is there already
            await query.message.edit_reply_markup(markup)


async def _more(query: CallbackQuery, press: Press, context: Context) -> None:
    answer = services(context).recent.get(press.answer)
    if answer is None or not isinstance(query.message, Message):
        await query.answer(wording.STALE)
        return
    await query.answer()
    for part in render(answer, full=True):
        await query.message.reply_html(part, disable_web_page_preview=True)


async def _ask(query: CallbackQuery, press: Press, update: Update, context: Context) -> None:
    answer = services(context).recent.get(press.answer)
    number = int(press.value)
    if answer is None or number >= len(answer.suggestions):
        await query.answer(wording.STALE)
        return
    await query.answer()
    await answer_to(update, context, answer.suggestions[number])
