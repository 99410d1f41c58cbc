"""Reads one row of a table into a record, or says what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.knowledge.model import IndexRecord, Snapshot, Source
from bot.knowledge.tables import BASES, DOMAIN_MIN, INDEX_MAX, INDEX_MIN
from bot.language.text import fold
from bot.regions.importing import cells
from bot.regions.importing.columns import DOMAIN_COLUMNS
from bot.regions.importing.model import IndexImportError
from bot.regions.importing.places import PlaceFinder
from bot.regions.scoring import from_domains, spbe

# Domain figures are rounded each, so the index they give may be off by this much.
DOMAIN_TOLERANCE = 0.02
_OFFICIAL_KIND = "laporan resmi"

Domains = tuple[float | None, float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for rows that do not say it themselves; empty or None when nothing does."""

    source: str = ""
    basis: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A row as read.

    Attributes:
        code: Region, empty when it is not known.
        year: 0 when it is not known.
        record: None when something is wrong.
    """

    line: int
    name: str
    code: str = ""
    year: int = 0
    record: IndexRecord | None = None
    message: str = ""
    mend: str = ""
    warnings: tuple[str, ...] = ()


class _CellError(ValueError):
    """A cell is wrong: message and mend."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message, self.mend = message, mend


class RowReader:
    """Reads rows with the regions, sources and bands of one snapshot.

    Raises:
        IndexImportError: A default is none of those there are.
    """

    def __init__(self, snapshot: Snapshot, defaults: Defaults, heading_year: int = 0) -> None:
        self._regions = snapshot.regions
        self._places = PlaceFinder(snapshot.regions.values())
        self._sources = snapshot.sources
        self._bands = snapshot.predicates.get("spbe", ())
        self._instrument = spbe(snapshot)
        self._defaults = defaults
        self._heading_year = heading_year
        if defaults.source and defaults.source not in self._sources:
            raise IndexImportError(
                f"Sumber “{defaults.source}” tidak dikenal. "
                "Perbaikan: tambahkan ke indeks/sumber.csv, lalu pakai id-nya."
            )
        if defaults.basis and defaults.basis not in BASES:
            raise IndexImportError(
                f"Dasar “{defaults.basis}” di luar pilihan. "
                f"Perbaikan: pakai salah satu: {', '.join(BASES)}."
            )
        if defaults.year is not None and cells.year_of(str(defaults.year)) is None:
            raise IndexImportError(
                f"Tahun {defaults.year} di luar {cells.FIRST_YEAR}–{cells.LAST_YEAR}. "
                "Perbaikan: periksa pilihan tahunnya."
            )

    def read(self, line: int, row: Mapping[str, str]) -> Reading:
        """Read the cells of a row by field; a field that the table lacks is absent."""
        row = {field: "" if cells.is_empty(cell) else cell for field, cell in row.items()}
        name, code, year = row.get("nama") or row.get("kode") or "?", "", 0
        warnings: list[str] = []
        try:
            code = self._code(row, warnings)
            name = self._regions[code].name
            year = self._year(row)
            record = self._record(code, year, row, warnings)
        except _CellError as error:
            shown = f"{name} {year}" if year else name
            return Reading(line, shown, code, year, None, error.message, error.mend)
        return Reading(line, f"{name} {year}", code, year, record, warnings=tuple(warnings))

    def _code(self, row: Mapping[str, str], warnings: list[str]) -> str:
        given, name = row.get("kode", ""), row.get("nama", "")
        code = self._places.by_code(given) if given else ""
        place = self._places.by_name(name)
        if code:
            if place.codes and code not in place.codes and not place.slip:
                raise _CellError(
                    f"Kode {given} milik {self._names([code])}, "
                    f"tetapi namanya {self._names(place.codes)}.",
                    "Perbaiki kode atau namanya.",
                )
            if name and code not in place.codes:
                warnings.append(f"nama “{name}” tidak dikenal; dipakai kodenya")
            return code
        if not name:
            raise _CellError(
                f"Kode “{given}” tidak dikenal." if given else "Kode dan nama kosong.",
                "Isi kode Kemendagri atau nama lengkap instansi.",
            )
        if len(place.codes) > 1:
            raise _CellError(
                f"“{name}” dapat berarti {self._names(place.codes)}.",
                "Tulis nama lengkapnya atau isi kodenya.",
            )
        if not place.codes:
            near = f" Mirip: {self._names(place.near)}." if place.near else ""
            raise _CellError(
                f"Daerah atau instansi “{name}” tidak dikenal.{near}",
                "Perbaiki namanya atau isi kodenya.",
            )
        if given:
            warnings.append(f"kode “{given}” tidak dikenal; dipakai namanya")
        if place.slip:
            warnings.append(f"“{name}” dibaca sebagai {self._names(place.codes)}")
        return place.codes[0]

    def _names(self, codes: tuple[str, ...] | list[str]) -> str:
        return " atau ".join(f"{self._regions[code].name} ({code})" for code in codes)

    def _year(self, row: Mapping[str, str]) -> int:
        text = row.get("tahun", "") or str(self._heading_year or self._defaults.year or "")
        if not text:
            raise _CellError(
                "Tahun kosong.",
                "Isi kolom tahun, atau sebutkan sekali bagi seluruh berkas (di obrolan: "
                "tahun: 2025; di server: --year 2025).",
            )
        year = cells.year_of(text)
        if year is None:
            raise _CellError(
                f"“{text}” bukan tahun {cells.FIRST_YEAR}–{cells.LAST_YEAR}.",
                "Tulis empat angka, misalnya 2024.",
            )
        if self._defaults.year not in (None, year):
            raise _CellError(
                f"Tahun {year} berbeda dari --year {self._defaults.year}.",
                "Perbaiki salah satunya.",
            )
        return year

    def _record(
        self, code: str, year: int, row: Mapping[str, str], warnings: list[str]
    ) -> IndexRecord:
        index = _figure(row.get("indeks", ""), "Indeks", INDEX_MIN)
        if index is None:
            raise _CellError(
                "Indeks kosong.", "Isi angkanya; rumus harus disimpan bersama hasilnya."
            )
        figures = [
            _figure(row.get(column, ""), column.replace("_", " ").capitalize(), DOMAIN_MIN)
            for column in DOMAIN_COLUMNS
        ]
        a, b, c, d = (None if figure is None else cells.rounded(figure) for figure in figures)
        source = self._source(row.get("sumber", ""), warnings)
        if source.date[:4].isdigit() and int(source.date[:4]) < year:
            raise _CellError(
                f"Tahun {year} lebih baru daripada sumbernya, {source.id} ({source.date}).",
                "Periksa tahun atau sumbernya.",
            )
        record = IndexRecord(
            code,
            year,
            cells.rounded(index),
            self._predicate(row.get("predikat", ""), index, warnings),
            (a, b, c, d),
            self._basis(row.get("dasar", ""), source),
            source.id,
            cells.plain(row.get("tabel", "")),
            cells.plain(row.get("catatan", "")),
        )
        if len(row.get("catatan", "")) > cells.LONGEST_TEXT:
            warnings.append(f"catatan dipotong pada {cells.LONGEST_TEXT} huruf")
        self._weigh(record, warnings)
        return record

    def _predicate(self, text: str, index: Decimal, warnings: list[str]) -> str:
        if not text:
            return ""
        named = cells.band_named(text, self._bands)
        if not named:
            raise _CellError(
                f"Predikat “{text}” tidak dikenal.",
                f"Pakai salah satu: {', '.join(band.name for band in self._bands)}.",
            )
        fitting = cells.earned(index, self._bands)
        if named not in fitting:
            raise _CellError(
                f"Predikat {named} tidak sesuai dengan indeks {_shown(index)} ({fitting[0]}).",
                "Periksa indeks dan predikatnya pada sumber.",
            )
        if named != fitting[0]:
            warnings.append(f"{_shown(index)} tepat di batas; predikat {named} dipertahankan")
        return named

    def _source(self, text: str, warnings: list[str]) -> Source:
        if text in self._sources:
            return self._sources[text]
        wanted = fold(text)
        titled = [
            source
            for source in self._sources.values()
            if wanted == fold(source.title) or wanted.startswith(f"{fold(source.title)},")
        ]
        if len(titled) == 1:
            return titled[0]
        if self._defaults.source:
            if text:
                warnings.append(f"sumber “{text}” tidak dikenal; dipakai {self._defaults.source}")
            return self._sources[self._defaults.source]
        raise _CellError(
            f"Sumber “{text}” tidak dikenal." if text else "Sumber kosong.",
            "Tambahkan ke indeks/sumber.csv dan tulis id-nya, atau pakai --source ID.",
        )

    def _basis(self, text: str, source: Source) -> str:
        if not text:
            official = "resmi" if source.kind == _OFFICIAL_KIND else "disebut"
            return self._defaults.basis or official
        basis = cells.basis_of(text)
        if not basis:
            raise _CellError(
                f"Dasar “{text}” di luar pilihan.", f"Pakai salah satu: {', '.join(BASES)}."
            )
        return basis

    def _weigh(self, record: IndexRecord, warnings: list[str]) -> None:
        known = {n: v for n, v in enumerate(record.domains, 1) if v is not None}
        if not self._instrument.domains.keys() <= known.keys() or not known:
            return
        total = from_domains(self._instrument, known)
        if abs(total - record.index) > DOMAIN_TOLERANCE:
            warnings.append(
                f"domain menghasilkan {_shown(total)}, indeks tertulis {_shown(record.index)}"
            )


def _figure(text: str, label: str, least: float) -> Decimal | None:
    if not text:
        return None
    value = cells.number(text)
    if value is None:
        raise _CellError(f"{label} “{text}” bukan angka.", "Tulis misalnya 3,12.")
    if not Decimal(least) <= value <= Decimal(INDEX_MAX):
        raise _CellError(
            f"{label} {text} di luar {_shown(least)}–{_shown(INDEX_MAX)}.",
            "Periksa angkanya pada sumber.",
        )
    return value


def _shown(value: float | Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")
