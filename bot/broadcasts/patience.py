"""How long to wait when the server asks to, or does not answer."""

import random

FIRST_RETRY = 1.0
"""Seconds before the second try; doubled with each."""
LAST_RETRY = 300.0
"""Most seconds before any try."""
TROUBLE = 3
"""Calls in a row without an answer, of more than one chat, after which the server, not the row, is
taken to be ill."""
ILL = 60.0
"""Most seconds between looks at a server that is ill."""


class Patience:
    """When the next call of all may start, and when a failed one is tried again.

    All runs share one: the server does not care which run a call belongs to.

    Args:
        rng: Source of jitter, so that retries do not come all at once.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._failures = 0
        self._troubled: set[int] = set()
        self._not_before = float("-inf")
        self._asked: dict[int, float] = {}

    @property
    def ill(self) -> bool:
        """Whether the server seems to be down, so that one call at a time is enough to see."""
        return self._failures >= TROUBLE and len(self._troubled) > 1

    def wait(self, now: float) -> float:
        """Return seconds in which no call may start."""
        return max(0.0, self._not_before - now)

    def wait_chat(self, chat: int, now: float) -> float:
        """Return seconds for which the server asked to leave a chat alone."""
        return max(0.0, self._asked.get(chat, now) - now)

    def asked(self, chat: int, seconds: float, now: float) -> float:
        """Heed a 429 and return seconds until this chat may be tried again.

        It may be about the one chat; only a second one elsewhere meanwhile stops all calls.
        """
        self._asked = {c: until for c, until in self._asked.items() if until > now}
        if any(known != chat for known in self._asked):
            self._not_before = max(self._not_before, now + seconds)
        self._asked[chat] = now + seconds
        return seconds + self._rng.random()

    def failed(self, chat: int, attempts: int, now: float) -> float:
        """Note a call without an answer; return seconds until its row may be tried again."""
        self._failures += 1
        self._troubled.add(chat)
        if self.ill:
            wait = self._backoff(self._failures - TROUBLE, ILL)
            self._not_before = max(self._not_before, now + wait)
        return self._backoff(attempts, LAST_RETRY)

    def answered(self) -> None:
        """Note that the server is well."""
        self._failures = 0
        self._troubled.clear()

    def _backoff(self, attempts: int, most: float) -> float:
        delay = min(most, FIRST_RETRY * 2.0 ** min(attempts, 20))
        return delay / 2 + self._rng.random() * delay / 2
