"""``/antrean``: questions without an answer; answering, merging and dismissing them."""

import asyncio
import json
import re

from bot.administration.editing.drafts import Draft
from bot.administration.editing.report import proposal_lines
from bot.administration.queue.answers import GivenAnswer
from bot.administration.queue.desk import chosen
from bot.administration.queue.grouping import QueueItem, Status
from bot.administration.roles import Role
from bot.answering.answer import Citation
from bot.answering.wording import day
from bot.telegram import wording
from bot.telegram.callbacks import Action
from bot.telegram.handlers.admin.common import (
    Pushed,
    button,
    buttons_for_admins,
    for_admins,
    keeper,
    rows,
    say,
)
from bot.telegram.handlers.common import Context, services
from bot.telegram.keyboards import short
from telegram import ForceReply, InlineKeyboardMarkup, Message

_LISTED = 8
_ANSWERS = re.compile(r"\(jawab-([0-9a-f]{8})\)$")
# On an item: open it, answer, no rule, ignore, choose whom to merge with, merge.
_OPEN, _ANSWER, _NONE, _IGNORE, _CHOOSE, _MERGE = "ojnxcg"
# On an answer that was given: mark a reference, publish, drop.
_TOGGLE, _PUBLISH, _DROP = "tpb"


@for_admins
async def queue(message: Message, role: Role, context: Context) -> None:
    """List the open questions, the most pressing first; ``buka ID`` opens one again."""
    shared = services(context)
    words = (message.text or "").split()[1:]
    if len(words) == 2 and words[0].lower() == "buka":
        done = await asyncio.to_thread(shared.queue.reopen, role, words[1].lower())
        await say(message, [wording.QUEUE_REOPENED if done else wording.QUEUE_EMPTY])
        return
    found = await asyncio.to_thread(shared.queue.items, shared.assistant)
    waiting = [item for item in found if item.open]
    if not waiting:
        await say(message, [wording.QUEUE_EMPTY])
        return
    shown = waiting[:_LISTED]
    lines = [
        wording.QUEUE_LINE.format(number=at, question=short(item.question), asked=_asked(item))
        for at, item in enumerate(shown, 1)
    ]
    buttons = [button(str(at), Action.ITEM, i.id, _OPEN) for at, i in enumerate(shown, 1)]
    head = wording.QUEUE_TITLE.format(count=len(waiting))
    await say(message, [head, "", *lines], InlineKeyboardMarkup(rows(buttons, 4)))


@buttons_for_admins
async def pressed(pushed: Pushed, context: Context) -> None:
    """Act on a button of the queue."""
    query, message, role = pushed.query, pushed.message, pushed.role
    shared = services(context)
    verb, rest = pushed.verb, pushed.rest
    if verb in (_TOGGLE, _PUBLISH, _DROP):
        draft = await asyncio.to_thread(shared.desk.draft_of, pushed.subject, role.user)
        await _on_draft(pushed, draft, context)
        return
    item = await asyncio.to_thread(shared.queue.item, shared.assistant, pushed.subject)
    if verb == _OPEN:
        await query.answer()
        await _card(message, item, context)
    elif verb == _ANSWER:
        await query.answer()
        await message.reply_text(
            wording.QUEUE_ASK.format(item=item.id),
            reply_markup=ForceReply(input_field_placeholder="Jawaban"),
        )
    elif verb == _CHOOSE:
        await query.answer()
        await _choose(message, item, context)
    elif verb in (_NONE, _IGNORE, _MERGE):
        status = {_NONE: Status.NO_RULE, _IGNORE: Status.IGNORED, _MERGE: Status.MERGED}[verb]
        await asyncio.to_thread(shared.queue.decide, role, item, status, into=rest)
        await query.answer()
        await message.edit_reply_markup(None)
        await say(message, [wording.QUEUE_DONE[status].format(item=item.id)])
        await keeper(context).tell_news()
    else:
        await query.answer(wording.STALE)


@for_admins
async def given(message: Message, role: Role, context: Context) -> None:
    """Take a reply as the answer to an open question, and show it before it is published."""
    replied = message.reply_to_message
    item_id = _item_of(replied, context.bot.id) if replied else ""
    shared, assistant = services(context), services(context).assistant
    item = await asyncio.to_thread(shared.queue.item, assistant, item_id)
    reply = message.text or ""
    answer, _ = await asyncio.to_thread(shared.queue.given, assistant, role, item, reply)
    near = (
        [] if answer.refs else await asyncio.to_thread(shared.queue.suggestions, assistant, item)
    )
    content = json.dumps({"reply": reply, "near": [[c.source, c.locator, c.label] for c in near]})
    draft = await asyncio.to_thread(
        shared.desk.receive,
        role,
        content.encode(),
        "jawaban",
        {"item": item.id, "marks": "0" * len(near)},
    )
    await _show_draft(message, draft, role, context)


