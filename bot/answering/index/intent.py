"""What a question about the index history asks for: operation, domains, scope."""

from dataclasses import replace

from bot.answering.answer import Kind, Topic
from bot.answering.index.asked import OVER_MANY, IndexIntent, Operation, within
from bot.answering.index.signals import (
    COUNTED,
    LISTING,
    NATIONWIDE,
    SHORT,
    asks_bound,
    band_of,
    count_of,
    domains_of,
    is_bottom,
    is_goal,
    is_top,
    kinds_of,
    leftover_terms,
    moves,
    province_after,
    province_of,
    threshold_of,
)
from bot.answering.question import Question
from bot.language.lexicon import (
    AVERAGE,
    CHANGE,
    COMPARE,
    INDEX_WORDS,
    MOST,
    NATIONAL,
    RANK,
    SPBE,
    SPREAD,
    TREND,
    WHY,
)
from bot.regions.history import Scope

_NEXT_BAND = (
    "predikat berikutnya",
    "predikat selanjutnya",
    "predikat di atasnya",
    "jarak ke predikat",
    "naik kelas",
)
_FELL = frozenset("turun menurun penurunan turunnya anjlok jeblok merosot".split())
_NATIONALLY = ("nasional", "nasionalnya")
_SIDE_BY_SIDE = (Operation.LOOKUP, Operation.DOMAINS)
_SIDES = (Operation.HIGHEST, Operation.LOWEST)
_GOING_ON = ("kalau", "terus", "lalu", "bagaimana dengan", "gimana", "tambah", "dan")


def read_intent(question: Question, topic: Topic) -> IndexIntent:
    """Read operation, domains and scope; what is unsaid comes from the conversation."""
    follows = topic.kind is Kind.INDEX or bool(question.places)
    before = topic.asked if follows else None
    own = _operation(question)
    if own is Operation.NATIONAL and _averages(question, before):
        own = Operation.AVERAGE
    if before is not None and _goes_on(question, before):
        taken_over = _follow_up(question, topic, before, own)
        if taken_over is not None:
            return taken_over
    words = question.words
    kinds, province = kinds_of(question), province_of(question)
    target = band_of(question)
    operation = own or Operation.LOOKUP
    ranks = operation in OVER_MANY or operation is Operation.RANK
    scope = Scope(kinds, province)
    if ranks and before is not None and not question.places and not kinds and _has_scope(before):
        scope = before.scope
    elif ranks and not kinds:
        scope = within(province) if province else Scope(())
    return IndexIntent(
        operation=operation,
        domains=domains_of(question),
        scope=scope,
        count=count_of(question),
        target=target,
        compare=bool(words & COMPARE) or len(question.places) > 1,
        at_least=bool(target) and question.has("minimal", "minimum", "ke atas", "paling rendah"),
        below=bool(target)
        and (
            question.has("belum", "di bawah", "dibawah", "bukan", "kurang dari")
            or question.has(f"tidak {target.lower()}", f"tidak sampai {target.lower()}")
        ),
        nationwide=question.has(*NATIONWIDE),
        fell=bool(words & _FELL),
        by_band=question.has("predikat", "kategori", "predikatnya")
        and operation is Operation.MOVERS,
        most=bool(words & MOST),
        threshold=threshold_of(question),
    )


def _averages(question: Question, before: IndexIntent | None) -> bool:
    """Whether the mean of a scope is meant by "rata-rata", not the national index."""
    if not question.words & AVERAGE or question.has(*_NATIONALLY):
        return False
    return before is None or _has_scope(before) or question.has("provinsinya")


def _follow_up(
    question: Question, topic: Topic, before: IndexIntent, own: Operation | None
) -> IndexIntent | None:
    """Return the last intent with what a short message changes; None for a question of its own."""
    words = question.words
    if own in (None, Operation.CHANGE):
        if "selisih" in words and len(topic.regions) > 1 and before.operation in _SIDE_BY_SIDE:
            return replace(before, compare=True)
        if words & WHY and before.operation not in OVER_MANY:
            return replace(before, operation=Operation.CHANGE)
    if own is None or _turns(own, before):
        return _inherit(question, before, own)
    of_those = own in _SIDES and before.operation not in OVER_MANY
    if of_those and not kinds_of(question) and not question.places:
        # "mana yang tertinggi?" after a comparison, "yang terendah apa?" after domains.
        return replace(before, operation=_of_those(before, topic), compare=True)
    return None


def _has_scope(before: IndexIntent) -> bool:
    over_many = before.operation in OVER_MANY or before.operation is Operation.RANK
    return over_many and (before.scope.kinds, before.scope.province) != ((), "")


def _turns(own: Operation, before: IndexIntent) -> bool:
    """Whether an operation only turns the last one: highest and lowest, domains of a rank."""
    if own in _SIDES:
        return before.operation in (*_SIDES, Operation.AVERAGE)
    if own is Operation.DOMAINS:
        return before.operation in (*_SIDES, Operation.RANK, Operation.AVERAGE)
    if own is Operation.BAND:
        return before.operation is Operation.BAND
    if own is Operation.NATIONAL:
        return before.operation is Operation.RANK or before.operation in OVER_MANY
    if own is Operation.CHANGE:
        return before.operation is Operation.MOVERS
    return own is before.operation


