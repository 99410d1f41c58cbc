"""Files that admins send: read, shown with what they change, corrected, published."""

import asyncio
import contextlib
import re

from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot.administration.editing.desk import REMOVAL, STATUSES, checked_option
from bot.administration.editing.drafts import Draft
from bot.administration.editing.proposal import Proposal, full_difference
from bot.administration.editing.report import proposal_lines, revision_line
from bot.administration.editing.submission import OPTIONS
from bot.administration.roles import Role
from bot.knowledge.publishing.model import MovedError
from bot.telegram import wording
from bot.telegram.callbacks import Action
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
from bot.telegram.handlers.admin.history import find_file
from bot.telegram.handlers.common import Context, replied_to_us, services
from bot.telegram.limits import DOWNLOAD_BYTES
from telegram import CallbackQuery, Document, ForceReply, InlineKeyboardMarkup, Message

MOST_TOLD = 8
_SAID = re.compile(r"^\s*([a-z]+)\s*[:=]\s*(.+?)\s*$", re.IGNORECASE)
_ASKED = re.compile(r"\(([a-z]+)-([0-9a-f]{8})\)$")
_PUBLISH, _DIFFERENCE, _EDIT, _BACK, _CANCEL, _FIELD, _STATUS = "pdebcos"


@for_admins
async def received(message: Message, role: Role, context: Context) -> None:
    """Read a file that an admin sent and show what it would change; nothing changes yet."""
    document = message.document
    if document is None:
        return
    if (document.file_size or 0) > DOWNLOAD_BYTES:
        await say(message, [wording.TOO_BIG_FOR_TELEGRAM])
        return
    name = document.file_name or "berkas"
    shared, options = services(context), said(message.caption or "")
    note = await say(message, [wording.READING.format(name=name[:80])])
    try:
        # One file a person at a time: the others must get their turn too.
        async with shared.turn(("file", role.user)):
            content = await _content(document)
            draft = await asyncio.to_thread(shared.desk.receive, role, content, name, options)
            await message.reply_chat_action(ChatAction.TYPING)
            try:
                draft, proposal = await shared.slow(shared.desk.view, draft)
            except Exception:
                await asyncio.to_thread(shared.desk.cancel, draft)
                raise
    finally:
        with contextlib.suppress(TelegramError):
            await note.delete()
    await _show(message, draft, proposal, context)


@for_admins
async def remove(message: Message, role: Role, context: Context) -> None:
    """Show what taking a knowledge file away would do; nothing is done yet."""
    shared = services(context)
    wanted = " ".join((message.text or "").split()[1:]).lower()
    if not wanted:
        await say(message, [wording.REMOVE_USAGE])
        return
    path = await find_file(message, shared.desk.base, wanted)
    if path:
        draft = await asyncio.to_thread(shared.desk.receive, role, path.encode(), REMOVAL, {})
        draft, proposal = await shared.slow(shared.desk.view, draft)
        await _show(message, draft, proposal, context)


@for_admins
async def corrected(message: Message, role: Role, context: Context) -> None:
    """Take the reply to a question of ours as what an admin says about a file."""
    found = _asked(message, context.bot.id)
    if found is None:
        return
    option, draft_id = found
    desk = services(context).desk
    draft = await asyncio.to_thread(desk.draft_of, draft_id, role.user)
    draft = await asyncio.to_thread(desk.amend, draft, option, message.text or "")
    draft, proposal = await services(context).slow(desk.view, draft)
    await _show(message, draft, proposal, context)


def is_correction(message: Message, bot: int) -> bool:
    """Whether a message replies to a question of ours about a file."""
    return _asked(message, bot) is not None


@buttons_for_admins
async def pressed(pushed: Pushed, context: Context) -> None:
    """Act on a button under a file that was sent."""
    shared = services(context)
    query, message, verb, rest = pushed.query, pushed.message, pushed.verb, pushed.rest
    draft = await asyncio.to_thread(shared.desk.draft_of, pushed.subject, pushed.role.user)
    if verb == _PUBLISH:
        await _publish(query, message, draft, context)
    elif verb == _DIFFERENCE:
        await query.answer()
        await _difference(message, draft, context)
    elif verb == _CANCEL:
        await asyncio.to_thread(shared.desk.cancel, draft)
        await query.answer(wording.CANCELLED)
        await disarm(message)
        await say(message, [wording.CANCELLED])
    elif verb == _STATUS and rest.isdigit() and int(rest) < len(STATUSES):
        await query.answer()
        draft = await asyncio.to_thread(shared.desk.amend, draft, "status", STATUSES[int(rest)])
        draft, proposal = await shared.slow(shared.desk.view, draft)
        await _show(message, draft, proposal, context)
    elif verb == _FIELD and rest.isdigit() and int(rest) < len(OPTIONS):
        await query.answer()
        await _ask(message, draft, OPTIONS[int(rest)])
    else:
        await query.answer()
        proposal = await shared.slow(shared.desk.look_again, draft)
        markup = _fields(draft, proposal) if verb == _EDIT else keyboard(draft, proposal)
        with contextlib.suppress(BadRequest):  # pressed twice
            await message.edit_reply_markup(markup)


