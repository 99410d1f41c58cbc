"""The limiter of the bot that answers: the library's, sharing one budget with broadcasts."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.ext import AIORateLimiter

from bot.broadcasts.pace import Pace

_FREE = ("sendChatAction", "getChat")
"""Calls with a chat that do not count as messages."""


class SharedLimiter(AIORateLimiter):
    """Lets answers take their places before broadcasts do, so that both keep Telegram's limit.

    Args:
        pace: The budget.
        max_retries: Tries after a 429, as in the library.
    """

    def __init__(self, pace: Pace, max_retries: int = 0) -> None:
        super().__init__(max_retries=max_retries)
        self._pace = pace

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Wait for a place, then do as the library does."""
        chat = data.get("chat_id")
        if not isinstance(chat, int) or endpoint.startswith(_FREE):
            return await super().process_request(
                callback, args, kwargs, endpoint, data, rate_limit_args
            )
        loop = asyncio.get_running_loop()

        async def placed(*given: Any, **named: Any) -> Any:
            # Here, not outside: each retry of the library is a message of its own. There is no
            # event to wait for, as a place becomes free by the passing of time.
            while (wait := self._pace.wait_overall(loop.time(), urgent=True)) > 0:  # noqa: ASYNC110
                await asyncio.sleep(wait)
            call = self._pace.start(chat, loop.time(), urgent=True)
            try:
                return await callback(*given, **named)
            finally:
                self._pace.end(call, loop.time())

        return await super().process_request(placed, args, kwargs, endpoint, data, rate_limit_args)
