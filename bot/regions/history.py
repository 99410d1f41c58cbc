"""The index history of all regions and agencies, with the look-ups that questions need."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.model import Conflict, IndexRecord, Region, Snapshot
from bot.regions.predicate import predicate_of

DOMAINS = ("kebijakan", "tata kelola", "manajemen", "layanan")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows a ranking is about.

    Attributes:
        kinds: Kinds of region or agency; empty for all regions.
        province: Province code, or empty for the whole country.
        everyone: Whether ministries and agencies count too where no kind is named.
    """

    kinds: tuple[str, ...]
    province: str = ""
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row and its place; equal figures share the place."""

    place: int
    record: IndexRecord
    value: float


class History:
    """Index records by region and year."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.regions = snapshot.regions
        self.national = snapshot.national
        self.bands = snapshot.predicates.get("spbe", ())
        self._by_region: dict[str, dict[int, IndexRecord]] = defaultdict(dict)
        self._by_year: dict[int, list[IndexRecord]] = defaultdict(list)
        for record in snapshot.records:
            self._by_region[record.region][record.year] = record
            self._by_year[record.year].append(record)
        self._conflicts: dict[tuple[str, int], list[Conflict]] = defaultdict(list)
        for conflict in snapshot.conflicts:
            self._conflicts[(conflict.region, conflict.year)].append(conflict)

    def get(self, code: str, year: int) -> IndexRecord | None:
        """Return the record of a region and year, if there is one."""
        return self._by_region.get(code, {}).get(year)

    def of(self, code: str) -> list[IndexRecord]:
        """Return all records of a region, oldest first."""
        return [record for _, record in sorted(self._by_region.get(code, {}).items())]

    def years(self) -> list[int]:
        """Return the years that have any record."""
        return sorted(self._by_year)

    def nearest_years(self, code: str, year: int) -> list[int]:
        """Return the years with data of a region, nearest to ``year`` first."""
        return sorted(self._by_region.get(code, {}), key=lambda y: (abs(y - year), -y))

    def conflicts(self, code: str, year: int) -> list[Conflict]:
        """Return the other figures printed for a region and year."""
        return self._conflicts.get((code, year), [])

    def predicate(self, record: IndexRecord) -> str:
        """Return the published predikat, or the one the index earns when none was printed."""
        return record.predicate or predicate_of(record.index, self.bands)

    def with_index(self, code: str, index: float) -> list[IndexRecord]:
        """Return the records of a region with exactly this figure."""
        return [r for r in self.of(code) if abs(r.index - index) < 0.005]

    def rank(
        self, year: int, scope: Scope, domain: int | None = None, *, lowest: bool = False
    ) -> list[Ranked]:
        """Rank the rows of a year; ties share a place, the next place is skipped."""
        rows = [
            (value, record)
            for record in self.rows(year, scope)
            if (value := record.index if domain is None else record.domains[domain]) is not None
        ]
        rows.sort(key=lambda row: (row[0] if lowest else -row[0], row[1].region))
        out: list[Ranked] = []
        for at, (value, record) in enumerate(rows, 1):
            place = out[-1].place if out and out[-1].value == value else at
            out.append(Ranked(place, record, value))
        return out

    def rows(self, year: int, scope: Scope) -> list[IndexRecord]:
        """Return the records of a year that lie in a scope."""
        return [
            record
            for record in self._by_year.get(year, ())
            if self._in(self.regions.get(record.region), scope)
        ]

    def latest_ranked_year(self, codes: Iterable[str] = ()) -> int:
        """Return the newest year with official figures for most agencies."""
        wanted = list(codes)
        years = [y for y, rows in self._by_year.items() if len(rows) > 100]
        if wanted:
            years = [y for y in years if all(self.get(c, y) for c in wanted)] or years
        return max(years, default=0)

    @staticmethod
    def _in(region: Region | None, scope: Scope) -> bool:
        if region is None or region.kind == "rata-rata":
            return False
        if scope.kinds and region.kind not in scope.kinds:
            return False
        if not scope.kinds and region.is_agency and not scope.everyone:
            return False
        return not scope.province or region.province == scope.province
