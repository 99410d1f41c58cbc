"""How fast messages may go out: Telegram's limits, kept by construction, answers to people first.

Telegram allows about 30 messages a second over all, one a second to a chat and 20 a minute to a
group (core.telegram.org/bots/faq), and counts when a request arrives there, which we do not see.
It lies between the start of a call and its end. So a call takes its place from its start until
one window after its *end*: whatever the phase of the server's window and however the latency
varies, no window can hold more calls than places.

With a steady latency that is stricter than need be. The shortest latency seen lately is travel
that every call makes, so it is taken off again; what may then slip into a window is only by how
much a latency undercuts all of the last hundreds.
"""

from collections import deque
from dataclasses import dataclass, field

OVERALL = 30
"""Messages a second over all chats."""
HEADROOM = 1
"""Of these, what broadcasts leave free for answers that come at any moment. An answer takes its
place before any broadcast does, and a place becomes free every 34 ms: one is enough."""
CHAT_WINDOW = 1.0
"""Seconds between two messages to a chat."""
GROUP = 20
"""Messages a minute to a group."""
GROUP_HEADROOM = 3
"""Of these, what broadcasts leave free for answers in the group."""
MINUTE = 60.0
_TICK = 0.001
"""Shortest wait, in seconds: less than a timer can tell."""
_BURST = 3
"""Starts that may be made up for after the loop was busy."""
_ENOUGH = 20
"""Calls after which the shortest latency is believed."""
_EPOCH = 500
"""Calls for which a shortest latency is remembered."""


@dataclass(slots=True)
class Call:
    """A message on its way. End it with ``Pace.end``."""

    chat: int
    start: float


@dataclass(slots=True)
class _Chat:
    """What was sent to a chat lately."""

    busy: int = 0
    ends: deque[float] = field(default_factory=deque)


class Pace:
    """Places in the windows. Times are seconds of a monotonic clock, never running backwards.

    Args:
        limit: Messages a second over all.
        headroom: Places of these that only answers to people may take.
        trust_latency: Whether the shortest latency seen is taken off; without it the windows hold
            whatever the network does, at the cost of the latency's share of the rate.
    """

    def __init__(
        self, limit: int = OVERALL, headroom: int = HEADROOM, *, trust_latency: bool = True
    ) -> None:
        self._limit = limit
        self._headroom = headroom
        self._trust = trust_latency
        self._busy = 0
        self._ends: deque[float] = deque()
        self._chats: dict[int, _Chat] = {}
        self._spacing = 1.0 / (limit - headroom)
        self._next = float("-inf")
        self._shortest = [float("inf"), float("inf")]
        self._seen = 0

    def wait(self, chat: int, now: float, *, urgent: bool = False) -> float:
        """Return seconds to wait before a message to any chat may start; 0 when it may.

        Args:
            chat: Where it goes.
            now: The present moment.
            urgent: An answer to a person: takes places that broadcasts leave free, and does not
                queue behind them.
        """
        return max(self.wait_overall(now, urgent=urgent), self.wait_chat(chat, now, urgent=urgent))

    def wait_overall(self, now: float, *, urgent: bool = False) -> float:
        """Return seconds until a place in the window over all is free."""
        places = self._limit if urgent else self._limit - self._headroom
        wait = self._until_free(self._busy, self._ends, places, 1.0, now)
        if not urgent:
            wait = max(wait, self._next - now)
        return max(wait, _TICK) if wait > 0 else 0.0

    def wait_chat(self, chat: int, now: float, *, urgent: bool = False) -> float:
        """Return seconds until the chat itself takes another message."""
        known = self._chats.get(chat)
        if known is None:
            return 0.0
        wait = self._until_free(known.busy, known.ends, 1, CHAT_WINDOW, now)
        if chat < 0:
            places = GROUP if urgent else GROUP - GROUP_HEADROOM
            wait = max(wait, self._until_free(known.busy, known.ends, places, MINUTE, now))
        return wait

    def start(self, chat: int, now: float, *, urgent: bool = False) -> Call:
        """Take a place; the call is made at once."""
        self._tidy(now)
        self._busy += 1
        self._chats.setdefault(chat, _Chat()).busy += 1
        if not urgent:
            self._next = max(self._next, now - _BURST * self._spacing) + self._spacing
        return Call(chat, now)

    def end(self, call: Call, now: float) -> None:
        """Note that the server has answered, or that the call failed."""
        self._busy -= 1
        self._ends.append(now)
        known = self._chats[call.chat]
        known.busy -= 1
        known.ends.append(now)
        self._learn(now - call.start)

    @property
    def chats(self) -> int:
        """Chats that are remembered at the moment."""
        return len(self._chats)

    def _until_free(
        self, busy: int, ends: deque[float], places: int, window: float, now: float
    ) -> float:
        """Return seconds until fewer than ``places`` calls are inside or yet to leave a window."""
        open_from = now - window + self._travel
        inside = busy
        for taken in reversed(ends):
            if taken <= open_from:
                break
            inside += 1
        if inside < places:
            return 0.0
        leaving = inside - places
        # What is in flight leaves after all that has ended; look again when one has.
        at = len(ends) - (inside - busy) + leaving
        if at >= len(ends):
            return window
        return max(ends[at] - open_from, _TICK)

    @property
    def _travel(self) -> float:
        if not self._trust or self._seen < _ENOUGH:
            return 0.0
        return min(self._shortest)

    def _learn(self, latency: float) -> None:
        if self._seen and self._seen % _EPOCH == 0:
            self._shortest = [float("inf"), self._shortest[0]]
        self._seen += 1
        self._shortest[0] = min(self._shortest[0], latency)

    def _tidy(self, now: float) -> None:
        while self._ends and self._ends[0] < now - 2:
            self._ends.popleft()
        for chat in [c for c, _ in zip(self._chats, range(2), strict=False)]:
            # The oldest two at each start: the table stays as long as a minute's messages.
            known = self._chats.pop(chat)
            while known.ends and known.ends[0] < now - MINUTE - 1:
                known.ends.popleft()
            if known.ends or known.busy:
                self._chats[chat] = known
