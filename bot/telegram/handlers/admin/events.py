"""Words of admins on events of the calendar: a date approved, an event cancelled, that undone."""

import asyncio
import contextlib
from collections.abc import Awaitable
from dataclasses import dataclass

from telegram.error import TelegramError

from bot.administration.roles import NotAllowedError
from bot.broadcasts.decided import mark_of
from bot.broadcasts.telling import version_of
from bot.telegram import wording
from bot.telegram.asking import undo_button
from bot.telegram.handlers.admin.common import Pushed, buttons_for_admins
from bot.telegram.handlers.common import Context, broadcasting, services
from telegram import InlineKeyboardMarkup

# Verbs: approve a date, cancel, undo either.
_APPROVE, _CANCEL, _UNDO = "ecu"


@buttons_for_admins
async def pressed(pushed: Pushed, context: Context) -> None:
    """Approve the date asked about, say that an event is cancelled, or take that back."""
    role = pushed.role
    if role.limited:
        raise NotAllowedError(wording.ALL_REGIONS_ONLY)
    act = {_APPROVE: _approve, _CANCEL: _cancel, _UNDO: _undo}[pushed.verb]
    done = await act(pushed, context)
    await quietly(pushed.query.answer(done.text, show_alert=True))
    await quietly(pushed.message.edit_reply_markup(done.markup))
    if done.changed:
        await broadcasting(context).tick(changed=True)


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of a word on an event: what is said, the buttons left, whether it counts."""

    text: str
    markup: InlineKeyboardMarkup | None = None
    changed: bool = False


async def _approve(pushed: Pushed, context: Context) -> _Done:
    made, event, mark = broadcasting(context), pushed.subject, pushed.rest
    deadline = made.calendar().get(event)
    if deadline is None:
        return _Done(wording.EVENT_GONE)
    version = version_of(deadline)
    if mark != mark_of(version):
        return _Done(wording.EVENT_REDATED)
    if by := await asyncio.to_thread(made.decisions.decided_by, event, mark):
        return _Done(wording.EVENT_DECIDED.format(who=by), undo_button(event, mark))
    now = services(context).clock.now()
    await asyncio.to_thread(made.decisions.approve, event, version, pushed.role.author, now)
    return _Done(wording.EVENT_APPROVED, undo_button(event, mark), changed=True)


async def _cancel(pushed: Pushed, context: Context) -> _Done:
    made, event = broadcasting(context), pushed.subject
    if event in made.calendar():
        return _Done(wording.EVENT_LIVE)
    if by := await asyncio.to_thread(made.decisions.decided_by, event, ""):
        return _Done(wording.EVENT_DECIDED.format(who=by), undo_button(event, ""))
    now = services(context).clock.now()
    await asyncio.to_thread(made.decisions.cancel, event, pushed.role.author, now)
    return _Done(wording.EVENT_CANCELLED, undo_button(event, ""), changed=True)


async def _undo(pushed: Pushed, context: Context) -> _Done:
    decisions = broadcasting(context).decisions
    undone = await asyncio.to_thread(decisions.undo, pushed.subject, pushed.rest)
    return _Done(wording.EVENT_UNDONE if undone else wording.EVENT_NOT_DECIDED, changed=undone)


async def quietly(call: Awaitable[object]) -> None:
    """Do what is only for show: nothing that was decided may hang on it."""
    with contextlib.suppress(TelegramError):
        await call
