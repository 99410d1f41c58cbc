"""Fit the ranking's second stage and the confidence model.

Answerable: ``bench/questions_train.jsonl``, questions that writers asked who saw the official
texts and neither this knowledge nor the dev questions; asked of the whole index. Beside them, for
the ranking only, every passage's everyday questions, one left out of the index in each of the
folds and then asked, clean and with slips of the keyboard. Unanswerable: the file's own and
``bench/out_of_scope.txt``.

The ranking is fitted on all of these, the confidence model on evidence from rankings fitted
without the question's own fold; all figures printed are of held-out folds. Writes
``bot/retrieval/weights.py``.

usage: python -m bench.train [--dry-run]
"""

import argparse
import dataclasses
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bot.answering.assistant import Assistant
from bot.answering.question import Reader
from bot.evaluation.judge import names_unit
from bot.evaluation.questions import Asked, read_questions
from bot.knowledge import snapshot
from bot.retrieval import confidence, weights
from bot.retrieval.engine import Engine
from bot.retrieval.features import NAMES
from bot.retrieval.passages import INDICATOR_SOURCES, Passage, PassageKind, build_passages
from numpy.typing import NDArray

FOLDS = 4
QUESTIONS = Path(__file__).with_name("questions_train.jsonl")
OUTSIDE = Path(__file__).with_name("out_of_scope.txt")
# What people ask is mostly about the root regulation; the file asks about all evenly.
ROOT = "perpres-95-2018"
ROOT_WEIGHT = 3.0
# Weight of the independent questions in the fit of the ranking.
ASKED_SHARE = 0.7
# Share of unanswerable questions that the confidence model is told to expect.
OUTSIDE_SHARE = 0.25
_FEATURES = len(confidence.Evidence(*[0] * 11).vector())
KEYS = {"a": "sq", "i": "uo", "e": "wr", "n": "bm", "s": "ad", "t": "ry", "r": "et", "k": "jl"}
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Group:
    """The candidates of one question: features, which are right, how much it weighs."""

    features: Array
    right: NDArray[np.bool_]
    weight: float


def slip(text: str, rng: random.Random) -> str:
    """Drop, double, swap or mistype a letter or two of a question."""
    letters = list(text.lower())
    for _ in range(rng.choice((1, 1, 2))):
        at = rng.randrange(1, len(letters) - 1)
        kind = rng.random()
        if kind < 0.4:
            letters[at] = ""
        elif kind < 0.7 and letters[at] in KEYS:
            letters[at] = rng.choice(KEYS[letters[at]])
        elif kind < 0.9:
            letters[at], letters[at - 1] = letters[at - 1], letters[at]
    return "".join(letters)


def alike(found: Passage, passage: Passage) -> bool:
    """Whether a passage answers another's question: the same place or the same term."""
    if found.source == passage.source and (
        found.locator == passage.locator
        or found.locator.startswith(passage.locator + "-")
        or passage.locator.startswith(found.locator + "-")
    ):
        return True
    return bool(found.term) and found.term.split(" (")[0] == passage.term.split(" (")[0]


def answers(passage: Passage, wanted: Sequence[tuple[str, str]]) -> bool:
    """Whether a passage is, holds, or rests on one of the units wanted."""
    sources = INDICATOR_SOURCES if passage.kind is PassageKind.INDICATOR else (passage.source,)
    units = [(source, passage.locator) for source in sources]
    units += [(ref.partition("#")[0], ref.partition("#")[2]) for ref in passage.rests_on]
    return any(names_unit(unit, w) for unit in units for w in wanted)


def left_out(whole: list[Passage], reader: Reader, build: object) -> list[Group]:
    """Ask every everyday question of an index that lacks it, clean and with slips."""
    found, _ = snapshot.load(snapshot.shipped_folder())
    rng = random.Random(7)
    out = []
    for fold in range(FOLDS):
        held = {n: p.questions[fold] for n, p in enumerate(whole) if len(p.questions) > fold + 1}
        part = [
            dataclasses.replace(
                p, questions=tuple(q for i, q in enumerate(p.questions) if i != fold)
            )
            if n in held
            else p
            for n, p in enumerate(whole)
        ]
        engine = Engine(found, part)
        for number, question in held.items():
            passage = whole[number]
            if passage.region or passage.kind is PassageKind.TERM:
                continue
            for text in (question, slip(question, rng)):
                candidates = engine.candidates(reader.read(text).analysis)
                if candidates is None:
                    continue
                right = np.array([alike(other, passage) for other in candidates.passages])
                if right.any() and not right.all():
                    out.append(Group(candidates.features.astype(np.float64), right, 1.0))
    return out


