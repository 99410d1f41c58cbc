"""What a question about the index history asks for: operation, domains, scope."""

from dataclasses import dataclass
from enum import StrEnum

from bot.answering.answer import Kind, Topic
from bot.answering.question import Question
from bot.language.lexicon import (
    BOTTOM,
    CHANGE,
    COMPARE,
    INDEX_FILLER,
    INDEX_WORDS,
    NATIONAL,
    RANK,
    REGION_KINDS,
    SPBE,
    TOP,
    TREND,
    UNRATED,
)
from bot.language.text import strip_clitic
from bot.language.words import NUMBER_WORDS, STOP_WORDS
from bot.regions.history import Scope

ALL_REGIONS = Scope(())


class Operation(StrEnum):
    """The look-ups of the index desk."""

    LOOKUP = "lookup"
    HIGHEST = "highest"
    LOWEST = "lowest"
    RANK = "rank"
    CHANGE = "change"
    TREND = "trend"
    DISTANCE = "distance"
    DOMAINS = "domains"
    BEST_YEAR = "best year"
    WORST_YEAR = "worst year"
    NATIONAL = "national"


_BANDS = ("memuaskan", "sangat baik", "baik", "cukup", "kurang")
_DOMAIN_NAMES = {"kebijakan": 0, "tata kelola": 1, "manajemen": 2, "layanan": 3}


@dataclass(frozen=True, slots=True)
class IndexIntent:
    """What is asked of the index history.

    Attributes:
        count: How many rows of a ranking ("tiga provinsi tertinggi"); 1 if unsaid.
        target: A predikat named as goal, in its published spelling, or empty.
        compare: Whether rows are to be set against each other.
    """

    operation: Operation
    domains: tuple[int, ...] = ()
    all_domains: bool = False
    scope: Scope = ALL_REGIONS
    count: int = 1
    target: str = ""
    compare: bool = False


def about_index(question: Question, topic: Topic) -> bool:
    """Whether a question is for the index desk."""
    words = question.words
    if question.refs.locator or question.refs.indicator is not None or question.refs.regulations:
        return False
    if question.has("indeks pemdi", "apa itu", "itu apa", "cara menghitung", "rumus"):
        return False
    named = bool(words & INDEX_WORDS)
    unexplained = leftover_terms(question)
    if question.places:
        asks = (
            bool(words & (INDEX_WORDS | CHANGE | TREND | COMPARE | RANK | TOP | BOTTOM))
            or _domains(question) != ()
            or bool(words & {"domain", "domainnya"})
            or bool(_band(question))
            or question.has("lebih tinggi", "lebih rendah", "lebih baik")
        )
        # "spbe gowa 2021" and "gowa 2021?" say nothing else, so they ask for the figure.
        follows = topic.kind is Kind.INDEX
        bare = not unexplained and bool(words & SPBE or question.years or follows)
        return asks or bare
    if words & INDEX_WORDS and question.has(*UNRATED) and question.years:
        return True
    ranks = bool(words & (TOP | BOTTOM | RANK))
    if ranks and (named or words & SPBE or _kinds(question)) and not unexplained:
        return bool(_kinds(question) or question.years or named)
    if words & NATIONAL and (named or words & SPBE) and (question.years or "rata" in words):
        return True
    if named and question.years:
        return True
    return topic.kind is Kind.INDEX and _elliptic(question)


def _elliptic(question: Question) -> bool:
    words = question.words
    signal = (
        question.years
        or _domains(question)
        or _kinds(question)
        or words & (CHANGE | TOP | BOTTOM | RANK | TREND | COMPARE | NATIONAL | INDEX_WORDS)
    )
    return bool(signal) and len(question.analysis.terms) <= 5


def read_intent(question: Question, topic: Topic) -> IndexIntent:
    """Read operation, domains and scope; what is unsaid comes from the conversation."""
    words = question.words
    domains = _domains(question)
    asks_domain = "domain" in words or "domainnya" in words
    follows = topic.kind is Kind.INDEX and not question.places
    operation = _operation(question, topic, follows)
    kinds = _kinds(question)
    province = next(
        (p.codes[0] for p in question.places if len(p.codes[0]) == 2 and p.codes[0].isdigit()), ""
    )
    scope = Scope(kinds, province)
    ranks = operation in (Operation.HIGHEST, Operation.LOWEST, Operation.RANK)
    if ranks and follows and not kinds and not province and topic.scope != ((), ""):
        scope = Scope(*topic.scope)
    elif ranks and not kinds:
        scope = Scope(("kabupaten", "kota") if province else (), province)
    return IndexIntent(
        operation=operation,
        domains=domains,
        all_domains=asks_domain and not domains,
        scope=scope,
        count=_count(question),
        target=_band(question),
        compare=bool(words & COMPARE) or len(question.places) > 1,
    )


