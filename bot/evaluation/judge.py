"""Whether an answer is what was expected."""

from dataclasses import dataclass
from typing import Any

from bot.answering.answer import Answer, Citation, Kind, Value
from bot.evaluation.questions import Asked, Expectation

_NEAR = 0.005


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an answer fared.

    Attributes:
        rank: Place of the first right citation, 1 the best; 0 when the answer is wrong.
        why: Why it is no hit at the first place; empty for a hit.
        shown: Whether something was answered at all.
    """

    rank: int
    why: str
    shown: bool

    @property
    def hit(self) -> bool:
        """Whether the answer is right, its first citation included."""
        return not self.why

    @property
    def wrong_shown(self) -> bool:
        """Whether a wrong answer was shown rather than none."""
        return self.shown and not self.hit


def judge(asked: Asked, answer: Answer) -> Verdict:
    """Judge one answer; small talk counts as abstaining."""
    expect = asked.expect
    shown = answer.kind not in (Kind.UNKNOWN, Kind.SMALLTALK)
    if expect.abstain:
        return Verdict(0 if shown else 1, "did not abstain" if shown else "", shown)
    if not shown:
        return Verdict(0, "abstained", shown)
    why = _content(expect, answer)
    if why:
        return Verdict(0, why, shown)
    rank = _rank(expect, answer.citations)
    if rank == 1:
        return Verdict(1, "", shown)
    cited = ", ".join(f"{c.source}#{c.locator}" for c in answer.citations[:2])
    return Verdict(rank, f"cited {cited}", shown)


def _content(expect: Expectation, answer: Answer) -> str:
    text = answer.plain()
    for pattern in expect.include:
        if not pattern.search(text):
            return f"answer lacks /{pattern.pattern}/"
    for pattern in expect.exclude:
        if pattern.search(text):
            return f"answer has /{pattern.pattern}/"
    for wanted in expect.values:
        if not any(_same(wanted, value) for value in answer.values):
            return f"no value {wanted}"
    return ""


def _rank(expect: Expectation, citations: tuple[Citation, ...]) -> int:
    if not expect.cite:
        return 1
    units = [(c.source, c.locator) for c in citations]
    places = (n for n, u in enumerate(units, 1) if any(names_unit(u, w) for w in expect.cite))
    return next(places, 0)


def names_unit(unit: tuple[str, str], wanted: tuple[str, str]) -> bool:
    """Whether a unit (source, locator) is the one wanted, one inside it, or one around it."""
    source, locator = wanted
    have = unit[1]
    return unit[0] == source and (
        not locator
        or have == locator
        or have.startswith(locator + "-")
        or (have != "" and locator.startswith(have + "-"))
    )


def _same(wanted: dict[str, Any], value: Value) -> bool:
    predicate = str(wanted.get("predicate") or value.predicate)
    return (
        value.region == str(wanted["region"])
        and value.year == int(wanted["year"])
        and abs(value.index - float(wanted["index"])) < _NEAR
        and predicate.lower() == value.predicate.lower()
    )
