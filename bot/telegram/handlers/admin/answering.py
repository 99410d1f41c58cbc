"""An answer to an open question: taken by reply, shown as it will be published, published."""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.administration.editing.drafts import Draft
from bot.administration.editing.report import proposal_lines
from bot.administration.queue import wording as queue_wording
from bot.administration.queue.answers import LONGEST, GivenAnswer, clean
from bot.administration.queue.desk import chosen
from bot.administration.queue.grouping import Decision, QueueItem, Status
from bot.administration.roles import Role
from bot.answering.answer import Citation
from bot.telegram import wording
from bot.telegram.callbacks import Action
from bot.telegram.handlers.admin.common import (
    Pushed,
    button,
    disarm,
    for_admins,
    keeper,
    say,
)
from bot.telegram.handlers.common import Context, replied_to_us, services
from bot.telegram.keyboards import short
from bot.telegram.rendering import body_line, split, utf16_length
from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, Message

QUEUE_TURN = "queue"
"""Decisions are taken one after the other, each in sight of the one before."""
# Mark a reference, mark a wording, publish, drop.
TOGGLE, WORDING, PUBLISH, DROP = "tvpb"
_ANYWAY = "1"
_ANSWERS = re.compile(r"\(jawab-([0-9a-f]{8})\)$")
_FAULTS = 8
# Up to here an answer and what is chosen for it stand in one message.
_SHORT = 1_500


@dataclass(frozen=True, slots=True)
class _Shown:
    """A draft put together.

    Attributes:
        item: What it answers, as it stands now.
        answer: With the references and wordings marked so far.
        region: That it is about.
        near: References to choose from.
        variants: Wordings to choose from.
    """

    item: QueueItem
    answer: GivenAnswer
    region: str
    near: list[Citation]
    variants: list[str]


async def ask(message: Message, item: QueueItem) -> None:
    """Ask for the answer to an open question."""
    await message.reply_text(
        wording.QUEUE_ASK.format(item=item.id, most=f"{LONGEST:,}".replace(",", ".")),
        reply_markup=ForceReply(input_field_placeholder="Jawaban"),
    )


@for_admins
async def given(message: Message, role: Role, context: Context) -> None:
    """Take a reply as the answer to an open question, and show it before it is published."""
    item_id = _item_of(message, context.bot.id)
    shared, assistant = services(context), services(context).assistant
    item = await asyncio.to_thread(shared.queue.item, assistant, item_id)
    reply = message.text or ""
    answer, _ = await asyncio.to_thread(shared.queue.given, assistant, role, item, reply)
    near = (
        [] if answer.refs else await asyncio.to_thread(shared.queue.suggestions, assistant, item)
    )
    standing = await asyncio.to_thread(shared.queue.standing, item.id)
    decided = [standing] if standing else []
    content = json.dumps(
        {
            # What was shown is published, even if the item has another leader by then.
            "reply": f"{reply}\nPertanyaan: {answer.question}",
            "near": [[c.source, c.locator, c.label] for c in near],
            "variants": answer.variants,
        }
    )
    draft = await asyncio.to_thread(
        shared.desk.receive,
        role,
        content.encode(),
        "jawaban",
        {
            "item": item.id,
            "marks": "0" * len(near),
            "wordings": "1" * len(answer.variants),
            "seen": _mark_of(decided),
        },
    )
    if item.decision is not None:
        await say(message, standing_lines(item.decision))
    body, choices, markup = await _preview(draft, role, context)
    if body:
        await say(message, body)
    await say(message, choices, markup)


def is_given_answer(message: Message, bot: int) -> bool:
    """Whether a message replies to our request for an answer."""
    return bool(_item_of(message, bot))


