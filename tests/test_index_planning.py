"""Importing index figures: what becomes of each row."""

import shutil
from pathlib import Path

import pytest
from bot.knowledge.model import Conflict, IndexRecord, Snapshot
from bot.regions.importing import (
    IndexImportError,
    Outcome,
    plan_import,
)
from bot.regions.sheets import read_sheet
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.index_files import PRESS, REPORT, free_year, official, only, table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder that a test may change."""
    return Path(shutil.copytree(ROOT / "knowledge", tmp_path / "pengetahuan"))


def test_semicolons_and_decimal_commas(knowledge: Snapshot) -> None:
    year = free_year(knowledge, "73.73")
    data = (
        "Indeks SPBE;;;;;;;;\n;;;;;;;;\n"
        "No;Kabupaten/Kota;Tahun;Nilai Indeks SPBE;Kategori;Domain Kebijakan;"
        "Indeks Tata Kelola;Manajemen SPBE;Layanan\n"
        f"1;Kota Palopo;{year};2,71;baik;3,00;2,10;1,50;3,40\n"
        "Sumber: laporan\n"
    ).encode("utf-8-sig")
    plan = plan_import(knowledge, read_sheet(data, "a.csv"), source=PRESS)
    row = only(plan)
    assert (row.outcome, row.line, row.name) == (Outcome.NEW, 4, f"Kota Palopo {year}")
    assert row.write == IndexRecord(
        "73.73", year, 2.71, "Baik", (3.0, 2.1, 1.5, 3.4), "disebut", PRESS, "", ""
    )
    assert row.warnings == ()
    assert plan.skipped == (5,)


def test_two_header_rows(knowledge: Snapshot) -> None:
    rows = [
        ["No", "Instansi", "Indeks Domain", "", "", "", "Indeks SPBE", "Predikat"],
        ["", "", "Kebijakan", "Tata Kelola", "Manajemen", "Layanan", "", ""],
        ["1", "Kab. Luwu Utara", "4", "3", "2", "4", "3,42", "Baik"],
    ]
    row = only(plan_import(knowledge, rows, source=REPORT, year=2022))
    assert row.line == 3
    assert isinstance(row.write, IndexRecord)
    assert row.write.domains == (4.0, 3.0, 2.0, 4.0)
    assert row.write.basis == "resmi"


@pytest.mark.parametrize(
    ("code", "name", "found"),
    [
        ("73.73", "", "73.73"),
        ("7373", "", "73.73"),
        ("73,73", "", "73.73"),
        ("73.1", "", "73.10"),
        ("", "KOTA PALOPO", "73.73"),
        ("", "Pemerintah Kota Palopo", "73.73"),
        ("", "Pemda Kab. Luwu Utara", "73.22"),
        ("", "lutra", "73.22"),
        ("", "Wajo", "73.13"),
        ("", "Kabupaten Sorong", "96.01"),
        ("", "Pemprov Sulawesi Selatan", "73"),
        ("", "BPS", "badan-pusat-statistik"),
        ("BADAN-PUSAT-STATISTIK", "", "badan-pusat-statistik"),
        ("0", "Kota Palopo", "73.73"),
    ],
)
def test_regions_by_code_and_name(knowledge: Snapshot, code: str, name: str, found: str) -> None:
    row = only(plan_import(knowledge, table([code, name, "2018", "2,00", "", PRESS])))
    assert row.name == f"{knowledge.regions[found].name} 2018"


def test_every_region_is_found_by_its_name(knowledge: Snapshot) -> None:
    regions = list(knowledge.regions.values())
    rows = table(*(["", r.name, "2018", "2,00", "", PRESS] for r in regions))
    plan = plan_import(knowledge, rows)
    assert [row.name for row in plan.rows] == [f"{r.name} 2018" for r in regions]
    assert not [row.line for row in plan.rows if row.warnings]


@pytest.mark.parametrize("name", ["Kabupaten Luwu Utar", "Kab. Lwu Utara", "Kota Makassarr"])
def test_a_slip_is_read_and_shown(knowledge: Snapshot, name: str) -> None:
    row = only(plan_import(knowledge, table(["", name, "2018", "2,00", "", PRESS])))
    assert row.outcome is not Outcome.PROBLEM
    assert any("dibaca sebagai" in warning for warning in row.warnings)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Sorong", ["Kabupaten Sorong (96.01)", "Kota Sorong (96.71)"]),
        ("Bandung", ["Kabupaten Bandung (32.04)", "Kota Bandung (32.73)"]),
        ("Gorontallo", ["Provinsi Gorontalo", "Kabupaten Gorontalo", "Kota Gorontalo"]),
        ("Gorontalo", ["Provinsi Gorontalo", "Kabupaten Gorontalo", "Kota Gorontalo"]),
    ],
)
def test_an_ambiguous_name_is_never_guessed(
    knowledge: Snapshot, name: str, shown: list[str]
) -> None:
    row = only(plan_import(knowledge, table(["", name, "2018", "2,00", "", PRESS])))
    assert (row.outcome, row.write) == (Outcome.PROBLEM, None)
    assert "dapat berarti" in row.message
    assert all(place in row.message for place in shown)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["", "Kota Wajo", "2018", "2,00", "", PRESS], "Mirip: Kabupaten Wajo (73.13)"),
        (["", "Bandug", "2018", "2,00", "", PRESS], "Mirip: Kabupaten Bandung (32.04) atau"),
        (["73.73", "", "2018", "2,00", "Bagus", PRESS], "Predikat “Bagus”"),
        (["", "=cmd|' /C calc'!A0", "2018", "2,00", "", PRESS], "tidak dikenal"),
        (["99.99", "", "2018", "2,00", "", PRESS], "Kode “99.99” tidak dikenal"),
        (["73.73", "Kota Makassar", "2018", "2,00", "", PRESS], "tetapi namanya"),
        (["73.73", "", "", "2,00", "", PRESS], "Tahun kosong"),
        (["73.73", "", "2016", "2,00", "", PRESS], "bukan tahun"),
        (["73.73", "", "2025", "2,00", "", PRESS], "lebih baru daripada sumbernya"),
        (["73.73", "", "2018", "", "", PRESS], "Indeks kosong"),
        (["73.73", "", "2018", "-", "Cukup", PRESS], "Indeks kosong"),
        (["73.73", "", "2018", "=1+2", "", PRESS], "bukan angka"),
        (["73.73", "", "2018", "nan", "", PRESS], "bukan angka"),
        (["73.73", "", "2018", "5,01", "", PRESS], "di luar 1,00–5,00"),
        (["73.73", "", "2018", "326", "", PRESS], "di luar 1,00–5,00"),
        (["73.73", "", "2018", "0,99", "", PRESS], "di luar 1,00–5,00"),
        (["73.73", "", "2018", "2,00", "Baik", PRESS], "tidak sesuai dengan indeks"),
        (["73.73", "", "2018", "2,59", "Baik", PRESS], "tidak sesuai dengan indeks"),
        (["73.73", "", "2018", "2,00", "", ""], "Sumber kosong"),
        (["73.73", "", "2018", "2,00", "", "berita"], "Sumber “berita” tidak dikenal"),
    ],
)
def test_a_problem_is_told_and_not_written(
    knowledge: Snapshot, cells: list[str], message: str
) -> None:
    row = only(plan_import(knowledge, table(cells)))
    assert (row.outcome, row.write) == (Outcome.PROBLEM, None)
    assert message in row.message
    assert row.mend


def test_domains_out_of_range(knowledge: Snapshot) -> None:
    rows = table(
        ["73.73", "2018", "2", "5,1", PRESS], head=["kode", "tahun", "indeks", "layanan", "sumber"]
    )
    row = only(plan_import(knowledge, rows))
    assert row.outcome is Outcome.PROBLEM
    assert "Layanan 5,1" in row.message


def test_domains_that_do_not_give_the_index_are_a_warning(knowledge: Snapshot) -> None:
    head = [
        "kode",
        "tahun",
        "indeks",
        "kebijakan",
        "tata kelola",
        "manajemen",
        "layanan",
        "sumber",
    ]
    rows = table(["73.73", "2018", "2", "3", "3", "3", "3", PRESS], head=head)
    row = only(plan_import(knowledge, rows))
    assert row.outcome is not Outcome.PROBLEM
    assert row.warnings == ("domain menghasilkan 3,00, indeks tertulis 2,00",)


@pytest.mark.parametrize(
    ("index", "predicate", "fits"),
    [
        ("1,80", "Kurang", True),
        ("1,80", "Cukup", True),
        ("1,79", "Cukup", False),
        ("1,7985", "Kurang", True),
        ("1.7999999999999998", "Cukup", True),
        ("1,7985", "Cukup", False),
        ("4,2", "MEMUASKAN", True),
        ("3,50", "sangat  baik", True),
    ],
)
def test_predikat_at_a_bound(knowledge: Snapshot, index: str, predicate: str, fits: bool) -> None:
    row = only(plan_import(knowledge, table(["73.73", "", "2018", index, predicate, PRESS])))
    assert (row.outcome is not Outcome.PROBLEM) is fits


def test_the_same_region_twice(knowledge: Snapshot) -> None:
    year = str(free_year(knowledge, "73.73"))
    plan = plan_import(
        knowledge,
        table(
            ["73.73", "", year, "2,00", "", PRESS],
            ["", "Kota Palopo", year, "2,10", "", PRESS],
            ["73.22", "", "2018", "2,10", "", PRESS],
            ["73.22", "", "2018", "2,10", "", PRESS],
        ),
    )
    assert [row.outcome is Outcome.PROBLEM for row in plan.rows] == [True, True, False, True]
    assert "baris 3" in plan.rows[0].message


def test_an_official_figure_is_not_overwritten_by_another(knowledge: Snapshot) -> None:
    old = official(knowledge)
    other = f"{old.index - 0.1:.2f}"
    row = only(plan_import(knowledge, table(["73.73", "", "2024", other, "", PRESS])))
    assert row.outcome is Outcome.CONFLICT
    assert row.write == Conflict("73.73", 2024, float(other), PRESS, "Dipakai laporan resmi.")
    row = only(plan_import(knowledge, table(["73.73", "", "2024", other, "", REPORT])))
    assert row.outcome is Outcome.CHANGED
    assert row.changes[0].before == f"{old.index:.2f}"
    assert row.changes[0].after == other


def test_the_same_figure_from_another_source_changes_nothing(knowledge: Snapshot) -> None:
    old = official(knowledge)
    row = only(plan_import(knowledge, table(["73.73", "", "2024", str(old.index), "", PRESS])))
    assert row.outcome is Outcome.SAME


def test_a_known_conflict_is_the_same(knowledge: Snapshot) -> None:
    for known in knowledge.conflicts:
        cells = [known.region, "", str(known.year), f"{known.index:.2f}", "", known.source]
        assert only(plan_import(knowledge, table(cells))).outcome is Outcome.SAME


def test_the_table_itself_is_all_the_same(knowledge: Snapshot, folder: Path) -> None:
    rows = read_sheet((folder / "indeks/indeks.csv").read_bytes(), "indeks.csv")
    plan = plan_import(knowledge, rows)
    assert {row.outcome for row in plan.rows} == {Outcome.SAME}
    assert len(plan.rows) == len(knowledge.records)
    assert plan.to_write == 0


def test_options_fill_what_the_file_leaves_out(knowledge: Snapshot) -> None:
    rows = [["Kode", "Indeks SPBE 2022"], ["73.73", "2,11"]]
    row = only(plan_import(knowledge, rows, source=PRESS, basis="disimpulkan"))
    assert row.name == "Kota Palopo 2022"
    row = only(plan_import(knowledge, rows, source=PRESS, year=2023))
    assert "--year" in row.message


@pytest.mark.parametrize(
    ("rows", "options", "message"),
    [
        ([["a", "b"], ["1", "2"]], {}, "Baris judul"),
        ([["kode", "indeks 2023", "indeks 2024"]], {}, "ada dua"),
        ([["kode", "indeks"]], {"source": "tidak-ada"}, "sumber.csv"),
        ([["kode", "indeks"]], {"basis": "katanya"}, "resmi, disebut"),
        ([["kode", "indeks"]], {"year": 1999}, "1999"),
    ],
)
def test_what_cannot_be_planned_is_told(
    knowledge: Snapshot, rows: list[list[str]], options: dict[str, object], message: str
) -> None:
    with pytest.raises(IndexImportError, match=message):
        plan_import(knowledge, rows, **options)


HEADINGS = ["kode", "nama", "indeks", "Indeks 2024", "tahun", "layanan", "domain", "kebijakan", ""]
CELLS = ["73.73", "Sorong", "Kota Palopo", "2,5", "2024", "Baik", "=1", "-", "\x1b[31m", PRESS]


@settings(max_examples=25, deadline=None, database=None)
@given(
    st.lists(
        st.lists(st.one_of(st.sampled_from(HEADINGS + CELLS), st.text(max_size=8)), max_size=6),
        max_size=12,
    )
)
@example([["kode", "indeks"], ["", "kebijakan", "layanan"]])
@example([["kode", "indeks"], ["", "", "kebijakan", "layanan", "layanan"]])
def test_any_rows_give_a_plan_or_an_error(knowledge: Snapshot, rows: list[list[str]]) -> None:
    try:
        plan = plan_import(knowledge, [["kode", "nama", "indeks", "tahun"], *rows])
    except IndexImportError:
        return
    assert all(row.write is None for row in plan.of(Outcome.PROBLEM))
