"""The three groups that subscribe in tests of announcements and reminders."""

from bot.broadcasts.subscriptions import Subscription
from bot.telegram.broadcasting import Broadcasting

from tests.botapi import BotApi

PALOPO, PASER, PLAIN = -1001, -1002, -1003


async def subscribe(api: BotApi, made: Broadcasting) -> None:
    """Let a group of Palopo, one of Paser and one of no region subscribe."""
    for chat, region in ((PALOPO, "73.73"), (PASER, "64.01"), (PLAIN, "")):
        api.chats[chat] = {"id": chat, "type": "supergroup", "title": f"Grup {chat}"}
        wanted = Subscription(chat, "supergroup", f"Grup {chat}")
        region_ = (region, "kota") if region else None
        await made.subscribers.switch_on(wanted.choose(region=region_))


def texts(api: BotApi, chat: int) -> list[str]:
    """Return what a chat was sent, text or caption."""
    return [m.get("text", m.get("caption", "")) for m in api.messages[chat]]
