"""From maturity levels to the index: weights, parts and predikat of an instrument.

The index is the sum over all indicators of level x weight / 100, and that of a domain or aspect
the weighted mean of its indicators (PermenPANRB 59/2020, Lampiran bab II huruf B; PermenPANRB
8/2026 keeps the form, known second-hand).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.knowledge.model import Part, PredicateBand, Snapshot
from bot.regions.predicate import predicate_of

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class Weighed:
    """An indicator as scoring sees it; ``weight`` in percent of the index."""

    number: int
    name: str
    weight: float


@dataclass(frozen=True)
class Instrument:
    """What an index is made of.

    Attributes:
        name: ``spbe`` (47 indicators) or ``pemdi`` (20).
        title: As people call it.
        indicators: By number.
        domains: Parts that reports print; none for Indeks Pemdi.
        aspects: The parts below them.
        bands: Predikat and bounds, highest first.
    """

    name: str
    title: str
    indicators: dict[int, Weighed]
    domains: dict[int, Part]
    aspects: dict[int, Part]
    bands: tuple[PredicateBand, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What a set of levels earns; figures are not rounded."""

    index: float
    predicate: str
    domains: dict[int, float]
    aspects: dict[int, float]


def spbe(snapshot: Snapshot) -> Instrument:
    """Return the instrument of 47 indicators."""
    return Instrument(
        "spbe",
        "Indeks SPBE",
        {i.number: Weighed(i.number, i.short, i.weight) for i in snapshot.indicators.values()},
        snapshot.domains,
        snapshot.aspects,
        snapshot.predicates.get("spbe", ()),
    )


def pemdi(snapshot: Snapshot) -> Instrument | None:
    """Return the instrument of 20 indicators; None where the knowledge has none."""
    if snapshot.pemdi is None:
        return None
    return Instrument(
        "pemdi",
        "Indeks Pemdi",
        {
            i.number: Weighed(i.number, i.name, i.weight)
            for i in snapshot.pemdi.indicators.values()
        },
        {},
        snapshot.pemdi.aspects,
        snapshot.predicates.get("pemdi", ()),
    )


def score(instrument: Instrument, levels: Mapping[int, float]) -> Score:
    """Score a level for every indicator of an instrument.

    Raises:
        KeyError: An indicator has no level.
    """
    return Score(
        _total(instrument, levels, instrument.indicators),
        predicate_of(_total(instrument, levels, instrument.indicators), instrument.bands),
        {n: _mean(instrument, levels, part) for n, part in instrument.domains.items()},
        {n: _mean(instrument, levels, part) for n, part in instrument.aspects.items()},
    )


def from_domains(instrument: Instrument, domains: Mapping[int, float]) -> float:
    """Return the index that domain figures earn (unrounded)."""
    return float(
        sum(
            Fraction(str(domains[n])) * Fraction(str(p.weight))
            for n, p in instrument.domains.items()
        )
        / 100
    )


def members(part: Part) -> range:
    """Return the numbers of the indicators of a domain or aspect."""
    first, last = part.indicators
    return range(first, last + 1)


def _total(
    instrument: Instrument, levels: Mapping[int, float], numbers: Mapping[int, Weighed]
) -> float:
    # Exact, so that an index on a bound falls on the right side of it.
    return float(
        sum(
            Fraction(str(levels[n])) * Fraction(str(instrument.indicators[n].weight))
            for n in numbers
        )
        / 100
    )


def _mean(instrument: Instrument, levels: Mapping[int, float], part: Part) -> float:
    numbers = [n for n in members(part) if n in instrument.indicators]
    weights = [Fraction(str(instrument.indicators[n].weight)) for n in numbers]
    total = sum(w * Fraction(str(levels[n])) for w, n in zip(weights, numbers, strict=True))
    return float(total / sum(weights)) if weights else 0.0
