"""An inverted index over weighted fields, scored with NumPy."""

import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.language.text import knowledge_tokens
from bot.retrieval.analysis import features, field_terms
from bot.retrieval.passages import Passage
from bot.retrieval.postings import Flags, Floats, Forward, Ints, Postings, Query, Rows, Span

# How much one occurrence counts, by field.
FIELD_WEIGHTS = {"heading": 2.5, "text": 1.0, "keywords": 2.0, "questions": 1.0, "context": 0.6}
FIELDS = tuple(FIELD_WEIGHTS)
# Fields of running text.
_RUNNING = np.array([FIELDS.index(name) for name in ("heading", "text", "questions")])
_PLACES = np.arange(len(FIELDS), dtype=np.uint8)[:, None, None]
K1 = 1.2
LENGTH_NORM = 0.4
FEATURE_IDF = 1.3
# What all official texts together weigh beside our own passages where words are counted.
OFFICIAL_WORTH = 0.1
# A range with more passages than this is not scored whole.
_DENSE = 50_000
# How many passages the fields and the questions each put forward.
_FROM_FIELDS = 200
_FROM_QUESTIONS = 50
# How many postings are read before a large base is no longer read whole.
_BUDGET = 60_000
# What stands in for the cosine of a passage that carries no questions, by its fields' share.
_UNASKED = 0.8


@dataclass(frozen=True, slots=True)
class Found:
    """Passages that the first stage puts forward.

    Attributes:
        numbers: Places in the list of passages, ascending.
        fields: Share of the query that their fields hold, saturated.
        cosine: Cosine with their closest everyday question.
    """

    numbers: Ints
    fields: Floats
    cosine: Floats

    def take(self, at: NDArray[np.intp]) -> "Found":
        """Return those at some places, in the order given."""
        return Found(self.numbers[at], self.fields[at], self.cosine[at])


@dataclass(frozen=True, slots=True)
class Match:
    """What of a question each of some passages holds.

    Attributes:
        coverage: Share of the question's weighted terms, or synonyms of them, held at all.
        shares: The same by field, a column a field of ``FIELDS``.
        held: Whether it holds each term, a column a term.
    """

    coverage: Floats
    shares: Floats
    held: Floats


