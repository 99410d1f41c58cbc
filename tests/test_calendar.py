"""The calendar's files: what ships is sound; what is wrong is told by file, line, field, mend."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from bot.knowledge import snapshot
from bot.knowledge.calendar import check_calendar, read_calendar
from bot.knowledge.deadline import STAGES, ZONES, Audience, Deadline
from bot.knowledge.faults import Fault, Faults
from bot.knowledge.model import Snapshot
from bot.knowledge.reading import load_yaml
from jsonschema import Draft202012Validator

from tests.conftest import ROOT

CALENDAR = ROOT / "knowledge/jadwal"
EVENT = """\
tahun: 2027
acara:
- id: 2027-interviu
  tahap: interviu
  judul: Penilaian interviu
  buka: 2027-09-20
  tutup: 2027-09-30
  sumber: permenpanrb-8-2026
  status: perkiraan
  keyakinan: rendah
"""


def read(folder: Path, text: str, name: str = "2027.yaml") -> tuple[Deadline, ...]:
    """Return the events of one file, which must have no fault."""
    faults, events = faulty(folder, text, name)
    assert [str(f) for f in faults] == []
    return events


def faulty(
    folder: Path, text: str, name: str = "2027.yaml"
) -> tuple[tuple[Fault, ...], tuple[Deadline, ...]]:
    """Return what is wrong with one file, and the events that are read all the same."""
    (folder / "jadwal").mkdir(exist_ok=True)
    (folder / "jadwal" / name).write_text(text, encoding="utf-8")
    faults = Faults(folder)
    events = read_calendar(folder / "jadwal", faults)
    return faults.sorted(), events


# -- what ships


def test_every_year_of_the_47_indicators_and_the_next_is_there(knowledge: Snapshot) -> None:
    assert {e.year for e in knowledge.deadlines} == set(range(2021, 2027))
    assert len({e.id for e in knowledge.deadlines}) == len(knowledge.deadlines)


def test_what_is_shipped_is_as_its_sources_say(knowledge: Snapshot) -> None:
    events = {e.id: e for e in knowledge.deadlines}
    interview = events["2021-interviu"]
    assert (interview.opens, interview.closes) == (date(2021, 7, 20), date(2021, 8, 23))
    weeks = events["2022-penilaian-mandiri"]
    assert (weeks.precision, weeks.opens) == ("minggu", date(2022, 4, 1))
    assert weeks.closes == date(2022, 7, 14)
    months = events["2024-interviu"]
    assert (months.precision, months.closes) == ("bulan", date(2024, 10, 31))
    assert not events["2022-pengumuman"].known
    assert events["2024-interviu-kota-bogor"].audience.regions == ("32.71",)


def test_no_date_of_2026_that_nobody_has_announced_passes_for_official(
    knowledge: Snapshot,
) -> None:
    for event in knowledge.deadlines:
        if event.year == 2026 and event.stage != "persiapan":
            assert event.status == "perkiraan", event.id
            assert event.note, event.id


def test_files_match_the_published_schema() -> None:
    schema = json.loads((ROOT / "knowledge/skema/jadwal.schema.json").read_text())
    validator = Draft202012Validator(schema)
    for path in (*CALENDAR.glob("*.yaml"), CALENDAR / "2027.yaml.contoh"):
        data = json.loads(json.dumps(load_yaml(path.read_text()), default=str))
        assert [e.message for e in validator.iter_errors(data)] == [], path


def test_the_template_is_ignored_and_sound(tmp_path: Path, knowledge: Snapshot) -> None:
    assert not any(e.year == 2027 for e in knowledge.deadlines)
    text = (CALENDAR / "2027.yaml.contoh").read_text(encoding="utf-8")
    events = {e.id: e for e in read(tmp_path, text)}
    closing = events["2027-penilaian-mandiri"].closes
    assert closing == datetime(2027, 9, 15, 23, 59, tzinfo=ZONES["WIB"])
    assert not events["2027-interviu"].known


def test_the_schema_names_the_stages_of_the_model() -> None:
    schema = json.loads((ROOT / "knowledge/skema/jadwal.schema.json").read_text())
    assert tuple(schema["$defs"]["EventItem"]["properties"]["tahap"]["enum"]) == STAGES


# -- how dates are read


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        ("2027-09", "2027-10", (date(2027, 9, 1), date(2027, 10, 31), "bulan")),
        ("2028-02 minggu 5", "2028-02 minggu 5", (date(2028, 2, 29), date(2028, 2, 29), "minggu")),
        ("2027-08 minggu 1", "2027-08 minggu 5", (date(2027, 8, 1), date(2027, 8, 31), "minggu")),
        ("2027-09-01", "2027-09-01", (date(2027, 9, 1), date(2027, 9, 1), "hari")),
    ],
)
def test_dates_are_read_as_exactly_as_they_are_written(
    tmp_path: Path, opens: str, closes: str, expected: tuple[date, date, str]
) -> None:
    text = EVENT.replace("2027-09-20", opens).replace("2027-09-30", closes)
    (event,) = read(tmp_path, text)
    assert (event.opens, event.closes, event.precision) == expected


@pytest.mark.parametrize(
    "written", ["2027-09-30 16:00", "2027-09-30 16.00", "2027-09-30 16:00:00"]
)
@pytest.mark.parametrize(("zone", "hour"), [("WIB", 9), ("WITA", 8), ("WIT", 7)])
def test_a_time_has_its_zone(tmp_path: Path, written: str, zone: str, hour: int) -> None:
    text = EVENT.replace("2027-09-30", f"{written}\n  zona: {zone}")
    (event,) = read(tmp_path, text)
    assert event.closes == datetime(2027, 9, 30, hour, tzinfo=UTC)
    assert event.zone == zone
    assert event.last_day == date(2027, 9, 30)


def test_only_the_closing_may_be_known(tmp_path: Path) -> None:
    (event,) = read(tmp_path, EVENT.replace("  buka: 2027-09-20\n", ""))
    assert event.known
    assert event.first_day is None


def test_a_closing_at_a_time_of_the_first_day_is_no_fault(tmp_path: Path) -> None:
    text = EVENT.replace("2027-09-20", "2027-09-30 08:00\n  zona: WIB")
    (event,) = read(tmp_path, text)
    assert event.closes == date(2027, 9, 30)


# -- a moved event is told apart


def test_the_version_follows_the_dates_only(tmp_path: Path) -> None:
    (first,) = read(tmp_path, EVENT)
    (renamed,) = read(tmp_path, EVENT.replace("Penilaian interviu", "Interviu"))
    (moved,) = read(tmp_path, EVENT.replace("2027-09-30", "2027-10-01"))
    (vague,) = read(tmp_path, EVENT.replace("2027-09-20", "2027-09").replace("-30", ""))
    assert first.version == renamed.version
    assert len({first.version, moved.version, vague.version}) == 3


# -- whom it concerns


@pytest.mark.parametrize(
    ("audience", "code", "kind", "tags", "meant"),
    [
        (Audience(), "73.22", "kabupaten", (), True),
        (Audience(regions=("73",)), "73.22", "kabupaten", (), True),
        (Audience(regions=("73",)), "73", "provinsi", (), True),
        (Audience(regions=("73",)), "74.02", "kabupaten", (), False),
        (Audience(regions=("73.22",)), "73.2", "kabupaten", (), False),
        (Audience(regions=("73",), kinds=("kota",)), "73.22", "kabupaten", (), False),
        (Audience(kinds=("lembaga",)), "bkn", "lembaga pemerintah nonkementerian", (), True),
        (Audience(tags=("asesor",)), "73.22", "kabupaten", (), False),
        (Audience(tags=("asesor",)), "73.22", "kabupaten", ("asesor",), True),
    ],
)
def test_audiences_narrow_down(
    audience: Audience, code: str, kind: str, tags: tuple[str, ...], meant: bool
) -> None:
    assert audience.includes(code, kind, frozenset(tags)) is meant


# -- what is wrong


@pytest.mark.parametrize(
    ("old", "new", "field", "message", "line"),
    [
        ("tahap: interviu", "tahap: wawancara", "tahap", "di luar pilihan", 4),
        ("tahap: interviu", "tahapan: interviu", "tahapan", "tidak dikenal", 4),
        ("tahap: interviu", "tahapan: interviu", "tahap", "wajib ada", 3),
        ("status: perkiraan", "status: mungkin", "status", "di luar pilihan", 9),
        ("buka: 2027-09-20", "buka: 20 September 2027", "buka", "bukan tanggal", 6),
        ("buka: 2027-09-20", "buka: 2027-02-30x", "buka", "bukan tanggal", 6),
        ("buka: 2027-09-20", 'buka: "2027-02-30"', "buka", "tidak ada dalam kalender", 6),
        ("tutup: 2027-09-30", "tutup: 2027-09-19", "tutup", "Lebih awal", 7),
        ("tutup: 2027-09-30", "tutup: 2027-09", "tutup", "Ketelitiannya", 7),
        ("buka: 2027-09-20", "buka: 2027-02 minggu 5", "buka", "tidak ada dalam kalender", 6),
        ("tutup: 2027-09-30", "tutup: 2027-09-30 25:00\n  zona: WIB", "tutup", "tidak ada", 7),
        ("tutup: 2027-09-30", "tutup: 2027-09-30 16:00", "tutup", "tanpa zona", 7),
        ("tutup: 2027-09-30", "tutup: 2027-09-30T16:00:00+08:00", "tutup", "bukan tanggal", 7),
        ("status:", "zona: GMT\n  status:", "zona", "di luar pilihan", 9),
        ("status:", "zona: WIB\n  status:", "zona", "tanpa jam", 9),
        ("status:", "tautan: eval.spbe.go.id\n  status:", "tautan", "alamat web", 9),
        ("status:", "untuk: {wilayah: [16.03]}\n  status:", "untuk.wilayah", "bukan kode", 9),
        ("status:", "untuk: {jenis: [desa]}\n  status:", "untuk.jenis", "di luar pilihan", 9),
        ("status:", "untuk: {daerah: [x]}\n  status:", "untuk.daerah", "tidak dikenal", 9),
        ("status:", "revisi: -1\n  status:", "revisi", "tidak sah", 9),
        ("id: 2027-interviu", "id: 2026-interviu", "id", "tahun berkasnya", 3),
        ("id: 2027-interviu", "id: 2027_Interviu", "id", "bentuknya salah", 3),
        ("tahun: 2027", "tahun: 2026", "tahun", "nama berkas", 1),
        ("tahun: 2027", "tahun: dua ribu", "tahun", "nama berkas", 1),
        ("acara:", "agenda:", "acara", "daftar acara", 1),
        ("tahun: 2027", "tahun: 2027\nketua: Budi", "ketua", "tidak dikenal", 2),
        ("judul: Penilaian interviu", "judul: [x", "berkas", "YAML", 6),
        ("  status:", "  sumber: lain\n  status:", "sumber", "dua kali", 9),
    ],
)
def test_a_fault_names_line_field_and_mend(
    tmp_path: Path, old: str, new: str, field: str, message: str, line: int
) -> None:
    assert old in EVENT
    faults, _ = faulty(tmp_path, EVENT.replace(old, new, 1))
    hits = [f for f in faults if field in f.field and message in f.message]
    assert hits, [str(f) for f in faults]
    assert hits[0].path == "jadwal/2027.yaml"
    assert hits[0].line == line
    assert hits[0].mend


def test_an_event_with_a_fault_costs_no_other(tmp_path: Path) -> None:
    item = EVENT.partition("acara:\n")[2]
    other = item.replace("interviu", "visitasi").replace("2027-09-30", "kapan saja")
    faults, events = faulty(tmp_path, EVENT + other)
    assert [e.id for e in events] == ["2027-interviu"]
    assert faults[0].field == "2027-visitasi tutup"
    assert faults[0].line == 15


def test_an_id_is_used_once_over_all_files(tmp_path: Path) -> None:
    item = EVENT.partition("acara:\n")[2]
    faults, events = faulty(tmp_path, EVENT + item)
    assert len(events) == 1
    assert "sudah dipakai" in faults[0].message
    assert faults[0].line == 11


@pytest.mark.parametrize(
    "text", ["", "x", "[]", "tahun: 2027\nacara: 5", "acara: [1]", "\tx: y", "a: &a [*a]"]
)
def test_garbage_is_a_fault(tmp_path: Path, text: str) -> None:
    faults, events = faulty(tmp_path, text)
    assert faults
    assert events == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("sumber: permenpanrb-8-2026", "sumber: surat-edaran", "Sumber “surat-edaran”"),
        ("  status:", '  untuk: {wilayah: ["99.99"]}\n  status:', "“99.99” tidak dikenal"),
    ],
)
def test_unknown_sources_and_regions_are_told(
    tmp_path: Path, knowledge: Snapshot, old: str, new: str, message: str
) -> None:
    from dataclasses import replace

    events = read(tmp_path, EVENT.replace(old, new, 1))
    faults = Faults(tmp_path)
    check_calendar(replace(knowledge, deadlines=events), tmp_path, faults)
    (fault,) = faults.sorted()
    assert message in fault.message
    assert fault.line in (8, 9)


def test_the_check_reads_the_calendar(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(ROOT / "knowledge", tmp_path / "pengetahuan"))
    path = copy / "jadwal/2026.yaml"
    path.write_text(path.read_text().replace("status: perkiraan", "status: pasti", 1))
    found, faults = snapshot.load(copy)
    assert [f.path for f in faults] == ["jadwal/2026.yaml"]
    assert any(e.year == 2026 for e in found.deadlines)
