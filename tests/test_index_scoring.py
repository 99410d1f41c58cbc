"""From levels to the index: the official examples, the published rows, the fewest steps."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import lcm

import pytest
from bot.knowledge.model import IndexRecord, PredicateBand, Snapshot
from bot.regions import scoring
from bot.regions.predicate import predicate_of
from bot.regions.scoring import Instrument, Weighed
from bot.regions.steps import Step, fewest_steps
from hypothesis import example, given, settings
from hypothesis import strategies as st

# Kebijakan and tata kelola are means of ten indicators of one weight, so one decimal says them
# exactly; the other two are cut to two decimals (at most 0.005 off), and so is the index itself.
ROUNDING = Fraction("0.005")
TOLERANCE = ROUNDING + ROUNDING * (Fraction("0.165") + Fraction("0.455"))

# PermenPANRB 59/2020, Lampiran I, Tabel 10 (indicators 11-14), Tabel 11 (aspects 2-4) and
# Tabel 12 (the four domains).
TABEL_10 = {11: 3, 12: 4, 13: 3, 14: 2}
TABEL_11 = {2: 3.0, 3: 4.0, 4: 3.0}
TABEL_12 = {1: 3.70, 2: 3.40, 3: 3.00, 4: 3.20}
# Laporan Hasil Evaluasi SPBE 2021 of an agency: its 47 levels, and the figures printed for them.
LHE_2021 = [int(level) for level in "33333333332254333332111111111114444443345432433"]
LHE_2021_ASPECTS = (3.00, 3.25, 3.00, 2.50, 1.00, 1.00, 3.90, 3.17)
LHE_2021_DOMAINS = (3.00, 3.00, 1.00, 3.61)
LHE_2021_INDEX = 2.95

# Printed below the lowest level there is; the index printed beside it rests on that figure.
MISPRINTS = {("16.07", 2023): "layanan 0,30"}
# The figure printed is the rounded one, the predikat that of the unrounded one.
ON_A_BOUND = {("12.25", 2024): "Kurang", ("35.01", 2024): "Baik", ("73.17", 2024): "Cukup"}

BANDS = (PredicateBand("Baik", 2.6), PredicateBand("Kurang", 1.0))


@pytest.fixture(scope="module")
def spbe(knowledge: Snapshot) -> Instrument:
    return scoring.spbe(knowledge)


@pytest.fixture(scope="module")
def pemdi(knowledge: Snapshot) -> Instrument:
    found = scoring.pemdi(knowledge)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def whole_rows(knowledge: Snapshot) -> list[IndexRecord]:
    """The rows with a figure for each domain."""
    return [record for record in knowledge.records if None not in record.domains]


def _from_domains(instrument: Instrument, record: IndexRecord) -> float:
    return scoring.from_domains(
        instrument, {n: d for n, d in enumerate(record.domains, 1) if d is not None}
    )


# -- the published rows ---------------------------------------------------------------------------


def test_domains_reproduce_every_published_index(
    spbe: Instrument, whole_rows: list[IndexRecord]
) -> None:
    off = {
        (record.region, record.year): (record.index, earned)
        for record in whole_rows
        if abs(Fraction(earned := _from_domains(spbe, record)) - Fraction(str(record.index)))
        > TOLERANCE
    }
    assert off == {}
    # 1,232 rows without the misprint, which reproduces its index too.
    assert len(whole_rows) == 1232 + len(MISPRINTS)
    assert {r.basis for r in whole_rows} == {"resmi"}


def test_two_domains_are_printed_exactly(whole_rows: list[IndexRecord]) -> None:
    for record in whole_rows:
        for domain in record.domains[:2]:
            assert (Fraction(str(domain)) * 10).denominator == 1, record


def test_domains_lie_between_the_levels_but_for_a_misprint(whole_rows: list[IndexRecord]) -> None:
    outside = {(r.region, r.year) for r in whole_rows if not all(1 <= d <= 5 for d in r.domains)}
    assert outside == set(MISPRINTS)


def test_predicates_are_those_of_the_unrounded_index(
    spbe: Instrument, whole_rows: list[IndexRecord]
) -> None:
    other = {
        (record.region, record.year): record.predicate
        for record in whole_rows
        if predicate_of(record.index, spbe.bands) != record.predicate
    }
    assert other == ON_A_BOUND
    for record in whole_rows:
        if (record.region, record.year) in ON_A_BOUND:
            earned = predicate_of(_from_domains(spbe, record), spbe.bands)
            assert earned == record.predicate


# -- the official examples ------------------------------------------------------------------------


def test_example_of_an_aspect(spbe: Instrument) -> None:
    levels = dict.fromkeys(spbe.indicators, 1) | TABEL_10
    assert scoring.score(spbe, levels).aspects[2] == 3.00


def test_example_of_a_domain(spbe: Instrument) -> None:
    levels = dict.fromkeys(spbe.indicators, 1)
    for aspect, level in TABEL_11.items():
        levels |= dict.fromkeys(scoring.members(spbe.aspects[aspect]), int(level))
    score = scoring.score(spbe, levels | TABEL_10)
    assert {n: score.aspects[n] for n in TABEL_11} == TABEL_11
    assert score.domains[2] == 3.40


def test_example_of_an_index(spbe: Instrument) -> None:
    assert scoring.from_domains(spbe, TABEL_12) == 3.282


def test_levels_of_an_evaluation_report(spbe: Instrument) -> None:
    score = scoring.score(spbe, dict(enumerate(LHE_2021, 1)))
    assert score.index == 2.9475
    assert score.predicate == "Baik"
    assert tuple(round(d, 2) for d in score.aspects.values()) == LHE_2021_ASPECTS
    assert tuple(round(d, 2) for d in score.domains.values()) == LHE_2021_DOMAINS
    # As printed: 2.9475 to two decimals.
    assert abs(score.index - LHE_2021_INDEX) <= ROUNDING


# -- what holds for any levels --------------------------------------------------------------------


@pytest.mark.parametrize("level", range(scoring.LOWEST, scoring.HIGHEST + 1))
@pytest.mark.parametrize("name", ["spbe", "pemdi"])
def test_one_level_everywhere_is_the_index(
    request: pytest.FixtureRequest, name: str, level: int
) -> None:
    instrument = request.getfixturevalue(name)
    score = scoring.score(instrument, dict.fromkeys(instrument.indicators, level))
    assert score.index == level
    assert set(score.aspects.values()) == {level}
    assert set(score.domains.values()) <= {level}


@pytest.mark.parametrize("name", ["spbe", "pemdi"])
def test_weights_and_parts_cover_the_instrument(request: pytest.FixtureRequest, name: str) -> None:
    instrument = request.getfixturevalue(name)
    assert sum(Fraction(str(i.weight)) for i in instrument.indicators.values()) == 100
    for parts in filter(None, (instrument.domains, instrument.aspects)):
        inside = [n for part in parts.values() for n in scoring.members(part)]
        assert inside == sorted(instrument.indicators)
        for part in parts.values():
            own = [instrument.indicators[n].weight for n in scoring.members(part)]
            assert sum(Fraction(str(w)) for w in own) == Fraction(str(part.weight))


def test_a_level_is_needed_for_every_indicator(spbe: Instrument) -> None:
    with pytest.raises(KeyError):
        scoring.score(spbe, {1: 3})


# Levels that lie exactly on the bound: all indicators at one level, but these at another.
ON_BOUNDS = {
    "Memuaskan": (4.2, 4, {5: range(11, 19)}),
    "Sangat Baik": (3.5, 3, {5: range(11, 15), 4: [*range(15, 21), *range(21, 31)]}),
    "Baik": (2.6, 3, {2: range(11, 31)}),
    "Cukup": (1.8, 2, {1: range(11, 19)}),
}


@pytest.mark.parametrize("predicate", ON_BOUNDS)
def test_a_bound_belongs_to_the_higher_predicate(spbe: Instrument, predicate: str) -> None:
    bound, usual, others = ON_BOUNDS[predicate]
    levels = dict.fromkeys(spbe.indicators, usual)
    for level, numbers in others.items():
        levels |= dict.fromkeys(numbers, level)
    score = scoring.score(spbe, levels)
    assert (score.index, score.predicate) == (bound, predicate)
    plan = fewest_steps(spbe, levels, bound)
    assert plan is not None
    assert plan.steps == ()
    assert plan.index == bound

    lower = levels | {1: levels[1] - 1}
    names = [band.name for band in spbe.bands]
    assert scoring.score(spbe, lower).predicate == names[names.index(predicate) + 1]
    plan = fewest_steps(spbe, lower, bound)
    assert plan is not None
    assert len(plan.steps) == 1
    assert plan.index >= bound


# -- the fewest steps -----------------------------------------------------------------------------


def _instrument(weights: list[float]) -> Instrument:
    indicators = {n: Weighed(n, f"I{n}", w) for n, w in enumerate(weights, 1)}
    return Instrument("t", "T", indicators, {}, {}, BANDS)


def _exact(instrument: Instrument, levels: Mapping[int, int]) -> Fraction:
    return sum(
        (Fraction(str(i.weight)) * levels[n] for n, i in instrument.indicators.items()),
        Fraction(0),
    )


def _best(
    instrument: Instrument, levels: Mapping[int, int], goal: float, fixed: frozenset[int]
) -> tuple[int, int] | None:
    """Try all levels: the number of steps, and the sum of the levels they reach."""
    exact = [Fraction(str(i.weight)) for i in instrument.indicators.values()]
    scale = lcm(*(w.denominator for w in exact))
    weights = [int(w * scale) for w in exact]
    now = [levels[n] for n in instrument.indicators]
    wanted = Fraction(str(goal)) * 100 * scale
    found = (
        (
            sum(t - n for t, n in zip(target, now, strict=True)),
            sum(sum(range(n + 1, t + 1)) for t, n in zip(target, now, strict=True)),
        )
        for target in product(
            *(
                (levels[n],) if n in fixed else range(levels[n], scoring.HIGHEST + 1)
                for n in instrument.indicators
            )
        )
        if sum(w * t for w, t in zip(weights, target, strict=True)) >= wanted
    )
    return min(found, default=None)


@st.composite
def _cases(
    draw: st.DrawFn,
) -> tuple[Instrument, dict[int, int], float, frozenset[int]]:
    weights = draw(
        st.lists(st.sampled_from([0.5, 1, 1.3, 1.5, 2, 2.75, 3, 7]), min_size=2, max_size=5)
    )
    # Few weights a case, so that indicators that weigh the same are common.
    kinds = draw(st.integers(1, 3))
    weights = [weights[n % kinds] if n % 2 else w for n, w in enumerate(weights)]
    if draw(st.booleans()):
        weights = [w * 100 / sum(weights) for w in weights]
    instrument = _instrument(weights)
    level = st.integers(scoring.LOWEST, scoring.HIGHEST)
    levels = {n: draw(level) for n in instrument.indicators}
    if draw(st.booleans()):
        # A goal that some levels meet exactly.
        reached = {n: max(levels[n], draw(level)) for n in instrument.indicators}
        goal = float(_exact(instrument, reached) / 100)
    else:
        most = sum(weights) / 100
        goal = round(most * draw(st.integers(80, 520)) / 100, 4)
    fixed = draw(st.frozensets(st.sampled_from(sorted(levels)), max_size=2))
    return instrument, levels, goal, fixed


@settings(derandomize=True, deadline=None, max_examples=300)
@given(_cases())
@example((_instrument([50.0, 50.0]), {1: 5, 2: 5}, 5.0, frozenset({1, 2})))
@example((_instrument([50.0, 50.0]), {1: 5, 2: 4}, 5.0, frozenset({2})))
@example((_instrument([0.1, 0.2, 99.7]), {1: 2, 2: 2, 3: 2}, 2.003, frozenset({3})))
def test_fewest_steps_is_the_best_of_all_ways(
    case: tuple[Instrument, dict[int, int], float, frozenset[int]],
) -> None:
    instrument, levels, goal, fixed = case
    best = _best(instrument, levels, goal, fixed)
    plan = fewest_steps(instrument, levels, goal, fixed)
    if best is None:
        assert plan is None
        return
    assert plan is not None
    assert (len(plan.steps), sum(step.level for step in plan.steps)) == best
    assert not fixed & {step.indicator for step in plan.steps}
    raised = dict(levels)
    for step in plan.steps:
        # Level by level: in their order the steps can be taken one after the other.
        assert step.level == raised[step.indicator] + 1
        raised[step.indicator] = step.level
    assert max(raised.values()) <= scoring.HIGHEST
    assert _exact(instrument, raised) >= Fraction(str(goal)) * 100
    assert plan.index == float(_exact(instrument, raised) / 100)
    assert list(plan.ties) == _ties(instrument, levels, plan.steps, fixed)


def _ties(
    instrument: Instrument,
    levels: Mapping[int, int],
    steps: tuple[Step, ...],
    fixed: frozenset[int],
) -> list[int]:
    """Find the indicators outside a plan whose next step could stand in for a last one in it."""
    last = {step.indicator: step.level for step in steps}
    taken = {(instrument.indicators[n].weight, level) for n, level in last.items()}
    return [
        n
        for n, i in instrument.indicators.items()
        if n not in last and n not in fixed and (i.weight, levels[n] + 1) in taken
    ]


def test_of_equal_plans_the_lowest_numbers_are_taken() -> None:
    plan = fewest_steps(_instrument([25.0, 25.0, 25.0, 25.0]), dict.fromkeys(range(1, 5), 2), 2.5)
    assert plan is not None
    assert plan.steps == (Step(1, 3), Step(2, 3))
    assert plan.ties == (3, 4)


def test_of_equal_plans_the_heaviest_indicators_are_spared() -> None:
    plan = fewest_steps(_instrument([60.0, 40.0]), {1: 1, 2: 1}, 1.4)
    assert plan is not None
    assert plan.steps == (Step(2, 2),)


@pytest.mark.parametrize("name", ["spbe", "pemdi"])
def test_the_way_from_the_bottom_to_the_top(request: pytest.FixtureRequest, name: str) -> None:
    instrument = request.getfixturevalue(name)
    levels = dict.fromkeys(instrument.indicators, scoring.LOWEST)
    plan = fewest_steps(instrument, levels, scoring.HIGHEST)
    assert plan is not None
    assert len(plan.steps) == 4 * len(instrument.indicators)
    assert plan.index == scoring.HIGHEST
    assert plan.ties == ()
    assert fewest_steps(instrument, levels, 5.01) is None
    # One that may not be raised, and the top is out of reach.
    assert fewest_steps(instrument, levels, scoring.HIGHEST, frozenset({1})) is None
