"""Runs the questions and sums up: hits, abstentions, calibration, latency, by group."""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answering.answer import Topic
from bot.answering.assistant import Assistant
from bot.evaluation.judge import Verdict, judge
from bot.evaluation.questions import Asked

_BINS = 10


@dataclass(frozen=True, slots=True)
class Result:
    """One question, how it fared, how sure the assistant was, how long it took (ms)."""

    asked: Asked
    verdict: Verdict
    confidence: float
    elapsed: float


@dataclass(frozen=True, slots=True)
class Score:
    """Shares (0 to 1) over a group of questions.

    Attributes:
        hit1: Right at the first place.
        hit3: Right among the first three citations.
        mrr: Mean of one over the place of the first right citation.
        wrong_shown: Answered, and wrong.
    """

    count: int
    hit1: float
    hit3: float
    mrr: float
    wrong_shown: float


def run(assistant: Assistant, questions: Iterable[Asked]) -> list[Result]:
    """Ask every question after its earlier turns."""
    results = []
    for asked in questions:
        topic = Topic()
        for turn in asked.turns:
            _, topic = assistant.ask(turn, topic)
        answer, _, elapsed = assistant.timed(asked.question, topic)
        results.append(Result(asked, judge(asked, answer), answer.confidence, elapsed))
    return results


def score(results: Sequence[Result]) -> Score:
    """Sum up a group."""
    ranks = [r.verdict.rank for r in results]
    count = len(results)
    return Score(
        count,
        sum(r.verdict.hit for r in results) / count,
        sum(1 <= rank <= 3 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank) / count,
        sum(r.verdict.wrong_shown for r in results) / count,
    )


def groups(results: Sequence[Result]) -> dict[str, list[Result]]:
    """Group by category, by noise (``noise:typo``), and all (``ALL``), in that order."""
    out: dict[str, list[Result]] = defaultdict(list)
    for name in sorted({r.asked.category for r in results}):
        out[name] = [r for r in results if r.asked.category == name]
    for name in sorted({r.asked.noise for r in results}):
        out[f"noise:{name}"] = [r for r in results if r.asked.noise == name]
    out["ALL"] = list(results)
    return dict(out)


def abstention(results: Sequence[Result]) -> tuple[float, float]:
    """Return precision and recall of abstaining: of those abstained, of those unanswerable."""
    abstained = [r for r in results if not r.verdict.shown]
    unanswerable = [r for r in results if r.asked.expect.abstain]
    right = sum(r.asked.expect.abstain for r in abstained)
    return (
        right / len(abstained) if abstained else 1.0,
        right / len(unanswerable) if unanswerable else 1.0,
    )


def reliability(results: Sequence[Result]) -> list[tuple[float, int, float, float]]:
    """Return (lower bound, count, mean confidence, share right) of each bin of shown answers."""
    out = []
    for low in range(_BINS):
        inside = [
            r
            for r in results
            if r.verdict.shown and min(int(r.confidence * _BINS), _BINS - 1) == low
        ]
        if inside:
            mean = statistics.fmean(r.confidence for r in inside)
            right = sum(r.verdict.hit for r in inside) / len(inside)
            out.append((low / _BINS, len(inside), mean, right))
    return out


def brier(results: Sequence[Result]) -> float:
    """Return the mean squared error of the confidence of shown answers."""
    shown = [r for r in results if r.verdict.shown]
    if not shown:
        return 0.0
    return statistics.fmean((r.confidence - r.verdict.hit) ** 2 for r in shown)


def latency(results: Sequence[Result]) -> dict[str, float]:
    """Return percentiles of the answering time in milliseconds."""
    times = sorted(r.elapsed for r in results)
    return {
        "p50": statistics.median(times),
        "p95": times[int(0.95 * (len(times) - 1))],
        "p99": times[int(0.99 * (len(times) - 1))],
        "max": times[-1],
    }
