"""Appending lines to a file, durably, with one flush for all that wait at the same time."""

import asyncio
import os
from pathlib import Path
from typing import BinaryIO


class Appender:
    """Lines added at the end of a file.

    A line is on disk when ``append`` returns. Lines that arrive while the disk is busy share the
    next flush, so that ten writers wait hardly longer than one.

    Args:
        path: The file; it exists.
        durable: False leaves flushing to the system, for simulations.
    """

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        self._durable = durable
        self._file: BinaryIO = path.open("ab", buffering=0)
        self._torn = path.stat().st_size > 0 and not _ends_with_newline(path)
        self._waiting: list[bytes] = []
        self._batch: asyncio.Future[None] | None = None
        self._flushing: asyncio.Task[None] | None = None

    async def append(self, line: str) -> None:
        """Write a line.

        Raises:
            OSError: It is not on disk, whole or at all.
        """
        self._waiting.append(line.encode() + b"\n")
        if not self._durable:
            self._write(self._take())
            return
        if self._batch is None:
            self._batch = asyncio.get_running_loop().create_future()
        batch = self._batch
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())
        # A caller that is cancelled must not take the others' flush with it.
        await asyncio.shield(batch)

    async def close(self) -> None:
        """Wait for the disk and close the file."""
        if self._flushing is not None:
            await asyncio.wait([self._flushing])
        self._file.close()

    async def _flush(self) -> None:
        try:
            while self._waiting and self._batch is not None:
                batch, self._batch = self._batch, None
                try:
                    await asyncio.to_thread(self._write, self._take())
                except OSError as error:
                    batch.set_exception(error)
                    batch.exception()  # a writer that went away does not fetch it
                else:
                    batch.set_result(None)
        finally:
            self._flushing = None

    def _take(self) -> bytes:
        data = b"".join(self._waiting)
        self._waiting.clear()
        return data

    def _write(self, data: bytes) -> None:
        if self._torn:
            data = b"\n" + data
        self._torn = True  # until all of it is written
        while data:
            data = data[self._file.write(data) :]
        self._torn = False
        if self._durable:
            os.fsync(self._file.fileno())


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
