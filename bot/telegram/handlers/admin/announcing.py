"""``/umumkan``: a message of an admin to the chats that subscribe."""

import asyncio
import re
from datetime import datetime
from html import unescape

from telegram.constants import ParseMode

from bot.administration.roles import Role
from bot.broadcasts.announcements import Announcement, Recipients, Stage
from bot.broadcasts.contract import Content
from bot.broadcasts.ledger import Course
from bot.broadcasts.subscriptions import ChoiceError
from bot.telegram import wording
from bot.telegram.addressing import read_recipients, read_time
from bot.telegram.callbacks import Action
from bot.telegram.handlers.admin.addressees import may, permit, when, whom
from bot.telegram.handlers.admin.common import (
    Pushed,
    button,
    buttons_for_admins,
    disarm,
    for_admins,
    rows,
    say,
)
from bot.telegram.handlers.admin.events import quietly
from bot.telegram.handlers.common import Context, broadcasting, replied_to_us, services
from bot.telegram.reporting import run_buttons
from telegram import CallbackQuery, Document, ForceReply, InlineKeyboardMarkup, Message

_COMMAND = re.compile(r"^/umumkan(?:@\w+)?\s*", re.IGNORECASE)
_ASKED = re.compile(r"\((waktu|sasaran)-(\d{1,9})\)$")
_LIST = "daftar"
_SHOWN = 60
"""Letters of an announcement that a list shows."""
# Verbs: send now, ask for a time, ask for recipients, drop, drop from the list; pause, resume,
# cancel a run.
_NOW, _TIME_OF, _WHOM, _DROP, _DROP_LISTED, _PAUSE, _RESUME, _CANCEL = "ntaxlprc"
_COURSES = {_PAUSE: Course.PAUSED, _RESUME: Course.RUNNING, _CANCEL: Course.CANCELLED}


@for_admins
async def announce(message: Message, role: Role, context: Context) -> None:
    """Take a text, or the document it stands under, and show it as it will look."""
    source = message.reply_to_message
    own = _COMMAND.sub("", message.text_html or message.caption_html or "").strip()
    if own.lower() == _LIST:
        await say(message, *await _listed(role, context))
        return
    document = _document(message) or (_document(source) if source else None)
    text = own or ((source.text_html or source.caption_html or "") if source else "")
    if not text and document is None:
        await say(message, [wording.ANNOUNCE_USAGE])
        return
    content = Content(text.strip(), document.file_id if document else "")
    made = broadcasting(context)
    draft = await made.announcements.draft(role.user, content, Recipients(regions=role.regions))
    if content.document:
        await message.reply_document(
            content.document, caption=content.text, parse_mode=ParseMode.HTML
        )
    else:
        await message.reply_text(content.text, parse_mode=ParseMode.HTML)
    await _control(message, draft, context)


@for_admins
async def answered(message: Message, role: Role, context: Context) -> None:
    """Take the reply to our question for a time or for recipients."""
    found = _asked(message, context.bot.id)
    if found is None:
        return
    what, number = found
    draft = await _draft(number, role, context)
    text = (message.text or "").strip()
    if what == "waktu":
        await _schedule(message, draft, role, context)
        return
    shared = services(context)
    reader = shared.assistant.reader
    recipients = read_recipients(text[:300], reader, shared.regions, role.regions)
    permit(role, recipients)
    await _control(
        message, await broadcasting(context).announcements.address(number, recipients), context
    )


def is_answer(message: Message, bot: int) -> bool:
    """Whether a message replies to our question about an announcement."""
    return _asked(message, bot) is not None


@buttons_for_admins
async def pressed(pushed: Pushed, context: Context) -> None:
    """Act on a button under an announcement, a list of them, or one's progress."""
    query, message, role, verb = pushed.query, pushed.message, pushed.role, pushed.verb
    number = int(pushed.subject)
    if verb in _COURSES:
        await _steer(query, message, number, _COURSES[verb], context)
    elif verb in (_DROP, _DROP_LISTED):
        await _withdraw(query, message, number, role, context)
        if verb == _DROP:
            await quietly(disarm(message))
        else:
            lines, markup = await _listed(role, context)
            await quietly(message.edit_text("\n".join(lines), reply_markup=markup))
    elif verb == _NOW:
        await _send_now(query, message, await _draft(number, role, context), role, context)
    else:
        await _draft(number, role, context)
        await query.answer()
        text = wording.ASK_TIME if verb == _TIME_OF else wording.ASK_RECIPIENTS
        await message.reply_text(text.format(number=number), reply_markup=ForceReply())


async def _send_now(
    query: CallbackQuery, message: Message, draft: Announcement, role: Role, context: Context
) -> None:
    made = broadcasting(context)
    count = made.announcements.count(draft.recipients)
    # What is only for show comes after, and may fail.
    await _confirm(message, draft, role, context, None)
    await quietly(query.answer())
    await made.reports.draw(draft.id, count)
    await made.tick()
    await quietly(disarm(message))


async def _schedule(message: Message, draft: Announcement, role: Role, context: Context) -> None:
    now = services(context).clock.now()
    at = read_time(message.text or "", now)
    if at is None:
        raise ChoiceError(wording.BAD_TIME)
    if at <= now:
        raise ChoiceError(wording.PAST_TIME.format(when=when(at)))
    await _confirm(message, draft, role, context, at)
    text = wording.SCHEDULED.format(
        number=draft.id,
        when=when(at),
        whom=whom(draft.recipients, context),
        count=broadcasting(context).announcements.count(draft.recipients),
    )
    drop = button("✖️ Batal", Action.ANNOUNCE, str(draft.id), _DROP)
    await say(message, [text], InlineKeyboardMarkup([[drop]]))


