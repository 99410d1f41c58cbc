"""How likely the first passage is right: a small logistic model over the search's evidence.

The coefficients are fitted by ``bench/train.py`` on questions of writers who saw neither this
knowledge nor the dev questions, and on unanswerable ones.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.retrieval.text_weights import TEXT, TEXT_INTERCEPT
from bot.retrieval.weights import CONFIDENCE, CONFIDENCE_INTERCEPT


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the search knows about one hit.

    Attributes:
        rank: Score of the second stage, in logits.
        share: Its share among the candidates (softmax of ``rank``).
        question: Cosine with its closest everyday question.
        fields: Share of the query that its fields hold, saturated.
        context: Share of the question's weighted terms that stand in its headings.
        coverage: Share of the question's weighted terms that it holds at all.
        margin: Lead over the best passage that answers differently, in logits.
        terms: Number of topic terms in the question.
        kinds: Number of kinds of thing that are asked for (a person, a number ...).
        defined: Whether it defines the term asked for.
        wants_definition: Whether a definition was asked for.
        wants_difference: Whether two things are to be told apart.
        wants_number: Whether a number was asked for.
        of_place: Whether a region or agency was named.
        guessed: Share of the question's weighted terms that stand for unknown words.
        first_held: Whether it holds the first topic term.
        last_held: Whether it holds the last topic term.
        glossary: Whether it is an entry of the glossary.
        indicator: Whether it is about an indicator.
    """

    rank: float
    share: float
    question: float
    fields: float
    context: float
    coverage: float
    margin: float
    terms: int
    kinds: int
    defined: bool
    wants_definition: bool
    wants_difference: bool = False
    wants_number: bool = False
    of_place: bool = False
    guessed: float = 0.0
    first_held: bool = False
    last_held: bool = False
    glossary: bool = False
    indicator: bool = False

    def vector(self) -> tuple[float, ...]:
        """The features of the logistic model."""
        return (
            self.rank / 10,
            self.share,
            self.question,
            self.fields,
            self.context,
            self.coverage,
            min(self.margin, 3.0),
            0.0 if self.defined else 1.0 / (1 + self.terms),
            float(self.kinds),
            float(self.defined),
            float(self.wants_definition and not self.defined),
            float(self.wants_difference),
            float(self.wants_number),
            float(self.of_place),
            self.guessed,
            float(self.first_held),
            float(self.last_held),
            float(self.glossary),
            float(self.indicator),
        )


ANSWER_FROM = 0.45
OFFER_FROM = 0.2


def probability(evidence: Evidence) -> float:
    """Return the estimated probability that the hit answers the question."""
    return _logistic(CONFIDENCE_INTERCEPT, CONFIDENCE, evidence)


def text_probability(evidence: Evidence) -> float:
    """Return the same for the best unit of an official text that was searched alone."""
    return _logistic(TEXT_INTERCEPT, TEXT, evidence)


def _logistic(intercept: float, weights: Sequence[float], evidence: Evidence) -> float:
    z = intercept + sum(c * x for c, x in zip(weights, evidence.vector(), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))
