"""Announcements of the bot's admins: drafted, shown, confirmed once, sent now or at a time."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum
from html import unescape
from typing import Any

from bot.broadcasts import wording
from bot.broadcasts.contract import Content, Drop, Hold, Send, Verdict
from bot.broadcasts.ledger import Ledger, Row, Run
from bot.broadcasts.slots import by_day
from bot.broadcasts.subscribers import Documents, Subscribers
from bot.broadcasts.subscriptions import ChoiceError, Subscription
from bot.broadcasts.telling import Kind, Telling
from bot.broadcasts.told import State
from bot.broadcasts.zones import zone_info
from bot.clock import Clock
from bot.knowledge.deadline import agency_kind

USEFUL = timedelta(hours=24)
"""How long after its time an announcement is still sent."""
_LATE_START = timedelta(minutes=15)
"""How long after its time one may start and still counts as on time."""
_LATE = timedelta(hours=2)
"""How long after its time one may still be under way and counts as on time: 100,000 chats take an
hour."""
TEXT_UNITS, CAPTION_UNITS = 4096, 1024
"""Telegram's limits, in UTF-16 units after parsing."""
PREFIX = "umum-"


class Stage(Enum):
    """Where an announcement stands; the values are stored."""

    DRAFT = "konsep"
    CONFIRMED = "disetujui"
    STARTED = "dimulai"
    CANCELLED = "dibatalkan"
    MISSED = "terlewat"


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom an announcement is for, among the chats that subscribe; empty fields leave none out.

    Attributes:
        regions: Codes of regions; a province takes in its kabupaten and kota.
        agencies: Kinds of agencies, of ``AGENCY_KINDS``.
        chats: Kinds of chats: private, group, supergroup, channel.
        topics: Stages that a chat must be told about.
    """

    regions: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    chats: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def include(self, s: Subscription) -> bool:
        """Whether a chat is meant."""
        if self.regions and not any(
            s.region == r or s.region.startswith(f"{r}.") for r in self.regions
        ):
            return False
        if self.agencies and (not s.region or agency_kind(s.region_kind) not in self.agencies):
            return False
        if self.chats and s.kind not in self.chats:
            return False
        return not (self.topics and s.topics) or not set(self.topics).isdisjoint(s.topics)


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement.

    Attributes:
        id: Its number.
        author: The admin who wrote it.
        content: What is sent.
        recipients: To whom.
        stage: Where it stands.
        at: When it is to be sent; None before it is confirmed.
        confirmed_by: The admin whose confirmation counted.
    """

    id: int
    author: int
    content: Content
    recipients: Recipients = field(default_factory=Recipients)
    stage: Stage = Stage.DRAFT
    at: datetime | None = None
    confirmed_by: int = 0

    @property
    def run(self) -> str:
        """Id of the run that sends it."""
        return f"{PREFIX}{self.id}"


