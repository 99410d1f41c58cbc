"""Fit the ranking's second stage and the confidence model on this project's own questions.

Answerable: every passage's everyday questions, one left out of the index in each of the folds and
then asked, clean and with slips of the keyboard. Unanswerable: ``bench/out_of_scope.txt``. The
weights are fitted on two thirds of the passages; the confidence model, and all figures printed, on
the rest. Two numbers more scale the confidence to what is seen on the dev questions, which are
asked of the whole index; their figures come from ten-fold cross-validation. Writes
``bot/retrieval/weights.py``; prints Brier scores and reliability.

usage: python -m bench.train [--dry-run]
"""

import argparse
import dataclasses
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bot.answering.answer import Answer
from bot.answering.assistant import Assistant
from bot.answering.question import Question
from bot.evaluation.questions import Asked, Expectation, read_questions
from bot.evaluation.report import run
from bot.knowledge import snapshot
from bot.retrieval import confidence, weights
from bot.retrieval.engine import Engine, Hit
from bot.retrieval.features import NAMES
from bot.retrieval.passages import Passage, PassageKind, build_passages
from numpy.typing import NDArray

FOLDS = 4
DEV = Path(__file__).parents[1] / "tests/data/questions_dev.jsonl"
OUTSIDE = Path(__file__).with_name("out_of_scope.txt")
OUTSIDE_WEIGHT = 4
SET = {"first": 30.0, "in_questions": 0.0, "root": 1.0}
KEYS = {"a": "sq", "i": "uo", "e": "wr", "n": "bm", "s": "ad", "t": "ry", "r": "et", "k": "jl"}
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One question asked of an index that lacks its wording."""

    text: str
    fold: int
    features: Array
    right: NDArray[np.bool_]
    training: bool


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


def engines() -> tuple[Assistant, list[tuple[Engine, dict[int, str]]], list[Passage]]:
    """Return an engine a fold with the questions held out of it."""
    found, _ = snapshot.load(snapshot.shipped_folder())
    whole = build_passages(found)
    folds = []
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
        folds.append((Engine(found, part), held))
    return Assistant(found, 2026), folds, whole


def cases(
    assistant: Assistant, folds: list[tuple[Engine, dict[int, str]]], whole: list[Passage]
) -> list[Case]:
    """Ask every held question, clean and with slips."""
    rng = random.Random(7)
    out = []
    for fold, (engine, held) in enumerate(folds):
        for number, question in held.items():
            passage = whole[number]
            if passage.region or passage.kind is PassageKind.TERM:
                continue
            for text in (question, slip(question, rng)):
                found = engine.candidates(assistant.reader.read(text).analysis)
                if found is None:
                    continue
                right = np.array([alike(other, passage) for other in found.passages])
                training = (number // 20) % 3 != 0
                out.append(Case(text, fold, found.features.astype(np.float64), right, training))
    return out


def fit_ranking(training: list[Case]) -> Array:
    """Conditional logit: the right candidates' share of the softmax, by Adam.

    The weight of the first stage is set, not fitted, and so is that of the questions' words: a
    question held out leaves its passage with the questions that were written to differ from it,
    so the fit would hold that likeness to a question speaks against a passage.
    """
    usable = [c for c in training if c.right.any() and not c.right.all()]
    x = np.vstack([c.features for c in usable])
    right = np.concatenate([c.right for c in usable])
    sizes = np.array([len(c.right) for c in usable])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(usable)), sizes)
    scale = x.std(axis=0) + 1e-6
    z = x / scale
    w = np.zeros(x.shape[1])
    free = np.array([name not in SET for name in NAMES])
    for name, weight in SET.items():
        w[NAMES.index(name)] = weight * scale[NAMES.index(name)]
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, 401):
        score = z @ w
        score -= np.maximum.reduceat(score, starts)[group]
        power = np.exp(score)
        share = power / np.add.reduceat(power, starts)[group]
        power_right = power * right
        share_right = power_right / np.add.reduceat(power_right, starts)[group]
        gradient = (z.T @ (share - share_right) / len(usable) + 0.0005 * w) * free
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        w -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
    return w / scale


def fit_logistic(x: Array, y: Array, ridge: float = 1.0) -> Array:
    """Logistic regression by Newton's method with a small ridge."""
    x = np.hstack([np.ones((len(x), 1)), x])
    w = np.zeros(x.shape[1])
    penalty = np.eye(x.shape[1]) * ridge
    penalty[0, 0] = 0
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty
        w -= np.linalg.solve(hessian, x.T @ (p - y) + penalty @ w)
    return w


