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


INTERCEPT = -1.26
COEFFICIENTS = (2.79, -3.49, 3.29, 1.68, -0.34, 6.77, -10.52, 1.38, 0.06, -0.68)

# The fit sees each question with its own wording held out of the index, so it is cautious: in use
# the wording of most questions is near one that the index holds, and far more are right than said.
ANSWER_FROM = 0.22
OFFER_FROM = 0.1


def probability(evidence: Evidence) -> float:
    """Return the estimated probability that the hit answers the question."""
    z = INTERCEPT + sum(c * x for c, x in zip(COEFFICIENTS, evidence.vector(), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))
