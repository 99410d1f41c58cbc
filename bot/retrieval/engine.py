"""Ranks passages for a question and says how sure it is."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
from rapidfuzz import fuzz

from bot.knowledge.locator import Ref
from bot.knowledge.model import Snapshot, Term
from bot.language.text import tokenize
from bot.retrieval.analysis import Analysis, content, term_heads
from bot.retrieval.confidence import Evidence, probability, text_probability
from bot.retrieval.definitions import Definitions
from bot.retrieval.features import NAMES, Features
from bot.retrieval.index import FIELDS, FieldIndex, Found, Match
from bot.retrieval.passages import Passage, PassageKind
from bot.retrieval.postings import Flags, Floats, Span
from bot.retrieval.weights import RANKING

FIELD_SHARE = 0.5
QUESTION_SHARE = 0.5
DEFINITION_BONUS = 0.45
NOT_A_TERM_MALUS = 0.3
SYNONYM_WEIGHT = 0.5
OTHER_REGION_MALUS = 0.5
NAMED_REGION_BONUS = 0.1
# A first-stage score below this is no find.
LEAST_SCORE = 0.05
# Above this likeness of their texts two rules say the same.
_REPEATS = 80.0
# Among so many of the best one may go first that is surer by this much.
_RECONSIDERED = 3
_CLEARLY_SURER = 0.2
# How many of the first stage the second looks at again.
CANDIDATES = 12
# Up to so many passages about single regions are searched even if no region is named.
_FEW_LOCAL = 20_000
_CONTEXT = FIELDS.index("context")
# Words beside a term that ask for nothing but what it is or takes in.
_TAKES_IN = frozenset(content("mencakup meliputi termasuk berupa".split()))
# Kinds of question that a definition does not answer.
_NO_DEFINITION = frozenset(
    "?kapan ?berapa ?boleh ?wajib ?kenapa ?mana ?beda ?contoh ?syarat ?bukti ?tidak".split()
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The passages a search looks at: ranges of them, and a flag for each passage if not all."""

    ranges: tuple[Span, ...]
    only: Flags | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that may answer, best of the first stage first.

    Attributes:
        passages: Themselves.
        found: Where they stand and what the first stage says of them.
        match: What of the question each holds.
        features: A row of ``features.NAMES`` for each.
        defined: Whether each defines the term asked for.
    """

    passages: list[Passage]
    found: Found
    match: Match
    features: Floats
    defined: Flags


@dataclass(frozen=True, eq=False)
class Hit:
    """A passage found, with its score and the evidence behind it.

    The evidence is gathered when it is first asked for: most hits are never looked at.
    """

    passage: Passage
    score: float
    gather: Callable[[], tuple[Evidence, float]]
    judge: Callable[[Evidence], float] = probability

    @cached_property
    def _gathered(self) -> tuple[Evidence, float]:
        return self.gather()

    @property
    def evidence(self) -> Evidence:
        """What speaks for this hit."""
        return self._gathered[0]

    @property
    def lead(self) -> float:
        """Margin over the best passage outside its pasal, in logits."""
        return self._gathered[1]

    @cached_property
    def confidence(self) -> float:
        """Estimated probability that this passage answers the question."""
        return self.judge(self.evidence)

    @cached_property
    def pasal_confidence(self) -> float:
        """Estimated probability that the answer stands in this passage's pasal."""
        margin = max(self.lead, self.evidence.margin)
        return self.judge(replace(self.evidence, margin=margin))