def _of_those(before: IndexIntent, topic: Topic) -> Operation:
    if before.operation is Operation.DOMAINS or len(topic.regions) < 2:
        return before.operation
    return Operation.LOOKUP


def _goes_on(question: Question, before: IndexIntent) -> bool:
    """Whether a short message changes a detail of the last question and asks nothing else."""
    if len(question.tokens) > SHORT or leftover_terms(question):
        return False
    # "indeks makassar 2023" is a question of its own.
    whole = question.places and question.words & (INDEX_WORDS | SPBE)
    if whole and not question.has(*_GOING_ON):
        return False
    return before.operation not in OVER_MANY or not question.places or bool(province_of(question))


def _inherit(question: Question, before: IndexIntent, own: Operation | None) -> IndexIntent:
    """Take the last intent over with the details that a message names."""
    kinds, province = kinds_of(question), province_of(question)
    operation = before.operation
    if own in _SIDES:
        operation = own
    elif operation is Operation.LOWEST and question.has("besar"):
        operation = Operation.HIGHEST
    scope = before.scope
    if operation in OVER_MANY or operation is Operation.RANK:
        if kinds:
            scope = replace(scope, kinds=kinds)
        if province:
            scope = within(province, scope.kinds)
        if question.has(*NATIONWIDE):
            scope = replace(scope, province="")
    return replace(
        before,
        operation=operation,
        domains=domains_of(question) or before.domains,
        scope=scope,
        count=count_of(question) or before.count,
        target=band_of(question) or before.target,
        threshold=threshold_of(question) or before.threshold,
        compare=before.compare or bool(question.words & COMPARE),
        nationwide=not province and (before.nationwide or question.has(*NATIONWIDE)),
        fell=bool(question.words & _FELL) or (before.fell and not question.has("naik")),
    )


def _operation(question: Question) -> Operation | None:
    """Return the look-up that a question asks for itself; None where it names none."""
    words = question.words
    if asks_bound(question):
        return Operation.BOUND
    top, bottom, kinds = is_top(question), is_bottom(question), kinds_of(question)
    if question.has("tahun berapa", "tahun mana", "kapan"):
        if bottom:
            return Operation.WORST_YEAR
        if top:
            return Operation.BEST_YEAR
    single = len(question.places) == 1 and len(question.places[0].codes[0]) > 2
    many = bool(kinds) or count_of(question) > 1
    ordered = words & RANK and kinds and _is_province_alone(question)
    if ordered and not (top or bottom):
        return Operation.HIGHEST
    if words & RANK and not ((top or bottom) and many):
        return Operation.RANK
    asks_domain = bool(domains_of(question) or words & {"domain", "domainnya"})
    if not single or kinds:
        over = _over_many(question, kinds, asks_domain)
        if over is not None:
            return over
    goal = band_of(question)
    reached = single and goal and question.has("sudah", "apakah", "belum")
    if reached or (goal and is_goal(question, goal)) or question.has(*_NEXT_BAND):
        return Operation.DISTANCE
    nationally = question.has(*_NATIONALLY)
    if asks_domain and nationally and not question.places and not kinds:
        return Operation.NATIONAL
    if asks_domain and words & AVERAGE:
        return Operation.AVERAGE
    if asks_domain:
        return Operation.DOMAINS
    if words & AVERAGE and not nationally and province_of(question):
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
    return None


def _over_many(question: Question, kinds: tuple[str, ...], asks_domain: bool) -> Operation | None:
    """Return the look-up over all rows of a scope that is asked for, if one is."""
    words = question.words
    # "di sulsel", "se sulsel", "siapa saja ...": within the province, not of it.
    within = _is_within(question)
    plural = bool(kinds) or not question.places or within
    plural = plural or question.has("daerah", "pemda", "instansi")
    if words & SPREAD or (plural and question.has(*COUNTED)):
        return Operation.SPREAD
    if plural and moves(question):
        return Operation.MOVERS
    of_itself = asks_domain and question.places and not kinds and not within
    if is_bottom(question) and not of_itself:
        return Operation.LOWEST
    if is_top(question) and not of_itself:
        return Operation.HIGHEST
    if plural and threshold_of(question) is not None:
        return Operation.THRESHOLD
    goal = band_of(question)
    if plural and goal and not is_goal(question, goal):
        return Operation.BAND
    nationally = question.has(*_NATIONALLY) and not kinds
    if words & AVERAGE and not nationally and (kinds or question.places):
        return Operation.AVERAGE
    # "se-bali", "se jawa timur": all of them.
    whole = province_after(question, "se")
    listed = question.has(*LISTING) or count_of(question) > 1 or whole
    if listed and (kinds or within) and not words & (CHANGE | TREND | COMPARE):
        return Operation.HIGHEST
    return None


def _is_province_alone(question: Question) -> bool:
    return len(question.places) == 1 and bool(province_of(question))


def _is_within(question: Question) -> bool:
    """Whether a province is named as a place to look in: "di sulsel", "se jawa barat"."""
    return _is_province_alone(question) and (
        province_after(question, "di", "se", "dalam") or question.has(*LISTING)
    )
