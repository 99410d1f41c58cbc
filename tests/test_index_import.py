"""Importing index figures: what is read, what becomes of each row, what is written."""

import io
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from bot.cli import index_import
from bot.errors import SpbeError
from bot.knowledge import snapshot
from bot.knowledge.model import Conflict, IndexRecord, Snapshot
from bot.regions import sheets
from bot.regions.importing import (
    ImportPlan,
    ImportRow,
    IndexImportError,
    Outcome,
    apply_import,
    plan_import,
)
from bot.regions.sheets import SheetError, read_sheet
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.conftest import ROOT

PRESS = "uzone-2024"
REPORT = "laporan-spbe-2024"
HEAD = ["kode", "nama", "tahun", "indeks", "predikat", "sumber"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder that a test may change."""
    return Path(shutil.copytree(ROOT / "knowledge", tmp_path / "pengetahuan"))


@pytest.fixture
def command(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder))

    def run(*args: str, answer: str = "") -> Result:
        return CliRunner().invoke(index_import.import_, args, input=answer)

    return run


def tables(folder: Path) -> tuple[bytes, bytes]:
    return (
        (folder / "indeks/indeks.csv").read_bytes(),
        (folder / "indeks/konflik.csv").read_bytes(),
    )


def table(*rows: Sequence[str], head: Sequence[str] = HEAD) -> list[list[str]]:
    return [list(head), *map(list, rows)]


def only(plan: ImportPlan) -> ImportRow:
    (row,) = plan.rows
    return row


def workbook(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    book.create_sheet("Data")
    for row in rows:
        book.worksheets[1].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def free_year(knowledge: Snapshot, code: str) -> int:
    """A year without figure, not after the press source."""
    taken = {r.year for r in knowledge.records if r.region == code}
    return next(year for year in range(2018, 2025) if year not in taken)


# -- sheets


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("kode;nama;indeks\n73.73;Kota Palopo;3,26\n", "utf-8"),
        ("kode;nama;indeks\r\n73.73;Kota Palopo;3,26\r\n", "utf-8-sig"),
        ("kode\tnama\tindeks\n73.73\tKota Palopo\t3,26\n", "utf-8"),
        ('kode,nama,indeks\n73.73,Kota Palopo,"3,26"\n', "cp1252"),
        ("sep=;\nkode;nama;indeks\n73.73; Kota\u00a0 Palopo ;3,26\n", "utf-8"),
        ('"Indeks, semua"\nkode;nama;indeks\n73.73;Kota Palopo;3,26\n;;\n', "utf-8"),
    ],
)
def test_csv_of_any_delimiter(text: str, encoding: str) -> None:
    rows = read_sheet(text.encode(encoding), "nilai.CSV")
    assert rows[-2:] == [["kode", "nama", "indeks"], ["73.73", "Kota Palopo", "3,26"]]


def test_cp1252_text() -> None:
    assert read_sheet("nama;catatan\nPalopo;“baik” – é\n".encode("cp1252"), "a.csv")[1] == [
        "Palopo",
        "“baik” – é",
    ]


def test_xlsx_takes_the_first_sheet_with_content() -> None:
    rows = read_sheet(workbook(["kode", "indeks"], [], [73.73, 3.0], ["11", 3.26]), "a.xlsx")
    assert rows == [["kode", "indeks"], [], ["73.73", "3"], ["11", "3.26"]]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_doctype() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["kode"]))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for part in old.infolist():
            content = old.read(part)
            if part.filename.startswith("xl/worksheets/"):
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content
            new.writestr(part, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.csv", "kosong"),
        (b"\n\n ; \n", "a.csv", "Tidak ada isi"),
        (b"a;b\0", "a.csv", "CSV UTF-8"),
        ("a;b\n".encode("utf-16"), "a.csv", "CSV UTF-8"),
        (b"a;\x81\xff\n", "a.csv", "CSV UTF-8"),
        (b"a;" + b"x" * 200_000, "a.csv", "tidak terbaca"),
        (b"x" * (sheets.MOST_BYTES + 1), "a.csv", "5 MB"),
        (b";".join([b"x"] * 61), "a.csv", "60 kolom"),
        (b"x\n" * 20_001, "a.csv", "20000 baris"),
        (b"a;b\n", "a.xlsx", "tidak sesuai"),
        (b"a;b\n", "a.pdf", "tidak didukung"),
        (b"a;b\n", "a", "tidak didukung"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "a.xlsx", "sandi"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "a.xls", "xlsx"),
        (workbook(["kode"]), "a.csv", "tidak sesuai"),
        (workbook(["kode"])[:-40], "a.xlsx", "rusak"),
        (zipped(a=b"b"), "a.xlsx", "rusak"),
        (workbook(), "a.xlsx", "Tidak ada isi"),
        (workbook(["x"] * 61), "a.xlsx", "60 kolom"),
        (workbook(*[["x"]] * 20_001), "a.xlsx", "20000 baris"),
        (with_doctype(), "a.xlsx", "DOCTYPE"),
    ],
    ids=lambda value: "berkas" if isinstance(value, bytes) else None,
)
def test_what_cannot_be_read_is_told(data: bytes, name: str, message: str) -> None:
    with pytest.raises(SheetError, match=message) as caught:
        read_sheet(data, name)
    assert "Perbaikan: " in str(caught.value)


def test_a_zip_bomb_is_refused_unopened() -> None:
    bomb = zipped(**{"xl/workbook.xml": bytes(60 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    with pytest.raises(SheetError, match="50 MB"):
        read_sheet(bomb, "a.xlsx")


def test_a_sheet_of_millions_of_empty_cells_is_refused() -> None:
    packed = zipped(**{"xl/worksheets/sheet1.xml": b"<c/>" * (sheets.MOST_TAGS + 1)})
    assert len(packed) < 100_000
    with pytest.raises(SheetError, match="selnya"):
        read_sheet(packed, "a.xlsx")


def test_a_row_far_below_costs_nothing() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "kode"
    book.worksheets[0]["A1048576"] = None
    out = io.BytesIO()
    book.save(out)
    assert read_sheet(out.getvalue(), "a.xlsx") == [["kode"]]


@settings(max_examples=150, deadline=None, database=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.binary(max_size=200).map(lambda b: b"PK\x03\x04" + b),
        st.text(alphabet=';,\t"\n\r 3=x', max_size=200).map(str.encode),
    ),
    st.sampled_from(["a.csv", "a.tsv", "a.xlsx", "a.ods"]),
)
@example(b'"', "a.csv")
@example(b"\xef\xbb\xbf", "a.csv")
def test_any_bytes_give_rows_or_a_sheet_error(data: bytes, name: str) -> None:
    try:
        rows = read_sheet(data, name)
    except SheetError:
        return
    assert rows and rows[-1]


@settings(max_examples=60, deadline=None, database=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=4))
def test_a_damaged_workbook_gives_rows_or_a_sheet_error(at: int, damage: bytes) -> None:
    whole = workbook(["kode", "indeks"], ["73.73", 3.26])
    at %= len(whole)
    try:
        read_sheet(whole[:at] + damage + whole[at + len(damage) :], "a.xlsx")
    except SheetError:
        return


# -- planning


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


def official(knowledge: Snapshot) -> IndexRecord:
    return next(
        r
        for r in knowledge.records
        if r.basis == "resmi" and r.region == "73.73" and r.year == 2024
    )


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


# -- writing


@pytest.fixture
def file(tmp_path: Path, knowledge: Snapshot) -> Path:
    """One row of each outcome; the new one in a region, and one in an agency."""
    old = official(knowledge)
    path = tmp_path / "nilai.csv"
    disclosed = next(r for r in knowledge.records if r.basis == "disebut" and r.year == 2022)
    agency = "badan-pusat-statistik"
    rows = [
        f"73.73;{free_year(knowledge, '73.73')};2,71;;=HYPERLINK(1)",
        f"{agency};{free_year(knowledge, agency)};2,20;;",
        f"73.73;2024;{old.index - 0.1:.2f};;",
        f"{disclosed.region};2022;{disclosed.index - 0.01:.2f};;",
        "73.22;2018;9;;",
    ]
    path.write_text("kode;tahun;indeks;predikat;catatan\n" + "\n".join(rows) + "\n")
    return path


def test_import_writes_and_a_second_one_changes_nothing(
    command: Callable[..., Result], folder: Path, file: Path, knowledge: Snapshot
) -> None:
    before = tables(folder)
    done = command(str(file), "--source", PRESS, "--yes")
    assert done.exit_code == 1, "the row out of range"
    assert "2 baru, 0 sama, 1 berubah, 1 konflik, 1 bermasalah." in done.output
    assert "baris 6" in done.output
    assert "4 baris ditulis" in done.output
    after = tables(folder)
    for old, new, added, gone in zip(before, after, (3, 1), (1, 0), strict=True):
        old_lines, new_lines = old.splitlines(), new.splitlines()
        assert new_lines[0] == old_lines[0]
        assert len(set(new_lines) - set(old_lines)) == added
        assert len(set(old_lines) - set(new_lines)) == gone
        kept = set(old_lines)
        assert [x for x in new_lines if x in kept] == [x for x in old_lines if x in set(new_lines)]
    year = free_year(knowledge, "73.73")
    line = f"73.73,Kota Palopo,{year},2.71,,,,,,disebut,{PRESS},,HYPERLINK(1)"
    lines = after[0].decode().splitlines()
    at = lines.index(line)
    assert lines[at - 1] < line < lines[at + 1]
    found, faults = snapshot.load(folder)
    assert [str(f) for f in faults] == []
    assert len(found.conflicts) == len(knowledge.conflicts) + 1

    done = command(str(file), "--source", PRESS, "--yes")
    assert "0 baru, 4 sama, 0 berubah, 0 konflik, 1 bermasalah." in done.output
    assert tables(folder) == after


@pytest.mark.parametrize(("option", "answer"), [("--dry-run", ""), ("", "n\n"), ("", "\n")])
def test_nothing_is_written_without_consent(
    command: Callable[..., Result], folder: Path, file: Path, option: str, answer: str
) -> None:
    before = tables(folder)
    done = command(str(file), "--source", PRESS, *filter(None, [option]), answer=answer)
    assert done.exit_code == 1
    assert tables(folder) == before


def test_consent_writes(command: Callable[..., Result], folder: Path, file: Path) -> None:
    before = tables(folder)
    done = command(str(file), "--source", PRESS, answer="y\n")
    assert "Tulis 4 baris? [y/N]" in done.output
    assert tables(folder) != before


def test_xlsx_through_the_command(
    command: Callable[..., Result], folder: Path, tmp_path: Path, knowledge: Snapshot
) -> None:
    path = tmp_path / "nilai.xlsx"
    path.write_bytes(
        workbook(
            ["Rekap"],
            [],
            ["Kode", "Nama", "Tahun", "Indeks", "Predikat", "Sumber"],
            [73.73, "Kota Palopo", free_year(knowledge, "73.73"), 2.7, "Baik", PRESS],
        )
    )
    done = command(str(path), "--yes")
    assert (done.exit_code, "1 baru" in done.output) == (0, True), done.output
    assert b"73.73,Kota Palopo,%d,2.70,Baik," % free_year(knowledge, "73.73") in tables(folder)[0]


def test_long_lists_are_cut(command: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "nilai.csv"
    path.write_text("kode;tahun;indeks\n" + "".join(f"x{n};2020;2\n" for n in range(60)))
    done = command(str(path))
    assert "… dan 10 lagi" in done.output
    assert "Tidak ada yang perlu ditulis." in done.output


def test_a_file_that_cannot_be_read_ends_in_a_known_error(
    command: Callable[..., Result], folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "nilai.xlsx"
    path.write_bytes(b"PK\x03\x04 rusak")
    before = tables(folder)
    assert isinstance(command(str(path), "--yes").exception, SheetError)
    assert tables(folder) == before


def test_files_changed_since_are_not_written(folder: Path) -> None:
    found, _ = snapshot.load(folder)
    year = str(free_year(found, "73.73"))
    plan = plan_import(found, table(["73.73", "", year, "2,00", "", PRESS]))
    with (folder / "indeks/indeks.csv").open("ab") as file:
        file.write(b"\n")
    before = tables(folder)
    with pytest.raises(IndexImportError, match="berubah sejak"):
        apply_import(folder, plan)
    assert tables(folder) == before


def test_line_ends_and_other_columns_are_kept(folder: Path) -> None:
    path = folder / "indeks/indeks.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = "\r\n".join([lines[0] + ",asal", *(f"{line},x" for line in lines[1:])])
    path.write_bytes(changed.encode())
    found, _ = snapshot.load(folder)
    rows = table(["televisi-republik-indonesia", "", "2022", "2,00", "", PRESS])
    assert apply_import(folder, plan_import(found, rows)) == 1
    new = path.read_bytes().decode()
    agency = "televisi-republik-indonesia,Televisi Republik Indonesia"
    added = f"{agency},2022,2.00,,,,,,disebut,{PRESS},,,"
    assert set(new.split("\r\n")) - set(changed.split("\r\n")) == {added}


def test_new_faults_bring_the_old_files_back(
    command: Callable[..., Result], folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(root: Path, plan: ImportPlan) -> int:
        path = root / "indeks/indeks.csv"
        path.write_text(path.read_text(encoding="utf-8") + "99.99,X,2020,2.00\n")
        return plan.to_write

    before = tables(folder)
    monkeypatch.setattr(index_import, "apply_import", spoil)
    done = command(str(file), "--source", PRESS, "--yes")
    assert isinstance(done.exception, SpbeError)
    assert "dikembalikan" in str(done.exception)
    assert tables(folder) == before


def test_a_folder_that_cannot_be_written_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = snapshot.load(folder)
    year = str(free_year(found, "73.73"))
    plan = plan_import(found, table(["73.73", "", year, "2,00", "", PRESS]))
    before = tables(folder)

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(IndexImportError, match="KNOWLEDGE_DIR"):
        apply_import(folder, plan)
    assert tables(folder) == before
    assert not list(folder.rglob("*.tmp"))
