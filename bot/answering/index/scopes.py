"""Answers over all rows of a scope: who has a predikat, how they spread, average, movers."""

from collections import Counter
from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer
from bot.answering.index import pictures
from bot.answering.index.request import Request
from bot.answering.index.writing import Writer
from bot.knowledge.model import IndexRecord
from bot.regions.history import DOMAINS, Ranked, Scope
from bot.regions.predicate import breaks_between

# A list longer than this is cut; the count tells the rest.
_LISTED = 30


def with_predicate(writer: Writer, request: Request) -> Answer:
    """Count and list the rows of a scope that have a predikat, a better or a worse one."""
    intent = request.intent
    year = _year(writer, request)
    scope = _named_scope(request)
    rows = writer.history.rows(year, scope)
    if not rows or not intent.target:
        return _nothing(writer, scope, year)
    names = [band.name for band in writer.history.bands]
    at = names.index(intent.target)
    wanted = set(names[at + 1 :] if intent.below else names[: at + 1])
    if not (intent.below or intent.at_least):
        wanted = {intent.target}
    found = [r for r in rows if writer.history.predicate(r) in wanted]
    found.sort(key=lambda r: (-r.index, r.region))
    what = f"predikat {intent.target}"
    if intent.below:
        what = f"predikat di bawah {intent.target}"
    elif intent.at_least:
        what = f"predikat {intent.target} atau lebih baik"
    lines = [
        f"{writer.name(r.region)}: {wording.number(r.index)} ({writer.history.predicate(r)})"
        for r in found
    ]
    return _counted(writer, (year, scope), f"ber{what}", lines, found, rows)


def beyond(writer: Writer, request: Request) -> Answer:
    """Count and list the rows of a scope whose figure lies above or below another."""
    figure, above = request.intent.threshold or (0.0, True)
    year = _year(writer, request)
    scope = _named_scope(request)
    domain = request.intent.domains[0] if request.intent.domains else None
    ranked = writer.history.rank(year, scope, domain, lowest=not above)
    if not ranked:
        return _nothing(writer, scope, year)
    beside = wording.number(figure)
    if not figure:
        figure, beside = _average_of(writer, request, year, ranked)
    found = [r for r in ranked if (r.value > figure if above else r.value < figure)]
    what = "indeks" if domain is None else f"indeks domain {DOMAINS[domain]}"
    side = "di atas" if above else "di bawah"
    lines = [f"{writer.name(r.record.region)}: {wording.number(r.value)}" for r in found]
    return _counted(
        writer,
        (year, scope),
        f"dengan {what} {side} {beside}",
        lines,
        [r.record for r in found],
        [r.record for r in ranked],
    )


def _counted(
    writer: Writer,
    among: tuple[int, Scope],
    what: str,
    lines: list[str],
    found: list[IndexRecord],
    rows: list[IndexRecord],
) -> Answer:
    """Say how many rows of a year and scope are of a kind, and list the first of them."""
    year, scope = among
    head = (
        f"{len(found)} dari {len(rows)} {writer.scope_name(scope)} yang ada "
        f"datanya pada {year} {what}"
    )
    shown = [f"- {line}" for line in lines[:_LISTED]]
    if len(lines) > _LISTED:
        shown.append(f"- … dan {len(lines) - _LISTED} lagi.")
    text = "\n".join([f"{head}:", *shown]) if found else f"{head}."
    answer = writer.answer(text, found[:_LISTED] or rows[:1], limit_notes=True)
    return replace(answer, table=pictures.table(writer, head, found or rows))


def _average_of(
    writer: Writer, request: Request, year: int, ranked: list[Ranked]
) -> tuple[float, str]:
    """Return the average that rows are held against, and what it is called."""
    national = writer.history.national.get(year)
    domains = request.intent.domains
    if national is not None and request.question.has("nasional") and not domains:
        return national.index, f"indeks nasional ({wording.number(national.index)})"
    mean = sum(r.value for r in ranked) / len(ranked)
    return mean, f"rata-ratanya ({wording.number(mean)})"


def spread(writer: Writer, request: Request) -> Answer:
    """Say how many rows of a scope have each predikat."""
    year = _year(writer, request)
    scope = _named_scope(request)
    rows = writer.history.rows(year, scope)
    if not rows:
        return _nothing(writer, scope, year)
    counts = Counter(writer.history.predicate(r) for r in rows)
    lines = [
        f"- {band.name}: {counts[band.name]} ({_percent(counts[band.name], len(rows))})"
        for band in writer.history.bands
    ]
    head = f"Sebaran predikat {len(rows)} {writer.scope_name(scope)} yang ada datanya pada {year}:"
    return _without_values(writer, "\n".join([head, *lines]), rows)


