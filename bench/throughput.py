"""Answer a batch of 500 questions through ``ask --json`` and print questions a second.

usage: python -m bench.throughput
"""

import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DEV = Path(__file__).parents[1] / "tests/data/questions_dev.jsonl"


def seconds(text: str, environment: dict[str, str]) -> float:
    """Return how long the command takes for these lines, start-up included."""
    command = [sys.executable, "-m", "bot", "ask", "--json"]
    start = time.perf_counter()
    subprocess.run(
        command, input=text, env=environment, text=True, capture_output=True, check=True
    )
    return time.perf_counter() - start


def main() -> int:
    """Time the command as a user runs it, pinned to one core, first start and later ones apart."""
    questions = [json.loads(line)["question"] for line in DEV.read_text().splitlines()]
    batch = "\n".join(itertools.islice(itertools.cycle(questions), 500)) + "\n"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"XDG_CACHE_HOME": cache}
        first = seconds("apa itu spbe\n", environment)
        again = seconds("apa itu spbe\n", environment)
        whole = seconds(batch, environment)
    print(f"one question: first start {first:.2f} s, later starts {again:.2f} s")
    print(f"500 questions in {whole:.2f} s: {500 / whole:.0f} a second, start-up included")
    return 0


if __name__ == "__main__":
    sys.exit(main())
