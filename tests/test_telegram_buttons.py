"""Buttons: related questions, whole text, votes; stale and forged data."""

from pathlib import Path
from typing import Any

import pytest
from bot.answering.assistant import Assistant
from bot.telegram import wording

from tests.botapi import BotApi
from tests.telegram_app import running


def buttons(message: dict[str, Any]) -> dict[str, str]:
    """Text -> callback data of a message's buttons."""
    return {
        b["text"]: b.get("callback_data", b.get("url", ""))
        for row in message["reply_markup"]["inline_keyboard"]
        for b in row
    }


async def test_vote_is_stored_once_and_can_be_changed(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path) as services:
        await api.private("apa itu arsitektur spbe?")
        message = (await api.sent(7))[0]
        up, down = buttons(message)["👍"], buttons(message)["👎"]
        for data, shown in (
            (up, wording.VOTED),
            (up, wording.VOTED),
            (down, wording.VOTE_CHANGED),
        ):
            query = await api.press(message, data)
            call = await api.call("answerCallbackQuery", callback_query_id=query)
            assert call.params["text"] == shown
        votes = services.store.votes()
    assert list(votes.values()) == [-1]
    lines = [
        line
        for file in (tmp_path / "journal").glob("umpan-balik-*")
        for line in file.read_text().splitlines()
    ]
    assert len(lines) == 2, "the repeated vote writes nothing"


async def test_related_question_is_answered(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("indikator 19 level 3")
        message = (await api.sent(7))[0]
        data = next(d for t, d in buttons(message).items() if "level 4" in t)
        await api.press(message, data)
        second = (await api.sent(7, 2))[1]
    assert "Tingkat 4" in second["text"]


async def test_official_text_is_a_link(api: BotApi, assistant: Assistant, tmp_path: Path) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("pasal 12 ayat 3 perpres 95/2018")
        message = (await api.sent(7))[0]
    assert buttons(message)["🔗 Naskah resmi"].startswith("https://")


async def test_long_answer_opens_behind_a_button(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("pasal 1 perpres 95/2018")
        message = (await api.sent(7))[0]
        await api.press(message, buttons(message)["📄 Lebih lengkap"])
        await api.until(lambda: "angka 28" in api.messages[7][-1]["text"])
    assert "angka 28" not in message["text"]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "q:deadbeef:0",
        "m:deadbeef",
        "q:deadbeef:99",
        "v:zzzzzzzz:u",
        "v:deadbeef:x",
        "q:" + "a" * 60,
        "../../etc/passwd",
        "🙂",
    ],
)
async def test_stale_and_forged_data_is_acknowledged(
    api: BotApi, assistant: Assistant, tmp_path: Path, data: str
) -> None:
    chat = {"id": 7, "type": "private", "first_name": "Ani"}
    api.chats[7] = chat
    message = {
        "message_id": 5,
        "date": 1700000000,
        "chat": chat,
        "text": "lama",
        "from": {"id": 123456, "is_bot": True, "first_name": "SPBE"},
    }
    async with running(api, assistant, tmp_path) as services:
        query = await api.press(message, data)
        call = await api.call("answerCallbackQuery", callback_query_id=query)
        assert call.params["text"] == wording.STALE
        assert services.store.votes() == {}
    assert api.messages[7] == []
