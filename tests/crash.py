"""Kills a process that writes to the store, again and again, and looks at what is left.

Run as a child with a folder it writes until killed, and acknowledges each vote on stdout.
"""

import asyncio
import random
import sys
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from bot.clock import Clock
from bot.store.store import DOWN, UP, Store


@dataclass
class Toll:
    """What repeated kills cost."""

    kills: int = 0
    acknowledged: int = 0
    unreadable: int = 0
    lost: int = 0


async def write_until_killed(folder: Path) -> None:
    """Write votes and chats as fast as the disk allows."""
    store = Store(folder, Clock(UTC))
    number = len(store.votes())
    while True:
        number += 1
        vote = UP if number % 3 else DOWN
        await asyncio.gather(
            store.save_feedback(number, f"{number:08x}", vote),
            store.save_chat(-number % 50 - 1, {"title": f"Grup {number}" * 20}),
        )
        print(number, vote, flush=True)


async def kill_repeatedly(folder: Path, times: int, seed: int = 1) -> Toll:
    """Start a writer, kill it at a random moment after its first writes; repeat and count."""
    rng = random.Random(seed)
    toll = Toll()
    votes: dict[int, int] = {}
    for _ in range(times):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.crash",
            str(folder),
            stdout=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parents[1],
        )
        assert process.stdout is not None
        for _ in range(rng.randint(1, 12)):
            _note(await process.stdout.readline(), votes)
        # A pause well under one write, so that the kill falls into the middle of one.
        await asyncio.sleep(rng.random() * 0.004)
        process.kill()
        for line in (await process.stdout.read()).splitlines(keepends=True):
            _note(line, votes)
        await process.wait()
        toll.kills += 1
        store = Store(folder, Clock(UTC))
        if store.set_aside is not None:
            toll.unreadable += 1
        kept = store.votes()
        toll.lost += sum(kept.get((n, f"{n:08x}")) != v for n, v in votes.items())
        await store.close()
    toll.acknowledged = len(votes)
    return toll


def _note(line: bytes, votes: dict[int, int]) -> None:
    if line.endswith(b"\n"):
        number, vote = line.split()
        votes[int(number)] = int(vote)


if __name__ == "__main__":
    asyncio.run(write_until_killed(Path(sys.argv[1])))
