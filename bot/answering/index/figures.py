"""Answers about the figures of named regions: one, several, over years."""

from bot.answering import wording
from bot.answering.answer import Answer
from bot.answering.index.asked import Operation
from bot.answering.index.request import Request
from bot.answering.index.signals import quoted_figure
from bot.answering.index.writing import Writer
from bot.knowledge.model import IndexRecord
from bot.language.lexicon import WHY
from bot.regions.history import DOMAINS
from bot.regions.predicate import breaks_between


def lookup(writer: Writer, request: Request) -> Answer:
    """Give the figures of regions and years; two regions are set against each other."""
    figure = quoted_figure(request.question)
    if figure and len(request.regions) == 1:
        found = writer.history.with_index(request.regions[0], figure)
        if found:
            return _of_figure(writer, request, found)
    years = request.years or (writer.history.latest_ranked_year(request.regions),)
    records, missing = writer.records(request.regions, years)
    if not records:
        return writer.no_data(request.regions, years)
    if len(records) == 1 and not missing:
        return writer.answer(writer.line(records[0]), records)
    lines = [f"- {writer.line(record)}" for record in records]
    lines += [f"- {writer.name(code)} {year}: tidak ada data." for code, year in missing]
    head = wording.AMBIGUOUS if request.ambiguous else ""
    if not head and len(request.regions) == 2 and len(years) == 1 and len(records) == 2:
        high, low = sorted(records, key=lambda r: -r.index)
        gap = high.index - low.index
        head = (
            f"{writer.name(high.region)} lebih tinggi {wording.number(gap)} poin daripada "
            f"{writer.name(low.region)} pada {years[0]}."
            if gap > 0.004
            else "Keduanya sama."
        )
    elif not head and len(request.regions) > 2 and len(years) == 1:
        high = max(records, key=lambda r: r.index)
        head = f"Tertinggi pada {years[0]}: {writer.name(high.region)}."
    text = "\n".join([head, *lines] if head else lines)
    return writer.answer(text, records, breaks=years)


def _of_figure(writer: Writer, request: Request, found: list[IndexRecord]) -> Answer:
    """Say which year a figure quoted belongs to, and what the year named really has."""
    code = request.regions[0]
    years = [y for y in request.years if y not in {r.year for r in found}]
    others = [r for y in years if (r := writer.history.get(code, y)) is not None]
    lines = [writer.line(record) for record in found]
    if others:
        quoted = wording.number(found[0].index)
        lines = [
            f"{quoted} adalah indeks {writer.name(code)} tahun {found[0].year}, bukan "
            f"{wording.listing([str(y) for y in years])}.",
            *(f"- {writer.line(record)}" for record in (*others, *found)),
        ]
    return writer.answer("\n".join(lines), [*others, *found])


def trend(writer: Writer, request: Request) -> Answer:
    """Give the figures of regions over the years."""
    records = [
        record
        for code in request.regions
        for record in writer.history.of(code)
        if not request.years or record.year in request.years
    ]
    if not records:
        return writer.no_data(request.regions, request.years)
    first, last = records[0], records[-1]
    head = f"Indeks SPBE {wording.listing([writer.name(c) for c in request.regions])}:"
    if len(request.regions) == 1 and len(records) > 1:
        same_series = not breaks_between(first.year, last.year)
        if same_series:
            head = (
                f"Indeks SPBE {writer.name(last.region)} "
                f"{_moved(last.index - first.index)} dari {first.year} ke {last.year}:"
            )
    lines = [f"- {writer.line(r, named=len(request.regions) > 1)}" for r in records]
    if request.years:
        missing = [
            (c, y)
            for c in request.regions
            for y in request.years
            if writer.history.get(c, y) is None
        ]
        lines += [f"- {writer.name(c)} {y}: tidak ada data." for c, y in missing]
    years = [r.year for r in records]
    return writer.answer("\n".join([head, *lines]), records, breaks=years)


def change(writer: Writer, request: Request) -> Answer:
    """Say how much the index of each region rose or fell between two years."""
    years = request.years
    records: list[IndexRecord] = []
    lines = []
    for code in request.regions:
        pair = _pair(writer, code, years)
        if request.question.words & WHY and not years:
            pair = _explained_pair(writer, code) or pair
        if pair is None:
            return writer.no_data((code,), years)
        before, after = pair
        records += pair
        lines.append(
            f"Indeks SPBE {writer.name(code)} {_moved(after.index - before.index)}: dari "
            f"{wording.number(before.index)} ({writer.history.predicate(before)}, "
            f"{before.year}) menjadi {wording.number(after.index)} "
            f"({writer.history.predicate(after)}, {after.year})."
        )
        if request.question.words & WHY:
            lines.append(_by_domain(before, after))
    apart = request.question.has("selisih", "selisihnya")
    if apart and len(request.regions) == 2 and len(years) == 1:
        return lookup(writer, request)
    return writer.answer("\n".join(lines), records, breaks=[r.year for r in records])


def _by_domain(before: IndexRecord, after: IndexRecord) -> str:
    """Say which domains moved; causes beyond that are not in the reports."""
    moved = [
        (DOMAINS[n], new - old)
        for n, (old, new) in enumerate(zip(before.domains, after.domains, strict=True))
        if old is not None and new is not None
    ]
    if not moved:
        return "Rincian domainnya tidak ada pada saya, jadi sebabnya tidak dapat saya sebutkan."
    moved.sort(key=lambda item: item[1] * (1 if after.index < before.index else -1))
    parts = wording.listing([f"{name} {_moved(gap)}" for name, gap in moved])
    return (
        f"Menurut indeks domainnya: {parts}. Laporan resmi tidak menyebut sebab lain di luar itu."
    )


def _pair(
    writer: Writer, code: str, years: tuple[int, ...]
) -> tuple[IndexRecord, IndexRecord] | None:
    known = writer.history.of(code)
    if len(years) >= 2:
        first, last = writer.history.get(code, min(years)), writer.history.get(code, max(years))
        return (first, last) if first and last else None
    if years:
        after = writer.history.get(code, years[0])
        earlier = [r for r in known if r.year < years[0]]
        return (earlier[-1], after) if after and earlier else None
    return (known[-2], known[-1]) if len(known) > 1 else None


def _explained_pair(writer: Writer, code: str) -> tuple[IndexRecord, IndexRecord] | None:
    """Return the last two figures whose domains are known, so that a change can be explained."""
    known = [r for r in writer.history.of(code) if None not in r.domains]
    return (known[-2], known[-1]) if len(known) > 1 else None


def best_year(writer: Writer, request: Request) -> Answer:
    """Say in which year a region's index was highest or lowest."""
    code = request.regions[0]
    records = writer.history.of(code)
    if request.years:
        records = [r for r in records if r.year in request.years] or records
    if not records:
        return writer.no_data((code,), request.years)
    lowest = request.intent.operation is Operation.WORST_YEAR
    record = (min if lowest else max)(records, key=lambda r: r.index)
    years = [r.year for r in writer.history.of(code)]
    text = (
        f"Indeks SPBE {writer.name(code)} {'terendah' if lowest else 'tertinggi'} pada "
        f"{record.year}: {wording.number(record.index)} ({writer.history.predicate(record)}), "
        f"dari {len(years)} tahun yang ada datanya ({min(years)}–{max(years)})."
    )
    return writer.answer(text, [record], breaks=years)


def _moved(gap: float) -> str:
    gap = round(gap, 2)
    if gap > 0:
        return f"naik {wording.number(gap)} poin"
    return f"turun {wording.number(-gap)} poin" if gap < 0 else "tidak berubah"
