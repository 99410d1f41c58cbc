"""Answer a batch of 500 questions through ``ask --json`` and print questions a second.

usage: python -m bench.throughput
"""

import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

DEFAULT = Path(__file__).parents[1] / "tests/data/questions_dev.jsonl"


def main() -> int:
    """Time the command as a user runs it, start-up included and apart; pinned to one core."""
    questions = [json.loads(line)["question"] for line in DEFAULT.read_text().splitlines()]
    batch = "\n".join(itertools.islice(itertools.cycle(questions), 500)) + "\n"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    command = [sys.executable, "-m", "bot", "ask", "--json"]
    start = time.perf_counter()
    subprocess.run(command, input="apa itu spbe\n", text=True, capture_output=True, check=True)
    cold = time.perf_counter() - start
    start = time.perf_counter()
    done = subprocess.run(command, input=batch, text=True, capture_output=True, check=True)
    whole = time.perf_counter() - start
    count = len(done.stdout.splitlines())
    print(
        f"cold start with one question {cold:.2f} s; {count} questions in {whole:.2f} s: "
        f"{count / whole:.0f} a second with start-up, {count / (whole - cold):.0f} without"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
