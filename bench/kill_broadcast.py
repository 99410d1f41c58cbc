"""Kill a broadcasting process 200 times; count lost messages and second copies.

usage: python -m bench.kill_broadcast [TIMES] [RATE]

RATE is messages a second, Telegram's 30 unless given; at 150 each kill hits many calls.
"""

import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from bot.broadcasts.pace import OVERALL
from tests.broadcast_crash import kill_repeatedly


def main() -> int:
    """Run and print the toll; exit 1 when anything was lost or came twice without saying so."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rate = int(sys.argv[2]) if len(sys.argv) > 2 else OVERALL
    # A client that is killed in the middle of a request is what this is about.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        toll = asyncio.run(kill_repeatedly(Path(folder), times, rate))
    print(toll)
    return int(bool(toll.lost or toll.unmarked or toll.again))


if __name__ == "__main__":
    sys.exit(main())
