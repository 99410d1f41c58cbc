"""What handlers call: answers off the loop, conversations, the store."""

import asyncio
import functools
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ParamSpec, TypeVar

from bot.administration.editing.desk import EditingDesk
from bot.administration.queue.desk import QueueDesk
from bot.administration.roles import Roles
from bot.answering.answer import Answer
from bot.answering.assistant import Assistant
from bot.answering.conversation import Conversations
from bot.answering.prepared import prepare
from bot.clock import Clock
from bot.knowledge.model import Region
from bot.knowledge.snapshot import fingerprint
from bot.processes import Limits, call
from bot.regions.charts.worker import Painter
from bot.regions.sheets import read_sheet
from bot.store.store import Store
from bot.telegram.callbacks import RecentAnswers

_READ_SHEET = f"{read_sheet.__module__}:{read_sheet.__name__}"
_FILES_AT_ONCE = 2
# A form has 47 rows; whoever sends more gets no more time for it.
_FORM_LIMITS = Limits(seconds=20, cpu_seconds=10, memory=400_000_000)
TYPING_AFTER = 0.3
"""Seconds after which the asker is shown that the bot is typing."""
P = ParamSpec("P")
T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass
class Services:
    """Everything handlers share; one instance an application."""

    assistant: Assistant
    conversations: Conversations
    store: Store
    desk: EditingDesk
    queue: QueueDesk
    clock: Clock
    keep_days: int
    cache: Path | None = None
    recent: RecentAnswers = field(default_factory=RecentAnswers)
    painter: Painter = field(default_factory=Painter)
    _turns: dict[Hashable, tuple[asyncio.Lock, int]] = field(default_factory=dict)
    _served: tuple[int, int] | None = None
    _files: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_FILES_AT_ONCE, thread_name_prefix="files")
    )

    @property
    def roles(self) -> Roles:
        """Owners and admins; ask on a worker."""
        return self.desk.roles

    @property
    def regions(self) -> dict[str, Region]:
        """Regions and agencies by code, of the present knowledge."""
        return self.assistant.snapshot.regions

    async def refresh(self) -> int:
        """Answer from the last revision from now on; return its number.

        Questions in hand are finished by the assistant that they began with.

        Raises:
            KnowledgeError: The revision cannot be read; the assistant stays as it was.
        """
        async with self.turn("refresh"):
            return await asyncio.to_thread(self._refresh)

    def _refresh(self) -> int:
        base, year = self.desk.base, self.clock.today().year
        number = base.number
        if (number, year) != self._served:
            folder = base.served()
            first = self._served is None
            if not first or fingerprint(folder) != self.assistant.snapshot.revision:
                self.assistant = prepare(folder, year, self.cache).assistant.with_clock(self.clock)
            self._served = (number, year)
        return number

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
        async with self.turn(key):
            return await self._ask(text, key, typing)

    async def close(self) -> None:
        """Write what waits to be written, and end the process that draws."""
        await self.store.close()
        await asyncio.to_thread(self.desk.close)
        await asyncio.to_thread(self.painter.close)
        await asyncio.to_thread(self._files.shutdown)

    async def _ask(
        self, text: str, key: Hashable, typing: Callable[[], Awaitable[object]] | None
    ) -> tuple[str, Answer]:
        topic, assistant = self.conversations.get(key), self.assistant
        work = asyncio.create_task(asyncio.to_thread(assistant.timed, text, topic))
        if typing is not None:
            done, _ = await asyncio.wait({work}, timeout=TYPING_AFTER)
            if not done:
                await typing()
        answer, after, elapsed = await work
        self.conversations.set(key, after)
        answer_id = secrets.token_hex(4)
        self.recent.add(answer_id, answer, text)
        await self._keep(answer_id, text, answer, elapsed, assistant.snapshot.revision)
        return answer_id, answer

    async def slow(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what may take long, such as reading a file, apart from the threads of answers."""
        call_ = functools.partial(work, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._files, call_)

    async def open_levels(self, data: bytes, name: str, key: Hashable) -> tuple[str, Answer]:
        """Open a simulation from a file of levels; return a fresh answer id with what it earns.

        Raises:
            SpbeError: The file is no such form; the message says the mend.
        """
        # One file a person at a time, and each for a short while.
        async with self.turn(("file", key)):
            rows = await self.slow(call, _READ_SHEET, data, name, limits=_FORM_LIMITS)
        async with self.turn(key):
            told = await asyncio.to_thread(self.assistant.simulations.start_rows, rows)
            topic = self.conversations.get(key)
            offered = told.answer.suggestions
            self.conversations.set(key, replace(topic, scenario=told.scenario, offered=offered))
        answer_id = secrets.token_hex(4)
        self.recent.add(answer_id, told.answer)
        return answer_id, told.answer

    @asynccontextmanager
    async def turn(self, key: Hashable) -> AsyncIterator[None]:
        """Wait until nobody else works under a key, and keep others waiting meanwhile."""
        lock, waiting = self._turns.get(key, (asyncio.Lock(), 0))
        self._turns[key] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            _, waiting = self._turns.pop(key)
            if waiting > 1:
                self._turns[key] = (lock, waiting - 1)

    async def _keep(
        self, answer_id: str, text: str, answer: Answer, elapsed: float, revision: str
    ) -> None:
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
                    "rev": revision,
                }
            )
        except OSError:
            _log.exception("question could not be kept")
