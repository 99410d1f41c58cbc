"""Private chats, groups, topics and commands, over a real HTTP Bot API."""

from pathlib import Path

import pytest
from bot.answering.assistant import Assistant
from bot.telegram import wording

from tests.botapi import BotApi
from tests.telegram_app import running


async def test_private_text_is_answered_with_citation_and_status(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("min, siapa yg netapin arsitektur spbe di daerah?", user=7)
        message = (await api.sent(7))[0]
    assert "Kepala daerah" in message["text"] or "kepala daerah" in message["text"]
    assert "Pasal 12 ayat (3) Perpres 95/2018" in message["text"]
    assert "Status:" in message["text"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/start", "asisten SPBE"),
        ("/bantuan", "/indikator 19 4"),
        ("/privasi", "15 menit"),
        ("/pasal 12 ayat 3 perpres 95", "Pasal 12 ayat (3) Perpres 95/2018"),
        ("/indeks palopo 2024", "3,12"),
        ("/indikator 19 4", "Tingkat 4"),
        ("/status 59/2020", "dicabut"),
        ("/tanya apa itu arsitektur spbe?", "Pasal 1 angka 6"),
        ("/pasal", "Sebutkan pasalnya"),
    ],
)
async def test_commands(
    api: BotApi, assistant: Assistant, tmp_path: Path, text: str, shown: str
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private(text)
        message = (await api.sent(7))[0]
    assert shown in message["text"]


async def test_group_is_silent_unless_addressed(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    group = -100500
    async with running(api, assistant, tmp_path):
        await api.group("apa itu arsitektur spbe?", chat_id=group)
        await api.group("/tanya apa itu arsitektur spbe?", chat_id=group)
        await api.group("@spbe_test_bot indeks palopo 2024", chat_id=group)
        await api.group("kalau 2023?", chat_id=group, reply_to_bot=True)
        messages = await api.sent(group, 3)
        await api.private("halo")
        await api.sent(7)
    assert len(messages) == 3
    assert any("3,31" in m["text"] for m in messages), "the reply keeps the topic"


async def test_answers_in_the_topic_it_was_asked_in(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        await api.group("/tanya apa itu spbe?", chat_id=-100900, topic=42)
        message = (await api.sent(-100900))[0]
    assert message["message_thread_id"] == 42


async def test_follow_up_belongs_to_one_user_of_a_chat(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    group = -100501
    async with running(api, assistant, tmp_path):
        await api.group("/indeks palopo 2023", chat_id=group, user=7)
        await api.sent(group)
        await api.group("/tanya kalau 2024?", chat_id=group, user=8)
        stranger = (await api.sent(group, 2))[1]
        await api.group("/tanya kalau 2024?", chat_id=group, user=7)
        asker = (await api.sent(group, 3))[2]
    assert "3,12" not in stranger["text"]
    assert "3,12" in asker["text"]


async def test_commands_are_registered_per_scope(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        pass
    private = {c["command"] for c in api.commands["all_private_chats"]}
    group = {c["command"] for c in api.commands["all_group_chats"]}
    assert private == {
        "start",
        "bantuan",
        "tanya",
        "pasal",
        "indeks",
        "indikator",
        "simulasi",
        "jadwal",
        "status",
        "privasi",
        "hapus_data",
        "langganan",
        "berhenti",
    }
    assert group == private - {"start", "hapus_data"}
    assert all(wording.COMMANDS[c] for c in private)


async def test_what_is_not_text_gets_a_hint(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    chat = {"id": 7, "type": "private", "first_name": "Ani"}
    async with running(api, assistant, tmp_path):
        api.chats[7] = chat
        await api.push(
            message={
                "message_id": 1,
                "date": 1,
                "chat": chat,
                "from": {"id": 7, "is_bot": False, "first_name": "Ani"},
                "location": {"latitude": -3.0, "longitude": 120.2},
            }
        )
        message = (await api.sent(7))[0]
    assert message["text"] == wording.NOT_TEXT