def unrated_unit(question: Question) -> str:
    """Return a unit in the question that the index does not rate, such as "kecamatan"."""
    return next((unit for unit in UNRATED if unit in question.words), "")


_EXPLAINED = (
    INDEX_FILLER
    | NATIONAL
    | TREND
    | CHANGE
    | COMPARE
    | TOP
    | BOTTOM
    | RANK
    | INDEX_WORDS
    | STOP_WORDS
    | set(NUMBER_WORDS)
    | set(REGION_KINDS)
    | set(_DOMAIN_NAMES)
    | {"tata", "kelola", "se", "sd"}
)


def leftover_terms(question: Question) -> list[str]:
    """Words that neither the index nor its grammar explain: maybe an unknown place."""
    places = {at for place in question.places for at in range(place.start, place.end)}
    return [
        t
        for at, t in enumerate(question.tokens)
        if t.isalpha() and t not in _EXPLAINED and at not in places and len(t) > 2
    ]


def _operation(question: Question, topic: Topic, follows: bool) -> Operation:
    words = question.words
    if question.has("tahun berapa", "tahun mana", "kapan"):
        if words & BOTTOM:
            return Operation.WORST_YEAR
        if words & TOP:
            return Operation.BEST_YEAR
    if words & RANK:
        return Operation.RANK
    single = len(question.places) == 1 and len(question.places[0].codes[0]) > 2
    if not single or _kinds_plural(question):
        if words & BOTTOM:
            return Operation.LOWEST
        if question.has("paling rendah", "paling bawah", "paling buruk", "paling jelek"):
            return Operation.LOWEST
        if words & TOP or question.has("paling tinggi", "paling baik", "nomor satu"):
            return Operation.HIGHEST
    if _domains(question) or words & {"domain", "domainnya"}:
        return Operation.DOMAINS
    goal = _band(question)
    if (
        goal
        and (
            words & {"kurang", "batas", "butuh", "supaya", "menuju", "ambang", "syarat", "perlu"}
            or question.has("berapa lagi")
        )
        and not question.has("kurang dari")
        and goal != "Kurang"
    ):
        return Operation.DISTANCE
    if words & NATIONAL:
        return Operation.NATIONAL
    if words & CHANGE:
        return Operation.CHANGE
    if words & TREND or question.years.span or question.years.last:
        return Operation.TREND
    if follows and topic.operation in (Operation.HIGHEST, Operation.LOWEST, Operation.DOMAINS):
        return Operation(topic.operation)
    return Operation.LOOKUP


def _domains(question: Question) -> tuple[int, ...]:
    named = "domain" in question.words or "domainnya" in question.words
    found = [
        number
        for name, number in _DOMAIN_NAMES.items()
        if question.has(f"domain {name}", f"indeks domain {name}", f"domain {name}nya")
        or (named and question.has(name, name + "nya"))
        or (bool(question.places) and question.has(f"indeks {name}", f"nilai {name}"))
    ]
    return tuple(found)


def _kinds(question: Question) -> tuple[str, ...]:
    inside = {
        at for place in question.places for at in range(place.start, place.end) if place.kind
    }
    out: list[str] = []
    for at, token in enumerate(question.tokens):
        if at not in inside:
            out.extend(REGION_KINDS.get(token) or REGION_KINDS.get(strip_clitic(token), ()))
    return tuple(dict.fromkeys(out))


def _kinds_plural(question: Question) -> bool:
    return len(_kinds(question)) > 0


def _count(question: Question) -> int:
    tokens = question.tokens
    for at, token in enumerate(tokens[:-1]):
        size = NUMBER_WORDS.get(token) or (int(token) if token.isdigit() else 0)
        follows = tokens[at + 1] in REGION_KINDS or tokens[at + 1] in ("besar", "daerah", *TOP)
        if 1 < size <= 50 and follows:
            return size
    return 1


def _band(question: Question) -> str:
    line = " ".join(question.tokens)
    for band in _BANDS:
        if band == "kurang" and "predikat kurang" not in line:
            continue
        if f" {band}" in f" {line}":
            return band.title()
    return ""