async def _confirm(
    message: Message, draft: Announcement, role: Role, context: Context, at: datetime | None
) -> None:
    permit(role, draft.recipients)
    if not await broadcasting(context).confirm(draft.id, role.user, message.chat.id, at):
        raise ChoiceError(await _what_happened(draft.id, role, context))


async def _withdraw(
    query: CallbackQuery, message: Message, number: int, role: Role, context: Context
) -> None:
    made = broadcasting(context)
    known = made.announcements.find(number)
    if known is not None:
        permit(role, known.recipients)
    if not await made.withdraw(number):
        known = made.announcements.find(number)
        if known is not None and await made.course_of(known.run) is not Course.DONE:
            raise ChoiceError(wording.ALREADY_STARTED)
        raise ChoiceError(await _what_happened(number, role, context))
    await quietly(query.answer(wording.ALREADY_CANCELLED))


async def _steer(
    query: CallbackQuery, message: Message, number: int, course: Course, context: Context
) -> None:
    made = broadcasting(context)
    known = made.announcements.find(number)
    if known is None:
        await query.answer(wording.STALE)
        return
    if not await made.steer(known.run, course):
        await query.answer(wording.RUN_OVER)
        return
    await quietly(query.answer(wording.STEERED[course.value]))
    if message.message_id == made.reports.shown_in(number):
        await made.reports.draw(number)
    elif course is Course.CANCELLED:
        await quietly(disarm(message))
    else:
        markup = run_buttons(number, paused=course is Course.PAUSED)
        await quietly(message.edit_reply_markup(markup))


async def _control(message: Message, draft: Announcement, context: Context) -> None:
    count = broadcasting(context).announcements.count(draft.recipients)
    number = str(draft.id)
    buttons = [
        [button(f"✅ Kirim sekarang ({count})", Action.ANNOUNCE, number, _NOW)] if count else [],
        [
            button("🕗 Jadwalkan", Action.ANNOUNCE, number, _TIME_OF),
            button("Sasaran", Action.ANNOUNCE, number, _WHOM),
            button("✖️ Batal", Action.ANNOUNCE, number, _DROP),
        ],
    ]
    text = wording.ANNOUNCE_CONTROL.format(count=count, whom=whom(draft.recipients, context))
    await say(message, text.splitlines(), InlineKeyboardMarkup([row for row in buttons if row]))


async def _listed(role: Role, context: Context) -> tuple[list[str], InlineKeyboardMarkup | None]:
    """Return the scheduled announcements that an admin may withdraw, and a button for each."""
    made = broadcasting(context)
    scheduled = [a for a in await made.scheduled() if may(role, a.recipients)]
    if not scheduled:
        return [wording.SCHEDULED_NONE], None
    lines = [
        wording.SCHEDULED_LINE.format(
            number=a.id,
            when=when(a.at) if a.at else "",
            whom=whom(a.recipients, context),
            count=made.announcements.count(a.recipients),
            text=_plain(a.content.text) or wording.DOCUMENT_ONLY,
        )
        for a in scheduled
    ]
    buttons = [
        button(f"✖️ Batal {a.id}", Action.ANNOUNCE, str(a.id), _DROP_LISTED) for a in scheduled
    ]
    return [wording.SCHEDULED_LIST, *lines], InlineKeyboardMarkup(rows(buttons, 3))


async def _draft(number: int, role: Role, context: Context) -> Announcement:
    """Return an announcement that nothing was decided about yet.

    Raises:
        ChoiceError: Something was; the message says what, by whom and when.
    """
    known = broadcasting(context).announcements.find(number)
    if known is None or known.stage is not Stage.DRAFT:
        raise ChoiceError(await _what_happened(number, role, context))
    return known


async def _what_happened(number: int, role: Role, context: Context) -> str:
    known = broadcasting(context).announcements.find(number)
    if known is None:
        return wording.ANNOUNCE_UNKNOWN
    if known.stage is Stage.CANCELLED or known.at is None:
        return wording.ALREADY_CANCELLED
    if known.stage is Stage.MISSED:
        return wording.ALREADY_MISSED
    by = await asyncio.to_thread(services(context).roles.of, known.confirmed_by)
    who = wording.YOU if known.confirmed_by == role.user else by.name if by else "?"
    waits = known.stage is Stage.CONFIRMED and known.at > services(context).clock.now()
    form = wording.ALREADY_SCHEDULED if waits else wording.ALREADY_SENT
    return form.format(who=who, when=when(known.at))


def _document(message: Message) -> Document | None:
    """Return the document of a message.

    Raises:
        ChoiceError: It holds something else that cannot be sent on.
    """
    held = message.effective_attachment
    if held is not None and not isinstance(held, Document):
        raise ChoiceError(wording.ANNOUNCE_KINDS)
    return held


def _plain(html: str) -> str:
    text = " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _asked(message: Message, bot: int) -> tuple[str, int] | None:
    """Return what a message of ours asks for, and of which announcement."""
    ours = replied_to_us(message, bot)
    found = _ASKED.search(ours.text or "") if ours else None
    return (found[1], int(found[2])) if found else None
