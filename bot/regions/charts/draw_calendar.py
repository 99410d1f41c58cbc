"""Draws the events of a year: a line of text and a bar an event, months across."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from bot.regions.charts.calendar import Event, YearCalendar
from bot.regions.charts.style import (
    COLOURS,
    GRID,
    HALO,
    INK,
    PALE,
    ROW,
    SMALL,
    WIDTH,
    wrapped,
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
# In inches: the bar, the room below it, the strips of the months and of today.
_BAR, _BELOW, _STRIP = 0.26, 0.24, 0.5
_SHARE = 0.91
# The least width of a bar, in inches: a day of a year would be three pixels.
_LEAST = 0.14
_OFFICIAL, _ESTIMATE, _TODAY = COLOURS[0], COLOURS[1], INK


class Rows:
    """The layout of a calendar: texts are wrapped first, the height follows from them."""

    def __init__(self, chart: YearCalendar) -> None:
        self._chart = chart
        self._first, self._last = _span(chart)
        self._texts = [_texts(event) for event in chart.events]

    @property
    def height(self) -> float:
        """Height in inches."""
        rows = sum(_tall(event, lines) for event, lines in self._rows())
        return _STRIP + _BELOW / 2 + rows + (_STRIP if self._marked() else 0)

    @property
    def legend(self) -> Sequence[Artist]:
        """What the kinds of bars mean, and the line of today."""
        shown = [event for event in self._chart.events if event.first]
        handles: list[Artist] = []
        if any(event.official for event in shown):
            handles.append(Patch(facecolor=_OFFICIAL, label="resmi atau sudah terlaksana"))
        if any(not event.official for event in shown):
            handles.append(_estimate_patch())
        if self._marked():
            handles.append(
                Line2D([], [], color=_TODAY, linestyle=(0, (2, 2)), linewidth=4, label="hari ini")
            )
        return handles

    def draw(self, axes: Axes) -> None:
        """Draw into axes of this height; both axes count in inches."""
        wide = _SHARE * WIDTH
        axes.set_xlim(0, wide)
        axes.set_ylim(self.height, 0)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines["bottom"].set_visible(False)
        bottom = self.height - (_STRIP if self._marked() else 0)
        self._months(axes, bottom)
        at = _STRIP + _BELOW / 2
        for event, lines in self._rows():
            self._event(axes, event, lines, at)
            at += _tall(event, lines)
        if self._marked() and self._chart.today:
            x = self._x(self._chart.today)
            axes.plot([x, x], [_STRIP, bottom], color=_TODAY, linestyle=(0, (2, 2)), linewidth=4)
            axes.text(
                min(max(x, 0.8), wide - 0.8),
                self.height - 0.05,
                "hari ini",
                size=SMALL,
                color=_TODAY,
                ha="center",
                va="bottom",
                weight="bold",
            )

    def _months(self, axes: Axes, bottom: float) -> None:
        for month in _months_between(self._first, self._last):
            start, end = self._x(month), self._x(_end_of(month)) + self._day
            axes.plot([start, start], [_STRIP, bottom], color=GRID, linewidth=2, zorder=0)
            axes.text(
                (start + end) / 2,
                _STRIP - 0.12,
                _MONTHS[month.month - 1],
                size=SMALL,
                color=PALE,
                ha="center",
                va="bottom",
            )

    def _event(self, axes: Axes, event: Event, lines: list[str], at: float) -> None:
        axes.text(
            0,
            at,
            "\n".join(lines),
            size=SMALL,
            color=INK if event.first else PALE,
            va="top",
            linespacing=1.2,
            path_effects=HALO,
            zorder=4,
        )
        if event.first is None or event.last is None:
            return
        start, end = self._x(event.first), self._x(event.last) + self._day
        # A short bar grows about its middle and stays inside.
        wide = max(end - start, _LEAST)
        left = min(max((start + end - wide) / 2, 0), _SHARE * WIDTH - wide)
        axes.barh(
            at + ROW * len(lines) + _BAR / 2 + 0.06,
            wide,
            left=left,
            height=_BAR,
            zorder=3,
            clip_on=False,
            **_style(event.official),
        )

    def _rows(self) -> list[tuple[Event, list[str]]]:
        return list(zip(self._chart.events, self._texts, strict=True))

    def _marked(self) -> bool:
        today = self._chart.today
        return today is not None and self._first <= today <= self._last

    @property
    def _day(self) -> float:
        return _SHARE * WIDTH / ((self._last - self._first).days + 1)

    def _x(self, day: date) -> float:
        return (day - self._first).days * self._day


def _span(chart: YearCalendar) -> tuple[date, date]:
    """Return the first and last day shown: the whole year, and whole months beyond it."""
    days = [day for event in chart.events for day in (event.first, event.last) if day]
    first = min([date(chart.year, 1, 1), *days]).replace(day=1)
    return first, _end_of(max([date(chart.year, 12, 1), *days]))


def _months_between(first: date, last: date) -> list[date]:
    """Return the first day of each month, or of every second one where there are many."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    step = (count - 1) // 14 + 1
    start = first.year * 12 + first.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(start, start + count, step)]


def _end_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _texts(event: Event) -> list[str]:
    return wrapped(f"{event.name}: {event.dates}", SMALL, room=_SHARE * WIDTH)


def _tall(event: Event, lines: list[str]) -> float:
    return ROW * len(lines) + (_BAR + 0.12 if event.first else 0) + _BELOW


def _estimate_patch() -> Patch:
    return Patch(label="perkiraan, bukan jadwal resmi", **_style(official=False))


def _style(official: bool) -> dict[str, Any]:
    """An estimate differs by hatching and an open ground, not by colour alone."""
    if official:
        return {"facecolor": _OFFICIAL, "edgecolor": _OFFICIAL, "linewidth": 2}
    return {"facecolor": "white", "edgecolor": _ESTIMATE, "linewidth": 3, "hatch": "///"}