class FieldIndex:
    """Passages indexed twice: as fields (BM25F) and by their everyday questions (cosine).

    How much a term tells is counted over all passages, those about single regions together for no
    more than the others: hundreds of regions that repeat one rule make its words no less telling.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        rows = Rows()
        national = np.zeros(len(passages), np.bool_)
        official = np.zeros(len(passages), np.bool_)
        for number, passage in enumerate(passages):
            national[number] = not passage.region
            official[number] = passage.official
            for terms in _fields(passage):
                rows.add(terms)
        local = len(passages) - int(national.sum())
        whole = len(passages) - local or local
        worth = np.where(national, 1.0, min(1.0, whole / max(local, 1)))
        if official.any() and not official.all():
            most = OFFICIAL_WORTH * float(worth[~official].sum())
            worth[official] *= min(1.0, most / float(worth[official].sum()))
        self._fields, self._forward, found = self._build_fields(rows, worth)
        # Every term in its place, for what stands side by side.
        self._held = rows.held
        self._row_starts = np.concatenate([[0], np.cumsum(rows.lengths, dtype=np.int64)])
        total = max(float(worth.sum()), 1.0)
        idf = np.log(1 + (total - found + 0.5) / (found + 0.5))
        self._idf = array("f", idf.tolist())
        counts = np.diff(self._fields.starts)
        self._fields.weights[:] *= np.repeat(np.array(self._idf), counts)
        self.default_idf = math.log(1 + total)
        self._build_questions(passages)

    def knows(self, term: str) -> bool:
        """Whether any passage holds a term."""
        return term in self._fields.terms

    def weight(self, term: str) -> float:
        """Inverse document frequency of a term; the highest for an unknown one."""
        if term.startswith("?"):
            return FEATURE_IDF
        number = self._fields.terms.get(term)
        return self.default_idf if number is None else self._idf[number]

    def find(self, query: Query, ranges: Sequence[Span], also: Sequence[int] = ()) -> Found:
        """Return the passages of some ranges that a query's first stage puts forward.

        Args:
            query: Terms and kind-of-question features, with their weights.
            ranges: Ranges of passages to look at, ascending.
            also: Passages that are put forward whatever they score.
        """
        terms = [(t, w) for t, w in query if not t.startswith("?")]
        whole = np.float32(sum(w * self.weight(t) for t, w in terms) or 1.0)
        best = self._best_question(query)
        sure = self._asked[_top(best, _FROM_QUESTIONS)]
        sure = sure[_inside(sure, ranges)]
        extra = np.array(also, np.int32)
        if sum(high - low for low, high in ranges) > _DENSE:
            likely = self._fields.likeliest(terms, _FROM_FIELDS, _BUDGET)
            likely = likely[_inside(likely, ranges)]
            numbers = self._joined(likely, sure, extra)
            fields = self._fields.scores_of(terms, numbers) / whole
        else:
            scores = self._fields.scores(terms, ranges)
            places = _top(scores, _FROM_FIELDS)
            starts = np.cumsum([0, *(high - low for low, high in ranges)])
            shift = np.array([low for low, _ in ranges]) - starts[:-1]
            likely = places + shift[np.searchsorted(starts, places, side="right") - 1]
            numbers = self._joined(likely, sure, extra)
            at = np.searchsorted([low for low, _ in ranges], numbers, side="right") - 1
            fields = scores[numbers - shift[at]] / whole
        return self._found(numbers, fields, best)

    def of(self, query: Query, numbers: Ints) -> Found:
        """Return what the first stage says of some passages (ascending), whatever they score."""
        terms = [(t, w) for t, w in query if not t.startswith("?")]
        whole = np.float32(sum(w * self.weight(t) for t, w in terms) or 1.0)
        fields = self._fields.scores_of(terms, numbers) / whole
        return self._found(numbers, fields, self._best_question(query))

    def _found(self, numbers: Ints, fields: Floats, best: Floats) -> Found:
        rows = self._row_of[numbers]
        cosine = np.where(rows >= 0, best[rows] if len(best) else 0.0, _UNASKED * fields)
        return Found(numbers, fields, cosine.astype(np.float32))

    def _joined(self, *groups: Ints) -> Ints:
        """Return the different passages of some groups, ascending."""
        flags = np.zeros(len(self._row_of), np.bool_)
        for group in groups:
            flags[group] = True
        return np.flatnonzero(flags).astype(np.int32)

    def match(self, numbers: Ints, terms: Mapping[str, Sequence[str]]) -> Match:
        """Look closer at some passages.

        Args:
            numbers: The passages.
            terms: Each term of the question with the words that may stand for it.
        """
        known = self._fields.terms
        options = [
            (at, known[word])
            for at, words in enumerate(terms.values())
            for word in words
            if word in known
        ]
        distinct = list(dict.fromkeys(number for _, number in options))
        place = {number: at for at, number in enumerate(distinct)}
        by_word = self._forward.bits_of(distinct, numbers)
        bits = np.zeros((len(terms), len(numbers)), np.uint8)
        for at, number in options:
            bits[at] |= by_word[place[number]]
        weights = np.array([self.weight(t) for t in terms], np.float32)
        weights /= weights.sum() or 1.0
        held = (bits > 0).astype(np.float32)
        shares = weights @ (bits >> _PLACES & 1).astype(np.float32)
        return Match(weights @ held, shares.T, held.T)

    def neighbours(self, numbers: Ints, terms: Sequence[str]) -> Floats:
        """Return for some passages the share of a question's neighbouring terms that meet there.

        They meet in a heading, a text or the everyday questions.
        """
        asked = list(pairwise(terms))
        known = self._fields.terms
        size = len(known) + 1
        wanted = sorted(
            {known[a] * size + known[b] for a, b in asked if a in known and b in known}
        )
        if not wanted or not len(numbers):
            return np.zeros(len(numbers), np.float32)
        first = (numbers.astype(np.int64) * len(FIELDS))[:, None] + _RUNNING
        lows = self._row_starts[first].ravel()
        highs = self._row_starts[first + 1].ravel()
        spans = zip(lows.tolist(), highs.tolist(), strict=True)
        running = np.concatenate([self._held[low:high] for low, high in spans]).astype(np.int64)
        owner = np.repeat(np.arange(len(lows)), highs - lows)
        keys = running[:-1] * size + running[1:]
        pairs = np.array(wanted, np.int64)
        places = np.minimum(np.searchsorted(pairs, keys), len(pairs) - 1)
        meet = (pairs[places] == keys) & (owner[:-1] == owner[1:])
        found = np.zeros((len(numbers), len(pairs)), np.bool_)
        found[owner[:-1][meet] // len(_RUNNING), places[meet]] = True
        shares: Floats = (found.sum(axis=1) / len(asked)).astype(np.float32)
        return shares

    def _best_question(self, query: Query) -> Floats:
        """Return the cosine with the closest question of each passage that carries some."""
        if not len(self._asked):
            return np.zeros(0, np.float32)
        weighed = [(t, w * self.weight(t)) for t, w in query]
        norm = math.sqrt(sum(w * w for _, w in weighed)) or 1.0
        scored = self._questions.scores(weighed, ((0, self._questions.size),))
        best = np.maximum.reduceat(scored, self._first_row) / norm
        return best.astype(np.float32)

    @staticmethod
    def _build_fields(
        rows: Rows, worth: NDArray[np.float64]
    ) -> tuple[Postings, Forward, NDArray[np.float64]]:
        """Return both indexes of the fields, and in how many passages, by worth, a term stands."""
        count = len(FIELDS)
        size = len(worth)
        lengths = rows.lengths.reshape(size, count)
        average = np.maximum(worth @ lengths / max(worth.sum(), 1.0), 1e-9)
        norm = 1 - LENGTH_NORM + LENGTH_NORM * lengths / average
        counted = (np.array(list(FIELD_WEIGHTS.values())) / norm).astype(np.float32)
        each = lengths.ravel()
        documents = np.repeat(np.arange(size, dtype=np.int32), lengths.sum(axis=1))
        bits = np.repeat(np.tile(1 << np.arange(count, dtype=np.uint8), size), each)
        shares = np.repeat(counted.ravel(), each)
        held = rows.held
        built = Postings.build(rows.terms, held, documents, shares, size)
        forward = Forward.build(held, documents, bits, size)
        built.weights[:] = built.weights / (np.float32(K1) + built.weights)
        owner = np.repeat(np.arange(len(rows.terms)), np.diff(built.starts))
        found = np.bincount(owner, worth[built.ids], minlength=len(rows.terms))
        return built, forward, found.astype(np.float64)

    def _build_questions(self, passages: Sequence[Passage]) -> None:
        rows = Rows()
        asked: list[int] = []
        first: list[int] = []
        total = 0
        for number, passage in enumerate(passages):
            if not passage.questions:
                continue
            asked.append(number)
            first.append(total)
            total += len(passage.questions)
            for question in passage.questions:
                rows.add(question_terms(question))
        self._asked = np.array(asked, np.int32)
        self._first_row = np.array(first, np.int64)
        self._row_of = np.full(len(passages), -1, np.int32)
        self._row_of[self._asked] = np.arange(len(asked), dtype=np.int32)
        weight = np.array([self.weight(term) for term in rows.terms], np.float32)
        lengths, held = rows.lengths, rows.held
        owner = np.repeat(np.arange(total, dtype=np.int32), lengths)
        shares = weight[held] if len(held) else np.zeros(0, np.float32)
        norm = np.sqrt(np.bincount(owner, shares**2, minlength=total)).astype(np.float32)
        norm[norm == 0] = 1.0
        self._questions = Postings.build(rows.terms, held, owner, shares / norm[owner], total)


def question_terms(question: str) -> tuple[str, ...]:
    """Stems and features of an everyday question."""
    tokens = list(knowledge_tokens(question))
    return tuple(dict.fromkeys((*field_terms(question), *features(tokens))))


def _fields(passage: Passage) -> tuple[tuple[str, ...], ...]:
    """Return the terms of each field, in the order of ``FIELDS``."""
    return (
        field_terms(passage.heading),
        field_terms(passage.text),
        tuple(t for word in passage.keywords for t in field_terms(word)),
        tuple(t for q in passage.questions for t in field_terms(q)),
        field_terms(passage.context),
    )


def _top(scores: Floats, most: int) -> Ints:
    """Return the places of the highest scores above zero."""
    places = np.flatnonzero(scores > 0)
    if len(places) > most:
        places = places[np.argpartition(-scores[places], most)[:most]]
    return places.astype(np.int32)


def _inside(numbers: Ints, ranges: Sequence[Span]) -> Flags:
    """Return which numbers lie in any of the ranges."""
    inside = np.zeros(len(numbers), np.bool_)
    for low, high in ranges:
        inside |= (numbers >= low) & (numbers < high)
    return inside
