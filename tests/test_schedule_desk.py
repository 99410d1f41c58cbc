"""Questions for the calendar: dates, days left, what is due; and what is left to other desks."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from bot.answering.answer import Answer, Kind, Topic
from bot.answering.assistant import Assistant
from bot.knowledge.deadline import ZONES, Audience, Deadline
from bot.knowledge.model import Snapshot

from tests.schedule_app import Standing, at

DURING = "2026-09-01T09:00"


def ask(assistant: Assistant, *turns: str, moment: str = DURING, zone: str = "WITA") -> Answer:
    """Return the answer to the last of some questions, at a moment."""
    present = at(assistant, moment, zone)
    topic = Topic()
    for turn in turns:
        answer, topic = present.ask(turn, topic)
    return answer


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("kapan batas penilaian mandiri?", "1 Agustus – 15 September 2026 (perkiraan)"),
        ("kpn bts penilain mandiri", "15 September 2026"),
        ("tengat penilaian mandiri", "15 September 2026"),
        ("deadline bukti kapan min", "15 September 2026"),
        ("masih bisa unggah bukti?", "Sedang berjalan"),
        ("penilaian mandiri sudah lewat belum?", "Sedang berjalan"),
        ("udah tutup belum penilaian mandirinya?", "Sedang berjalan"),
        ("jadwal visitasi", "1–30 Oktober 2026"),
        ("tgl brp visitasi", "1–30 Oktober 2026"),
        ("kapan interview", "21–30 September 2026"),
        ("kapan hasilnya keluar", "1 November – 15 Desember 2026"),
        ("kapan hasil evaluasi spbe 2026 diumumkan", "15 Desember 2026"),
        ("deadline evaluasi spbe 2024 kapan", "Juli–Agustus 2024"),
        ("dedline evaluasi spbe 2024 kpn", "Tahap 4 (interviu): September–Oktober 2024"),
        ("tahapan evaluasi thn ini", "Interviu asesor eksternal: 21–30 September 2026"),
        ("jadwal 2022", "Penilaian interviu: minggu III–V Agustus 2022"),
        ("jadwal 2023", "sampai Desember 2023"),
        ("interviu 2021 kapan", "20 Juli – 23 Agustus 2021"),
        ("jadwal interviu kota bogor 2024", "15 Oktober 2024"),
        ("jadwal penilaian mandiri kabupaten paser", "15 September 2026"),
        ("kapan evaluasi spbe 2025", "21 April 2025"),
    ],
)
def test_everyday_questions_are_answered(assistant: Assistant, question: str, shown: str) -> None:
    answer = ask(assistant, question)
    assert answer.kind is Kind.DEADLINE
    assert shown in answer.text
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("apa yang jatuh tempo bulan ini?", ["September 2026", "Unggah bukti", "Interviu"]),
        ("jatuh tempo minggu ini", ["Tidak ada", "31 Agustus – 6 September", "Unggah bukti"]),
        ("minggu depan ada apa", ["7–13 September 2026", "Unggah bukti"]),
        ("pekan depan ada agenda apa", ["7–13 September 2026"]),
        ("ada tenggat apa dalam 3 minggu ke depan", ["3 minggu ke depan", "Unggah bukti"]),
        ("oktober ada apa", ["Oktober 2026", "Visitasi lapangan"]),
        ("jadwal bulan april 2022", ["April 2022", "Sosialisasi"]),
        ("bulan depan jatuh tempo apa", ["Oktober 2026", "Visitasi lapangan"]),
        ("hari ini ada apa", ["1 September 2026", "Unggah bukti"]),
        ("besok ada agenda apa", ["2 September 2026", "Unggah bukti"]),
    ],
)
def test_what_is_due_within_a_time(assistant: Assistant, question: str, shown: list[str]) -> None:
    answer = ask(assistant, question)
    assert answer.kind is Kind.DEADLINE
    for part in shown:
        assert part in answer.text, answer.text


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-07-31T10:00", "dibuka 0 hari kerja (1 hari kalender) lagi"),
        ("2026-07-30T10:00", "dibuka 1 hari kerja (2 hari kalender) lagi"),
        ("2026-08-01T00:00", "sisa 30 hari kerja (45 hari kalender)"),
        ("2026-09-14T23:59", "sisa 1 hari kerja."),
        ("2026-09-15T23:59", "Hari ini hari terakhir."),
        ("2026-09-16T00:00", "Sudah lewat: ditutup 1 hari kerja yang lalu."),
        ("2027-03-01T00:00", "Sudah lewat."),
    ],
)
def test_days_left_are_working_days(assistant: Assistant, moment: str, shown: str) -> None:
    answer = ask(assistant, "kapan penilaian mandiri 2026", moment=moment)
    assert shown in answer.text
    assert any("Senin–Jumat" in n for n in answer.notes) is any(c.isdigit() for c in shown) or (
        "terakhir" in shown
    )


def test_an_estimate_says_that_it_is_one(assistant: Assistant) -> None:
    answer = ask(assistant, "jadwal visitasi")
    assert "perkiraan" in answer.text
    assert any("bukan jadwal resmi (keyakinan sedang)" in note for note in answer.notes)
    assert any("Aceh Tengah" in note for note in answer.notes)
    official = ask(assistant, "jadwal penilaian mandiri 2022")
    assert "perkiraan" not in official.text
    assert any("berkeyakinan sedang" in note for note in official.notes)


def test_days_are_never_counted_from_weeks_or_months(assistant: Assistant) -> None:
    answer = ask(assistant, "kapan interviu 2024", moment="2024-09-01T09:00")
    general = answer.text.splitlines()[1]
    assert "hari persisnya tidak diketahui" in general
    assert "hari kerja" not in general


def test_what_is_to_be_done_is_told_while_it_can_be(assistant: Assistant) -> None:
    assert "Unggah bukti dukung di" in ask(assistant, "batas penilaian mandiri").text
    late = ask(assistant, "batas penilaian mandiri", moment="2026-10-01T09:00")
    assert "Yang perlu dilakukan" not in late.text


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("jadwal 2027", "2027 belum ada pada saya"),
        ("tahun depan jadwalnya gimana", "2027 belum ada pada saya"),
        ("jadwal 2020", "2020 tidak ada pada saya"),
        ("kapan visitasi 2023", "visitasi 2023 tidak ada pada saya"),
        ("kapan penilaian dokumen", "penilaian dokumen 2026 tidak ada pada saya"),
    ],
)
def test_it_abstains_where_the_calendar_does_not_know(
    assistant: Assistant, question: str, shown: str
) -> None:
    answer = ask(assistant, question)
    assert answer.kind is Kind.UNKNOWN
    assert shown in answer.text
    for suggestion in answer.suggestions:
        assert ask(assistant, suggestion).kind is Kind.DEADLINE, suggestion


def test_an_event_without_a_date_is_told_as_such(assistant: Assistant) -> None:
    answer = ask(assistant, "kapan pengumuman hasil 2022")
    assert "108/2023" in answer.text
    assert "tanggalnya tidak diketahui" in answer.text
    assert answer.chart is None


def test_suggestions_can_be_answered(assistant: Assistant) -> None:
    for question in ("jadwal 2026", "kapan visitasi", "jatuh tempo minggu ini"):
        for suggestion in ask(assistant, question).suggestions:
            assert not ask(assistant, suggestion).abstained, suggestion


# -- conversation


@pytest.mark.parametrize(
    ("turns", "shown"),
    [
        (["kapan batas penilaian mandiri", "sudah lewat belum?"], "Sedang berjalan"),
        (["kapan batas penilaian mandiri", "sisa berapa hari kerja lagi"], "sisa 10 hari kerja"),
        (["kapan batas penilaian mandiri", "kalau visitasi?"], "1–30 Oktober 2026"),
        (["jadwal visitasi 2026", "kalau 2021?"], "23 September – 1 Oktober 2021"),
        (["jadwal 2024", "kalau interviu?"], "September–Oktober 2024"),
        (["jadwal 2022", "tahun berikutnya?"], "sampai Desember 2023"),
        (["sisa berapa hari kerja lagi"], "sisa 10 hari kerja (14 hari kalender)"),
        (["jadwal visitasi", "indeks palopo 2024", "kalau 2023?"], "Palopo 2023: 3,31"),
        (["indeks palopo 2024", "jadwal 2022", "kalau gowa?"], "Gowa"),
    ],
)
def test_the_conversation_goes_on(assistant: Assistant, turns: list[str], shown: str) -> None:
    assert shown in ask(assistant, *turns).text


def test_nothing_ahead_is_no_answer(assistant: Assistant) -> None:
    answer = ask(assistant, "sisa berapa hari kerja lagi", moment="2028-01-03T09:00")
    assert answer.kind is Kind.UNKNOWN


# -- other desks keep their questions


@pytest.mark.parametrize(
    "question",
    [
        "kapan visitasi diperlukan",
        "siapa yang melakukan visitasi",
        "apa itu visitasi",
        "tahapan evaluasi spbe apa saja",
        "jadwal kapal pelni makassar surabaya mggu ini kpn ya",
        "jadwal sholat hari ini",
        "jadwal pilkada 2024",
        "besok libur?",
        "sudah lewat belum?",
        "kapan arsitektur spbe harus direviu",
        "batas predikat sangat baik berapa",
        "Berapa lama tenggat penerapan aplikasi umum sejak Perpres SPBE berlaku?",
        "Apakah tenggat tiga tahun itu sudah lewat?",
        "Kalau tahun ini cuma pemantauan, ada interviu tidak?",
        "Ke mana dan lewat apa hasil penilaian mandiri dikirim?",
        "bukti dukung utk indikator 12 level 4 apa aja ya min? deadline bsk nih",
        "perpres 82/2023 pasal 2 ayat 4 tuh batas waktunya kpn?",
        "Kapan interviu evaluasi SPBE 2023 Luwu Utara dilaksanakan?",
        "min interviu evaluasi spbe kab paser 2024 tgl brp ya?",
        "indeks palopo 2024",
    ],
)
def test_other_desks_keep_their_questions(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).kind is not Kind.DEADLINE


def test_no_question_of_the_provisions_is_taken(assistant: Assistant, knowledge: Snapshot) -> None:
    taken = [
        question
        for regulation in knowledge.regulations.values()
        for provision in regulation.provisions
        for question in provision.questions[:2]
        if assistant._schedule.answer(assistant.reader.read(question), Topic()) is not None
    ]
    assert taken == []


# -- times, zones, audiences


TIMED = Deadline(
    id="2027-unggah",
    stage="penilaian mandiri",
    title="Unggah bukti",
    year=2027,
    opens=datetime(2027, 8, 2, 8, tzinfo=ZONES["WIB"]),
    closes=datetime(2027, 9, 15, 23, 30, tzinfo=ZONES["WIB"]),
    zone="WIB",
    source="permenpanrb-8-2026",
    status="resmi",
    confidence="tinggi",
)


@pytest.fixture(scope="module")
def timed(knowledge: Snapshot) -> Assistant:
    """An assistant whose calendar has an event that closes at a time."""
    ours = replace(TIMED, id="2027-luwu-utara", title="Klinik", stage="sosialisasi")
    ours = replace(ours, audience=Audience(regions=("73.22",)), opens=date(2027, 7, 1))
    ours = replace(ours, closes=date(2027, 7, 2), zone="")
    return Assistant(
        replace(knowledge, deadlines=(*knowledge.deadlines, TIMED, ours)),
        2027,
        Standing("2027-08-10T09:00"),
    )


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("WIB", "15 September 2027 pukul 23.30 WIB."),
        ("WITA", "23.30 WIB (16 September 2027 00.30 WITA)"),
        ("WIT", "23.30 WIB (16 September 2027 01.30 WIT)"),
    ],
)
def test_a_time_is_told_in_the_reader_s_zone_too(timed: Assistant, zone: str, shown: str) -> None:
    assert shown in ask(timed, "batas unggah bukti", moment="2027-08-10T09:00", zone=zone).text


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        ("2027-09-15T23:00", "WIB", "Ditutup hari ini pukul 23.30."),
        ("2027-09-16T00:10", "WITA", "Ditutup hari ini pukul 00.30."),
        ("2027-09-15T23:30", "WIB", "Sudah ditutup hari ini."),
        ("2027-09-16T00:30", "WITA", "Sudah ditutup hari ini."),
        ("2027-08-02T07:59", "WIB", "Belum dibuka"),
        ("2027-08-02T08:59", "WITA", "Belum dibuka"),
        ("2027-08-02T09:00", "WITA", "Sedang berjalan"),
    ],
)
def test_a_time_holds_in_every_zone(timed: Assistant, moment: str, zone: str, shown: str) -> None:
    answer = ask(timed, "batas unggah bukti 2027", moment=moment, zone=zone)
    assert shown in answer.text


def test_an_event_of_one_region_is_for_that_region(timed: Assistant) -> None:
    own = ask(timed, "kapan sosialisasi luwu utara 2027", moment="2027-06-01T09:00")
    assert "Klinik" in own.text
    other = ask(timed, "jadwal sosialisasi palopo 2027", moment="2027-06-01T09:00")
    assert "Klinik" not in other.text


def test_what_is_to_come_goes_before_what_is_over(timed: Assistant) -> None:
    text = ask(timed, "kapan batas penilaian mandiri", moment="2026-12-20T09:00").text
    assert "Unggah bukti: 2 Agustus 2027" in text


def test_years_without_a_decree_are_told(knowledge: Snapshot) -> None:
    far = replace(
        TIMED, id="2090-x", year=2090, opens=date(2090, 3, 1), closes=date(2090, 9, 1), zone=""
    )
    old = Assistant(replace(knowledge, deadlines=(far,)), 2090, Standing("2090-04-03T09:00"))
    answer, _ = old.ask("batas penilaian mandiri 2090")
    assert any("Cuti bersama 2090" in note for note in answer.notes)


def test_without_a_calendar_nothing_is_taken(knowledge: Snapshot) -> None:
    bare = Assistant(replace(knowledge, deadlines=()), 2026)
    answer, _ = bare.ask("jadwal 2026")
    assert answer.kind is not Kind.DEADLINE


def test_another_clock_leaves_the_first_alone(assistant: Assistant) -> None:
    early, late = at(assistant, "2026-08-03T09:00"), at(assistant, "2026-12-31T09:00")
    assert "Sedang berjalan" in early.ask("batas penilaian mandiri")[0].text
    assert "Sudah lewat" in late.ask("batas penilaian mandiri")[0].text
    assert "Sedang berjalan" in early.ask("batas penilaian mandiri")[0].text


@pytest.mark.parametrize(
    "question", ["indeks palopo 2024", "nilai spbe luwu utara 2023", "palopo 2024"]
)
def test_a_question_of_figures_does_not_go_on_about_the_calendar(
    assistant: Assistant, question: str
) -> None:
    _, topic = assistant.ask("kapan batas penilaian mandiri?")
    answer, _ = assistant.ask(question, topic)
    assert answer.kind is Kind.INDEX


@pytest.mark.parametrize(
    "question",
    [
        "apa itu penilaian visitasi",
        "siapa yang melakukan penilaian dokumen evaluasi spbe",
        "visitasi itu wajib untuk semua daerah?",
        "penilaian interviu maksudnya apa",
        "palopo kurang berapa lagi biar sangat baik (data 2024)",
    ],
)
def test_a_question_of_rule_or_figures_is_answered_as_if_asked_first(
    assistant: Assistant, question: str
) -> None:
    _, topic = assistant.ask("kapan batas penilaian mandiri?")
    alone, _ = assistant.ask(question)
    after, _ = assistant.ask(question, topic)
    assert (after.kind, after.citations) == (alone.kind, alone.citations)
