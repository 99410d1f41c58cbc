"""Publishes again and again in a child that is killed, and looks at what is left."""

import asyncio
import random
import sys
from datetime import UTC
from pathlib import Path

from bot.clock import Clock
from bot.knowledge import snapshot
from bot.knowledge.publishing.base import Base

from tests.knowledge_folder import path_of, regulation


def publish_on_and_on(folder: Path, data: Path) -> None:
    """Publish two provisions that carry one mark, turn by turn; say each revision's number."""
    base = Base(folder, data, Clock(UTC))
    while True:
        mark = f"nomor {base.number}"
        content = regulation(f"Juru kue {mark}", f"Pukul delapan {mark}")
        print(base.publish({path_of(): content}, author="uji", note=mark).number, flush=True)


async def publish_until_killed(folder: Path, data: Path, rng: random.Random) -> None:
    """Let a child publish, and kill it at a random moment."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.publisher",
        str(folder),
        str(data),
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    )
    assert process.stdout is not None
    for _ in range(rng.randint(1, 3)):
        await process.stdout.readline()
    # A pause within one publication, so that the kill falls into the middle of one.
    await asyncio.sleep(rng.random() * 0.5)
    process.kill()
    await process.communicate()


def check_whole(folder: Path, data: Path) -> None:
    """Hold the served state, and after one look the folder, to be one revision, whole."""
    base = Base(folder, data, Clock(UTC))
    found, faults = snapshot.load(base.served())
    assert not faults
    held = found.regulations.get("perwali-palopo-90-2024")
    marks = {p.text.split("nomor ")[1] for p in held.provisions} if held else {"0"}
    assert len(marks) == 1
    number = base.number
    assert base.notice() is None
    assert base.number == number
    assert snapshot.fingerprint(folder) == found.revision


if __name__ == "__main__":
    publish_on_and_on(Path(sys.argv[1]), Path(sys.argv[2]))
