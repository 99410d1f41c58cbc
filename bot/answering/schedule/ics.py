"""Writes events of the calendar as iCalendar (RFC 5545), which phones import or subscribe to."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.answering.citing import cite
from bot.answering.schedule import wording
from bot.knowledge.deadline import Deadline, Moment
from bot.knowledge.locator import Ref
from bot.knowledge.model import Snapshot

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_PRODUCT = "-//spbe-bot//jadwal//ID"
_REFRESH = timedelta(days=1)
# Whole days end at midnight after the last: this is nine in the morning of the day before it.
_ALARM_ALL_DAY = timedelta(days=-2, hours=9)
_ALARM_TIMED = timedelta(days=-1)


def to_ics(snapshot: Snapshot, events: Iterable[Deadline], stamp: datetime) -> bytes:
    """Return a calendar of the events whose dates are known.

    A UID is the id of its event, and SEQUENCE its revision, so that a phone moves an event instead
    of showing it twice. Times are in UTC, which every phone shows in its own zone. Estimates are
    tentative and carry no alarm.

    Args:
        snapshot: Tells the sources.
        events: The events.
        stamp: When the calendar is written.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", wording.CALENDAR_NAME)
    calendar.add("x-wr-calname", wording.CALENDAR_NAME)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT24H")
    for event in events:
        if event.known:
            calendar.add_component(_event(snapshot, event, stamp.astimezone(UTC)))
    content: bytes = calendar.to_ical()
    return content


def _event(snapshot: Snapshot, event: Deadline, stamp: datetime) -> "Event":
    from icalendar import Event

    start, end = _ends(event)
    fixed = event.official and event.exact
    item = Event()
    item.add("uid", f"{event.id}@spbe-bot")
    item.add("dtstamp", stamp)
    item.add("sequence", event.revision)
    item.add("dtstart", start)
    if end is not None:
        item.add("dtend", end)
    item.add("summary", wording.calendar_title(event))
    source = cite(snapshot, Ref.parse(event.source)).label
    item.add("description", wording.calendar_note(event, source))
    item.add("categories", [wording.stage(event.stage)])
    if event.link:
        item.add("url", event.link)
    item.add("status", "CONFIRMED" if fixed else "TENTATIVE")
    # It fills weeks, and nobody is busy for that.
    item.add("transp", "TRANSPARENT")
    if fixed and _over(event) > stamp:
        item.add_component(_alarm(event))
    return item


def _over(event: Deadline) -> datetime:
    """Return when an event is over; long ago where that is not known."""
    return event.ends_at(UTC) or datetime.min.replace(tzinfo=UTC)


def _ends(event: Deadline) -> tuple[Moment, Moment | None]:
    """Return start and end as iCalendar has them: the end of whole days is the day after.

    Where only the closing is known the event is that day or moment; a moment has no end. A day on
    one side and a time on the other, which iCalendar does not allow, become moments.
    """
    opens, closes = event.opens, event.closes
    first, last = opens or closes, closes or opens
    assert first is not None  # noqa: S101 - only known events are written
    assert last is not None  # noqa: S101
    if not isinstance(first, datetime) and not isinstance(last, datetime):
        return first, last + timedelta(days=1)
    zone = next(m.tzinfo for m in (first, last) if isinstance(m, datetime))
    assert zone is not None  # noqa: S101 - the reader gives aware moments
    start = event.starts_at(zone) or event.ends_at(zone)
    end = event.ends_at(zone) or start
    assert start is not None  # noqa: S101
    assert end is not None  # noqa: S101
    return start.astimezone(UTC), end.astimezone(UTC) if end > start else None


def _alarm(event: Deadline) -> "Alarm":
    from icalendar import Alarm

    whole_day = not isinstance(event.closes, datetime) and not isinstance(event.opens, datetime)
    # An event of one moment has no end that an alarm could hang on.
    related = "END" if whole_day or (event.opens and event.opens != event.closes) else "START"
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", wording.calendar_title(event))
    alarm.add(
        "trigger",
        _ALARM_ALL_DAY if whole_day else _ALARM_TIMED,
        parameters={"RELATED": related},
    )
    return alarm


def file_name(events: Iterable[Deadline]) -> str:
    """Return a name for a file of these events: ``jadwal-spbe-2026.ics``."""
    years = sorted({event.year for event in events})
    span = "-".join(map(str, dict.fromkeys((years[0], years[-1])))) if years else "kosong"
    return f"jadwal-spbe-{span}.ics"
