"""How the bot is used: counts by day, shares, topics, speed, and how it is told."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from statistics import median

import pytest
from bot.administration import wording
from bot.administration.records import Entry, Vote, read_entries
from bot.administration.statistics import (
    MOST_TOPICS,
    Day,
    Topic,
    picture,
    report,
    statistics,
    topics_of,
)
from bot.answering.answer import Kind
from bot.answering.assistant import Assistant
from hypothesis import given, settings
from hypothesis import strategies as st

TODAY = date(2026, 11, 28)
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def entry(kind: str = "regulation", ago: int = 0, ms: float | None = 10.0) -> Entry:
    """A question asked days ago."""
    cited = () if kind == "unknown" else ("perpres-95-2018#pasal-12",)
    return Entry(NOON - timedelta(days=ago), "0000000a", "pertanyaan", kind, cited, ms)


def vote(value: int, user: int = 1, ago: int = 0) -> Vote:
    return Vote(NOON - timedelta(days=ago), user, "0000000a", value)


def by_kind(found: Entry) -> tuple[str, ...]:
    return (found.kind,)


# -- counting -------------------------------------------------------------------------------------


def test_each_day_is_there_zeros_too() -> None:
    found = statistics([entry(ago=2), entry("unknown", 2), entry("faq")], [], 4, TODAY)
    assert found.days == (
        Day(date(2026, 11, 25)),
        Day(date(2026, 11, 26), 1, 1),
        Day(date(2026, 11, 27)),
        Day(TODAY, 1, 0),
    )
    assert (found.asked, found.answered) == (3, 2)
    assert found.answered_share == pytest.approx(2 / 3)


def test_small_talk_is_no_question() -> None:
    found = statistics([entry("smalltalk"), entry("unknown")], [], 1, TODAY)
    assert (found.asked, found.answered_share, found.small_talk) == (1, 0.0, 1)


def test_what_lies_outside_the_period_is_left_out() -> None:
    questions = [entry(ago=7), entry(ago=-1), entry(ago=6)]
    votes = [vote(1, ago=7), vote(1, 2, ago=-1), vote(-1, 3)]
    found = statistics(questions, votes, 7, TODAY, name_topics=by_kind)
    assert (found.asked, found.up, found.down) == (1, 0, 1)
    assert found.topics == (Topic("regulation", 1),)


def test_a_day_is_one_of_the_zone_of_the_record() -> None:
    wita = timezone(timedelta(hours=8))
    early = Entry(datetime(2026, 11, 28, 1, tzinfo=wita), "0000000a", "pertanyaan", "faq")
    assert statistics([early], [], 1, TODAY).asked == 1


def test_nothing_asked_is_no_share() -> None:
    found = statistics([], [], 3, TODAY)
    assert (found.answered_share, found.up_share) == (None, None)
    assert (found.median_ms, found.high_ms) == (None, None)


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_is_a_day_at_least(days: int) -> None:
    with pytest.raises(ValueError, match=str(days)):
        statistics([], [], days, TODAY)


def test_shares_of_votes() -> None:
    found = statistics([], [vote(1), vote(1, 2), vote(1, 3), vote(-1, 4)], 1, TODAY)
    assert (found.up, found.down, found.up_share) == (3, 1, 0.75)


@pytest.mark.parametrize(
    ("took", "half", "high"),
    [
        ([7.0], 7.0, 7.0),
        ([1.0, 3.0], 2.0, 2.9),
        ([float(ms) for ms in range(101)], 50.0, 95.0),
        ([5.0, None, 5.0], 5.0, 5.0),
    ],
)
def test_speed(took: Sequence[float | None], half: float, high: float) -> None:
    found = statistics([entry(ms=ms) for ms in took], [], 1, TODAY)
    assert found.median_ms == pytest.approx(half)
    assert found.high_ms == pytest.approx(high)


def test_the_most_asked_about_comes_first_of_equals_by_name() -> None:
    kinds = ["faq", "status", "status", "index", "deadline", "indicator", "regulation"]
    found = statistics([entry(k) for k in kinds], [], 1, TODAY, name_topics=by_kind)
    names = [topic.name for topic in found.topics]
    assert names == ["status", "deadline", "faq", "index", "indicator"]
    assert len(names) == MOST_TOPICS


@settings(deadline=None, database=None)
@given(
    st.lists(st.tuples(st.sampled_from(Kind), st.integers(-3, 40), st.floats(0, 1e5) | st.none())),
    st.integers(1, 35),
    st.data(),
)
def test_sums_add_up_in_any_order(
    rows: list[tuple[Kind, int, float | None]], days: int, data: st.DataObject
) -> None:
    questions = [entry(kind, ago, ms) for kind, ago, ms in rows]
    found = statistics(questions, [], days, TODAY, name_topics=by_kind)
    inside = [(kind, ms) for kind, ago, ms in rows if 0 <= ago < days]
    assert len(found.days) == days
    assert found.asked + found.small_talk == len(inside)
    assert found.asked - found.answered == sum(kind == Kind.UNKNOWN for kind, _ in inside)
    took = [ms for _, ms in inside if ms is not None]
    if took:
        assert found.median_ms == median(took)
        assert found.high_ms is not None
        # Figures between two are rounded in their last bits.
        assert median(took) - 1e-6 <= found.high_ms <= max(took) + 1e-6
    shuffled = data.draw(st.permutations(questions))
    assert statistics(shuffled, [], days, TODAY, name_topics=by_kind) == found


# -- topics ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("apa bunyi pasal 12 perpres 95/2018", ("Perpres 95/2018",)),
        ("bukti indikator 19 level 4", ("Indikator 19",)),
        ("indeks spbe palopo 2024", ("Indeks Kota Palopo",)),
        (
            "bandingkan indeks palopo dan makassar 2024",
            ("Indeks Kota Palopo", "Indeks Kota Makassar"),
        ),
        ("rata-rata nasional indeks spbe 2024", (wording.TOPIC_INDEX_ANY,)),
        ("siapa kepala diskominfo luwu utara", (wording.TOPIC_NEWS,)),
        ("resep coto makassar", ()),
    ],
)
def test_topics_have_names(assistant: Assistant, question: str, topics: tuple[str, ...]) -> None:
    answer, _ = assistant.ask(question)
    record = {
        "time": NOON.isoformat(),
        "answer": "0000000a",
        "question": question,
        "kind": answer.kind.value,
        "cited": [f"{c.source}#{c.locator}" for c in answer.citations[:3]],
        "ms": 1.0,
    }
    (kept,) = read_entries([json.loads(json.dumps(record))])
    assert topics_of(assistant.snapshot, assistant.reader)(kept) == topics


@pytest.mark.parametrize(
    "cited", ["", "#", "perpres-1-1900#pasal-1", "x#indikator-", "#indikator-2"]
)
def test_any_citation_has_a_topic(assistant: Assistant, cited: str) -> None:
    kept = Entry(NOON, "0000000a", "pertanyaan", "regulation", (cited,))
    (name,) = topics_of(assistant.snapshot, assistant.reader)(kept)
    assert name.strip()


# -- telling --------------------------------------------------------------------------------------


def test_the_report() -> None:
    questions = [entry(ago=ago % 7, ms=12) for ago in range(1234)]
    questions += [entry("unknown", ms=1500) for _ in range(86)] + [entry("smalltalk", ms=None)]
    votes = [vote(1 if user % 4 else -1, user) for user in range(8)]
    found = statistics(
        questions, votes, 7, TODAY, open_items=5, name_topics=lambda _: ("Perpres 95/2018",)
    )
    assert report(found).splitlines() == [
        "Pemakaian asisten SPBE, 22–28 November 2026",
        "",
        "Pertanyaan: 1.320, rata-rata 188,6 sehari",
        "Terjawab: 93,5 % (1.234 dari 1.320)",
        "Sapaan dan obrolan ringan: 1 (tidak dihitung di atas)",
        "Penilaian 👍: 75 % (6 dari 8)",
        "Waktu jawab: separuhnya dalam 12 milidetik, 95 % dalam 1,5 detik",
        "Menunggu keputusan admin: 5 pertanyaan",
        "",
        "Paling banyak ditanyakan:",
        "1. Perpres 95/2018: 1.320",
    ]


def test_the_report_of_nothing() -> None:
    assert report(statistics([], [], 1, TODAY)).splitlines() == [
        "Pemakaian asisten SPBE, 28 November 2026",
        "",
        wording.REPORT_NOTHING,
        wording.REPORT_NO_VOTES,
        wording.REPORT_NOTHING_OPEN,
    ]


@pytest.mark.parametrize(
    ("days", "span"),
    [
        (1, "28 November 2026"),
        (28, "1–28 November 2026"),
        (30, "30 Oktober – 28 November 2026"),
        (400, "25 Oktober 2025 – 28 November 2026"),
    ],
)
def test_the_period_is_written_short(days: int, span: str) -> None:
    assert report(statistics([], [], days, TODAY)).splitlines()[0].endswith(f", {span}")


def test_the_picture_shows_what_was_counted() -> None:
    found = statistics(
        [entry(ago=1), entry("unknown")], [], 2, TODAY, name_topics=lambda _: ("Indikator 19",)
    )
    chart = picture(found)
    assert chart.title == "2 pertanyaan, 50 % terjawab"
    assert [(d.label, d.answered, d.unanswered) for d in chart.days] == [
        ("27 Nov", 1, 0),
        ("28 Nov", 0, 1),
    ]
    assert chart.topics == (("Indikator 19", 2),)
    assert picture(statistics([], [], 2, TODAY)).title == wording.PICTURE_NOTHING


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0 %", wording.percent(0)),
        ("0,1 %", wording.percent(0.00001)),
        ("93,5 %", wording.percent(0.935)),
        ("99,9 %", wording.percent(0.99999)),
        ("100 %", wording.percent(1)),
        ("999", wording.count(999)),
        ("1.234.567", wording.count(1234567)),
        ("1.234,5", wording.decimal(1234.5)),
        ("1.235", wording.decimal(1234.98)),
        ("999 milidetik", wording.duration(999.4)),
        ("1 detik", wording.duration(999.6)),
        ("1,2 detik", wording.duration(1234)),
    ],
)
def test_numbers_are_written_the_indonesian_way(written: str, value: str) -> None:
    assert value == written
