"""Sends runs, one at a time."""

import asyncio
import random

from bot.broadcasts.contract import Chats, Judge, Sender
from bot.broadcasts.delivering import Tools
from bot.broadcasts.ledger import Ledger
from bot.broadcasts.pace import Pace
from bot.broadcasts.progress import Onlooker
from bot.broadcasts.sending import Outcome, Sending
from bot.clock import Clock


class Dispatcher:
    """The one that sends; a process has one of it, or runs would overlap.

    Args:
        ledger: Where rows come from and go to.
        sender: Who sends.
        chats: Who is told what became of chats.
        pace: Shared with everything else that sends to Telegram.
        clock: The time of day.
        rng: Source of jitter.
    """

    def __init__(
        self,
        ledger: Ledger,
        sender: Sender,
        chats: Chats,
        pace: Pace,
        clock: Clock,
        rng: random.Random | None = None,
    ) -> None:
        rng = rng or random.Random()  # noqa: S311 - spreads retries, guards nothing
        self._wake = asyncio.Event()
        self._tools = Tools(ledger, sender, chats, pace, clock, rng, self._wake)
        self._running = asyncio.Lock()

    def nudge(self) -> None:
        """Look again now: a run was paused, resumed or cancelled."""
        self._wake.set()

    async def run(self, run: str, judge: Judge, onlooker: Onlooker | None = None) -> Outcome:
        """Send what is open in a run until it is over or paused.

        A second caller waits until the first is through.

        Args:
            run: Its id.
            judge: Decides about each row at the moment of sending.
            onlooker: Is told now and then how far it is, and once at the end.

        Raises:
            OSError: The ledger cannot be written. Nothing is sent that is not written down.
        """
        async with self._running:
            return await Sending(self._tools, run, judge, onlooker).all()
