"""Reads the CSV tables: regions, agencies, index figures, conflicts, sources."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from bot.knowledge.faults import Faults, find_line
from bot.knowledge.model import Conflict, IndexRecord, NationalRecord, Region, Source
from bot.knowledge.reading import read_text

T = TypeVar("T")
Domains = tuple[float | None, float | None, float | None, float | None]

INDEX_MIN, INDEX_MAX = 1.0, 5.0
# The 2023 report prints a domain figure of 0.30, below what the method allows: kept as printed.
DOMAIN_MIN = 0.0
BASES = ("resmi", "disebut", "disimpulkan")
_DOMAIN_COLUMNS = ("kebijakan", "tata_kelola", "manajemen", "layanan")


class _RowError(ValueError):
    """A cell is wrong: column, message, mend."""

    def __init__(self, column: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.column, self.message, self.mend = column, message, mend


def read_regions(folder: Path, faults: Faults) -> dict[str, Region]:
    """Read ``wilayah.csv`` and ``instansi.csv`` into regions by code."""
    regions: dict[str, Region] = {}
    for name in ("wilayah.csv", "instansi.csv"):
        path = folder / name
        for region in _read(path, faults, ("kode", "nama", "jenis", "alias"), _region):
            if region.code in regions:
                line = find_line(path, f"{region.code},")
                faults.add(
                    path, line, region.code, "Kode ini ada dua kali.", "Hapus salah satunya."
                )
            regions[region.code] = region
    return regions


def read_records(path: Path, faults: Faults) -> tuple[IndexRecord, ...]:
    """Read ``indeks.csv``: one row a region and year."""
    columns = (
        "kode",
        "tahun",
        "indeks",
        "predikat",
        *_DOMAIN_COLUMNS,
        "dasar",
        "sumber",
        "tabel",
        "catatan",
    )
    records: dict[tuple[str, int], IndexRecord] = {}
    for record in _read(path, faults, columns, _record):
        key = (record.region, record.year)
        if key in records:
            faults.add(
                path,
                find_line(path, f"{record.region},{record.year},"),
                f"{record.region} {record.year}",
                "Wilayah dan tahun ini ada dua kali.",
                "Sisakan satu; angka lain masuk konflik.csv.",
            )
        records[key] = record
    return tuple(records.values())


def read_conflicts(path: Path, faults: Faults) -> tuple[Conflict, ...]:
    """Read ``konflik.csv``: other figures printed for the same region and year."""
    columns = ("kode", "tahun", "indeks", "sumber", "keterangan")
    return tuple(
        _read(
            path,
            faults,
            columns,
            lambda r: Conflict(r["kode"], _year(r), _index(r), r["sumber"], r["keterangan"]),
        )
    )


def read_national(path: Path, faults: Faults) -> dict[int, NationalRecord]:
    """Read ``nasional.csv``: the published national index by year."""
    columns = ("tahun", "indeks", *_DOMAIN_COLUMNS, "jumlah_instansi", "sumber", "catatan")
    rows = _read(
        path,
        faults,
        columns,
        lambda r: NationalRecord(
            _year(r),
            _index(r),
            _domains(r),
            int(r["jumlah_instansi"] or 0),
            r["sumber"],
            r["catatan"],
        ),
    )
    return {row.year: row for row in rows}


def read_sources(path: Path, faults: Faults) -> dict[str, Source]:
    """Read ``sumber.csv``: the reports and articles that figures come from."""
    columns = ("id", "jenis", "judul", "penerbit", "tanggal", "url")
    rows = _read(
        path,
        faults,
        columns,
        lambda r: Source(r["id"], r["jenis"], r["judul"], r["penerbit"], r["tanggal"], r["url"]),
    )
    return {row.id: row for row in rows}


def _read(
    path: Path, faults: Faults, columns: tuple[str, ...], make: Callable[[dict[str, str]], T]
) -> Iterator[T]:
    text = read_text(path, faults)
    if text is None:
        return
    rows = csv.DictReader(io.StringIO(text))
    missing = [c for c in columns if c not in (rows.fieldnames or ())]
    if missing:
        faults.add(
            path,
            1,
            ", ".join(missing),
            "Kolom ini tidak ada.",
            "Tambahkan nama kolom pada baris pertama.",
        )
        return
    for row in rows:
        if None in row or None in row.values():
            faults.add(
                path,
                rows.line_num,
                "baris",
                "Jumlah kolom tidak sama dengan judul.",
                "Periksa koma; teks yang memuat koma harus diapit tanda kutip.",
            )
            continue
        try:
            yield make({key: value.strip() for key, value in row.items()})
        except _RowError as error:
            faults.add(path, rows.line_num, error.column, error.message, error.mend)


def _region(row: dict[str, str]) -> Region:
    if not row["kode"]:
        raise _RowError("kode", "Kode kosong.", "Isi kode Kemendagri atau singkatan instansi.")
    aliases = tuple(a for part in row["alias"].split(";") if (a := part.strip()))
    return Region(row["kode"], row["nama"], row["jenis"], aliases)


def _record(row: dict[str, str]) -> IndexRecord:
    if row["dasar"] not in BASES:
        raise _RowError(
            "dasar", f"“{row['dasar']}” di luar pilihan.", f"Pakai salah satu: {', '.join(BASES)}."
        )
    return IndexRecord(
        row["kode"],
        _year(row),
        _index(row),
        row["predikat"],
        _domains(row),
        row["dasar"],
        row["sumber"],
        row["tabel"],
        row["catatan"],
    )


def _year(row: dict[str, str]) -> int:
    if not (row["tahun"].isdigit() and 2000 <= int(row["tahun"]) <= 2100):
        raise _RowError("tahun", f"“{row['tahun']}” bukan tahun.", "Tulis empat angka.")
    return int(row["tahun"])


def _index(row: dict[str, str], column: str = "indeks", least: float = INDEX_MIN) -> float:
    try:
        value = float(row[column].replace(",", "."))
    except ValueError:
        raise _RowError(column, f"“{row[column]}” bukan angka.", "Tulis misalnya 3.12.") from None
    if not least <= value <= INDEX_MAX:
        raise _RowError(column, f"{value} di luar {least:g}–5.", "Periksa angkanya.")
    return value


def _domains(row: dict[str, str]) -> Domains:
    a, b, c, d = (_index(row, name, DOMAIN_MIN) if row[name] else None for name in _DOMAIN_COLUMNS)
    return a, b, c, d
