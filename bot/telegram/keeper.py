"""Keeps the bot up to date while it runs: the knowledge, the people to be told, old files."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.administration.editing.report import revision_line
from bot.administration.queue.decisions import News
from bot.administration.queue.grouping import Decision, Status
from bot.administration.queue.news import answer_of
from bot.errors import SpbeError
from bot.knowledge.model import Snapshot
from bot.knowledge.publishing.base import Noticed
from bot.knowledge.publishing.model import Revision
from bot.telegram import wording
from bot.telegram.broadcasting import Broadcasting
from bot.telegram.rendering import escape, render, split
from bot.telegram.services import Services
from bot.telegram.telling import tell
from telegram import Bot, LinkPreviewOptions, ReplyParameters

KEEPER = "keeper"
LOOK_SECONDS = 10.0
"""How often the folder and the history are looked at; a look that finds nothing costs 5 ms."""
AUDIT_KEPT = timedelta(days=730)
"""How long the acts of admins are kept."""
_TOLD_FAULTS = 5
_log = logging.getLogger(__name__)


class Keeper:
    """Looks after what changes beside the bot: files edited by hand, work at the command line."""

    def __init__(
        self,
        bot: Bot,
        services: Services,
        broadcasting: Broadcasting,
        seconds: float = LOOK_SECONDS,
    ) -> None:
        self._bot = bot
        self._services = services
        self._broadcasting = broadcasting
        self._seconds = seconds
        self._stopped = asyncio.Event()
        self.looked = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._told = 0
        self._forgot: date | None = None
        self._told_damage: tuple[int, ...] = ()
        self._told_aside: Path | None = None

    def start(self) -> None:
        """Begin to look, now and then again and again."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish the present look and look no more."""
        self._stopped.set()
        if self._task is not None:
            await self._task

    async def look(self) -> None:
        """Look once; what fails does not keep the rest from being done."""
        parts: tuple[Callable[[], Awaitable[None]], ...] = (
            self._begin,
            self._notice,
            self.published,
            self._tell_damage,
            self.tell_news,
            self._forget,
        )
        for part in parts:
            try:
                await part()
            except SpbeError as error:
                # What was published goes on being served.
                _log.error("knowledge: %s", error)
            except Exception:
                _log.exception("a part of looking after the knowledge failed")

    async def _begin(self) -> None:
        base = self._services.desk.base
        if not self._told:
            self._told = (await asyncio.to_thread(base.start)).number
            await self._tell_noticed(await asyncio.to_thread(base.renew))

    async def _notice(self) -> None:
        await self._tell_noticed(await asyncio.to_thread(self._services.desk.base.notice))

    async def _tell_damage(self) -> None:
        """Tell once of what the disk lost: revisions, the list of admins."""
        services = self._services
        base, roles = services.desk.base, services.roles
        damaged = await asyncio.to_thread(base.history.damaged)
        if damaged and damaged != self._told_damage:
            numbers, head = (
                ", ".join(map(str, damaged)),
                await asyncio.to_thread(lambda: base.number),
            )
            told = wording.REVISIONS_LOST.format(numbers=numbers, head=head)
            if await self.tell_admins(escape(told)):
                self._told_damage = damaged
        await asyncio.to_thread(roles.admins)  # it is found out by reading
        aside = roles.set_aside
        if aside is not None and aside != self._told_aside:
            told = wording.ADMINS_SET_ASIDE.format(name=aside.name)
            if await self._tell(roles.owners, escape(told)):
                self._told_aside = aside

    async def published(self, by: int = 0) -> None:
        """Serve the last revision and tell of new ones, but not their author.

        Raises:
            KnowledgeError: The revision cannot be read.
        """
        services = self._services
        number = await services.refresh()
        told = self._told or (number - 1 if by else number)
        self._told = number
        history = services.desk.base.history
        for one in range(told + 1, number + 1):
            revision = await asyncio.to_thread(history.revision, one)
            await self.tell_admins(_news(revision), but=by)

    async def tell_admins(self, html: str, but: int = 0) -> bool:
        """Send a text to all owners and admins but one; who never wrote to the bot is left out.

        Returns:
            Whether that is done: not when it reached nobody, but may later.
        """
        people = await asyncio.to_thread(self._services.roles.everybody)
        return await self._tell((user for user in people if user != but), html)

    async def tell_news(self) -> None:
        """Tell people of answers that they wait for, each once."""
        services = self._services
        decisions = services.queue.decisions
        for news in await asyncio.to_thread(decisions.take_news):
            waiting, sent = news.waiting, news.sent
            reply = ReplyParameters(waiting.message, allow_sending_without_reply=True)
            try:
                for part in _news_of(news, services.assistant.snapshot)[sent:]:
                    await self._bot.send_message(
                        waiting.chat,
                        part,
                        parse_mode=ParseMode.HTML,
                        message_thread_id=waiting.thread or None,
                        reply_parameters=None if sent else reply,
                        link_preview_options=LinkPreviewOptions(is_disabled=True),
                    )
                    sent += 1
            except (BadRequest, Forbidden) as error:
                _log.info("chat %d could not be told: %s", waiting.chat, error)
            except TelegramError as error:
                _log.warning("chat %d is told later: %s", waiting.chat, error)
                await asyncio.to_thread(decisions.put_back, replace(news, sent=sent))

    async def _forget(self) -> None:
        """Delete what is too old, once a day."""
        services = self._services
        today = services.clock.today()
        if self._forgot == today:
            return
        self._forgot = today
        oldest = today - timedelta(days=services.keep_days)
        await services.store.forget_before(oldest)
        await asyncio.to_thread(services.queue.forget_before, oldest)
        await asyncio.to_thread(services.desk.forget_audit_before, today - AUDIT_KEPT)

    async def _tell(self, users: Iterable[int], html: str) -> bool:
        told = await tell(self._bot, users, html)
        return told.reached > 0 or not told.later

    async def _tell_noticed(self, noticed: Noticed | None) -> None:
        if noticed is None:
            return
        if noticed.kept:
            files = ", ".join(noticed.kept[:_TOLD_FAULTS])
            await self.tell_admins(escape(wording.KEPT_OWN.format(files=files)))
        if noticed.revision is None:
            await self._tell_refused(noticed)

    async def _tell_refused(self, noticed: Noticed) -> None:
        base, done = self._services.desk.base, False
        try:
            why = [noticed.trouble] if noticed.trouble else [str(f) for f in noticed.faults]
            _log.warning("changes in the folder are refused: %s", "; ".join(why[:_TOLD_FAULTS]))
            head = wording.FOLDER_TROUBLE if noticed.trouble else wording.FOLDER_REFUSED
            lines = [head, *(f"• {line}" for line in why[:_TOLD_FAULTS])]
            if len(why) > _TOLD_FAULTS:
                lines.append(wording.AND_MORE.format(count=len(why) - _TOLD_FAULTS))
            done = await self.tell_admins(escape("\n".join(lines)))
        finally:
            if not done:
                base.untold(noticed)

    async def _run(self) -> None:
        while not self._stopped.is_set():
            await self.look()
            try:
                await self._broadcasting.tick()
            except Exception:
                _log.exception("broadcasts could not be planned")
            self.looked.set()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), self._seconds)


def _news(revision: Revision) -> str:
    return f"📌 {escape(revision_line(revision))}"


def answered(question: str, decision: Decision, snapshot: Snapshot) -> list[str]:
    """Return the messages that tell what an admin answered to a question, as HTML."""
    head = wording.NEWS_ANSWERED.format(question=escape(question))
    told = "\n".join(render(answer_of(decision, snapshot)))
    return split([head, "", *told.splitlines()])


def _news_of(news: News, snapshot: Snapshot) -> list[str]:
    if news.decision.status is Status.NO_RULE:
        return [wording.NEWS_NO_RULE.format(question=escape(news.waiting.question))]
    return answered(news.waiting.question, news.decision, snapshot)
