"""Revisions of the knowledge: the list, one of them, going back; files to take away."""

import asyncio

from telegram.constants import ChatAction

from bot.administration.editing.report import change_lines, revision_line
from bot.administration.roles import Role
from bot.knowledge.publishing import archive, tree
from bot.knowledge.publishing.base import Base
from bot.knowledge.publishing.difference import folder_changes, line_difference
from bot.knowledge.publishing.model import Revision
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
from bot.telegram.handlers.common import Context, services
from telegram import InlineKeyboardMarkup, Message

_LISTED = 10
_CHOICES = 15
_SHOW, _LINES, _BACK, _YES = "slby"


@for_admins
async def history(message: Message, role: Role, context: Context) -> None:
    """List the last revisions."""
    del role
    base = services(context).desk.base
    last = await asyncio.to_thread(_last, base)
    if not last:
        await say(message, [wording.NO_HISTORY])
        return
    buttons = [button(str(r.number), Action.REVISION, str(r.number), _SHOW) for r in last]
    lines = [wording.HISTORY_TITLE, *(f"- {revision_line(r)}" for r in last)]
    await say(message, lines, InlineKeyboardMarkup(rows(buttons, 5)))


@buttons_for_admins
async def pressed(pushed: Pushed, context: Context) -> None:
    """Show a revision, its difference, or go back to it."""
    query, message, verb, rest = pushed.query, pushed.message, pushed.verb, pushed.rest
    number = int(pushed.subject)
    desk = services(context).desk
    if verb == _SHOW:
        revision = await asyncio.to_thread(desk.base.history.revision, number)
        await query.answer()
        lines = await asyncio.to_thread(_changed, desk.base, revision)
        buttons = [
            button("🔍 Baris demi baris", Action.REVISION, pushed.subject, _LINES),
            button("↩️ Pulihkan ke ini", Action.REVISION, pushed.subject, _BACK),
        ]
        await say(message, [revision_line(revision), *lines], InlineKeyboardMarkup([buttons]))
    elif verb == _LINES:
        text = await asyncio.to_thread(_line_by_line, desk.base, number)
        await query.answer()
        await message.reply_document(
            text.encode(), filename=f"revisi-{number}.diff.txt", caption=wording.DIFFERENCE_CAPTION
        )
    elif verb == _BACK:
        head = await asyncio.to_thread(desk.base.head)
        changes = await asyncio.to_thread(desk.base.restoring, number)
        await query.answer()
        if not changes:
            await say(message, [wording.ROLLBACK_IS_NOW.format(number=number)])
            return
        units = await asyncio.to_thread(desk.units, changes)
        yes = button("Ya, pulihkan", Action.REVISION, pushed.subject, f"{_YES}{head.number}")
        lines = [wording.ROLLBACK_QUESTION.format(number=number), *change_lines(units)]
        await say(message, lines, InlineKeyboardMarkup([[yes]]))
    elif verb == _YES and rest:
        await query.answer(wording.PUBLISHING)
        revision = await asyncio.to_thread(desk.roll_back, pushed.role, number, expected=int(rest))
        await keeper(context).published(by=query.from_user.id)
        await disarm(message)
        await say(message, [wording.PUBLISHED.format(number=revision.number)])
    else:
        await query.answer(wording.STALE)


@for_admins
async def export(message: Message, role: Role, context: Context) -> None:
    """Send all knowledge files as one archive."""
    del role
    base = services(context).desk.base
    await message.reply_chat_action(ChatAction.UPLOAD_DOCUMENT)
    number, content = await asyncio.to_thread(lambda: (base.number, archive.packed(base.served())))
    await message.reply_document(
        content,
        filename=f"pengetahuan-spbe-{number:06d}.zip",
        caption=wording.EXPORT_CAPTION.format(number=number),
    )


@for_admins
async def file(message: Message, role: Role, context: Context) -> None:
    """Send one knowledge file, to be edited and sent back."""
    del role
    wanted = " ".join((message.text or "").split()[1:]).lower()
    if not wanted:
        await say(message, [wording.FILE_USAGE])
        return
    base = services(context).desk.base
    path = await find_file(message, base, wanted)
    if not path:
        return
    folder, number = await asyncio.to_thread(lambda: (base.served(), base.number))
    content = await asyncio.to_thread((folder / path).read_bytes)
    await message.reply_document(
        content,
        filename=path.rsplit("/", 1)[-1],
        caption=wording.FILE_CAPTION.format(path=path, number=number),
    )


async def find_file(message: Message, base: Base, wanted: str) -> str:
    """Return the path of the knowledge file that is meant; where it is not clear, say so."""
    listed = await asyncio.to_thread(lambda: tree.listed(base.served()))
    files = {p: f for p, f in listed.items() if f.suffix != ".json" and f.stem != "README"}
    exact = [path for path in files if wanted in (path.lower(), files[path].stem.lower())]
    found = exact or [path for path in files if wanted.replace(" ", "-") in path.lower()]
    if len(found) == 1:
        return found[0]
    names = "\n".join(found[:_CHOICES])
    text = wording.FILE_CHOICES if found else wording.FILE_NONE
    await say(message, text.format(name=wanted[:80], names=names).splitlines())
    return ""


def _last(base: Base) -> list[Revision]:
    numbers = base.history.numbers() if base.started else []
    return [base.history.revision(number) for number in numbers[: -_LISTED - 1 : -1]]


def _changed(base: Base, revision: Revision) -> list[str]:
    """Say what a revision changed, unit by unit."""
    if revision.number == 1:
        return [wording.FIRST_REVISION.format(count=len(revision.files))]
    states = [base.history.revision(revision.number - 1), revision]
    before, after = (base.laid_out(state) for state in states)
    return change_lines(folder_changes(before, after)) or [wording.NO_DIFFERENCE]


def _line_by_line(base: Base, number: int) -> str:
    history = base.history
    after = history.revision(number)
    if number == 1:
        return wording.FIRST_REVISION.format(count=len(after.files)) + "\n"
    before = history.revision(number - 1)
    return line_difference(
        {path: history.file(before, path) for path in after.changed},
        {path: history.file(after, path) for path in after.changed},
    )
