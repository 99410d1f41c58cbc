"""Draws pictures with Matplotlib. Imported by the worker's process only: the import takes long.

All are 1,080 pixels wide with text of at least 28 pixels, so that a phone shows them legibly, in
colours that the colour-blind tell apart (Okabe and Ito), with a second mark beside colour.
"""

import io
import textwrap
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import matplotlib as mpl

mpl.use("Agg")

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from bot.regions.charts import activity
from bot.regions.charts.calendar import YearCalendar
from bot.regions.charts.spec import (
    Activity,
    Bands,
    Bars,
    Brief,
    Chart,
    Line,
    Point,
    Profile,
    Trend,
)
from bot.regions.charts.style import (
    COLOURS,
    COLUMN,
    DPI,
    FONT,
    GRID,
    HALO,
    HEAD_ROW,
    INK,
    LARGE,
    MARGIN,
    MARKERS,
    MEDIUM,
    PALE,
    ROW,
    SMALL,
    WIDTH,
    font,
    wrapped,
)

T = TypeVar("T")
_BAND_TINTS = ("#cfe8da", "#e0f0e7", "#f3f5ee", "#fbf0dc", "#f8e3dd")
_LOWEST, _TOP = 1.0, 5.0


def render(chart: Chart, kind: str = "png") -> bytes:
    """Return a picture (or a page, with ``kind="pdf"``)."""
    with mpl.rc_context({"font.family": FONT, "axes.edgecolor": GRID, "text.parse_math": False}):
        out = io.BytesIO()
        _figure(_drawable(chart)).savefig(out, format=kind, dpi=DPI, facecolor="white")
    return out.getvalue()


def _figure(chart: Chart) -> Figure:
    if isinstance(chart, Trend):
        page = _Page(chart.title, chart.source)
        page.trend(chart)
    elif isinstance(chart, Bars):
        page = _Page(chart.title, chart.source)
        names = [wrapped(bar.name, SMALL, "bold", room=0.36 * WIDTH) for bar in chart.bars]
        # A bar is as tall as the longest name beside any.
        tall = max(0.72, 0.2 + ROW * max(map(len, names)))
        page.add(tall * len(names) + 0.2, 0.42, lambda axes: _bars(axes, chart, names))
    elif isinstance(chart, Profile):
        page = _Page(chart.title, chart.source)
        page.profile(chart)
    elif isinstance(chart, Activity):
        page = _Page(chart.title, chart.source)
        page.activity(chart)
    elif isinstance(chart, YearCalendar):
        # It draws with the sizes and colours of this module.
        from bot.regions.charts.draw_calendar import Rows

        page = _Page(chart.title, chart.source)
        rows = Rows(chart)
        page.add(rows.height, 0.04, rows.draw)
        page.legend(rows.legend)
    else:
        page = _page_of(chart)
    return page.finish()


class _Page:
    """Stacks parts below a title and above the source; the height follows from them."""

    def __init__(self, title: str, source: str) -> None:
        self._title = wrapped(title, LARGE, "bold")
        self._source = wrapped(f"Sumber: {source}", SMALL)
        self._parts: list[tuple[float, object]] = []

    def add(self, height: float, left: float, draw: object) -> None:
        """Add axes of a height (inches) that begin at a share of the width."""
        self._parts.append((height, (left, draw)))

    def text(self, lines: Sequence[str]) -> None:
        """Add lines of small text."""
        self._parts.append((ROW * len(lines) + 0.25, list(lines)))

    def heading(self, text: str) -> None:
        """Add the heading of a part."""
        lines = wrapped(text, MEDIUM, "bold")
        self._parts.append((HEAD_ROW * len(lines), "\n".join(lines)))

    def trend(self, chart: Trend) -> None:
        """Add a history with its legend."""
        broken = _crossed(chart)
        self.add(6.6 + (0.35 if broken else 0), 0.24, lambda axes: _trend(axes, chart))
        self.legend(_trend_legend(chart))

    def profile(self, chart: Profile) -> None:
        """Add the parts of one or two agencies with their legend."""
        self.add(1.15 * len(chart.parts), 0.24, lambda axes: _profile(axes, chart))
        if len(chart.sides) > 1:
            self.legend(
                [Patch(color=COLOURS[n], label=name) for n, (name, _) in enumerate(chart.sides)]
            )

    def activity(self, chart: Activity) -> None:
        """Add the questions of each day and what was asked about most."""
        self.add(5.0, activity.left(chart), lambda axes: activity.days(axes, chart))
        self.legend(activity.legend())
        if chart.topics:
            self.heading(activity.TOPICS)
            names = activity.topic_names(chart)
            tall = activity.topic_height(names)
            self.add(tall, activity.NAMES, lambda axes: activity.topics(axes, chart, names))

    def legend(self, handles: Sequence[Artist]) -> None:
        """Add what the marks mean, a line each; nothing for none."""
        if handles:
            self._parts.append((0.46 * len(handles) + 0.1, ("legend", handles)))

    def finish(self) -> Figure:
        """Lay everything out."""
        gap = 0.45
        height = (
            2 * MARGIN
            + HEAD_ROW * len(self._title)
            + sum(part for part, _ in self._parts)
            + gap * (len(self._parts) + 1)
            + ROW * len(self._source)
        )
        figure = Figure(figsize=(WIDTH, height))
        figure.text(
            0.04,
            1 - MARGIN / height,
            "\n".join(self._title),
            size=LARGE,
            weight="bold",
            color=INK,
            va="top",
        )
        at = height - MARGIN - HEAD_ROW * len(self._title) - gap
        for tall, part in self._parts:
            _place(figure, part, at, tall, height)
            at -= tall + gap
        figure.text(
            0.04,
            MARGIN / height,
            "\n".join(self._source),
            size=SMALL,
            color=PALE,
            va="bottom",
            linespacing=1.25,
        )
        return figure


