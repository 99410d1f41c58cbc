"""Tables to take away: CSV for a spreadsheet here, XLSX, and names that any system takes."""

import csv
import io
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from bot.regions.tables import Cell, Table, to_csv, to_xlsx
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

TABLE = Table(
    "Indeks SPBE Kota Palopo 2024",
    ("Kode", "Nama", "Tahun", "Indeks", "Predikat"),
    (
        ("73.73", "Kota Palopo", 2024, 3.12, "Baik"),
        ("73.71", "Kota Makassar", 2024, 3.8, None),
    ),
    "Laporan 2024",
)
FORMULAS = ["=1+1", "+62 811", "-3 poin", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x";"y")']


def _one(cell: Cell) -> Table:
    return Table("T", ("K",), ((cell,),))


def _sheet(table: Table) -> Worksheet:
    book = load_workbook(io.BytesIO(to_xlsx(table)))
    assert isinstance(book.active, Worksheet)
    return book.active


def _rows(table: Table) -> list[list[str]]:
    text = to_csv(table).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


# -- CSV ------------------------------------------------------------------------------------------


def test_csv_is_what_a_spreadsheet_here_opens() -> None:
    assert to_csv(TABLE) == (
        b"\xef\xbb\xbf"
        b"Kode;Nama;Tahun;Indeks;Predikat\r\n"
        b"73.73;Kota Palopo;2024;3,12;Baik\r\n"
        b"73.71;Kota Makassar;2024;3,80;\r\n"
        b"\r\n"
        b"Sumber: Laporan 2024\r\n"
    )


def test_csv_without_a_source_ends_with_its_rows() -> None:
    assert to_csv(replace(TABLE, source="")).endswith(b"3,80;\r\n")


def test_csv_without_rows_has_its_columns() -> None:
    assert _rows(Table("T", ("A", "B"), ())) == [["A", "B"]]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""),
        (0, "0"),
        (-3, "-3"),
        (-0.25, "-0,25"),
        (0.0, "0,00"),
        (2.5968, "2,60"),
        (1234.5, "1234,50"),
        ("", ""),
        ("3,12", "3,12"),
    ],
)
def test_csv_cells(cell: Cell, written: str) -> None:
    # A lone empty cell is quoted, or a reader would skip its row: hence the second column.
    assert _rows(Table("T", ("K", "L"), ((cell, 1),)))[1] == [written, "1"]


@pytest.mark.parametrize("text", ["a;b", 'kata "petik"', "dua\nbaris", "é – “ ”", "; =1+1"])
def test_csv_keeps_any_text(text: str) -> None:
    assert _rows(_one(text))[1] == [text]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_runs_no_formula(text: str) -> None:
    assert _rows(_one(text))[1] == [f"'{text}"]
    assert _rows(Table("T", (text,), ()))[0] == [f"'{text}"]


# -- XLSX -----------------------------------------------------------------------------------------


def test_xlsx_has_numbers_as_numbers() -> None:
    sheet = _sheet(TABLE)
    assert list(sheet.iter_rows(values_only=True)) == [
        TABLE.columns,
        *TABLE.rows,
        (None,) * 5,
        ("Sumber: Laporan 2024", None, None, None, None),
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "n", "s"]
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.title == TABLE.title


@pytest.mark.parametrize("number", [-3, -0.25, 0, 0.0, 2.5968])
def test_xlsx_keeps_numbers_exactly(number: float) -> None:
    cell = _sheet(_one(number))["A2"]
    assert (cell.value, cell.data_type) == (number, "n")


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_runs_no_formula(text: str) -> None:
    cell = _sheet(_one(text))["A2"]
    assert cell.data_type == "s"
    # XML has no carriage return of its own: a reader gives a line feed for it.
    assert cell.value.replace("\r", "\n") == f"'{text}".replace("\r", "\n")


def test_xlsx_runs_no_formula_in_its_source() -> None:
    assert _sheet(replace(TABLE, source="=1+1"))["A5"].data_type == "s"


def test_xlsx_runs_no_formula_in_its_columns() -> None:
    assert _sheet(Table("T", ("=1+1",), ()))["A1"].data_type == "s"


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "a\x1bb"])
def test_xlsx_takes_control_characters(text: str) -> None:
    assert _sheet(_one(text))["A2"].value


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Indeks: a/b\\c [2024] *?", "Indeks a b c 2024"),
        ("x" * 80, "x" * 31),
        ("[]:*?/\\", "Tabel"),
        ("", "Tabel"),
        ("Sebaran & <predikat>", "Sebaran & <predikat>"),
    ],
)
def test_sheet_titles_are_allowed_ones(title: str, name: str) -> None:
    assert _sheet(replace(TABLE, title=title)).title == name


@pytest.mark.parametrize("title", ["'Dikutip'", "   ", "History"])
def test_sheet_titles_are_allowed_by_excel(title: str) -> None:
    name = _sheet(replace(TABLE, title=title)).title
    assert name.strip()
    assert not name.startswith("'")
    assert not name.endswith("'")
    assert name.lower() != "history"


# -- names of files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Indeks SPBE Kota Palopo 2024", "indeks-spbe-kota-palopo-2024"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x.exe", "c-windows-x-exe"),
        ("a\x00b\nc", "a-b-c"),
        ("~root", "root"),
        ("-rf .", "rf"),
        ("..", "tabel"),
        ("", "tabel"),
        ("3,12 (Baik)", "3-12-baik"),
    ],
)
def test_file_stems(title: str, stem: str) -> None:
    assert replace(TABLE, title=title).file_stem == stem


@pytest.mark.parametrize("title", ["../" * 40 + "x", "kata " * 50, "Ⅷ½²٣ é 汉" * 20, "İ" * 99])
def test_file_stems_are_single_short_names(title: str) -> None:
    stem = replace(TABLE, title=title).file_stem
    assert stem
    # Most file systems take 255 bytes, an ending included.
    assert len(f"{stem}.xlsx".encode()) <= 255
    assert PurePosixPath(stem).name == PureWindowsPath(stem).name == stem
    assert not stem.startswith((".", "-"))
