"""Writes a plan into ``indeks.csv`` and ``konflik.csv``; every other row stays as it is."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.knowledge.faults import Faults
from bot.knowledge.model import Conflict, IndexRecord
from bot.knowledge.tables import read_regions
from bot.regions.importing.model import ImportPlan, IndexImportError
from bot.regions.importing.planning import columns_of

RECORDS, CONFLICTS = "indeks/indeks.csv", "indeks/konflik.csv"
_KEY_COLUMNS = ("kode", "nama", "tahun")


def planned_tables(folder: Path, plan: ImportPlan) -> dict[str, bytes]:
    """Return the tables as a plan would write them, by path in the folder; unchanged ones not.

    Raises:
        IndexImportError: The tables that stand cannot be read.
    """
    before = _read_tables(folder)
    names = {code: region.name for code, region in read_regions(folder, Faults(folder)).items()}
    records = _Table(before[folder / RECORDS], RECORDS)
    conflicts = _Table(before[folder / CONFLICTS], CONFLICTS)
    for row in plan.rows:
        if isinstance(row.write, IndexRecord):
            if row.changes:
                records.change(row.write, {c.column: c.after for c in row.changes})
            else:
                records.insert(_cells(row.write, names), alone=True)
        elif isinstance(row.write, Conflict):
            conflicts.insert(_conflict_cells(row.write, names), alone=False)
    after = {RECORDS: records.content(), CONFLICTS: conflicts.content()}
    return {name: content for name, content in after.items() if content != before[folder / name]}


def _read_tables(folder: Path) -> dict[Path, bytes]:
    """Return the content of the files that an import may change."""
    try:
        return {folder / name: (folder / name).read_bytes() for name in (RECORDS, CONFLICTS)}
    except OSError as error:
        raise IndexImportError(
            f"Tabel indeks tidak terbaca ({error}). Perbaikan: periksa KNOWLEDGE_DIR."
        ) from error


class _Table:
    """The rows of a CSV file, with the text of each as it stands."""

    def __init__(self, content: bytes, name: str) -> None:
        try:
            lines = list(io.StringIO(content.decode("utf-8"), newline=""))
            reader = csv.reader(lines, strict=True)
            self._rows: list[tuple[list[str], str]] = []
            start = 0
            for cells in reader:
                self._rows.append((cells, "".join(lines[start : reader.line_num])))
                start = reader.line_num
        except (UnicodeDecodeError, csv.Error) as error:
            raise _broken(name, str(error)) from error
        if not self._rows:
            raise _broken(name, "kosong")
        self._name = name
        self._head = [cell.lstrip("\ufeff").strip() for cell in self._rows[0][0]]
        if missing := [column for column in _KEY_COLUMNS if column not in self._head]:
            raise _broken(name, f"tanpa kolom {', '.join(missing)}")
        self._end = "\r\n" if self._rows[0][1].endswith("\r\n") else "\n"

    def insert(self, row: Mapping[str, str], *, alone: bool) -> None:
        """Add a row at its place: regions by code, then agencies by name, each by year.

        Args:
            row: Values by column.
            alone: Whether there may be only one row of that region and year.
        """
        cells = [row.get(column, "") for column in self._head]
        key = self._key(cells)
        place = len(self._rows)
        for at, (other, _) in enumerate(self._rows[1:], 1):
            theirs = self._key(other)
            if alone and self._is_of(other, row["kode"], row["tahun"]):
                raise _broken(self._name, f"baris {row['kode']} {row['tahun']} tidak terbaca")
            if place == len(self._rows) and theirs is not None and key and theirs > key:
                place = at
        self._rows.insert(place, (cells, self._line(cells)))

    def change(self, record: IndexRecord, values: Mapping[str, str]) -> None:
        """Set columns of the row of a region and year."""
        for at, (cells, _) in enumerate(self._rows):
            if self._is_of(cells, record.region, str(record.year)):
                named = {**dict(zip(self._head, cells, strict=True)), **values}
                changed = [named.get(column, "") for column in self._head]
                self._rows[at] = (changed, self._line(changed))
                return
        raise _broken(self._name, f"tanpa baris {record.region} {record.year}")

    def content(self) -> bytes:
        """Return the file."""
        texts = [text for _, text in self._rows]
        # The last row may lack its line end, which it needs once another follows it.
        whole = [text if text.endswith(("\n", "\r")) else text + self._end for text in texts[:-1]]
        return "".join([*whole, texts[-1]]).encode("utf-8")

    def _key(self, cells: Sequence[str]) -> tuple[int, str, str] | None:
        if len(cells) != len(self._head):
            return None
        code, name, year = (cells[self._head.index(column)].strip() for column in _KEY_COLUMNS)
        return (0, code, year) if code[:2].isdigit() else (1, name, year)

    def _is_of(self, cells: Sequence[str], code: str, year: str) -> bool:
        if len(cells) != len(self._head):
            return False
        found = dict(zip(self._head, cells, strict=True))
        return found["kode"].strip() == code and found["tahun"].strip() == year

    def _line(self, cells: Sequence[str]) -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator=self._end).writerow(cells)
        return out.getvalue()


def _cells(record: IndexRecord, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "kode": record.region,
        "nama": names[record.region],
        "tahun": str(record.year),
        **columns_of(record),
    }


def _conflict_cells(conflict: Conflict, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "kode": conflict.region,
        "nama": names[conflict.region],
        "tahun": str(conflict.year),
        "indeks": f"{conflict.index:.2f}",
        "sumber": conflict.source,
        "keterangan": conflict.note,
    }


def _broken(name: str, why: str) -> IndexImportError:
    return IndexImportError(
        f"{name}: {why}. Perbaikan: jalankan spbe-bot knowledge check dan betulkan dahulu."
    )
