"""Answers about the figures of named regions: one, several, over years."""

from bot.answering import wording
from bot.answering.answer import Answer
from bot.answering.index.intent import Operation
from bot.answering.index.request import Request
from bot.answering.index.writing import Writer
from bot.answering.question import Question
from bot.knowledge.model import IndexRecord
from bot.regions.predicate import breaks_between


def lookup(writer: Writer, request: Request) -> Answer:
    """Give the figures of regions and years; two regions are set against each other."""
    figure = _figure(request.question)
    if figure and len(request.regions) == 1:
        found = writer.history.with_index(request.regions[0], figure)
        if found:
            return writer.answer(writer.line(found[0]), found)
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
    if len(request.regions) == 2 and len(years) == 1 and request.question.has("selisih"):
        return lookup(writer, request)
    return writer.answer("\n".join(lines), records, breaks=[r.year for r in records])


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


def _figure(question: Question) -> float:
    """Return an index figure quoted in the question ("2,90"), or 0."""
    for token in question.tokens:
        if token.count(",") + token.count(".") == 1 and token[0] in "12345":
            value = float(token.replace(",", "."))
            if 1 <= value <= 5:
                return value
    return 0.0
