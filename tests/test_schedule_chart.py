"""The picture of a year of the calendar: legible, honest about estimates and unknown dates."""

from collections.abc import Callable
from datetime import date

import pytest
from bot.answering.assistant import Assistant
from bot.answering.schedule.picture import of_year
from bot.knowledge.model import Snapshot
from bot.regions.charts import draw
from bot.regions.charts.calendar import Event, YearCalendar
from bot.regions.charts.spec import Chart
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tests.schedule_app import at
from tests.test_charts import SMALLEST, WIDTH, Shown, _faults, _size
from tests.test_charts import shown as shown

TODAY = date(2026, 11, 28)
SOURCE = "Surat Kementerian PANRB"


def calendar(*events: Event, today: date | None = TODAY) -> YearCalendar:
    return YearCalendar("Jadwal evaluasi 2026", 2026, events, today, SOURCE)


@pytest.mark.parametrize("year", range(2021, 2027))
@pytest.mark.parametrize("today", [date(2026, 1, 1), TODAY, date(2026, 12, 31)])
def test_real_years_are_legible(
    knowledge: Snapshot, shown: Callable[[Chart], Shown], year: int, today: date
) -> None:
    picture = of_year(knowledge, year, today)
    assert picture is not None
    texts = shown(picture)
    assert _faults(texts) == []
    assert min(size for _, size, _ in texts) >= SMALLEST - 0.01
    joined = " ".join(" ".join(text.split()) for text, _, _ in texts)
    for event in picture.events:
        assert " ".join(event.name.split()) in joined
    assert ("hari ini" in joined) is (year == 2026)


def test_it_fits_a_phone(knowledge: Snapshot) -> None:
    for year in range(2021, 2027):
        picture = of_year(knowledge, year, TODAY)
        assert picture is not None
        content = draw.render(picture)
        width, height = _size(content)
        assert width == WIDTH
        assert height < 4 * WIDTH
        assert len(content) < 1_000_000
    assert of_year(knowledge, 1999, TODAY) is None


def test_estimates_and_unknown_dates_are_told_apart(
    shown: Callable[[Chart], Shown],
) -> None:
    both = calendar(
        Event("Resmi", "1–3 Juni", date(2026, 6, 1), date(2026, 6, 3)),
        Event("Kira", "5 Juni (perkiraan)", date(2026, 6, 5), date(2026, 6, 5), official=False),
        Event("Entah", "tanggalnya tidak diketahui", None, None),
    )
    joined = " ".join(text for text, _, _ in shown(both))
    assert "perkiraan, bukan jadwal resmi" in joined
    assert "resmi atau sudah terlaksana" in joined
    assert "tidak diketahui" in joined
    alone = " ".join(text for text, _, _ in shown(calendar(both.events[0])))
    assert "bukan jadwal resmi" not in alone


def test_bars_stand_where_their_days_are(monkeypatch: pytest.MonkeyPatch) -> None:
    bars: list[tuple[float, float]] = []
    save = Figure.savefig

    def spy(figure: Figure, *args: object, **options: object) -> None:
        save(figure, *args, **options)
        for axes in figure.axes:
            bars.extend(
                (patch.get_x() / axes.get_xlim()[1], patch.get_width() / axes.get_xlim()[1])
                for patch in axes.patches
                if isinstance(patch, Rectangle)
            )

    monkeypatch.setattr(Figure, "savefig", spy)
    draw.render(calendar(Event("A", "Juli–September", date(2026, 7, 1), date(2026, 9, 30))))
    ((left, wide),) = bars
    assert left == pytest.approx(181 / 365)
    assert wide == pytest.approx(92 / 365)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2025, 12, 30), date(2027, 1, 2)),
        (date(2023, 1, 1), date(2029, 12, 31)),
    ],
)
def test_days_at_the_ends_and_beyond_the_year(
    shown: Callable[[Chart], Shown], first: date, last: date
) -> None:
    texts = shown(calendar(Event("Acara " * 30, "sesuatu", first, last, official=False)))
    assert _faults(texts) == []


def test_questions_bring_the_picture(assistant: Assistant) -> None:
    present = at(assistant, "2026-11-28T09:00")
    answer, _ = present.ask("jadwal 2024")
    assert isinstance(answer.chart, YearCalendar)
    assert answer.chart.year == 2024
    assert not answer.drawn
    asked, _ = present.ask("gambar jadwal 2026")
    assert asked.drawn
