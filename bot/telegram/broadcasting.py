"""Broadcasts in the running application: built here, and what they tell admins."""

import asyncio
import contextlib
import logging
from collections.abc import Mapping

from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.broadcasts import wording as texts
from bot.broadcasts.announcements import PREFIX, Announcements
from bot.broadcasts.decided import EventDecisions
from bot.broadcasts.dispatcher import Dispatcher
from bot.broadcasts.filed import FiledLedger
from bot.broadcasts.ledger import Course, Run
from bot.broadcasts.pace import Pace
from bot.broadcasts.plan import Decisions, Held
from bot.broadcasts.progress import Progress
from bot.broadcasts.reminders import Reminders, Sources
from bot.broadcasts.service import Broadcasts
from bot.broadcasts.subscribers import Subscribers
from bot.knowledge import workdays
from bot.knowledge.deadline import Deadline
from bot.settings import Settings
from bot.store.documents import StoredDocuments
from bot.telegram.callbacks import Action, Press
from bot.telegram.delivery import BotSender, sending_bot
from bot.telegram.services import Services
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

BROADCASTING = "broadcasting"
_log = logging.getLogger(__name__)


class Broadcasting:
    """Broadcasts with all they need; opened once, ticked again and again, closed once."""

    def __init__(self, settings: Settings, services: Services, bot: Bot, pace: Pace) -> None:
        self._services = services
        self._bot = bot
        self._sender = BotSender(sending_bot(settings))
        self._calendar: tuple[str, Mapping[str, Deadline]] = ("", {})
        self._decided = Decisions()
        self._shown: dict[str, tuple[int, int]] = {}
        self.decisions = EventDecisions(settings.data_dir)
        clock, store = services.clock, services.store
        ledger = FiledLedger(settings.data_dir / "siaran")
        self.subscribers = Subscribers(StoredDocuments(store, "langganan"), clock)
        self.announcements = Announcements(
            StoredDocuments(store, "pengumuman"), self.subscribers, ledger, clock
        )
        sources = Sources(self.calendar, lambda: self._decided, workdays)
        self.broadcasts = Broadcasts(
            self.subscribers,
            self.announcements,
            Reminders(sources, self.subscribers, ledger),
            ledger,
            Dispatcher(ledger, self._sender, self.subscribers, pace, clock),
            clock,
            self.notify,
            self._onlook,
            self._ask,
        )
        self._open = False

    async def open(self) -> None:
        """Read what is stored and make ready to send."""
        await self._sender.__aenter__()
        await self.broadcasts.load()
        self._open = True

    async def tick(self, *, changed: bool = False) -> None:
        """See whether something is due, and that it is sent.

        Args:
            changed: Knowledge or a decision is new.
        """
        if not self._open:
            return
        before = self._decided
        self._decided = await asyncio.to_thread(self.decisions.load)
        known = self._calendar[0]
        self.calendar()
        new = changed or before != self._decided or known != self._calendar[0]
        await self.broadcasts.tick(changed=new)

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

    async def notify(self, text: str, markup: InlineKeyboardMarkup | None = None) -> None:
        """Tell all owners and admins; who never wrote to the bot is left out."""
        for user in await asyncio.to_thread(self._services.roles.everybody):
            try:
                await self._bot.send_message(
                    user, text, parse_mode=ParseMode.HTML, reply_markup=markup
                )
            except TelegramError as error:
                _log.info("admin %d could not be told: %s", user, error)

    def show(self, run: str, chat: int, message: int) -> None:
        """Let a message tell how far a run is, by editing itself."""
        self._shown[run] = (chat, message)

    async def _ask(self, held: Held, text: str) -> None:
        if not await asyncio.to_thread(self.decisions.ask_once, held):
            return
        verb = {"perkiraan": ("Setujui tanggal ini", "e"), "hilang": ("Nyatakan dibatalkan", "c")}
        markup = None
        if held.reason in verb:
            name, value = verb[held.reason]
            data = Press(Action.EVENT, held.event, value).encode()
            markup = InlineKeyboardMarkup([[InlineKeyboardButton(name, callback_data=data)]])
        await self.notify(text, markup)

    async def _onlook(self, run: Run, progress: Progress) -> None:
        """Edit the message that tells how far an announcement is; at its end, report."""
        where = self._shown.get(run.id)
        if where is None:
            # After a restart the old message is not known any more.
            sent = await self._bot.send_message(
                run.by,
                texts.progress(run.title, progress),
                parse_mode=ParseMode.HTML,
                reply_markup=run_buttons(run.id),
            )
            where = self._shown[run.id] = (run.by, sent.message_id)
        with contextlib.suppress(BadRequest):  # nothing to change, or deleted by its reader
            await self._bot.edit_message_text(
                texts.progress(run.title, progress),
                *where,
                parse_mode=ParseMode.HTML,
                reply_markup=None if progress.over else run_buttons(run.id),
            )
        if progress.over:
            del self._shown[run.id]
            await self._bot.send_message(
                where[0], texts.report(run.title, progress), parse_mode=ParseMode.HTML
            )

    async def course_of(self, run: str) -> Course:
        """Return whether a run goes on; done for one that is over or unknown."""
        found = await self.broadcasts.ledger.runs()
        return next((course for known, course in found if known.id == run), Course.DONE)


def run_buttons(run: str, *, paused: bool = False) -> InlineKeyboardMarkup:
    """Return the buttons that steer a run of an announcement."""
    number = run.removeprefix(PREFIX)
    first = ("▶️ Lanjutkan", "r") if paused else ("⏸ Jeda", "p")
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    text, callback_data=Press(Action.ANNOUNCE, number, value).encode()
                )
                for text, value in (first, ("✖️ Hentikan", "c"))
            ]
        ]
    )