def independent(
    assistant: Assistant, questions: Sequence[Asked]
) -> tuple[list[Asked], list[Group]]:
    """Ask the questions that search answers of the whole index."""
    engine = assistant.engine
    asked, out = [], []
    for question in questions:
        read = assistant.reader.read(question.question)
        if read.refs.locator or read.refs.regulations or read.refs.indicator is not None:
            continue
        candidates = engine.candidates(read.analysis)
        if candidates is None:
            continue
        right = np.array([answers(p, question.expect.cite) for p in candidates.passages])
        of_root = any(source == ROOT for source, _ in question.expect.cite)
        weight = ROOT_WEIGHT if of_root else 1.0
        asked.append(question)
        out.append(Group(candidates.features.astype(np.float64), right, weight))
    return asked, out


def fit_ranking(asked: Sequence[Group], everyday: Sequence[Group], ridge: float = 0.003) -> Array:
    """Conditional logit: the right candidates' share of the softmax, by Adam."""
    asked = [g for g in asked if g.right.any() and not g.right.all()]
    groups = [*asked, *everyday]
    share = sum(g.weight for g in asked)
    weight = np.array(
        [ASKED_SHARE * g.weight / share for g in asked]
        + [(1 - ASKED_SHARE) / len(everyday)] * len(everyday)
    )
    x = np.vstack([g.features for g in groups])
    right = np.concatenate([g.right for g in groups])
    sizes = np.array([len(g.right) for g in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(groups)), sizes)
    scale = x.std(axis=0) + 1e-9
    z = x / scale
    w = np.zeros(x.shape[1])
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, 501):
        score = z @ w
        score -= np.maximum.reduceat(score, starts)[owner]
        power = np.exp(score)
        share_all = power / np.add.reduceat(power, starts)[owner]
        power_right = power * right
        share_right = power_right / np.add.reduceat(power_right, starts)[owner]
        gradient = z.T @ ((share_all - share_right) * weight[owner]) + ridge * w
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        w -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
    return w / scale


def fit_logistic(x: Array, y: Array, weight: Array, ridge: float = 0.1) -> Array:
    """Logistic regression by Newton's method with a small ridge."""
    x = np.hstack([np.ones((len(x), 1)), x])
    w = np.zeros(x.shape[1])
    penalty = np.eye(x.shape[1]) * ridge
    penalty[0, 0] = 0
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + penalty
        w -= np.linalg.solve(hessian, x.T @ (weight * (p - y)) + penalty @ w)
    return w


def evidence(
    assistant: Assistant, ranking: Array, questions: Sequence[Asked]
) -> tuple[Array, Array]:
    """Return the evidence behind the first answers, and whether they were right."""
    engine = assistant.engine
    engine.weights = ranking.astype(np.float32)
    rows, right = [], []
    for question in questions:
        read = assistant.reader.read(question.question)
        codes = frozenset(code for place in read.places for code in place.codes)
        hits = engine.search(read.analysis, regions=codes, limit=5)
        if hits:
            rows.append(hits[0].evidence.vector())
            right.append(answers(hits[0].passage, question.expect.cite))
    return np.array(rows), np.array(right, np.float64)


def report_ranking(name: str, some: Sequence[Group], w: Array) -> None:
    first = np.mean([g.right[np.argmax(g.features[:, 0])] for g in some])
    second = np.mean([g.right[np.argmax(g.features @ w)] for g in some])
    within = np.mean([g.right.any() for g in some])
    print(
        f"{name}: {len(some)} questions; right first {first:.3f} -> {second:.3f}; "
        f"among the candidates {within:.3f}"
    )


