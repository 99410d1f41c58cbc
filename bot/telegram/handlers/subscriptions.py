"""``/langganan`` and ``/berhenti``: who is reminded of what, where and when."""

import contextlib

from telegram.constants import ChatMemberStatus, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.broadcasts import wording as texts
from bot.broadcasts.subscriptions import HOURS, LEADS, ChoiceError, Subscription
from bot.knowledge.deadline import STAGES, ZONES
from bot.telegram import wording
from bot.telegram.addressing import not_understood
from bot.telegram.callbacks import Action, Press
from bot.telegram.handlers.common import Context, broadcasting, send_html, services
from bot.telegram.rendering import escape
from bot.telegram.subscribing import applied, read_wish
from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

_ADMINS = {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}
_CHOICES = (14, 10, 7, 5, 3, 2, 1, 0)
_NO_MEMBER = ("user not found", "participant_id_invalid", "user_not_participant")
# Fields of a button: a menu, an hour, a zone, a topic, a lead time, stop.
_MENU, _HOUR, _ZONE, _TOPIC, _LEAD, _STOP = "mhztlx"


async def subscribe(update: Update, context: Context) -> None:
    """Switch a chat's subscription on, or change it by what stands after the command."""
    message = update.effective_message
    if message is None or not await _may(message, update, context):
        return
    shared, made = services(context), broadcasting(context)
    text = (message.text or "").partition(" ")[2].strip()
    question = shared.assistant.reader.read(text[:300])
    wish = read_wish(text, question, shared.assistant.snapshot.regions)
    if wish.places:
        await send_html(message, wording.WHICH_REGION.format(names=escape(", ".join(wish.places))))
        return
    if wish.unknown:
        words = ", ".join(not_understood(text, list(wish.unknown), shared.assistant.reader))
        await send_html(message, wording.WISH_UNKNOWN.format(words=escape(words)))
        return
    if wish.stop:
        await _stop(message, context)
        return
    known = made.subscribers.find(message.chat.id)
    thread = (message.message_thread_id or 0) if message.is_topic_message else 0
    fresh = known or Subscription(message.chat.id, message.chat.type, message.chat.title or "")
    try:
        # Where it is asked for is where it goes.
        chosen = applied(wish, fresh.choose(thread=thread))
    except ChoiceError as error:
        await send_html(message, escape(str(error)))
        return
    changed = known is not None and known.active and bool(text)
    await made.subscribers.switch_on(chosen)
    told = _told(chosen, context)
    if changed:
        told = f"{wording.SUBSCRIPTION_CHANGED}{told.removeprefix(wording.SUBSCRIPTION_ON)}"
    await message.reply_text(told, parse_mode=ParseMode.HTML, reply_markup=_menu())


async def unsubscribe(update: Update, context: Context) -> None:
    """End a chat's subscription at once."""
    message = update.effective_message
    if message is None or not await _may(message, update, context):
        return
    await _stop(message, context)


async def pressed(query: CallbackQuery, press: Press, context: Context) -> None:
    """Change a subscription by button; in a group only its admins may."""
    message = query.message
    if not isinstance(message, Message):
        await query.answer(wording.STALE)
        return
    if refused := await _refusal(message, query.from_user.id, context):
        await query.answer(refused, show_alert=True)
        return
    subscribers = broadcasting(context).subscribers
    known = subscribers.find(message.chat.id)
    if known is None or not known.active:
        await query.answer(wording.STALE)
        return
    if press.answer == _STOP:
        await subscribers.switch_off(message.chat.id)
        await query.answer()
        await message.edit_text(texts.UNSUBSCRIBED_NOW)
        return
    field = press.value if press.answer == _MENU else press.answer
    if press.answer != _MENU:
        try:
            known = _changed(known, press)
        except (ChoiceError, ValueError, IndexError) as error:
            await query.answer(str(error) if isinstance(error, ChoiceError) else wording.STALE)
            return
        await subscribers.switch_on(known)
    await query.answer()
    with contextlib.suppress(BadRequest):  # pressed twice: it is shown already
        await message.edit_text(
            _told(known, context),
            parse_mode=ParseMode.HTML,
            reply_markup=_choices(known, field),
        )


