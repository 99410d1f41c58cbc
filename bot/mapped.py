"""Objects kept in a file whose arrays are mapped, not read, when it is opened.

The file holds a pickle and, apart from it, the bytes of every NumPy array in the object (pickle
protocol 5, PEP 574). Opening maps the file: pages are read when they are first touched, and
processes share them.
"""

import mmap
import os
import pickle
import struct
from pathlib import Path
from typing import Any

_MAGIC = b"SPBE\x01\0\0\0"
_ALIGNED = 64
_LENGTH = struct.Struct("<Q")


def save(path: Path, value: object) -> None:
    """Write an object; an older file of that name is replaced once the new one is whole.

    Raises:
        OSError: The file cannot be written.
    """
    arrays: list[pickle.PickleBuffer] = []
    body = pickle.dumps(value, protocol=5, buffer_callback=arrays.append)
    raw = [array.raw() for array in arrays]
    scratch = path.with_name(f"{path.name}.{os.getpid()}")
    with scratch.open("wb") as file:
        file.write(_MAGIC)
        lengths = [len(body), *(len(piece) for piece in raw)]
        file.write(_LENGTH.pack(len(lengths)))
        for length in lengths:
            file.write(_LENGTH.pack(length))
        pieces: list[bytes | memoryview] = [body, *raw]
        for piece in pieces:
            file.write(b"\0" * (-file.tell() % _ALIGNED))
            file.write(piece)
    scratch.replace(path)


def load(path: Path) -> Any:
    """Open a file that ``save`` wrote; its arrays are read-only.

    Only files that nobody else can write may be opened: a pickle can run code.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is no such file, or cut short.
    """
    with path.open("rb") as file:
        try:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except ValueError as error:
            raise ValueError(f"empty file: {path.name}") from error
    if view[: len(_MAGIC)] != _MAGIC:
        raise ValueError(f"not a mapped object: {path.name}")
    try:
        at = len(_MAGIC)
        (count,) = _LENGTH.unpack_from(view, at)
        lengths = [_LENGTH.unpack_from(view, at + _LENGTH.size * (n + 1))[0] for n in range(count)]
    except struct.error as error:
        raise ValueError(f"cut short: {path.name}") from error
    at += _LENGTH.size * (count + 1)
    pieces = []
    for length in lengths:
        at += -at % _ALIGNED
        pieces.append(view[at : at + length])
        at += length
    if at > len(view):
        raise ValueError(f"cut short: {path.name}")
    body, *arrays = pieces
    return pickle.loads(body, buffers=arrays)  # noqa: S301 - see above
