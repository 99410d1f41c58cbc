"""What a picture shows, as plain values; equal values give the same picture."""

from dataclasses import dataclass

from bot.regions.charts.calendar import YearCalendar

Bands = tuple[tuple[str, float], ...]
"""Predikat and least index, highest first."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one year; ``official`` if an official report printed it."""

    year: int
    value: float
    official: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one agency, oldest first."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Figures over the years, over the bands of predikat.

    Attributes:
        breaks: Years at which the instrument changed; no line is drawn through one.
    """

    title: str
    lines: tuple[Line, ...]
    breaks: tuple[int, ...]
    bands: Bands
    source: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a comparison; ``note`` stands beside it, such as its predikat."""

    name: str
    value: float
    note: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Figures side by side, the highest first."""

    title: str
    bars: tuple[Bar, ...]
    bands: Bands
    source: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The parts (domains) of one or two agencies.

    Attributes:
        parts: Names of the parts.
        sides: Name of each agency with a figure a part; None where none was published.
    """

    title: str
    parts: tuple[str, ...]
    sides: tuple[tuple[str, tuple[float | None, ...]], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One page about an agency: history, domains, facts.

    Attributes:
        facts: Short sentences, such as the place in the province.
    """

    title: str
    trend: Trend
    profile: Profile | None
    facts: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ActivityDay:
    """Questions of one day; ``label`` stands below its bar."""

    label: str
    answered: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Activity:
    """How the bot was used: questions a day, the oldest first, and topics, the most asked first.

    Attributes:
        topics: Name and number of questions of each.
    """

    title: str
    days: tuple[ActivityDay, ...]
    topics: tuple[tuple[str, int], ...]
    source: str


Chart = Trend | Bars | Profile | Brief | Activity | YearCalendar
