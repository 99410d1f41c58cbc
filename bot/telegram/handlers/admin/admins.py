"""``/admin``: who may change the knowledge."""

import asyncio
import contextlib
import re

from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.administration.roles import NotAllowedError, Role
from bot.administration.wording import OWNERS_ONLY
from bot.errors import SpbeError
from bot.knowledge.model import Region
from bot.telegram import wording
from bot.telegram.handlers.admin.common import (
    for_admins,
    say,
)
from bot.telegram.handlers.common import Context, send_html, services
from bot.telegram.rendering import escape
from telegram import Bot, BotCommand, BotCommandScopeChat, Message, Update

_ADD = frozenset({"tambah", "angkat", "add"})
_REMOVE = frozenset({"hapus", "berhentikan", "copot", "remove"})
_CODE = re.compile(r"\d\d(?:\.\d\d)?")
_EVERYWHERE = "semua"
COMMANDS = ", ".join(f"/{name}" for name in wording.ADMIN_COMMANDS if name != "admin")


async def admin(update: Update, context: Context) -> None:
    """List the admins, appoint or dismiss one; others learn their own id."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    shared = services(context)
    if message.chat.type != "private":
        await say(message, [wording.PRIVATE_ONLY])
        return
    role = await asyncio.to_thread(shared.roles.of, user.id, user.full_name)
    if role is None:
        await send_html(message, wording.ADMIN_YOUR_ID.format(user=user.id))
    else:
        await _for_admins(update, context)


@for_admins
async def _for_admins(message: Message, role: Role, context: Context) -> None:
    shared = services(context)
    words = (message.text or "").split()[1:]
    if not role.owner and not words:
        regions = _regions(role, shared.assistant.snapshot.regions)
        await say(message, [wording.ADMIN_YOU.format(regions=regions, commands=COMMANDS)])
        return
    if not role.owner:
        raise NotAllowedError(OWNERS_ONLY)
    verb = words[0].lower() if words else ""
    subject, rest = _subject(message, words[1:])
    if verb in _ADD and subject:
        await _add(message, role, subject, rest, context)
    elif verb in _REMOVE and subject:
        gone = await asyncio.to_thread(shared.roles.dismiss, role, subject)
        await _menu(gone.user, context, admin=False)
        await say(message, [wording.ADMIN_REMOVED.format(name=gone.author)])
    else:
        await _list(message, context)


async def _list(message: Message, context: Context) -> None:
    shared = services(context)
    known = shared.assistant.snapshot.regions
    admins = await asyncio.to_thread(shared.roles.admins)
    lines = [
        f"• {escape(a.author + _regions(a, known))}, sejak {a.since:%d-%m-%Y}" for a in admins
    ]
    shown = lines or [wording.ADMIN_NONE]
    await message.reply_text(
        "\n".join([wording.ADMIN_LIST, *shown, "", escape(wording.ADMIN_USAGE)]),
        parse_mode=ParseMode.HTML,
    )


async def _add(
    message: Message, owner: Role, user: int, words: list[str], context: Context
) -> None:
    shared = services(context)
    known = shared.assistant.snapshot.regions
    codes = [word.strip(",;") for word in words if _CODE.fullmatch(word.strip(",;"))]
    everywhere = any(word.lower() == _EVERYWHERE for word in words)
    rest = [w for w in words if w.strip(",;") not in codes and w.lower() != _EVERYWHERE]
    # A slip in a code must not become part of a name, and a role without limits.
    slips = [word for word in rest if any(letter.isdigit() for letter in word)]
    named = shared.assistant.reader.read(" ".join(rest)).every_code if rest else ()
    if slips or bool(codes) == everywhere:
        where = ", ".join(f"{code} {known[code].name}" for code in named)
        hint = wording.ADMIN_DID_YOU_MEAN.format(places=where) if where else ""
        raise SpbeError(wording.ADMIN_WHERE + hint)
    name = " ".join(rest)[:60]
    role = await asyncio.to_thread(shared.roles.appoint, owner, user, name, codes, known)
    regions = _regions(role, known) or wording.ADMIN_EVERYWHERE
    await say(message, [wording.ADMIN_ADDED.format(name=role.author, regions=regions)])
    await _menu(user, context, admin=True)
    welcome = wording.ADMIN_WELCOME.format(regions=regions, commands=COMMANDS)
    with contextlib.suppress(TelegramError):  # who never wrote to the bot cannot be told
        await context.bot.send_message(user, welcome)


def _subject(message: Message, words: list[str]) -> tuple[int, list[str]]:
    """Return the user that a command is about: an id, or who wrote the message replied to."""
    if words and re.fullmatch(r"\d{3,15}", words[0]):
        return int(words[0]), words[1:]
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and not replied.from_user.is_bot:
        name = [] if any(not _CODE.fullmatch(w) for w in words) else [replied.from_user.full_name]
        return replied.from_user.id, words + name
    return 0, words


def _regions(role: Role, known: dict[str, Region]) -> str:
    names = ", ".join(known[code].name if code in known else code for code in role.regions)
    return wording.ADMIN_REGIONS.format(names=names) if names else ""


async def _menu(user: int, context: Context, *, admin: bool) -> None:
    """Show an admin the commands of admins in the menu of the private chat."""
    with contextlib.suppress(TelegramError):
        await set_menu(context.bot, user, admin=admin)


async def set_menu(bot: Bot, user: int, *, admin: bool) -> None:
    """Set or take away the commands of admins in a private chat.

    Raises:
        TelegramError: The chat is not known to the bot yet, or Telegram is out of reach.
    """
    scope = BotCommandScopeChat(user)
    if admin:
        names = wording.COMMANDS | wording.ADMIN_COMMANDS
        await bot.set_my_commands([BotCommand(n, t) for n, t in names.items()], scope=scope)
    else:
        await bot.delete_my_commands(scope=scope)
