"""A Bot API server in a process of its own that enforces Telegram's limits and asks questions.

usage: python -m bench.limited_server CHATS [LATENCY_MS]

Prints its address. ``POST /people?seconds=30`` has people ask the bot one question after the other
and returns how long each answer took; ``GET /report`` tells what arrived.
"""

import asyncio
import itertools
import json
import random
import sys
import time
from collections import Counter, defaultdict, deque
from pathlib import Path
from typing import Any

from aiohttp import web
from tests.botapi.server import BotApi, Fault

OVERALL, CHAT, GROUP = 30, 1, 20
"""Messages: a second over all, a second to a chat, a minute to a group."""
FIRST_GROUP = -1_002_000_000_000
ASKERS = 20
_QUESTIONS = Path(__file__).parents[1] / "tests/data/questions_dev.jsonl"
_SENDING = ("sendmessage", "sendphoto", "senddocument")


class LimitedApi(BotApi):
    """Counts in sliding windows by the moment of arrival, and refuses what is too much."""

    def __init__(self, chats: int, latency: float) -> None:
        super().__init__()
        for number in range(chats):
            chat = FIRST_GROUP - number
            self.chats[chat] = {"id": chat, "type": "supergroup", "title": f"Grup {number}"}
        self.latency = latency
        self.arrived: list[tuple[float, int]] = []
        self.refused: Counter[str] = Counter()
        self.bodies: dict[int, list[str]] = defaultdict(list)
        self._all: deque[float] = deque()
        self._each: dict[int, deque[float]] = defaultdict(deque)
        self._rng = random.Random(1)
        self._questions = itertools.cycle(
            json.loads(line)["question"] for line in _QUESTIONS.read_text().splitlines()
        )

    def routes(self, app: web.Application) -> None:
        """Add what the bench asks for."""
        super().routes(app)
        app.router.add_post("/people", self._people)
        app.router.add_get("/report", self._report)

    def _fault(self, method: str, params: dict[str, Any]) -> Fault | None:
        return super()._fault(method, params) or (
            self._limit(int(params["chat_id"])) if method in _SENDING else None
        )

    def _limit(self, chat: int) -> Fault | None:
        now = time.monotonic()
        each = self._each[chat]
        while self._all and self._all[0] <= now - 1:
            self._all.popleft()
        while each and each[0] <= now - 60:
            each.popleft()
        why = ""
        if len(self._all) >= OVERALL:
            why = "overall"
        elif sum(at > now - 1 for at in each) >= CHAT:
            why = "chat"
        elif chat < 0 and len(each) >= GROUP:
            why = "group"
        if why:
            self.refused[why] += 1
            return Fault(429, "Too Many Requests: retry after 1", {"retry_after": 1})
        self._all.append(now)
        each.append(now)
        return None

    async def _do_sendmessage(self, params: dict[str, Any]) -> Any:
        if self.latency:
            await asyncio.sleep(self.latency * self._rng.uniform(0.7, 1.6))
        sent = await super()._do_sendmessage(params)
        if sent["chat"]["id"] < 0:
            self.arrived.append((time.monotonic(), sent["chat"]["id"]))
            self.bodies[sent["chat"]["id"]].append(sent["text"])
        return sent

    async def _people(self, request: web.Request) -> web.Response:
        """Ask for some seconds, each question after the answer to the last and a pause."""
        until = time.monotonic() + float(request.query["seconds"])
        times = []
        for user in itertools.cycle(range(1, ASKERS + 1)):
            if time.monotonic() >= until:
                break
            seen = len(self.messages[user])
            asked = time.monotonic()
            await self.private(next(self._questions), user)
            await self.until(lambda u=user, n=seen: len(self.messages[u]) > n, 60)  # type: ignore[misc]
            times.append(time.monotonic() - asked)
            await asyncio.sleep(self._rng.uniform(0.3, 0.6))
        return web.json_response(times)

    async def _report(self, request: web.Request) -> web.Response:
        times = [at for at, _ in self.arrived]
        counts = Counter(chat for _, chat in self.arrived)
        unmarked = sum(
            sum("dikirim ulang" not in text for text in texts) > 1
            for texts in self.bodies.values()
        )
        return web.json_response(
            {
                "delivered": len(counts),
                "duplicates": sum(n - 1 for n in counts.values()),
                "unmarked_duplicates": unmarked,
                "refused": self.refused,
                "times": times,
            }
        )


async def serve(chats: int, latency: float) -> None:
    api = LimitedApi(chats, latency)
    await api.start()
    print(api.url, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0.0))
