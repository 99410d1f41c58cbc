"""``/antrean``: questions without an answer; opening, merging, dismissing and reopening them."""

import asyncio
from collections.abc import Sequence

from bot.administration.queue import wording as queue_wording
from bot.administration.queue.desk import already
from bot.administration.queue.grouping import Decision, QueueItem, Status
from bot.administration.roles import Role
from bot.answering.wording import day
from bot.errors import SpbeError
from bot.telegram import wording
from bot.telegram.callbacks import Action
from bot.telegram.handlers.admin import answering
from bot.telegram.handlers.admin.common import (
    Pushed,
    button,
    buttons_for_admins,
    disarm,
    for_admins,
    keeper,
    rows,
    say,
)
from bot.telegram.handlers.common import Context, services
from bot.telegram.keyboards import short
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message

_LISTED = 8
_LIST = "00000000"
"""Stands for an item in buttons of the whole list."""
# On an item: open it, answer, no rule, ignore, choose whom to merge with, merge, reopen.
_OPEN, _ANSWER, _NONE, _IGNORE, _CHOOSE, _MERGE, _REOPEN = "ojnxcgr"
# On the list: a page of what waits, a page of what is closed.
_WAITING, _CLOSED = "lm"
_Page = tuple[list[str], InlineKeyboardMarkup | None]


@for_admins
async def queue(message: Message, role: Role, context: Context) -> None:
    """List the open questions, the most pressing first.

    ``tertutup`` lists what was closed; ``buka ID`` opens one again.
    """
    shared = services(context)
    words = [word.lower() for word in (message.text or "").split()[1:]]
    if len(words) == 2 and words[0] == "buka":
        async with shared.turn(answering.QUEUE_TURN):
            done = await asyncio.to_thread(shared.queue.reopen, shared.assistant, role, words[1])
        await say(message, [wording.QUEUE_REOPENED if done else wording.QUEUE_NOT_CLOSED])
        return
    verb = _CLOSED if words == ["tertutup"] else _WAITING
    lines, markup = await _page(verb, 0, context)
    await say(message, lines, markup)


@buttons_for_admins
async def pressed(pushed: Pushed, context: Context) -> None:
    """Act on a button of the queue."""
    query, message, verb = pushed.query, pushed.message, pushed.verb
    shared = services(context)
    if verb in (answering.TOGGLE, answering.WORDING, answering.PUBLISH, answering.DROP):
        await answering.pressed(pushed, context)
    elif verb in (_WAITING, _CLOSED):
        await query.answer()
        await _turn_to(message, verb, int(pushed.rest or "0", 16), context)
    elif verb == _REOPEN:
        await _reopen(pushed, context)
    elif verb in (_NONE, _IGNORE, _MERGE):
        await _decide(pushed, context)
    elif verb in (_OPEN, _ANSWER, _CHOOSE):
        item = await asyncio.to_thread(shared.queue.item, shared.assistant, pushed.subject)
        await query.answer()
        if verb == _OPEN:
            await _card(message, item, context)
        elif verb == _ANSWER:
            await answering.ask(message, item)
        else:
            await _choose(message, item, context)
    else:
        await query.answer(wording.STALE)


async def _decide(pushed: Pushed, context: Context) -> None:
    query, message, role = pushed.query, pushed.message, pushed.role
    shared = services(context)
    desk, assistant = shared.queue, shared.assistant
    status = {_NONE: Status.NO_RULE, _IGNORE: Status.IGNORED, _MERGE: Status.MERGED}[pushed.verb]
    # A second tap waits for the first, and finds it done.
    async with shared.turn(answering.QUEUE_TURN):
        item = await asyncio.to_thread(desk.item, assistant, pushed.subject)
        told: int | None
        if item.id != pushed.subject and (
            merged := await asyncio.to_thread(desk.standing, pushed.subject)
        ):
            # The button's item is part of another one since: that one is not meant.
            if status is not Status.MERGED:
                raise SpbeError(already(merged))
            told = None
        elif status is Status.MERGED:
            into = await asyncio.to_thread(desk.item, assistant, pushed.rest)
            told = await asyncio.to_thread(desk.merge, assistant, role, item, into)
        else:
            told = await asyncio.to_thread(desk.decide, assistant, role, item, status)
    if told is None:
        await query.answer(wording.QUEUE_DONE_BEFORE)
        return
    await query.answer()
    await disarm(message)
    people = answering.told_people(told)
    await say(message, [wording.QUEUE_DONE[status].format(item=item.id, told=people)])
    await keeper(context).tell_news()


async def _reopen(pushed: Pushed, context: Context) -> None:
    shared = services(context)
    async with shared.turn(answering.QUEUE_TURN):
        done = await asyncio.to_thread(
            shared.queue.reopen, shared.assistant, pushed.role, pushed.subject
        )
    text = wording.QUEUE_REOPENED if done else wording.QUEUE_NOT_CLOSED
    await pushed.query.answer(text, show_alert=not done)
    await _turn_to(pushed.message, _CLOSED, int(pushed.rest or "0", 16), context)