def report_confidence(p: Array, y: Array, outside: NDArray[np.bool_]) -> None:
    print(f"confidence, held out: {len(y)} questions; Brier {np.mean((p - y) ** 2):.4f}")
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        if inside.any():
            print(
                f"  {low:.1f}: n={inside.sum():5} said {p[inside].mean():.2f} "
                f"was {y[inside].mean():.2f}"
            )
    for bar in (0.3, 0.4, 0.5, 0.6, 0.7):
        shown = p >= bar
        print(
            f"  from {bar:.2f}: of the right {shown[y > 0].mean():.3f} kept; of answerable shown "
            f"{y[shown & ~outside].mean():.3f} right; of unanswerable {shown[outside].mean():.3f} "
            "answered"
        )


def write(ranking: Array, model: Array) -> None:
    lines = [f'    "{name}": {value:.3f},' for name, value in zip(NAMES, ranking, strict=True)]
    coefficients = "\n".join(f"    {c:.3f}," for c in model[1:])
    text = (
        '"""Weights of the ranking\'s second stage and of the confidence model.\n\n'
        "Fitted and written by ``python -m bench.train``; not edited by hand.\n"
        '"""\n\n'
        "RANKING = {\n" + "\n".join(lines) + "\n}\n\n"
        f"CONFIDENCE_INTERCEPT = {model[0]:.3f}\n"
        f"CONFIDENCE = (\n{coefficients}\n)\n"
    )
    Path(weights.__file__).write_text(text, encoding="utf-8")


def main() -> int:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="print only")
    options = parser.parse_args()
    # The evidence is that of the hit that ranks first, whatever an earlier model thought of it.
    confidence.CONFIDENCE_INTERCEPT = 0.0
    confidence.CONFIDENCE = (0.0,) * _FEATURES
    found, _ = snapshot.load(snapshot.shipped_folder())
    assistant = Assistant(found, 2026)
    whole = build_passages(found)
    everyone = read_questions(QUESTIONS)
    answerable = [q for q in everyone if not q.expect.abstain and q.expect.cite]
    outside = [q for q in everyone if q.expect.abstain]
    outside += [
        Asked(line, "outside", line, dataclasses.replace(answerable[0].expect, cite=()))
        for line in OUTSIDE.read_text(encoding="utf-8").splitlines()
    ]
    asked, groups = independent(assistant, answerable)
    everyday = left_out(whole, assistant.reader, None)
    order = np.random.default_rng(0).permutation(len(asked))
    rows, right, fold_of = [], [], []
    held: list[Group] = []
    tuned: list[Array] = []
    for fold in range(FOLDS):
        inside = set(order[fold::FOLDS].tolist())
        w = fit_ranking([g for n, g in enumerate(groups) if n not in inside], everyday)
        tuned.append(w)
        mine = [n for n in range(len(asked)) if n in inside]
        held += [groups[n] for n in mine]
        x, y = evidence(assistant, w, [asked[n] for n in mine])
        rows.append(x)
        right.append(y)
        fold_of += [fold] * len(y)
        if fold == 0:
            report_ranking("held out, first fold", [groups[n] for n in mine], w)
    ranking = fit_ranking(groups, everyday)
    for name, value in zip(NAMES, ranking, strict=True):
        print(f"  {name:18} {value:8.3f}")
    away, _ = evidence(assistant, ranking, outside)
    x = np.vstack([*rows, away])
    y = np.concatenate([*right, np.zeros(len(away))])
    is_outside = np.arange(len(y)) >= len(y) - len(away)
    folds = np.array(fold_of + [n % FOLDS for n in range(len(away))])
    inside_count = len(y) - len(away)
    weight = np.where(
        is_outside, OUTSIDE_SHARE / (1 - OUTSIDE_SHARE) * inside_count / len(away), 1.0
    )
    seen = np.zeros(len(y))
    for fold in range(FOLDS):
        train, test = folds != fold, folds == fold
        model = fit_logistic(x[train], y[train], weight[train])
        seen[test] = 1 / (1 + np.exp(-(model[0] + x[test] @ model[1:])))
    report_confidence(seen, y, is_outside)
    if not options.dry_run:
        write(ranking, fit_logistic(x, y, weight))
    return 0


if __name__ == "__main__":
    sys.exit(main())
