"""Tables that somebody sent, CSV or XLSX: what is read, and what is refused."""

import io
import zipfile

import pytest
from bot.regions import sheets
from bot.regions.sheets import SheetError, read_sheet
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.index_files import workbook


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
        (zipped(**{"../xl/a.xml": b"x"}), "a.xlsx", "nama bagian"),
        (zipped(**{f"xl/{n}.xml": b"" for n in range(2001)}), "a.xlsx", "50 MB"),
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
