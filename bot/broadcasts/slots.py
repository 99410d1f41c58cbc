"""When reminders fall: working days counted back, the reader's hour, never at night."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.knowledge.deadline import Deadline

DAY_BEGINS = 7
"""Earliest hour at which the bot speaks unasked."""
NIGHT = 20
"""Hour from which it no longer does."""
MORNING = 9
"""Latest hour of the reminder on the last day, whatever hour was chosen."""
_ONE_DAY = timedelta(days=1)
_FAR = 400
"""Days after which a search for a working day gives up: a calendar of holidays only."""


class Workdays(Protocol):
    """Knows weekends and holidays; the module ``bot.knowledge.workdays`` does."""

    def undecreed(self, start: date, end: date) -> tuple[int, ...]:
        """Return the years from ``start`` to ``end`` whose days off are not decreed yet."""
        ...

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day."""
        ...


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment at which a reminder falls due.

    Attributes:
        lead: Counts the working days before the last day backwards; 0 on the last day.
        day: The day, in the zone of the reader.
        at: The moment.
    """

    lead: int
    day: date
    at: datetime


def ends_at(deadline: Deadline, zone: ZoneInfo) -> datetime | None:
    """Return the moment an event is over for a reader in ``zone``; None when not known."""
    return deadline.ends_at(zone)


def last_day(deadline: Deadline) -> date | None:
    """Return the last day on which one can still act, in the event's own zone.

    A closing at 00.00 leaves the day before as the last.
    """
    closes = deadline.closes
    if isinstance(closes, datetime):
        return (closes - timedelta(microseconds=1)).date()
    return closes


def workdays_left(today: date, last: date, workdays: Workdays) -> int:
    """Return how many working days lie after ``today`` up to ``last``, which counts.

    As ``bot.knowledge.workdays.between`` counts, so that the bot says one number everywhere.
    """
    span = range(1, (last - today).days + 1)
    return sum(workdays.is_workday(today + timedelta(days=n)) for n in span)


def workday_before(last: date, count: int, workdays: Workdays) -> date | None:
    """Return the ``count``-th working day before ``last``; None if a year has none.

    Where ``last`` is a working day this is ``bot.knowledge.workdays.before``: ``count`` working
    days are left after it. A closing on a Sunday has no working day of its own, so one fewer is
    left, and "one day before" is the Friday, the last day in the office, not the Thursday.
    """
    day = last
    for _ in range(_FAR):
        day -= _ONE_DAY
        count -= workdays.is_workday(day)
        if count == 0:
            return day
    return None


def slots(
    deadline: Deadline, leads: tuple[int, ...], hour: int, zone: ZoneInfo, workdays: Workdays
) -> list[Slot]:
    """Return the reminders of an event for readers of one hour and zone, earliest first.

    Args:
        deadline: The event; one without a closing has no reminders.
        leads: Which working days before the last day, counted back; 0 is that day's morning.
        hour: Hour of the day at which the readers want them.
        zone: The readers' zone.
        workdays: Weekends and holidays.
    """
    last, end = last_day(deadline), ends_at(deadline, zone)
    if last is None or end is None:
        return []
    found = []
    for lead in sorted(set(leads), reverse=True):
        day = workday_before(last, lead, workdays) if lead else last
        if day is None:
            continue
        at = datetime.combine(day, time(_hour_on(day, last, hour)), zone)
        if at >= end and lead == 0:
            at = datetime.combine(day, time(DAY_BEGINS), zone)
        if at < end:
            found.append(Slot(lead, day, at))
    return found


def opens_to_speak(
    now: datetime, hour: int, zone: ZoneInfo, last: date, workdays: Workdays
) -> datetime:
    """Return the first moment from ``now`` on at which something due may be said.

    That is on working days, and on the last day whatever day that is, from the chosen hour until
    night falls; the chosen hour never lies at night.
    """
    local = now.astimezone(zone)
    day = local.date()
    for _ in range(_FAR):
        if day == last or workdays.is_workday(day):
            begins = datetime.combine(day, time(_hour_on(day, last, hour)), zone)
            if local <= begins:
                return begins
            if local < datetime.combine(day, time(NIGHT), zone):
                return now
        day += _ONE_DAY
    return datetime.combine(day, time(hour), zone)


def by_day(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment from ``now`` on that is not at night, on whatever day."""
    local = now.astimezone(zone)
    if DAY_BEGINS <= local.hour < NIGHT:
        return now
    day = local.date() if local.hour < DAY_BEGINS else local.date() + _ONE_DAY
    return datetime.combine(day, time(DAY_BEGINS), zone)


def _hour_on(day: date, last: date, hour: int) -> int:
    return min(hour, MORNING) if day == last else hour
