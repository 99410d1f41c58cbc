"""A clock that stands still, and an assistant that counts days by it."""

from datetime import datetime

from bot.answering.assistant import Assistant
from bot.clock import Clock
from bot.knowledge.deadline import ZONES


class Standing(Clock):
    """A clock that shows one moment."""

    def __init__(self, moment: str, zone: str = "WITA") -> None:
        super().__init__(ZONES[zone])
        self._moment = datetime.fromisoformat(moment).replace(tzinfo=ZONES[zone])

    def now(self) -> datetime:
        return self._moment


def at(assistant: Assistant, moment: str, zone: str = "WITA") -> Assistant:
    """Return the assistant at a moment in a zone of Indonesia."""
    return assistant.with_clock(Standing(moment, zone))
