"""A question about the index with everything unsaid filled in from the conversation."""

from dataclasses import dataclass, replace

from bot.answering.answer import Kind, Topic
from bot.answering.index.asked import OVER_MANY, IndexIntent, Operation, within
from bot.answering.question import Question
from bot.language.lexicon import COMPARE
from bot.regions.history import History


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be looked up.

    Attributes:
        ambiguous: A name stood for several regions; all of them are in ``regions``.
    """

    question: Question
    intent: IndexIntent
    regions: tuple[str, ...]
    years: tuple[int, ...]
    ambiguous: bool = False


def fill(history: History, question: Question, intent: IndexIntent, topic: Topic) -> Request:
    """Fill in regions and years that the conversation has already named."""
    places = _narrowed(history, [place.codes for place in question.places])
    regions = tuple(code for codes in places for code in codes)
    ambiguous = any(len(codes) > 1 for codes in places)
    over_many = intent.operation in OVER_MANY
    follows = topic.kind is Kind.INDEX
    if question.has("provinsinya", "sana") and (over_many or intent.operation is Operation.RANK):
        intent = _in_its_province(history, intent, regions or topic.regions)
    province = intent.scope.province
    if intent.operation is Operation.RANK and province:
        others = tuple(r for r in regions if r != province)
        # "peringkatnya di sulsel?" goes on about the region talked of.
        talked_of = topic.regions if follows and topic.regions != (province,) else ()
        regions = others or talked_of or regions
    elif over_many:
        regions = tuple(r for r in regions if r != province)
    added = question.words & COMPARE or question.has("tambah", "tambahkan")
    if follows and len(places) == 1 and added and topic.regions:
        regions = (*topic.regions, *regions)
    if not regions and follows and not over_many:
        regions = _switch_kind(history, question, topic.regions)
    years = question.years.years
    if not years and question.years.last and regions:
        known = sorted({r.year for code in regions for r in history.of(code)})
        years = tuple(known[-question.years.last :])
    shift = question.years.shift
    if shift and (years or (follows and topic.years)):
        # "2023 dan tahun sebelumnya" asks for both, "tahun sebelumnya?" for one.
        base = min(years or topic.years) if shift < 0 else max(years or topic.years)
        years = tuple(sorted((*years, base + shift)))
    elif shift and regions:
        known = sorted({r.year for code in regions for r in history.of(code)})
        years = tuple(known[-2:-1] if shift < 0 else known[-1:])
    if not years and follows:
        if intent.operation is Operation.CHANGE and not question.places:
            years = topic.earlier_years[-2:] if len(topic.earlier_years) > 1 else topic.years
        elif intent.operation is not Operation.TREND:
            years = topic.years
    return Request(question, intent, tuple(dict.fromkeys(regions)), years, ambiguous)


def _in_its_province(
    history: History, intent: IndexIntent, regions: tuple[str, ...]
) -> IndexIntent:
    """Look in the province of the region talked of: "rata-rata provinsinya?"."""
    province = next((history.regions[c].province for c in regions), "")
    if not province:
        return intent
    return replace(intent, scope=within(province, intent.scope.kinds), nationwide=False)


def _narrowed(history: History, places: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Among provinces a name that is one too means the province: "sulut dan gorontalo"."""
    kinds = {history.regions[codes[0]].kind for codes in places if len(codes) == 1}
    if len(kinds) != 1:
        return places
    return [
        tuple(c for c in codes if history.regions[c].kind in kinds) or codes for codes in places
    ]


def _switch_kind(history: History, question: Question, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Turn "yang kabupatennya?" after Kota Bogor into Kabupaten Bogor."""
    said = next(
        (
            k
            for k in ("kabupaten", "kota", "provinsi")
            if k in question.words or k + "nya" in question.words
        ),
        "",
    )
    if not said or not codes:
        return codes
    regions = history.regions
    base = regions[codes[0]].name.split(" ", 1)[-1]
    same = [c for c, r in regions.items() if r.kind == said and r.name.split(" ", 1)[-1] == base]
    if same:
        return tuple(same)
    if said == "provinsi" and regions[codes[0]].province:
        return (regions[codes[0]].province,)
    return codes
