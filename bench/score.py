"""Score the assistant on a file of questions with checked gold, in process.

usage: python -m bench.score [FILE.jsonl] [--floors] [--misses N] [--only CATEGORY,...]

A question is a JSON object with id, category, noise, question, optional turns (earlier questions
of the conversation) and expect: cite (any of [source, locator prefix]), values (all), include
(all regular expressions, on the whole answer), exclude (none), or abstain. It hits when the first
citation matches one of cite and all the rest holds. With --floors the run fails below the floors.
"""

import argparse
import json
import re
import statistics
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from bot.answering.answer import Answer, Topic
from bot.answering.assistant import Assistant
from bot.clock import Clock
from bot.knowledge import snapshot
from bot.settings import load_settings

DEFAULT = Path(__file__).parents[1] / "tests/data/questions_dev.jsonl"
FLOORS = {"ALL": 0.70, "indeks": 0.90, "pasal-langsung": 0.90}
MAX_WRONG_SHOWN = 0.15


def judge(expect: dict[str, Any], answer: dict[str, Any]) -> str:
    """Return why an answer misses, or nothing when it hits at the first place."""
    abstained = answer["kind"] in ("unknown", "smalltalk")
    if expect.get("abstain"):
        return "" if abstained else "did not abstain"
    if abstained:
        return "abstained"
    text = answer["answer"].lower()
    for pattern in expect.get("include", []):
        if not re.search(pattern, text, re.IGNORECASE | re.DOTALL):
            return f"answer lacks /{pattern}/"
    for pattern in expect.get("exclude", []):
        if re.search(pattern, text, re.IGNORECASE | re.DOTALL):
            return f"answer has /{pattern}/"
    for wanted in expect.get("values", []):
        if not any(_same(wanted, value) for value in answer["values"]):
            return f"no value {wanted}"
    cites = expect.get("cite")
    if cites and not (answer["citations"] and _cited(answer["citations"][0], cites)):
        return f"cited {[(c['source'], c['locator']) for c in answer['citations'][:2]]}"
    return ""


def _same(wanted: dict[str, Any], value: dict[str, Any]) -> bool:
    return (
        value["region"] == wanted["region"]
        and value["year"] == wanted["year"]
        and abs(value["index"] - wanted["index"]) < 0.005
        and wanted.get("predicate", value["predicate"]) == value["predicate"]
    )


def _cited(citation: dict[str, Any], cites: list[list[str]]) -> bool:
    have = citation["locator"]
    for source, locator in ((c[0], c[1] if len(c) > 1 else "") for c in cites):
        if citation["source"] == source and (
            not locator
            or have == locator
            or have.startswith(locator + "-")
            or (have and locator.startswith(have + "-"))
        ):
            return True
    return False


def ask(assistant: Assistant, question: dict[str, Any]) -> tuple[Answer, float]:
    """Ask a question after its earlier turns; return the answer and its milliseconds."""
    topic = Topic()
    for turn in question.get("turns", []):
        _, topic = assistant.ask(turn, topic)
    answer, _, elapsed = assistant.timed(question["question"], topic)
    return answer, elapsed


def main() -> int:
    """Score and print; exit 1 below a floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    found, _ = snapshot.load(snapshot.shipped_folder())
    assistant = Assistant(found, Clock(load_settings().zone).today().year)
    hits: dict[str, list[bool]] = defaultdict(list)
    times, wrong_shown, missed = [], 0, []
    for line in options.file.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        if options.only and question["category"] not in options.only.split(","):
            continue
        answer, elapsed = ask(assistant, question)
        times.append(elapsed)
        why = judge(question["expect"], answer.to_json(question["question"], elapsed))
        for key in (question["category"], f"noise:{question.get('noise', 'clean')}", "ALL"):
            hits[key].append(not why)
        if why:
            missed.append((question, why, answer))
            wrong_shown += answer.kind.value not in ("unknown", "smalltalk")
    for key in sorted(hits, key=lambda k: (k == "ALL", k)):
        print(f"{key:18} n={len(hits[key]):4}  hit@1={sum(hits[key]) / len(hits[key]):.3f}")
    print(
        f"shown and wrong: {wrong_shown}/{len(times)}; "
        f"p50 {statistics.median(times):.2f} ms, max {max(times):.1f} ms"
    )
    for question, why, answer in missed[: options.misses]:
        print(
            f"  [{question['category']}] {question['question']!r}: {why} ({answer.confidence:.2f})"
        )
    if not options.floors:
        return 0
    low = [k for k, floor in FLOORS.items() if sum(hits[k]) / len(hits[k]) < floor]
    if wrong_shown / len(times) > MAX_WRONG_SHOWN:
        low.append("shown and wrong")
    print(f"below the floor: {', '.join(low)}" if low else "all floors hold")
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main())
