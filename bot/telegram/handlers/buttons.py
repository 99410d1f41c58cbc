"""Buttons under answers. Whatever is pressed, Telegram gets its acknowledgement."""

import contextlib

from telegram.error import BadRequest

from bot.store.store import DOWN, UP
from bot.telegram import wording
from bot.telegram.callbacks import Action, Press, decode
from bot.telegram.handlers import figures, privacy, subscriptions
from bot.telegram.handlers.admin import announcing, editing, events, history, queue
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
    elif press.action is Action.ASK:
        # The only one that answers as if it were asked anew.
        await _ask(query, press, update, context)
    else:
        await _ACTS[press.action](query, press, context)


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


_ACTS = {
    Action.VOTE: _vote,
    Action.MORE: _more,
    Action.PICTURE: figures.picture,
    Action.FILE: figures.file,
    Action.TELL_ME: privacy.tell_me,
    Action.SUBSCRIPTION: subscriptions.pressed,
    Action.DRAFT: editing.pressed,
    Action.REVISION: history.pressed,
    Action.ITEM: queue.pressed,
    Action.ANNOUNCE: announcing.pressed,
    Action.EVENT: events.pressed,
}