def average(writer: Writer, request: Request) -> Answer:
    """Give the mean of a scope's rows, and set regions named beside it."""
    year = _year(writer, request)
    scope = _named_scope(request)
    domain = request.intent.domains[0] if request.intent.domains else None
    ranked = writer.history.rank(year, scope, domain)
    if not ranked:
        return _nothing(writer, scope, year)
    mean = sum(r.value for r in ranked) / len(ranked)
    what = "indeks" if domain is None else f"indeks domain {DOMAINS[domain]}"
    text = (
        f"Rata-rata {what} {len(ranked)} {writer.scope_name(scope)} yang ada datanya pada {year}: "
        f"{wording.number(mean)}, dihitung dari angka tiap instansi (bukan angka resmi)."
    )
    own = [r for r in ranked if r.record.region in request.regions]
    for row in own:
        named = f"{writer.name(row.record.region)}: {wording.number(row.value)}"
        text += f"\n- {named}, {wording.apart(row.value - mean)} rata-rata itu."
    rows = [r.record for r in ranked]
    if own:
        answer = writer.answer(text, [r.record for r in own], limit_notes=True)
    else:
        answer = _without_values(writer, text, rows)
    return replace(answer, table=pictures.table(writer, text.partition(":")[0], rows))


def movers(writer: Writer, request: Request) -> Answer:
    """List who rose or fell most between two years, in a scope."""
    years = sorted(request.years)[-2:] if len(request.years) > 1 else []
    if not years:
        last = request.years[0] if request.years else writer.history.latest_ranked_year()
        years = [last - 1, last]
    scope = _named_scope(request)
    before = {r.region: r for r in writer.history.rows(years[0], scope)}
    pairs = [
        (after.index - before[after.region].index, before[after.region], after)
        for after in writer.history.rows(years[1], scope)
        if after.region in before
    ]
    if not pairs:
        return _nothing(writer, scope, years[1])
    fell, by_band = request.intent.fell, request.intent.by_band
    moved = [p for p in pairs if (p[0] < -0.004 if fell else p[0] > 0.004)]
    if by_band:
        moved = [p for p in pairs if _crossed(writer, p[1], p[2], fell)]
    moved.sort(key=lambda p: (p[0] if fell else -p[0], p[2].region))
    most = request.intent.most or request.intent.count > 1
    count = request.intent.count or (5 if most else _LISTED)
    where = writer.scope_name(scope)
    verb = "turun" if fell else "naik"
    what = f"{verb} predikat" if by_band else verb
    head = (
        f"{len(moved) or 'Tidak satu pun'} dari {len(pairs)} {where} yang ada datanya pada kedua "
        f"tahun {what} dari {years[0]} ke {years[1]}"
    )
    lines = [
        f"- {writer.name(after.region)}: {verb} {wording.number(abs(gap))} "
        f"({wording.number(old.index)} → {wording.number(after.index)})"
        for gap, old, after in moved[:count]
    ]
    if most and moved:
        head += "; yang paling jauh"
    text = "\n".join([f"{head}:", *lines]) if moved else f"{head}."
    shown: list[IndexRecord] = [r for _, old, after in moved[:count] for r in (old, after)]
    broken = years if breaks_between(*years) else []
    return writer.answer(text, shown or [pairs[0][2]], breaks=broken, limit_notes=True)


def _crossed(writer: Writer, before: IndexRecord, after: IndexRecord, fell: bool) -> bool:
    """Whether a row came into a better predikat, or a worse one."""
    names = [band.name for band in writer.history.bands]
    old, new = (names.index(writer.history.predicate(r)) for r in (before, after))
    return new > old if fell else new < old


def _named_scope(request: Request) -> Scope:
    """Return the scope asked for; "instansi" alone takes in ministries and agencies."""
    scope = request.intent.scope
    if scope.kinds or scope.province:
        return scope
    local = request.question.has("pemda", "daerah") and not request.question.has("pusat")
    everyone = request.question.has("instansi", "nasional") and not local
    return replace(scope, everyone=everyone)


def _year(writer: Writer, request: Request) -> int:
    return request.years[-1] if request.years else writer.history.latest_ranked_year()


def _nothing(writer: Writer, scope: Scope, year: int) -> Answer:
    return writer.unknown(
        writer.beyond((year,)) or wording.NO_DATA.format(name=writer.scope_name(scope), years=year)
    )


def _without_values(writer: Writer, text: str, rows: list[IndexRecord]) -> Answer:
    """Cite the reports of some rows without listing their figures."""
    return replace(writer.answer(text, rows, limit_notes=True), values=())


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%"
