"""Keeps the bot up to date while it runs: the knowledge, the people to be told, old files."""

import asyncio
import contextlib
import logging
from collections.abc import Iterable
from datetime import date, timedelta

from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.administration.editing.report import revision_line
from bot.administration.queue.decisions import News
from bot.administration.queue.grouping import Status
from bot.errors import SpbeError
from bot.knowledge.publishing.base import Noticed
from bot.knowledge.publishing.model import Revision
from bot.telegram import wording
from bot.telegram.broadcasting import Broadcasting
from bot.telegram.rendering import escape, render, split
from bot.telegram.services import Services
from telegram import Bot, ReplyParameters

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

    def start(self) -> None:
        """Begin to look, now and then again and again."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish the present look and look no more."""
        self._stopped.set()
        if self._task is not None:
            await self._task

    async def look(self) -> None:
        """Look once."""
        services = self._services
        base = services.desk.base
        try:
            if not self._told:
                self._told = (await asyncio.to_thread(base.start)).number
                await self._tell_noticed(await asyncio.to_thread(base.renew))
            await self._tell_noticed(await asyncio.to_thread(base.notice))
            await self.published()
            await self.tell_news()
            await self._forget()
        except SpbeError as error:
            # What was published goes on being served.
            _log.error("knowledge: %s", error)

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

    async def tell_admins(self, html: str, but: int = 0) -> None:
        """Send a text to all owners and admins but one; who never wrote to the bot is left out."""
        people = await asyncio.to_thread(self._services.roles.everybody)
        await self._send(html, (user for user in people if user != but))

    async def tell_news(self) -> None:
        """Tell people of answers that they wait for, each once."""
        decisions = self._services.queue.decisions
        for news in await asyncio.to_thread(decisions.take_news):
            waiting = news.waiting
            try:
                await self._bot.send_message(
                    waiting.chat,
                    await self._news_of(news),
                    parse_mode=ParseMode.HTML,
                    message_thread_id=waiting.thread or None,
                    reply_parameters=ReplyParameters(
                        waiting.message, allow_sending_without_reply=True
                    ),
                )
            except (BadRequest, Forbidden) as error:
                _log.info("chat %d could not be told: %s", waiting.chat, error)
            except TelegramError as error:
                _log.warning("chat %d is told later: %s", waiting.chat, error)
                await asyncio.to_thread(decisions.put_back, news)

    async def _news_of(self, news: News) -> str:
        asked = escape(news.waiting.question)
        if news.status is Status.NO_RULE:
            return wording.NEWS_NO_RULE.format(question=asked)
        assistant = self._services.assistant
        answer, _ = await asyncio.to_thread(assistant.ask, news.waiting.question)
        head = wording.NEWS_ANSWERED.format(question=asked)
        return split([head, "", *render(answer)[0].splitlines()])[0]

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

    async def _send(self, html: str, users: Iterable[int]) -> None:
        for user in users:
            try:
                await self._bot.send_message(user, html, parse_mode=ParseMode.HTML)
            except TelegramError as error:
                _log.info("admin %d could not be told: %s", user, error)

    async def _tell_noticed(self, noticed: Noticed | None) -> None:
        if noticed is None:
            return
        if noticed.kept:
            files = ", ".join(noticed.kept[:_TOLD_FAULTS])
            await self.tell_admins(escape(wording.KEPT_OWN.format(files=files)))
        if noticed.revision is None:
            why = [noticed.trouble] if noticed.trouble else [str(f) for f in noticed.faults]
            _log.warning("changes in the folder are refused: %s", "; ".join(why[:_TOLD_FAULTS]))
            lines = [wording.FOLDER_REFUSED, *(f"• {line}" for line in why[:_TOLD_FAULTS])]
            if len(why) > _TOLD_FAULTS:
                lines.append(wording.AND_MORE.format(count=len(why) - _TOLD_FAULTS))
            await self.tell_admins(escape("\n".join(lines)))

    async def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                await self.look()
            except Exception:
                _log.exception("looking after the knowledge failed")
            try:
                await self._broadcasting.tick()
            except Exception:
                _log.exception("broadcasts could not be planned")
            self.looked.set()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), self._seconds)


def _news(revision: Revision) -> str:
    return f"📌 {escape(revision_line(revision))}"
