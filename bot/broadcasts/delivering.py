"""One message: written down, sent, and written down again, whatever the sender says."""

import asyncio
import logging
from dataclasses import dataclass, replace

from bot.broadcasts import wording
from bot.broadcasts.contract import Chats, Content, Drop, Sender
from bot.broadcasts.errors import (
    ChatGone,
    ChatMoved,
    DeliveryError,
    Refused,
    RetryLater,
    TopicGone,
    Unreachable,
)
from bot.broadcasts.ledger import Ledger, Row
from bot.broadcasts.pace import Call, Pace
from bot.broadcasts.patience import Patience
from bot.broadcasts.progress import Watch
from bot.broadcasts.told import State
from bot.clock import Clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """What all runs of a dispatcher share."""

    ledger: Ledger
    sender: Sender
    chats: Chats
    pace: Pace
    patience: Patience
    clock: Clock
    wake: asyncio.Event


@dataclass(frozen=True, slots=True)
class Retry:
    """A row that is to be tried again.

    Attributes:
        row: As it is now; chat, topic and doubt may have changed.
        seconds: From now.
        attempts: Tries without an answer so far.
    """

    row: Row
    seconds: float
    attempts: int


class Delivery:
    """Delivers the messages of one run."""

    def __init__(self, tools: Tools, watch: Watch) -> None:
        self._tools = tools
        self._patience = tools.patience
        self._watch = watch
        self._loop = asyncio.get_running_loop()

    async def deliver(self, row: Row, content: Content, attempts: int, call: Call) -> Retry | None:
        """Send a row; return it where it is to be tried again.

        Args:
            row: The row.
            content: What is sent.
            attempts: Tries without an answer so far.
            call: Its place in the pace, which ends with the call.
        """
        try:
            sent = await self._call(row, content, call)
        except RetryLater as error:
            wait = self._patience.asked(row.chat, error.seconds, self._loop.time())
            return Retry(await self._still_open(row), wait, attempts)
        except Unreachable as error:
            wait = self._patience.failed(row.chat, attempts, self._loop.time())
            state = State.DOUBTFUL if error.doubtful else row.state
            row = await self._still_open(replace(row, state=state), str(error))
            return Retry(row, wait, attempts + 1)
        except ChatMoved as error:
            return await self._follow(row, error.chat, attempts)
        except TopicGone as error:
            if row.thread:
                return await self._to_general(row, attempts)
            await self._settle(row, State.FAILED, str(error))
        except ChatGone as error:
            where = self._tools.chats.where(row.chat)
            if where is not None and where[0] != row.chat:
                # The id that the group had before its upgrade; the group itself is still there.
                return await self._follow(row, where[0], attempts)
            await self._settle(row, State.GONE, str(error))
            await self._tools.chats.gone(row.chat, str(error))
        except Refused as error:
            await self._settle(row, State.FAILED, str(error))
        else:
            if sent is not None:
                await self._settle(row, State.SENT, message=sent)
        return None

    async def drop(self, row: Row, drop: Drop) -> None:
        """End a row that is not sent (again); one that is in doubt stays in doubt."""
        if _in_doubt(row):
            await self._settle(row, State.UNKNOWN, wording.DOUBTFUL)
        else:
            await self._settle(row, drop.state, drop.reason)

    async def _call(self, row: Row, content: Content, call: Call) -> int | None:
        """Write that the row is sent, and send it; None when nothing is left to do with it."""
        try:
            if not await self._tools.ledger.begin(row):
                return None
            sent = await self._tools.sender.send(row.chat, row.thread, _marked(content, row))
        except Unreachable:
            raise
        except DeliveryError:
            self._patience.answered()
            raise
        except OSError:
            raise  # the ledger's: nothing more is sent until it can be written
        except Exception:
            # A fault of ours must not stop the others. Whether it arrived is not known, and to
            # try again would show.
            _log.exception("row %s of %s: the sender failed", row.number, row.run)
            await self._settle(row, State.UNKNOWN, wording.PROGRAM)
            return None
        finally:
            self._tools.pace.end(call, self._loop.time())
        self._patience.answered()
        return sent

    async def _follow(self, row: Row, chat: int, attempts: int) -> Retry | None:
        """Turn to the new id of a group, unless it was or will be told there anyway."""
        await self._tools.chats.moved(row.chat, chat)
        if (await self._tools.ledger.told()).find(row.telling, (chat,)) is not None:
            await self._settle(row, State.WITHDRAWN)
            return None
        await self._tools.ledger.redirect(row, chat)
        row = await self._still_open(replace(row, chat=chat, thread=0))
        return Retry(row, 0.0, attempts)

    async def _to_general(self, row: Row, attempts: int) -> Retry:
        """Turn to the general topic; the first message that does says so to the group."""
        where = self._tools.chats.where(row.chat)
        news = where is None or where[1] == row.thread
        await self._tools.ledger.to_general(row, news=news)
        await self._tools.chats.topic_gone(row.chat, row.thread)
        row = await self._still_open(replace(row, thread=0, topic_lost=news))
        return Retry(row, 0.0, attempts)

    async def _still_open(self, row: Row, detail: str = "") -> Row:
        """Write that a row waits to be tried again, in doubt if it was; return it so."""
        row = replace(row, state=State.DOUBTFUL if _in_doubt(row) else State.PLANNED)
        await self._settle(row, row.state, detail)
        return row

    async def _settle(self, row: Row, state: State, detail: str = "", *, message: int = 0) -> None:
        await self._tools.ledger.settle(row, state, detail, message)
        await self._watch.note(state)


def _in_doubt(row: Row) -> bool:
    return row.state in (State.SENDING, State.DOUBTFUL)


def _marked(content: Content, row: Row) -> Content:
    text = content.text
    if row.topic_lost:
        text += wording.TOPIC_LOST
    if _in_doubt(row):
        text += wording.RESENT
    return replace(content, text=text)