def evidence(
    assistant: Assistant, folds: list[tuple[Engine, dict[int, str]]], whole: list[Passage]
) -> tuple[Array, Array]:
    """Return the evidence behind the first answers, and whether they were right."""
    rng = random.Random(8)
    rows, right = [], []
    outside = OUTSIDE.read_text(encoding="utf-8").splitlines()
    for engine, held in folds:
        for number, question in held.items():
            passage = whole[number]
            skipped = passage.region or passage.kind is PassageKind.TERM
            if skipped or (number // 20) % 3 != 0:
                continue
            for text in (question, slip(question, rng)):
                hits = engine.search(assistant.reader.read(text).analysis, limit=1)
                if hits:
                    rows.append(hits[0].evidence.vector())
                    right.append(float(alike(hits[0].passage, passage)))
        for text in (*outside, *(slip(line, rng) for line in outside)):
            hits = engine.search(assistant.reader.read(text).analysis, limit=1)
            if hits:
                # Each stands for many such questions, so that both kinds weigh alike.
                rows += [hits[0].evidence.vector()] * OUTSIDE_WEIGHT
                right += [0.0] * OUTSIDE_WEIGHT
    return np.array(rows), np.array(right)


def outcomes(assistant: Assistant, model: Array, ranking: Array) -> tuple[Array, Array]:
    """Ask the dev questions and the unanswerable ones with no threshold.

    Returns:
        The model's logits and whether the answer was right, for questions that search answers.
    """
    confidence.CONFIDENCE_INTERCEPT, confidence.CONFIDENCE = float(model[0]), tuple(model[1:])
    desk = assistant._search
    desk._engine.weights = ranking.astype(np.float32)
    desk.answer_from = desk.offer_from = 0.0
    logits: list[float] = []
    real = desk._decide

    def recorded(question: Question, hits: list[Hit], leaned: bool) -> Answer:
        logits.append(float(model[0] + np.array(hits[0].evidence.vector()) @ model[1:]))
        return real(question, hits, leaned)

    desk._decide = recorded  # type: ignore[method-assign]
    nothing = Expectation(abstain=True)
    asked = read_questions(DEV) + [
        Asked(line, "outside", line, nothing)
        for line in OUTSIDE.read_text(encoding="utf-8").splitlines()
    ]
    found, right = [], []
    for question in asked:
        logits.clear()
        result = run(assistant, [question])[0]
        if logits and result.confidence < 1.0:
            found.append(logits[-1])
            right.append(float(result.verdict.hit and result.verdict.shown))
    return np.array(found)[:, None], np.array(right)


def cross_validated(x: Array, y: Array, folds: int = 10) -> Array:
    """Return for each row the probability by a scale fitted without its fold."""
    order = np.random.default_rng(3).permutation(len(y))
    p = np.zeros(len(y))
    for fold in range(folds):
        inside = order[fold::folds]
        others = np.setdiff1d(order, inside)
        scale = fit_logistic(x[others], y[others], ridge=0.01)
        p[inside] = 1 / (1 + np.exp(-(scale[0] + x[inside] @ scale[1:])))
    return p


def report_ranking(name: str, some: list[Case], w: Array) -> None:
    first = np.mean([c.right[np.argmax(c.features[:, 0])] for c in some])
    second = np.mean([c.right[np.argmax(c.features @ w)] for c in some])
    within = np.mean([c.right.any() for c in some])
    print(
        f"{name}: {len(some)} questions; right first {first:.3f} -> {second:.3f}; "
        f"among the candidates {within:.3f}"
    )


def report_confidence(name: str, p: Array, y: Array) -> None:
    print(f"{name}: {len(y)} questions, {y.mean():.3f} right; Brier {np.mean((p - y) ** 2):.4f}")
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        if inside.any():
            print(
                f"  {low:.1f}: n={inside.sum():5} said {p[inside].mean():.2f} "
                f"was {y[inside].mean():.2f}"
            )


def write(ranking: Array, model: Array, scale: Array) -> None:
    lines = [f'    "{name}": {value:.3f},' for name, value in zip(NAMES, ranking, strict=True)]
    coefficients = "\n".join(f"    {c:.3f}," for c in model[1:])
    text = (
        '"""Weights of the ranking\'s second stage and of the confidence model.\n\n'
        "Fitted and written by ``python -m bench.train``; not edited by hand.\n"
        '"""\n\n'
        "RANKING = {\n" + "\n".join(lines) + "\n}\n\n"
        f"CONFIDENCE_INTERCEPT = {model[0]:.3f}\n"
        f"CONFIDENCE = (\n{coefficients}\n)\n"
        f"# Shift and slope of the logit.\nCONFIDENCE_SCALE = ({scale[0]:.3f}, {scale[1]:.3f})\n"
    )
    Path(weights.__file__).write_text(text, encoding="utf-8")


def main() -> int:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="print only")
    options = parser.parse_args()
    assistant, folds, whole = engines()
    asked = cases(assistant, folds, whole)
    training = [c for c in asked if c.training]
    ranking = fit_ranking(training)
    report_ranking("fitted on", training, ranking)
    report_ranking("held out ", [c for c in asked if not c.training], ranking)
    for name, value in zip(NAMES, ranking, strict=True):
        print(f"  {name:18} {value:8.3f}")
    for engine, _ in folds:
        engine.weights = ranking.astype(np.float32)
    x, y = evidence(assistant, folds, whole)
    order = np.random.default_rng(1).permutation(len(y))
    cut = int(len(y) * 0.6)
    model = fit_logistic(x[order[:cut]], y[order[:cut]])
    rest = order[cut:]
    report_confidence(
        "confidence, held out",
        1 / (1 + np.exp(-(model[0] + x[rest] @ model[1:]))),
        y[rest],
    )
    logits, right = outcomes(assistant, model, ranking)
    scale = fit_logistic(logits, right, ridge=0.01)
    seen = cross_validated(logits, right)
    report_confidence("confidence scaled, dev questions, cross-validated", seen, right)
    for bar in (0.5, 0.6, 0.65, 0.7, 0.8):
        shown = seen >= bar
        print(
            f"  from {bar:.2f}: {shown.sum()} shown, {right[shown].mean():.3f} right, "
            f"{right[shown].sum() / right.sum():.3f} of the right kept"
        )
    if not options.dry_run:
        write(ranking, model, scale)
    return 0


if __name__ == "__main__":
    sys.exit(main())
