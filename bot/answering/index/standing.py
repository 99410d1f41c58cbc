"""Answers about where a figure stands: its domains, the next predikat, the national index."""

from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer, Kind
from bot.answering.citing import cite, status_lines
from bot.answering.index.request import Request
from bot.answering.index.signals import leftover_terms, quoted_figure
from bot.answering.index.writing import Writer
from bot.knowledge.locator import Ref
from bot.knowledge.model import IndexRecord, NationalRecord
from bot.language.lexicon import CHANGE, TREND
from bot.regions.history import DOMAINS
from bot.regions.predicate import breaks_between, next_band, predicate_of

# Where the predikat and their bounds stand.
_BOUNDS = Ref("permenpanrb-59-2020", "lampiran-bab-2-bagian-b-angka-5")
# Half of the last decimal that reports print.
_VISIBLE = 0.005
# The highest maturity level, and so the highest domain index.
_HIGHEST = 5.0


def domains(writer: Writer, request: Request) -> Answer:
    """Give the domain figures, or the weakest or strongest domain."""
    years = request.years or (writer.history.latest_ranked_year(request.regions),)
    records, missing = writer.records(request.regions, years)
    records = [r for r in records if any(d is not None for d in r.domains)]
    if not records:
        with_domains = [
            r
            for code in request.regions
            for r in writer.history.of(code)
            if r.domains[1] is not None
        ]
        nearest = wording.listing([f"{r.year}" for r in with_domains])
        text = (
            f"Indeks domain {writer.names(request.regions)} tahun "
            f"{wording.listing([str(y) for y in years])} tidak ada pada saya."
        )
        return writer.unknown(f"{text} Yang ada: {nearest}." if nearest else text)
    words = request.question.words
    weak = words & {"lemah", "terlemah", "rendah", "terendah", "kecil", "buruk", "jelek"}
    strong = words & {"kuat", "terkuat", "tinggi", "tertinggi", "besar", "baik", "terbaik"}
    wanted = request.intent.domains
    lines = [_domain_line(writer, r, wanted, bool(weak), bool(strong)) for r in records]
    lines += [f"- {writer.name(c)} {y}: tidak ada data." for c, y in missing]
    if len(wanted) == 1 and len({r.region for r in records}) == len(records) > 1:
        lines.append(_ahead(writer, records, wanted[0]))
    return writer.answer("\n".join(lines), records)


def _ahead(writer: Writer, records: list[IndexRecord], domain: int) -> str:
    """Say whose figure of a domain is highest, and by how much."""
    figures = [(v, r) for r in records if (v := r.domains[domain]) is not None]
    figures.sort(key=lambda item: -item[0])
    if len(figures) < len(records):
        return ""
    gap = figures[0][0] - figures[1][0]
    if gap < _VISIBLE:
        return "Yang teratas sama besar."
    name = writer.name(figures[0][1].region)
    return f"Tertinggi: {name}, unggul {wording.number(gap)} poin."


def _domain_line(
    writer: Writer, record: IndexRecord, wanted: tuple[int, ...], weak: bool, strong: bool
) -> str:
    named = [(DOMAINS[n], v) for n, v in enumerate(record.domains) if v is not None]
    who = f"{writer.name(record.region)} {record.year}"
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
        f"{wording.number(record.index)}, {writer.history.predicate(record)})."
    )


def distance(writer: Writer, request: Request) -> Answer:
    """Say how far a figure is from the next predikat, or the one named."""
    years = request.years or (writer.history.latest_ranked_year(request.regions),)
    records, _ = writer.records(request.regions, years)
    if not records:
        return writer.no_data(request.regions, years)
    lines = []
    for record in records:
        own = writer.history.predicate(record)
        band = next(
            (b for b in writer.history.bands if b.name == request.intent.target), None
        ) or next_band(own, writer.history.bands)
        if band is None:
            lines.append(f"{writer.line(record)} Itu predikat tertinggi.")
            continue
        gap = round(band.least - record.index, 4)
        names = [b.name for b in writer.history.bands]
        if gap <= 0 and names.index(own) > names.index(band.name):
            lines.append(
                f"{writer.line(record)} Angka cetaknya sudah {wording.number(band.least)}, tetapi "
                f"predikatnya masih {own}: sebelum dibulatkan kurang dari batas {band.name}, "
                "terpaut kurang dari 0,01 poin."
            )
            continue
        bound = f"{band.name} (mulai {wording.number(band.least)})"
        lines.append(
            f"{writer.line(record)} Kurang {wording.number(gap)} poin lagi ke {bound}."
            if gap > 0
            else f"{writer.line(record)} {band.name} sudah tercapai: "
            f"{wording.number(-gap)} poin di atas batas {wording.number(band.least)}."
        )
        if gap > 0 and None not in record.domains:
            lines.append(_ways(writer, record, gap))
    return replace(writer.answer("\n".join(lines), records), notes=(wording.EXACT_BOUND,))


