"""Broadcasts in the running application: built here, and what they tell admins."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from bot.broadcasts.announcements import Announcement, Announcements, Stage
from bot.broadcasts.decided import EventDecisions
from bot.broadcasts.dispatcher import Dispatcher
from bot.broadcasts.filed import FiledLedger
from bot.broadcasts.ledger import Course
from bot.broadcasts.pace import Pace
from bot.broadcasts.plan import Decisions
from bot.broadcasts.reminders import Reminders, Sources
from bot.broadcasts.service import Broadcasts
from bot.broadcasts.subscribers import Subscribers
from bot.errors import SpbeError
from bot.knowledge import workdays
from bot.knowledge.deadline import Deadline
from bot.settings import Settings
from bot.store.documents import StoredDocuments
from bot.telegram.asking import EventQuestions
from bot.telegram.delivery import BotSender, sending_bot
from bot.telegram.greeting import Greetings
from bot.telegram.reporting import Reports
from bot.telegram.services import Services
from bot.telegram.telling import tell
from telegram import Bot, InlineKeyboardMarkup

BROADCASTING = "broadcasting"


class NobodyToldError(SpbeError):
    """No admin could be reached; what was to be told is to be told again."""


class Broadcasting:
    """Broadcasts with all they need; opened once, ticked again and again, closed once."""

    def __init__(self, settings: Settings, services: Services, bot: Bot, pace: Pace) -> None:
        self._services = services
        self._bot = bot
        sending = sending_bot(settings)
        self._sender = BotSender(sending)
        self._calendar: tuple[str, Mapping[str, Deadline]] = ("", {})
        self._decided = Decisions()
        self.decisions = EventDecisions(settings.data_dir)
        clock, store = services.clock, services.store
        ledger = FiledLedger(settings.data_dir / "siaran")
        self.subscribers = Subscribers(StoredDocuments(store, "langganan"), clock)
        self._announced = StoredDocuments(store, "pengumuman")
        self.announcements = Announcements(self._announced, self.subscribers, ledger, clock)
        self.greetings = Greetings(
            StoredDocuments(store, "salam"), self.subscribers, self._sender, clock
        )
        self.reports = Reports(
            StoredDocuments(store, "laporan"), sending, ledger, self.announcements.find
        )
        self.questions = EventQuestions(self.decisions, self.calendar, self._tell_unlimited, clock)
        sources = Sources(self.calendar, lambda: self._decided, workdays)
        self.broadcasts = Broadcasts(
            self.subscribers,
            self.announcements,
            Reminders(sources, self.subscribers, ledger),
            ledger,
            Dispatcher(ledger, self._sender, self.subscribers, pace, clock),
            clock,
            self.notify,
            self.reports.look,
            self.questions.ask,
        )
        # Who confirms or withdraws must not do so amid the start of a run.
        self._turn = asyncio.Lock()
        self._open = False

    async def open(self) -> None:
        """Read what is stored and make ready to send."""
        await self._sender.__aenter__()
        await self.broadcasts.load()
        await self.greetings.load()
        await self.reports.load()
        self._open = True

    async def tick(self, *, changed: bool = False) -> None:
        """See whether something is due, and that it is sent.

        Args:
            changed: Knowledge or a decision is new.
        """
        if not self._open:
            return
        async with self._turn:
            before = self._decided
            self._decided = await asyncio.to_thread(self.decisions.load)
            known = self._calendar[0]
            self.calendar()
            new = changed or before != self._decided or known != self._calendar[0]
            if new:
                await self.questions.renew()
            await self.broadcasts.tick(changed=new)
        await self.questions.ask_waiting()
        await self.greetings.send_due()
        await self.reports.send_due()

    async def close(self) -> None:
        """Finish what is in flight."""
        await self.broadcasts.close()
        if self._open:
            await self._sender.__aexit__()

    def calendar(self) -> Mapping[str, Deadline]:
        """Return the events by id; the same mapping as long as the knowledge is the same."""
        snapshot = self._services.assistant.snapshot
        if self._calendar[0] != snapshot.revision:
            self._calendar = (snapshot.revision, {d.id: d for d in snapshot.deadlines})
        return self._calendar[1]

    # -- announcements ---------------------------------------------------------------------------

    async def confirm(self, number: int, by: int, chat: int, at: datetime | None) -> bool:
        """Confirm an announcement, to be reported to a chat; see ``Announcements.confirm``."""
        async with self._turn:
            done = await self.announcements.confirm(number, by, at)
            if done:
                await self.reports.note(number, chat)
            return done

    async def withdraw(self, number: int) -> bool:
        """Take back an announcement that has not started."""
        async with self._turn:
            done = await self.announcements.withdraw(number)
            if done:
                await self.reports.forget(number)
            return done

    async def steer(self, run: str, course: Course) -> bool:
        """Pause, resume or cancel a run; return False if it cannot go that way."""
        async with self._turn:
            return await self.broadcasts.steer(run, course)

    async def scheduled(self) -> list[Announcement]:
        """Return the announcements that wait for their time, the next first."""
        found = [self.announcements.find(number) for number in await self._announced.load()]
        waiting = (a for a in found if a is not None and a.stage is Stage.CONFIRMED)
        return [a for _, _, a in sorted((a.at, a.id, a) for a in waiting if a.at is not None)]

    async def course_of(self, run: str) -> Course:
        """Return whether a run goes on; done for one that is over or unknown."""
        found = await self.broadcasts.ledger.runs()
        return next((course for known, course in found if known.id == run), Course.DONE)

    # -- telling admins --------------------------------------------------------------------------

    async def notify(self, text: str) -> None:
        """Tell all owners and admins.

        Raises:
            NobodyToldError: There are some, and not one of them could be told.
        """
        people = await asyncio.to_thread(self._services.roles.everybody)
        if people and not (await tell(self._bot, people, text)).reached:
            raise NobodyToldError("no admin could be told")

    async def _tell_unlimited(self, text: str, markup: InlineKeyboardMarkup | None) -> int:
        """Tell those who may decide for all regions; return how many."""
        roles = self._services.roles
        everybody = await asyncio.to_thread(lambda: [roles.of(u) for u in roles.everybody()])
        unlimited = [role.user for role in everybody if role is not None and not role.limited]
        return (await tell(self._bot, unlimited, text, markup)).reached
