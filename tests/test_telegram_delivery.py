"""Sending broadcasts to Telegram: errors told apart, one budget with the answers."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path
from typing import Any

import httpx
import pytest
from bot.answering.assistant import Assistant
from bot.broadcasts.contract import Content, Send
from bot.broadcasts.dispatcher import Dispatcher
from bot.broadcasts.errors import (
    ChatGone,
    ChatMoved,
    DeliveryError,
    Refused,
    RetryLater,
    TopicGone,
    Unreachable,
)
from bot.broadcasts.filed import FiledLedger
from bot.broadcasts.ledger import Run
from bot.broadcasts.pace import Pace
from bot.broadcasts.subscribers import Subscribers
from bot.broadcasts.telling import Kind, Telling
from bot.broadcasts.told import State
from bot.clock import Clock
from bot.settings import Settings
from bot.telegram.delivery import BotSender, sending_bot, translate
from bot.telegram.limiter import SharedLimiter
from telegram.error import NetworkError, TimedOut

from tests.botapi import BotApi, Fault
from tests.botapi.server import TOKEN
from tests.broadcasting import Memory
from tests.telegram_app import running
from tests.virtual import run

GROUP = -100500


@pytest.fixture
async def sender(api: BotApi) -> AsyncIterator[BotSender]:
    api.chats[GROUP] = {"id": GROUP, "type": "supergroup", "title": "Grup", "is_forum": True}
    api.topics[GROUP].add(12)
    settings = Settings(telegram_bot_token=TOKEN, telegram_base_url=api.url)
    async with BotSender(sending_bot(settings)) as opened:
        yield opened


async def test_text_goes_out_as_html_into_its_topic(api: BotApi, sender: BotSender) -> None:
    number = await sender.send(GROUP, 12, Content("<b>Halo</b>"))
    message = api.messages[GROUP][0]
    assert (message["message_id"], message["message_thread_id"]) == (number, 12)
    assert message["parse_mode"] == "HTML"


async def test_a_document_goes_out_by_its_id(api: BotApi, sender: BotSender) -> None:
    api.uploads["BQAC123"] = b"%PDF"
    await sender.send(GROUP, 0, Content("<b>Surat</b>", document="BQAC123"))
    call = api.of("sendDocument")[0]
    assert (call.params["document"], call.params["caption"]) == ("BQAC123", "<b>Surat</b>")


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(403, "Forbidden: bot was kicked from the supergroup chat"), ChatGone),
        (Fault(403, "Forbidden: bot was blocked by the user"), ChatGone),
        (Fault(400, "Bad Request: chat not found"), ChatGone),
        (Fault(400, "Bad Request: message thread not found"), TopicGone),
        (Fault(400, "Bad Request: TOPIC_CLOSED"), TopicGone),
        (Fault(400, "Bad Request: can't parse entities"), Refused),
        (Fault(400, "Bad Request: upgraded", {"migrate_to_chat_id": -1009}), ChatMoved),
        (Fault(429, "Too Many Requests", {"retry_after": 7}), RetryLater),
        (Fault(500, "Internal Server Error"), Unreachable),
        (Fault(502, "<html>Bad Gateway</html>", raw=True), Unreachable),
        (Fault(401, "Unauthorized"), Unreachable),
        (Fault(0), Unreachable),
        (Fault(200, "<html>proxy</html>", raw=True), Unreachable),
    ],
)
async def test_errors_are_told_apart(
    api: BotApi, sender: BotSender, fault: Fault, expected: type[DeliveryError]
) -> None:
    api.fail("sendMessage", fault)
    with pytest.raises(expected) as raised:
        await sender.send(GROUP, 0, Content("Halo"))
    assert TOKEN not in str(raised.value)
    if isinstance(raised.value, Unreachable):
        assert raised.value.doubtful == (fault.status in (0, 200))
    if isinstance(raised.value, RetryLater):
        assert raised.value.seconds == 7
    if isinstance(raised.value, ChatMoved):
        assert raised.value.chat == -1009
    await sender.send(GROUP, 0, Content("Halo"))


@pytest.mark.parametrize(
    ("cause", "error", "doubtful"),
    [
        (httpx.ConnectError("refused"), NetworkError("x"), False),
        (httpx.ConnectTimeout("slow"), TimedOut(), False),
        (httpx.PoolTimeout("busy"), TimedOut(), False),
        (httpx.ReadTimeout("slow"), TimedOut(), True),
        (httpx.WriteError("cut"), NetworkError("x"), True),
    ],
)
def test_only_a_request_that_left_is_in_doubt(
    cause: Exception, error: NetworkError, doubtful: bool
) -> None:
    error.__cause__ = cause
    told = translate(error)
    assert isinstance(told, Unreachable)
    assert told.doubtful == doubtful


async def test_no_server_at_all_is_not_in_doubt(api: BotApi, sender: BotSender) -> None:
    await api.stop()
    with pytest.raises(Unreachable) as raised:
        await sender.send(GROUP, 0, Content("Halo"))
    assert not raised.value.doubtful


def test_an_answer_waits_for_a_place_and_takes_it_before_broadcasts() -> None:
    async def work() -> tuple[float, float]:
        loop, pace = asyncio.get_running_loop(), Pace(5, 1)
        limiter = SharedLimiter(pace)
        await limiter.initialize()
        for chat in range(1, 6):
            pace.end(pace.start(chat, loop.time()), loop.time())

        async def answered(*args: Any, **kwargs: Any) -> bool:
            return True

        async def answer(endpoint: str, chat: int) -> float:
            await limiter.process_request(answered, (), {}, endpoint, {"chat_id": chat}, None)
            return loop.time()

        typing = await answer("sendChatAction", 9)
        first = await answer("sendMessage", 9)
        assert pace.wait_overall(loop.time()) == 0
        await limiter.shutdown()
        return typing, first

    typing, first = run(work())
    assert typing == 0
    assert 1 <= first < 1.1


async def test_a_429_on_a_broadcast_does_not_stop_answers(
    api: BotApi, assistant: Assistant, tmp_path: Path, sender: BotSender
) -> None:
    api.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 600}), chat=GROUP)
    ledger = FiledLedger(tmp_path / "broadcasts")
    clock = Clock(UTC)
    dispatcher = Dispatcher(ledger, sender, Subscribers(Memory(), clock), Pace(), clock)
    await ledger.plan(Run("r", "Uji", clock.now()), [(Telling(Kind.ANNOUNCEMENT, "1"), GROUP, 0)])
    sending = asyncio.create_task(dispatcher.run("r", lambda row, now: Send(Content("Halo"))))
    await api.until(lambda: not api._faults["sendmessage", GROUP])
    async with running(api, assistant, tmp_path / "data"):
        await api.private("halo")
        await api.sent(7)
    assert not api.messages[GROUP]
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert [row.state for row in await ledger.rows("r", -1, 9)] == [State.PLANNED]
    await ledger.close()
