"""``/umumkan``: a message of an admin to the chats that subscribe; and words on events."""

import asyncio
import re
from datetime import date, datetime, time, timedelta

from telegram.constants import ParseMode

from bot.administration.roles import NotAllowedError, Role
from bot.answering.wording import day
from bot.broadcasts import wording as texts
from bot.broadcasts.announcements import Announcement, Recipients, Stage
from bot.broadcasts.contract import Content
from bot.broadcasts.ledger import Course
from bot.broadcasts.progress import Progress
from bot.broadcasts.subscriptions import ChoiceError
from bot.broadcasts.telling import version_of
from bot.knowledge.deadline import AGENCY_KINDS, STAGES, ZONES
from bot.telegram import wording
from bot.telegram.broadcasting import run_buttons
from bot.telegram.callbacks import Action
from bot.telegram.handlers.admin.common import (
    Pushed,
    button,
    buttons_for_admins,
    for_admins,
    say,
)
from bot.telegram.handlers.common import Context, broadcasting, services
from telegram import CallbackQuery, ForceReply, InlineKeyboardMarkup, Message

_COMMAND = re.compile(r"^/umumkan(?:@\w+)?\s*", re.IGNORECASE)
_ASKED = re.compile(r"\((waktu|sasaran)-(\d{1,9})\)$")
_TIME = re.compile(
    r"^(?:(?P<word>hari ini|besok|lusa)|(?P<day>\d{1,2})[-/](?P<month>\d{1,2})[-/](?P<year>\d{4}))"
    r"[ ,]+(?:pukul |jam )?(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?:\s+(?P<zone>wib|wita|wit))?$",
    re.IGNORECASE,
)
_DAYS = {"hari ini": 0, "besok": 1, "lusa": 2}
# Verbs: send now, ask for a time, ask for recipients, drop; pause, resume, cancel a run.
_NOW, _TIME_OF, _WHOM, _DROP, _PAUSE, _RESUME, _CANCEL = "ntaxprc"


@for_admins
async def announce(message: Message, role: Role, context: Context) -> None:
    """Take a text, or the document it stands under, and show it as it will look."""
    source = message.reply_to_message
    own = _COMMAND.sub("", message.text_html or message.caption_html or "").strip()
    document = message.document or (source.document if source else None)
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
    replied = message.reply_to_message
    found = _asked(replied, context.bot.id) if replied else None
    if found is None:
        return
    what, number = found
    draft = _draft(number, context)
    text = (message.text or "").strip()
    if what == "waktu":
        at = read_time(text, services(context).clock.now())
        if at is None or at <= services(context).clock.now():
            await say(message, [wording.BAD_TIME])
            return
        await _confirm(message, draft, role, context, at)
        return
    recipients = _recipients(text, role, context)
    if recipients is None:
        await say(message, [wording.BAD_RECIPIENTS])
        return
    _permit(role, recipients)
    await _control(
        message, await broadcasting(context).announcements.address(number, recipients), context
    )


def is_answer(message: Message, bot: int) -> bool:
    """Whether a message replies to our question about an announcement."""
    return message.reply_to_message is not None and bool(_asked(message.reply_to_message, bot))


@buttons_for_admins
async def pressed(pushed: Pushed, context: Context) -> None:
    """Act on a button under an announcement or under its progress."""
    query, message, role, verb = pushed.query, pushed.message, pushed.role, pushed.verb
    made, number = broadcasting(context), int(pushed.subject)
    if verb in (_PAUSE, _RESUME, _CANCEL):
        await _steer(query, message, number, verb, context)
        return
    draft = _draft(number, context)
    if verb == _NOW:
        await query.answer()
        await message.edit_reply_markup(None)
        await _confirm(message, draft, role, context, None)
    elif verb == _DROP:
        await made.announcements.withdraw(number)
        await query.answer(wording.CANCELLED)
        await message.edit_reply_markup(None)
    else:
        await query.answer()
        text = wording.ASK_TIME if verb == _TIME_OF else wording.ASK_RECIPIENTS
        await message.reply_text(text.format(number=number), reply_markup=ForceReply())


@buttons_for_admins
async def event_pressed(pushed: Pushed, context: Context) -> None:
    """Approve an estimate as it is dated now, or say that an event is cancelled."""
    query, role, event = pushed.query, pushed.role, pushed.subject
    if role.limited:
        raise NotAllowedError(wording.ALL_REGIONS_ONLY)
    made = broadcasting(context)
    now = services(context).clock.now()
    deadline = made.calendar().get(event)
    if pushed.verb == "c":
        await asyncio.to_thread(made.decisions.cancel, event, role.author, now)
        text = wording.EVENT_CANCELLED
    elif deadline is None:
        await query.answer(wording.STALE)
        return
    else:
        version = version_of(deadline)
        await asyncio.to_thread(made.decisions.approve, event, version, role.author, now)
        text = wording.EVENT_APPROVED
    await query.answer(text, show_alert=True)
    await pushed.message.edit_reply_markup(None)
    await made.tick(changed=True)


