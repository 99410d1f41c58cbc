"""Ask while revisions are published and rolled back: every answer must belong to one revision.

Also prints the longest time for which the event loop was held, and the growth of memory.

usage: python -m bench.publish_while_asking [QUESTIONS] [PUBLICATIONS]
"""

import asyncio
import sys
import tempfile
import time
from datetime import UTC
from pathlib import Path

from bot.answering.assistant import Assistant
from bot.clock import Clock
from bot.knowledge import snapshot
from bot.settings import Settings
from bot.telegram import application
from bot.telegram.handlers.common import SERVICES
from bot.telegram.services import Services
from tests.botapi.server import TOKEN
from tests.publish_while_asking import ask_while_publishing


def memory() -> float:
    """Return the resident memory in MB (Linux)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1000
    return 0.0


async def gaps(out: list[float], stop: asyncio.Event) -> None:
    """Note how long the loop was away each time."""
    last = time.perf_counter()
    while not stop.is_set():
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        out.append(now - last)
        last = now


async def run(questions: int, publications: int, folder: Path) -> None:
    """Run and print what came of it."""
    settings = Settings(telegram_bot_token=TOKEN, data_dir=folder, telegram_base_url="http://x")
    found, _ = snapshot.load(snapshot.shipped_folder())
    app = application.build(settings, Assistant(found, 2026), Clock(UTC))
    services: Services = app.bot_data[SERVICES]
    away: list[float] = []
    stop = asyncio.Event()
    watcher = asyncio.create_task(gaps(away, stop))
    before = memory()
    started = time.perf_counter()
    toll = await ask_while_publishing(services, questions, publications)
    seconds = time.perf_counter() - started
    stop.set()
    await watcher
    print(
        f"{toll.asked} asked, {toll.revisions} published, {toll.failed} failed, "
        f"{toll.mixed} mixed, {len(toll.seen)} revisions seen, {seconds:.0f} s"
    )
    print(f"loop away at most {max(away) * 1000:.0f} ms; memory {before:.0f} -> {memory():.0f} MB")
    await services.close()


def main() -> None:
    """Run as asked."""
    numbers = [int(argument) for argument in sys.argv[1:3]]
    questions, publications = (*numbers, *(10_000, 50)[len(numbers) :])
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(questions, publications, Path(folder)))


if __name__ == "__main__":
    main()
