"""Pictures: what is drawn, how legibly, and the process that draws."""

import asyncio
import multiprocessing
import os
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import combinations

import pytest
from bot.answering.assistant import Assistant
from bot.answering.index import pictures
from bot.answering.index.writing import Writer
from bot.knowledge.model import Snapshot
from bot.regions.charts import draw, worker
from bot.regions.charts.spec import (
    Activity,
    ActivityDay,
    Bar,
    Bars,
    Brief,
    Chart,
    Line,
    Point,
    Profile,
    Trend,
)
from bot.regions.charts.worker import Painter
from bot.regions.history import DOMAINS
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

WIDTH, SMALLEST, HEAVIEST = 1080, 28, 1_000_000
BANDS = (("Memuaskan", 4.2), ("Sangat Baik", 3.5), ("Baik", 2.6), ("Cukup", 1.8), ("Kurang", 1.0))
SOURCE = "Laporan Pelaksanaan Evaluasi SPBE Tahun 2024, Kementerian PANRB"

TREND = Trend(
    "Kota Palopo naik 0,25 poin dari 2022 ke 2023",
    (
        Line(
            "Kota Palopo", (Point(2019, 2.62), Point(2022, 2.9, official=False), Point(2024, 3.12))
        ),
        Line("Kota Makassar", (Point(2022, 2.97), Point(2023, 3.21), Point(2024, 3.82))),
    ),
    (2021, 2026),
    BANDS,
    SOURCE,
)
BARS = Bars(
    "Kota Palopo peringkat 2 dari 2",
    (
        Bar("1. Kota Makassar", 3.82, "Sangat Baik"),
        Bar("2. Kota Palopo", 3.12, "Baik", marked=True),
    ),
    BANDS,
    SOURCE,
)
PROFILE = Profile(
    "Domain terlemah Kota Palopo: manajemen",
    DOMAINS,
    (("Kota Palopo", (3.9, 2.2, 1.0, 4.24)), ("Kota Makassar", (4.5, None, 2.09, 4.6))),
    SOURCE,
)
BRIEF = Brief("Kota Palopo: indeks SPBE 2024 3,12 (Baik)", TREND, PROFILE, ("Satu.",), SOURCE)
ACTIVITY = Activity(
    "1.169 pertanyaan, 86,7 % terjawab",
    tuple(ActivityDay(f"{day} Nov", 7 * day % 31, day % 5) for day in range(1, 31)),
    (("Perpres 95/2018", 1234), ("Indeks Kota Makassar", 320), ("Indikator 19", 7)),
    "catatan pertanyaan bot ini, 1–30 November 2026",
)
CHARTS = {
    "trend": TREND,
    "bars": BARS,
    "profile": PROFILE,
    "brief": BRIEF,
    "activity": ACTIVITY,
}

Shown = list[tuple[str, float, Bbox]]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[[Chart], Shown]:
    """Return what draws a chart and gives its texts with their size and place in pixels."""
    found: Shown = []
    save = Figure.savefig

    def spy(figure: Figure, *args: object, **options: object) -> None:
        save(figure, *args, **options)
        # Measured as drawn: the settings of a picture hold while it is saved.
        for text in figure.findobj(Text):
            if text.get_visible() and text.get_text().strip():
                size = text.get_fontsize() * figure.dpi / 72
                found.append((text.get_text(), size, text.get_window_extent()))

    monkeypatch.setattr(Figure, "savefig", spy)

    def texts(chart: Chart) -> Shown:
        found.clear()
        draw.render(chart)
        return list(found)

    return texts


@pytest.fixture(scope="module")
def painter() -> Iterator[Painter]:
    """A painter whose process serves several tests: starting one takes long."""
    shared = Painter()
    yield shared
    shared.close()


