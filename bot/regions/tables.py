"""Tables that people take away: CSV that a spreadsheet of this country opens, and XLSX."""

import csv
import io
import re
from dataclasses import dataclass

# A cell that begins with one of these would be run as a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What XML 1.0 has no place for.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns.

    Attributes:
        title: What it holds; also the name of the sheet and the file.
        columns: Their names.
        rows: Values by column; None for an empty cell.
        source: Where the figures are from, written below the rows.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str = ""

    @property
    def file_stem(self) -> str:
        """A name for a file that holds the table."""
        words = "".join(ch if ch.isalnum() else "-" for ch in self.title.lower())
        return "-".join(part for part in words.split("-") if part)[:60].strip("-") or "tabel"


def to_csv(table: Table) -> bytes:
    """Write CSV that Excel here reads: UTF-8 with a mark, semicolons, decimal commas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_text(c) for c in table.columns])
    for row in table.rows:
        writer.writerow([_text(cell) for cell in row])
    if table.source:
        writer.writerow([])
        writer.writerow([_text(f"Sumber: {table.source}")])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(table: Table) -> bytes:
    """Write a table as XLSX with numbers as numbers."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    sheet.title = _sheet_title(table.title)
    sheet.append([_guarded(column) for column in table.columns])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in table.rows:
        sheet.append([_guarded(cell) if isinstance(cell, str) else cell for cell in row])
    for at, name in enumerate(table.columns, 1):
        widest = max([len(name), *(len(str(row[at - 1] or "")) for row in table.rows)])
        sheet.column_dimensions[get_column_letter(at)].width = min(widest + 2, 60)
    sheet.freeze_panes = "A2"
    if table.source:
        sheet.append([])
        sheet.append([_guarded(f"Sumber: {table.source}")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",")
    return _guarded(cell) if isinstance(cell, str) else str(cell)


def _guarded(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula, or refusing its control characters."""
    plain = _CONTROL.sub(" ", text)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain


def _sheet_title(title: str) -> str:
    """Return a name that Excel allows: 31 characters, none of its own signs, not "History"."""
    name = " ".join(_NOT_IN_TITLE.sub(" ", title).split()).strip("' ")[:31].strip("' ")
    return name if name and name.lower() != "history" else "Tabel"
