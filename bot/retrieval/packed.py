"""Passages packed into bytes: for bases too large to hold as objects."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import overload

import numpy as np

from bot.retrieval.passages import Passage, PassageKind

_NAMES = [field.name for field in fields(Passage)]


class PackedPassages(Sequence[Passage]):
    """A sequence of passages in one array of bytes, each read when it is asked for."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        pieces = bytearray()
        ends = [0]
        for passage in passages:
            pieces += _pack(passage)
            ends.append(len(pieces))
        self._bytes = np.frombuffer(bytes(pieces), np.uint8)
        self._ends = np.array(ends, np.int64)

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> Passage: ...

    @overload
    def __getitem__(self, at: slice) -> list[Passage]: ...

    def __getitem__(self, at: int | slice) -> Passage | list[Passage]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        place = at % len(self)
        start, end = self._ends[place : place + 2].tolist()
        return _unpack(self._bytes[start:end].tobytes())

    def __iter__(self) -> Iterator[Passage]:
        return (self[n] for n in range(len(self)))


def _pack(passage: Passage) -> bytes:
    values = {name: getattr(passage, name) for name in _NAMES}
    values["rests_on"] = sorted(passage.rests_on)
    return json.dumps(list(values.values()), ensure_ascii=False).encode()


def _unpack(packed: bytes) -> Passage:
    values = dict(zip(_NAMES, json.loads(packed), strict=True))
    values["kind"] = PassageKind(values["kind"])
    values["questions"] = tuple(values["questions"])
    values["keywords"] = tuple(values["keywords"])
    values["rests_on"] = frozenset(values["rests_on"])
    return Passage(**values)
