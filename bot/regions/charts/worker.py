"""Draws pictures in a process of its own, so nothing waits for it, and keeps the last ones."""

import asyncio
import multiprocessing
from collections import OrderedDict
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from bot.processes import follow_parent
from bot.regions.charts.spec import Chart

_KEPT = 200
_Key = tuple[Chart, str]


class Painter:
    """Turns what a picture shows into its bytes; equal pictures are drawn once."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._drawn: OrderedDict[_Key, bytes] = OrderedDict()
        self._waiting: dict[_Key, asyncio.Task[bytes]] = {}
        self._pool: ProcessPoolExecutor | None = None

    async def warm(self) -> None:
        """Start the process and import what draws, before anybody waits for a picture."""
        await asyncio.get_running_loop().run_in_executor(self._process(), _import_drawing)

    async def paint(self, chart: Chart, kind: str = "png") -> bytes:
        """Return a picture, or a page with ``kind="pdf"``."""
        key = (chart, kind)
        known = self._drawn.get(key)
        if known is not None:
            self._drawn.move_to_end(key)
            return known
        task = self._waiting.get(key)
        if task is None:
            task = asyncio.create_task(self._draw(key))
            self._waiting[key] = task
            task.add_done_callback(lambda _: self._waiting.pop(key, None))
        return await asyncio.shield(task)

    async def _draw(self, key: _Key) -> bytes:
        loop = asyncio.get_running_loop()
        pool = self._process()
        try:
            picture = await loop.run_in_executor(pool, _render, *key)
        except BrokenProcessPool:
            # The process was killed, for want of memory perhaps: once more in a new one, which
            # the first that notices starts for all that wait.
            if self._pool is pool:
                self._pool = None
                pool.shutdown(wait=False)
            picture = await loop.run_in_executor(self._process(), _render, *key)
        self._drawn[key] = picture
        if len(self._drawn) > self._kept:
            self._drawn.popitem(last=False)
        return picture

    def _process(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=follow_parent,
            )
        return self._pool

    def close(self) -> None:
        """End the process; a later picture starts a new one."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _import_drawing() -> None:
    import bot.regions.charts.draw  # noqa: F401


def _render(chart: Chart, kind: str) -> bytes:
    from bot.regions.charts.draw import render

    return render(chart, kind)