def _size(picture: bytes) -> tuple[int, int]:
    """Read width and height from the head of a PNG."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def _pid(children: set[int]) -> int:
    """Return the process that was started since ``children`` were there."""
    (pid,) = _children() - children
    return pid


def _children() -> set[int]:
    return {child.pid for child in multiprocessing.active_children() if child.pid is not None}


# -- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", CHARTS)
def test_pictures_fit_a_phone(kind: str) -> None:
    picture = draw.render(CHARTS[kind])
    width, height = _size(picture)
    assert width == WIDTH
    assert 200 < height < 4 * WIDTH
    assert len(picture) < HEAVIEST


def test_a_brief_is_a_page() -> None:
    page = draw.render(BRIEF, "pdf")
    assert page.startswith(b"%PDF")
    assert page.rstrip().endswith(b"%%EOF")
    assert len(page) < HEAVIEST


@pytest.mark.parametrize("kind", CHARTS)
def test_no_text_is_too_small(kind: str, shown: Callable[[Chart], Shown]) -> None:
    texts = shown(CHARTS[kind])
    assert min(size for _, size, _ in texts) >= SMALLEST - 0.01
    joined = " ".join(text for text, _, _ in texts)
    assert "Kota Makassar" in joined
    assert "Sumber" in joined


def test_what_is_not_official_or_not_there_is_told(shown: Callable[[Chart], Shown]) -> None:
    assert "bukan dari laporan resmi" in " ".join(text for text, _, _ in shown(TREND))
    assert "tidak ada data" in " ".join(text for text, _, _ in shown(PROFILE))


def test_a_new_instrument_is_marked_where_it_lies_between(
    shown: Callable[[Chart], Shown],
) -> None:
    assert any("instrumen baru" in text for text, _, _ in shown(TREND))
    after = replace(TREND, lines=TREND.lines[1:])
    assert not any("instrumen baru" in text for text, _, _ in shown(after))


def test_one_figure_is_a_picture_too() -> None:
    one = replace(TREND, lines=(Line("Kota Palopo", (Point(2024, 3.12),)),))
    assert _size(draw.render(one))[0] == WIDTH
    assert _size(draw.render(replace(BARS, bars=BARS.bars[:1])))[0] == WIDTH
    assert _size(draw.render(replace(PROFILE, sides=PROFILE.sides[:1])))[0] == WIDTH
    assert _size(draw.render(replace(BRIEF, profile=None, facts=())))[0] == WIDTH


@pytest.mark.parametrize("value", [1.0, 5.0])
def test_the_ends_of_the_scale_are_drawn(value: float) -> None:
    one = replace(TREND, lines=(Line("Kota Palopo", (Point(2023, value), Point(2024, value))),))
    assert _size(draw.render(one))[0] == WIDTH
    sides = (("Kota Palopo", (value, value, value, value)),)
    assert _size(draw.render(replace(PROFILE, sides=sides)))[0] == WIDTH


@pytest.mark.parametrize("value", [5.0, 1.0])
def test_bars_at_the_ends_of_the_scale_are_drawn(value: float) -> None:
    bars = (Bar("Kota Palopo", value), Bar("Kota Makassar", value))
    assert _size(draw.render(replace(BARS, bars=bars)))[0] == WIDTH


@pytest.mark.parametrize(
    "title",
    [
        "a_b^c {x} \\alpha \\$ ~ #",
        "_awal",
        "satu\ndua\r\n\ttiga",
        "<b>tebal</b> &amp; %s %d {0}",
        "é ñ – … ’ “petik” ₂ ≥ →",
        "kata " * 200,
        "W" * 500,
        "",
    ],
)
@pytest.mark.parametrize("kind", ["bars", "brief", "activity"])
def test_any_title_is_drawn(kind: str, title: str) -> None:
    chart = replace(CHARTS[kind], title=title, source=title)
    assert _size(draw.render(chart))[0] == WIDTH
    if kind == "brief":
        assert draw.render(chart, "pdf").startswith(b"%PDF")


@pytest.mark.parametrize("name", ["a_b^c {x} \\alpha \\$", "_awal", "Kabupaten <b>é</b> & “x”"])
def test_any_name_is_drawn(shown: Callable[[Chart], Shown], name: str) -> None:
    lines = (replace(TREND.lines[0], name=name), TREND.lines[1])
    sides = ((name, (1.0, 2.0, 3.0, 4.0)), PROFILE.sides[1])
    for chart in (
        replace(TREND, lines=lines),
        replace(PROFILE, sides=sides),
        replace(BARS, bars=(Bar("Kota Makassar", 3.82, "Baik"), Bar(name, 2.1, name))),
        replace(ACTIVITY, topics=(("Indikator 19", 12), (name, 3))),
    ):
        assert name in {" ".join(text.split()) for text, _, _ in shown(chart)}


@pytest.mark.parametrize("title", ["$\\frac$", "$5 sampai $6", "$x_{1}^2$"])
def test_a_title_is_no_formula(monkeypatch: pytest.MonkeyPatch, title: str) -> None:
    formulas: list[str] = []
    save = Figure.savefig

    def spy(figure: Figure, *args: object, **options: object) -> None:
        formulas.extend(
            text.get_text()
            for text in figure.findobj(Text)
            if text.get_parse_math() and text.get_text().count("$") > 1
        )
        save(figure, *args, **options)

    monkeypatch.setattr(Figure, "savefig", spy)
    draw.render(replace(BARS, title=title))
    assert formulas == []


@pytest.mark.parametrize("title", ["Palopo \N{FLAG IN HOLE}\N{GLOWING STAR}", "汉字", "\x07"])
def test_signs_the_font_lacks_do_no_harm(title: str) -> None:
    draw.render(replace(BARS, title=title))


# -- legible with real figures --------------------------------------------------------------------


def _faults(texts: Shown) -> list[str]:
    """Tell texts that run out of the picture or into each other."""
    faults = [text for text, _, box in texts if box.x0 < 0 or box.x1 > WIDTH or box.y0 < 0]
    for (text, _, box), (other, _, beside) in combinations(texts, 2):
        wide = min(box.x1, beside.x1) - max(box.x0, beside.x0)
        tall = min(box.y1, beside.y1) - max(box.y0, beside.y0)
        # A few pixels of a box are the empty room around the letters.
        if wide > 4 and tall > 6:
            faults.append(f"{text!r} / {other!r}")
    return faults


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("tren indeks spbe palopo", Trend),
        ("tren indeks palopo, makassar, luwu utara, gowa, maros, paser", Trend),
        ("tren indeks kabupaten penajam paser utara", Trend),
        ("bandingkan palopo dan makassar 2024", Bars),
        ("peringkat palopo di sulawesi selatan 2024", Bars),
        ("peringkat kabupaten ogan komering ulu selatan 2024", Bars),
        ("indeks domain palopo 2024", Profile),
        ("bandingkan domain palopo dan makassar 2024", Profile),
        ("peringkat kementerian investasi/badan koordinasi penanaman modal 2024", Bars),
    ],
)
def test_real_pictures_are_legible(
    assistant: Assistant, shown: Callable[[Chart], Shown], question: str, kind: type
) -> None:
    answer, _ = assistant.ask(question)
    assert isinstance(answer.chart, kind)
    texts = shown(answer.chart)
    assert _faults(texts) == []
    assert min(size for _, size, _ in texts) >= SMALLEST - 0.01


def test_a_real_long_title_fits_the_width(
    assistant: Assistant, shown: Callable[[Chart], Shown]
) -> None:
    name = "kementerian koordinator bidang pembangunan manusia dan kebudayaan"
    answer, _ = assistant.ask(f"bandingkan {name} dan palopo 2024")
    assert isinstance(answer.chart, Bars)
    assert _faults(shown(replace(BARS, title=answer.chart.title))) == []


@pytest.mark.parametrize("code", ["73.73", "73.17", "64.01", "73"])
def test_briefs_are_legible(
    knowledge: Snapshot, shown: Callable[[Chart], Shown], code: str
) -> None:
    page = pictures.brief(Writer(knowledge, 2026), code)
    assert page is not None
    assert _faults(shown(page)) == []


@pytest.mark.parametrize("days", [1, 2, 7, 8, 9, 14, 30, 31, 90, 366])
@pytest.mark.parametrize("most", [0, 1, 9, 4321, 98765])
def test_the_use_of_the_bot_is_legible(
    shown: Callable[[Chart], Shown], days: int, most: int
) -> None:
    bars = tuple(ActivityDay(f"{28 - at % 9} Nov", most, at % 2) for at in range(days))
    texts = shown(replace(ACTIVITY, days=bars))
    assert _faults(texts) == []
    assert min(size for _, size, _ in texts) >= SMALLEST - 0.01
    # The last day is named.
    assert bars[-1].label in {text for text, _, _ in texts}


@pytest.mark.parametrize("topics", [0, 1, 5])
def test_topics_with_long_names_are_legible(shown: Callable[[Chart], Shown], topics: int) -> None:
    name = "Indeks Kementerian Koordinator Bidang Pembangunan Manusia dan Kebudayaan"
    asked = tuple((name if at % 2 else "Indikator 19", 10**at) for at in range(topics, 0, -1))
    texts = shown(replace(ACTIVITY, topics=asked))
    assert _faults(texts) == []
    assert ("Paling banyak ditanyakan" in {text for text, _, _ in texts}) == bool(topics)


def test_what_was_not_answered_is_marked_beside_its_colour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hatched: list[float] = []
    save = Figure.savefig

    def spy(figure: Figure, *args: object, **options: object) -> None:
        bars = figure.axes[0].patches
        hatched.extend(bar.get_height() for bar in bars if bar.get_hatch())
        save(figure, *args, **options)

    monkeypatch.setattr(Figure, "savefig", spy)
    draw.render(ACTIVITY)
    assert hatched == [day.unanswered for day in ACTIVITY.days]


# -- the process that draws -----------------------------------------------------------------------


async def test_equal_pictures_are_drawn_once(painter: Painter) -> None:
    first, second = await asyncio.gather(painter.paint(TREND), painter.paint(replace(TREND)))
    assert _size(first)[0] == WIDTH
    assert second is first
    assert await painter.paint(replace(TREND)) is first
    page = await painter.paint(TREND, "pdf")
    assert page.startswith(b"%PDF")


async def test_who_gives_up_does_not_spoil_it_for_others(painter: Painter) -> None:
    chart = replace(BARS, title="Dibatalkan")
    patient = asyncio.create_task(painter.paint(chart))
    hasty = asyncio.create_task(painter.paint(chart))
    await asyncio.sleep(0)
    hasty.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hasty
    assert _size(await patient)[0] == WIDTH


async def test_a_failure_is_told_and_not_kept(painter: Painter) -> None:
    empty = replace(TREND, lines=())
    for _ in range(2):
        with pytest.raises(ValueError, match="empty"):
            await painter.paint(empty)
    assert _size(await painter.paint(replace(TREND, title="Sesudah gagal")))[0] == WIDTH


async def test_the_oldest_pictures_are_forgotten() -> None:
    small = Painter(kept=2)
    try:
        first = await small.paint(BARS)
        second = await small.paint(PROFILE)
        # Asked for again, the first is no longer the oldest.
        assert await small.paint(BARS) is first
        await small.paint(BRIEF)
        assert await small.paint(BARS) is first
        again = await small.paint(PROFILE)
        assert again is not second
        assert again == second
    finally:
        small.close()


def test_drawing_stays_out_of_the_process_of_the_bot(environment: dict[str, str]) -> None:
    """Nothing that draws is imported where the event loop runs."""
    code = """
