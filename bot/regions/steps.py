"""The smallest set of level steps that lifts an index to a goal."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from bot.regions.scoring import HIGHEST, Instrument, score

_Plan = tuple[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """Raising one indicator by one level, to ``level``."""

    indicator: int
    level: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A way to a goal.

    Attributes:
        steps: In order of indicator and level.
        index: The index they lead to.
        ties: Indicators not in the plan whose step could take the place of one in it: same
            weight, same level reached.
    """

    steps: tuple[Step, ...]
    index: float
    ties: tuple[int, ...]


def fewest_steps(
    instrument: Instrument,
    levels: Mapping[int, int],
    goal: float,
    fixed: frozenset[int] = frozenset(),
) -> Plan | None:
    """Find the fewest steps of one level that bring the index to at least ``goal``.

    Of all plans with the fewest steps it takes one with the lowest sum of levels reached (from
    2 to 3 asks less than from 4 to 5), then the one that leans least on the heaviest indicators;
    among indicators of one weight the lowest numbers come first.

    Args:
        instrument: Weights and bounds.
        levels: The level of every indicator, 1 to 5.
        goal: The index wanted.
        fixed: Indicators that cannot be raised.

    Returns:
        The plan, empty when the goal is reached already; None when even 5 everywhere fails.
    """
    scale, weights = _whole(instrument)
    needed = _needed(weights, levels, goal, scale)
    # Indicators of one weight are alike: their steps, cheapest first.
    classes: dict[int, list[Step]] = defaultdict(list)
    for number in instrument.indicators:
        if number not in fixed:
            steps = [Step(number, level) for level in range(levels[number] + 1, HIGHEST + 1)]
            classes[weights[number]].extend(steps)
    for steps in classes.values():
        steps.sort(key=lambda s: (s.level, s.indicator))
    count = _fewest(classes, needed)
    if count is None:
        return None
    heavy = sorted(classes, reverse=True)
    chosen = _cheapest(classes, heavy, count, needed)
    taken = [s for w, n in zip(heavy, chosen, strict=True) for s in classes[w][:n]]
    taken.sort(key=lambda s: (s.indicator, s.level))
    raised = dict(levels)
    for step in taken:
        raised[step.indicator] = max(raised[step.indicator], step.level)
    ties = {
        classes[w][at].indicator
        for w, n in zip(heavy, chosen, strict=True)
        for at in range(n, len(classes[w]))
        if n and classes[w][at].level == classes[w][n - 1].level
    }
    return Plan(
        tuple(taken),
        score(instrument, raised).index,
        tuple(sorted(ties - {s.indicator for s in taken})),
    )


def _whole(instrument: Instrument) -> tuple[int, dict[int, int]]:
    """Return a scale at which every weight is a whole number, and the weights."""
    exact = {n: Fraction(str(i.weight)) for n, i in instrument.indicators.items()}
    scale = lcm(*(w.denominator for w in exact.values()))
    return scale, {n: int(w * scale) for n, w in exact.items()}


def _needed(weights: Mapping[int, int], levels: Mapping[int, int], goal: float, scale: int) -> int:
    """Return the weight that is missing, rounded up to a whole one."""
    have = sum(weights[n] * levels[n] for n in weights)
    want = Fraction(str(goal)) * 100 * scale
    return max(0, -((have - want) // 1))


def _fewest(classes: Mapping[int, list[Step]], needed: int) -> int | None:
    """Return how many steps are needed at least: the heaviest first."""
    count = gained = 0
    for weight in sorted(classes, reverse=True):
        for _ in classes[weight]:
            if gained >= needed:
                return count
            gained += weight
            count += 1
    return count if gained >= needed else None


def _cheapest(
    classes: Mapping[int, list[Step]], heavy: list[int], count: int, needed: int
) -> tuple[int, ...]:
    """Return how many steps to take of each weight: ``count`` in all, the lowest levels.

    Dynamic programming over the weights; of each weight the cheapest steps come first, and a
    step to a level comes after those below it, so a number says which.
    """
    best: dict[tuple[int, int], _Plan] = {(0, 0): (0, ())}
    for at, weight in enumerate(heavy):
        costs = [0]
        for step in classes[weight]:
            costs.append(costs[-1] + step.level)
        rest = heavy[at + 1] if at + 1 < len(heavy) else 0
        after: dict[tuple[int, int], _Plan] = {}
        for (used, gained), (cost, taken) in best.items():
            for n in range(min(len(classes[weight]), count - used) + 1):
                total = gained + n * weight
                # What is left to take weighs no more than the next weight each.
                if total + (count - used - n) * rest < needed:
                    continue
                key = (used + n, min(total, needed))
                plan = (cost + costs[n], (*taken, n))
                if key not in after or plan < after[key]:
                    after[key] = plan
        best = after
    return best[(count, needed)][1]
