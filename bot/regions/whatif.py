"""What an index would be if levels were different.

A scenario starts from a level for every indicator, which gives exact results, or from the
published domain figures of an agency, of which the levels are not known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.regions.scoring import HIGHEST, LOWEST, Instrument, Score, from_domains, members, score


@dataclass(frozen=True, slots=True)
class Levels:
    """A level for every indicator.

    Attributes:
        instrument: Name of the ``Instrument``.
        start: Where the levels are from, as people call it.
        base: Indicator and level at the start, by number.
        now: The same after all changes.
    """

    instrument: str
    start: str
    base: tuple[tuple[int, int], ...]
    now: tuple[tuple[int, int], ...]

    def changed(self, changes: Mapping[int, int]) -> "Levels":
        """Set indicators to levels."""
        return replace(self, now=tuple({**dict(self.now), **changes}.items()))

    def reset(self) -> "Levels":
        """Take all changes back."""
        return replace(self, now=self.base)


@dataclass(frozen=True, slots=True)
class Raise:
    """One indicator brought from a level to another."""

    indicator: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Published domain figures of an agency and what was changed of them.

    Attributes:
        start: The agency and year, as people call them.
        source: Id of the ``Source`` that published the figures.
        table: The table in it.
        published: The index that was published with them.
        base: Domain and figure at the start.
        now: The same after all changes.
        raised: Indicators that were changed, in order.
    """

    start: str
    source: str
    table: str
    published: float
    base: tuple[tuple[int, float], ...]
    now: tuple[tuple[int, float], ...]
    raised: tuple[Raise, ...] = ()

    def with_domains(self, instrument: Instrument, figures: Mapping[int, float]) -> "Figures":
        """Set domains to figures; what was changed of their indicators before no longer counts."""
        rest = tuple(r for r in self.raised if domain_of(instrument, r.indicator) not in figures)
        return replace(self, now=tuple({**dict(self.now), **figures}.items()), raised=rest)

    def with_raise(self, instrument: Instrument, change: Raise) -> "Figures | None":
        """Bring an indicator to a level; a later change of it takes the place of an earlier one.

        Returns:
            None where the figure of its domain rules the level before or after out.
        """
        earlier = next((r for r in self.raised if r.indicator == change.indicator), None)
        if earlier is not None:
            rest = tuple(r for r in self.raised if r is not earlier)
            undone = replace(self._moved(instrument, earlier, -1), raised=rest)
            return undone.with_raise(instrument, replace(change, before=earlier.before))
        if change.before not in self.possible(instrument, change.indicator):
            return None
        return replace(self._moved(instrument, change, 1), raised=(*self.raised, change))

    def possible(self, instrument: Instrument, indicator: int) -> list[int]:
        """Return the levels that an indicator may have at the start, given its domain's figure."""
        domain = domain_of(instrument, indicator)
        part = Fraction(str(instrument.domains[domain].weight))
        weight = Fraction(str(instrument.indicators[indicator].weight))
        start = self
        for change in self.raised:
            if domain_of(instrument, change.indicator) == domain:
                start = start._moved(instrument, change, -1)
        figure, slack = Fraction(str(dict(start.now)[domain])), Fraction(str(_SLACK))

        def rest(level: int, off: Fraction) -> Fraction:
            return (part * (figure + off) - weight * level) / (part - weight)

        return [
            level
            for level in range(LOWEST, HIGHEST + 1)
            if rest(level, slack) >= LOWEST and rest(level, -slack) <= HIGHEST
        ]

    def _moved(self, instrument: Instrument, change: Raise, sign: int) -> "Figures":
        domain = domain_of(instrument, change.indicator)
        part = instrument.domains[domain]
        share = Fraction(str(instrument.indicators[change.indicator].weight))
        step = share / Fraction(str(part.weight)) * (change.after - change.before) * sign
        figure = dict(self.now)[domain] + float(step)
        return replace(
            self, now=tuple({**dict(self.now), domain: min(max(figure, LOWEST), HIGHEST)}.items())
        )

    def reset(self) -> "Figures":
        """Take all changes back."""
        return replace(self, now=self.base, raised=())


Scenario = Levels | Figures
# Published figures are rounded to two decimals.
_SLACK = 0.005


def score_of(instrument: Instrument, levels: Levels, *, start: bool = False) -> Score:
    """Score the levels of a scenario, or those it started from."""
    return score(instrument, dict(levels.base if start else levels.now))


def index_of(instrument: Instrument, figures: Figures, *, start: bool = False) -> float:
    """Return the index that the domain figures of a scenario earn."""
    return from_domains(instrument, dict(figures.base if start else figures.now))


def gain(instrument: Instrument, indicator: int, steps: int = 1) -> float:
    """Return by how much an index rises with steps of one level of an indicator."""
    return float(Fraction(str(instrument.indicators[indicator].weight)) * steps / 100)


def domain_of(instrument: Instrument, indicator: int) -> int:
    """Return the domain of an indicator."""
    return next(n for n, part in instrument.domains.items() if indicator in members(part))


def least_steps(
    instrument: Instrument, figures: Figures, goal: float, fixed: frozenset[int] = frozenset()
) -> int | None:
    """Return how many steps of one level a goal takes at least.

    The levels below the figures are not known, so this is a bound: no set of levels with these
    figures needs fewer. None when even 5 everywhere falls short.
    """
    lacking = Fraction(str(goal)) - Fraction(str(index_of(instrument, figures)))
    missing = lacking * 100
    steps: list[Fraction] = []
    for domain, figure in figures.now:
        part = instrument.domains[domain]
        room = (HIGHEST - Fraction(str(figure))) * Fraction(str(part.weight))
        weights = sorted(
            (
                Fraction(str(instrument.indicators[n].weight))
                for n in members(part)
                if n not in fixed
            ),
            reverse=True,
        )
        for weight in (w for w in weights for _ in range(HIGHEST - LOWEST)):
            steps.append(min(weight, room))
            room -= steps[-1]
    # A domain gives its heaviest steps first and a rest last, so the largest of all are a bound.
    gained = Fraction(0)
    for count, step in enumerate(sorted(steps, reverse=True)):
        if gained >= missing:
            return count
        gained += step
    return len(steps) if gained >= missing else None
