"""What all answers about the index share: names, lines, sources, caveats."""

from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer, Citation, Kind, Value
from bot.answering.index.asked import CENTRAL
from bot.knowledge.model import IndexRecord, Snapshot
from bot.regions.history import History, Scope
from bot.regions.predicate import breaks_between


class Writer:
    """Writes figures of one snapshot, with what a reader must know about them."""

    def __init__(self, snapshot: Snapshot, this_year: int) -> None:
        self.snapshot = snapshot
        self.history = History(snapshot)
        self._this_year = this_year

    def records(
        self, regions: tuple[str, ...], years: tuple[int, ...]
    ) -> tuple[list[IndexRecord], list[tuple[str, int]]]:
        """Return the records of regions and years, and the pairs without one."""
        records, missing = [], []
        for code in regions:
            for year in years:
                record = self.history.get(code, year)
                if record is None:
                    missing.append((code, year))
                else:
                    records.append(record)
        return records, missing

    def line(self, record: IndexRecord, *, named: bool = True) -> str:
        """Write one figure: "Indeks SPBE Kota Palopo 2024: 3,12 (Baik)."."""
        who = f"Indeks SPBE {self.name(record.region)} " if named else ""
        mark = "" if record.basis == "resmi" else f" – {wording.BASIS[record.basis]}"
        return (
            f"{who}{record.year}: {wording.number(record.index)} "
            f"({self.history.predicate(record)}{mark})."
        )

    def name(self, code: str) -> str:
        """Return the name of a region or agency."""
        return self.snapshot.regions[code].name

    def names(self, codes: tuple[str, ...]) -> str:
        """Join the names of regions."""
        return wording.listing([self.name(code) for code in codes])

    def cite(self, source_id: str, table: str = "") -> Citation:
        """Cite a report or article, with the table in it."""
        source = self.snapshot.sources.get(source_id)
        if source is None:
            return Citation(source_id, "", source_id)
        return Citation(
            source.id, "", f"{source.label}{f', {table}' if table else ''}", source.url
        )

    def answer(
        self,
        text: str,
        records: list[IndexRecord],
        *,
        breaks: object = (),
        limit_notes: bool = False,
    ) -> Answer:
        """Put values, sources, conflicts and caveats around a text."""
        years = sorted({int(y) for y in breaks}) if isinstance(breaks, (list, tuple)) else []
        notes: list[str] = []
        if len(years) > 1:
            broken = breaks_between(years[0], years[-1])
            if broken:
                notes.append(
                    wording.SERIES_BREAK.format(years=wording.listing([str(y) for y in broken]))
                )
        if not limit_notes:
            for record in records:
                notes += self._record_notes(record)
        citations = [self.cite(r.source, r.table) for r in records]
        values = tuple(
            Value(
                r.region,
                self.name(r.region),
                r.year,
                r.index,
                self.history.predicate(r),
                r.source,
                r.basis,
            )
            for r in records
        )
        return Answer(
            Kind.INDEX,
            text,
            tuple(dict.fromkeys(citations))[:4],
            notes=tuple(notes[:4]),
            values=values,
            suggestions=self._suggest(records),
        )

    def _record_notes(self, record: IndexRecord) -> list[str]:
        notes = [record.note] if record.note else []
        for conflict in self.history.conflicts(record.region, record.year):
            source = self.snapshot.sources.get(conflict.source)
            notes.append(
                f"Sumber lain ({source.publisher if source else conflict.source}) menulis "
                f"{wording.number(conflict.index)} untuk {record.year}. {conflict.note}"
            )
        return notes

    def _suggest(self, records: list[IndexRecord]) -> tuple[str, ...]:
        if not records:
            return ()
        record = records[-1]
        name, year = self.name(record.region), record.year
        out = [f"Tren indeks SPBE {name}"]
        if record.domains[1] is not None:
            out.append(f"Indeks domain {name} {year}")
        if len(record.region) > 2 and record.region[0].isdigit():
            out.append(f"Peringkat {name} di provinsinya {year}")
        return tuple(out)

    def no_data(self, regions: tuple[str, ...], years: tuple[int, ...]) -> Answer:
        """Say that there is no figure, and what there is nearest."""
        name = self.names(regions)
        known = [r for code in regions for r in self.history.of(code)]
        future = self.beyond(years)
        if not known:
            return self.unknown(wording.NO_DATA_AT_ALL.format(name=name))
        absent = [y for y in years if all(self.history.get(c, y) is None for c in regions)]
        shown = wording.listing([str(y) for y in absent or years])
        text = future or wording.NO_DATA.format(name=name, years=shown)
        items = ", ".join(f"{r.year} ({wording.number(r.index)})" for r in _nearest(known, years))
        answer = self.unknown(f"{text} {wording.NEAREST_DATA.format(items=items)}")
        return replace(answer, suggestions=(f"Tren indeks SPBE {self.name(regions[0])}",))

    def beyond(self, years: tuple[int, ...]) -> str:
        """Say that a year has no result yet, or nothing."""
        late = [y for y in years if y >= self._this_year]
        return wording.FUTURE.format(year=late[0]) if late else ""

    @staticmethod
    def unknown(text: str) -> Answer:
        """Abstain with a reason."""
        return Answer(Kind.UNKNOWN, text)

    def scope_name(self, scope: Scope) -> str:
        """Name the rows that a ranking is about."""
        everyone = (
            "instansi pusat dan pemerintah daerah" if scope.everyone else "pemerintah daerah"
        )
        kinds = "/".join(scope.kinds) or everyone
        if scope.kinds == CENTRAL:
            kinds = "instansi pusat"
        elif len(scope.kinds) > 1 and "lembaga nonstruktural" in scope.kinds:
            kinds = "lembaga"
        if scope.province:
            return f"{kinds} di {self.name(scope.province).removeprefix('Provinsi ')}"
        return f"{kinds} se-Indonesia"


def _nearest(records: list[IndexRecord], years: tuple[int, ...]) -> list[IndexRecord]:
    """Return up to four records nearest to the years asked, oldest first."""
    wanted = years[0] if years else records[-1].year
    near = sorted(records, key=lambda r: (abs(r.year - wanted), -r.year))[:4]
    return sorted(near, key=lambda r: r.year)
