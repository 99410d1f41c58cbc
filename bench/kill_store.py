"""Kill a writing process 200 times and count unreadable stores and lost acknowledged votes.

usage: python -m bench.kill_store [TIMES]
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.crash import kill_repeatedly


def main() -> int:
    """Run and print the toll; exit 1 when anything was lost."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        toll = asyncio.run(kill_repeatedly(Path(folder), times))
    print(toll)
    return int(bool(toll.unreadable or toll.lost))


if __name__ == "__main__":
    sys.exit(main())