class Announcements:
    """All announcements. A change is on disk when its method returns."""

    def __init__(
        self, documents: Documents, subscribers: Subscribers, ledger: Ledger, clock: Clock
    ) -> None:
        self._documents = documents
        self._subscribers = subscribers
        self._ledger = ledger
        self._clock = clock
        self._known: dict[int, Announcement] = {}

    async def load(self) -> None:
        """Read what is stored."""
        for fields in (await self._documents.load()).values():
            found = _from_fields(fields)
            self._known[found.id] = found

    def find(self, number: int) -> Announcement | None:
        """Return an announcement."""
        return self._known.get(number)

    def count(self, recipients: Recipients) -> int:
        """Return how many chats would get it now."""
        return sum(1 for _ in self._chats(recipients))

    async def draft(
        self, author: int, content: Content, recipients: Recipients | None = None
    ) -> Announcement:
        """Keep a new announcement.

        Raises:
            ChoiceError: It is empty or too long.
        """
        _check(content)
        number = max(self._known, default=0) + 1
        return await self._put(Announcement(number, author, content, recipients or Recipients()))

    async def address(self, number: int, recipients: Recipients) -> Announcement:
        """Change whom a draft is for."""
        known = self._known[number]
        if known.stage is not Stage.DRAFT:
            return known
        return await self._put(replace(known, recipients=recipients))

    async def confirm(self, number: int, by: int, at: datetime | None = None) -> bool:
        """Confirm a draft, to be sent now or at a time; of two admins at once the first counts.

        Returns:
            Whether this confirmation counted. Where not, the announcement says what did.
        """
        known = self._known.get(number)
        if known is None or known.stage is not Stage.DRAFT:
            return False
        # No other task runs between the look above and the change within _put.
        await self._put(
            replace(known, stage=Stage.CONFIRMED, at=at or self._clock.now(), confirmed_by=by)
        )
        return True

    async def withdraw(self, number: int) -> bool:
        """Take back what has not started; a run that has is cancelled at the ledger instead."""
        known = self._known.get(number)
        if known is None or known.stage not in (Stage.DRAFT, Stage.CONFIRMED):
            return False
        await self._put(replace(known, stage=Stage.CANCELLED))
        return True

    def next(self) -> datetime | None:
        """Return when the next one is to be sent."""
        confirmed = (a for a in self._known.values() if a.stage is Stage.CONFIRMED)
        return min((a.at for a in confirmed if a.at is not None), default=None)

    def missed(self, now: datetime) -> list[Announcement]:
        """Return what was to be sent so long ago that it is of no use any more."""
        return [known for known in self._due(now) if _over(known, now)]

    async def give_up(self, number: int) -> None:
        """Note that one that was missed is not sent any more."""
        await self._put(replace(self._known[number], stage=Stage.MISSED))

    async def start_due(self, now: datetime) -> None:
        """Plan the runs of what is to be sent by now, but for what was missed."""
        for known in self._due(now):
            if _over(known, now):
                continue
            telling = Telling(Kind.ANNOUNCEMENT, str(known.id))
            rows = [(telling, s.chat, s.thread) for s in self._chats(known.recipients)]
            title = f"Pengumuman {known.id}"
            # After a crash right here the run is known already, and only the stage is put right.
            await self._ledger.plan(Run(known.run, title, now, known.confirmed_by), rows)
            await self._put(replace(self._known[known.id], stage=Stage.STARTED))

    def judge(self, row: Row, now: datetime) -> Verdict:
        """Decide about a row at the moment of sending."""
        known = self._known.get(int(row.telling.event))
        subscription = self._subscribers.find(row.chat)
        if known is None or subscription is None or not subscription.active:
            return Drop(State.FAILED, wording.UNSUBSCRIBED)
        at = known.at or row.planned
        if now - at > USEFUL:
            return Drop(State.FAILED, wording.EXPIRED)
        if row.planned - at > _LATE_START or now - at > _LATE:
            # At its time somebody wanted it so; later nobody chose this hour.
            speak = by_day(now, zone_info(subscription.zone))
            if speak > now:
                return Hold(speak)
        return Send(known.content)

    def _due(self, now: datetime) -> list[Announcement]:
        return [
            known
            for known in self._known.values()
            if known.stage is Stage.CONFIRMED and known.at is not None and known.at <= now
        ]

    def _chats(self, recipients: Recipients) -> Iterator[Subscription]:
        return (s for s in self._subscribers.active() if recipients.include(s))

    async def _put(self, announcement: Announcement) -> Announcement:
        self._known[announcement.id] = announcement
        await self._documents.save({announcement.id: _to_fields(announcement)})
        return announcement


def _over(announcement: Announcement, now: datetime) -> bool:
    return announcement.at is not None and now - announcement.at > USEFUL


def _check(content: Content) -> None:
    limit = CAPTION_UNITS if content.document else TEXT_UNITS
    plain = unescape(re.sub(r"<[^>]*>", "", content.text))
    if not plain.strip() and not content.document:
        raise ChoiceError("Pengumumannya kosong. Tulis teksnya, atau kirim dokumen.")
    over = len(plain.encode("utf-16-le")) // 2 - (limit - wording.UNITS_OF_MARKS)
    if over > 0:
        raise ChoiceError(wording.TOO_LONG.format(over=over))


def _to_fields(announcement: Announcement) -> dict[str, Any]:
    fields = asdict(announcement)
    fields["stage"] = announcement.stage.value
    fields["at"] = announcement.at.isoformat() if announcement.at else None
    return fields


def _from_fields(fields: dict[str, Any]) -> Announcement:
    return Announcement(
        id=fields["id"],
        author=fields["author"],
        content=Content(**fields["content"]),
        recipients=Recipients(**{k: tuple(v) for k, v in fields["recipients"].items()}),
        stage=Stage(fields["stage"]),
        at=datetime.fromisoformat(fields["at"]) if fields["at"] else None,
        confirmed_by=fields["confirmed_by"],
    )
