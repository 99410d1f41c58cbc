"""Answers that rank: highest, lowest, the place of one region."""

from bot.answering import wording
from bot.answering.answer import Answer
from bot.answering.index.intent import Operation
from bot.answering.index.request import Request
from bot.answering.index.writing import Writer
from bot.knowledge.model import IndexRecord
from bot.regions.history import DOMAINS, Scope

_SHOWN_ROWS = 12


def extremes(writer: Writer, request: Request) -> Answer:
    """Give the highest or lowest rows of a scope in a year."""
    lowest = request.intent.operation is Operation.LOWEST
    year = request.years[-1] if request.years else writer.history.latest_ranked_year()
    scope = request.intent.scope
    domain = request.intent.domains[0] if request.intent.domains else None
    ranked = writer.history.rank(year, scope, domain, lowest=lowest)
    if len(ranked) < 2:
        return writer.unknown(
            writer.beyond((year,))
            or wording.NO_DATA.format(name=writer.scope_name(scope), years=year)
        )
    count = request.intent.count
    shown = [r for r in ranked if r.place <= count][: max(count, _SHOWN_ROWS)]
    word = "terendah" if lowest else "tertinggi"
    what = f"domain {DOMAINS[domain]}" if domain is not None else "SPBE"
    where = writer.scope_name(scope)
    if len(shown) == 1:
        record = shown[0].record
        text = (
            f"Indeks {what} {word} {where} tahun {year}: {writer.name(record.region)}, "
            f"{wording.number(shown[0].value)} ({writer.history.predicate(record)})."
        )
    else:
        text = "\n".join(
            [f"{len(shown)} indeks {what} {word} {where} tahun {year}:"]
            + [
                f"- {r.place}. {writer.name(r.record.region)}: {wording.number(r.value)} "
                f"({writer.history.predicate(r.record)})"
                for r in shown
            ]
        )
    text += f"\nDari {len(ranked)} yang ada datanya."
    return writer.answer(text, [r.record for r in shown], limit_notes=True)


def rank(writer: Writer, request: Request) -> Answer:
    """Give a region's place among its kind, in its province or the country."""
    code = request.regions[0]
    year = request.years[-1] if request.years else writer.history.latest_ranked_year((code,))
    record = writer.history.get(code, year)
    if record is None:
        return writer.no_data((code,), (year,))
    scope = request.intent.scope
    region = writer.snapshot.regions[code]
    if not scope.kinds or region.kind not in scope.kinds:
        kinds = ("kabupaten", "kota") if region.kind in ("kabupaten", "kota") else (region.kind,)
        inside = scope.province
        if not inside and not request.question.has("nasional", "indonesia"):
            inside = region.province if region.kind in ("kabupaten", "kota") else ""
        scope = Scope(kinds, inside)
    domain = request.intent.domains[0] if request.intent.domains else None
    ranked = writer.history.rank(year, scope, domain)
    own = next((r for r in ranked if r.record.region == code), None)
    if own is None:
        return writer.no_data((code,), (year,))
    what = (
        f"indeks {wording.number(own.value)} ({writer.history.predicate(record)})"
        if domain is None
        else f"indeks domain {DOMAINS[domain]} {wording.number(own.value)}"
    )
    text = (
        f"{writer.name(code)} peringkat {own.place} dari {len(ranked)} "
        f"{writer.scope_name(scope)} yang ada datanya pada {year}, dengan {what}."
    )
    if own.place > 1:
        text += (
            f" Teratas: {writer.name(ranked[0].record.region)}, {wording.number(ranked[0].value)}."
        )
    records = [record]
    if len(request.years) > 1:
        earlier = [_place_in(writer, code, y, scope, domain) for y in sorted(request.years)[:-1]]
        for line, then in filter(None, earlier):
            text += f"\n{line}"
            records.insert(0, then)
    return writer.answer(text, records, limit_notes=True)


def _place_in(
    writer: Writer, code: str, year: int, scope: Scope, domain: int | None
) -> tuple[str, IndexRecord] | None:
    """Write a region's place in an earlier year; None where it has no figure."""
    ranked = writer.history.rank(year, scope, domain)
    own = next((r for r in ranked if r.record.region == code), None)
    if own is None:
        return None
    return (
        f"Pada {year}: peringkat {own.place} dari {len(ranked)} ({wording.number(own.value)}).",
        own.record,
    )
