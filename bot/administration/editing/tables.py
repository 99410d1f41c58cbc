"""The tables of the knowledge folder that an admin may send rows of, merged by their key."""

import csv
import io
from collections.abc import Sequence

from bot.administration.editing import wording
from bot.errors import SpbeError

_TABLES = {
    "wilayah.csv": ("kode",),
    "instansi.csv": ("kode",),
    "indeks/sumber.csv": ("id",),
    "indeks/nasional.csv": ("tahun",),
    "indeks/konflik.csv": ("kode", "tahun", "indeks", "sumber"),
}
"""Table -> the columns that make a row the same row."""
_COLUMNS = {
    "wilayah.csv": {"kode", "nama", "jenis", "provinsi", "alias"},
    "instansi.csv": {"kode", "nama", "jenis", "alias"},
    "indeks/sumber.csv": {"id", "jenis", "judul", "penerbit", "tanggal", "url"},
    "indeks/nasional.csv": {"tahun", "indeks", "jumlah_instansi", "sumber", "catatan"},
    "indeks/konflik.csv": {"kode", "nama", "tahun", "indeks", "sumber", "keterangan"},
}

_NEARLY_WHOLE = 0.9
_FORMULA = ("=", "+", "@")


def table_of(head: Sequence[str]) -> str:
    """Return the table whose columns these are; empty for none, such as a table of figures."""
    names = {cell.strip().lower() for cell in head}
    fitting = [path for path, columns in _COLUMNS.items() if columns <= names]
    return max(fitting, key=lambda path: len(_COLUMNS[path]), default="")


def written(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as CSV text with their head in lower case, short rows filled up.

    Raises:
        SpbeError: A cell holds a formula.
    """
    formulas = [c for row in rows for c in row if c.startswith(_FORMULA)]
    if formulas:
        # It would run in the spreadsheet of whoever opens the table.
        raise SpbeError(wording.FORMULA.format(cell=formulas[0][:40]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    width = len(rows[0])
    for at, row in enumerate(rows):
        if any(row):
            cells = [*row, *[""] * (width - len(row))]
            writer.writerow([cell.strip().lower() for cell in cells] if at == 0 else cells)
    return out.getvalue()


def merged(path: str, standing: str, sent: str) -> str:
    """Put sent rows into the table that stands: known ones replaced, new ones at the end.

    What was sent nearly whole was edited as a whole: rows that it lacks are taken away.

    Raises:
        SpbeError: The table is none that may be sent, or a row of it has no key.
    """
    keys = _TABLES.get(path)
    if keys is None:
        raise SpbeError(wording.UNKNOWN_TABLE.format(path=path))
    old, new = (list(csv.reader(io.StringIO(text))) for text in (standing, sent))
    head = old[0] if old else new[0]
    rows = {_key(head, row, keys, path): row for row in old[1:] if any(row)}
    old_keys, sent_keys = set(rows), set()
    for row in new[1:]:
        named = dict(zip(new[0], row, strict=False))
        cells = [named.get(column.strip().lower(), "").strip() for column in head]
        key = _key(head, cells, keys, path)
        sent_keys.add(key)
        rows[key] = cells
    if len(old) > 1 and len(sent_keys & old_keys) >= _NEARLY_WHOLE * len(old_keys):
        rows = {key: cells for key, cells in rows.items() if key in sent_keys}
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *rows.values()])
    return out.getvalue()


def _key(
    head: Sequence[str], row: Sequence[str], keys: Sequence[str], path: str
) -> tuple[str, ...]:
    named = dict(zip(head, row, strict=False))
    key = tuple(named.get(column, "").strip() for column in keys)
    if not all(key):
        raise SpbeError(wording.ROW_WITHOUT_KEY.format(path=path, columns=", ".join(keys)))
    return key
