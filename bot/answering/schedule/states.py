"""Where an event stands at a moment, and how long it still is, in working days."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.answering.schedule import wording
from bot.knowledge import workdays
from bot.knowledge.deadline import Deadline

# What closed longer ago is simply over; nobody counts its working days.
_COUNTED = 100


class State(StrEnum):
    """Whether an event is over, going on or to come."""

    PAST = "past"
    OPEN = "open"
    AHEAD = "ahead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """Days between two dates, in working days and in calendar days."""

    working: int
    calendar: int

    def __str__(self) -> str:
        if self.calendar == self.working:
            return wording.WORKDAYS.format(count=self.working)
        return wording.WITH_DAYS.format(count=self.working, days=self.calendar)


def state_of(event: Deadline, now: datetime) -> State:
    """Return where an event stands; whole days are those of the zone of ``now``."""
    zone = now.tzinfo
    assert zone is not None  # noqa: S101 - the clock gives aware moments
    starts, ends = event.starts_at(zone), event.ends_at(zone)
    if ends is not None and ends <= now:
        return State.PAST
    if starts is not None:
        if starts > now:
            return State.AHEAD
        if ends is not None or event.exact:
            return State.OPEN
        return State.UNKNOWN
    # Only the end is known, and it is to come.
    return State.AHEAD if ends is not None else State.UNKNOWN


def span(start: date, end: date) -> Span:
    """Return the days after ``start`` up to ``end``."""
    return Span(workdays.between(start, end), (end - start).days)


def sentence(event: Deadline, now: datetime) -> str:
    """Say whether an event is over and how many working days are left; empty when not known.

    Where the source tells no more than weeks or months nothing is counted.
    """
    zone, today = now.tzinfo, now.date()
    state = state_of(event, now)
    if not event.exact or zone is None or state is State.UNKNOWN:
        return ""
    first, last = _day(event.opens, now), _day(event.closes, now)
    if state is State.AHEAD:
        if first == today and isinstance(event.opens, datetime):
            return wording.OPENS_TODAY.format(time=f"{event.opens.astimezone(zone):%H.%M}")
        if first is not None:
            return wording.TO_COME.format(left=span(today, first))
        return wording.TO_COME_DEADLINE.format(left=span(today, last)) if last else ""
    if last is None:
        return wording.BEGUN
    if state is State.PAST:
        if last == today:
            return wording.CLOSED_TODAY
        if (today - last).days > _COUNTED:
            return wording.LONG_CLOSED
        return wording.CLOSED.format(ago=span(last, today))
    if last == today:
        if isinstance(event.closes, datetime):
            return wording.LAST_HOURS.format(time=f"{event.closes.astimezone(zone):%H.%M}")
        return wording.LAST_DAY
    return wording.OPEN.format(left=span(today, last))


def _day(moment: date | datetime | None, now: datetime) -> date | None:
    """Return the day of a moment in the zone of ``now``."""
    return moment.astimezone(now.tzinfo).date() if isinstance(moment, datetime) else moment
