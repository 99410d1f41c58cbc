"""What broadcasts say, sentence by sentence."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from bot.broadcasts import wording
from bot.broadcasts.progress import Progress
from bot.broadcasts.telling import Kind, Telling
from bot.knowledge.deadline import ZONES

from tests.test_broadcast_planning import DEADLINE, FRIDAY


@pytest.mark.parametrize(
    ("progress", "line"),
    [
        (Progress("r", 3, 3, 0, 0, over=True), "3 terkirim, 0 gagal. Selesai."),
        (
            Progress("r", 3, 2, 0, 1),
            "2 terkirim, 0 gagal, 1 tersisa.\nPerkiraan selesai belum diketahui.",
        ),
        (Progress("r", 3, 2, 0, 1, seconds=40), "1 tersisa.\nSelesai 40 detik lagi."),
    ],
)
def test_progress(progress: Progress, line: str) -> None:
    assert wording.progress("Pengumuman 1", progress).endswith(line)


@pytest.mark.parametrize(
    ("zone", "line"),
    [
        ("WIB", "Hari ini hari terakhir (sampai pukul 00.00 nanti malam)."),
        ("WITA", "Hari ini hari terakhir (sampai pukul 00.00 WIB nanti malam)."),
    ],
)
def test_a_closing_at_midnight_ends_tonight(zone: str, line: str) -> None:
    closes = datetime(2026, 10, 31, tzinfo=ZONES["WIB"])
    event = replace(DEADLINE, closes=closes, zone="WIB")
    assert line in wording.reminder(event, closes, 0, FRIDAY, zone)
    assert "Hari ini" not in wording.reminder(event, closes, 1, date(2026, 10, 29), zone)


def test_a_count_through_a_year_without_a_decree_says_so() -> None:
    text = wording.reminder(DEADLINE, FRIDAY, 3, date(2026, 10, 27), "WIB", unsure=(2028,))
    assert "Cuti bersama 2028 belum ditetapkan" in text
    assert "Cuti" not in wording.reminder(DEADLINE, FRIDAY, 3, date(2026, 10, 27), "WIB")


def test_an_event_that_waits_is_named_with_its_date() -> None:
    text = wording.held("Reviu", "perkiraan", date(2026, 12, 15))
    assert text == (
        "<b>Reviu</b> (batas akhir Selasa, 15 Desember 2026) masih perkiraan, jadi belum "
        "diingatkan. Bila boleh diingatkan dengan tanggal ini, tekan Setujui."
    )


def test_runs_are_named_after_their_events() -> None:
    now = datetime(2027, 9, 10, 8, tzinfo=ZONES["WITA"])
    tellings = [Telling(Kind.REMINDER, str(n), title=f"Acara {n}") for n in range(1, 6)]
    assert wording.run_title([*tellings[:1], *tellings[:1]], now) == (
        "Pengingat Acara 1 (10-09-2027 08.00 WITA)"
    )
    title = wording.run_title([*tellings, Telling(Kind.MOVED, "1", title="Acara 1")], now)
    assert title.startswith("Pengingat dan perubahan jadwal Acara 1, Acara 2, Acara 3, dan 2 ")


def test_a_subscription_says_what_is_not_sent_without_a_region() -> None:
    told = wording.subscribed((), 8, "WIB", (1,), region="")
    assert "Daerah: belum dipilih; pengingat khusus satu daerah tidak dikirim." in told
    assert "Daerah: Kota Palopo" in wording.subscribed((), 8, "WIB", (1,), region="Kota Palopo")
    assert "Daerah" not in wording.subscribed((), 8, "WIB", (1,))
