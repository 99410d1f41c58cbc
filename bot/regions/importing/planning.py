"""Decides what becomes of each row of a table, against what is known."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.model import Conflict, IndexRecord, Snapshot
from bot.knowledge.tables import BASES
from bot.regions.importing.columns import DOMAIN_COLUMNS, find_header
from bot.regions.importing.model import Change, ImportPlan, ImportRow, Outcome
from bot.regions.importing.reading import Defaults, Domains, Reading, RowReader

# A figure cut to two decimals differs from another by at least this.
_APART = 0.005


def plan_import(
    snapshot: Snapshot,
    rows: Sequence[Sequence[str]],
    *,
    source: str = "",
    basis: str = "",
    year: int | None = None,
) -> ImportPlan:
    """Plan the import of a table; nothing is written.

    Args:
        snapshot: What is known now.
        rows: The rows of the file, as ``read_sheet`` returns them.
        source: Id of the source of rows that name none, or none that is known.
        basis: Basis of rows that name none; without it a row from an official report is
            ``resmi`` and any other ``disebut``.
        year: Year of rows that name none; a row of another year is a problem.

    Returns:
        Every row below the header with its outcome.

    Raises:
        IndexImportError: There is no header, or an argument is none of those there are.
    """
    header = find_header(rows)
    reader = RowReader(snapshot, Defaults(source, basis, year), header.year)
    readings: list[Reading] = []
    skipped: list[int] = []
    for line, row in enumerate(rows[header.rows :], header.rows + 1):
        filled = sum(bool(cell.strip()) for cell in row)
        cells = header.cells(row)
        if filled > 1 and any(cells.values()):
            readings.append(reader.read(line, cells))
        elif filled:
            skipped.append(line)
    twins = _twins(readings)
    judge = _Judge(snapshot)
    return ImportPlan(
        snapshot.revision,
        tuple(_twin(r, twins[r.line]) if r.line in twins else judge(r) for r in readings),
        tuple(skipped),
    )


def _twins(readings: list[Reading]) -> dict[int, list[int]]:
    """Return the lines that speak of a region and year more than once, with the others' lines.

    Of rows that say exactly the same the first one stands.
    """
    by_key: dict[tuple[str, int], list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.code and reading.year:
            by_key[(reading.code, reading.year)].append(reading)
    out: dict[int, list[int]] = {}
    for group in by_key.values():
        alike = group[0].record is not None and all(r.record == group[0].record for r in group)
        for reading in group[1:] if alike else group:
            if len(group) > 1:
                out[reading.line] = [r.line for r in group if r is not reading]
    return out


def _twin(reading: Reading, others: list[int]) -> ImportRow:
    return ImportRow(
        reading.line,
        Outcome.PROBLEM,
        reading.name,
        message=f"Daerah dan tahun ini juga ada di baris {', '.join(map(str, others))}.",
        mend="Sisakan satu baris.",
    )


class _Judge:
    """Holds readings against the records and conflicts of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._records = {(r.region, r.year): r for r in snapshot.records}
        self._conflicts: dict[tuple[str, int], list[Conflict]] = defaultdict(list)
        for conflict in snapshot.conflicts:
            self._conflicts[(conflict.region, conflict.year)].append(conflict)

    def __call__(self, reading: Reading) -> ImportRow:
        """Return what becomes of a row."""
        row = ImportRow(reading.line, Outcome.SAME, reading.name, warnings=reading.warnings)
        new = reading.record
        if new is None:
            return replace(
                row, outcome=Outcome.PROBLEM, message=reading.message, mend=reading.mend
            )
        old = self._records.get((new.region, new.year))
        if old is None:
            return replace(row, outcome=Outcome.NEW, write=new)
        apart = abs(old.index - new.index) >= _APART
        lesser = BASES.index(new.basis) > BASES.index(old.basis)
        if apart and new.basis != "resmi" and self._is_known_conflict(new):
            return row
        if apart and lesser:
            return self._conflict(row, old, new)
        if lesser:
            return replace(row, warnings=(*row.warnings, *_contradictions(old, new)))
        if not apart and new.basis == old.basis and not _adds(old, new):
            return row
        merged = new if apart else _filled(old, new)
        changes = _changes(old, merged)
        if not changes:
            return row
        return replace(row, outcome=Outcome.CHANGED, write=merged, changes=changes)

    def _is_known_conflict(self, new: IndexRecord) -> bool:
        return any(
            abs(known.index - new.index) < _APART and known.source == new.source
            for known in self._conflicts[(new.region, new.year)]
        )

    def _conflict(self, row: ImportRow, old: IndexRecord, new: IndexRecord) -> ImportRow:
        official = old.basis == "resmi"
        note = new.note or f"Dipakai {'laporan resmi' if official else f'angka {old.source}'}."
        return replace(
            row,
            outcome=Outcome.CONFLICT,
            write=Conflict(new.region, new.year, new.index, new.source, note),
            message=(
                f"{_written(new.index)} ({new.basis}) berbeda dari {_written(old.index)} "
                f"({old.basis}, {old.source}); yang tersimpan dipertahankan."
            ),
            mend="Bila angka baru resmi, isi dasarnya: resmi.",
        )


def _filled(old: IndexRecord, new: IndexRecord) -> IndexRecord:
    """Return a record of the same index, with what the new row leaves empty kept."""
    a, b, c, d = (
        old.domains[n] if value is None else value for n, value in enumerate(new.domains)
    )
    domains: Domains = (a, b, c, d)
    return replace(
        new,
        predicate=new.predicate or old.predicate,
        domains=domains,
        table=new.table or (old.table if new.source == old.source else ""),
        note=new.note or old.note,
    )


def _adds(old: IndexRecord, new: IndexRecord) -> bool:
    """Whether a row says more of the same index than is known, or says it otherwise.

    Another source of the same standing for the same figures is no reason to change the record.
    """
    before, after = columns_of(old), columns_of(new)
    texts = ("tabel", "catatan") if new.source == old.source else ()
    return any(
        after[column] and after[column] != before[column]
        for column in ("predikat", *DOMAIN_COLUMNS, *texts)
    )


def _changes(old: IndexRecord, new: IndexRecord) -> tuple[Change, ...]:
    before, after = columns_of(old), columns_of(new)
    return tuple(
        Change(column, before[column], value)
        for column, value in after.items()
        if before[column] != value
    )


def _contradictions(old: IndexRecord, new: IndexRecord) -> list[str]:
    """Tell which figures of a lesser basis differ, where the index is the same."""
    before, after = columns_of(old), columns_of(new)
    return [
        f"{column} {after[column]} berbeda dari {before[column]} ({old.basis}), tidak ditulis"
        for column in ("predikat", *DOMAIN_COLUMNS)
        if after[column] and before[column] and after[column] != before[column]
    ]


def columns_of(record: IndexRecord) -> dict[str, str]:
    """Write a record as the columns of ``indeks.csv`` that an import may change."""
    return {
        "indeks": _written(record.index),
        "predikat": record.predicate,
        **{
            column: "" if value is None else _written(value)
            for column, value in zip(DOMAIN_COLUMNS, record.domains, strict=True)
        },
        "dasar": record.basis,
        "sumber": record.source,
        "tabel": record.table,
        "catatan": record.note,
    }


def _written(value: float) -> str:
    return f"{value:.2f}"