def _place(figure: Figure, part: object, top: float, tall: float, height: float) -> None:
    if isinstance(part, str):
        figure.text(0.04, top / height, part, size=MEDIUM, weight="bold", color=INK, va="top")
    elif isinstance(part, list):
        figure.text(
            0.04, top / height, "\n".join(part), size=SMALL, color=INK, va="top", linespacing=1.3
        )
    elif isinstance(part, tuple) and part[0] == "legend":
        figure.legend(
            handles=part[1],
            loc="upper left",
            bbox_to_anchor=(0.03, top / height),
            fontsize=SMALL,
            frameon=False,
            borderaxespad=0,
            handlelength=1.6,
        )
    elif isinstance(part, tuple):
        left, draw = part
        axes = figure.add_axes((left, (top - tall) / height, 0.95 - left, tall / height))
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.tick_params(labelsize=SMALL, colors=INK, length=0)
        draw(axes)


def _page_of(chart: Brief) -> _Page:
    page = _Page(chart.title, chart.source)
    page.text(
        [
            f"{'   ' if at else '• '}{line}"
            for fact in chart.facts
            for at, line in enumerate(wrapped(fact, SMALL, room=COLUMN - 0.4))
        ]
    )
    page.heading(chart.trend.title)
    page.trend(chart.trend)
    if chart.profile:
        page.heading(chart.profile.title)
        page.profile(chart.profile)
    return page


def _drawable(value: T) -> T:
    """Leave out the signs that the font lacks, such as emoji, in all texts of a chart."""
    known = get_font(findfont(font("normal"))).get_charmap()

    def cleaned(part: Any) -> Any:
        if isinstance(part, str):
            return " ".join("".join(ch for ch in part if ord(ch) in known or ch == "\n").split())
        if isinstance(part, tuple):
            return tuple(map(cleaned, part))
        if is_dataclass(part) and not isinstance(part, type):
            return replace(part, **{f.name: cleaned(getattr(part, f.name)) for f in fields(part)})
        return part

    result: T = cleaned(value)
    return result


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


# -- history --------------------------------------------------------------------------------------


def _points(chart: Trend) -> list[Point]:
    return [point for line in chart.lines for point in line.points]


def _crossed(chart: Trend) -> list[int]:
    years = [point.year for point in _points(chart)]
    return [year for year in chart.breaks if min(years) < year <= max(years)]


def _trend(axes: Axes, chart: Trend) -> None:
    points = _points(chart)
    bottom = max(_LOWEST, min(p.value for p in points) - 0.45)
    top = min(_TOP, max(p.value for p in points) + 0.45)
    first, last = min(p.year for p in points), max(p.year for p in points)
    axes.set_ylim(bottom, top)
    axes.set_xlim(first - 0.4, last + 0.5)
    _bands(axes, chart.bands, bottom, top)
    for at, line in enumerate(chart.lines):
        _line(axes, line, chart.breaks, at)
    for year in sorted({p.year for p in points}):
        _labels(axes, chart, year, first, last)
    for year in _crossed(chart):
        axes.axvline(year - 0.5, color=PALE, linestyle=(0, (4, 4)), linewidth=2)
        axes.text(
            year - 0.5, top, "instrumen baru →", size=SMALL, color=PALE, ha="left", va="bottom"
        )
    axes.set_xticks(range(first, last + 1), [str(y) for y in range(first, last + 1)])


def _bands(axes: Axes, bands: Bands, bottom: float, top: float) -> None:
    """Tint the bands of predikat and name those tall enough at the side."""
    upper, places, names = _TOP, [], []
    for (name, least), tint in zip(bands, _BAND_TINTS, strict=False):
        low, high = max(least, bottom), min(upper, top)
        if high > low:
            axes.axhspan(low, high, color=tint, zorder=0, linewidth=0)
            if high - low > 0.07 * (top - bottom):
                places.append((low + high) / 2)
                names.append(name)
        upper = least
    axes.set_yticks(places, names)
    for label in axes.get_yticklabels():
        label.set_color(PALE)


