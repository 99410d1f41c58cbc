"""What a question about the index history asks for: operation, domains, scope."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.answering.answer import Kind, Topic
from bot.answering.question import Question
from bot.language.lexicon import (
    AVERAGE,
    BOTTOM,
    BOTTOM_PHRASES,
    CHANGE,
    COMPARE,
    INDEX_FILLER,
    INDEX_WORDS,
    MOST,
    MOVE_NOUNS,
    MOVE_PHRASES,
    NATIONAL,
    RANK,
    REGION_KINDS,
    SPBE,
    SPREAD,
    STRONG,
    TOP,
    TOP_PHRASES,
    TREND,
    UNRATED,
    WEAK,
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
    BAND = "band"
    SPREAD = "spread"
    AVERAGE = "average"
    MOVERS = "movers"


OVER_MANY = frozenset(
    {
        Operation.HIGHEST,
        Operation.LOWEST,
        Operation.BAND,
        Operation.SPREAD,
        Operation.AVERAGE,
        Operation.MOVERS,
    }
)
"""Look-ups over all rows of a scope; a province named is their scope."""
_FIGURE = re.compile(r"[1-5][.,]\d{1,2}")
_BANDS = ("memuaskan", "sangat baik", "baik", "cukup", "kurang")
_EVERYDAY = frozenset({"baik", "cukup", "kurang"})
_BEFORE_BAND = [
    [word]
    for word in (
        "predikat predikatnya kategori berpredikat berkategori dapat mendapat meraih memperoleh "
        "ke menuju menjadi jadi belum minimal minimum di bawah masih nilai bernilai level"
    ).split()
]
_DOMAIN_NAMES = {"kebijakan": 0, "tata kelola": 1, "manajemen": 2, "layanan": 3}


@dataclass(frozen=True, slots=True)
class IndexIntent:
    """What is asked of the index history.

    Attributes:
        count: How many rows of a ranking ("tiga provinsi tertinggi"); 1 if unsaid.
        target: A predikat named, in its published spelling, or empty.
        at_least: Whether that predikat or a better one is meant ("minimal baik").
        below: Whether worse ones are meant ("belum baik").
        compare: Whether rows are to be set against each other.
    """

    operation: Operation
    domains: tuple[int, ...] = ()
    all_domains: bool = False
    scope: Scope = ALL_REGIONS
    count: int = 1
    target: str = ""
    compare: bool = False
    at_least: bool = False
    below: bool = False


def about_index(question: Question, topic: Topic) -> bool:
    """Whether a question is for the index desk."""
    words = question.words
    if question.refs.locator or question.refs.indicator is not None or question.refs.regulations:
        return False
    if question.has("indeks pemdi", "apa itu", "itu apa", "cara menghitung", "rumus"):
        return False
    named = bool(words & INDEX_WORDS)
    unexplained = leftover_terms(question)
    ranks = bool(words & RANK) or is_top(question) or is_bottom(question)
    if question.places:
        asks = (
            bool(words & (INDEX_WORDS | CHANGE | TREND | COMPARE | RANK | TOP | BOTTOM | SPREAD))
            or _domains(question) != ()
            or bool(words & {"domain", "domainnya"})
            or bool(_band(question))
            or (ranks and not unexplained)
            or question.has("lebih tinggi", "lebih rendah", "lebih baik")
            or quoted_figure(question) > 0
        )
        # "spbe gowa 2021" and "gowa 2021?" say nothing else, so they ask for the figure.
        follows = topic.kind is Kind.INDEX
        bare = not unexplained and bool(words & SPBE or question.years or follows)
        # Words that say nothing of an index and are not ours make it another matter.
        ours = named or bool(words & (SPBE | {"domain", "domainnya"})) or bool(_band(question))
        return (asks and (ours or not unexplained)) or bare
    if words & INDEX_WORDS and question.has(*UNRATED) and question.years:
        return True
    kinds = _kinds(question)
    if ranks and (named or words & SPBE or kinds) and not unexplained:
        return bool(kinds or question.years or named)
    many = bool(kinds or words & {"instansi", "daerah", "pemda", "nasional"})
    if many and (_band(question) or words & SPREAD or _moves(question)) and not unexplained:
        return True
    if words & NATIONAL and (named or words & SPBE) and (question.years or "rata" in words):
        return True
    if "rata" in words and words & NATIONAL - AVERAGE and question.years:
        return True
    if named and question.years:
        return True
    return topic.kind is Kind.INDEX and _elliptic(question)


def quoted_figure(question: Question) -> float:
    """Return an index figure quoted in the question ("2,90"), or 0."""
    for token in question.tokens:
        if _FIGURE.fullmatch(token):
            return float(token.replace(",", "."))
    return 0.0


def is_top(question: Question) -> bool:
    """Whether the best is asked for: "tertinggi", "paling tinggi"."""
    return bool(question.words & TOP) or question.has(*TOP_PHRASES)


def is_bottom(question: Question) -> bool:
    """Whether the worst is asked for: "terendah", "paling rendah"."""
    return bool(question.words & BOTTOM) or question.has(*BOTTOM_PHRASES)


def _moves(question: Question) -> bool:
    """Whether those that rose or fell are asked for, not how far one did."""
    if question.has(*MOVE_PHRASES) or (question.words & MOVE_NOUNS and question.words & MOST):
        return True
    which = question.has("mana", "mana saja", "siapa saja", "daftar", "berapa", "apa saja", "yang")
    many = bool(_kinds(question)) or question.has("daerah", "pemda", "instansi")
    return which and many and bool(question.words & {"naik", "turun"})


def other_measure(question: Question) -> str:
    """Return what is measured where an index other than ours is asked for, or nothing.

    "indeks inovasi banyuwangi" and "nilai kepatuhan kota bandung" name it right after the word;
    "mcp sulut naik?" names no index of ours at all.
    """
    tokens = question.tokens
    if question.words & SPBE or not (question.places or question.years):
        return ""
    unknown = set(leftover_terms(question)) - {"pemdi"}
    places = {at for place in question.places for at in range(place.start, place.end)}
    for at, token in enumerate(tokens):
        if strip_clitic(token) not in INDEX_WORDS and token not in INDEX_WORDS:
            continue
        named = []
        for place in range(at + 1, min(at + 4, len(tokens))):
            if tokens[place] in REGION_KINDS and place not in places:
                continue
            if place in places or tokens[place] not in unknown:
                break
            named.append(tokens[place])
        if named:
            return " ".join(named)
    return ""


def _elliptic(question: Question) -> bool:
    words = question.words
    signal = (
        question.years
        or words & {"domain", "domainnya"}
        or _domains(question)
        or _kinds(question)
        or is_top(question)
        or is_bottom(question)
        or words & (CHANGE | RANK | TREND | COMPARE | NATIONAL | INDEX_WORDS | SPREAD)
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
    ranks = operation in OVER_MANY or operation is Operation.RANK
    if ranks and follows and not kinds and not province and topic.scope != ((), ""):
        scope = Scope(*topic.scope)
    elif ranks and not kinds:
        scope = Scope(("kabupaten", "kota") if province else (), province)
    target = _band(question)
    return IndexIntent(
        operation=operation,
        domains=domains,
        all_domains=asks_domain and not domains,
        scope=scope,
        count=_count(question),
        target=target,
        compare=bool(words & COMPARE) or len(question.places) > 1,
        at_least=bool(target) and question.has("minimal", "minimum", "ke atas", "paling rendah"),
        below=bool(target)
        and (
            question.has("belum", "di bawah", "dibawah", "bukan", "kurang dari")
            or question.has(f"tidak {target.lower()}", f"tidak sampai {target.lower()}")
        ),
    )


def unrated_unit(question: Question) -> str:
    """Return a unit in the question that the index does not rate, such as "kecamatan"."""
    named = {at for place in question.places for at in range(place.start, place.end)}
    words = {t for at, t in enumerate(question.tokens) if at not in named}
    words |= {strip_clitic(word) for word in words}
    return next((unit for unit in UNRATED if unit in words), "")


_EXPLAINED = (
    INDEX_FILLER
    | NATIONAL
    | TREND
    | CHANGE
    | COMPARE
    | TOP
    | BOTTOM
    | RANK
    | SPREAD
    | AVERAGE
    | WEAK
    | STRONG
    | INDEX_WORDS
    | STOP_WORDS
    | set(NUMBER_WORDS)
    | set(REGION_KINDS)
    | set(_DOMAIN_NAMES)
    | {
        "memuaskan",
        "predikatnya",
        "dulu",
        "kemarin",
        "masa",
        "minimal",
        "minimum",
        "bawah",
        "atas",
        "jauh",
        "terus",
    }
    | {
        "tata",
        "kelola",
        "se",
        "sd",
        "paling",
        "bkn",
        "indonesia",
        "nya",
        "pusat",
        "terakhir",
        "belakangan",
    }
)


def leftover_terms(question: Question) -> list[str]:
    """Words that neither the index nor its grammar explain: maybe an unknown place."""
    places = {at for place in question.places for at in range(place.start, place.end)}
    return [
        t
        for at, t in enumerate(question.tokens)
        if t.isalpha()
        and at not in places
        and len(t) > 2
        and _EXPLAINED.isdisjoint((t, strip_clitic(t)))
    ]


def _operation(question: Question, topic: Topic, follows: bool) -> Operation:
    words = question.words
    top, bottom = is_top(question), is_bottom(question)
    if question.has("tahun berapa", "tahun mana", "kapan"):
        if bottom:
            return Operation.WORST_YEAR
        if top:
            return Operation.BEST_YEAR
    if words & RANK and not (top and _kinds(question)):
        return Operation.RANK
    single = len(question.places) == 1 and len(question.places[0].codes[0]) > 2
    asks_domain = bool(_domains(question) or words & {"domain", "domainnya"})
    if not single or _kinds_plural(question):
        many = _over_many(question, asks_domain)
        if many is not None:
            return many
    goal = _band(question)
    if goal and _is_goal(question, goal):
        return Operation.DISTANCE
    if asks_domain:
        return Operation.DOMAINS
    if words & AVERAGE and any(len(p.codes[0]) == 2 for p in question.places):
        return Operation.AVERAGE
    if words & NATIONAL:
        return Operation.NATIONAL
    spans = question.years.span and not question.has("berapa poin", "naik berapa", "turun berapa")
    if words & TREND or (spans and not words & CHANGE - {"naik", "turun"}):
        return Operation.TREND
    if words & CHANGE:
        return Operation.CHANGE
    if question.years.span or question.years.last:
        return Operation.TREND
    if follows and topic.operation in (*OVER_MANY, Operation.DOMAINS):
        return Operation(topic.operation)
    return Operation.LOOKUP


def _over_many(question: Question, asks_domain: bool) -> Operation | None:
    """Return the look-up over all rows of a scope that is asked for, if one is."""
    words = question.words
    plural = bool(_kinds(question)) or not question.places
    plural = plural or question.has("daerah", "pemda", "instansi", "se")
    if words & SPREAD:
        return Operation.SPREAD
    # "penurunan paling besar di sulsel": within the province, not of it.
    within = len(question.codes) == 1 and len(question.codes[0]) == 2 and question.has("di", "se")
    if (plural or within) and _moves(question):
        return Operation.MOVERS
    if is_bottom(question) and not (asks_domain and not _kinds(question) and question.places):
        return Operation.LOWEST
    if is_top(question) and not (asks_domain and not _kinds(question) and question.places):
        return Operation.HIGHEST
    goal = _band(question)
    if plural and goal and not _is_goal(question, goal):
        return Operation.BAND
    if words & AVERAGE and "nasional" not in words and (_kinds(question) or question.places):
        return Operation.AVERAGE
    return None


def _is_goal(question: Question, band: str) -> bool:
    """Whether a predikat is what is striven for: "berapa lagi ke sangat baik"."""
    words = question.words
    strives = bool(
        words & {"kurang", "batas", "butuh", "supaya", "menuju", "ambang", "syarat", "perlu"}
    ) or question.has("berapa lagi", "berapa poin lagi", "agar", f"ke {band.lower()}")
    return strives and not question.has("kurang dari") and band != "Kurang"


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
    """Return the predikat named, in its published spelling, or nothing.

    "baik", "cukup" and "kurang" are everyday words too: alone they count after a word that
    leads to a predikat.
    """
    line = f" {' '.join(question.tokens)} "
    for band in _BANDS:
        at = line.find(f" {band} ")
        if at < 0:
            continue
        if band in _EVERYDAY and line[:at].split()[-1:] not in _BEFORE_BAND:
            continue
        return band.title()
    return ""
