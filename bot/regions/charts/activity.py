"""Draws how the bot was used: bars a day, answered and not, and what was asked about most."""

import math
from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from bot.regions.charts.spec import Activity
from bot.regions.charts.style import COLOURS, GRID, INK, ROW, SMALL, WIDTH, width, wrapped

TOPICS = "Paling banyak ditanyakan"
# Share of the width at which the bars of topics begin, right of their names.
NAMES = 0.42
_ANSWERED, _UNANSWERED = COLOURS[0], COLOURS[1]
# A second mark beside colour.
_HATCH = "//"
# Thickness of a bar of topics, in inches.
_BAR = 0.44
# Days whose totals find room above their bars, and room between labels, in inches.
_FEW, _GAP = 8, 0.3


def left(chart: Activity) -> float:
    """Return the share of the width at which the bars begin: beside the widest figure."""
    return 0.06 + width(_count(_most(chart)), SMALL, "normal") / 72 / WIDTH


def days(axes: Axes, chart: Activity) -> None:
    """Draw a bar a day, the questions that were not answered on top."""
    places = range(len(chart.days))
    answered = [day.answered for day in chart.days]
    unanswered = [day.unanswered for day in chart.days]
    axes.bar(places, answered, width=0.8, color=_ANSWERED, zorder=2)
    axes.bar(
        places,
        unanswered,
        bottom=answered,
        width=0.8,
        color=_UNANSWERED,
        hatch=_HATCH,
        edgecolor="white",
        linewidth=0,
        zorder=2,
    )
    top = 1.15 * _most(chart)
    axes.set_ylim(0, top)
    axes.set_xlim(-0.6, len(chart.days) - 0.4)
    steps = [s for s in MaxNLocator(4, integer=True).tick_values(0, top) if 0 <= s <= top]
    axes.set_yticks(steps, list(map(_count, steps)))
    axes.grid(axis="y", color=GRID, linewidth=2)
    axes.set_axisbelow(True)
    shown = _labelled(chart)
    axes.set_xticks(shown, [chart.days[at].label for at in shown])
    if len(chart.days) <= _FEW:
        for at, day in enumerate(chart.days):
            total = day.answered + day.unanswered
            axes.text(at, total, _count(total), size=SMALL, color=INK, ha="center", va="bottom")


def legend() -> list[Artist]:
    """Return what the colours stand for."""
    return [
        Patch(facecolor=_ANSWERED, label="terjawab"),
        Patch(
            facecolor=_UNANSWERED,
            hatch=_HATCH,
            edgecolor="white",
            linewidth=0,
            label="belum terjawab",
        ),
    ]


def topic_names(chart: Activity) -> list[list[str]]:
    """Return the names of the topics in lines that fit beside their bars."""
    return [wrapped(name, SMALL, room=(NAMES - 0.06) * WIDTH) for name, _ in chart.topics]


def topic_height(names: Sequence[Sequence[str]]) -> float:
    """Return the height that bars with these names need, in inches."""
    return sum(map(_row, names))


def topics(axes: Axes, chart: Activity, names: Sequence[Sequence[str]]) -> None:
    """Draw a bar a topic, the most asked about first, each row as tall as its name."""
    rows = [_row(lines) for lines in names]
    places = [sum(rows[at:]) - row / 2 for at, row in enumerate(rows)]
    most = max(1, *(count for _, count in chart.topics))
    for place, (_, count) in zip(places, chart.topics, strict=True):
        axes.barh(place, max(count, most / 200), height=_BAR, color=_ANSWERED)
        axes.text(count, place, f" {_count(count)}", va="center", size=SMALL, color=INK)
    axes.set_yticks(places, ["\n".join(lines) for lines in names])
    # Room for the figure beside the longest bar.
    axes.set_xlim(0, most * 1.35)
    axes.set_ylim(0, sum(rows))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _row(lines: Sequence[str]) -> float:
    """Return the height of a topic, in inches."""
    return max(0.62, 0.22 + ROW * len(lines))


def _most(chart: Activity) -> int:
    return max(1, *(day.answered + day.unanswered for day in chart.days))


def _labelled(chart: Activity) -> list[int]:
    """Return the days whose labels stand below: evenly apart, the last one among them."""
    widest = max(width(day.label, SMALL, "normal") / 72 for day in chart.days)
    room = (0.95 - left(chart)) * WIDTH / len(chart.days)
    step = max(1, math.ceil((widest + _GAP) / room))
    shown = range(len(chart.days) - 1, -1, -step)
    # A label that reaches beyond the first bar would meet the figures at the side.
    return [at for at in shown if (at + 0.5) * room >= widest / 2]


def _count(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")
