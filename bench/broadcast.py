"""Send an announcement to many chats while people ask, and measure what either costs the other.

usage: python -m bench.broadcast [--chats 1000] [--latency MS] [--json] [--virtual]

Against a Bot API server in a process of its own that enforces Telegram's limits. ``rate`` is
messages a second from the first to the last arrival there; ``self_429`` the messages it refused,
answers included; ``lost`` chats that got none; ``answer_p95_ratio`` the 95th percentile of the
time to an answer while the run lasts, over the idle one before and after it.

``--virtual`` plans and sends without network in virtual time: what many chats cost in time, memory
and disk.
"""

import argparse
import asyncio
import json
import logging
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
from bot.answering.prepared import prepare
from bot.broadcasts.announcements import Announcements
from bot.broadcasts.contract import Content
from bot.broadcasts.dispatcher import Dispatcher
from bot.broadcasts.filed import FiledLedger
from bot.broadcasts.pace import Pace
from bot.broadcasts.plan import Decisions
from bot.broadcasts.reminders import Reminders, Sources
from bot.broadcasts.service import Broadcasts
from bot.broadcasts.subscribers import Subscribers
from bot.broadcasts.subscriptions import to_fields
from bot.clock import Clock
from bot.knowledge import snapshot, workdays
from bot.settings import Settings
from bot.store.documents import StoredDocuments
from bot.telegram import application
from bot.telegram.delivery import BotSender, sending_bot
from bot.telegram.handlers.common import SERVICES
from tests.botapi.server import TOKEN
from tests.broadcasting import subscription

from bench.limited_server import FIRST_GROUP
from bench.virtual_broadcast import simulate

TEXT = "<b>Pengumuman uji</b>\nIsi pengumuman sepanjang beberapa kalimat. " * 4
IDLE = 20.0
"""Seconds of asking before the run, and again after it."""


async def measure(chats: int, latency: float) -> dict[str, Any]:
    """Run the bot and a broadcast against the server; return the measures."""
    with tempfile.TemporaryDirectory() as name, _server(chats, latency) as url:
        folder = Path(name)
        settings = Settings(telegram_bot_token=TOKEN, telegram_base_url=url, data_dir=folder)
        clock, pace = Clock(UTC), Pace()
        assistant = prepare(snapshot.shipped_folder(), clock.today().year).assistant
        app = application.build(settings, assistant, clock, pace=pace)
        async with _polling(app), BotSender(sending_bot(settings)) as sender:
            store = app.bot_data[SERVICES].store
            documents = StoredDocuments(store, "subscriptions")
            groups = [subscription(FIRST_GROUP - n) for n in range(chats)]
            await documents.save({s.chat: to_fields(s) for s in groups})
            made = _broadcasts(folder, documents, store, sender, pace, clock)
            await made.load()
            return await _run(made, url)


async def _run(made: Broadcasts, url: str) -> dict[str, Any]:
    async with httpx.AsyncClient(base_url=url, timeout=600) as client:

        async def ask(seconds: float) -> list[float]:
            answer = await client.post("/people", params={"seconds": seconds})
            times: list[float] = answer.json()
            return times

        await ask(5)  # warms up the caches of both sides
        idle = await ask(IDLE)
        draft = await made.announcements.draft(1, Content(TEXT))
        await made.announcements.confirm(draft.id, by=1)
        chats = len(list(made.subscribers.active()))
        began = time.perf_counter()
        await made.tick()
        busy = await ask(chats / 30)
        await made.idle()
        took = time.perf_counter() - began
        idle += await ask(IDLE)
        report = (await client.get("/report")).json()
        await made.close()
    times = report["times"]
    return {
        "chats": chats,
        "rate": round((len(times) - 1) / (times[-1] - times[0]), 2),
        "least_rate_5s": round(_least(times), 2),
        "self_429": sum(report["refused"].values()),
        "lost": chats - report["delivered"],
        "duplicates": report["duplicates"],
        "answer_p95_ratio": round(_p95(busy) / _p95(idle), 2),
        "answer_p95_idle_ms": round(1000 * _p95(idle), 1),
        "answer_p95_busy_ms": round(1000 * _p95(busy), 1),
        "answers": [len(idle), len(busy)],
        "seconds": round(took, 1),
    }


def _broadcasts(
    folder: Path,
    documents: StoredDocuments,
    store: Any,
    sender: BotSender,
    pace: Pace,
    clock: Clock,
) -> Broadcasts:
    ledger = FiledLedger(folder / "broadcasts")
    subscribers = Subscribers(documents, clock)
    sources = Sources(dict, Decisions, workdays)

    async def notify(text: str) -> None:
        print(text, file=sys.stderr)

    return Broadcasts(
        subscribers,
        Announcements(StoredDocuments(store, "announcements"), subscribers, ledger, clock),
        Reminders(sources, subscribers, ledger),
        ledger,
        Dispatcher(ledger, sender, subscribers, pace, clock),
        clock,
        notify,
    )


@asynccontextmanager
async def _polling(app: application.App) -> Any:
    async with app:
        await app.updater.start_polling(allowed_updates=application.ALLOWED_UPDATES, timeout=10)
        await app.start()
        try:
            yield
        finally:
            await app.updater.stop()
            await app.stop()
    await app.post_shutdown(app)


@contextmanager
def _server(chats: int, latency: float) -> Iterator[str]:
    command = [sys.executable, "-m", "bench.limited_server", str(chats), str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip() if process.stdout else ""
        finally:
            process.kill()


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1]


def _least(times: list[float]) -> float:
    """The least rate of any five seconds within the run."""
    spans = []
    end = 0
    for begin, at in enumerate(times):
        while end < len(times) and times[end] < at + 5:
            end += 1
        if end == len(times):
            break
        spans.append((end - begin) / 5)
    return min(spans, default=0.0)


def main() -> int:
    """Measure and print; exit 1 when a measure of the issue is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=1000)
    parser.add_argument("--latency", type=float, default=0.0, help="mean, in milliseconds")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--virtual", action="store_true")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    if options.virtual:
        found = simulate(options.chats)
        good = found["lost"] == found["duplicates"] == found["self_429"] == 0
    else:
        found = asyncio.run(measure(options.chats, options.latency))
        good = (
            found["rate"] >= 25
            and found["self_429"] == found["lost"] == found["duplicates"] == 0
            and found["answer_p95_ratio"] < 2
        )
    found["peak_memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(found) if options.json else "\n".join(f"{k}: {v}" for k, v in found.items()))
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
