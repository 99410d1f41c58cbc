"""An event loop whose time jumps to the next timer instead of waiting for it."""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.clock import Clock

T = TypeVar("T")


class _Selector(selectors.SelectSelector):
    """Never waits: where nothing is ready, it moves the loop's time on."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            # No timer is left: only a thread can still have something to say.
            ready = super().select(60)
            if not ready:
                raise RuntimeError("nothing will ever happen again")
            return ready
        ready = super().select(0)
        if not ready:
            self.now += max(timeout, 0)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """For code that waits by timers only: threads and sockets know nothing of this time."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.now

    def pass_time(self, seconds: float) -> None:
        """Let time pass at once, as when the loop was busy."""
        self._virtual.now += seconds


class VirtualClock(Clock):
    """The time of day that belongs to a virtual loop."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        assert start.tzinfo is not None
        super().__init__(start.tzinfo)

    def now(self) -> datetime:
        return self.start + timedelta(seconds=asyncio.get_running_loop().time())

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
