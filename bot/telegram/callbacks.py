"""What buttons carry: short, checked data; anything else is stale or forged.

Forms: ``q:<answer>:<n>`` asks suggestion n, ``m:<answer>`` shows the whole text,
``v:<answer>:u`` and ``v:<answer>:d`` vote, ``p:<answer>`` shows the picture, ``f:<answer>:c``
sends the figures as CSV, ``f:<answer>:x`` as XLSX, ``f:<answer>:b`` the page about an agency. An
answer id is eight hexadecimal digits.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum

from bot.answering.answer import Answer

_ID = "[0-9a-f]{8}"
_FORMS = (
    re.compile(f"(?P<action>[mp]):(?P<answer>{_ID})"),
    re.compile(f"(?P<action>q):(?P<answer>{_ID}):(?P<value>[0-9])"),
    re.compile(f"(?P<action>v):(?P<answer>{_ID}):(?P<value>[ud])"),
    re.compile(f"(?P<action>f):(?P<answer>{_ID}):(?P<value>[cxb])"),
)


class Action(StrEnum):
    """What a button does."""

    ASK = "q"
    MORE = "m"
    VOTE = "v"
    PICTURE = "p"
    FILE = "f"


@dataclass(frozen=True, slots=True)
class Press:
    """Callback data taken apart; ``value`` chooses, as the module says."""

    action: Action
    answer: str
    value: str = ""

    def encode(self) -> str:
        """Return the callback data of a button (at most 64 bytes)."""
        return ":".join(part for part in (self.action.value, self.answer, self.value) if part)


def decode(data: str) -> Press | None:
    """Read callback data; None for anything this bot did not make."""
    for form in _FORMS:
        found = form.fullmatch(data)
        if found is not None:
            parts = found.groupdict()
            return Press(Action(parts["action"]), parts["answer"], parts.get("value", ""))
    return None


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
