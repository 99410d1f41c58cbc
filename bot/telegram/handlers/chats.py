"""Keeps track of the chats the bot is in."""

from telegram.constants import ChatMemberStatus

from bot.telegram.handlers.common import Context, services
from telegram import Update

_INSIDE = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED}


async def membership(update: Update, context: Context) -> None:
    """Note that the bot was added to a chat, or removed or blocked."""
    change = update.my_chat_member
    if change is None:
        return
    await services(context).store.save_chat(
        change.chat.id,
        {
            "type": change.chat.type,
            "title": change.chat.title or "",
            "active": change.new_chat_member.status in _INSIDE,
        },
    )


async def migrated(update: Update, context: Context) -> None:
    """Follow a group that became a supergroup."""
    message = update.effective_message
    if message is None:
        return
    if message.migrate_to_chat_id:
        await services(context).store.move_chat(message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await services(context).store.move_chat(message.migrate_from_chat_id, message.chat.id)
