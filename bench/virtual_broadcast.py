"""Plan and send to many chats in virtual time: what it costs in time, memory and disk."""

import asyncio
import random
import tempfile
import time
import tracemalloc
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.broadcasts.dispatcher import Dispatcher
from bot.broadcasts.filed import FiledLedger
from bot.broadcasts.ledger import Run
from bot.broadcasts.pace import Pace
from bot.broadcasts.plan import Decisions
from bot.broadcasts.reminders import Reminders, Sources
from bot.broadcasts.subscribers import Subscribers
from bot.broadcasts.subscriptions import to_fields
from bot.knowledge import workdays
from bot.knowledge.deadline import Deadline
from tests.broadcasting import Memory, Server, subscription
from tests.virtual import VirtualClock, run

from bench.limited_server import FIRST_GROUP

START = datetime(2027, 9, 1, 8, 0, tzinfo=ZoneInfo("Asia/Makassar"))
DEADLINE = Deadline(
    id="2027-mandiri",
    stage="penilaian mandiri",
    title="Penilaian mandiri",
    year=2027,
    closes=date(2027, 9, 10),
    status="resmi",
    action="Kirim penilaian mandiri.",
    link="https://eval.spbe.go.id",
)
"""Closes seven working days after ``START``."""


def simulate(chats: int) -> dict[str, Any]:
    """Remind all chats of one deadline; return what it took."""
    with tempfile.TemporaryDirectory() as name:
        return run(_simulate(chats, Path(name)))


async def _simulate(chats: int, folder: Path) -> dict[str, Any]:
    tracemalloc.start()
    clock = VirtualClock(START)
    documents = Memory()
    zones = ("WIB", "WITA", "WIT")
    # All due by now: eight in the morning in the west is ten in the east.
    for number in range(chats):
        one = subscription(FIRST_GROUP - number, zone=zones[number % 3], hour=7)
        documents.kept[one.chat] = to_fields(one)
    before = tracemalloc.get_traced_memory()[0]
    subscribers = Subscribers(documents, clock)
    await subscribers.load()
    subscribed = tracemalloc.get_traced_memory()[0] - before
    ledger = FiledLedger(folder, durable=False)
    calendar = {DEADLINE.id: DEADLINE}
    reminders = Reminders(Sources(lambda: calendar, Decisions, workdays), subscribers, ledger)
    tracemalloc.stop()
    began = time.perf_counter()
    plan = await reminders.plan(clock.now())
    planning = time.perf_counter() - began
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    began = time.perf_counter()
    rows = [(due.telling, due.chat, due.thread) for due in plan.due]
    await ledger.plan(Run("r", "Simulasi", clock.now()), rows)
    writing = time.perf_counter() - began
    del rows
    kept = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    server = Server(latency=(0.02, 0.1), rng=random.Random(1))
    dispatcher = Dispatcher(ledger, server, subscribers, Pace(), clock, random.Random(1))
    path = folder / "00000001.jsonl"
    planned = path.stat().st_size
    largest = 0

    async def look(_: object) -> None:
        nonlocal largest
        largest = max(largest, path.stat().st_size)

    began, loop = time.perf_counter(), asyncio.get_running_loop()
    start = loop.time()
    await dispatcher.run("r", await reminders.judge(), look)
    took, virtual = time.perf_counter() - began, loop.time() - start
    began = time.perf_counter()
    again = await reminders.plan(clock.now())
    replanning = time.perf_counter() - began
    await ledger.close()
    began = time.perf_counter()
    await FiledLedger(folder, durable=False).close()
    opening = time.perf_counter() - began
    got = server.chats()
    return {
        "chats": chats,
        "due": len(plan.due),
        "due_again": len(again.due),
        "lost": chats - len(got),
        "duplicates": len(server.got) - len(got),
        "self_429": server.refused,
        "rate": round(len(server.got) / virtual, 2),
        "virtual_minutes": round(virtual / 60, 1),
        "planning_seconds": round(planning, 2),
        "planning_again_seconds": round(replanning, 2),
        "writing_plan_seconds": round(writing, 2),
        "sending_cpu_ms_a_message": round(1000 * took / chats, 3),
        "opening_seconds": round(opening, 2),
        "subscribers_mb": round(subscribed / 2**20, 1),
        "ledger_memory_mb": round(kept / 2**20, 1),
        "ledger_planned_mb": round(planned / 2**20, 2),
        "ledger_largest_mb": round(largest / 2**20, 2),
        "ledger_finished_mb": round(path.stat().st_size / 2**20, 2),
    }