def is_given_answer(message: Message, bot: int) -> bool:
    """Whether a message replies to our request for an answer."""
    replied = message.reply_to_message
    return replied is not None and bool(_item_of(replied, bot))


async def _on_draft(pushed: Pushed, draft: Draft, context: Context) -> None:
    query, message, role = pushed.query, pushed.message, pushed.role
    verb, rest = pushed.verb, pushed.rest
    shared = services(context)
    if verb == _DROP:
        await asyncio.to_thread(shared.desk.cancel, draft)
        await query.answer(wording.CANCELLED)
        await message.edit_reply_markup(None)
    elif verb == _TOGGLE:
        marks = draft.options["marks"]
        at = int(rest) if rest.isdigit() else len(marks)
        if at < len(marks):
            flipped = "0" if marks[at] == "1" else "1"
            draft = await asyncio.to_thread(
                shared.desk.note, draft, "marks", f"{marks[:at]}{flipped}{marks[at + 1 :]}"
            )
        await query.answer()
        await message.delete()
        await _show_draft(message, draft, role, context)
    else:
        await query.answer(wording.PUBLISHING)
        async with shared.turn(("draft", draft.id)):
            draft = await asyncio.to_thread(shared.desk.draft_of, draft.id, role.user)
            item, answer, region, _ = await asyncio.to_thread(_read, draft, role, context)
            revision = await asyncio.to_thread(shared.queue.answer, role, item, answer, region)
            await asyncio.to_thread(shared.desk.cancel, draft)
        await message.edit_reply_markup(None)
        await keeper(context).published(by=role.user)
        done = wording.QUEUE_DONE[Status.ANSWERED].format(number=revision.number)
        await say(message, [done])
        await keeper(context).tell_news()


def _read(
    draft: Draft, role: Role, context: Context
) -> tuple[QueueItem, GivenAnswer, str, list[Citation]]:
    """Put together what a draft answers, with the references marked so far."""
    shared = services(context)
    data = json.loads(shared.desk.drafts.content(draft))
    near = [Citation(source, locator, label) for source, locator, label in data["near"]]
    refs = ", ".join(chosen(near, draft.options["marks"]))
    reply = f"{data['reply']}\nDasar: {refs}" if refs else data["reply"]
    item = shared.queue.item(shared.assistant, draft.options["item"])
    answer, region = shared.queue.given(shared.assistant, role, item, reply)
    return item, answer, region, near


async def _show_draft(message: Message, draft: Draft, role: Role, context: Context) -> None:
    shared = services(context)
    _, answer, region, near = await asyncio.to_thread(_read, draft, role, context)
    proposal = await asyncio.to_thread(shared.queue.proposal, answer, region)
    lines = [wording.QUEUE_DRAFT, "", answer.question, *answer.text.splitlines()]
    if answer.refs:
        lines.append(wording.QUEUE_CITED.format(refs=", ".join(answer.refs)))
    else:
        lines.append(wording.QUEUE_OFFICE.format(office=answer.office))
    if proposal.faults:
        lines += ["", *proposal_lines(proposal, _LISTED)[1:]]
    marks = draft.options["marks"]
    buttons = [
        [
            button(
                short(f"{'☑️' if mark == '1' else '⬜️'} {c.label}"),
                Action.ITEM,
                draft.id,
                f"{_TOGGLE}{at}",
            )
        ]
        for at, (c, mark) in enumerate(zip(near, marks, strict=True))
    ]
    if near:
        lines += ["", wording.QUEUE_CHOOSE]
    last = [button("✖️ Batal", Action.ITEM, draft.id, _DROP)]
    if proposal.publishable:
        last.insert(0, button("✅ Terbitkan", Action.ITEM, draft.id, _PUBLISH))
    await say(message, lines, InlineKeyboardMarkup([*buttons, last]))


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
    buttons = [
        button("✍️ Jawab", Action.ITEM, item.id, _ANSWER),
        button("🔗 Gabung", Action.ITEM, item.id, _CHOOSE),
        button("Belum ada aturannya", Action.ITEM, item.id, _NONE),
        button("Abaikan", Action.ITEM, item.id, _IGNORE),
    ]
    await say(message, lines, InlineKeyboardMarkup(rows(buttons, 2)))


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


def _item_of(replied: Message, bot: int) -> str:
    if replied.from_user is None or replied.from_user.id != bot:
        return ""
    found = _ANSWERS.search(replied.text or "")
    return found[1] if found else ""


def _asked(item: QueueItem) -> str:
    times = f"{item.count} kali"
    return f"{times}, 👎 {item.down}" if item.down else times
