"""Keeps the cyclic garbage collector from stopping everybody while much is being built."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_paused = 0


@contextmanager
def collector_paused() -> Iterator[None]:
    """Collect no cycles meanwhile, in any thread; what has none is freed as ever.

    Building knowledge makes a million objects that stay. Each full collection meanwhile walks all
    of them, for hundreds of milliseconds in which no thread runs, and frees nothing.
    """
    global _paused
    with _lock:
        _paused += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _paused -= 1
            if not _paused:
                gc.enable()
