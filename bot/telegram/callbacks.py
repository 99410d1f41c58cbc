"""What buttons carry: short, checked data; anything else is stale or forged.

Forms: ``q:<answer>:<n>`` asks suggestion n, ``m:<answer>`` shows the whole text,
``v:<answer>:u`` and ``v:<answer>:d`` vote, ``p:<answer>`` shows the picture, ``f:<answer>:c``
sends the figures as CSV, ``f:<answer>:x`` as XLSX, ``f:<answer>:b`` the page about an agency,
``f:<answer>:i`` the events as iCalendar, ``k:<answer>`` asks to be told. For admins:
``d:<draft>:<what>`` works on a file that was sent, ``r:<revision>:<what>`` on a revision,
``a:<item>:<what>`` on an open question, ``u:<number>:<what>`` on an announcement,
``h:<event>:<what>`` on an event of the calendar, with the mark of the date that it is about.
``s:<field>:<value>`` sets a subscription of the chat that the button stands in. Ids of answers,
drafts and items are eight hexadecimal digits.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum

from bot.answering.answer import Answer

_ID = "[0-9a-f]{8}"
_FORMS = (
    re.compile(f"(?P<action>[mpk]):(?P<answer>{_ID})"),
    re.compile(f"(?P<action>q):(?P<answer>{_ID}):(?P<value>[0-9])"),
    re.compile(f"(?P<action>v):(?P<answer>{_ID}):(?P<value>[ud])"),
    re.compile(f"(?P<action>f):(?P<answer>{_ID}):(?P<value>[cxbi])"),
    re.compile(f"(?P<action>[da]):(?P<answer>{_ID}):(?P<value>[a-z][0-9a-f]{{0,8}})"),
    re.compile(r"(?P<action>s):(?P<answer>[a-z]):(?P<value>[0-9A-Za-z]{1,4})"),
    re.compile(r"(?P<action>u):(?P<answer>[1-9][0-9]{0,8}):(?P<value>[a-z])"),
    re.compile(r"(?P<action>h):(?P<answer>[a-z0-9-]{1,54}):(?P<value>c|[eu](?:[0-9a-f]{6})?)"),
    re.compile(r"(?P<action>r):(?P<answer>[1-9][0-9]{0,6}):(?P<value>[a-z][0-9]{0,7})"),
)


class Action(StrEnum):
    """What a button does."""

    ASK = "q"
    MORE = "m"
    VOTE = "v"
    PICTURE = "p"
    FILE = "f"
    TELL_ME = "k"
    DRAFT = "d"
    REVISION = "r"
    ITEM = "a"
    SUBSCRIPTION = "s"
    ANNOUNCE = "u"
    EVENT = "h"


@dataclass(frozen=True, slots=True)
class Press:
    """Callback data taken apart: whose button it is (``answer``) and what it chooses."""

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
        self._answers: OrderedDict[str, tuple[Answer, str]] = OrderedDict()

    def add(self, answer_id: str, answer: Answer, question: str = "") -> None:
        """Remember an answer and what was asked."""
        self._answers[answer_id] = (answer, question)
        if len(self._answers) > self._size:
            self._answers.popitem(last=False)

    def get(self, answer_id: str) -> Answer | None:
        """Return an answer that is still remembered."""
        found = self._answers.get(answer_id)
        return found[0] if found else None

    def question(self, answer_id: str) -> str:
        """Return what was asked; empty when it is not remembered (any more)."""
        found = self._answers.get(answer_id)
        return found[1] if found else ""
