"""What an admin sees of an announcement: a message that edits itself, at the end a report.

All goes out by the bot of broadcasts: what Telegram makes it wait for must not halt answers.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.broadcasts import wording as texts
from bot.broadcasts.announcements import PREFIX, Announcement, Stage
from bot.broadcasts.errors import RetryLater, Unreachable
from bot.broadcasts.ledger import Course, Ledger, Run
from bot.broadcasts.progress import Progress
from bot.broadcasts.subscribers import Documents
from bot.broadcasts.told import State
from bot.telegram.callbacks import Action, Press
from bot.telegram.delivery import translate
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Note:
    """Where an announcement is told of; on disk from its confirmation until it is reported.

    Attributes:
        chat: Whom it is told to.
        message: The message that edits itself; 0 before there is one.
        last: What it says in the end; empty until then.
        report: The report; empty before the end.
        told: Whether the report was sent, and only the message is not put right yet.
    """

    chat: int
    message: int = 0
    last: str = ""
    report: str = ""
    told: bool = False


class Reports:
    """Tells admins how announcements go; no report is lost to a fault or a restart.

    Args:
        documents: Where notes are kept, by number of the announcement.
        bot: Who sends.
        ledger: Knows how far runs are.
        find: Returns an announcement by its number.
    """

    def __init__(
        self,
        documents: Documents,
        bot: Bot,
        ledger: Ledger,
        find: Callable[[int], Announcement | None],
    ) -> None:
        self._documents = documents
        self._bot = bot
        self._ledger = ledger
        self._find = find
        self._notes: dict[int, _Note] = {}
        self._locks: dict[int, asyncio.Lock] = {}
        self._until = 0.0

    async def load(self) -> None:
        """Read what is stored, and write the reports that a stop has kept from being written."""
        for number, fields in (await self._documents.load()).items():
            self._notes[number] = _Note(**fields)
        live = {run.id for run, _ in await self._ledger.runs()}
        for number, note in list(self._notes.items()):
            known = self._find(number)
            if known is None or known.stage in (Stage.CANCELLED, Stage.MISSED):
                await self.forget(number)
            elif known.stage is Stage.STARTED and known.run not in live and not note.report:
                await self._keep(number, _ended(note, known.run, await self._numbers(known.run)))

    async def note(self, number: int, chat: int) -> None:
        """Note who is to be told how an announcement goes; on disk when this returns."""
        await self._keep(number, _Note(chat))

    async def forget(self, number: int) -> None:
        """Forget an announcement that is reported, or was withdrawn."""
        self._notes.pop(number, None)
        await self._documents.save({number: None})

    async def draw(self, number: int, total: int | None = None) -> None:
        """Show how far an announcement is now.

        Args:
            number: The announcement.
            total: How many it goes to, while its run is not planned yet.
        """
        async with self._turn(number):
            note = self._notes.get(number)
            if note is None or note.report:
                return
            run = _run_of(number)
            known = await self._numbers(run)
            if total is not None and not known.total:
                known = Progress(run, total, 0, 0, total)
            await self._show(number, note, known)

    def shown_in(self, number: int) -> int:
        """Return the message that tells of an announcement; 0 for none."""
        note = self._notes.get(number)
        return note.message if note else 0

    async def look(self, run: Run, progress: Progress) -> None:
        """Show how far a run is; at its end, report."""
        number = int(run.id.removeprefix(PREFIX))
        async with self._turn(number):
            note = self._notes.get(number) or _Note(run.by)
            if not progress.over:
                await self._show(number, note, progress)
                return
            # On disk before anything is tried: whatever happens now, the report is not lost.
            note = _ended(note, run.id, progress)
            await self._keep(number, note)
            await self._finish(number, note)

    async def send_due(self) -> None:
        """Try again what could not be reported."""
        if self._told_to_wait():
            return
        for number in [n for n, note in self._notes.items() if note.report]:
            async with self._turn(number):
                note = self._notes.get(number)
                if note is not None:
                    await self._finish(number, note)

    async def _show(self, number: int, note: _Note, progress: Progress) -> None:
        if self._told_to_wait():
            return
        course = await self._course(_run_of(number))
        paused = course is Course.PAUSED
        text = texts.progress(_title(number), progress, paused=paused)
        stopped = course is Course.CANCELLED
        markup = None if stopped else run_buttons(number, paused=paused)
        if note.message:
            await self._edit(note, text, markup)
            return
        try:
            sent = await self._bot.send_message(
                note.chat, text, parse_mode=ParseMode.HTML, reply_markup=markup
            )
        except TelegramError as error:
            self._trouble(error)
        else:
            await self._keep(number, replace(note, message=sent.message_id))

    async def _finish(self, number: int, note: _Note) -> None:
        if not note.told:
            try:
                await self._bot.send_message(note.chat, note.report, parse_mode=ParseMode.HTML)
            except TelegramError as error:
                if self._trouble(error):
                    return
            note = replace(note, told=True)
            await self._keep(number, note)
        if note.message and (self._told_to_wait() or not await self._edit(note, note.last, None)):
            return
        await self.forget(number)

    async def _edit(self, note: _Note, text: str, markup: InlineKeyboardMarkup | None) -> bool:
        """Edit the message; return whether that is done, or need not be tried again."""
        try:
            await self._bot.edit_message_text(
                text, note.chat, note.message, parse_mode=ParseMode.HTML, reply_markup=markup
            )
        except TelegramError as error:
            # It may say so already, or be deleted by its reader.
            return not self._trouble(error)
        return True

    def _told_to_wait(self) -> bool:
        return asyncio.get_running_loop().time() < self._until

    def _trouble(self, error: TelegramError) -> bool:
        """Return whether trying again may help; not before the server allows it."""
        found = translate(error)
        if isinstance(found, RetryLater):
            self._until = asyncio.get_running_loop().time() + found.seconds
        _log.info("an announcement's progress could not be told: %s", error)
        return isinstance(found, RetryLater | Unreachable)

    async def _course(self, run: str) -> Course:
        """Return whether a run goes on; running for one that is not planned yet."""
        found = await self._ledger.runs()
        return next((course for known, course in found if known.id == run), Course.RUNNING)

    async def _numbers(self, run: str) -> Progress:
        tally = await self._ledger.tally(run)
        sent = tally.states[State.SENT]
        return Progress(
            run,
            tally.total,
            sent,
            tally.total - sent - tally.left,
            tally.left,
            tally.resent,
            reasons=tally.reasons,
            stopped=tally.states[State.STOPPED],
        )

    async def _keep(self, number: int, note: _Note) -> None:
        self._notes[number] = note
        await self._documents.save({number: asdict(note)})

    def _turn(self, number: int) -> asyncio.Lock:
        """Return what keeps two tasks from telling of one announcement at the same time."""
        return self._locks.setdefault(number, asyncio.Lock())


def run_buttons(number: int, *, paused: bool = False) -> InlineKeyboardMarkup:
    """Return the buttons that steer the run of an announcement."""
    first = ("▶️ Lanjutkan", "r") if paused else ("⏸ Jeda", "p")
    row = [
        InlineKeyboardButton(
            text, callback_data=Press(Action.ANNOUNCE, str(number), value).encode()
        )
        for text, value in (first, ("✖️ Hentikan", "c"))
    ]
    return InlineKeyboardMarkup([row])


def _ended(note: _Note, run: str, progress: Progress) -> _Note:
    title = _title(int(run.removeprefix(PREFIX)))
    over = replace(progress, over=True)
    return replace(note, last=texts.progress(title, over), report=texts.report(title, over))


def _run_of(number: int) -> str:
    return f"{PREFIX}{number}"


def _title(number: int) -> str:
    return f"Pengumuman {number}"
