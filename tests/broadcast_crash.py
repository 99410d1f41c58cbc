"""Kills a process that broadcasts, again and again, and looks at what arrived.

Run as a child with a folder and a server's address it broadcasts run after run until killed; with
``finish`` it ends what is open and stops.
"""

import asyncio
import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.broadcasts import wording
from bot.broadcasts.contract import Content, Send, Verdict
from bot.broadcasts.dispatcher import Dispatcher
from bot.broadcasts.filed import FiledLedger
from bot.broadcasts.ledger import Row, Run
from bot.broadcasts.pace import Pace
from bot.broadcasts.subscribers import Subscribers
from bot.broadcasts.telling import Kind, Telling
from bot.broadcasts.told import State
from bot.clock import Clock
from bot.settings import Settings
from bot.telegram.delivery import BotSender, sending_bot

from tests.botapi import BotApi
from tests.botapi.server import TOKEN
from tests.broadcasting import Memory

CHATS = range(1, 61)
FAST = 150
"""Messages a second, faster than Telegram allows, so that kills hit many calls at once."""


@dataclass
class Toll:
    """What repeated kills cost.

    Attributes:
        messages: Messages that arrived.
        in_flight: Rows that were found in doubt after a kill.
        lost: Planned rows that never arrived.
        marked: Second copies that say so.
        unmarked: Second copies that do not.
        again: Messages that arrived once more although they had been acknowledged in the ledger.
        most: Rows in doubt after a single kill.
    """

    kills: int = 0
    runs: int = 0
    messages: int = 0
    in_flight: int = 0
    most: int = 0
    lost: int = 0
    marked: int = 0
    unmarked: int = 0
    again: int = 0


class SlowApi(BotApi):
    """Takes its time before a message counts and after it, so that kills fall on both sides."""

    async def _do_sendmessage(self, params: dict[str, Any]) -> Any:
        await asyncio.sleep(random.random() * 0.02)
        sent = await super()._do_sendmessage(params)
        await asyncio.sleep(random.random() * 0.02)
        return sent


async def broadcast(folder: Path, url: str, rate: int, *, finish: bool) -> None:
    """Send what is open, then one run after the other."""
    clock = Clock(UTC)
    ledger = FiledLedger(folder)
    settings = Settings(telegram_bot_token=TOKEN, telegram_base_url=url)

    def judge(row: Row, now: datetime) -> Verdict:
        return Send(Content(f"pesan {row.telling.event}"))

    async with BotSender(sending_bot(settings)) as sender:
        pace = Pace(rate)
        dispatcher = Dispatcher(ledger, sender, Subscribers(Memory(), clock), pace, clock)
        print("siap", flush=True)
        while True:
            for run, _ in await ledger.runs():
                await dispatcher.run(run.id, judge)
            if finish:
                break
            number = len(ledger._runs) + 1
            telling = Telling(Kind.ANNOUNCEMENT, str(number))
            rows = [(telling, chat, 0) for chat in CHATS]
            await ledger.plan(Run(f"r{number}", "Uji", clock.now()), rows)
    await ledger.close()


async def kill_repeatedly(folder: Path, times: int, rate: int = FAST, seed: int = 1) -> Toll:
    """Start a sender, kill it at a random moment, look; repeat; finish and count."""
    rng = random.Random(seed)
    api = SlowApi()
    await api.start()
    for chat in CHATS:
        api.chats[chat] = {"id": chat, "type": "private", "first_name": "Ani"}
    toll = Toll()
    acknowledged: dict[tuple[int, str], int] = {}
    for _ in range(times):
        process = await _child(folder, api.url, str(rate))
        assert process.stdout is not None
        assert await process.stdout.readline() == b"siap\n"
        await asyncio.sleep(rng.random() * 0.4)
        process.kill()
        await process.communicate()
        toll.kills += 1
        doubtful, sent = await _look(folder)
        toll.in_flight += doubtful
        toll.most = max(toll.most, doubtful)
        got = _arrived(api)
        toll.again += sum(len(got[key]) > n for key, n in acknowledged.items())
        acknowledged = {key: len(got[key]) for key in sent}
    last = await _child(folder, api.url, str(FAST), "finish")
    await last.communicate()
    assert last.returncode == 0
    _, sent = await _look(folder)
    got = _arrived(api)
    ledger = FiledLedger(folder)
    toll.runs = len(ledger._runs)
    await ledger.close()
    toll.lost = sum((chat, f"r{n}") not in got for chat in CHATS for n in range(1, toll.runs + 1))
    toll.messages = sum(len(texts) for texts in got.values())
    for texts in got.values():
        marks = [text.endswith("(dikirim ulang)") for text in texts]
        toll.marked += sum(marks[1:])
        toll.unmarked += len(marks[1:]) - sum(marks[1:])
    await api.stop()
    return toll


async def _child(folder: Path, url: str, *more: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.broadcast_crash",
        str(folder),
        url,
        *more,
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    )


async def _look(folder: Path) -> tuple[int, set[tuple[int, str]]]:
    """Return how many rows are in doubt, and which were acknowledged."""
    ledger = FiledLedger(folder)
    states: Counter[State] = Counter()
    sent = set()
    for kept in ledger._runs.values():
        for number, chat in enumerate(kept.chats):
            states[kept.state(number)] += 1
            if kept.state(number) is State.SENT:
                sent.add((chat, kept.run.id))
    await ledger.close()
    return states[State.DOUBTFUL], sent


def _arrived(api: BotApi) -> dict[tuple[int, str], list[str]]:
    got: dict[tuple[int, str], list[str]] = defaultdict(list)
    plain = wording.RESENT.replace("<i>", "").replace("</i>", "")
    for chat, messages in api.messages.items():
        for message in messages:
            text = message["text"].replace(wording.RESENT, plain)
            got[chat, "r" + text.split()[1]].append(text)
    return got


if __name__ == "__main__":
    asyncio.run(
        broadcast(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), finish=len(sys.argv) > 4),
    )
