"""What each conversation is about, for 15 minutes."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import timedelta

from bot.answering.answer import Topic
from bot.clock import Clock

FORGET_AFTER = timedelta(minutes=15)


class Conversations:
    """Topics by conversation (a chat and user), forgotten after 15 minutes of silence."""

    def __init__(self, clock: Clock, size: int = 10_000) -> None:
        self._clock = clock
        self._size = size
        self._topics: OrderedDict[Hashable, tuple[float, Topic]] = OrderedDict()

    def get(self, key: Hashable) -> Topic:
        """Return what a conversation is about; a fresh topic when it is new or forgotten."""
        when, topic = self._topics.get(key, (0.0, Topic()))
        if self._clock.monotonic() - when > FORGET_AFTER.total_seconds():
            self._topics.pop(key, None)
            return Topic()
        return topic

    def set(self, key: Hashable, topic: Topic) -> None:
        """Remember what a conversation is about now."""
        self._topics[key] = (self._clock.monotonic(), topic)
        self._topics.move_to_end(key)
        while len(self._topics) > self._size:
            self._topics.popitem(last=False)

    def forget_user(self, user: int) -> int:
        """Forget the conversations whose key ends with a user; return how many."""
        mine = [key for key in self._topics if isinstance(key, tuple) and key[-1] == user]
        for key in mine:
            del self._topics[key]
        return len(mine)
