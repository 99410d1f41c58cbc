"""One run as the embedded ledger keeps it: packed in memory, a file of its own on disk.

The first line holds the run and its rows; it is written aside and renamed, so a run exists whole
or not at all. Each further line is a step: ``[12,"s"]`` row 12 is being sent, ``[12,"k",881]`` it
was acknowledged as message 881, ``["jeda"]`` the run was paused. A finished run is written anew
with a character a row. A row costs about 30 bytes of memory.
"""

import json
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.broadcasts.ledger import Course, Row, Run, Tally
from bot.broadcasts.telling import Kind, Telling
from bot.broadcasts.told import State
from bot.store.atomic import replace_files

REDIRECT, TO_GENERAL = "r", "t"
_STATES = {state.value: state for state in State}
_IN_DOUBT = (State.SENDING, State.DOUBTFUL)
_CODES = {ord(state.value): state for state in State}


@dataclass
class RunFile:
    """A run with its rows, sorted by message and chat.

    Attributes:
        tellings: Its messages.
        starts: For each message the number of its first row; one more at the end.
        chats: Ids of the rows' chats.
        states: A letter a row.
        messages: Ids that the server gave; 0 where none.
        threads: Topics of the rows that go to one.
        reasons: Why rows were not sent.
        redirects: New ids of chats that were upgraded meanwhile.
        lost: Rows whose topic is lost.
        quiet: Those of them that do not say so, as an earlier message did.
        again: Rows that were handed to the sender while in doubt.
    """

    run: Run
    path: Path
    tellings: list[Telling]
    starts: list[int]
    chats: "array[int]"
    states: bytearray
    messages: "array[int]"
    threads: dict[int, int]
    course: Course = Course.RUNNING
    reasons: dict[int, str] = field(default_factory=dict)
    redirects: dict[int, int] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    quiet: set[int] = field(default_factory=set)
    again: set[int] = field(default_factory=set)

    def find(self, which: int, chat: int) -> State | None:
        """Return the state of a message for a chat."""
        begin, end = self.starts[which], self.starts[which + 1]
        at = bisect_left(self.chats, chat, begin, end)
        return self.state(at) if at < end and self.chats[at] == chat else None

    def state(self, number: int) -> State:
        """Return the state of a row."""
        return _CODES[self.states[number]]

    def open_rows(self, after: int, limit: int) -> list[Row]:
        """Return the rows that are still to be sent."""
        found: list[Row] = []
        for number in range(after + 1, len(self.chats)):
            if self.state(number).open:
                found.append(self.row(number))
                if len(found) == limit:
                    break
        return found

    def row(self, number: int) -> Row:
        """Return a row as senders see it."""
        # A group that was upgraded had no topics.
        general = number in self.lost or number in self.redirects
        return Row(
            self.run.id,
            number,
            self.redirects.get(number, self.chats[number]),
            0 if general else self.threads.get(number, 0),
            self.tellings[bisect_left(self.starts, number + 1) - 1],
            self.state(number),
            self.run.planned,
            number in self.lost and number not in self.quiet,
        )

    def apply(self, step: Sequence[Any]) -> None:
        """Take a step that was read or written."""
        if len(step) == 1:
            self.course = Course(step[0])
            if self.course is Course.CANCELLED:
                stopped = ord(State.STOPPED.value)
                self.states = self.states.replace(State.PLANNED.value.encode(), bytes([stopped]))
            return
        number, code = step[0], step[1]
        if code == REDIRECT:
            self.redirects[number] = step[2]
        elif code == TO_GENERAL:
            self.lost.add(number)
            if len(step) > 2:
                self.quiet.add(number)
        else:
            state = _STATES[code]
            if state is State.SENDING and self.state(number) in _IN_DOUBT:
                self.again.add(number)
            self.states[number] = ord(code)
            if state is State.SENT:
                self.messages[number] = step[2]
            elif len(step) > 2:
                self.reasons[number] = step[2]

    def tally(self) -> Tally:
        """Count rows by state, and reasons of those that ended unsent."""
        states = Counter({_CODES[code]: n for code, n in Counter(self.states).items()})
        ended = (r for n, r in self.reasons.items() if not self._settled_well(n))
        resent = sum(self.state(number) is State.SENT for number in self.again)
        return Tally(states, Counter(ended), resent)

    def _settled_well(self, number: int) -> bool:
        state = self.state(number)
        return state.open or state in (State.SENT, State.WITHDRAWN)

    def write(self) -> None:
        """Replace the file by one line that holds all; it is on disk on return."""
        line = json.dumps(self._packed(), ensure_ascii=False, separators=(",", ":"))
        replace_files({self.path: f"{line}\n".encode()})

    def _packed(self) -> dict[str, Any]:
        packed: dict[str, Any] = {
            "run": self.run.id,
            "title": self.run.title,
            "planned": self.run.planned.isoformat(),
            "by": self.run.by,
            "course": self.course.value,
            "tellings": [
                [t.kind.value, t.event, t.version, t.lead, t.change, t.title]
                for t in self.tellings
            ],
            "starts": self.starts,
            "chats": self.chats.tolist(),
            "states": self.states.decode(),
            "threads": self.threads,
            "reasons": self.reasons,
            "redirects": self.redirects,
            "lost": sorted(self.lost),
        }
        if self.quiet:
            packed["quiet"] = sorted(self.quiet)
        if self.again:
            packed["again"] = sorted(self.again)
        if any(self.messages):
            packed["messages"] = self.messages.tolist()
        return packed


