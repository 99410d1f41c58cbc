"""How likely the first passage is right: a small logistic model over the search's evidence.

The coefficients are fitted by ``bench/calibrate.py`` on this project's own questions (each
everyday question held out of the index in turn) and its own unanswerable ones.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the search knows about one hit.

    Attributes:
        score: Final score without prior.
        question: Cosine with its closest everyday question.
        fields: Share of the query that its fields hold, saturated.
        coverage: Share of the question's weighted terms that it holds at all.
        known: Share of the question's weighted terms that the knowledge knows.
        margin: Lead over the best passage that answers differently.
        terms: Number of topic terms in the question.
        defined: Whether it defines the term asked for.
        wants_definition: Whether a definition was asked for.
        wants_difference: Whether two things are to be told apart.
        guessed: Share of the question's weighted terms that stand for unknown words.
    """

    score: float
    question: float
    fields: float
    coverage: float
    known: float
    margin: float
    terms: int
    defined: bool
    wants_definition: bool
    wants_difference: bool = False
    guessed: float = 0.0

    def vector(self) -> tuple[float, ...]:
        """The features of the logistic model."""
        return (
            self.score,
            self.question,
            self.fields,
            self.coverage,
            self.known,
            min(self.margin, 0.3),
            1.0 / (1 + self.terms),
            float(self.defined),
            float(self.wants_definition and not self.defined),
            self.guessed,
        )


INTERCEPT = -5.6
COEFFICIENTS = (2.4, 4.2, 1.0, 2.6, 1.6, 3.0, -0.8, 2.0, -1.2, -1.0)

ANSWER_FROM = 0.5
OFFER_FROM = 0.25


def probability(evidence: Evidence) -> float:
    """Return the estimated probability that the hit answers the question."""
    z = INTERCEPT + sum(c * x for c, x in zip(COEFFICIENTS, evidence.vector(), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))
