"""Ranks passages for a question and says how sure it is."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz

from bot.knowledge.model import Snapshot, Term
from bot.language.text import tokenize
from bot.retrieval.analysis import Analysis, content
from bot.retrieval.confidence import Evidence, probability
from bot.retrieval.features import NAMES, Features
from bot.retrieval.index import FieldIndex, Floats, Match
from bot.retrieval.passages import Passage, PassageKind
from bot.retrieval.weights import RANKING

FIELD_SHARE = 0.5
QUESTION_SHARE = 0.5
DEFINITION_BONUS = 0.45
NOT_A_TERM_MALUS = 0.3
SYNONYM_WEIGHT = 0.5
OTHER_REGION_MALUS = 0.5
# Above this likeness of their texts two rules say the same.
_REPEATS = 80.0
# How many of the first stage the second looks at again.
CANDIDATES = 15


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that may answer, best of the first stage first.

    Attributes:
        numbers: Places in the list of passages.
        match: What of the question each holds.
        features: A row of ``features.NAMES`` for each.
        defined: Those that define the term asked for.
    """

    numbers: list[int]
    match: Match
    features: Floats
    defined: set[int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its score and the evidence behind it.

    Attributes:
        lead: Margin over the best passage outside its pasal, in logits.
    """

    passage: Passage
    score: float
    evidence: Evidence
    lead: float

    @property
    def confidence(self) -> float:
        """Estimated probability that this passage answers the question."""
        return probability(self.evidence)

    @property
    def pasal_confidence(self) -> float:
        """Estimated probability that the answer stands in this passage's pasal."""
        margin = max(self.lead, self.evidence.margin)
        return probability(replace(self.evidence, margin=margin))


class Engine:
    """Search over all passages of one snapshot: a first stage over all, a second over the best."""

    def __init__(self, snapshot: Snapshot, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.index = FieldIndex(self.passages)
        self.weights = np.array([RANKING.get(name, 0.0) for name in NAMES], np.float32)
        self._features = Features(passages)
        self._prior = np.array([p.prior for p in self.passages], np.float32)
        self._local = [n for n, p in enumerate(self.passages) if p.region]
        gone = {r.id for r in snapshot.regulations.values() if r.status == "dicabut"}
        self._revoked = np.array([p.source in gone for p in self.passages])
        self._glossary = np.array([p.kind is PassageKind.TERM for p in self.passages])
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
        current: bool = False,
        limit: int = 5,
    ) -> list[Hit]:
        """Rank passages for an analysed question.

        Args:
            analysis: Terms and features of the question.
            accept: Keeps only passages for which it returns true.
            regions: Region codes named; passages about other regions sink.
            context: Terms of the conversation so far, counted less.
            current: Whether what holds now was asked; revoked texts are left out.
            limit: Most hits to return.
        """
        found = self.candidates(
            analysis,
            accept=accept,
            regions=regions,
            context=context,
            current=current,
            limit=limit,
        )
        if found is None:
            return []
        ranks = found.features @ self.weights
        order = sorted(range(len(found.numbers)), key=lambda at: -ranks[at])
        terms = (*analysis.terms, *context)
        known = [t for t in terms if t in self.index.idf]
        whole = sum(self.index.weight(t) for t in terms) or 1.0
        share = np.exp(ranks - ranks.max())
        share /= share.sum()
        hits = []
        for at in order[:limit]:
            number = found.numbers[at]
            rivals = (o for o in order if o != at and not self._same(number, found.numbers[o]))
            rival = next(rivals, None)
            outside = rival
            while outside is not None and self._siblings(number, found.numbers[outside]):
                outside = next(rivals, None)
            margin = _lead(ranks, at, rival)
            evidence = Evidence(
                rank=float(ranks[at]),
                share=float(share[at]),
                question=float(found.match.cosine[at]),
                fields=float(found.match.fields[at]),
                coverage=float(found.match.coverage[at]),
                known=sum(self.index.weight(t) for t in known) / whole,
                margin=margin,
                terms=len(terms),
                defined=number in found.defined,
                wants_definition=bool(analysis.defines),
                wants_difference=bool(analysis.compares),
                guessed=sum(self.index.weight(t) for t in analysis.guessed) / whole,
            )
            lead = _lead(ranks, at, outside)
            hits.append(Hit(self.passages[number], float(ranks[at]), evidence, lead))
        return hits

    def candidates(
        self,
        analysis: Analysis,
        *,
        accept: Callable[[Passage], bool] | None = None,
        regions: frozenset[str] = frozenset(),
        context: Sequence[str] = (),
        current: bool = False,
        limit: int = 5,
    ) -> "Candidates | None":
        """Return the first stage's best passages with their features; None when nothing fits."""
        query = self._query(analysis, context)
        if not any(not term.startswith("?") for term, _ in query):
            return None
        fields = self.index.field_scores(query)
        questions = self.index.question_scores(query)
        scores = FIELD_SHARE * fields + QUESTION_SHARE * questions + self._prior
        defined = self._definitions(analysis, scores)
        if not analysis.defines:
            scores[self._glossary] -= NOT_A_TERM_MALUS
        for number in self._local:
            region = self.passages[number].region
            near = any(r == region or r.startswith(region) for r in regions)
            scores[number] += 0.1 if near else -OTHER_REGION_MALUS
        if current:
            scores[self._revoked] = -np.inf
        if accept is not None:
            refused = [n for n, p in enumerate(self.passages) if not accept(p)]
            scores[refused] = -np.inf
        wanted = min(max(CANDIDATES, limit), len(scores))
        top = np.argpartition(-scores, wanted - 1)[:wanted]
        numbers = sorted((int(n) for n in top if scores[n] > 0.05), key=lambda n: -scores[n])
        if not numbers:
            return None
        terms = {t: self._stands_for(t) for t in (*analysis.terms, *context)}
        match = self.index.match(numbers, terms, fields, questions)
        features = self._features.matrix(analysis, numbers, scores, match, defined)
        return Candidates(numbers, match, features, defined)

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
        readings = [self._defining(head) for head in analysis.defines]
        found.update(next((numbers for numbers in readings if numbers), ()))
        for head in analysis.compares:
            found.update(self._defining(head))
        for number in found:
            scores[number] += DEFINITION_BONUS
        return found

    def _defining(self, head: tuple[str, ...]) -> list[int]:
        """Return the passages that define a term, by its name or one that stands for it."""
        without = tuple(t for t in head if t != "spbe")
        names = (head, without, *self._synonyms.get(head, ()))
        return next((self._heads[name] for name in names if name in self._heads), [])

    def _stands_for(self, term: str) -> list[str]:
        """Return a term and the words of its synonyms."""
        return [term, *(t for other in self._synonyms.get((term,), ()) for t in other)]

    def _same(self, one: int, other: int) -> bool:
        """Whether two passages would answer alike: one lies in the other, or same term."""
        a, b = self.passages[one], self.passages[other]
        if a.term and b.term and set(_heads(a.term)) & set(_heads(b.term)):
            return True
        if f"{b.source}#{b.locator}" in a.rests_on or f"{a.source}#{a.locator}" in b.rests_on:
            return True
        if a.source == b.source:
            return a.locator.startswith(b.locator) or b.locator.startswith(a.locator)
        # One rule often repeats another's wording.
        return fuzz.token_set_ratio(a.text, b.text) >= _REPEATS

    def _siblings(self, one: int, other: int) -> bool:
        """Whether two passages stand in the same pasal."""
        a, b = self.passages[one], self.passages[other]
        return a.source == b.source and pasal_of(a.locator) == pasal_of(b.locator) != ""


def pasal_of(locator: str) -> str:
    """Return the pasal that an ayat stands in, or nothing for any other unit."""
    found = re.match(r"(pasal-\d+[a-z]?)-ayat-", locator)
    return found[1] if found else ""


def _lead(ranks: Floats, at: int, other: int | None) -> float:
    """How far a candidate leads another: 5 when there is none, at most 0 behind the first."""
    if other is None:
        return 5.0
    margin = float(ranks[at] - ranks[other])
    return margin if ranks[at] >= ranks.max() else min(margin, 0.0)


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