def _line(axes: Axes, line: Line, breaks: tuple[int, ...], at: int) -> None:
    """Draw a line a series: none goes through a change of the instrument."""
    colour, marker = COLOURS[at % len(COLOURS)], MARKERS[at % len(MARKERS)]
    runs: list[list[Point]] = [[]]
    for point in line.points:
        before = runs[-1][-1] if runs[-1] else None
        if before is not None and any(before.year < b <= point.year for b in breaks):
            runs.append([])
        runs[-1].append(point)
    for run in runs:
        axes.plot([p.year for p in run], [p.value for p in run], color=colour, linewidth=4)
    for point in line.points:
        axes.plot(
            point.year,
            point.value,
            marker=marker,
            markersize=17,
            color=colour if point.official else "white",
            markeredgecolor=colour,
            markeredgewidth=3.5,
            zorder=3,
        )


def _labels(axes: Axes, chart: Trend, year: int, first: int, last: int) -> None:
    """Write the figures of one year: the highest above its point, the lowest below."""
    here = [
        (point.value, at)
        for at, line in enumerate(chart.lines)
        for point in line.points
        if point.year == year
    ]
    here.sort(reverse=True)
    alone = len(chart.lines) == 1
    if not alone and year not in (first, last) and len(chart.lines) > 2:
        return
    for place, (value, at) in enumerate(here):
        if 0 < place < len(here) - 1:
            continue
        below = place > 0
        axes.annotate(
            _number(value),
            (year, value),
            textcoords="offset points",
            xytext=(0, -18 if below else 18),
            ha="center",
            va="top" if below else "bottom",
            size=MEDIUM if alone else SMALL,
            weight="bold",
            color=COLOURS[at % len(COLOURS)],
            path_effects=HALO,
            zorder=4,
        )


def _trend_legend(chart: Trend) -> list[Artist]:
    handles: list[Artist] = []
    if len(chart.lines) > 1:
        handles += [
            Line2D(
                [],
                [],
                color=COLOURS[at % len(COLOURS)],
                marker=MARKERS[at % len(MARKERS)],
                markersize=15,
                linewidth=4,
                label=line.name,
            )
            for at, line in enumerate(chart.lines)
        ]
    if any(not point.official for point in _points(chart)):
        handles.append(
            Line2D(
                [],
                [],
                color="none",
                marker="o",
                markersize=15,
                markerfacecolor="white",
                markeredgecolor=INK,
                markeredgewidth=3,
                label="isi putih: bukan dari laporan resmi",
            )
        )
    return handles


# -- bars -----------------------------------------------------------------------------------------


def _bars(axes: Axes, chart: Bars, names: Sequence[Sequence[str]]) -> None:
    places = list(range(len(chart.bars)))[::-1]
    for place, bar in zip(places, chart.bars, strict=True):
        colour = COLOURS[1] if bar.marked else COLOURS[0]
        axes.barh(place, max(bar.value - _LOWEST, 0.02), left=_LOWEST, height=0.66, color=colour)
        note = f" {_number(bar.value)}" + (f"  {bar.note}" if bar.note else "")
        axes.text(bar.value, place, note, va="center", size=SMALL, color=INK)
    axes.set_yticks(places, ["\n".join(lines) for lines in names])
    for label, bar in zip(axes.get_yticklabels(), chart.bars, strict=True):
        label.set_fontweight("bold" if bar.marked else "normal")
    high = max(max(bar.value for bar in chart.bars), _LOWEST + 0.02)
    widest = max(len(bar.note) for bar in chart.bars)
    # Room for the figure and the longest note beside the longest bar.
    axes.set_xlim(_LOWEST, _LOWEST + (high - _LOWEST) * (1.35 + 0.075 * widest))
    axes.set_ylim(-0.6, len(chart.bars) - 0.4)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _profile(axes: Axes, chart: Profile) -> None:
    sides = chart.sides
    height = 0.72 / len(sides)
    places = list(range(len(chart.parts)))[::-1]
    for at, (_, values) in enumerate(sides):
        shift = (len(sides) - 1) / 2 * height - at * height
        for place, value in zip(places, values, strict=True):
            y = place + shift
            if value is None:
                axes.text(_LOWEST, y, " tidak ada data", va="center", size=SMALL, color=PALE)
                continue
            axes.barh(
                y,
                max(value - _LOWEST, 0.02),
                left=_LOWEST,
                height=height * 0.88,
                color=COLOURS[at],
                zorder=2,
            )
            axes.text(
                value,
                y,
                f" {_number(value)}",
                va="center",
                size=SMALL,
                color=INK,
                path_effects=HALO,
                zorder=3,
            )
    axes.set_yticks(places, [textwrap.fill(part.capitalize(), 12) for part in chart.parts])
    axes.set_xlim(_LOWEST, _TOP + 0.6)
    axes.set_xticks(range(1, 6))
    axes.grid(axis="x", color=GRID, linewidth=2)
    axes.set_axisbelow(True)
