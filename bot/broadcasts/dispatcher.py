"""Sends runs, one at a time, turn by turn."""

import asyncio
import random

from bot.broadcasts.contract import Chats, Judge, Sender
from bot.broadcasts.delivering import Tools
from bot.broadcasts.ledger import Ledger
from bot.broadcasts.pace import Pace
from bot.broadcasts.patience import Patience
from bot.broadcasts.progress import Onlooker, Watch
from bot.broadcasts.sending import Abreast, Backlog, GiveWay, Outcome, Sending
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
        self._tools = Tools(ledger, sender, chats, pace, Patience(rng), clock, self._wake)
        self._backlogs: dict[str, Backlog] = {}
        self._running = asyncio.Lock()

    def nudge(self) -> None:
        """Look again now: a run was paused, resumed or cancelled."""
        self._wake.set()

    async def run(self, run: str, judge: Judge, onlooker: Onlooker | None = None) -> Outcome:
        """Send what is open in a run until it is over, paused, or all that is left is held back.

        Args:
            run: Its id.
            judge: Decides about each row at the moment of sending.
            onlooker: Is told now and then how far it is, and once at the end.

        Raises:
            OSError: The ledger cannot be written. Nothing is sent that is not written down.
        """
        while True:
            outcome = await self.turn(run, judge, onlooker)
            if outcome.again is None:
                return outcome
            await self._until(outcome.again)

    async def turn(
        self,
        run: str,
        judge: Judge,
        onlooker: Onlooker | None = None,
        give_way: GiveWay | None = None,
    ) -> Outcome:
        """Send what can be sent now, and do not wait with rows that have to wait.

        A second caller waits until the first is through.

        Args:
            run: Its id.
            judge: Decides about each row at the moment of sending.
            onlooker: Is told now and then how far it is, and once at the end.
            give_way: Is asked before each row whether the turn ends for the sake of another run.

        Raises:
            OSError: The ledger cannot be written. Nothing is sent that is not written down.
        """
        async with self._running:
            backlog = self._backlogs.get(run)
            if backlog is None:
                backlog = self._backlogs[run] = Backlog(Watch(self._tools.ledger, run))
            backlog.watch.begin(onlooker)
            sending = Sending(self._tools, run, judge, backlog, give_way or _never)
            outcome = await sending.all()
            if outcome.over:
                del self._backlogs[run]
            return outcome

    async def _until(self, moment: float) -> None:
        """Wait for a moment of the loop's clock, or for a nudge."""
        self._wake.clear()
        try:
            async with asyncio.timeout_at(moment):
                await self._wake.wait()
        except TimeoutError:
            return


def _never(runs: Abreast) -> bool:
    return False
