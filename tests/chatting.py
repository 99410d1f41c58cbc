"""What tests of conversations wait for: a message that says something, what a press came to."""

from typing import Any

from tests.botapi import BotApi


async def said(api: BotApi, text: str, chat: int = 7) -> dict[str, Any]:
    """Wait for a message, or a caption, that holds a text; return the last one."""
    found: dict[str, Any] = await api.until(
        lambda: next((m for m in reversed(api.messages[chat]) if text in words(m)), None)
    )
    return found


def words(message: dict[str, Any]) -> str:
    """Return the text or caption of a message."""
    return str(message.get("text", message.get("caption", "")))


async def alerted(api: BotApi, query: str) -> str:
    """Wait for the acknowledgement of a press; return its text."""
    return str((await api.call("answerCallbackQuery", callback_query_id=query)).params["text"])