def said(caption: str) -> dict[str, str]:
    """Read what a caption says about its file: ``nomor: 26; tahun: 2020``.

    Raises:
        SpbeError: It says something that cannot be said about a file.
    """
    found = [f for part in re.split(r"[;\n]", caption) if (f := _SAID.match(part))]
    return {f[1].lower(): checked_option(f[1].lower(), f[2]) for f in found}


def keyboard(draft: Draft, proposal: Proposal) -> InlineKeyboardMarkup:
    """Return the buttons under a file: publish, difference, correct, cancel."""
    first = []
    if proposal.publishable:
        first.append(button("✅ Terbitkan", Action.DRAFT, draft.id, _PUBLISH))
    if proposal.changes:
        first.append(button("🔍 Lihat perbedaan", Action.DRAFT, draft.id, _DIFFERENCE))
    second = []
    if proposal.options:
        name = "✏️ Ubah judul/nomor/status" if "nomor" in proposal.options else "✏️ Ubah isian"
        second.append(button(name, Action.DRAFT, draft.id, _EDIT))
    last = [button("✖️ Batal", Action.DRAFT, draft.id, _CANCEL)]
    return InlineKeyboardMarkup([row for row in (first, second, last) if row])


def _fields(draft: Draft, proposal: Proposal) -> InlineKeyboardMarkup:
    buttons = [
        button(option.capitalize(), Action.DRAFT, draft.id, f"{_FIELD}{OPTIONS.index(option)}")
        for option in proposal.options
    ]
    back = button("‹ Kembali", Action.DRAFT, draft.id, _BACK)
    return InlineKeyboardMarkup([*rows(buttons, 3), [back]])


async def _show(message: Message, draft: Draft, proposal: Proposal, context: Context) -> None:
    """Show a draft; the buttons of what was shown of it before are taken away."""
    shown = await say(message, proposal_lines(proposal, MOST_TOLD), keyboard(draft, proposal))
    if draft.shown:
        with contextlib.suppress(BadRequest):
            await context.bot.edit_message_reply_markup(message.chat.id, draft.shown)
    drafts = services(context).desk.drafts
    await asyncio.to_thread(drafts.note_shown, draft, shown.message_id)


async def _ask(message: Message, draft: Draft, option: str) -> None:
    if option == "status":
        buttons = [
            button(wording.STATUS_NAMES[name], Action.DRAFT, draft.id, f"{_STATUS}{at}")
            for at, name in enumerate(STATUSES)
        ]
        markup = InlineKeyboardMarkup(rows(buttons, 1))
        await say(message, [wording.CHOOSE_STATUS], markup)
        return
    await message.reply_text(
        wording.ASK_VALUE.format(field=wording.FIELDS[option], code=f"{option}-{draft.id}"),
        reply_markup=ForceReply(input_field_placeholder=option),
    )


def _asked(message: Message, bot: int) -> tuple[str, str] | None:
    """Return which option of which draft a message of ours asks for."""
    ours = replied_to_us(message, bot)
    found = _ASKED.search(ours.text or "") if ours else None
    return (found[1], found[2]) if found and found[1] in OPTIONS else None


async def _publish(query: CallbackQuery, message: Message, draft: Draft, context: Context) -> None:
    shared = services(context)
    # Publishing may take longer than Telegram waits for an acknowledgement.
    await query.answer(wording.PUBLISHING)
    # The same button pressed twice publishes once.
    async with shared.turn(("draft", draft.id)):
        draft = await asyncio.to_thread(shared.desk.draft_of, draft.id, query.from_user.id)
        try:
            revision = await shared.slow(
                shared.desk.publish_draft, draft, query.from_user.full_name
            )
        except MovedError as error:
            await disarm(message)
            draft, proposal = await shared.slow(shared.desk.view, draft)
            lines = [wording.MOVED, *(f"- {revision_line(r)}" for r in error.since), ""]
            lines += [*proposal_lines(proposal, MOST_TOLD), "", wording.MOVED_CHOOSE]
            await say(message, lines, keyboard(draft, proposal))
            return
    await keeper(context).published(by=query.from_user.id)
    await disarm(message)
    undo = button(
        f"↩️ Kembali ke revisi {revision.number - 1}",
        Action.REVISION,
        str(revision.number - 1),
        "b",
    )
    markup = InlineKeyboardMarkup([[undo]]) if revision.number > 1 else None
    await say(message, [wording.PUBLISHED.format(number=revision.number)], markup)


async def _difference(message: Message, draft: Draft, context: Context) -> None:
    desk = services(context).desk
    await message.reply_chat_action(ChatAction.UPLOAD_DOCUMENT)
    proposal = await services(context).slow(desk.look_again, draft)
    folder = await asyncio.to_thread(desk.base.served)
    text = await asyncio.to_thread(full_difference, folder, proposal.changes)
    if not text:
        await say(message, [wording.NO_DIFFERENCE])
        return
    await message.reply_document(
        text.encode(),
        filename=f"perbedaan-{draft.id}.diff.txt",
        caption=wording.DIFFERENCE_CAPTION,
    )


async def _content(document: Document) -> bytes:
    return bytes(await (await document.get_file()).download_as_bytearray())
