"""Whether a question is for the index desk, or asks for a measure or unit that is not rated."""

from bot.answering.answer import Kind, Topic
from bot.answering.index.signals import (
    COUNTED,
    LISTING,
    NATIONWIDE,
    asks_bound,
    band_of,
    count_of,
    domains_of,
    is_bottom,
    is_top,
    kinds_of,
    leftover_terms,
    moves,
    quoted_figure,
    threshold_of,
)
from bot.answering.question import Question
from bot.language.lexicon import (
    AVERAGE,
    BOTTOM,
    CHANGE,
    COMPARE,
    INDEX_WORDS,
    NATIONAL,
    RANK,
    REGION_KINDS,
    SPBE,
    SPREAD,
    TOP,
    TREND,
    UNRATED,
    WHY,
)
from bot.language.text import strip_clitic

_TERSE = 3


def about_index(question: Question, topic: Topic) -> bool:
    """Whether a question is for the index desk."""
    words = question.words
    if question.refs.locator or question.refs.indicator is not None or question.refs.regulations:
        return False
    if question.has("indeks pemdi", "apa itu", "itu apa", "cara menghitung", "rumus"):
        return False
    named = bool(words & INDEX_WORDS)
    if asks_bound(question):
        return True
    unexplained = leftover_terms(question)
    ranks = bool(words & RANK) or is_top(question) or is_bottom(question)
    if question.places:
        asks = (
            bool(
                words
                & (
                    INDEX_WORDS
                    | CHANGE
                    | TREND
                    | COMPARE
                    | RANK
                    | TOP
                    | BOTTOM
                    | SPREAD
                    | NATIONAL
                )
            )
            or domains_of(question) != ()
            or bool(words & {"domain", "domainnya"})
            or bool(band_of(question))
            or (ranks and not unexplained)
            or question.has("lebih tinggi", "lebih rendah", "lebih baik")
            or quoted_figure(question) > 0
        )
        # "spbe gowa 2021" and "gowa 2021?" say nothing else, so they ask for the figure.
        follows = topic.kind is Kind.INDEX or topic.asked is not None
        bare = not unexplained and bool(words & SPBE or question.years or follows)
        # Words that say nothing of an index and are not ours make it another matter.
        ours = named or bool(words & (SPBE | {"domain", "domainnya"})) or bool(band_of(question))
        return (asks and (ours or not unexplained)) or bare
    return (
        (not unexplained and _about_many(question, ranks))
        or (named and bool(question.years))
        or _counts_rated(question)
        or (topic.kind is Kind.INDEX and _elliptic(question))
    )


def _about_many(question: Question, ranks: bool) -> bool:
    """Whether a question without a place is about many rows, or the country as a whole."""
    words, kinds = question.words, kinds_of(question)
    named = bool(words & INDEX_WORDS)
    nationwide = question.has(*NATIONWIDE)
    if ranks and (named or words & SPBE or kinds or question.has("siapa")):
        return bool(kinds or question.years or named)
    many = bool(kinds or words & {"instansi", "daerah", "pemda", "nasional"})
    whole = bool(question.years or words & (AVERAGE | TREND | CHANGE))
    return bool(
        (ranks and (nationwide or question.has("daerah", "pemda", "instansi")))
        or (kinds and threshold_of(question) is not None)
        or (kinds and (count_of(question) > 1 or question.has(*LISTING)))
        or (moves(question) and (question.years or nationwide))
        or (many and (band_of(question) or words & SPREAD or moves(question)))
        or (words & NATIONAL and (named or words & SPBE) and whole)
        or ("rata" in words and (kinds or words & NATIONAL - AVERAGE))
        or ("domain" in words and question.has("nasional"))
    )


def _counts_rated(question: Question) -> bool:
    """Whether it asks how many were rated in a year."""
    many = kinds_of(question) or question.words & {"instansi", "daerah", "pemda", "nasional"}
    return bool(many and question.years and question.has(*COUNTED))


def other_measure(question: Question) -> str:
    """Return what is measured where an index other than ours is asked for, or nothing.

    "indeks inovasi banyuwangi" and "nilai kepatuhan kota bandung" name it right after the word;
    "mcp sulut naik?" names no index of ours at all.
    """
    tokens = question.tokens
    if question.words & SPBE or not (question.places or question.years):
        return ""
    unknown = set(leftover_terms(question)) - {"pemdi"}
    places = question.named
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
        or domains_of(question)
        or kinds_of(question)
        or is_top(question)
        or is_bottom(question)
        or words & (CHANGE | RANK | TREND | COMPARE | NATIONAL | INDEX_WORDS | SPREAD)
        or band_of(question)
        or count_of(question)
        or words & WHY
        or (question.has(*NATIONWIDE) and len(question.tokens) <= _TERSE)
    )
    return bool(signal) and len(question.analysis.terms) <= 5


def unrated_unit(question: Question) -> str:
    """Return a unit in the question that the index does not rate, such as "kecamatan"."""
    words = {t for at, t in enumerate(question.tokens) if at not in question.named}
    words |= {strip_clitic(word) for word in words}
    return next((unit for unit in UNRATED if unit in words), "")
