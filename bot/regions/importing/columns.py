"""Finds the header of a table and what its columns hold, by forgiving names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.language.text import fold
from bot.regions.importing.model import IndexImportError

DOMAIN_COLUMNS = ("kebijakan", "tata_kelola", "manajemen", "layanan")
# How many rows from the top the header may stand in.
_HEADER_ROWS = 10
_FILLERS = frozenset(
    """
    nama nilai skor angka indeks index domain spbe hasil evaluasi akhir internal
    instansi pemerintah dan atau
""".split()
)
_FIGURE = frozenset("indeks index nilai skor".split())
_CODE_OF = frozenset("wilayah daerah kemendagri pemda kabupaten kota provinsi".split())
_PLACES = frozenset(
    "nama instansi pemda daerah wilayah kabupaten kab kota kementerian lembaga".split()
)
_FIELDS = {
    ("kebijakan",): "kebijakan",
    ("tata", "kelola"): "tata_kelola",
    ("manajemen",): "manajemen",
    ("layanan",): "layanan",
    ("predikat",): "predikat",
    ("kategori",): "predikat",
    ("tahun",): "tahun",
    ("dasar",): "dasar",
    ("sumber",): "sumber",
    ("id", "sumber"): "sumber",
    ("sumber", "data"): "sumber",
    ("tabel",): "tabel",
    ("catatan",): "catatan",
    ("keterangan",): "catatan",
}


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table begins.

    Attributes:
        rows: Number of rows up to the end of the header.
        columns: Position of each field.
        year: Year that the heading of the index names; 0 when none.
    """

    rows: int
    columns: dict[str, int]
    year: int = 0

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """Return the cells of a row by field; a field without column is empty."""
        return {
            field: row[at].strip() if at < len(row) else "" for field, at in self.columns.items()
        }


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """Find the header among the first rows.

    Raises:
        IndexImportError: There is none, or a field has two columns.
    """
    for at, row in enumerate(rows[:_HEADER_ROWS]):
        fields = [_field(cell) for cell in row]
        if "indeks" in fields and {"kode", "nama", "provinsi"} & set(fields):
            below = rows[at + 1] if at + 1 < len(rows) else ()
            second = _second_row(fields, below)
            titles = [
                under if name else over
                for over, under, name in zip_longest(row, below, second, fillvalue="")
            ]
            columns = _columns([_field(title) for title in titles], titles)
            year = re.search(r"\b20\d\d\b", titles[columns["indeks"]])
            return Header(at + 1 + bool(second), columns, int(year[0]) if year else 0)
    raise IndexImportError(
        f"Baris judul tidak ditemukan pada {_HEADER_ROWS} baris pertama. "
        "Perbaikan: beri judul kolom “kode” atau “nama”, lalu “indeks” (dan “tahun”)."
    )


def _second_row(fields: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return the fields of a second header row, domains under one merged heading; else none."""
    found = [_field(cell) for cell in below]
    domains = {field for field in found if field in DOMAIN_COLUMNS}
    has_figures = any(re.search(r"\d[.,]\d", cell) for cell in below)
    return found if len(domains) > 1 and not domains & set(fields) and not has_figures else []


def _columns(fields: Sequence[str], titles: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, field in enumerate(fields):
        if not field or (field == "nama" and field in found):
            continue
        if field in found:
            raise IndexImportError(
                f"Kolom {field} ada dua (“{titles[found[field]]}” dan “{titles[at]}”). "
                "Perbaikan: sisakan satu; satu baris memuat satu daerah dan satu tahun."
            )
        found[field] = at
    if "indeks" not in found:
        raise IndexImportError(
            "Kolom indeks tertutup judul lain. Perbaikan: beri tiap kolom satu judul."
        )
    # A province beside another name only says where that lies.
    province = found.pop("provinsi", None)
    if province is not None:
        found.setdefault("nama", province)
    return found


def _field(cell: str) -> str:
    """Return the field that a heading names, or empty."""
    words = re.findall(r"[a-z]+", fold(cell))
    core = tuple(word for word in words if word not in _FILLERS)
    if _FIGURE & set(words) and set(core) <= {"tahun"} and "domain" not in words:
        return "indeks"
    if core in _FIELDS:
        return _FIELDS[core]
    if core[:1] == ("kode",) and set(core[1:]) <= _CODE_OF:
        return "kode"
    if core == ("provinsi",):
        return "provinsi"
    if _PLACES & set(words) and set(words) <= _PLACES | {"pemerintah", "dan", "atau"}:
        return "nama"
    return ""