async def pressed(pushed: Pushed, context: Context) -> None:
    """Act on a button under an answer that was given."""
    query, message, role = pushed.query, pushed.message, pushed.role
    shared = services(context)
    if pushed.verb == PUBLISH:
        await _draft_of(pushed, context)
        await query.answer(wording.PUBLISHING)
        await _publish(pushed, context)
        return
    # Quick taps each read what the one before has written.
    async with shared.turn(("draft", pushed.subject)):
        draft = await _draft_of(pushed, context)
        if pushed.verb == DROP:
            await asyncio.to_thread(shared.desk.cancel, draft)
            await query.answer(wording.CANCELLED)
            await disarm(message)
            return
        key = "marks" if pushed.verb == TOGGLE else "wordings"
        marks = draft.options.get(key, "")
        at = int(pushed.rest) if pushed.rest.isdigit() else len(marks)
        if at < len(marks):
            flipped = "0" if marks[at] == "1" else "1"
            draft = await asyncio.to_thread(
                shared.desk.note, draft, key, f"{marks[:at]}{flipped}{marks[at + 1 :]}"
            )
        await query.answer()
        _, choices, markup = await _preview(draft, role, context)
        await redraw(message, choices, markup)


async def _draft_of(pushed: Pushed, context: Context) -> Draft:
    """Return the draft that a button stands under.

    Raises:
        SpbeError: It is gone, or somebody else's.
    """
    desk = services(context).desk
    return await asyncio.to_thread(desk.draft_of, pushed.subject, pushed.role.user)


async def redraw(
    message: Message, lines: Sequence[str], markup: InlineKeyboardMarkup | None
) -> None:
    """Put other lines and buttons into a message of ours; send them anew if it is gone."""
    text = split([body_line(line) for line in lines])[-1]
    try:
        await message.edit_text(text, parse_mode=ParseMode.HTML, reply_markup=markup)
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            await say(message, lines, markup)


def standing_lines(decision: Decision) -> list[str]:
    """Say what was decided, by whom and when, with the answer that stands."""
    lines = [
        wording.QUEUE_STANDING.format(
            status=queue_wording.STATUS[decision.status],
            by=decision.by,
            when=queue_wording.moment(decision.at),
        )
    ]
    if decision.status is Status.ANSWERED:
        lines += ["", wording.QUEUE_STANDING_ANSWER, *decision.note.splitlines()]
        lines += _basis_lines(decision.refs, decision.office)
    return lines


async def _publish(pushed: Pushed, context: Context) -> None:
    message, role, shared = pushed.message, pushed.role, services(context)
    async with shared.turn(("draft", pushed.subject)), shared.turn(QUEUE_TURN):
        draft = await _draft_of(pushed, context)
        shown = await asyncio.to_thread(_read, draft, role, context)
        decided = await asyncio.to_thread(_decided, draft, shown.item, context)
        # A quick second tap on the preview's button has not seen what the first one brought up.
        seen = draft.options.get("told" if pushed.rest == _ANYWAY else "seen", "")
        if decided and _mark_of(decided) != seen:
            await asyncio.to_thread(shared.desk.note, draft, "told", _mark_of(decided))
            await disarm(message)
            told_lines = [line for decision in decided for line in standing_lines(decision)]
            lines = [*told_lines, "", wording.QUEUE_MEANWHILE]
            buttons = [
                button("✅ Terbitkan juga", Action.ITEM, draft.id, PUBLISH + _ANYWAY),
                button("✖️ Batal", Action.ITEM, draft.id, DROP),
            ]
            await say(message, lines, InlineKeyboardMarkup([buttons]))
            return
        revision, told = await asyncio.to_thread(
            shared.queue.answer, role, shown.item, shown.answer, shown.region
        )
        await asyncio.to_thread(shared.desk.cancel, draft)
    await disarm(message)
    await keeper(context).published(by=role.user)
    done = wording.QUEUE_DONE[Status.ANSWERED]
    await say(message, [done.format(number=revision.number, told=told_people(told))])
    await keeper(context).tell_news()


def told_people(count: int) -> str:
    """Say how many people are told; nothing where nobody waits."""
    return wording.QUEUE_TOLD.format(count=count) if count else ""


