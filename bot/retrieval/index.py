"""An inverted index over weighted fields, scored with NumPy."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.language.text import knowledge_tokens
from bot.retrieval.analysis import features, field_terms
from bot.retrieval.passages import Passage

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

# How much one occurrence counts, by field.
FIELD_WEIGHTS = {"heading": 2.5, "text": 1.0, "keywords": 2.0, "questions": 1.0, "context": 0.6}
FIELDS = tuple(FIELD_WEIGHTS)
# The places of the bits that are set, for each set of fields.
_BITS = [[b for b in range(len(FIELDS)) if mask >> b & 1] for mask in range(1 << len(FIELDS))]
K1 = 1.2
LENGTH_NORM = 0.4
FEATURE_IDF = 1.3


@dataclass(frozen=True, slots=True)
class Match:
    """What of a question each of some passages holds.

    Attributes:
        fields: Share of the query that the fields hold, saturated.
        cosine: Cosine with the closest everyday question.
        coverage: Share of the question's weighted terms, or synonyms of them, held at all.
        shares: The same by field, a column a field of ``FIELDS``.
    """

    fields: Floats
    cosine: Floats
    coverage: Floats
    shares: Floats


@dataclass(frozen=True, slots=True)
class Postings:
    """Term -> documents and their weights, one array each with a slice a term."""

    slices: dict[str, tuple[int, int]]
    ids: Ints
    weights: Floats
    size: int

    @classmethod
    def build(cls, documents: Sequence[dict[str, float]]) -> "Postings":
        """Build from one weight map a document."""
        ids: dict[str, list[int]] = defaultdict(list)
        weights: dict[str, list[float]] = defaultdict(list)
        for number, document in enumerate(documents):
            for term, weight in document.items():
                ids[term].append(number)
                weights[term].append(weight)
        slices: dict[str, tuple[int, int]] = {}
        end = 0
        for term, numbers in ids.items():
            slices[term] = (end, end + len(numbers))
            end += len(numbers)
        return cls(
            slices,
            np.fromiter(chain.from_iterable(ids.values()), np.int32, end),
            np.fromiter(chain.from_iterable(weights.values()), np.float32, end),
            len(documents),
        )

    def score(self, query: Iterable[tuple[str, float]]) -> Floats:
        """Return the weighted sum of the query's terms for every document."""
        out = np.zeros(self.size, np.float32)
        for term, weight in query:
            span = self.slices.get(term)
            if span is not None:
                held = slice(*span)
                out[self.ids[held]] += weight * self.weights[held]
        return out


class FieldIndex:
    """Passages indexed twice: as fields (BM25F) and by their everyday questions (cosine)."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        fields = [_fields(passage) for passage in passages]
        found: Counter[str] = Counter()
        for parts in fields:
            found.update({term for terms in parts for term in terms})
        total = max(len(passages), 1)
        self.idf = {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in found.items()}
        self.default_idf = math.log(1 + total)
        documents, self._places = self._saturated(fields)
        self._fields = Postings.build(documents)
        self._questions, self._starts = self._build_questions(passages)

    def weight(self, term: str) -> float:
        """Inverse document frequency of a term; the highest for an unknown one."""
        if term.startswith("?"):
            return FEATURE_IDF
        return self.idf.get(term, self.default_idf)

    def field_scores(self, query: Sequence[tuple[str, float]]) -> Floats:
        """Return for every passage the share (0 to 1) of the query that its fields hold."""
        terms = [(t, w) for t, w in query if not t.startswith("?")]
        whole = sum(w * self.weight(t) for t, w in terms) or 1.0
        return self._fields.score(terms) / np.float32(whole)

    def question_scores(self, query: Sequence[tuple[str, float]]) -> Floats:
        """Return for every passage the cosine of the query with its closest question."""
        norm = math.sqrt(sum((w * self.weight(t)) ** 2 for t, w in query)) or 1.0
        scored = self._questions.score([(t, w * self.weight(t) / norm) for t, w in query])
        if not len(scored):
            return np.zeros(len(self._starts), np.float32)
        best: Floats = np.maximum.reduceat(scored, self._starts).astype(np.float32)
        return best

    def match(
        self,
        numbers: Sequence[int],
        terms: Mapping[str, Sequence[str]],
        fields: Floats,
        questions: Floats,
    ) -> Match:
        """Look closer at some passages.

        Args:
            numbers: The passages.
            terms: Each term of the question with the words that may stand for it.
            fields: What ``field_scores`` gave.
            questions: What ``question_scores`` gave.
        """
        whole = sum(self.weight(t) for t in terms) or 1.0
        weights = [(options, self.weight(term) / whole) for term, options in terms.items()]
        coverage = np.zeros(len(numbers), np.float32)
        shares = np.zeros((len(numbers), len(FIELDS)), np.float32)
        for at, number in enumerate(numbers):
            places = self._places[number]
            for options, weight in weights:
                mask = 0
                for option in options:
                    mask |= places.get(option, 0)
                if mask:
                    coverage[at] += weight
                    for place in _BITS[mask]:
                        shares[at, place] += weight
        places_of = list(numbers)
        return Match(fields[places_of], questions[places_of], coverage, shares)

    def _saturated(
        self, fields: list[tuple[tuple[str, ...], ...]]
    ) -> tuple[list[dict[str, float]], list[dict[str, int]]]:
        """Return term weights and, as bits, the fields that hold a term, for each passage."""
        average = [
            (sum(len(parts[at]) for parts in fields) / max(len(fields), 1)) or 1.0
            for at in range(len(FIELDS))
        ]
        documents, places = [], []
        for parts in fields:
            counts: dict[str, float] = defaultdict(float)
            bits: dict[str, int] = defaultdict(int)
            for at, terms in enumerate(parts):
                norm = 1 - LENGTH_NORM + LENGTH_NORM * len(terms) / average[at]
                share = FIELD_WEIGHTS[FIELDS[at]] / norm
                for term in terms:
                    counts[term] += share
                    bits[term] |= 1 << at
            documents.append(
                {term: self.idf[term] * tf / (K1 + tf) for term, tf in counts.items()}
            )
            places.append(dict(bits))
        return documents, places

    def _build_questions(self, passages: Sequence[Passage]) -> tuple[Postings, Ints]:
        documents: list[dict[str, float]] = []
        starts = []
        for passage in passages:
            starts.append(len(documents))
            for question in passage.questions or ("",):
                terms = question_terms(question)
                weights = {term: self.weight(term) for term in terms}
                norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
                documents.append({term: w / norm for term, w in weights.items()})
        return Postings.build(documents), np.array(starts, np.int32)


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
