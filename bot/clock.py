"""The one place that owns time, so that tests can set it."""

import time
from datetime import date, datetime, tzinfo


class Clock:
    """Wall clock in one time zone, and a monotonic clock for durations."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        """Return the present moment, in the zone of this clock."""
        return datetime.now(self._zone)

    def today(self) -> date:
        """Return today's date in the zone of this clock."""
        return self.now().date()

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic()
