"""What each part of the search is worth: take one away, ask the same questions again.

Each row is the whole assistant without one part. ``right`` is the share of answerable questions
whose first answer is right when the assistant must answer; ``typo`` and ``chat`` the same of the
questions with noise; ``shown wrong`` the share of all questions that get a wrong answer at the
usual thresholds (which are fitted for the whole, so a row without a part may also be ill at ease
with them).

usage: python -m bench.ablation [FILE.jsonl ...]
"""

import contextlib
import dataclasses
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from bot.answering import assistant as assistant_module
from bot.answering.assistant import Assistant
from bot.evaluation.questions import Asked, read_questions
from bot.evaluation.report import run
from bot.knowledge import snapshot
from bot.knowledge.model import Snapshot
from bot.language import spelling, text
from bot.retrieval import analysis, engine
from bot.retrieval.passages import Passage, PassageKind, build_passages

DATA = Path(__file__).parents[1] / "tests/data"
Change = Callable[[contextlib.ExitStack], None]


def patched(*changes: tuple[Any, str, Any]) -> Change:
    """Replace attributes while the assistant is built and asked."""

    def apply(stack: contextlib.ExitStack) -> None:
        for owner, name, value in changes:
            stack.enter_context(mock.patch.object(owner, name, value))
        for cached in (text.stem, text.knowledge_tokens, analysis._term, analysis.field_terms):
            cached.cache_clear()

    return apply


def passages(change: Callable[[Passage], Passage]) -> Change:
    """Change every passage before it is indexed."""

    def built(found: Snapshot) -> list[Passage]:
        return [change(p) for p in build_passages(found)]

    return patched((assistant_module, "build_passages", built))


def imported(passage: Passage) -> Passage:
    """A passage as an import brings it: without everyday questions and words."""
    if passage.kind in (PassageKind.FAQ, PassageKind.TERM):
        return passage
    return dataclasses.replace(passage, questions=(), keywords=())


def first_stage(stack: contextlib.ExitStack) -> None:
    only = {name: 30.0 if name == "first" else 0.0 for name in engine.NAMES}
    stack.enter_context(mock.patch.object(engine, "RANKING", only))


PARTS: dict[str, Change] = {
    "the whole": patched(),
    "without the second stage": first_stage,
    "without everyday questions (tanya)": passages(
        lambda p: dataclasses.replace(
            p, questions=p.questions if p.kind is PassageKind.FAQ else ()
        )
    ),
    "without everyday words (kata)": passages(lambda p: dataclasses.replace(p, keywords=())),
    "without either (an imported text)": passages(imported),
    "without headings and context": passages(
        lambda p: dataclasses.replace(p, heading="", context="")
    ),
    "without the closest question (cosine)": patched(
        (engine, "QUESTION_SHARE", 0.0), (engine, "FIELD_SHARE", 1.0)
    ),
    "without defined terms": patched((engine, "DEFINITION_BONUS", 0.0)),
    "without synonyms": patched((engine, "_synonyms", lambda terms: {})),
    "without correction of slips": patched((spelling.Speller, "_nearest", lambda *_: "")),
    "without chat spellings": patched(),
    "without roots (Snowball alone)": patched((text, "root", lambda word: "")),
    "without stemming": patched((text, "root", lambda word: word)),
}


def right_if_forced(built: Assistant, asked: Sequence[Asked]) -> list[bool]:
    """Answer every question whatever the confidence; return what is right."""
    desk = built._search
    usual = desk.answer_from, desk.offer_from
    desk.answer_from = desk.offer_from = 0.0
    out = [result.verdict.hit for result in run(built, asked)]
    desk.answer_from, desk.offer_from = usual
    return out


def rows(
    found: Snapshot, asked: Sequence[Asked]
) -> Iterator[tuple[str, float, float, float, float]]:
    answerable = [q for q in asked if not q.expect.abstain]
    for name, change in PARTS.items():
        with contextlib.ExitStack() as stack:
            change(stack)
            if name == "without chat spellings":
                built = Assistant(dataclasses.replace(found, chat_spellings={}), 2026)
            else:
                built = Assistant(found, 2026)
            right = np.array(right_if_forced(built, answerable))
            wrong = [r.verdict.shown and not r.verdict.hit for r in run(built, asked)]
            noise = np.array([q.noise for q in answerable])
            yield (
                name,
                float(right.mean()),
                float(right[noise == "typo"].mean()),
                float(right[noise == "chat"].mean()),
                float(np.mean(wrong)),
            )


def main() -> int:
    """Print the table as Markdown."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(DATA.glob("questions_*.jsonl"))
    asked = [question for path in files for question in read_questions(path)]
    found, _ = snapshot.load(snapshot.shipped_folder())
    print(f"{len(asked)} questions\n")
    print("| | right | typo | chat | shown wrong |\n|---|---|---|---|---|")
    for name, right, typo, chat, wrong in rows(found, asked):
        print(f"| {name} | {right:.3f} | {typo:.3f} | {chat:.3f} | {wrong:.3f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
