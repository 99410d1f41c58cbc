"""What is due where: a pure function of calendar, subscriptions, what was told, and the time.

Rules, for each event and chat:

- An event that is not exact, or an estimate that no admin has confirmed, says nothing.
- Of the reminders that fell due and were not told, only the most urgent is due; it covers the
  others. It is due as long as one can still act. Afterwards it is missed, and reported once.
- Once any reminder was told and the closing changes, the chat is told so, once a change, and that
  covers the reminders that fell due until then. It is told of a day that is past by now as long as
  it still waits for the old one. The same for an event that is cancelled or has no exact day left.
- A cancelled event that is in the calendar is silent until an admin has said otherwise.
- What is due waits for the next moment at which the bot may speak.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.broadcasts.plan import Decisions, Due, Held, Late, Plan, Wait
from bot.broadcasts.slots import (
    DAY_BEGINS,
    Slot,
    Workdays,
    ends_at,
    last_day,
    opens_to_speak,
    slots,
)
from bot.broadcasts.subscriptions import MAX_LEAD, Subscription
from bot.broadcasts.telling import Kind, Telling, closing_told, version_of
from bot.broadcasts.told import State, Told
from bot.broadcasts.zones import zone_info
from bot.knowledge.deadline import Deadline, day_of

REPORT_WITHIN = timedelta(days=7)
"""How long after a closing a missed reminder is still reported to the admins."""
_LOOK_AHEAD = timedelta(days=2 * MAX_LEAD + 30)
"""Events further away than any lead time reaches are not looked at."""
_ENDS = (Kind.CANCELLED, Kind.UNSET)
"""Messages after which no closing is expected."""


@dataclass
class Planner:
    """The calendar with its rules, at one moment.

    Attributes:
        calendar: Events by id.
        workdays: Weekends and holidays.
        decisions: What admins decided.
        now: The present moment.
    """

    calendar: Mapping[str, Deadline]
    workdays: Workdays
    decisions: Decisions
    now: datetime
    _slots: dict[tuple[object, ...], list[Slot]] = field(default_factory=dict)

    def plan(self, subscriptions: Iterable[Subscription], told: Told) -> Plan:
        """Return what is due now for all subscriptions."""
        due, missed = [], []
        moments: set[datetime] = set()
        groups = _alike(s for s in subscriptions if s.active)
        for event in sorted({*self.calendar, *told.events()}):
            tellings, cancelled = told.about(event), self._cancelled(event, told)
            for alike in groups:
                if not self._worth_a_look(event, alike[0], tellings, moments, cancelled=cancelled):
                    continue
                for subscription in alike:
                    found = self.consider(event, subscription, told)
                    if isinstance(found, Telling):
                        due.append(Due(found, subscription.chat, subscription.thread))
                    elif isinstance(found, Late):
                        missed.append(Due(found.telling, subscription.chat, subscription.thread))
                    elif isinstance(found, Wait):
                        moments.add(found.until)
        ahead = [m for m in moments if m > self.now]
        return Plan(tuple(due), tuple(missed), tuple(self._held(told)), min(ahead, default=None))

    def consider(
        self, event: str, subscription: Subscription, told: Told
    ) -> Telling | Wait | Late | None:
        """Return what one chat is to be told about one event now."""
        deadline = self.calendar.get(event)
        last, changes = last_told(told.about(event), told, subscription)
        if self._cancelled(event, told):
            title = deadline.title if deadline else ""
            return self._end(Kind.CANCELLED, title, last, changes, subscription, told)
        if deadline is None or not _meant(deadline, subscription):
            return None
        if not deadline.exact or deadline.closes is None:
            return self._end(Kind.UNSET, deadline.title, last, changes, subscription, told)
        if not self._speaks_of(deadline):
            return None
        if last is not None and (last[0].version != version_of(deadline) or last[0].kind in _ENDS):
            moved = Telling(
                Kind.MOVED, event, version_of(deadline), change=changes, title=deadline.title
            )
            entry = told.find(moved, subscription.ids)
            if entry is None:
                return self._change(deadline, moved, last[0], subscription)
            if entry.state.open or entry.state is State.MISSED:
                return None
            if entry.planned >= (ends_at(deadline, zone_info(subscription.zone)) or self.now):
                return None  # nothing can follow
            # It could not be sent. The reminders that follow tell the new closing as well.
        return self._reminder(deadline, last, changes, subscription, told)

    # -- kinds of messages -----------------------------------------------------------------------

    def _reminder(
        self,
        deadline: Deadline,
        last: tuple[Telling, datetime] | None,
        changes: int,
        subscription: Subscription,
        told: Told,
    ) -> Telling | Wait | Late | None:
        zone = zone_info(subscription.zone)
        since = subscription.since.astimezone(zone).date() if subscription.since else date.min
        after = last[1] if last is not None and last[0].kind is Kind.MOVED else None
        fallen = [
            slot
            for slot in self._slots_of(deadline, subscription)
            if slot.at <= self.now and slot.day >= since and (after is None or slot.at > after)
        ]
        if not fallen:
            return None
        lead = fallen[-1].lead
        version = version_of(deadline)
        for earlier in told.about(deadline.id):
            if (
                earlier.kind is Kind.REMINDER
                and (earlier.version, earlier.change) == (version, changes)
                and earlier.lead <= lead
                and told.find(earlier, subscription.ids)
            ):
                return None
        reminder = Telling(
            Kind.REMINDER, deadline.id, version, lead, changes, title=deadline.title
        )
        return self._timely(deadline, reminder, subscription)

    def _timely(
        self, deadline: Deadline, telling: Telling, subscription: Subscription
    ) -> Telling | Wait | Late | None:
        """Return a message now, the moment for it, or that it is too late."""
        zone = zone_info(subscription.zone)
        end, last = ends_at(deadline, zone), last_day(deadline)
        if end is None or last is None:
            return None
        if self.now >= end:
            return Late(telling) if self.now < end + REPORT_WITHIN else None
        speak = opens_to_speak(self.now, subscription.hour, zone, last, self.workdays)
        if speak >= end:
            # The hour lies behind the closing: what can still be acted on is said by day.
            speak = opens_to_speak(self.now, DAY_BEGINS, zone, last, self.workdays)
        return telling if speak <= self.now else Wait(telling, min(speak, end))

    def _change(
        self, deadline: Deadline, moved: Telling, before: Telling, subscription: Subscription
    ) -> Telling | Wait | Late | None:
        """Return the news of another closing, which may be past already."""
        end = ends_at(deadline, zone_info(subscription.zone))
        if end is None or self.now < end:
            return self._timely(deadline, moved, subscription)
        if before.kind in _ENDS:
            # Nobody expects it, but nobody was told of the new closing in time either.
            return Late(moved) if self.now < end + REPORT_WITHIN else None
        if (found := self._awaited(moved, before, subscription)) is not None:
            return found
        waited = _end_of(before, subscription)
        return Late(moved) if self.now < max(end, waited or end) + REPORT_WITHIN else None

    def _end(
        self,
        kind: Kind,
        title: str,
        last: tuple[Telling, datetime] | None,
        changes: int,
        subscription: Subscription,
        told: Told,
    ) -> Telling | Wait | None:
        """Return that what was told no longer holds, where nothing else does."""
        # A day that is no longer certain may still be cancelled, but not the other way round.
        if last is None or last[0].kind in (kind, Kind.CANCELLED):
            return None
        title = title or last[0].title
        telling = Telling(kind, last[0].event, last[0].version, change=changes, title=title)
        if told.find(telling, subscription.ids):
            return None
        return self._awaited(telling, last[0], subscription)

    def _awaited(
        self, telling: Telling, before: Telling, subscription: Subscription
    ) -> Telling | Wait | None:
        """Return a message while the closing that was told before is still to come."""
        closing, end = day_of(closing_told(before)), _end_of(before, subscription)
        if closing is None or end is None or self.now >= end:
            return None  # nobody waits for it any more
        zone = zone_info(subscription.zone)
        speak = opens_to_speak(self.now, subscription.hour, zone, closing, self.workdays)
        return telling if speak <= self.now else Wait(telling, min(speak, end))

    # -- helpers ---------------------------------------------------------------------------------

    def _speaks_of(self, deadline: Deadline) -> bool:
        if deadline.closes is None or not deadline.exact:
            return False
        return deadline.official or (
            (deadline.id, version_of(deadline)) in self.decisions.estimates
        )

    def _cancelled(self, event: str, told: Told) -> bool:
        versions = self.decisions.cancellations(event)
        if versions is None:
            return False
        tellings = told.about(event)
        deadline = self.calendar.get(event)
        if deadline is None:
            return not versions or not tellings or tellings[-1].version in versions
        if not versions:
            # About whatever had been told then: the last thing before the cancellation was.
            ended = {t.version for t in tellings if t.kind is Kind.CANCELLED}
            versions = ended or {t.version for t in tellings[-1:]}
        version = version_of(deadline)
        approved = (event, version) in self.decisions.estimates
        return not (approved and versions and version not in versions)

    def _slots_of(self, deadline: Deadline, subscription: Subscription) -> list[Slot]:
        # The closing, not the id: an event may be edited while this planner is kept.
        key = (deadline.closes, subscription.hour, subscription.zone, subscription.leads)
        if key not in self._slots:
            self._slots[key] = slots(
                deadline,
                subscription.leads,
                subscription.hour,
                zone_info(subscription.zone),
                self.workdays,
            )
        return self._slots[key]

    def _worth_a_look(
        self,
        event: str,
        subscription: Subscription,
        tellings: Sequence[Telling],
        moments: set[datetime],
        *,
        cancelled: bool,
    ) -> bool:
        """Whether chats like this one may have something due, and note when they next will."""
        deadline = self.calendar.get(event)
        if deadline is None or cancelled:
            return bool(tellings)
        if not _meant(deadline, subscription):
            return False
        if not self._speaks_of(deadline):
            return bool(tellings)
        end = ends_at(deadline, zone_info(subscription.zone))
        if end is None or not end - _LOOK_AHEAD <= self.now < end + REPORT_WITHIN:
            if end is not None and self.now < end:
                moments.add(end - _LOOK_AHEAD)
            lately = (self.now - REPORT_WITHIN).date()
            return end is not None and any(
                # Moved into the past, while some still wait for the day they were told.
                self.now < end or (day_of(closing_told(t)) or date.min) >= lately
                for t in tellings
            )
        fallen = False
        for slot in self._slots_of(deadline, subscription):
            fallen |= slot.at <= self.now
            moments.add(slot.at)
        moments.add(end)
        return fallen or bool(tellings)

    def _held(self, told: Told) -> Iterator[Held]:
        for deadline in self.calendar.values():
            if deadline.closes is None:
                continue
            end = datetime.combine(day_of(deadline.closes) or date.max, time.max, self.now.tzinfo)
            if not end - _LOOK_AHEAD <= self.now < end:
                continue
            version = version_of(deadline)
            if self._cancelled(deadline.id, told):
                if deadline.exact:
                    yield Held(deadline.id, version, "kembali")
            elif not self._speaks_of(deadline):
                yield Held(deadline.id, version, "perkiraan" if deadline.exact else "tidak pasti")
        for event in set(told.events()) - self.calendar.keys():
            tellings = told.about(event)
            if self._cancelled(event, told):
                continue
            closing = day_of(closing_told(tellings[-1])) if tellings else None
            if closing is not None and closing >= self.now.date():
                yield Held(event, tellings[-1].version, "hilang")


def _alike(subscriptions: Iterable[Subscription]) -> Collection[list[Subscription]]:
    """Group chats for which everything falls due at the same moments."""
    groups: dict[object, list[Subscription]] = {}
    for s in subscriptions:
        key = (s.topics, s.region, s.region_kind, s.tags, s.hour, s.zone, s.leads)
        groups.setdefault(key, []).append(s)
    return groups.values()


def _meant(deadline: Deadline, subscription: Subscription) -> bool:
    if subscription.topics and deadline.stage not in subscription.topics:
        return False
    audience, tags = deadline.audience, frozenset(subscription.tags)
    if not subscription.region:
        # Of no region one cannot say what kind it is: what is for a kind is told, lest anybody
        # misses it. What is for named regions is not; the subscription says so.
        audience = replace(audience, kinds=())
    return audience.includes(subscription.region, subscription.region_kind, tags)


def _end_of(telling: Telling, subscription: Subscription) -> datetime | None:
    """Return when the day of the closing that was told is over for its reader."""
    closing = day_of(closing_told(telling))
    if closing is None:
        return None
    return datetime.combine(closing + timedelta(days=1), time.min, zone_info(subscription.zone))


def last_told(
    tellings: Sequence[Telling], told: Told, subscription: Subscription
) -> tuple[tuple[Telling, datetime] | None, int]:
    """Return the last message told about an event and when, and how many changes were told."""
    last: tuple[Telling, datetime] | None = None
    changes = 0
    for telling in tellings:
        entry = told.find(telling, subscription.ids)
        if entry is None or not entry.state.told:
            continue
        if telling.kind is not Kind.REMINDER:
            changes += 1
        if last is None or entry.planned >= last[1]:
            last = (telling, entry.planned)
    return last, changes
