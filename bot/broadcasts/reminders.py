"""Reminders and news of the calendar: what is due, whether it still is, and its text."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.broadcasts import wording
from bot.broadcasts.contract import Content, Drop, Hold, Judge, Send, Verdict
from bot.broadcasts.ledger import Ledger, Row
from bot.broadcasts.plan import Decisions, Late, Plan, Wait
from bot.broadcasts.planning import REPORT_WITHIN, Planner, last_told
from bot.broadcasts.slots import Workdays, ends_at, last_day, workdays_left
from bot.broadcasts.subscribers import Subscribers
from bot.broadcasts.subscriptions import Subscription
from bot.broadcasts.telling import Kind, Telling, closing_told
from bot.broadcasts.told import Entry, State, Told
from bot.broadcasts.zones import zone_info
from bot.knowledge.deadline import Deadline, Moment, day_of

_MANY = 2000
"""Chats from which planning moves off the event loop."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where reminders come from; each may be another thing at each call.

    Attributes:
        calendar: Events by id, of the present knowledge.
        decisions: What admins decided.
        workdays: Weekends and holidays.
    """

    calendar: Callable[[], Mapping[str, Deadline]]
    decisions: Callable[[], Decisions]
    workdays: Workdays


@dataclass(frozen=True, slots=True)
class _Without:
    """A view of what was told in which one row does not exist."""

    told: Told
    row: Row

    def events(self) -> Collection[str]:
        return self.told.events()

    def about(self, event: str) -> list[Telling]:
        return list(self.told.about(event))

    def find(self, telling: Telling, chats: Collection[int]) -> Entry | None:
        if telling == self.row.telling and self.row.chat in chats:
            return None
        return self.told.find(telling, chats)


class Reminders:
    """Plans reminders and writes them."""

    def __init__(self, sources: Sources, subscribers: Subscribers, ledger: Ledger) -> None:
        self._sources = sources
        self._subscribers = subscribers
        self._ledger = ledger
        self._texts: dict[tuple[object, ...], Content] = {}
        self._planner: Planner | None = None

    async def plan(self, now: datetime) -> Plan:
        """Return what is due now."""
        active = list(self._subscribers.active())
        told = await self._ledger.told()
        planner = self._at(now)
        if len(active) < _MANY:
            return planner.plan(active, told)
        return await asyncio.to_thread(planner.plan, active, told)

    async def judge(self) -> Judge:
        """Return who decides about rows of reminders at the moment of sending."""
        told = await self._ledger.told()
        return lambda row, moment: self._verdict(row, moment, told)

    def live(self, now: datetime) -> set[str]:
        """Return the events whose rows planning still asks about."""
        return {
            event.id
            for event in self._sources.calendar().values()
            if (last := day_of(event.closes)) is None or last >= (now - 2 * REPORT_WITHIN).date()
        }

    def title(self, event: str, told: Told | None = None) -> str:
        """Return the name of an event; as it was told last where it has left the calendar."""
        known = self._sources.calendar().get(event)
        if known is not None:
            return known.title
        titles = [telling.title for telling in (told.about(event) if told else ())]
        return next((title for title in reversed(titles) if title), event)

    def _verdict(self, row: Row, now: datetime, told: Told) -> Verdict:
        subscription = self._subscribers.find(row.chat)
        if subscription is None or not subscription.active:
            return Drop(State.WITHDRAWN, wording.UNSUBSCRIBED)
        planner = self._at(now)
        found = planner.consider(row.telling.event, subscription, _Without(told, row))
        if found == row.telling:
            return Send(self._content(row, subscription, told, now))
        if isinstance(found, Wait) and found.telling == row.telling:
            return Hold(found.until)
        if isinstance(found, Late) and found.telling == row.telling:
            return Drop(State.MISSED, wording.TOO_LATE)
        return Drop(State.WITHDRAWN, wording.OUTDATED)

    def _content(self, row: Row, to: Subscription, told: Told, now: datetime) -> Content:
        today = now.astimezone(zone_info(to.zone)).date()
        before: Moment | None = None
        if row.telling.kind is Kind.MOVED:
            last, _ = last_told(told.about(row.telling.event), _Without(told, row), to)
            if last is not None and last[0].kind is not Kind.CANCELLED:
                before = closing_told(last[0])
                before = None if before == closing_told(row.telling) else before
        deadline = self._sources.calendar().get(row.telling.event)
        end = ends_at(deadline, zone_info(to.zone)) if deadline else None
        past = end is not None and end <= now
        # The event itself is part of the key: an editor may mend its link at any time.
        key = (row.telling, to.zone, today, before, past, id(deadline))
        if key not in self._texts:
            if len(self._texts) > 500:
                self._texts.clear()
            text = self._write(row.telling, deadline, before, today, to.zone, past=past)
            self._texts[key] = Content(text)
        return self._texts[key]

    def _write(
        self,
        telling: Telling,
        deadline: Deadline | None,
        before: Moment | None,
        today: date,
        zone: str,
        *,
        past: bool,
    ) -> str:
        closing = closing_told(telling)
        if telling.kind is Kind.UNSET:
            return wording.unset(telling.title, closing, zone)
        if telling.kind is Kind.CANCELLED or deadline is None or deadline.closes is None:
            return wording.cancelled(telling.title, closing, zone)
        last = last_day(deadline) or today
        workdays = self._sources.workdays
        left = workdays_left(today, last, workdays)
        unsure = workdays.undecreed(today, last) if left else ()
        if telling.kind is Kind.MOVED:
            return wording.moved(
                deadline, before, deadline.closes, left, today, zone, unsure=unsure, past=past
            )
        return wording.reminder(deadline, deadline.closes, left, today, zone, unsure=unsure)

    def _at(self, now: datetime) -> Planner:
        """Return a planner of the present calendar; it is kept for the slots it has computed."""
        calendar, decisions = self._sources.calendar(), self._sources.decisions()
        known = self._planner
        if known is None or known.calendar is not calendar or known.decisions != decisions:
            known = self._planner = Planner(calendar, self._sources.workdays, decisions, now)
        known.now = now
        return known
