"""Ranks passages for a question and says how sure it is."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.knowledge.model import Snapshot, Term
from bot.language.text import tokenize
from bot.retrieval.analysis import Analysis, content
from bot.retrieval.confidence import Evidence, probability
from bot.retrieval.index import FieldIndex, Floats
from bot.retrieval.passages import Passage, PassageKind

FIELD_SHARE = 0.5
QUESTION_SHARE = 0.5
DEFINITION_BONUS = 0.45
NOT_A_TERM_MALUS = 0.3
STATES_BONUS = 0.04
SYNONYM_WEIGHT = 0.5
OTHER_REGION_MALUS = 0.5


# What a passage must state to answer a kind of question.
_STATES = {
    "?daftar": re.compile(r"(?m)^\s*- (?:[a-z]|\d+)\. "),
    "?siapa": re.compile(
        r"(?i)menteri|kepala|presiden|pimpinan|bupati|sekretaris|koordinator|tim |lembaga|walidata"
    ),
    "?berapa": re.compile(r"\d"),
    "?kapan": re.compile(r"(?i)\d|paruh waktu|sewaktu|setiap|tanggal|sebelum|setelah|sampai"),
    "?wajib": re.compile(r"(?i)\b(?:wajib|harus|setiap)\b"),
    "?boleh": re.compile(r"(?i)\b(?:dapat|boleh)\b"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its score and the evidence behind it."""

    passage: Passage
    score: float
    evidence: Evidence

    @property
    def confidence(self) -> float:
        """Estimated probability that this passage answers the question."""
        return probability(self.evidence)


