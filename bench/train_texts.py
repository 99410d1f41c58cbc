"""Fit the confidence model for official texts that carry no everyday questions.

An imported regulation has its wording alone. So each question of ``questions_train.jsonl`` is
asked of each nation-wide regulation alone, after its questions, words and the titles of its pasal
were taken away; what is learnt is whether the best unit of one regulation answers at all. Where
another regulation says nearly the same as the gold the pair is left out. Figures printed are of
held-out folds, by question. Writes ``bot/retrieval/text_weights.py``.

usage: python -m bench.train_texts [--dry-run]
"""

import argparse
import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from bot.answering.assistant import Assistant
from bot.evaluation.questions import Asked, read_questions
from bot.knowledge import snapshot
from bot.knowledge.model import Snapshot
from bot.retrieval import text_weights, weights
from bot.retrieval.engine import Engine
from bot.retrieval.passages import Passage, PassageKind, build_passages
from rapidfuzz import fuzz

from bench.train import OUTSIDE, QUESTIONS, Array, answers, fit_logistic

FOLDS = 5
# What a text alone has of ``Evidence.vector``; the rest speaks of questions and other passages.
PARTS = (0, 1, 3, 4, 5, 6, 7, 9, 10, 12, 14, 15, 16)
# Regulations with fewer provisions tell little apart; two hold tables rather than sentences.
LEAST_PROVISIONS = 25
LEFT_OUT = frozenset({"pedoman-menpanrb-3-2024", "se-menpanrb-18-2022"})
NEARLY_THE_SAME = 65
RIGHT_SHARE = 0.4


@dataclasses.dataclass(frozen=True)
class Pair:
    """A question asked of one regulation: the evidence for its best unit, and if it is right."""

    question: str
    evidence: tuple[float, ...]
    right: bool


def bare(passage: Passage, found: Snapshot) -> Passage:
    """Return a passage as an imported text would have it."""
    if passage.kind is not PassageKind.PROVISION:
        return passage
    regulation = found.regulations[passage.source]
    context = list(regulation.by_locator[passage.locator].context)
    parts = passage.locator.split("-")
    for end in range(1, len(parts)):
        above = regulation.by_locator.get("-".join(parts[:end]))
        if above and above.title in context:
            context.remove(above.title)
    return dataclasses.replace(
        passage,
        questions=(),
        keywords=(),
        heading=passage.heading if passage.term else "",
        context=" ".join((regulation.title, *context)),
    )


def pairs(found: Snapshot) -> Iterator[Pair]:
    """Ask every question of every regulation alone."""
    assistant, whole = Assistant(found, 2026), build_passages(found)
    engine = Engine(found, [bare(passage, found) for passage in whole])
    sources = [
        r.id
        for r in found.regulations.values()
        if len(r.provisions) >= LEAST_PROVISIONS and not r.region and r.id not in LEFT_OUT
    ]
    texts = {(p.source, p.locator): p.text for p in whole}
    asked = [q for q in read_questions(QUESTIONS) if q.expect.abstain or q.expect.cite]
    nothing = dataclasses.replace(asked[0].expect, cite=())
    asked += [Asked(line, "outside", line, nothing) for line in OUTSIDE.read_text().splitlines()]
    for question in asked:
        read = assistant.reader.read(question.question)
        if read.refs.locator or read.refs.regulations or read.refs.indicator is not None:
            continue
        gold = question.expect.cite
        wanted = [texts[(s, at)] for s, at in gold if (s, at) in texts]
        for source in sources:
            hits = engine.search(read.analysis, scope=engine.within_source(source), limit=3)
            if not hits:
                continue
            passage = hits[0].passage
            right = bool(gold) and answers(passage, gold)
            elsewhere = all(s != source for s, _ in gold)
            alike = (fuzz.token_set_ratio(passage.text, t) >= NEARLY_THE_SAME for t in wanted)
            if right or not (elsewhere and any(alike)):
                yield Pair(question.question, hits[0].evidence.vector(), right)


def fitted(found: list[Pair]) -> Array:
    """Fit on all pairs, after printing what held-out folds give."""
    evidence = np.array([pair.evidence for pair in found])[:, PARTS]
    right = np.array([pair.right for pair in found], float)
    wrong_weight = right.sum() / (len(right) - right.sum()) * (1 - RIGHT_SHARE) / RIGHT_SHARE
    weight = np.where(right > 0, 1.0, wrong_weight)
    number = {q: n for n, q in enumerate(dict.fromkeys(pair.question for pair in found))}
    fold = np.array([number[pair.question] % FOLDS for pair in found])
    sure = np.zeros(len(right))
    for out in range(FOLDS):
        inside = fold != out
        model = fit_logistic(evidence[inside], right[inside], weight[inside])
        sure[~inside] = 1 / (1 + np.exp(-(model[0] + evidence[~inside] @ model[1:])))
    whole = np.array([pair.evidence for pair in found])
    old = weights.CONFIDENCE_INTERCEPT + whole @ np.array(weights.CONFIDENCE)
    for name, given in (("this", sure), ("with questions", 1 / (1 + np.exp(-old)))):
        good, bad = given[right > 0], given[right == 0]
        area = float(np.searchsorted(np.sort(bad), good).mean() / len(bad))
        shares = ", ".join(
            f"from {t}: {(good >= t).mean():.2f} right, {(bad >= t).mean():.3f} wrong"
            for t in (0.4, 0.5, 0.6)
        )
        print(f"{name:15} AUC {area:.3f}; {shares}")
    return fit_logistic(evidence, right, weight)


def write(model: Array, width: int, path: Path) -> None:
    """Write the weights in the order of ``Evidence.vector``."""
    whole = np.zeros(width)
    whole[list(PARTS)] = model[1:]
    head = path.read_text(encoding="utf-8").split("TEXT_INTERCEPT")[0]
    lines = [f"{head}TEXT_INTERCEPT = {model[0]:.3f}"]
    lines += ["# In the order of ``Evidence.vector``; zero for what a text alone does not have."]
    lines += ["TEXT = (", *(f"    {value:.3f}," if value else "    0.0," for value in whole), ")"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dry-run", action="store_true", help="print only")
    options = parser.parse_args()
    found, _ = snapshot.load(snapshot.shipped_folder())
    rows = list(pairs(found))
    print(f"{len(rows)} pairs, {sum(pair.right for pair in rows)} right")
    model = fitted(rows)
    if not options.dry_run:
        write(model, len(rows[0].evidence), Path(str(text_weights.__file__)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
