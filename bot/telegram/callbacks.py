"""What buttons carry: short, checked data; anything else is stale or forged.

Forms: ``q:<answer>:<n>`` asks suggestion n, ``m:<answer>`` shows the whole text,
``v:<answer>:u`` and ``v:<answer>:d`` vote. An answer id is eight hexadecimal digits.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum

from bot.answering.answer import Answer

_DATA = re.compile(r"(?:(q):([0-9a-f]{8}):(\d)|(m):([0-9a-f]{8})|(v):([0-9a-f]{8}):([ud]))")


class Action(StrEnum):
    """What a button does."""

    ASK = "q"
    MORE = "m"
    VOTE = "v"


@dataclass(frozen=True, slots=True)
class Press:
    """Callback data taken apart; ``value`` is a suggestion's number or ``u``/``d``."""

    action: Action
    answer: str
    value: str = ""

    def encode(self) -> str:
        """Return the callback data of a button (at most 64 bytes)."""
        return ":".join(part for part in (self.action.value, self.answer, self.value) if part)


def decode(data: str) -> Press | None:
    """Read callback data; None for anything this bot did not make."""
    found = _DATA.fullmatch(data)
    if found is None:
        return None
    if found[1]:
        return Press(Action.ASK, found[2], found[3])
    if found[4]:
        return Press(Action.MORE, found[5])
    return Press(Action.VOTE, found[7], found[8])


class RecentAnswers:
    """The last answers sent, by id, so that their buttons work; the oldest is forgotten."""

    def __init__(self, size: int = 5000) -> None:
        self._size = size
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def add(self, answer_id: str, answer: Answer) -> None:
        """Remember an answer."""
        self._answers[answer_id] = answer
        if len(self._answers) > self._size:
            self._answers.popitem(last=False)

    def get(self, answer_id: str) -> Answer | None:
        """Return an answer that is still remembered."""
        return self._answers.get(answer_id)
