"""What tests of broadcasts share: documents in memory, a server in memory, a small set-up."""

import asyncio
import random
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.broadcasts.announcements import Announcements
from bot.broadcasts.contract import Content
from bot.broadcasts.dispatcher import Dispatcher
from bot.broadcasts.errors import RetryLater
from bot.broadcasts.filed import FiledLedger
from bot.broadcasts.pace import Pace
from bot.broadcasts.plan import Decisions
from bot.broadcasts.reminders import Reminders, Sources
from bot.broadcasts.service import Broadcasts
from bot.broadcasts.subscribers import Subscribers
from bot.broadcasts.subscriptions import Subscription
from bot.clock import Clock
from bot.knowledge.deadline import Deadline

WITA = ZoneInfo("Asia/Makassar")
START = datetime(2026, 10, 1, 9, tzinfo=WITA)


class Memory:
    """Documents that do not outlive the test."""

    def __init__(self) -> None:
        self.kept: dict[int, dict[str, Any]] = {}
        self.writes = 0

    async def load(self) -> dict[int, dict[str, Any]]:
        return dict(self.kept)

    async def save(self, changed: Mapping[int, dict[str, Any] | None]) -> None:
        self.writes += 1
        await asyncio.sleep(0)
        for number, fields in changed.items():
            if fields is None:
                self.kept.pop(number, None)
            else:
                self.kept[number] = fields


class Holidays:
    """Weekends and given days."""

    def __init__(self, *days: date) -> None:
        self.days = frozenset(days)

    def is_workday(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.days

    def undecreed(self, start: date, end: date) -> tuple[int, ...]:
        return tuple(year for year in range(start.year, end.year + 1) if year > 2027)


@dataclass
class Server:
    """Takes messages in virtual time, counts them as Telegram does and fails as it is told.

    Attributes:
        latency: Least and most seconds to the server, and back again.
        faults: What a chat's next calls raise.
        enforce: Whether limits are enforced with a 429.
    """

    latency: tuple[float, float] = (0.02, 0.08)
    faults: dict[int, deque[Exception]] = field(default_factory=lambda: defaultdict(deque))
    enforce: bool = True
    limit: int = 30
    got: list[tuple[float, int, int, Content]] = field(default_factory=list)
    refused: int = 0
    rng: random.Random = field(default_factory=lambda: random.Random(1))
    _arrived: deque[float] = field(default_factory=deque)
    _last: dict[int, float] = field(default_factory=dict)

    async def send(self, chat: int, thread: int, content: Content) -> int:
        await asyncio.sleep(self.rng.uniform(*self.latency))
        now = asyncio.get_running_loop().time()
        if self.faults[chat]:
            raise self.faults[chat].popleft()
        while self._arrived and self._arrived[0] <= now - 1:
            self._arrived.popleft()
        if self.enforce and (
            len(self._arrived) >= self.limit or now - self._last.get(chat, -9.0) < 1
        ):
            self.refused += 1
            raise RetryLater(1)
        self._arrived.append(now)
        self._last[chat] = now
        self.got.append((now, chat, thread, content))
        await asyncio.sleep(self.rng.uniform(*self.latency))
        return len(self.got)

    def chats(self) -> Counter[int]:
        return Counter(chat for _, chat, _, _ in self.got)


@dataclass
class Parts:
    """Everything that sends, on a ledger that is not flushed."""

    ledger: FiledLedger
    subscribers: Subscribers
    server: Server
    dispatcher: Dispatcher
    pace: Pace


@dataclass
class Office:
    """All of broadcasts in virtual time, with what admins were told."""

    made: Broadcasts
    server: Server
    calendar: dict[str, Deadline]
    notices: list[str]
    decisions: list[Decisions]


def office(
    folder: Path,
    clock: Clock,
    server: Server,
    memory: tuple[Memory, Memory],
    *events: Deadline,
) -> Office:
    """Return broadcasts on a folder and documents that may have been used before."""
    ledger = FiledLedger(folder, durable=False)
    subscribers = Subscribers(memory[0], clock)
    notices: list[str] = []
    calendar = {event.id: event for event in events}
    decisions = [Decisions()]

    async def notify(text: str) -> None:
        notices.append(text)

    made = Broadcasts(
        subscribers,
        Announcements(memory[1], subscribers, ledger, clock),
        Reminders(
            Sources(lambda: calendar, lambda: decisions[0], Holidays()), subscribers, ledger
        ),
        ledger,
        Dispatcher(ledger, server, subscribers, Pace(), clock, random.Random(1)),
        clock,
        notify,
    )
    return Office(made, server, calendar, notices, decisions)


def parts(folder: Path, clock: Clock, server: Server | None = None) -> Parts:
    ledger = FiledLedger(folder, durable=False)
    subscribers = Subscribers(Memory(), clock)
    server = server or Server()
    pace = Pace()
    dispatcher = Dispatcher(ledger, server, subscribers, pace, clock, random.Random(1))
    return Parts(ledger, subscribers, server, dispatcher, pace)


def subscription(chat: int, **choices: Any) -> Subscription:
    defaults: dict[str, Any] = {
        "kind": "supergroup" if chat < 0 else "private",
        "wanted": True,
        "since": datetime(2020, 1, 1, tzinfo=WITA),
        "zone": "WITA",
    }
    return Subscription(chat, **(defaults | choices))