def _decided(draft: Draft, item: QueueItem, context: Context) -> list[Decision]:
    """Return what was decided of the item that a draft answers, and of what it is part of now."""
    desk, of = services(context).queue, draft.options["item"]
    found = [desk.standing(of)]
    if item.id != of:
        found.append(item.decision)
    return [decision for decision in found if decision is not None]


def _read(draft: Draft, role: Role, context: Context) -> _Shown:
    """Put together what a draft answers, with what was marked so far."""
    shared = services(context)
    data = json.loads(shared.desk.drafts.content(draft))
    near = [Citation(source, locator, label) for source, locator, label in data["near"]]
    refs = ", ".join(chosen(near, draft.options["marks"]))
    reply = f"{data['reply']}\nDasar: {refs}" if refs else data["reply"]
    item = shared.queue.item(shared.assistant, draft.options["item"])
    answer, region = shared.queue.given(shared.assistant, role, item, reply)
    variants: list[str] = data.get("variants", [])
    marked = zip(variants, draft.options.get("wordings", ""), strict=False)
    kept = tuple(variant for variant, mark in marked if mark == "1")
    # Only what the admin saw is published: what was asked since stands in no preview.
    return _Shown(item, replace(answer, variants=kept), region, near, variants)


async def _preview(
    draft: Draft, role: Role, context: Context
) -> tuple[list[str], list[str], InlineKeyboardMarkup]:
    """Return what stands before the message with the buttons, that message, and the buttons."""
    shared = services(context)
    shown = await asyncio.to_thread(_read, draft, role, context)
    answer = shown.answer
    proposal = await asyncio.to_thread(shared.queue.proposal, answer, shown.region)
    body = [wording.QUEUE_DRAFT, "", answer.question, *answer.text.splitlines()]
    choices = _basis_lines(answer.refs, answer.office)
    if answer.variants:
        choices += [wording.QUEUE_ALSO, *(f"- {variant}" for variant in answer.variants)]
    if proposal.faults:
        choices += ["", *proposal_lines(proposal, _FAULTS)[1:]]
    choices.append("")
    if answer.question == clean(shown.item.question):
        choices.append(wording.QUEUE_AS_ASKED)
    if shown.variants:
        choices.append(wording.QUEUE_ALSO_CHOOSE)
    if shown.near:
        choices.append(wording.QUEUE_CHOOSE)
    labels = [citation.label for citation in shown.near]
    asked = [f"“{variant}”" for variant in shown.variants]
    last = [button("✖️ Batal", Action.ITEM, draft.id, DROP)]
    if proposal.publishable:
        last.insert(0, button("✅ Terbitkan", Action.ITEM, draft.id, PUBLISH))
    markup = InlineKeyboardMarkup(
        [
            *_boxes(draft, TOGGLE, labels, draft.options["marks"]),
            *_boxes(draft, WORDING, asked, draft.options.get("wordings", "")),
            last,
        ]
    )
    # A long answer stands above: what is pressed changes one message alone.
    if utf16_length("\n".join(body)) > _SHORT:
        return body, choices, markup
    return [], [*body, *choices], markup


def _boxes(
    draft: Draft, verb: str, texts: Sequence[str], marks: str
) -> list[list[InlineKeyboardButton]]:
    return [
        [
            button(
                short(f"{'☑️' if mark == '1' else '⬜️'} {text}"),
                Action.ITEM,
                draft.id,
                f"{verb}{at}",
            )
        ]
        for at, (text, mark) in enumerate(zip(texts, marks, strict=False))
    ]


def _basis_lines(refs: Sequence[str], office: str) -> list[str]:
    if refs:
        return [wording.QUEUE_CITED.format(refs=", ".join(refs))]
    return [wording.QUEUE_OFFICE.format(office=office)] if office else []


def _mark_of(decided: Sequence[Decision]) -> str:
    return ", ".join(f"{decision.id} {decision.at.isoformat()}" for decision in decided)


def _item_of(message: Message, bot: int) -> str:
    ours = replied_to_us(message, bot)
    found = _ANSWERS.search(ours.text or "") if ours else None
    return found[1] if found else ""
