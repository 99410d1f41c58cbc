"""What is due where: a pure function of calendar, subscriptions, what was told, and the time.

Rules, for each event and chat:

- An event that is not exact, or an estimate that no admin has confirmed, says nothing.
- Of the reminders that fell due and were not told, only the most urgent is due; it covers the
  others. It is due as long as one can still act. Afterwards it is missed, and reported once.
- Once any reminder was told and the closing changes, the chat is told so, once a change, and that
  covers the reminders that fell due until then. The same for an event that is cancelled.
- What is due waits for the next moment at which the bot may speak.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
            tellings = told.about(event)
            for alike in groups:
                if not self._worth_a_look(event, alike[0], tellings, moments):
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
        if event in self.decisions.cancelled:
            return self._cancellation(deadline, event, last, changes, subscription, told)
        if deadline is None or not self._speaks_of(deadline) or not _meant(deadline, subscription):
            return None
        if last is not None and (
            last[0].version != version_of(deadline) or last[0].kind is Kind.CANCELLED
        ):
            moved = Telling(
                Kind.MOVED, event, version_of(deadline), change=changes, title=deadline.title
            )
            entry = told.find(moved, subscription.ids)
            if entry is None:
                return self._timely(deadline, moved, subscription)
            if entry.state.open or entry.state is State.MISSED:
                return None
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

    def _cancellation(
        self,
        deadline: Deadline | None,
        event: str,
        last: tuple[Telling, datetime] | None,
        changes: int,
        subscription: Subscription,
        told: Told,
    ) -> Telling | Wait | None:
        if last is None or last[0].kind is Kind.CANCELLED:
            return None
        closing = day_of(closing_told(last[0]))
        zone = zone_info(subscription.zone)
        if closing is None or self.now.astimezone(zone).date() > closing:
            return None  # nobody waits for it any more
        title = deadline.title if deadline else last[0].title
        telling = Telling(Kind.CANCELLED, event, last[0].version, change=changes, title=title)
        if told.find(telling, subscription.ids):
            return None
        speak = opens_to_speak(self.now, subscription.hour, zone, closing, self.workdays)
        return telling if speak <= self.now else Wait(telling, speak)

    # -- helpers ---------------------------------------------------------------------------------

    def _speaks_of(self, deadline: Deadline) -> bool:
        if deadline.closes is None or not deadline.exact:
            return False
        return deadline.official or (
            (deadline.id, version_of(deadline)) in self.decisions.estimates
        )

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
    ) -> bool:
        """Whether chats like this one may have something due, and note when they next will."""
        deadline = self.calendar.get(event)
        if event in self.decisions.cancelled or deadline is None:
            return bool(tellings)
        if not self._speaks_of(deadline) or not _meant(deadline, subscription):
            return False
        end = ends_at(deadline, zone_info(subscription.zone))
        if end is None or not end - _LOOK_AHEAD <= self.now < end + REPORT_WITHIN:
            if end is not None and self.now < end:
                moments.add(end - _LOOK_AHEAD)
            return bool(tellings) and end is not None and self.now < end
        fallen = False
        for slot in self._slots_of(deadline, subscription):
            fallen |= slot.at <= self.now
            moments.add(slot.at)
        moments.add(end)
        return fallen or bool(tellings)

    def _held(self, told: Told) -> Iterator[Held]:
        for deadline in self.calendar.values():
            if deadline.closes is None or deadline.id in self.decisions.cancelled:
                continue
            end = datetime.combine(day_of(deadline.closes) or date.max, time.max, self.now.tzinfo)
            if not end - _LOOK_AHEAD <= self.now < end or self._speaks_of(deadline):
                continue
            reason = "perkiraan" if deadline.exact else "tidak pasti"
            yield Held(deadline.id, version_of(deadline), reason)
        for event in set(told.events()) - self.calendar.keys() - self.decisions.cancelled:
            tellings = told.about(event)
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
    return deadline.audience.includes(
        subscription.region, subscription.region_kind, frozenset(subscription.tags)
    )


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
