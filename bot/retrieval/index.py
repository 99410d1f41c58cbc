"""An inverted index over weighted fields, scored with NumPy."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.language.text import knowledge_tokens
from bot.retrieval.analysis import features, field_terms
from bot.retrieval.passages import Passage

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

# How much one occurrence counts, by field.
FIELD_WEIGHTS = {"heading": 2.5, "text": 1.0, "keywords": 2.0, "questions": 1.0, "context": 0.6}
K1 = 1.2
LENGTH_NORM = 0.4
FEATURE_IDF = 1.3
_EMPTY: tuple[Ints, Floats] = (np.empty(0, np.int32), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True)
class Postings:
    """Term -> documents and their weights."""

    lists: dict[str, tuple[Ints, Floats]]
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
        return cls(
            {
                term: (np.array(ids[term], np.int32), np.array(weights[term], np.float32))
                for term in ids
            },
            len(documents),
        )

    def score(self, query: Iterable[tuple[str, float]]) -> Floats:
        """Return the weighted sum of the query's terms for every document."""
        out = np.zeros(self.size, np.float32)
        for term, weight in query:
            ids, values = self.lists.get(term, _EMPTY)
            out[ids] += weight * values
        return out


class FieldIndex:
    """Passages indexed twice: as fields (BM25F) and by their everyday questions (cosine)."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        fields = [_fields(passage) for passage in passages]
        found: Counter[str] = Counter()
        for parts in fields:
            found.update({term for terms in parts.values() for term in terms})
        total = max(len(passages), 1)
        self.idf = {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in found.items()}
        self.default_idf = math.log(1 + total)
        self._fields = Postings.build(self._saturated(fields))
        self.postings = self._fields.lists
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

    def _saturated(self, fields: list[dict[str, tuple[str, ...]]]) -> list[dict[str, float]]:
        lengths = {name: [len(parts[name]) for parts in fields] for name in FIELD_WEIGHTS}
        average = {name: (sum(n) / len(n) if n else 0) or 1.0 for name, n in lengths.items()}
        documents = []
        for parts in fields:
            counts: dict[str, float] = defaultdict(float)
            for name, terms in parts.items():
                norm = 1 - LENGTH_NORM + LENGTH_NORM * len(terms) / average[name]
                for term in terms:
                    counts[term] += FIELD_WEIGHTS[name] / norm
            documents.append(
                {term: self.idf[term] * tf / (K1 + tf) for term, tf in counts.items()}
            )
        return documents

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


def _fields(passage: Passage) -> dict[str, tuple[str, ...]]:
    return {
        "heading": field_terms(passage.heading),
        "text": field_terms(passage.text),
        "keywords": tuple(t for word in passage.keywords for t in field_terms(word)),
        "questions": tuple(t for q in passage.questions for t in field_terms(q)),
        "context": field_terms(passage.context),
    }
