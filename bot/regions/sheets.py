"""Reads a table that somebody sent, CSV or XLSX, into rows of text; the file is not trusted."""

import csv
import io
import re
import warnings
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import PurePath

from bot.errors import SpbeError
from bot.knowledge.archives import (
    ArchiveError,
    Limits,
    Refusal,
    archive_parts,
    declares_doctype,
)

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_PARTS = 2000
# A cell takes four; empty ones take one and pack to almost nothing.
MOST_TAGS = 3_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 60
# Empty rows and columns that a sheet carries beyond its table are looked through this far.
_ROWS_SEEN, _COLUMNS_SEEN = 5 * MOST_ROWS, 256

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_KINDS, _SHEET_KINDS = (".csv", ".tsv"), (".xlsx",)
_DELIMITERS = (";", "\t", ",")
_SAMPLE = 30
_UNPRINTED = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
# From here on a float no longer holds every whole number.
_WHOLE = 1e15
_DAMAGED = (
    "Berkas XLSX rusak atau terkunci. Perbaikan: buka dengan aplikasi lembar kerja, "
    "simpan ulang sebagai .xlsx tanpa kata sandi."
)

Rows = list[list[str]]


class SheetError(SpbeError):
    """A table cannot be read: its kind, its size or its content."""


def read_sheet(data: bytes, name: str) -> Rows:
    """Read CSV (UTF-8 or cp1252) or the first sheet with content of an XLSX.

    Args:
        data: The file, 5 MB at most.
        name: Its name; only the ending counts, and it must fit the content.

    Returns:
        Rows of trimmed text, so that row n of the file is item n - 1; empty rows at the end and
        empty cells at the end of a row are left out. Whole numbers have no decimals.

    Raises:
        SheetError: The file is of another kind, damaged, locked, empty or too large.
    """
    if not data:
        raise SheetError("Berkas kosong. Perbaikan: kirim berkas CSV atau XLSX yang berisi tabel.")
    if len(data) > MOST_BYTES:
        raise SheetError(
            f"Berkas lebih dari {MOST_BYTES // 1024**2} MB. "
            "Perbaikan: sisakan tabelnya saja, tanpa gambar."
        )
    kind = PurePath(name).suffix.lower()
    if kind not in _TEXT_KINDS + _SHEET_KINDS:
        raise SheetError(
            f"Jenis berkas “{kind or name}” tidak didukung. "
            "Perbaikan: simpan sebagai .xlsx atau .csv."
        )
    if data.startswith(_OLE):
        raise SheetError(
            "Berkas ini XLS lama atau berkata sandi. "
            "Perbaikan: simpan ulang sebagai .xlsx tanpa kata sandi."
        )
    if data.startswith(_ZIP) != (kind in _SHEET_KINDS):
        raise SheetError(
            f"Isi berkas tidak sesuai dengan namanya ({kind}). "
            "Perbaikan: simpan ulang sebagai .xlsx atau .csv dari aplikasi lembar kerja."
        )
    rows = _xlsx(data) if kind in _SHEET_KINDS else _csv(data, kind)
    if not rows:
        raise SheetError("Tidak ada isi dalam berkas. Perbaikan: periksa lembar pertamanya.")
    return rows


def _csv(data: bytes, kind: str) -> Rows:
    if b"\0" in data:
        raise SheetError("Berkas bukan teks biasa. Perbaikan: simpan sebagai “CSV UTF-8”.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise SheetError(
                "Huruf dalam berkas tidak terbaca. Perbaikan: simpan sebagai “CSV UTF-8”."
            ) from None
    lines = list(io.StringIO(text, newline=""))
    told = re.fullmatch(r"sep=([;,\t])\s*", lines[0], re.IGNORECASE) if lines else None
    if told:
        # Excel's own first line; emptied, so that the numbers of the rows stay.
        lines[0] = "\n"
    try:
        delimiter = told[1] if told else "\t" if kind == ".tsv" else _delimiter(lines)
        return _taken(csv.reader(lines, delimiter=delimiter))
    except csv.Error as error:
        raise SheetError(
            f"CSV tidak terbaca ({error}). Perbaikan: simpan ulang sebagai “CSV UTF-8”."
        ) from None


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter that cuts most rows into the same number of cells, above one."""

    def evenness(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(lines[:_SAMPLE], delimiter=delimiter)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, count = max(widths.items(), key=lambda w: (w[1], w[0]), default=(0, 0))
        return count, width

    return max(_DELIMITERS, key=evenness)


def _xlsx(data: bytes) -> Rows:
    from openpyxl import load_workbook

    try:
        _weigh(data)
        # openpyxl warns of styles and extensions that it leaves out; they hold no figures.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            try:
                for sheet in book.worksheets:
                    cells = sheet.iter_rows(
                        max_row=_ROWS_SEEN, max_col=_COLUMNS_SEEN, values_only=True
                    )
                    if rows := _taken(
                        map(_written, row) if _has_content(row) else () for row in cells
                    ):
                        return rows
            finally:
                book.close()
    except SheetError:
        raise
    except Exception as error:
        # A damaged workbook makes zipfile, the XML parser and openpyxl raise nearly anything.
        raise SheetError(_DAMAGED) from error
    return []


def _weigh(data: bytes) -> None:
    """Refuse an archive that unpacks to too much, or whose XML declares a document type."""
    tags = 0
    try:
        for _, content in archive_parts(data, Limits(MOST_UNPACKED, MOST_PARTS)):
            tags += content.count(b"<")
            if tags > MOST_TAGS:
                raise SheetError("XLSX ini terlalu banyak selnya. Perbaikan: pecah berkasnya.")
            if declares_doctype(content):
                raise SheetError(
                    "XLSX ini memuat bagian yang tidak lazim (DOCTYPE). "
                    "Perbaikan: salin tabelnya ke berkas baru."
                )
    except ArchiveError as error:
        raise _refused(error) from error


def _refused(error: ArchiveError) -> SheetError:
    match error.refusal:
        case Refusal.TOO_BIG | Refusal.TOO_MANY:
            return SheetError(
                f"Isi XLSX lebih dari {MOST_UNPACKED // 1024**2} MB setelah dibuka. "
                "Perbaikan: salin tabelnya ke berkas baru."
            )
        case Refusal.UNSAFE:
            return SheetError(
                "XLSX ini memuat nama bagian yang tidak lazim. "
                "Perbaikan: salin tabelnya ke berkas baru."
            )
        case _:
            return SheetError(_DAMAGED)


def _taken(found: Iterable[Iterable[str]]) -> Rows:
    """Trim cells and rows, and hold them to the limits."""
    rows: Rows = []
    filled = 0
    for at, cells in enumerate(found, 1):
        row = [_UNPRINTED.sub(" ", cell).strip() for cell in cells]
        while row and not row[-1]:
            row.pop()
        if len(row) > MOST_COLUMNS:
            raise SheetError(
                f"Baris {at} lebih dari {MOST_COLUMNS} kolom. Perbaikan: sisakan kolom tabelnya."
            )
        if row and at > MOST_ROWS:
            raise SheetError(f"Lebih dari {MOST_ROWS} baris. Perbaikan: pecah berkasnya.")
        if at <= MOST_ROWS:
            rows.append(row)
        if row:
            filled = at
    return rows[:filled]


def _has_content(row: tuple[object, ...]) -> bool:
    return any(value is not None for value in row)


def _written(value: object) -> str:
    """Write the value of a cell as text: 3.0 as ``3``, 3.26 as ``3.26``, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)
