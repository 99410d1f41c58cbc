"""Trouble: rate limits, server errors, dropped lines, broken updates, failing handlers."""

import logging
from pathlib import Path

import pytest
from bot import logs
from bot.answering.assistant import Assistant

from tests.botapi import BotApi, Fault
from tests.botapi.server import TOKEN
from tests.telegram_app import running


@pytest.mark.parametrize(
    "fault",
    [
        Fault(429, "Too Many Requests: retry after 1", {"retry_after": 1}),
        Fault(502, "<html>Bad Gateway</html>", raw=True),
        Fault(500, "Internal Server Error"),
        Fault(0),
    ],
    ids=["429", "502-html", "500", "dropped"],
)
async def test_polling_survives(
    api: BotApi, assistant: Assistant, tmp_path: Path, fault: Fault
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("halo")
        await api.sent(7)
        api.fail("getUpdates", fault)
        await api.private("terima kasih")
        await api.sent(7, 2)


async def test_update_that_cannot_be_parsed_is_skipped(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        bad = await api.push(message={"message_id": "not a number", "chat": 12, "date": "x"})
        worse = await api.push(callback_query=[1, 2, 3])
        await api.private("halo")
        await api.sent(7)
        await api.until(lambda: api.confirmed > max(bad, worse))


async def test_send_waits_for_retry_after(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    api.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 1}))
    async with running(api, assistant, tmp_path):
        await api.private("halo")
        assert await api.sent(7)


async def test_error_is_told_with_a_reference_and_logged_without_the_token(
    api: BotApi, assistant: Assistant, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail("sendMessage", Fault(400, f"Bad Request: something about {TOKEN}"))
    async with running(api, assistant, tmp_path):
        await api.private("halo")
        message = (await api.sent(7))[0]
    assert "kode" in message["text"]
    reference = message["text"].split("kode ")[1].rstrip(")")
    record = next(r for r in caplog.records if reference in r.getMessage())
    assert record.exc_info
    formatted = logs.Redactor([TOKEN]).format(record)
    assert TOKEN not in formatted
    assert "something about <token>" in formatted.lower()


async def test_blocked_user_is_not_told(
    api: BotApi, assistant: Assistant, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    api.blocked.add(7)
    with caplog.at_level(logging.ERROR):
        async with running(api, assistant, tmp_path):
            await api.private("halo")
            await api.until(lambda: len(api.of("sendMessage")) == 1)
            api.blocked.clear()
            await api.private("halo")
            await api.sent(7)
    assert len(api.of("sendMessage")) == 2


async def test_html_in_questions_and_names_is_escaped(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("perpres <b>96</b>/2018 & <script>")
        await api.private("perda <i> 3/2019")
        await api.sent(7, 2)
    assert all("kode" not in m["text"] for m in api.messages[7])
