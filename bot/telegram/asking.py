"""Asks admins about events that wait for them, until the question has reached somebody."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.broadcasts.decided import LOST, EventDecisions, mark_of
from bot.broadcasts.plan import Held
from bot.broadcasts.telling import version_of
from bot.clock import Clock
from bot.knowledge.deadline import Deadline
from bot.telegram.callbacks import Action, Press
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

_AGAIN = timedelta(minutes=1)
_log = logging.getLogger(__name__)

Tell = Callable[[str, InlineKeyboardMarkup | None], Awaitable[int]]
"""Tells the admins that may decide something, as HTML; returns how many it reached."""


class EventQuestions:
    """Questions about events; each is asked once, and again when its date is another.

    Args:
        decisions: What was decided, and asked.
        calendar: Returns the events by id.
        tell: Tells who may decide.
        clock: The time of day.
    """

    def __init__(
        self,
        decisions: EventDecisions,
        calendar: Callable[[], Mapping[str, Deadline]],
        tell: Tell,
        clock: Clock,
    ) -> None:
        self._decisions = decisions
        self._calendar = calendar
        self._tell = tell
        self._clock = clock
        self._waiting: dict[tuple[str, str], tuple[Held, str]] = {}
        self._next: datetime | None = None
        self._asking = asyncio.Lock()

    async def ask(self, held: Held, text: str) -> None:
        """Ask about an event, now or as soon as somebody can be reached."""
        self._waiting[held.event, held.reason] = (held, text)
        self._next = None
        await self.ask_waiting()

    async def ask_waiting(self) -> None:
        """Ask what could not be asked so far."""
        async with self._asking:
            now = self._clock.now()
            if self._next is not None and now < self._next:
                return
            self._next = None
            for key, (held, text) in list(self._waiting.items()):
                if self._still(held) and not await asyncio.to_thread(self._decisions.asked, held):
                    if not await self._tell(text, _buttons(held)):
                        _log.warning("nobody could be asked about %s", held.event)
                        self._next = now + _AGAIN
                        continue
                    await asyncio.to_thread(self._decisions.note_asked, held)
                self._waiting.pop(key, None)

    async def renew(self) -> None:
        """Look at a calendar that is new: what was lost may be back."""
        await asyncio.to_thread(self._decisions.came_back, self._calendar().keys())

    def _still(self, held: Held) -> bool:
        deadline = self._calendar().get(held.event)
        if held.reason == LOST:
            return deadline is None
        return deadline is not None and version_of(deadline) == held.version


def undo_button(event: str, mark: str) -> InlineKeyboardMarkup:
    """Return the button that takes back an approval, or with an empty mark a cancellation."""
    return _button("Batalkan keputusan", event, f"u{mark}")


def _buttons(held: Held) -> InlineKeyboardMarkup | None:
    if held.reason in ("perkiraan", "kembali"):
        return _button("Setujui tanggal ini", held.event, f"e{mark_of(held.version)}")
    if held.reason == LOST:
        return _button("Nyatakan dibatalkan", held.event, "c")
    return None


def _button(name: str, event: str, value: str) -> InlineKeyboardMarkup:
    data = Press(Action.EVENT, event, value).encode()
    return InlineKeyboardMarkup([[InlineKeyboardButton(name, callback_data=data)]])
