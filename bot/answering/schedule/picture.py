"""What the picture of a year of the calendar shows."""

from collections.abc import Sequence
from datetime import date

from bot.answering.citing import cite
from bot.answering.schedule import wording
from bot.knowledge.deadline import Deadline
from bot.knowledge.locator import Ref
from bot.knowledge.model import Snapshot
from bot.regions.charts.calendar import Event, YearCalendar


def year_picture(
    snapshot: Snapshot, events: Sequence[Deadline], today: date
) -> YearCalendar | None:
    """Return the picture of the year that the first event belongs to; None without any date."""
    year = next((event.year for event in events if event.known), None)
    return None if year is None else of_year(snapshot, year, today)


def of_year(snapshot: Snapshot, year: int, today: date) -> YearCalendar | None:
    """Return the picture of an evaluation's year; None where no date of it is known."""
    inside = [event for event in snapshot.deadlines if event.year == year]
    known = [event for event in inside if event.known]
    if not known:
        return None
    sources = dict.fromkeys(event.source for event in known)
    names = [cite(snapshot, Ref.parse(source)).label for source in sources]
    return YearCalendar(
        title=wording.TITLE.format(year=year),
        year=year,
        events=tuple(_drawn(event) for event in inside),
        today=today if any(_near(event, today) for event in known) else None,
        source="; ".join(names),
    )


def _drawn(event: Deadline) -> Event:
    last = event.last_day or event.first_day
    first = event.first_day or _start_of(event)
    return Event(
        name=event.title,
        dates=wording.short_dates(event),
        first=first,
        last=last,
        official=event.official,
    )


def _start_of(event: Deadline) -> date | None:
    """Return where the mark of an event begins of which only the end is known."""
    last = event.last_day
    return last.replace(day=1) if last and event.precision == "bulan" else last


def _near(event: Deadline, today: date) -> bool:
    """Whether a day lies in a year that the picture of an event shows."""
    days = [d for d in (event.first_day, event.last_day) if d]
    return today.year == event.year or any(d.year == today.year for d in days)
