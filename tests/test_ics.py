"""iCalendar files: valid by RFC 5545, stable over changes, honest about estimates."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from bot.answering.schedule.ics import file_name, to_ics
from bot.cli import cli, main
from bot.knowledge.deadline import ZONES, Deadline
from bot.knowledge.model import Snapshot
from click.testing import CliRunner
from icalendar import Calendar, Component

STAMP = datetime(2026, 9, 1, 9, tzinfo=ZONES["WITA"])
DAYS = Deadline(
    id="2027-unggah",
    stage="penilaian mandiri",
    title="Unggah bukti; tahap 1, „é“ " + "panjang " * 20,
    year=2027,
    opens=date(2027, 8, 2),
    closes=date(2027, 9, 15),
    link="https://eval.spbe.go.id",
    source="permenpanrb-8-2026",
    status="resmi",
    confidence="tinggi",
    note="Baris satu.\nBaris dua\\tiga.",
    action="Unggah bukti.",
)
TIMES = replace(
    DAYS,
    id="2027-kirim",
    opens=datetime(2027, 8, 2, 8, tzinfo=ZONES["WIT"]),
    closes=datetime(2027, 9, 15, 23, 59, tzinfo=ZONES["WIB"]),
    zone="WIB",
)


def written(knowledge: Snapshot, *events: Deadline) -> tuple[bytes, list[Component]]:
    """Return an iCalendar file and the events that it holds when it is read again."""
    content = to_ics(knowledge, events, STAMP)
    return content, list(Calendar.from_ical(content).walk("VEVENT"))


def test_all_that_ships_is_valid(knowledge: Snapshot) -> None:
    content, items = written(knowledge, *knowledge.deadlines)
    assert len(items) == sum(e.known for e in knowledge.deadlines)
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    head = Calendar.from_ical(content)
    assert (head["version"], head["calscale"], head["method"]) == ("2.0", "GREGORIAN", "PUBLISH")
    assert head["prodid"]
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D" in content
    assert b"X-PUBLISHED-TTL:PT24H" in content
    assert len({str(item["uid"]) for item in items}) == len(items)
    for item in items:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"} <= item.keys()
        assert item.decoded("dtstamp") == STAMP.astimezone(UTC)
        start, end = item.decoded("dtstart"), item.decoded("dtend")
        assert type(start) is type(end)
        assert end > start
        assert item.errors == []


def test_whole_days_end_on_the_day_after(knowledge: Snapshot) -> None:
    content, (item,) = written(knowledge, DAYS)
    assert b"DTSTART;VALUE=DATE:20270802\r\n" in content
    assert b"DTEND;VALUE=DATE:20270916\r\n" in content
    assert item["transp"] == "TRANSPARENT"


def test_times_are_in_utc(knowledge: Snapshot) -> None:
    content, _ = written(knowledge, TIMES)
    assert b"DTSTART:20270801T230000Z\r\n" in content
    assert b"DTEND:20270915T165900Z\r\n" in content
    assert b"TZID" not in content


@pytest.mark.parametrize(
    ("opens", "closes", "start", "end"),
    [
        (None, DAYS.closes, date(2027, 9, 15), date(2027, 9, 16)),
        (DAYS.opens, None, date(2027, 8, 2), date(2027, 8, 3)),
        (None, TIMES.closes, datetime(2027, 9, 15, 16, 59, tzinfo=UTC), None),
        (TIMES.closes, TIMES.closes, datetime(2027, 9, 15, 16, 59, tzinfo=UTC), None),
        # A day and a time, which iCalendar does not mix.
        (
            DAYS.opens,
            TIMES.closes,
            datetime(2027, 8, 1, 17, tzinfo=UTC),
            datetime(2027, 9, 15, 16, 59, tzinfo=UTC),
        ),
        (
            TIMES.opens,
            DAYS.closes,
            datetime(2027, 8, 1, 23, tzinfo=UTC),
            datetime(2027, 9, 15, 15, tzinfo=UTC),
        ),
    ],
)
def test_one_side_alone_or_mixed(
    knowledge: Snapshot,
    opens: date | None,
    closes: date | None,
    start: date,
    end: date | None,
) -> None:
    _, (item,) = written(knowledge, replace(DAYS, opens=opens, closes=closes, zone="WIB"))
    assert item.decoded("dtstart") == start
    assert ("DTEND" in item) is (end is not None)
    if end is not None:
        assert item.decoded("dtend") == end


def test_a_moved_event_keeps_its_uid_and_counts_up(knowledge: Snapshot) -> None:
    _, (before,) = written(knowledge, DAYS)
    moved = replace(DAYS, closes=date(2027, 9, 20), revision=1)
    _, (after,) = written(knowledge, moved)
    assert before["uid"] == after["uid"] == "2027-unggah@spbe-bot"
    assert (before["sequence"], after["sequence"]) == (0, 1)


def test_texts_come_back_as_they_were(knowledge: Snapshot) -> None:
    _, (item,) = written(knowledge, DAYS)
    assert str(item["summary"]) == DAYS.title
    assert "Baris satu.\nBaris dua\\tiga." in str(item["description"])
    assert "Yang perlu dilakukan: Unggah bukti." in str(item["description"])
    assert "PermenPANRB 8/2026" in str(item["description"])
    assert str(item["url"]) == DAYS.link


@pytest.mark.parametrize(
    ("event", "status", "alarms"),
    [
        (DAYS, "CONFIRMED", 1),
        (TIMES, "CONFIRMED", 1),
        (replace(DAYS, status="perkiraan"), "TENTATIVE", 0),
        (replace(DAYS, precision="bulan"), "TENTATIVE", 0),
        (replace(DAYS, opens=None), "CONFIRMED", 1),
        (replace(DAYS, closes=None), "CONFIRMED", 0),
        (replace(DAYS, opens=date(2025, 1, 1), closes=date(2025, 1, 2)), "CONFIRMED", 0),
    ],
)
def test_only_what_is_official_exact_and_to_come_rings(
    knowledge: Snapshot, event: Deadline, status: str, alarms: int
) -> None:
    _, (item,) = written(knowledge, event)
    assert item["status"] == status
    assert len(item.walk("VALARM")) == alarms
    if status == "TENTATIVE":
        assert "(" in str(item["summary"])


def test_the_alarm_rings_at_nine_the_day_before_the_last(knowledge: Snapshot) -> None:
    _, (item,) = written(knowledge, DAYS)
    (alarm,) = item.walk("VALARM")
    assert alarm["trigger"].params["RELATED"] == "END"
    end = datetime.combine(item.decoded("dtend"), datetime.min.time())
    assert end + alarm.decoded("trigger") == datetime(2027, 9, 14, 9)  # noqa: DTZ001
    _, (timed,) = written(knowledge, TIMES)
    assert timed.walk("VALARM")[0].decoded("trigger") == -timedelta(days=1)


def test_names_of_files(knowledge: Snapshot) -> None:
    assert file_name([DAYS]) == "jadwal-spbe-2027.ics"
    assert file_name(knowledge.deadlines) == "jadwal-spbe-2021-2026.ics"


# -- the command line


def run(*args: str) -> str:
    done = CliRunner().invoke(cli, ["schedule", *args], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_list_tells_status_and_confidence() -> None:
    output = run("list")
    assert "2026-penetapan; keyakinan rendah" in output
    assert "2021-visitasi" in output
    assert "2021-visitasi" not in run("list", "--year", "2026")


def test_export_writes_a_calendar(tmp_path: Path) -> None:
    run("export", str(tmp_path / "a.ics"), "--year", "2026")
    items = Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert len(items) == 6


def test_chart_draws_a_year(tmp_path: Path) -> None:
    run("chart", str(tmp_path / "a.png"), "--year", "2024")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["export", "a.txt"], ".ics"),
        (["export", "tidak/ada/a.ics"], "tidak dapat ditulis"),
        (["export", "a.ics", "--year", "1999"], "1999"),
        (["chart", "a.png", "--year", "1999"], "1999"),
        (["list", "--year", "1999"], "1999"),
    ],
)
def test_what_cannot_be_done_is_told(
    args: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["schedule", *args])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