def _ways(writer: Writer, record: IndexRecord, gap: float) -> str:
    """Say how far each domain alone would have to rise, or that it cannot."""
    enough, short = [], []
    for n, part in enumerate(writer.snapshot.domains.values()):
        now = record.domains[n] or 0.0
        needed = gap * 100 / part.weight
        if now + needed <= _HIGHEST:
            enough.append(
                f"{DOMAINS[n]} dari {wording.number(now)} ke {wording.number(now + needed)}"
            )
        else:
            short.append(DOMAINS[n])
    text = ""
    if enough:
        text = f"Bila hanya satu domain yang naik: {'; atau '.join(enough)}."
    if short and not enough:
        return "Satu domain saja tidak cukup; perlu kenaikan di beberapa domain."
    if short:
        text += f" Tidak cukup sendirian: {wording.listing(short)}."
    return text.strip()


def bound(writer: Writer, request: Request) -> Answer:
    """Say which predikat a figure has, or from which figure a predikat begins."""
    bands = writer.history.bands
    figure = quoted_figure(request.question)
    name = predicate_of(figure, bands) if figure else request.intent.target
    at = next(n for n, band in enumerate(bands) if band.name == name)
    until = f"di bawah {wording.number(bands[at - 1].least)}" if at else "5,00"
    text = f"{name}: indeks {wording.number(bands[at].least)} sampai {until}."
    if figure:
        text = f"Indeks SPBE {wording.number(figure)} berpredikat {text}"
    return Answer(
        Kind.INDEX,
        text,
        (cite(writer.snapshot, _BOUNDS),),
        status_lines(writer.snapshot, [_BOUNDS.source]),
        notes=(wording.EXACT_BOUND, wording.INDICATOR_NOTE),
    )


def against_national(writer: Writer, request: Request) -> Answer:
    """Set figures against the published national index."""
    years = request.years or (writer.history.latest_ranked_year(request.regions),)
    records, _ = writer.records(request.regions, years)
    if not records:
        return writer.no_data(request.regions, years)
    lines = []
    for record in records:
        national = writer.history.national.get(record.year)
        if national is None:
            lines.append(writer.line(record))
            continue
        beside = wording.apart(record.index - national.index)
        lines.append(
            f"{writer.line(record)} Itu {beside} indeks nasional {record.year} "
            f"({wording.number(national.index)})."
        )
    return writer.answer("\n".join(lines), records)


def _domains_of(record: NationalRecord) -> str:
    named = [(n, v) for n, v in zip(DOMAINS, record.domains, strict=True) if v is not None]
    return f" Domain: {', '.join(f'{n} {wording.number(v)}' for n, v in named)}." if named else ""


def without_region(writer: Writer, request: Request) -> Answer:
    """Give the national index, or say that the place is not known."""
    question = request.question
    unknown = leftover_terms(question)
    if unknown and not question.words & {"nasional", "rata"}:
        return writer.unknown(wording.UNKNOWN_REGION)
    known = sorted(writer.history.national)
    years = request.years or tuple(known[-1:])
    if question.words & TREND and not request.years:
        years = tuple(known)
    elif question.words & CHANGE and len(years) == 1 and years[0] != known[-1]:
        years = tuple(sorted({*years, known[-1]}))
    rows = [writer.history.national[y] for y in years if y in writer.history.national]
    if not rows:
        return writer.unknown(
            writer.beyond(years)
            or wording.NO_DATA.format(
                name="nasional", years=wording.listing([str(y) for y in years])
            )
        )
    lines = [
        f"Indeks SPBE nasional {r.year}: {wording.number(r.index)}"
        + (f" ({r.agencies} instansi)." if r.agencies else ".")
        + (_domains_of(r) if "domain" in question.words or request.intent.domains else "")
        for r in rows
    ]
    if len(rows) > 1:
        gap = round(rows[-1].index - rows[0].index, 2)
        verb = "naik" if gap > 0 else "turun"
        lines = [f"- {line}" for line in lines]
        if breaks_between(rows[0].year, rows[-1].year) == [] and gap:
            span = f"dari {rows[0].year} ke {rows[-1].year}"
            lines.insert(0, f"Indeks nasional {verb} {wording.number(abs(gap))} poin {span}:")
    answer = writer.answer("\n".join(lines), [], breaks=[r.year for r in rows])
    cited = [writer.cite(source) for source in dict.fromkeys(r.source for r in rows)]
    notes = [r.note for r in rows if r.note and len(rows) <= 2]
    return replace(answer, citations=tuple(cited), notes=(*answer.notes, *notes))
