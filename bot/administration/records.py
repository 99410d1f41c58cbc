"""Reads the journals of questions and votes; a line that lacks something is left out."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

DOWN = -1
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as it was kept.

    Attributes:
        answer: Id of the answer, 8 hex digits.
        kind: What the answer was about; ``unknown`` means that the bot abstained.
        cited: ``source#locator`` of what the answer rests on, best first.
        ms: Milliseconds the answer took; None where it was not kept.
    """

    time: datetime
    answer: str
    text: str
    kind: str
    cited: tuple[str, ...] = ()
    ms: float | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """A user's last word on an answer: 1 or -1."""

    time: datetime
    user: int
    answer: str
    vote: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its down votes."""

    id: str
    text: str
    time: datetime
    kind: str
    down: int = 0


def read_entries(records: Iterable[Record]) -> list[Entry]:
    """Read the records of "pertanyaan", in their order."""
    return [entry for record in records if (entry := _entry(record)) is not None]


def read_votes(records: Iterable[Record]) -> list[Vote]:
    """Read the records of "umpan-balik"; of a user's votes on an answer the last counts."""
    last: dict[tuple[int, str], Vote] = {}
    for record in records:
        vote = _vote(record)
        if vote is not None:
            last[vote.user, vote.answer] = vote
    return list(last.values())


def with_votes(entries: Iterable[Entry], votes: Iterable[Vote]) -> list[Asked]:
    """Return the questions with their down votes."""
    down = Counter(vote.answer for vote in votes if vote.vote == DOWN)
    return [Asked(e.answer, e.text, e.time, e.kind, down[e.answer]) for e in entries]


def _entry(record: Record) -> Entry | None:
    time = _time(record)
    answer, text, kind = (_text(record, key) for key in ("answer", "question", "kind"))
    if time is None or not (answer and text and kind):
        return None
    cited, ms = record.get("cited"), record.get("ms")
    return Entry(
        time,
        answer,
        text,
        kind,
        tuple(map(str, cited)) if isinstance(cited, list) else (),
        float(ms) if isinstance(ms, int | float) and math.isfinite(ms) else None,
    )


def _text(record: Record, key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) and value.strip() else ""


def _vote(record: Record) -> Vote | None:
    time = _time(record)
    try:
        user, answer, vote = int(record["user"]), str(record["answer"]), int(record["vote"])
    except (KeyError, TypeError, ValueError):
        return None
    return Vote(time, user, answer, vote) if time is not None and vote in (1, DOWN) else None


def _time(record: Record) -> datetime | None:
    """Read the time of a record; one without a zone cannot be compared with others."""
    try:
        time = datetime.fromisoformat(record["time"])
    except (KeyError, TypeError, ValueError):
        return None
    return time if time.tzinfo is not None else None