class Engine:
    """Search over all passages of one snapshot: a first stage over all, a second over the best.

    Passages about single regions must follow the others, those of one region together.
    """

    def __init__(self, snapshot: Snapshot, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.index = FieldIndex(self.passages)
        self.weights = np.array([RANKING.get(name, 0.0) for name in NAMES], np.float32)
        self._features = Features()
        self._synonyms = _synonyms(snapshot.terms)
        gone = {r.id for r in snapshot.regulations.values() if r.status == "dicabut"}
        self._texts = {p.source for p in passages if p.official}
        size = len(passages)
        self._prior = np.zeros(size, np.float32)
        self._revoked = np.zeros(size, np.bool_)
        self._glossary = np.zeros(size, np.bool_)
        self._official = np.zeros(size, np.bool_)
        self._set_apart = np.zeros(size, np.bool_)
        self._defined = Definitions()
        self._defined_apart = Definitions()
        keys = np.zeros(size, np.uint64)
        self._regions: dict[str, Span] = {}
        self._sources: dict[str, Span] = {}
        for number, passage in enumerate(passages):
            self._prior[number] = passage.prior
            self._revoked[number] = passage.source in gone
            self._glossary[number] = passage.kind is PassageKind.TERM
            self._official[number] = passage.official
            self._set_apart[number] = self.is_apart(passage)
            keys[number] = _key(passage.source, passage.locator)
            _stretch(self._regions, passage.region, number)
            _stretch(self._sources, passage.source, number)
            defined = self._defined_apart if self._set_apart[number] else self._defined
            defined.add(passage.term, number)
        self._national = self._regions.pop("", (0, 0))
        # Passages by their address; a table of three hundred thousand names would be large.
        self._by_key = np.argsort(keys, kind="stable").astype(np.int32)
        self._keys = keys[self._by_key]

    def within_source(self, source: str) -> Scope:
        """Return the passages of one regulation."""
        return Scope((self._sources.get(source, (0, 0)),))

    def within_regions(self, codes: Iterable[str]) -> Scope:
        """Return the passages about some regions."""
        return Scope(tuple(sorted(self._regions[c] for c in set(codes) if c in self._regions)))

    def national(self) -> Scope:
        """Return the passages about no single region."""
        return Scope((self._national,))

    def official(self, ranges: tuple[Span, ...]) -> Scope:
        """Return the provisions in their official wording among some passages."""
        held = any(self._official[low:high].any() for low, high in ranges)
        return Scope(ranges, self._official) if held else Scope(())

    def is_apart(self, passage: Passage) -> bool:
        """Whether a passage is of a region's regulation whose official text is held."""
        return bool(passage.region) and passage.source in self._texts

    def within_unit(self, source: str, locator: str) -> Scope:
        """Return the passages of one regulation that lie in a unit of it."""
        low, high = self._sources.get(source, (0, 0))
        inside = [
            n for n in range(low, high) if self.passages[n].locator.startswith(f"{locator}-")
        ]
        return Scope(((inside[0], inside[-1] + 1),)) if inside else Scope(())

    def where(self, accept: Callable[[Passage], bool]) -> Scope:
        """Return those passages of nation-wide texts that a predicate accepts."""
        low, high = self._national
        only = np.zeros(len(self.passages), np.bool_)
        only[[n for n in range(low, high) if accept(self.passages[n])]] = True
        places = np.flatnonzero(only)
        if not len(places):
            return Scope(())
        return Scope(((int(places[0]), int(places[-1]) + 1),), only)

    def nearest_first(self, analysis: Analysis, refs: Sequence[Ref]) -> list[Ref]:
        """Order units by how well each fits a question; unknown ones stay behind, in order."""
        places = {ref: self._place(ref) for ref in refs}
        numbers = np.array(sorted({n for n in places.values() if n is not None}), np.int32)
        if len(numbers) < 2:
            return list(refs)
        found = self.index.of(self._query(analysis, ()), numbers)
        scores = FIELD_SHARE * found.fields + QUESTION_SHARE * found.cosine
        score = dict(zip(numbers.tolist(), scores.tolist(), strict=True))
        return sorted(refs, key=lambda ref: -score.get(places[ref], 0.0))

    def _place(self, ref: Ref) -> int | None:
        """Return where the passage of a unit stands; None without one."""
        key = _key(ref.source, ref.locator)
        at = int(np.searchsorted(self._keys, key))
        found = at < len(self._keys) and self._keys[at] == key
        return int(self._by_key[at]) if found else None

    def search(
        self,
        analysis: Analysis,
        *,
        scope: Scope | None = None,
        regions: frozenset[str] = frozenset(),
        context: Sequence[str] = (),
        current: bool = False,
        limit: int = 5,
        alone: bool = False,
    ) -> list[Hit]:
        """Rank passages for an analysed question.

        Args:
            analysis: Terms and features of the question.
            scope: The passages to look at; None for all that the regions named allow.
            regions: Region codes named; passages about other regions sink.
            context: Terms of the conversation so far, counted less.
            current: Whether what holds now was asked; revoked texts are left out.
            limit: Most hits to return.
            alone: Whether the passages are official texts alone, which carry no questions.
        """
        analysis = self._asking_what(analysis, alone)
        best = self.candidates(
            analysis,
            scope=scope,
            regions=regions,
            context=context,
            current=current,
            limit=limit,
            alone=alone,
        )
        if best is None:
            return []
        ranks = best.features @ self.weights
        order = np.argsort(-ranks, kind="stable").tolist()
        terms = (*analysis.terms, *context)
        weigh = self.index.weight
        whole = sum(map(weigh, terms)) or 1.0
        guessed = sum(map(weigh, analysis.guessed)) / whole
        share = np.exp(ranks - ranks.max())
        share /= share.sum()

        def gather(at: int) -> tuple[Evidence, float]:
            passage = best.passages[at]
            rivals = (o for o in order if o != at and not _same(passage, best.passages[o]))
            rival = next(rivals, None)
            outside = rival
            while outside is not None and _siblings(passage, best.passages[outside]):
                outside = next(rivals, None)
            held = best.match.held[at]
            evidence = Evidence(
                rank=float(ranks[at]),
                share=float(share[at]),
                question=float(best.found.cosine[at]),
                fields=float(best.found.fields[at]),
                context=float(best.match.shares[at, _CONTEXT]),
                coverage=float(best.match.coverage[at]),
                margin=_lead(ranks, at, rival),
                terms=len(terms),
                kinds=len(analysis.features),
                defined=bool(best.defined[at]),
                wants_definition=bool(analysis.defines),
                wants_difference=bool(analysis.compares),
                wants_number="?berapa" in analysis.features,
                of_place=bool(regions),
                guessed=guessed,
                first_held=bool(held[0]),
                last_held=bool(held[len(analysis.terms) - 1]) if analysis.terms else False,
                glossary=passage.kind is PassageKind.TERM,
                indicator=passage.kind is PassageKind.INDICATOR,
            )
            return evidence, _lead(ranks, at, outside)

        judge = text_probability if alone else probability
        hits = [
            Hit(best.passages[at], float(ranks[at]), partial(gather, at), judge)
            for at in order[:limit]
        ]
        return hits if alone else _surest_first(hits)

    def candidates(
        self,
        analysis: Analysis,
        *,
        scope: Scope | None = None,
        regions: frozenset[str] = frozenset(),
        context: Sequence[str] = (),
        current: bool = False,
        limit: int = 5,
        alone: bool = False,
    ) -> "Candidates | None":
        """Return the first stage's best passages with their features; None when nothing fits."""
        analysis = self._asking_what(analysis, alone)
        query = self._query(analysis, context)
        if not any(not term.startswith("?") for term, _ in query):
            return None
        near = self.within_regions({part for r in regions for part in (r, r[:2])}).ranges
        anywhere = scope is None
        scope = scope or self._scope(near)
        if not scope.ranges:
            return None
        defining = self._definitions(analysis, scope, alone)
        found = self.index.find(query, scope.ranges, defining)
        numbers = found.numbers
        scores = FIELD_SHARE * found.fields + QUESTION_SHARE * found.cosine + self._prior[numbers]
        if defining:
            scores[np.isin(numbers, defining)] += DEFINITION_BONUS
        if not analysis.defines:
            scores[self._glossary[numbers]] -= NOT_A_TERM_MALUS
        if anywhere or near:
            # Passages about single regions come last.
            scores[np.searchsorted(numbers, self._national[1]) :] -= OTHER_REGION_MALUS
            for low, high in near:
                inside = (numbers >= low) & (numbers < high)
                scores[inside] += OTHER_REGION_MALUS + NAMED_REGION_BONUS
        if anywhere and self._texts:
            # The official texts of regions are searched alone, and only where they are meant.
            scores[self._set_apart[numbers]] = -np.inf
        if current:
            scores[self._revoked[numbers]] = -np.inf
        if scope.only is not None:
            scores[~scope.only[numbers]] = -np.inf
        order = np.argsort(-scores, kind="stable")[: max(CANDIDATES, limit)]
        order = order[scores[order] > LEAST_SCORE]
        if not len(order):
            return None
        best = found.take(order)
        passages = [self.passages[n] for n in best.numbers.tolist()]
        terms = {t: self._stands_for(t) for t in (*analysis.terms, *context)}
        match = self.index.match(best.numbers, terms)
        defined = np.isin(best.numbers, defining)
        features = self._features.matrix(
            analysis,
            best.numbers.tolist(),
            passages,
            scores[order],
            best.fields,
            match,
            self.index.neighbours(best.numbers, analysis.terms),
            defined,
        )
        return Candidates(passages, best, match, features, defined)

    def _scope(self, near: tuple[Span, ...]) -> Scope:
        """Return nation-wide texts and those of some regions; of all regions if they are few."""
        low, high = self._national
        if len(self.passages) - (high - low) <= _FEW_LOCAL:
            return Scope(((0, len(self.passages)),))
        return Scope((self._national, *near))

    def _query(self, analysis: Analysis, context: Sequence[str]) -> list[tuple[str, float]]:
        weights: dict[str, float] = {}
        for term in analysis.terms:
            weights[term] = 1.0
        for length in range(1, 4):
            for at in range(len(analysis.terms) - length + 1):
                phrase = analysis.terms[at : at + length]
                others = self._synonyms.get(phrase)
                if not others:
                    continue
                replaced = sum(self.index.weight(t) for t in phrase)
                for other in others:
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

    def _asking_what(self, analysis: Analysis, alone: bool) -> Analysis:
        """Read a question as one for a definition where a defined term stands in it.

        That is where it asks what something means in other words than "apa itu X", or names
        nothing but the term.
        """
        if analysis.defines or "?beda" in analysis.features:
            return analysis
        asked = tuple(t for t in analysis.terms if t not in _TAKES_IN)
        defined = self._defined_apart if alone else self._defined
        if analysis.meaning:
            head = defined.longest(asked)
        elif _NO_DEFINITION.isdisjoint(analysis.features) and len(asked) > 1:
            takes_in = len(asked) < len(analysis.terms) or "?daftar" not in analysis.features
            head = asked if takes_in and asked in defined else ()
        else:
            head = ()
        return replace(analysis, defines=(head,)) if head else analysis

    def _definitions(self, analysis: Analysis, scope: Scope, alone: bool) -> list[int]:
        """Return the passages that define the term asked for."""
        found: set[int] = set()
        readings = [self._defining(head, scope, alone) for head in analysis.defines]
        found.update(next((numbers for numbers in readings if numbers), ()))
        sides = [self._defining(head, scope, alone) for head in analysis.compares]
        if sum(map(bool, sides)) > 1:
            found.update(*sides)
        return sorted(found)

    def _defining(self, head: tuple[str, ...], scope: Scope, alone: bool) -> list[int]:
        """Return the passages that define a term, by its name or one that stands for it."""
        without = tuple(t for t in head if t != "spbe")
        defined = self._defined_apart if alone else self._defined
        for name in (head, without, *self._synonyms.get(head, ())):
            found = defined.within(name, scope.ranges)
            if found:
                return found
        return []

    def _stands_for(self, term: str) -> list[str]:
        """Return a term and the words of its synonyms."""
        return [term, *(t for other in self._synonyms.get((term,), ()) for t in other)]


def _key(source: str, locator: str) -> np.uint64:
    """Return a number that stands for an address, the same in every process."""
    digest = hashlib.blake2b(f"{source}#{locator}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def _surest_first(hits: list[Hit]) -> list[Hit]:
    """Put a hit first that is clearly surer than the one that ranks first."""
    if not hits or hits[0].confidence + _CLEARLY_SURER > 1:
        return hits
    near = hits[:_RECONSIDERED]
    surest = max(near, key=lambda hit: hit.confidence)
    if surest.confidence < near[0].confidence + _CLEARLY_SURER:
        return hits
    return [surest, *(hit for hit in hits if hit is not surest)]


def _same(a: Passage, b: Passage) -> bool:
    """Whether two passages would answer alike: one lies in the other, or same term."""
    if a.term and b.term and set(term_heads(a.term)) & set(term_heads(b.term)):
        return True
    if a.rests_on and f"{b.source}#{b.locator}" in a.rests_on:
        return True
    if b.rests_on and f"{a.source}#{a.locator}" in b.rests_on:
        return True
    if a.source == b.source:
        return a.locator.startswith(b.locator) or b.locator.startswith(a.locator)
    # One rule often repeats another's wording.
    return fuzz.token_set_ratio(a.text, b.text) >= _REPEATS


def _siblings(a: Passage, b: Passage) -> bool:
    """Whether two passages stand in the same pasal."""
    return a.source == b.source and pasal_of(a.locator) == pasal_of(b.locator) != ""


def _stretch(spans: dict[str, Span], key: str, number: int) -> None:
    """Let the span of a key reach over one more passage."""
    low, _ = spans.get(key, (number, number))
    spans[key] = (low, number + 1)


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


def _synonyms(terms: Sequence[Term]) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    out: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for term in terms:
        names = [term.name, term.expansion, *term.synonyms]
        keys = [k for k in dict.fromkeys(tuple(content(tokenize(n))) for n in names if n) if k]
        for key in keys:
            out[key].extend(other for other in keys if other != key)
    return dict(out)