import asyncio, sys
from bot.regions.charts.spec import Bar, Bars
from bot.regions.charts.worker import Painter

async def main():
    painter = Painter()
    await painter.warm()
    picture = await painter.paint(Bars("J", (Bar("A", 3.0),), (), "S"))
    painter.close()
    print(picture[1:4].decode(), "matplotlib" in sys.modules)

asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["PNG", "False"]


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for a process of another")
def test_the_process_ends_with_a_killed_bot(environment: dict[str, str]) -> None:
    code = """
import asyncio, multiprocessing
from bot.regions.charts.worker import Painter

painter = Painter()
asyncio.run(painter.warm())
print(multiprocessing.active_children()[0].pid, flush=True)
input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as bot:
        assert bot.stdout is not None
        drawing = os.pidfd_open(int(bot.stdout.readline()))
        bot.kill()
    try:
        assert select.select([drawing], [], [], 30)[0]
    finally:
        os.close(drawing)


async def test_a_killed_process_is_replaced() -> None:
    before = _children()
    own = Painter()
    try:
        await own.warm()
        first = _pid(before)
        os.kill(first, signal.SIGKILL)
        assert _size(await own.paint(BARS))[0] == WIDTH
        second = _pid(before)
        assert second != first

        # Killed with a picture in hand: it is drawn again.
        waiting = asyncio.create_task(own.paint(TREND))
        await asyncio.sleep(0)
        os.kill(second, signal.SIGKILL)
        assert _size(await waiting)[0] == WIDTH
        assert _pid(before) not in (first, second)
    finally:
        own.close()
    assert _children() == before


async def test_a_killed_process_is_replaced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[ProcessPoolExecutor] = []

    def start(*args: object, **options: object) -> ProcessPoolExecutor:
        started.append(ProcessPoolExecutor(*args, **options))
        return started[-1]

    monkeypatch.setattr(worker, "ProcessPoolExecutor", start)
    before = _children()
    own = Painter()
    try:
        await own.warm()
        waiting = [asyncio.create_task(own.paint(chart)) for chart in (TREND, BARS, PROFILE)]
        await asyncio.sleep(0)
        os.kill(_pid(before), signal.SIGKILL)
        for picture in await asyncio.gather(*waiting):
            assert _size(picture)[0] == WIDTH
        assert len(started) == 2
    finally:
        own.close()
