"""Searches official texts, which carry no everyday questions and speak the law's language.

The nation-wide knowledge helps: it finds by its everyday questions which rule is asked for, and
a region's text mostly repeats that rule in much the same words.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from bot.answering.question import Question
from bot.retrieval.analysis import Analysis, content, field_terms
from bot.retrieval.confidence import ANSWER_FROM, Evidence, text_probability
from bot.retrieval.engine import Engine, Hit
from bot.retrieval.passages import PassageKind
from bot.retrieval.postings import Span

# Likeness of two rules (0 to 100) from which they are on one matter.
SAME_MATTER = 60.0
# Logits that a unit gains which is on the matter of a nation-wide rule found, and once more what
# repeats it: so many points of likeness further.
_SUPPORT = 2.0
_REPEATED = 20.0
# How sure a nation-wide rule must be to count, of the surest.
_AS_SURE = 0.7
# Logits that a definition loses where none was asked for: a text defines all it speaks of.
_DEFINITION = 1.5
# Logits that a unit without a number loses where a number or a time was asked for.
_NUMBERLESS = 2.5
# Share of a question's words that a unit holds, and its lead in logits, from which it stands out.
_HOLDS_ALL = 0.99
_FAR_AHEAD = 3.0
_REFERENCE = re.compile(r"(?i)\b(?:pasal|ayat|huruf|angka|nomor|tahun)\s*\(?\d+\)?")
_STATES = {
    "?berapa": re.compile(r"\d"),
    "?kapan": re.compile(r"(?i)\d|waktu|setiap|tanggal|sebelum|setelah|sampai|sejak|berkala"),
}
_REGION = tuple(content(["pemerintah", "daerah"]))
_CENTRAL = frozenset(content("nasional pusat kementerian".split()))
_LOOKED_AT = 8


class LocalSearch:
    """Searches the official texts of regions, and the nation-wide rules for a region."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def units(
        self,
        question: Question,
        ranges: tuple[Span, ...],
        national: Sequence[Hit],
        before: tuple[str, ...] = (),
    ) -> list[Hit]:
        """Rank the units of official texts, most likely first, and say how sure each is.

        Args:
            question: What was asked.
            ranges: Where the texts stand among the passages.
            national: The nation-wide rules that may answer the same question.
            before: Terms of the question before, which a short one leaves out.
        """
        scope = self._engine.official(ranges)
        best: list[Hit] = []
        for analysis in (question.analysis, *question.parts) if scope.ranges else ():
            plain = _without_places(analysis, question)
            if before:
                plain = replace(plain, terms=tuple(dict.fromkeys((*plain.terms, *before))))
            if not plain.terms:
                continue
            found = self._engine.search(plain, scope=scope, alone=True, limit=_LOOKED_AT)
            hits = _weighed(found, plain, national)
            if hits and (not best or surest(hits[0]) > surest(best[0])):
                best = hits
        return best

    def national(self, question: Question, before: tuple[str, ...] = ()) -> list[Hit]:
        """Return the nation-wide rules for a question that a region was named in.

        The region stands for any: what it asks of Kulon Progo it asks of a local government.
        """
        analysis = question.analysis
        if not analysis.terms:
            analysis, before = replace(analysis, terms=before), ()
        context = tuple(t for t in (*before, *_REGION) if t not in analysis.terms)
        hits = self._engine.search(
            analysis, scope=self._engine.national(), context=context, limit=5
        )
        central = _CENTRAL.difference(analysis.terms)
        fitting = [h for h in hits if central.isdisjoint(_headed(h))]
        # Where all are about the centre, that is what was meant.
        return fitting or hits


def surest(hit: Hit) -> float:
    """Return how sure it is that the answer stands in a hit or beside it in its pasal."""
    return max(hit.confidence, hit.pasal_confidence)


def stands_out(hit: Hit) -> bool:
    """Whether a question of one word has one unit to answer it: "tujuan perbup itu apa?"."""
    evidence = hit.evidence
    return evidence.terms == 1 and evidence.coverage >= _HOLDS_ALL and hit.lead >= _FAR_AHEAD


def twin(hit: Hit, national: Iterable[Hit]) -> tuple[Hit | None, float]:
    """Return the nation-wide rule that a unit repeats most, and how alike they are, 0 to 100."""
    text = hit.passage.text.lower()
    found: tuple[Hit | None, float] = (None, 0.0)
    least = max((_AS_SURE * other.confidence for other in national), default=0.0)
    least = max(least, ANSWER_FROM)
    for other in national:
        if other.passage.kind is PassageKind.PROVISION and other.confidence >= least:
            alike = fuzz.token_set_ratio(text, other.passage.text.lower())
            found = max(found, (other, alike), key=lambda pair: pair[1])
    return found if found[1] >= SAME_MATTER else (None, 0.0)


def _weighed(found: Iterable[Hit], analysis: Analysis, national: Sequence[Hit]) -> list[Hit]:
    """Rank hits anew by what the nation-wide rules and their own text say for them."""
    out = []
    for hit in found:
        shift = 0.0
        other, alike = twin(hit, national)
        if other is not None:
            shift += _SUPPORT + _SUPPORT * min((alike - SAME_MATTER) / _REPEATED, 1.0)
        if hit.passage.term and not hit.evidence.defined:
            shift -= _DEFINITION
        if not _states(hit, analysis):
            shift -= _NUMBERLESS
        out.append(replace(hit, score=hit.score + shift, judge=_Shifted(shift)))
    return sorted(out, key=lambda hit: -hit.score)


class _Shifted:
    """The confidence model of official texts, with logits added."""

    def __init__(self, shift: float) -> None:
        self._shift = shift

    def __call__(self, evidence: Evidence) -> float:
        plain = min(max(text_probability(evidence), 1e-9), 1 - 1e-9)
        return 1 / (1 + math.exp(-math.log(plain / (1 - plain)) - self._shift))


def _states(hit: Hit, analysis: Analysis) -> bool:
    """Whether a unit holds a number or a time where one is asked for."""
    text = _REFERENCE.sub("", hit.passage.text)
    return all(
        pattern.search(text) for kind, pattern in _STATES.items() if kind in analysis.features
    )


def _headed(hit: Hit) -> frozenset[str]:
    """Return the stems of what a nation-wide rule stands under."""
    passage = hit.passage
    return frozenset((*field_terms(passage.heading), *field_terms(passage.context)))


def _without_places(analysis: Analysis, question: Question) -> Analysis:
    """Leave out the names of regions that a clause read on its own still holds."""
    if analysis is question.analysis:
        return analysis
    places = question.named | question.refs.used
    named = set(content(question.tokens[at] for at in places))
    return replace(analysis, terms=tuple(t for t in analysis.terms if t not in named))