async def _turn_to(message: Message, verb: str, page: int, context: Context) -> None:
    lines, markup = await _page(verb, page, context)
    await answering.redraw(message, lines, markup)


async def _page(verb: str, page: int, context: Context) -> _Page:
    shared = services(context)
    if verb == _CLOSED:
        closed = await asyncio.to_thread(shared.queue.closed, shared.assistant)
        return _closed_page(closed, page)
    found = await asyncio.to_thread(shared.queue.items, shared.assistant)
    return _waiting_page([item for item in found if item.open], page)


def _waiting_page(waiting: Sequence[QueueItem], page: int) -> _Page:
    if not waiting:
        return [wording.QUEUE_EMPTY], None
    page = _within(page, len(waiting))
    shown = list(enumerate(waiting, 1))[page * _LISTED : (page + 1) * _LISTED]
    lines = [
        wording.QUEUE_LINE.format(number=at, question=short(item.question), asked=_asked(item))
        for at, item in shown
    ]
    buttons = [button(str(at), Action.ITEM, item.id, _OPEN) for at, item in shown]
    head = wording.QUEUE_TITLE.format(count=len(waiting))
    return _paged(head, lines, buttons, _WAITING, page, len(waiting))


def _closed_page(closed: Sequence[Decision], page: int) -> _Page:
    if not closed:
        return [wording.QUEUE_CLOSED_EMPTY], None
    page = _within(page, len(closed))
    shown = list(enumerate(closed, 1))[page * _LISTED : (page + 1) * _LISTED]
    lines = [
        wording.QUEUE_CLOSED_LINE.format(
            number=at,
            question=short(decision.question),
            status=queue_wording.STATUS[decision.status],
            day=day(decision.at.date()),
            item=decision.id,
        )
        for at, decision in shown
    ]
    buttons = [
        button(f"↩️ {at}", Action.ITEM, decision.id, f"{_REOPEN}{page:x}") for at, decision in shown
    ]
    head = wording.QUEUE_CLOSED_TITLE.format(count=len(closed))
    return _paged(head, lines, buttons, _CLOSED, page, len(closed))


def _paged(
    head: str,
    lines: Sequence[str],
    buttons: Sequence[InlineKeyboardButton],
    verb: str,
    page: int,
    count: int,
) -> _Page:
    keys = rows(buttons, 4)
    text = [head, "", *lines]
    if count > _LISTED:
        first = page * _LISTED + 1
        last = first + len(lines) - 1
        text += ["", wording.QUEUE_PAGE.format(first=first, last=last, count=count)]
        steps = []
        if page:
            steps.append(button(wording.QUEUE_BEFORE, Action.ITEM, _LIST, f"{verb}{page - 1:x}"))
        if last < count:
            steps.append(button(wording.QUEUE_AFTER, Action.ITEM, _LIST, f"{verb}{page + 1:x}"))
        keys.append(steps)
    return text, InlineKeyboardMarkup(keys)


def _within(page: int, count: int) -> int:
    """Return the page, or the last one of a list that has become shorter."""
    return min(page, (count - 1) // _LISTED)


async def _card(message: Message, item: QueueItem, context: Context) -> None:
    shared = services(context)
    near = await asyncio.to_thread(shared.queue.suggestions, shared.assistant, item)
    lines = [
        item.question,
        wording.QUEUE_CARD.format(asked=_asked(item), last=day(item.last.date())),
    ]
    if item.variants:
        lines += ["", wording.QUEUE_VARIANTS, *(f"- {variant}" for variant in item.variants)]
    if near:
        lines += ["", wording.QUEUE_NEAR, *(f"- {c.label} ({c.source}#{c.locator})" for c in near)]
    if item.decision is not None:
        lines += ["", *answering.standing_lines(item.decision)]
    buttons = [
        button("✍️ Jawab", Action.ITEM, item.id, _ANSWER),
        button("🔗 Gabung", Action.ITEM, item.id, _CHOOSE),
        button("Belum ada aturannya", Action.ITEM, item.id, _NONE),
        button("Abaikan", Action.ITEM, item.id, _IGNORE),
    ]
    # What is decided is answered anew, or opened again first (/antrean tertutup).
    shown = buttons if item.open else buttons[:1]
    await say(message, lines, InlineKeyboardMarkup(rows(shown, 2)))


async def _choose(message: Message, item: QueueItem, context: Context) -> None:
    shared = services(context)
    found = await asyncio.to_thread(shared.queue.items, shared.assistant)
    others = [o for o in found if o.open and o.id != item.id][:_LISTED]
    buttons = [
        [button(short(other.question), Action.ITEM, item.id, f"{_MERGE}{other.id}")]
        for other in others
    ]
    if not buttons:
        await say(message, [wording.QUEUE_EMPTY])
        return
    text = wording.QUEUE_MERGE.format(question=item.question)
    await say(message, text.splitlines(), InlineKeyboardMarkup(buttons))


def _asked(item: QueueItem) -> str:
    times = f"{item.count} kali"
    return f"{times}, 👎 {item.down}" if item.down else times
