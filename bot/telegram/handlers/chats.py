"""Keeps track of the chats the bot is in."""

from telegram.constants import ChatMemberStatus

from bot.telegram import reasons
from bot.telegram.handlers.common import Context, broadcasting, services
from telegram import ChatMemberRestricted, Update

_INSIDE = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED}


async def membership(update: Update, context: Context) -> None:
    """Note that the bot was added to a chat, or removed or blocked."""
    change = update.my_chat_member
    if change is None:
        return
    chat, member = change.chat, change.new_chat_member
    # A restricted member may have left.
    left = isinstance(member, ChatMemberRestricted) and not member.is_member
    inside = member.status in _INSIDE and not left
    await services(context).store.save_chat(
        chat.id, {"type": chat.type, "title": chat.title or "", "active": inside}
    )
    subscribers = broadcasting(context).subscribers
    if not inside:
        await subscribers.gone(
            chat.id, reasons.BLOCKED if chat.type == "private" else reasons.KICKED
        )
    elif chat.type in ("group", "supergroup"):
        await broadcasting(context).greetings.joined(chat.id, chat.type, chat.title or "")
    elif subscribers.find(chat.id) is not None:
        await subscribers.added(chat.id, chat.type)


async def migrated(update: Update, context: Context) -> None:
    """Follow a group that became a supergroup."""
    message = update.effective_message
    if message is None:
        return
    old, new = message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id:
        old, new = message.migrate_from_chat_id, message.chat.id
    if new:
        await services(context).store.move_chat(old, new)
        made = broadcasting(context)
        await made.greetings.moved(old, new)
        await made.subscribers.moved(old, new)
