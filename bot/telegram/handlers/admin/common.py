"""What the admins' handlers share: the role at this moment, errors told, keyboards."""

import asyncio
import contextlib
import functools
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, cast

from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.administration.roles import Role
from bot.errors import SpbeError
from bot.telegram import wording
from bot.telegram.callbacks import Action, Press
from bot.telegram.handlers.common import Context, services
from bot.telegram.keeper import KEEPER, Keeper
from bot.telegram.limits import ALERT_CHARS
from bot.telegram.rendering import body_line, split
from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
    User,
)

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
AdminHandler = Callable[[Message, Role, Context], Coroutine[Any, Any, None]]
Pressed = Callable[[CallbackQuery, Press, Context], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Pushed:
    """A button that an admin pressed.

    Attributes:
        query: To be acknowledged, whatever comes of it.
        message: Where the button stands.
        role: Of who pressed it, as of now.
        subject: Id of what it is about.
        verb: What it does, a letter.
        rest: What it chooses; may be empty.
    """

    query: CallbackQuery
    message: Message
    role: Role
    subject: str
    verb: str
    rest: str


AdminPressed = Callable[[Pushed, Context], Coroutine[Any, Any, None]]


def keeper(context: Context) -> Keeper:
    """Return what keeps the running application up to date."""
    return cast(Keeper, context.bot_data[KEEPER])


async def role_of(user: User, context: Context, *, owner: bool = False) -> Role:
    """Return the role of a user who must have one, as of now.

    Raises:
        NotAllowedError: The user has none, or is no owner where one is needed.
    """
    roles = services(context).roles
    return await asyncio.to_thread(roles.need, user.id, user.full_name, owner=owner)


def for_admins(handler: AdminHandler) -> Handler:
    """Let only admins, as of now, use a command; tell the sender what went wrong."""

    @functools.wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        message, user = update.effective_message, update.effective_user
        if message is None or user is None:
            return
        if message.chat.type != "private":
            # What admins see is for admins alone.
            await say(message, [wording.PRIVATE_ONLY])
            return
        try:
            await handler(message, await role_of(user, context), context)
        except SpbeError as error:
            await say(message, str(error).splitlines())

    return guarded


def buttons_for_admins(handler: AdminPressed) -> Pressed:
    """Let only admins, as of now, press buttons; tell who pressed what went wrong."""

    @functools.wraps(handler)
    async def guarded(query: CallbackQuery, press: Press, context: Context) -> None:
        if not isinstance(query.message, Message):
            await query.answer(wording.STALE)
            return
        verb, rest = press.value[0], press.value[1:]
        try:
            role = await role_of(query.from_user, context)
            pushed = Pushed(query, query.message, role, press.answer, verb, rest)
            await handler(pushed, context)
        except SpbeError as error:
            await _alert(query, str(error))

    return guarded


async def disarm(message: Message) -> None:
    """Take the buttons off a message; it may be gone, or have none any more."""
    with contextlib.suppress(BadRequest):
        await message.edit_reply_markup(None)


async def _alert(query: CallbackQuery, text: str) -> None:
    """Show an alert; as a message what is too long for one, or comes too late."""
    if len(text) <= ALERT_CHARS:
        try:
            await query.answer(text, show_alert=True)
        except BadRequest:
            pass
        else:
            return
    else:
        with contextlib.suppress(BadRequest):
            await query.answer()
    if isinstance(query.message, Message):
        await say(query.message, text.splitlines())


async def say(
    message: Message, lines: Sequence[str], markup: InlineKeyboardMarkup | None = None
) -> Message:
    """Answer with plain lines, in as many messages as they need; buttons stand under the last.

    Returns:
        The last message.
    """
    parts = split([body_line(line) for line in lines]) or ["…"]
    for part in parts[:-1]:
        await message.reply_text(part, parse_mode=ParseMode.HTML)
    return await message.reply_text(parts[-1], parse_mode=ParseMode.HTML, reply_markup=markup)


def button(text: str, action: Action, subject: str, value: str) -> InlineKeyboardButton:
    """Return a button."""
    return InlineKeyboardButton(text, callback_data=Press(action, subject, value).encode())


def rows(buttons: Sequence[InlineKeyboardButton], wide: int) -> list[list[InlineKeyboardButton]]:
    """Lay buttons out, ``wide`` to a row."""
    return [list(buttons[at : at + wide]) for at in range(0, len(buttons), wide)]
