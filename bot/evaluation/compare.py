"""Whether one run is better than another: the exact sign test on the questions that differ."""

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the same questions.

    Attributes:
        better: Questions that only the new run got right.
        worse: Questions that only the old run got right.
        p: Probability of a split at least so uneven if both were as good (two-sided).
    """

    better: tuple[str, ...]
    worse: tuple[str, ...]
    p: float


def compare(old: Mapping[str, bool], new: Mapping[str, bool]) -> Comparison:
    """Compare hits by question id; questions in one run only are left out."""
    shared = sorted(old.keys() & new.keys())
    better = tuple(i for i in shared if new[i] and not old[i])
    worse = tuple(i for i in shared if old[i] and not new[i])
    return Comparison(better, worse, sign_test(len(better), len(worse)))


def sign_test(wins: int, losses: int) -> float:
    """Return the two-sided p-value of McNemar's exact test."""
    count = wins + losses
    if not count:
        return 1.0
    tail = sum(math.comb(count, k) for k in range(min(wins, losses) + 1)) / 2**count
    return float(min(1.0, 2 * tail))
