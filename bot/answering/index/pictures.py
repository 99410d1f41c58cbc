"""What goes with an answer about the index: a picture of it, and the table to take away."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer
from bot.answering.index import titles
from bot.answering.index.asked import OVER_MANY, Operation, home_scope
from bot.answering.index.ranking import scope_of
from bot.answering.index.request import Request
from bot.answering.index.writing import Writer
from bot.knowledge.model import IndexRecord
from bot.regions.charts.spec import Bands, Bar, Bars, Brief, Chart, Line, Point, Profile, Trend
from bot.regions.history import DOMAINS, Ranked
from bot.regions.predicate import SERIES_BREAKS, next_band
from bot.regions.tables import Table

# More lines than these cannot be told apart, more bars not read.
MOST_LINES, MOST_BARS, MOST_PROFILES = 6, 15, 2
# Rows shown on each side of a region in a long ranking.
_AROUND = 4
_ASKED = ("grafik", "grafiknya", "diagram", "gambar", "gambarkan", "visualisasi", "chart")
_OFFICIAL = "resmi"
_COLUMNS = (
    "Kode",
    "Nama",
    "Tahun",
    "Indeks",
    "Predikat",
    *(f"Domain {name}" for name in DOMAINS),
    "Dasar",
    "Sumber",
)


def attach(writer: Writer, request: Request, answer: Answer) -> Answer:
    """Add picture and table to an answer that has figures."""
    if answer.abstained or not answer.values:
        return answer
    records = [r for v in answer.values if (r := writer.history.get(v.region, v.year)) is not None]
    table_of = answer.table or table(writer, _first_line(answer), records)
    chart = _chart(writer, request, records)
    drawn = chart is not None and request.question.has(*_ASKED)
    return replace(answer, table=table_of, chart=chart, drawn=drawn)


def table(writer: Writer, title: str, records: Sequence[IndexRecord]) -> Table:
    """Return records as a table with all that is known of them."""
    rows = tuple(
        (
            r.region,
            writer.name(r.region),
            r.year,
            r.index,
            writer.history.predicate(r),
            *r.domains,
            wording.BASIS.get(r.basis, r.basis),
            writer.cite(r.source, r.table).label,
        )
        for r in records
    )
    return Table(title, _COLUMNS, rows, _sources(writer, records))


def _chart(writer: Writer, request: Request, records: Sequence[IndexRecord]) -> Chart | None:
    operation = request.intent.operation
    over_many = operation in OVER_MANY
    domain = request.intent.domains[0] if request.intent.domains else None
    codes = list(dict.fromkeys(r.region for r in records))
    if operation is Operation.DOMAINS and len(codes) <= MOST_PROFILES:
        return profile(writer, records)
    if operation is Operation.MOVERS and len(records) > 1:
        first = records[: 2 * MOST_LINES]
        return trend(writer, first, titles.of_movers(writer, *first[:2]))
    if operation is Operation.RANK:
        return _position(writer, request, records)
    if len({r.year for r in records}) > 1 and len(codes) <= MOST_LINES:
        return trend(writer, records)
    if len(codes) > 1 and len({r.year for r in records}) == 1:
        return _bars(writer, records, domain if over_many else None)
    return None


def trend(writer: Writer, records: Sequence[IndexRecord], title: str = "") -> Trend:
    """Draw records over the years."""
    codes = list(dict.fromkeys(r.region for r in records))
    return Trend(
        title or titles.of_trend(writer, records),
        tuple(
            Line(
                writer.name(code),
                tuple(
                    Point(r.year, r.index, r.basis == _OFFICIAL)
                    for r in sorted(records, key=lambda r: r.year)
                    if r.region == code
                ),
            )
            for code in codes
        ),
        SERIES_BREAKS,
        bands(writer),
        _sources(writer, records),
    )


def profile(writer: Writer, records: Sequence[IndexRecord]) -> Profile | None:
    """Draw the domains of one or two records."""
    shown = [r for r in records if any(d is not None for d in r.domains)][:MOST_PROFILES]
    if not shown:
        return None
    years = {r.year for r in shown}
    names = [
        writer.name(r.region) if len(years) == 1 else f"{writer.name(r.region)} {r.year}"
        for r in shown
    ]
    return Profile(
        titles.of_profile(writer, shown),
        DOMAINS,
        tuple((name, r.domains) for name, r in zip(names, shown, strict=True)),
        _sources(writer, shown),
    )


def brief(writer: Writer, code: str) -> Brief | None:
    """Put a page together about one agency; None where there is no figure."""
    records = writer.history.of(code)
    if not records:
        return None
    last = records[-1]
    name = writer.name(code)
    shown = [last] if any(d is not None for d in last.domains) else []
    predicate = writer.history.predicate(last)
    return Brief(
        f"{name}: indeks SPBE {last.year} {wording.number(last.index)} ({predicate})",
        trend(writer, records),
        profile(writer, shown),
        tuple(_facts(writer, last)),
        _sources(writer, records),
    )


def bands(writer: Writer) -> Bands:
    """Return the predikat and their bounds."""
    return tuple((band.name, band.least) for band in writer.history.bands)


def _facts(writer: Writer, record: IndexRecord) -> list[str]:
    facts = []
    scope = home_scope(writer.snapshot.regions[record.region])
    ranked = writer.history.rank(record.year, scope)
    own = next((r for r in ranked if r.record.region == record.region), None)
    if own is not None and len(ranked) > 1:
        facts.append(
            f"Peringkat {own.place} dari {len(ranked)} {writer.scope_name(scope)} yang ada "
            f"datanya ({record.year})."
        )
    band = next_band(writer.history.predicate(record), writer.history.bands)
    if band is not None and band.least > record.index:
        gap = wording.number(band.least - record.index)
        facts.append(
            f"Kurang {gap} poin lagi ke {band.name} (mulai {wording.number(band.least)})."
        )
    national = writer.history.national.get(record.year)
    if national is not None:
        beside = wording.apart(record.index - national.index).capitalize()
        figure = wording.number(national.index)
        facts.append(f"{beside} indeks nasional {record.year} ({figure}).")
    named = [(v, n) for v, n in zip(record.domains, DOMAINS, strict=True) if v is not None]
    if named:
        low, high = min(named), max(named)
        facts.append(
            f"Domain terlemah {low[1]} ({wording.number(low[0])}), terkuat {high[1]} "
            f"({wording.number(high[0])})."
        )
    return facts


def _bars(writer: Writer, records: Sequence[IndexRecord], domain: int | None) -> Bars:
    """Draw the index of records side by side, or their figure of a domain."""
    figures = [
        (r, value)
        for r in records
        if (value := r.index if domain is None else r.domains[domain]) is not None
    ]
    figures.sort(key=lambda item: -item[1])
    shown = figures[:MOST_BARS]
    return Bars(
        titles.of_bars(writer, shown, domain),
        tuple(
            Bar(
                writer.name(r.region), value, writer.history.predicate(r) if domain is None else ""
            )
            for r, value in shown
        ),
        bands(writer),
        _sources(writer, [r for r, _ in shown]),
    )


def _position(writer: Writer, request: Request, records: Sequence[IndexRecord]) -> Bars | None:
    """Draw a region among the others of its ranking; of a long one the first and those around."""
    record = max(records, key=lambda r: r.year)
    scope = scope_of(writer, request, record.region)
    domain = request.intent.domains[0] if request.intent.domains else None
    ranked = writer.history.rank(record.year, scope, domain)
    at = next((n for n, r in enumerate(ranked) if r.record.region == record.region), None)
    if at is None or len(ranked) < 2:
        return None
    shown: list[Ranked] = list(ranked)
    if len(ranked) > MOST_BARS:
        near = range(max(at - _AROUND, 1), min(at + _AROUND + 1, len(ranked)))
        shown = [ranked[0], *(ranked[n] for n in near)]
        shown = list(dict.fromkeys(shown))
    return Bars(
        titles.of_position(writer, record, ranked[at].place, len(ranked), domain),
        tuple(
            Bar(
                f"{r.place}. {writer.name(r.record.region)}",
                r.value,
                "" if domain is not None else writer.history.predicate(r.record),
                marked=r.record.region == record.region,
            )
            for r in shown
        ),
        bands(writer),
        _sources(writer, [r.record for r in shown]),
    )


def _first_line(answer: Answer) -> str:
    return answer.text.splitlines()[0].partition(":")[0].strip(" .-")


def _sources(writer: Writer, records: Sequence[IndexRecord]) -> str:
    named = list(dict.fromkeys(writer.cite(r.source).label for r in records))
    return "; ".join(named[:3]) + ("; dan lainnya" if len(named) > 3 else "")
