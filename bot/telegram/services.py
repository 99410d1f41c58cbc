"""What handlers call: answers off the loop, conversations, the store."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from bot.answering.answer import Answer
from bot.answering.assistant import Assistant
from bot.answering.conversation import Conversations
from bot.regions.charts.worker import Painter
from bot.store.store import Store
from bot.telegram.callbacks import RecentAnswers

TYPING_AFTER = 0.3
"""Seconds after which the asker is shown that the bot is typing."""
_log = logging.getLogger(__name__)


@dataclass
class Services:
    """Everything handlers share; one instance an application."""

    assistant: Assistant
    conversations: Conversations
    store: Store
    recent: RecentAnswers = field(default_factory=RecentAnswers)
    painter: Painter = field(default_factory=Painter)
    _turns: dict[Hashable, tuple[asyncio.Lock, int]] = field(default_factory=dict)

    async def ask(
        self, text: str, key: Hashable, typing: Callable[[], Awaitable[object]] | None = None
    ) -> tuple[str, Answer]:
        """Answer a question within a conversation; return a fresh answer id with it.

        Args:
            text: The question.
            key: Whose conversation it belongs to.
            typing: Called once when the answer takes longer than 300 ms.
        """
        # One question at a time within a conversation, or a follow-up could overtake its topic.
        async with self._turn(key):
            return await self._ask(text, key, typing)

    async def close(self) -> None:
        """Write what waits to be written, and end the process that draws."""
        await self.store.close()
        await asyncio.to_thread(self.painter.close)

    async def _ask(
        self, text: str, key: Hashable, typing: Callable[[], Awaitable[object]] | None
    ) -> tuple[str, Answer]:
        topic = self.conversations.get(key)
        work = asyncio.create_task(asyncio.to_thread(self.assistant.timed, text, topic))
        if typing is not None:
            done, _ = await asyncio.wait({work}, timeout=TYPING_AFTER)
            if not done:
                await typing()
        answer, after, elapsed = await work
        self.conversations.set(key, after)
        answer_id = secrets.token_hex(4)
        self.recent.add(answer_id, answer)
        await self._keep(answer_id, text, answer, elapsed)
        return answer_id, answer

    async def open_levels(self, data: bytes, name: str, key: Hashable) -> tuple[str, Answer]:
        """Open a simulation from a file of levels; return a fresh answer id with what it earns.

        Raises:
            SheetError: The file is no such form; the message says the mend.
        """
        async with self._turn(key):
            told = await asyncio.to_thread(self.assistant.simulations.start_file, data, name)
            topic = self.conversations.get(key)
            offered = told.answer.suggestions
            self.conversations.set(key, replace(topic, scenario=told.scenario, offered=offered))
        answer_id = secrets.token_hex(4)
        self.recent.add(answer_id, told.answer)
        return answer_id, told.answer

    @asynccontextmanager
    async def _turn(self, key: Hashable) -> AsyncIterator[None]:
        lock, waiting = self._turns.get(key, (asyncio.Lock(), 0))
        self._turns[key] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            _, waiting = self._turns.pop(key)
            if waiting > 1:
                self._turns[key] = (lock, waiting - 1)

    async def _keep(self, answer_id: str, text: str, answer: Answer, elapsed: float) -> None:
        """Note the question; a full disk must not cost the asker the answer."""
        try:
            await self.store.save_question(
                {
                    "answer": answer_id,
                    "question": text[:1000],
                    "kind": answer.kind.value,
                    "confidence": round(answer.confidence, 3),
                    "cited": [f"{c.source}#{c.locator}" for c in answer.citations[:3]],
                    "ms": round(elapsed, 1),
                }
            )
        except OSError:
            _log.exception("question could not be kept")