def read_time(text: str, now: datetime) -> datetime | None:
    """Read ``besok 08.00`` or ``1-12-2026 08.00 WITA``; without a zone that of ``now``."""
    found = _TIME.match(" ".join(text.lower().split()))
    if found is None:
        return None
    zone = ZONES[found["zone"].upper()] if found["zone"] else now.tzinfo
    try:
        clock = time(int(found["hour"]), int(found["minute"]))
        if found["word"]:
            date_ = now.astimezone(zone).date() + timedelta(days=_DAYS[found["word"]])
        else:
            date_ = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return datetime.combine(date_, clock, zone)


async def _confirm(
    message: Message, draft: Announcement, role: Role, context: Context, at: datetime | None
) -> None:
    made = broadcasting(context)
    _permit(role, draft.recipients)
    if not await made.announcements.confirm(draft.id, role.user, at):
        raise ChoiceError(wording.CONFIRMED_ALREADY)
    if at is not None:
        when = f"{day(at)} pukul {at:%H.%M}"
        await say(message, [wording.SCHEDULED.format(when=when)])
        return
    count = made.announcements.count(draft.recipients)
    start = Progress(draft.run, count, 0, 0, count)
    shown = await message.reply_text(
        texts.progress(f"Pengumuman {draft.id}", start),
        parse_mode=ParseMode.HTML,
        reply_markup=run_buttons(draft.run),
    )
    made.show(draft.run, message.chat.id, shown.message_id)
    await made.tick()


async def _steer(
    query: CallbackQuery, message: Message, number: int, verb: str, context: Context
) -> None:
    made = broadcasting(context)
    known = made.announcements.find(number)
    if known is None:
        await query.answer(wording.STALE)
        return
    course = {_PAUSE: Course.PAUSED, _RESUME: Course.RUNNING, _CANCEL: Course.CANCELLED}[verb]
    if not await made.broadcasts.steer(known.run, course):
        await query.answer(wording.RUN_OVER)
        return
    await query.answer(wording.STEERED[course.value])
    if verb == _CANCEL:
        await message.edit_reply_markup(None)
    else:
        await message.edit_reply_markup(run_buttons(known.run, paused=verb == _PAUSE))


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
    text = wording.ANNOUNCE_CONTROL.format(count=count, whom=_whom(draft.recipients, context))
    await say(message, text.splitlines(), InlineKeyboardMarkup([row for row in buttons if row]))


def _recipients(text: str, role: Role, context: Context) -> Recipients | None:
    """Read for whom: ``semua``, regions, kinds of agencies or chats, stages."""
    shared = services(context)
    words = text.lower()
    question = shared.assistant.reader.read(text[:300])
    doubtful = [place for place in question.places if len(place.codes) > 1]
    if doubtful:
        names = ", ".join(shared.regions[code].name for code in doubtful[0].codes)
        raise ChoiceError(wording.WHICH_REGION.format(names=names))
    regions = question.every_code
    codes = tuple(c for c in re.findall(r"\b\d\d(?:\.\d\d)?\b", text) if c in shared.regions)
    found = Recipients(
        tuple(dict.fromkeys((*regions, *codes))) or role.regions,
        tuple(k for k in AGENCY_KINDS if re.search(rf"\b(?:semua|seluruh|para) {k}\b", words)),
        ("group", "supergroup") if "grup" in words else (),
        tuple(stage for stage in STAGES if stage in words),
    )
    named = found != Recipients(role.regions)
    return found if named or words in ("semua", "seluruh", "semuanya") else None


def _whom(recipients: Recipients, context: Context) -> str:
    known = services(context).regions
    parts = [
        ", ".join(known[code].name if code in known else code for code in recipients.regions),
        ", ".join(f"semua {kind}" for kind in recipients.agencies),
        "grup saja" if recipients.chats else "",
        ", ".join(recipients.topics),
    ]
    return "; ".join(part for part in parts if part) or "semua"


def _permit(role: Role, recipients: Recipients) -> None:
    """Let an admin of some regions write to them only.

    Raises:
        NotAllowedError: Others are meant too.
    """
    if role.limited and not (recipients.regions and set(recipients.regions) <= set(role.regions)):
        raise NotAllowedError(wording.OWN_REGIONS_ONLY)


def _draft(number: int, context: Context) -> Announcement:
    known = broadcasting(context).announcements.find(number)
    if known is None or known.stage is not Stage.DRAFT:
        raise ChoiceError(wording.CONFIRMED_ALREADY)
    return known


def _asked(replied: Message, bot: int) -> tuple[str, int] | None:
    if replied.from_user is None or replied.from_user.id != bot:
        return None
    found = _ASKED.search(replied.text or "")
    return (found[1], int(found[2])) if found else None