class Engine:
    """Search over all passages of one snapshot."""

    def __init__(self, snapshot: Snapshot, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.index = FieldIndex(self.passages)
        self._prior = np.array([p.prior for p in self.passages], np.float32)
        self._local = np.array([bool(p.region) for p in self.passages])
        self._glossary = np.array([p.kind is PassageKind.TERM for p in self.passages])
        self._states = {
            feature: np.array([bool(pattern.search(p.text)) for p in self.passages], np.float32)
            for feature, pattern in _STATES.items()
        }
        self._synonyms = _synonyms(snapshot.terms)
        self._heads: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, passage in enumerate(self.passages):
            for head in _heads(passage.term):
                self._heads[head].append(number)

    def search(
        self,
        analysis: Analysis,
        *,
        accept: Callable[[Passage], bool] | None = None,
        regions: frozenset[str] = frozenset(),
        context: Sequence[str] = (),
        limit: int = 5,
    ) -> list[Hit]:
        """Rank passages for an analysed question.

        Args:
            analysis: Terms and features of the question.
            accept: Keeps only passages for which it returns true.
            regions: Region codes named; passages about other regions sink.
            context: Terms of the conversation so far, counted less.
            limit: Most hits to return.
        """
        query = self._query(analysis, context)
        if not any(not term.startswith("?") for term, _ in query):
            return []
        fields = self.index.field_scores(query)
        questions = self.index.question_scores(query)
        scores = FIELD_SHARE * fields + QUESTION_SHARE * questions + self._prior
        for feature in analysis.features:
            if feature in self._states:
                scores += STATES_BONUS * self._states[feature]
        defined = self._definitions(analysis, scores)
        if not analysis.defines:
            scores[self._glossary] -= NOT_A_TERM_MALUS
        for number in np.flatnonzero(self._local):
            region = self.passages[int(number)].region
            near = any(r == region or r.startswith(region) for r in regions)
            scores[number] += 0.1 if near else -OTHER_REGION_MALUS
        if accept is not None:
            allowed = [n for n, p in enumerate(self.passages) if accept(p)]
            mask = np.full(len(self.passages), -np.inf, np.float32)
            mask[allowed] = 0
            scores = scores + mask
        return self._hits(analysis, scores, fields, questions, defined, limit)

    def _query(self, analysis: Analysis, context: Sequence[str]) -> list[tuple[str, float]]:
        weights: dict[str, float] = {}
        for term in analysis.terms:
            weights[term] = 1.0
        for length in range(1, 4):
            for at in range(len(analysis.terms) - length + 1):
                phrase = analysis.terms[at : at + length]
                replaced = sum(self.index.weight(t) for t in phrase)
                for other in self._synonyms.get(phrase, ()):
                    # A synonym counts at most half of the words that it stands for.
                    own = sum(self.index.weight(t) for t in other)
                    share = min(1.0, replaced / own) if own else 0.0
                    for term in other:
                        weights.setdefault(term, SYNONYM_WEIGHT * share)
        for term in context:
            weights.setdefault(term, 0.6)
        for feature in analysis.features:
            weights[feature] = 1.0
        return list(weights.items())

    def _definitions(self, analysis: Analysis, scores: Floats) -> set[int]:
        """Lift the passages that define the term asked for; return them."""
        found: set[int] = set()
        for head in (analysis.defines, *analysis.compares):
            without = tuple(t for t in head if t != "spbe")
            found.update(self._heads.get(head) or self._heads.get(without) or ())
        for number in found:
            scores[number] += DEFINITION_BONUS
        return found

    def _hits(
        self,
        analysis: Analysis,
        scores: Floats,
        fields: Floats,
        questions: Floats,
        defined: set[int],
        limit: int,
    ) -> list[Hit]:
        wanted = min(limit + 3, len(scores))
        top = np.argpartition(-scores, wanted - 1)[:wanted]
        order = sorted((int(n) for n in top if scores[n] > 0.05), key=lambda n: -scores[n])
        known = [t for t in analysis.terms if t in self.index.idf]
        whole = sum(self.index.weight(t) for t in analysis.terms) or 1.0
        hits = []
        for place, number in enumerate(order[:limit]):
            rival = next((n for n in order if n != number and not self._same(number, n)), None)
            margin = float(scores[number] - scores[rival]) if rival is not None else 0.5
            held = self._held(number, analysis.terms)
            evidence = Evidence(
                score=float(scores[number] - self._prior[number]),
                question=float(questions[number]),
                fields=float(fields[number]),
                coverage=sum(self.index.weight(t) for t in held) / whole,
                known=sum(self.index.weight(t) for t in known) / whole,
                margin=margin if place == 0 else min(margin, 0.0),
                terms=len(analysis.terms),
                defined=number in defined,
                wants_definition=bool(analysis.defines),
                wants_difference=bool(analysis.compares),
                guessed=sum(self.index.weight(t) for t in analysis.guessed) / whole,
            )
            hits.append(Hit(self.passages[number], float(scores[number]), evidence))
        return hits

    def _held(self, number: int, terms: Sequence[str]) -> list[str]:
        lists = self.index.postings
        out = []
        for term in terms:
            options = [term, *(t for o in self._synonyms.get((term,), ()) for t in o)]
            for option in options:
                ids = lists.get(option)
                if ids is not None:
                    at = int(np.searchsorted(ids[0], number))
                    if at < len(ids[0]) and ids[0][at] == number:
                        out.append(term)
                        break
        return out

    def _same(self, one: int, other: int) -> bool:
        """Whether two passages would answer alike: one lies in the other, or same term."""
        a, b = self.passages[one], self.passages[other]
        if a.term and b.term and set(_heads(a.term)) & set(_heads(b.term)):
            return True
        return a.source == b.source and (
            a.locator.startswith(b.locator) or b.locator.startswith(a.locator)
        )


def _heads(term: str) -> list[tuple[str, ...]]:
    """Ways to ask for a defined term: whole, without the bracket, the bracket alone."""
    if not term:
        return []
    bracket = re.search(r"\(([^)]+)\)", term)
    plain = re.sub(r"\s*\([^)]*\)", "", term)
    options = [plain] + ([bracket[1]] if bracket else [])
    heads = [tuple(content(tokenize(option))) for option in options]
    heads += [h[:-1] for h in heads if len(h) > 1 and h[-1] == "spbe"]
    return [head for head in dict.fromkeys(heads) if head]


def _synonyms(terms: Sequence[Term]) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    out: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for term in terms:
        names = [term.name, term.expansion, *term.synonyms]
        keys = [k for k in dict.fromkeys(tuple(content(tokenize(n))) for n in names if n) if k]
        for key in keys:
            out[key].extend(other for other in keys if other != key)
    return dict(out)
