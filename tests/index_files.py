"""Tables and workbooks that several tests of the import of figures build on."""

import io
from collections.abc import Sequence
from pathlib import Path

from bot.knowledge.model import IndexRecord, Snapshot
from bot.regions.importing import (
    ImportPlan,
    ImportRow,
)
from openpyxl import Workbook

PRESS = "uzone-2024"
REPORT = "laporan-spbe-2024"
HEAD = ["kode", "nama", "tahun", "indeks", "predikat", "sumber"]


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


def official(knowledge: Snapshot) -> IndexRecord:
    return next(
        r
        for r in knowledge.records
        if r.basis == "resmi" and r.region == "73.73" and r.year == 2024
    )
