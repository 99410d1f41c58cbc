"""Time pictures of real answers: the first of a new process, of a warm one, and kept ones.

usage: python -m bench.pictures [RUNS]

Tells too how long the event loop stood still at most while a picture was drawn.
"""

import asyncio
import os
import signal
import statistics
import sys
import time
from collections.abc import Callable
from multiprocessing import active_children

from bot.answering.assistant import Assistant
from bot.answering.index import pictures
from bot.answering.index.writing import Writer
from bot.knowledge import snapshot
from bot.regions.charts.spec import Chart
from bot.regions.charts.worker import Painter

YEAR = 2026
BEAT = 0.005
QUESTIONS = {
    "trend": "tren indeks spbe palopo",
    "trend of six": "tren indeks palopo, makassar, luwu utara, gowa, maros, paser",
    "bars": "bandingkan palopo dan makassar 2024",
    "profile": "indeks domain palopo 2024",
    "position": "peringkat palopo di sulawesi selatan 2024",
}


class Heart:
    """Beats on the event loop and keeps the longest that it stood still, in milliseconds."""

    def __init__(self) -> None:
        self.gap = 0.0
        self._loop = asyncio.get_running_loop()
        self._last = self._loop.time()
        self._next = self._loop.call_later(BEAT, self._beat)

    def _beat(self) -> None:
        now = self._loop.time()
        self.gap = max(self.gap, (now - self._last - BEAT) * 1000)
        self._last = now
        self._next = self._loop.call_later(BEAT, self._beat)

    def stop(self) -> float:
        """End it and return the longest gap."""
        self._beat()
        self._next.cancel()
        return self.gap


def charts() -> dict[str, tuple[Chart, str]]:
    """Return what the assistant would show, and a page, with the kind of file."""
    known, _ = snapshot.load(snapshot.shipped_folder())
    assistant = Assistant(known, YEAR)
    out: dict[str, tuple[Chart, str]] = {}
    for name, question in QUESTIONS.items():
        answer, _ = assistant.ask(question)
        if answer.chart is None:
            raise SystemExit(f"no picture for: {question}")
        out[name] = (answer.chart, "png")
    page = pictures.brief(Writer(known, 2026), "73.73")
    if page is None:
        raise SystemExit("no page for Palopo")
    return out | {"brief": (page, "png"), "brief as pdf": (page, "pdf")}


async def timed(painter: Painter, chart: Chart, kind: str) -> tuple[float, float, int]:
    """Return the milliseconds of a picture, the longest gap of the loop and the bytes."""
    heart = Heart()
    start = time.perf_counter()
    picture = await painter.paint(chart, kind)
    taken = (time.perf_counter() - start) * 1000
    return taken, heart.stop(), len(picture)


class Notes:
    """Collects figures by row."""

    def __init__(self) -> None:
        self._kept: dict[str, list[tuple[float, float, int]]] = {}

    def add(self, row: str, figures: tuple[float, float, int]) -> None:
        """Note one run."""
        self._kept.setdefault(row, []).append(figures)

    def show(self, only: Callable[[str], bool]) -> None:
        """Print a line a row: median and worst time, worst gap, size."""
        for row, runs in self._kept.items():
            if only(row):
                took = [ms for ms, _, _ in runs]
                gap, size = max(gap for _, gap, _ in runs), runs[-1][2]
                print(
                    f"{row:34}{statistics.median(took):>10.2f}{max(took):>10.2f}"
                    f"{gap:>12.1f}{size / 1000:>9.1f}"
                )


async def measure(runs: int) -> Notes:
    """Draw everything so many times, each time with new processes."""
    notes, drawn = Notes(), charts()
    first, kind = drawn["trend"]
    for _ in range(runs):
        painter = Painter()
        notes.add("first, process not started: trend", await timed(painter, first, kind))
        painter.close()

        painter = Painter()
        heart, start = Heart(), time.perf_counter()
        await painter.warm()
        took = (time.perf_counter() - start) * 1000
        notes.add("starting the process", (took, heart.stop(), 0))
        notes.add("first after the start: trend", await timed(painter, first, kind))
        painter.close()

        painter = Painter()
        await painter.warm()
        # One picture first: what follows shows drawing, not the fonts being read.
        await painter.paint(drawn["bars"][0], "pdf")
        for name, (chart, ending) in drawn.items():
            notes.add(f"new: {name}", await timed(painter, chart, ending))
        for name, (chart, ending) in drawn.items():
            notes.add(f"kept: {name}", await timed(painter, chart, ending))
        painter.close()

        notes.add("four waiting, process killed", await killed(drawn))
    return notes


async def killed(drawn: dict[str, tuple[Chart, str]]) -> tuple[float, float, int]:
    """Kill the process with four pictures in hand: the last one's time, and the gap."""
    painter = Painter()
    await painter.warm()
    heart, start = Heart(), time.perf_counter()
    names = ("trend", "bars", "profile", "position")
    waiting = [asyncio.create_task(painter.paint(*drawn[name])) for name in names]
    await asyncio.sleep(0)
    for child in active_children():
        if child.pid is not None:
            os.kill(child.pid, signal.SIGKILL)
    await asyncio.gather(*waiting)
    took, gap = (time.perf_counter() - start) * 1000, heart.stop()
    painter.close()
    return took, gap, 0


def main() -> int:
    """Run and print milliseconds."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    notes = asyncio.run(measure(runs))
    print(f"{f'{runs} runs':34}{'median ms':>10}{'worst ms':>10}{'loop gap ms':>12}{'kB':>9}")
    notes.show(lambda row: not row.startswith("kept"))
    notes.show(lambda row: row.startswith("kept"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