def build(run: Run, path: Path, rows: Sequence[tuple[Telling, int, int]], state: State) -> RunFile:
    """Return a new run of (message, chat, topic), each pair of message and chat once."""
    by_telling: dict[Telling, dict[int, int]] = {}
    for telling, chat, thread in rows:
        by_telling.setdefault(telling, {}).setdefault(chat, thread)
    chats: array[int] = array("q")
    threads: dict[int, int] = {}
    starts = [0]
    for group in by_telling.values():
        for chat in sorted(group):
            if group[chat]:
                threads[len(chats)] = group[chat]
            chats.append(chat)
        starts.append(len(chats))
    return RunFile(
        run,
        path,
        list(by_telling),
        starts,
        chats,
        bytearray(state.value.encode() * len(chats)),
        array("q", bytes(8 * len(chats))),
        threads,
        Course.RUNNING if state.open else Course.DONE,
    )


def read(path: Path) -> RunFile | None:
    """Read a run; None when its first line cannot be read.

    A line torn by a crash is skipped: what it said was not promised to anyone yet.
    """
    with path.open(encoding="utf-8", errors="replace") as file:
        steps = _lines(file)
        head = next(steps, None)
        if not isinstance(head, dict):
            return None
        found = _unpack(head, path)
        for step in steps:
            if isinstance(step, list) and step:
                found.apply(step)
    in_flight, doubtful = State.SENDING.value.encode(), State.DOUBTFUL.value.encode()
    found.states = found.states.replace(in_flight, doubtful)
    return found


def _lines(file: Iterator[str]) -> Iterator[Any]:
    for line in file:
        try:
            yield json.loads(line)
        except ValueError:
            yield None


def _unpack(head: dict[str, Any], path: Path) -> RunFile:
    chats = array("q", head["chats"])
    return RunFile(
        Run(head["run"], head["title"], datetime.fromisoformat(head["planned"]), head["by"]),
        path,
        [Telling(Kind(k), *rest) for k, *rest in head["tellings"]],
        head["starts"],
        chats,
        bytearray(head["states"].encode()),
        array("q", head.get("messages") or bytes(8 * len(chats))),
        _numbered(head["threads"]),
        Course(head["course"]),
        _numbered(head["reasons"]),
        _numbered(head["redirects"]),
        set(head["lost"]),
        set(head.get("quiet", ())),
        set(head.get("again", ())),
    )


def _numbered(pairs: dict[str, Any]) -> dict[int, Any]:
    return {int(number): value for number, value in pairs.items()}
