"""The desk of index figures: lookups, changes, rankings, distances, domains."""

from dataclasses import dataclass, replace

from bot.answering import wording
from bot.answering.answer import Answer, Citation, Kind, Topic, Value
from bot.answering.index_intent import (
    IndexIntent,
    Operation,
    leftover_terms,
    read_intent,
    unrated_unit,
)
from bot.answering.question import Question
from bot.knowledge.model import IndexRecord, Snapshot
from bot.regions.history import DOMAINS, History, Scope
from bot.regions.predicate import breaks_between, next_band

_SHOWN_ROWS = 12


@dataclass(frozen=True, slots=True)
class Request:
    """A question about the index with everything unsaid filled in."""

    question: Question
    intent: IndexIntent
    regions: tuple[str, ...]
    years: tuple[int, ...]
    ambiguous: bool = False


class IndexDesk:
    """Answers questions about index history."""

    def __init__(self, snapshot: Snapshot, this_year: int) -> None:
        self._snapshot = snapshot
        self._history = History(snapshot)
        self._this_year = this_year

    def answer(self, question: Question, topic: Topic) -> tuple[Answer, Topic]:
        """Answer a question for this desk; return the conversation's new topic with it."""
        intent = read_intent(question, topic)
        unit = unrated_unit(question)
        if unit:
            return self._unknown(wording.NOT_RATED.format(unit=unit)), topic
        request = self._fill(question, intent, topic)
        answer = self._dispatch(request)
        scope = (request.intent.scope.kinds, request.intent.scope.province)
        new = replace(
            topic,
            kind=Kind.INDEX,
            regions=request.regions,
            years=request.years,
            earlier_years=tuple(dict.fromkeys((*topic.years, *request.years)))[-4:]
            if request.regions == topic.regions else request.years,
            domains=intent.domains,
            operation=intent.operation.value,
            scope=scope,
            indicator=None, locator="", regulation="", terms=(), level=None,
        )
        return answer, new

    def _fill(self, question: Question, intent: IndexIntent, topic: Topic) -> Request:
        regions = tuple(code for place in question.places for code in place.codes)
        ambiguous = any(len(place.codes) > 1 for place in question.places)
        ranking = intent.operation in (Operation.HIGHEST, Operation.LOWEST, Operation.RANK)
        if intent.scope.province and ranking:
            regions = tuple(r for r in regions if r != intent.scope.province) or regions
        follows = topic.kind is Kind.INDEX
        if not regions and follows and not ranking:
            regions = self._switch_kind(question, topic.regions)
        elif not regions and follows and intent.operation is Operation.RANK:
            regions = topic.regions
        years = question.years.years
        if not years and question.years.last and regions:
            known = sorted({r.year for code in regions for r in self._history.of(code)})
            years = tuple(known[-question.years.last :])
        if not years and follows:
            if intent.operation is Operation.CHANGE and not question.places:
                years = topic.earlier_years[-2:] if len(topic.earlier_years) > 1 else topic.years
            elif intent.operation is not Operation.TREND:
                years = topic.years
        return Request(question, intent, tuple(dict.fromkeys(regions)), years, ambiguous)

    def _switch_kind(self, question: Question, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Turn "yang kabupatennya?" after Kota Bogor into Kabupaten Bogor."""
        said = next((k for k in ("kabupaten", "kota", "provinsi")
                     if k in question.words or k + "nya" in question.words), "")
        if not said or not codes:
            return codes
        regions = self._snapshot.regions
        base = regions[codes[0]].name.split(" ", 1)[-1]
        same = [c for c, r in regions.items()
                if r.kind == said and r.name.split(" ", 1)[-1] == base]
        if same:
            return tuple(same)
        if said == "provinsi" and regions[codes[0]].province:
            return (regions[codes[0]].province,)
        return codes

    def _dispatch(self, request: Request) -> Answer:
        operation = request.intent.operation
        if operation in (Operation.HIGHEST, Operation.LOWEST):
            return self._extremes(request)
        if not request.regions:
            return self._without_region(request)
        if operation is Operation.RANK:
            return self._rank(request)
        if operation in (Operation.BEST_YEAR, Operation.WORST_YEAR):
            return self._best_year(request)
        if operation is Operation.DOMAINS:
            return self._domains(request)
        if operation is Operation.DISTANCE:
            return self._distance(request)
        if operation is Operation.NATIONAL:
            return self._against_national(request)
        if operation is Operation.CHANGE:
            return self._change(request)
        if operation is Operation.TREND or (
            not request.years and not request.intent.compare and len(request.regions) == 1
        ):
            return self._trend(request)
        return self._lookup(request)

    # -- single figures ----------------------------------------------------------------------

    def _lookup(self, request: Request) -> Answer:
        figure = _figure(request.question)
        if figure and len(request.regions) == 1:
            found = self._history.with_index(request.regions[0], figure)
            if found:
                return self._answer(self._line(found[0]), found)
        years = request.years or (self._history.latest_ranked_year(request.regions),)
        records, missing = self._records(request.regions, years)
        if not records:
            return self._no_data(request.regions, years)
        if len(records) == 1 and not missing:
            return self._answer(self._line(records[0]), records)
        lines = [f"- {self._line(record)}" for record in records]
        lines += [f"- {self._name(code)} {year}: tidak ada data." for code, year in missing]
        head = wording.AMBIGUOUS if request.ambiguous else ""
        if not head and len(request.regions) == 2 and len(years) == 1 and len(records) == 2:
            high, low = sorted(records, key=lambda r: -r.index)
            gap = high.index - low.index
            head = (
                f"{self._name(high.region)} lebih tinggi {wording.number(gap)} poin daripada "
                f"{self._name(low.region)} pada {years[0]}."
                if gap > 0.004 else "Keduanya sama."
            )
        elif not head and len(request.regions) > 2 and len(years) == 1:
            high = max(records, key=lambda r: r.index)
            head = f"Tertinggi pada {years[0]}: {self._name(high.region)}."
        text = "\n".join([head, *lines] if head else lines)
        return self._answer(text, records, breaks=years)

    def _trend(self, request: Request) -> Answer:
        records = [
            record for code in request.regions for record in self._history.of(code)
            if not request.years or record.year in request.years
        ]
        if not records:
            return self._no_data(request.regions, request.years)
        first, last = records[0], records[-1]
        head = f"Indeks SPBE {wording.listing([self._name(c) for c in request.regions])}:"
        if len(request.regions) == 1 and len(records) > 1:
            same_series = not breaks_between(first.year, last.year)
            if same_series:
                head = (
                    f"Indeks SPBE {self._name(last.region)} "
                    f"{_moved(last.index - first.index)} dari {first.year} ke {last.year}:"
                )
        lines = [f"- {self._line(r, named=len(request.regions) > 1)}" for r in records]
        if request.years:
            missing = [
                (c, y) for c in request.regions for y in request.years
                if self._history.get(c, y) is None
            ]
            lines += [f"- {self._name(c)} {y}: tidak ada data." for c, y in missing]
        years = [r.year for r in records]
        return self._answer("\n".join([head, *lines]), records, breaks=years)

    def _change(self, request: Request) -> Answer:
        years = request.years
        records: list[IndexRecord] = []
        lines = []
        for code in request.regions:
            pair = self._pair(code, years)
            if pair is None:
                return self._no_data((code,), years)
            before, after = pair
            records += pair
            lines.append(
                f"Indeks SPBE {self._name(code)} {_moved(after.index - before.index)}: dari "
                f"{wording.number(before.index)} ({self._history.predicate(before)}, "
                f"{before.year}) menjadi {wording.number(after.index)} "
                f"({self._history.predicate(after)}, {after.year})."
            )
        if len(request.regions) == 2 and len(years) == 1 and request.question.has("selisih"):
            return self._lookup(request)
        return self._answer("\n".join(lines), records, breaks=[r.year for r in records])

    def _pair(
        self, code: str, years: tuple[int, ...]
    ) -> tuple[IndexRecord, IndexRecord] | None:
        known = self._history.of(code)
        if len(years) >= 2:
            first, last = self._history.get(code, min(years)), self._history.get(code, max(years))
            return (first, last) if first and last else None
        if years:
            after = self._history.get(code, years[0])
            earlier = [r for r in known if r.year < years[0]]
            return (earlier[-1], after) if after and earlier else None
        return (known[-2], known[-1]) if len(known) > 1 else None

    def _best_year(self, request: Request) -> Answer:
        code = request.regions[0]
        records = self._history.of(code)
        if request.years:
            records = [r for r in records if r.year in request.years] or records
        if not records:
            return self._no_data((code,), request.years)
        lowest = request.intent.operation is Operation.WORST_YEAR
        record = (min if lowest else max)(records, key=lambda r: r.index)
        years = [r.year for r in self._history.of(code)]
        text = (
            f"Indeks SPBE {self._name(code)} {'terendah' if lowest else 'tertinggi'} pada "
            f"{record.year}: {wording.number(record.index)} ({self._history.predicate(record)}), "
            f"dari {len(years)} tahun yang ada datanya ({min(years)}–{max(years)})."
        )
        return self._answer(text, [record], breaks=years)

    # -- domains, distances, national ----------------------------------------------------------

    def _domains(self, request: Request) -> Answer:
        years = request.years or (self._history.latest_ranked_year(request.regions),)
        records, missing = self._records(request.regions, years)
        records = [r for r in records if any(d is not None for d in r.domains)]
        if not records:
            with_domains = [
                r for code in request.regions for r in self._history.of(code)
                if r.domains[1] is not None
            ]
            nearest = wording.listing([f"{r.year}" for r in with_domains])
            text = f"Indeks domain {self._names(request.regions)} tahun " \
                   f"{wording.listing([str(y) for y in years])} tidak ada pada saya."
            return self._unknown(f"{text} Yang ada: {nearest}." if nearest else text)
        words = request.question.words
        weak = words & {"lemah", "terlemah", "rendah", "terendah", "kecil", "buruk", "jelek"}
        strong = words & {"kuat", "terkuat", "tinggi", "tertinggi", "besar", "baik", "terbaik"}
        lines = []
        for record in records:
            lines.append(self._domain_line(record, request.intent.domains, bool(weak),
                                           bool(strong)))
        lines += [f"- {self._name(c)} {y}: tidak ada data." for c, y in missing]
        return self._answer("\n".join(lines), records)

    def _domain_line(
        self, record: IndexRecord, wanted: tuple[int, ...], weak: bool, strong: bool
    ) -> str:
        named = [(DOMAINS[n], v) for n, v in enumerate(record.domains) if v is not None]
        who = f"{self._name(record.region)} {record.year}"
        if (weak or strong) and not wanted:
            name, value = (min if weak else max)(named, key=lambda item: item[1])
            rest = ", ".join(f"{n} {wording.number(v)}" for n, v in named if n != name)
            return (
                f"Domain {'terlemah' if weak else 'terkuat'} {who}: {name}, "
                f"{wording.number(value)}. Yang lain: {rest}."
            )
        chosen = [(DOMAINS[n], record.domains[n]) for n in wanted] if wanted else named
        parts = [
            f"{name} {wording.number(value)}" if value is not None else f"{name} tidak terbaca"
            for name, value in chosen
        ]
        return (
            f"Indeks domain {who}: {', '.join(parts)} (indeks SPBE "
            f"{wording.number(record.index)}, {self._history.predicate(record)})."
        )

    def _distance(self, request: Request) -> Answer:
        years = request.years or (self._history.latest_ranked_year(request.regions),)
        records, _ = self._records(request.regions, years)
        if not records:
            return self._no_data(request.regions, years)
        lines = []
        for record in records:
            own = self._history.predicate(record)
            band = next(
                (b for b in self._history.bands if b.name == request.intent.target), None
            ) or next_band(own, self._history.bands)
            if band is None:
                lines.append(f"{self._line(record)} Itu predikat tertinggi.")
                continue
            gap = round(band.least - record.index, 4)
            bound = f"{band.name} (mulai {wording.number(band.least)})"
            lines.append(
                f"{self._line(record)} Kurang {wording.number(gap)} poin lagi ke {bound}."
                if gap > 0 else f"{self._line(record)} Batas {bound} sudah terlampaui "
                f"{wording.number(-gap)} poin."
            )
        notes = ("Predikat dihitung dari indeks sebelum dibulatkan, jadi di batas bisa berbeda.",)
        return replace(self._answer("\n".join(lines), records), notes=notes)

    def _against_national(self, request: Request) -> Answer:
        years = request.years or (self._history.latest_ranked_year(request.regions),)
        records, _ = self._records(request.regions, years)
        if not records:
            return self._no_data(request.regions, years)
        lines = []
        for record in records:
            national = self._history.national.get(record.year)
            if national is None:
                lines.append(self._line(record))
                continue
            gap = round(record.index - national.index, 2)
            side = "di atas" if gap > 0 else "di bawah" if gap < 0 else "sama dengan"
            size = f"{wording.number(abs(gap))} poin " if gap else ""
            lines.append(
                f"{self._line(record)} Itu {size}{side} indeks nasional {record.year} "
                f"({wording.number(national.index)})."
            )
        return self._answer("\n".join(lines), records)

    def _without_region(self, request: Request) -> Answer:
        question = request.question
        unknown = leftover_terms(question)
        if unknown and not question.words & {"nasional", "rata"}:
            return self._unknown(wording.UNKNOWN_REGION)
        years = request.years or (max(self._history.national, default=0),)
        rows = [self._history.national[y] for y in years if y in self._history.national]
        if not rows:
            return self._unknown(self._beyond(years) or wording.NO_DATA.format(
                name="nasional", years=wording.listing([str(y) for y in years])))
        lines = [f"Indeks SPBE nasional {r.year}: {wording.number(r.index)}"
                 + (f" ({r.agencies} instansi)." if r.agencies else ".") for r in rows]
        if len(rows) > 1:
            lines = [f"- {line}" for line in lines]
        answer = self._answer("\n".join(lines), [], breaks=[r.year for r in rows])
        cited = [self._cite(source) for source in dict.fromkeys(r.source for r in rows)]
        notes = [r.note for r in rows if r.note and len(rows) <= 2]
        return replace(answer, citations=tuple(cited), notes=(*answer.notes, *notes))

    # -- rankings --------------------------------------------------------------------------------

    def _extremes(self, request: Request) -> Answer:
        lowest = request.intent.operation is Operation.LOWEST
        year = request.years[-1] if request.years else self._history.latest_ranked_year()
        scope = request.intent.scope
        domain = request.intent.domains[0] if request.intent.domains else None
        ranked = self._history.rank(year, scope, domain, lowest=lowest)
        if len(ranked) < 2:
            return self._unknown(self._beyond((year,)) or wording.NO_DATA.format(
                name=self._scope_name(scope), years=year))
        count = request.intent.count
        shown = [r for r in ranked if r.place <= count][: max(count, _SHOWN_ROWS)]
        word = "terendah" if lowest else "tertinggi"
        what = f"domain {DOMAINS[domain]}" if domain is not None else "SPBE"
        where = self._scope_name(scope)
        if len(shown) == 1:
            record = shown[0].record
            text = (
                f"Indeks {what} {word} {where} tahun {year}: {self._name(record.region)}, "
                f"{wording.number(shown[0].value)} ({self._history.predicate(record)})."
            )
        else:
            text = "\n".join(
                [f"{len(shown)} indeks {what} {word} {where} tahun {year}:"]
                + [f"- {r.place}. {self._name(r.record.region)}: {wording.number(r.value)} "
                   f"({self._history.predicate(r.record)})" for r in shown]
            )
        text += f"\nDari {len(ranked)} yang ada datanya."
        return self._answer(text, [r.record for r in shown], limit_notes=True)

    def _rank(self, request: Request) -> Answer:
        code = request.regions[0]
        year = request.years[-1] if request.years else self._history.latest_ranked_year((code,))
        record = self._history.get(code, year)
        if record is None:
            return self._no_data((code,), (year,))
        scope = request.intent.scope
        region = self._snapshot.regions[code]
        if not scope.kinds or region.kind not in scope.kinds:
            kinds = ("kabupaten", "kota") if region.kind in ("kabupaten", "kota") else (
                region.kind,)
            inside = scope.province
            if not inside and not request.question.has("nasional", "indonesia"):
                inside = region.province if region.kind in ("kabupaten", "kota") else ""
            scope = Scope(kinds, inside)
        ranked = self._history.rank(year, scope)
        own = next((r for r in ranked if r.record.region == code), None)
        if own is None:
            return self._no_data((code,), (year,))
        text = (
            f"{self._name(code)} peringkat {own.place} dari {len(ranked)} "
            f"{self._scope_name(scope)} yang ada datanya pada {year}, dengan indeks "
            f"{wording.number(record.index)} ({self._history.predicate(record)})."
        )
        if own.place > 1:
            text += (
                f" Teratas: {self._name(ranked[0].record.region)}, "
                f"{wording.number(ranked[0].value)}."
            )
        return self._answer(text, [record], limit_notes=True)

    def _scope_name(self, scope: Scope) -> str:
        kinds = "/".join(scope.kinds) if scope.kinds else "pemerintah daerah"
        if scope.province:
            return f"{kinds} di {self._name(scope.province).removeprefix('Provinsi ')}"
        return f"{kinds} se-Indonesia"

    # -- shared ----------------------------------------------------------------------------------

    def _records(
        self, regions: tuple[str, ...], years: tuple[int, ...]
    ) -> tuple[list[IndexRecord], list[tuple[str, int]]]:
        records, missing = [], []
        for code in regions:
            for year in years:
                record = self._history.get(code, year)
                if record is None:
                    missing.append((code, year))
                else:
                    records.append(record)
        return records, missing

    def _line(self, record: IndexRecord, *, named: bool = True) -> str:
        who = f"Indeks SPBE {self._name(record.region)} " if named else ""
        mark = "" if record.basis == "resmi" else f" – {wording.BASIS[record.basis]}"
        return (
            f"{who}{record.year}: {wording.number(record.index)} "
            f"({self._history.predicate(record)}{mark})."
        )

    def _name(self, code: str) -> str:
        return self._snapshot.regions[code].name

    def _names(self, codes: tuple[str, ...]) -> str:
        return wording.listing([self._name(code) for code in codes])

    def _cite(self, source_id: str, table: str = "") -> Citation:
        source = self._snapshot.sources.get(source_id)
        if source is None:
            return Citation(source_id, "", source_id)
        return Citation(source.id, "", f"{source.label}{f', {table}' if table else ''}",
                        source.url)

    def _answer(
        self,
        text: str,
        records: list[IndexRecord],
        *,
        breaks: object = (),
        limit_notes: bool = False,
    ) -> Answer:
        years = sorted({int(y) for y in breaks}) if isinstance(breaks, (list, tuple)) else []
        notes: list[str] = []
        if len(years) > 1:
            broken = breaks_between(years[0], years[-1])
            if broken:
                notes.append(wording.SERIES_BREAK.format(
                    years=wording.listing([str(y) for y in broken])))
        if not limit_notes:
            for record in records:
                notes += self._record_notes(record)
        citations = [self._cite(r.source, r.table) for r in records]
        values = tuple(
            Value(r.region, self._name(r.region), r.year, r.index, self._history.predicate(r),
                  r.source, r.basis)
            for r in records
        )
        return Answer(
            Kind.INDEX, text, tuple(dict.fromkeys(citations))[:4], notes=tuple(notes[:4]),
            values=values, suggestions=self._suggest(records),
        )

    def _record_notes(self, record: IndexRecord) -> list[str]:
        notes = [record.note] if record.note else []
        for conflict in self._history.conflicts(record.region, record.year):
            source = self._snapshot.sources.get(conflict.source)
            notes.append(
                f"Sumber lain ({source.publisher if source else conflict.source}) menulis "
                f"{wording.number(conflict.index)} untuk {record.year}. {conflict.note}"
            )
        return notes

    def _suggest(self, records: list[IndexRecord]) -> tuple[str, ...]:
        if not records:
            return ()
        record = records[-1]
        name, year = self._name(record.region), record.year
        out = [f"Tren indeks SPBE {name}"]
        if record.domains[1] is not None:
            out.append(f"Indeks domain {name} {year}")
        if len(record.region) > 2 and record.region[0].isdigit():
            out.append(f"Peringkat {name} di provinsinya {year}")
        return tuple(out)

    def _no_data(self, regions: tuple[str, ...], years: tuple[int, ...]) -> Answer:
        name = self._names(regions)
        known = [r for code in regions for r in self._history.of(code)]
        future = self._beyond(years)
        if not known:
            return self._unknown(wording.NO_DATA_AT_ALL.format(name=name))
        shown = ", ".join(str(y) for y in years)
        text = future or wording.NO_DATA.format(name=name, years=shown)
        items = ", ".join(f"{r.year} ({wording.number(r.index)})" for r in known[-4:])
        answer = self._unknown(f"{text} {wording.NEAREST_DATA.format(items=items)}")
        return replace(answer, suggestions=(f"Tren indeks SPBE {self._name(regions[0])}",))

    def _beyond(self, years: tuple[int, ...]) -> str:
        late = [y for y in years if y >= self._this_year]
        return wording.FUTURE.format(year=late[0]) if late else ""

    @staticmethod
    def _unknown(text: str) -> Answer:
        return Answer(Kind.UNKNOWN, text)


def _moved(gap: float) -> str:
    gap = round(gap, 2)
    if gap > 0:
        return f"naik {wording.number(gap)} poin"
    return f"turun {wording.number(-gap)} poin" if gap < 0 else "tidak berubah"


def _figure(question: Question) -> float:
    """Return an index figure quoted in the question ("2,90"), or 0."""
    for token in question.tokens:
        if token.count(",") + token.count(".") == 1 and token[0] in "12345":
            value = float(token.replace(",", "."))
            if 1 <= value <= 5:
                return value
    return 0.0