def _changed(known: Subscription, press: Press) -> Subscription:
    value = press.value
    if press.answer == _HOUR:
        return known.choose(hour=int(value))
    if press.answer == _ZONE:
        return known.choose(zone=value)
    if press.answer == _TOPIC:
        stage = STAGES[int(value)]
        now = known.topics or STAGES
        topics = tuple(t for t in STAGES if (t in now) != (t == stage))
        if not topics:
            raise ChoiceError(wording.ONE_TOPIC)
        return known.choose(topics=() if topics == STAGES else topics)
    if press.answer == _LEAD:
        lead = int(value)
        left = set(known.leads) ^ {lead}
        return known.choose(leads=tuple(left))
    raise ValueError(press.answer)


async def _stop(message: Message, context: Context) -> None:
    done = await broadcasting(context).subscribers.switch_off(message.chat.id)
    await send_html(message, texts.UNSUBSCRIBED_NOW if done else texts.NOT_SUBSCRIBED)


async def _may(message: Message, update: Update, context: Context) -> bool:
    user = update.effective_user
    # An admin who writes anonymously writes in the name of the group itself.
    if message.sender_chat is not None and message.sender_chat.id == message.chat.id:
        return True
    refused = wording.GROUP_ADMINS_ONLY
    if user is not None:
        refused = await _refusal(message, user.id, context)
    if refused:
        await send_html(message, refused)
    return not refused


async def _refusal(message: Message, user: int, context: Context) -> str:
    """Ask the server, as of now, why somebody may not; empty if they may."""
    if message.chat.type == "private":
        return ""
    for _ in range(2):
        try:
            member = await context.bot.get_chat_member(message.chat.id, user)
        except BadRequest as error:
            left = any(part in str(error).lower() for part in _NO_MEMBER)
            return wording.GROUP_ADMINS_ONLY if left else wording.OUT_OF_REACH
        except TelegramError:
            continue
        return "" if member.status in _ADMINS else wording.GROUP_ADMINS_ONLY
    return wording.OUT_OF_REACH


def _told(subscription: Subscription, context: Context) -> str:
    s = subscription
    region = services(context).regions.get(s.region)
    name = region.name if region else ""
    return texts.subscribed(s.topics, s.hour, s.zone, s.leads, region=name)


def _menu() -> InlineKeyboardMarkup:
    names = ((_TOPIC, "Topik"), (_LEAD, "Waktu"), (_HOUR, "Jam"), (_ZONE, "Zona"))
    row = [_button(name, _MENU, field) for field, name in names]
    return InlineKeyboardMarkup([row, [_button("Hentikan langganan", _STOP, "1")]])


def _choices(s: Subscription, field: str) -> InlineKeyboardMarkup:
    """Return the buttons of one setting, with a way back."""
    if field == _HOUR:
        buttons = [_button(_mark(f"{h:02d}.00", h == s.hour), _HOUR, str(h)) for h in HOURS]
    elif field == _ZONE:
        buttons = [_button(_mark(zone, zone == s.zone), _ZONE, zone) for zone in ZONES]
    elif field == _TOPIC:
        buttons = [
            _button(_mark(stage.capitalize(), stage in (s.topics or STAGES)), _TOPIC, str(at))
            for at, stage in enumerate(STAGES)
        ]
    elif field == _LEAD:
        buttons = [
            _button(_mark(f"H-{n}" if n else "Hari H", n in s.leads), _LEAD, str(n))
            for n in sorted({*_CHOICES, *LEADS, *s.leads}, reverse=True)
        ]
    else:
        return _menu()
    wide = 2 if field == _TOPIC else 4
    rows = [buttons[at : at + wide] for at in range(0, len(buttons), wide)]
    return InlineKeyboardMarkup([*rows, [_button("‹ Kembali", _MENU, "b")]])


def _mark(text: str, chosen: bool) -> str:
    return f"✓ {text}" if chosen else text


def _button(text: str, field: str, value: str) -> InlineKeyboardButton:
    data = Press(Action.SUBSCRIPTION, field, value).encode()
    return InlineKeyboardButton(text, callback_data=data)
