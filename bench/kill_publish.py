"""Kill a publishing process at random moments; each time the base must be one revision, whole.

usage: python -m bench.kill_publish [TIMES]
"""

import asyncio
import random
import sys
import tempfile
from datetime import UTC
from pathlib import Path

from bot.clock import Clock
from bot.knowledge.publishing.base import Base
from tests.knowledge_folder import copy_of_shipped
from tests.publisher import check_whole, publish_until_killed


async def run(times: int, root: Path) -> None:
    """Kill and check, again and again; an assertion ends it."""
    rng = random.Random(20261128)
    folder, data = copy_of_shipped(root / "folder"), root / "data"
    Base(folder, data, Clock(UTC)).start()
    for at in range(1, times + 1):
        await publish_until_killed(folder, data, rng)
        check_whole(folder, data)
        if at % 10 == 0:
            print(f"{at} kills, {Base(folder, data, Clock(UTC)).number} revisions, all whole")


def main() -> None:
    """Run as often as asked."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as root:
        asyncio.run(run(times, Path(root)))


if __name__ == "__main__":
    main()
