"""Answers that rank: highest, lowest, the place of one region."""

from bot.answering import wording
from bot.answering.answer import Answer
from bot.answering.index.asked import Operation, home_scope
from bot.answering.index.request import Request
from bot.answering.index.signals import WHOLE_LIST, is_bottom, is_top, province_after
from bot.answering.index.writing import Writer
from bot.knowledge.model import IndexRecord
from bot.language.lexicon import RANK
from bot.regions.history import DOMAINS, Ranked, Scope

_SHOWN_ROWS, _LISTED = 12, 40
# A name that several regions bear is ranked for each of them.
_RANKED = 4
# A ranking of fewer says little.
_FEW = 5


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
    count = request.intent.count or _unsaid_count(request)
    shown = [r for r in ranked if r.place <= count][: max(count, _SHOWN_ROWS)]
    if len(shown) < count:
        # A tie at the bottom takes more places than rows are shown.
        shown = ranked[:count]
    word = "terendah" if lowest else "tertinggi"
    what = f"domain {DOMAINS[domain]}" if domain is not None else "SPBE"
    where = writer.scope_name(scope)
    if len(shown) == 1:
        row = shown[0]
        text = (
            f"Indeks {what} {word} {where} tahun {year}: {writer.name(row.record.region)}, "
            f"{_figure(writer, row, domain)}."
        )
    else:
        text = "\n".join(
            [f"{len(shown)} indeks {what} {word} {where} tahun {year}:"]
            + [
                f"- {r.place}. {writer.name(r.record.region)}: {_figure(writer, r, domain)}"
                for r in shown
            ]
        )
    same = sum(r.value == shown[-1].value for r in ranked)
    beside = same - sum(r.value == shown[-1].value for r in shown)
    text += f"\nDari {len(ranked)} yang ada datanya."
    if beside:
        text += f" Ada {beside} lagi dengan angka {wording.number(shown[-1].value)}."
    return writer.answer(text, [r.record for r in shown], limit_notes=True)


def _unsaid_count(request: Request) -> int:
    """Return how many rows are meant where no number is said: all of a list, else the first."""
    question = request.question
    top = is_top(question) or is_bottom(question)
    listed = question.has(*WHOLE_LIST) or province_after(question, "se")
    listed = listed or bool(question.words & RANK and not top)
    return _LISTED if listed else 10 if question.has("top") else 1


def _figure(writer: Writer, row: Ranked, domain: int | None) -> str:
    """Write the figure that is ranked; a predikat belongs to the index only."""
    if domain is not None:
        return wording.number(row.value)
    return f"{wording.number(row.value)} ({writer.history.predicate(row.record)})"


def rank(writer: Writer, request: Request) -> Answer:
    """Give the place of regions among their kind, in their province or the country."""
    texts: list[str] = []
    records: list[IndexRecord] = []
    for code in request.regions[:_RANKED]:
        year = request.years[-1] if request.years else writer.history.latest_ranked_year((code,))
        scope = scope_of(writer, request, code)
        domain = request.intent.domains[0] if request.intent.domains else None
        ranked = writer.history.rank(year, scope, domain)
        own = next((r for r in ranked if r.record.region == code), None)
        if own is None:
            texts.append(writer.no_data((code,), (year,)).text)
            continue
        texts.append(_place(writer, own, ranked, scope, domain))
        records.append(own.record)
        for earlier in sorted(set(request.years[:-1]) - {year}):
            placed = _place_in(writer, code, earlier, scope, domain)
            if placed is not None:
                texts.append(placed[0])
                records.insert(0, placed[1])
    if not records:
        return writer.unknown("\n".join(texts))
    return writer.answer("\n".join(texts), records, limit_notes=True)


def scope_of(writer: Writer, request: Request, code: str) -> Scope:
    """Return among whom a region is ranked: its kind, in its province unless all are meant."""
    region = writer.snapshot.regions[code]
    home = home_scope(region)
    kinds = request.intent.scope.kinds
    return Scope(
        kinds if region.kind in kinds else home.kinds,
        "" if request.intent.nationwide else home.province,
    )


def _place(
    writer: Writer, own: Ranked, ranked: list[Ranked], scope: Scope, domain: int | None
) -> str:
    what = (
        f"indeks {_figure(writer, own, domain)}"
        if domain is None
        else f"indeks domain {DOMAINS[domain]} {wording.number(own.value)}"
    )
    text = (
        f"{writer.name(own.record.region)} peringkat {own.place} dari {len(ranked)} "
        f"{writer.scope_name(scope)} yang ada datanya pada {own.record.year}, dengan {what}."
    )
    tied = sum(r.place == own.place for r in ranked) - 1
    if tied:
        text += f" Peringkat itu dipegang bersama {tied} yang lain."
    if own.place > 1:
        first = ranked[0]
        text += f" Teratas: {writer.name(first.record.region)}, {wording.number(first.value)}."
    if len(ranked) < _FEW:
        text += " Data tahun itu hanya dari sedikit instansi."
    return text


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
