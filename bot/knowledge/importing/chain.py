"""Finds the true headings among look-alikes: numbers that rise by one through a document.

A line that begins "Pasal 5 ayat (2)" or "(3)" may be a heading or the middle of a sentence. Each
candidate has a score for its looks; the chosen ones are the rising chain with the best sum, where
every number left out costs. So a strong heading is never lost to a weak reference, and a weak one
is taken where it alone fills a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_FIRST_GAP = 2.0
_NEXT_GAP = 0.6
_WIDEST = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible heading.

    Attributes:
        at: Where it stands; candidates at one place exclude one another.
        number: The number it would bear.
        suffix: A letter after the number, as in 5A; sorts after the bare number.
        score: How much it looks like a heading.
    """

    at: int
    number: int
    score: float
    suffix: str = ""

    @property
    def key(self) -> tuple[int, str]:
        """Numbers in the order of the law: 5, 5A, 5B, 6."""
        return self.number, self.suffix


def _gap(missing: int) -> float:
    return 0.0 if missing <= 0 else _FIRST_GAP + _NEXT_GAP * (min(missing, _WIDEST) - 1)


def best_chain(candidates: Sequence[Candidate], *, first: int = 1) -> list[Candidate]:
    """Return the rising chain of candidates with the best score.

    Args:
        candidates: In the order of the document.
        first: The number with which the chain should begin.
    """
    scores: list[float] = []
    before: list[int] = []
    # number -> index of the best chains that end with it, one for each suffix
    ends: dict[int, dict[str, int]] = {}
    highest: list[int] = []  # indexes, for jumps wider than looked at
    for index, item in enumerate(candidates):
        best, origin = item.score - _gap(item.number - first), -1
        for number in range(item.number, max(-1, item.number - _WIDEST - 1), -1):
            for suffix, other in ends.get(number, {}).items():
                if candidates[other].at == item.at or (number, suffix) >= item.key:
                    continue
                total = scores[other] + item.score - _gap(item.number - number - 1)
                if total > best:
                    best, origin = total, other
        for other in highest:
            if candidates[other].number < item.number - _WIDEST:
                total = scores[other] + item.score - _gap(_WIDEST)
                if total > best and candidates[other].at != item.at:
                    best, origin = total, other
        scores.append(best)
        before.append(origin)
        group = ends.setdefault(item.number, {})
        if item.suffix not in group or scores[group[item.suffix]] < best:
            group[item.suffix] = index
        highest = sorted({*highest, index}, key=lambda i: -scores[i])[:5]
    if not scores:
        return []
    at = max(range(len(scores)), key=lambda i: (scores[i], -i))
    if scores[at] <= 0:
        return []
    chain = []
    while at >= 0:
        chain.append(candidates[at])
        at = before[at]
    return chain[::-1]


def missing_numbers(chain: Sequence[Candidate], *, first: int = 1) -> list[int]:
    """Return the numbers that a chain leaves out."""
    out: list[int] = []
    expected = first
    for item in chain:
        out.extend(range(expected, item.number))
        expected = item.number + 1
    return out
