"""What the picture of a calendar shows: the events of a year, as plain values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Event:
    """One event: a bar from its first to its last day.

    Attributes:
        dates: The dates in words, as exactly as they are known.
        first: None where no date is known; then there is no bar.
        official: Set by who holds the evaluation, not estimated.
    """

    name: str
    dates: str
    first: date | None
    last: date | None
    official: bool = True


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """The events of a year, months across.

    Attributes:
        today: The day that is marked; None for none.
    """

    title: str
    year: int
    events: tuple[Event, ...]
    today: date | None
    source: str
