"""Fit the confidence model on this project's own questions.

Answerable: every passage's everyday questions, one left out of the index in each of the folds and
then asked, clean and with slips of the keyboard. Unanswerable: ``bench/out_of_scope.txt``. Prints
intercept and coefficients for ``bot/retrieval/confidence.py``, with Brier score and reliability on
a part that was not fitted on.

usage: python -m bench.calibrate
"""

import dataclasses
import random
import sys
from datetime import date
from pathlib import Path

import numpy as np
from bot.answering.assistant import Assistant
from bot.knowledge import snapshot
from bot.retrieval.engine import Engine, Hit
from bot.retrieval.passages import Passage, build_passages
from numpy.typing import NDArray

FOLDS = 3
OUTSIDE = Path(__file__).with_name("out_of_scope.txt")
KEYS = {"a": "sq", "i": "uo", "e": "wr", "n": "bm", "s": "ad", "t": "ry", "r": "et", "k": "jl"}


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


def alike(hit: Hit, passage: Passage) -> bool:
    """Whether a hit answers a question of this passage: the same place or the same term."""
    found = hit.passage
    if found.source == passage.source and (
        found.locator == passage.locator
        or found.locator.startswith(passage.locator + "-")
        or passage.locator.startswith(found.locator + "-")
    ):
        return True
    return bool(found.term) and found.term.split(" (")[0] == passage.term.split(" (")[0]


def collect() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return features and outcomes of all questions asked."""
    rng = random.Random(7)
    found, _ = snapshot.load(snapshot.shipped_folder())
    assistant = Assistant(found, date(2026, 11, 23))
    whole = build_passages(found)
    rows, right = [], []
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
            if whole[number].region:
                continue
            for text in (question, slip(question, rng)):
                hits = engine.search(assistant.reader.read(text).analysis, limit=1)
                if hits:
                    rows.append(hits[0].evidence.vector())
                    right.append(float(alike(hits[0], whole[number])))
        outside = OUTSIDE.read_text(encoding="utf-8").splitlines()
        for text in (*outside, *(slip(line, rng) for line in outside)):
            hits = engine.search(assistant.reader.read(text).analysis, limit=1)
            if hits:
                # Each stands for many such questions, so that both kinds weigh alike.
                rows += [hits[0].evidence.vector()] * 3
                right += [0.0] * 3
    return np.array(rows), np.array(right)


def fit(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression by Newton's method with a small ridge."""
    x = np.hstack([np.ones((len(x), 1)), x])
    w = np.zeros(x.shape[1])
    ridge = np.eye(x.shape[1]) * 1.0
    ridge[0, 0] = 0
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (p - y) + ridge @ w)
    return w


def main() -> int:
    """Fit, report, print the numbers to keep."""
    x, y = collect()
    order = np.random.default_rng(1).permutation(len(y))
    cut = int(len(y) * 0.7)
    w = fit(x[order[:cut]], y[order[:cut]])
    test_x, test_y = x[order[cut:]], y[order[cut:]]
    p = 1 / (1 + np.exp(-(w[0] + test_x @ w[1:])))
    print(
        f"{len(y)} questions, {y.mean():.3f} right first; Brier {np.mean((p - test_y) ** 2):.4f}"
    )
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        if inside.any():
            print(
                f"  {low:.1f}: n={inside.sum():5} said {p[inside].mean():.2f} "
                f"was {test_y[inside].mean():.2f}"
            )
    print(f"INTERCEPT = {w[0]:.2f}")
    print(f"COEFFICIENTS = ({', '.join(f'{c:.2f}' for c in w[1:])})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
