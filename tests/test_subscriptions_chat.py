"""Subscriptions in the chat: who may, what is set, groups that come, go and change."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bot.answering.assistant import Assistant
from bot.broadcasts import wording as texts
from bot.clock import Clock
from bot.telegram import greeting, wording
from bot.telegram.broadcasting import BROADCASTING, Broadcasting
from bot.telegram.subscribing import read_wish

from tests.botapi import BotApi
from tests.botapi.server import Fault
from tests.chatting import alerted, said
from tests.telegram_app import running_app
from tests.test_telegram_buttons import buttons

GROUP, ADMIN, MEMBER = -100500, 1001, 1002
Chat = tuple[BotApi, Broadcasting]


@pytest.fixture
async def chat(api: BotApi, assistant: Assistant, tmp_path: Path) -> AsyncIterator[Chat]:
    """The bot, and a group with one admin."""
    api.admins[GROUP] = {ADMIN}
    async with running_app(api, assistant, tmp_path) as app:
        yield api, app.bot_data[BROADCASTING]


async def member(api: BotApi, status: str, chat_id: int = GROUP, kind: str = "supergroup") -> None:
    """The server says that the bot's membership changed."""
    chat = {"id": chat_id, "type": kind, "title": "Grup SPBE"}
    api.chats[chat_id] = chat
    bot = {"id": 123456, "is_bot": True, "first_name": "SPBE"}
    old = "member" if status in ("left", "kicked") else "left"
    ended: dict[str, Any] = {"until_date": 0} if status == "kicked" else {}
    await api.push(
        my_chat_member={
            "chat": chat,
            "from": {"id": ADMIN, "is_bot": False, "first_name": "Ani"},
            "date": 1,
            "old_chat_member": {"user": bot, "status": old},
            "new_chat_member": {"user": bot, "status": status, **ended},
        }
    )


async def test_only_admins_of_a_group_may_as_the_server_says_now(chat: Chat) -> None:
    api, made = chat
    await api.group("/langganan palopo", user=MEMBER)
    await said(api, wording.GROUP_ADMINS_ONLY, GROUP)
    assert made.subscribers.find(GROUP) is None
    await api.group("/langganan palopo", user=ADMIN)
    told = await said(api, "Langganan menyala", GROUP)
    assert "14, 7, 3, 1 hari kerja sebelum batas akhir dan pagi hari terakhir" in told["text"]
    assert "08.00 WITA" in told["text"]
    assert "Kota Palopo" in told["text"]
    api.admins[GROUP] = {MEMBER}
    query = await api.press(told, buttons(told)["Jam"], ADMIN)
    assert await alerted(api, query) == wording.GROUP_ADMINS_ONLY
    await api.group("/berhenti", user=ADMIN)
    await api.until(
        lambda: sum(wording.GROUP_ADMINS_ONLY in m["text"] for m in api.messages[GROUP]) == 2
    )
    await api.group("/berhenti", user=MEMBER)
    await said(api, texts.UNSUBSCRIBED_NOW, GROUP)
    found = made.subscribers.find(GROUP)
    assert found is not None
    assert not found.active


async def test_an_anonymous_admin_writes_in_the_name_of_the_group(chat: Chat) -> None:
    api, made = chat
    group = {"id": GROUP, "type": "supergroup", "title": "Grup SPBE"}
    api.chats[GROUP] = group
    await api.push(
        message={
            "message_id": 5,
            "date": 1,
            "chat": group,
            "sender_chat": group,
            "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
            "text": "/langganan",
            "entities": [{"type": "bot_command", "offset": 0, "length": 10}],
        }
    )
    await said(api, "Langganan menyala", GROUP)
    assert made.subscribers.find(GROUP) is not None


async def test_a_wish_is_read_as_typed(chat: Chat) -> None:
    api, made = chat
    await api.private("/langganan luwu utara jam 7 wib h-7 h-1 interviu visitasi")
    await said(api, "Langganan menyala")
    found = made.subscribers.find(7)
    assert found is not None
    assert (found.region, found.hour, found.zone) == ("73.22", 7, "WIB")
    assert (found.leads, found.topics) == ((7, 1), ("interviu", "visitasi"))
    await api.private("/langganan jam 3")
    await said(api, "Pilih jam antara")
    await api.private("/langganan bandung")
    assert "Kabupaten Bandung" in (await said(api, "Daerahnya lebih dari satu"))["text"]


@pytest.mark.parametrize(
    ("text", "hour", "leads", "zone"),
    [
        ("", None, None, None),
        ("pukul 09.30 WIT", 9, None, "WIT"),
        ("14, 7 dan 1 hari kerja", None, {14, 7, 1}, None),
        ("h-3 dan hari terakhir", None, {3, 0}, None),
        ("jam 10, h-5", 10, {5}, None),
        ("jam 5 sore", 17, None, None),
        ("h7 h1", None, {7, 1}, None),
        ("7 hari", None, {7}, None),
        ("hari terakhir saja", None, {0}, None),
        ("pagi hari terakhir", None, {0}, None),
    ],
)
def test_hours_lead_times_and_zones(
    assistant: Assistant, text: str, hour: int | None, leads: set[int] | None, zone: str | None
) -> None:
    wish = read_wish(text, assistant.reader.read(text), assistant.snapshot.regions)
    assert (wish.hour, wish.zone) == (hour, zone)
    assert (set(wish.leads) if wish.leads else None) == leads
    assert wish.unknown == ()


async def test_what_is_not_understood_is_named_and_changes_nothing(chat: Chat) -> None:
    api, made = chat
    await api.private("/langganan palopo xyzzy <b>")
    told = await said(api, "Tidak saya pahami: xyzzy")
    assert "Langganan tidak diubah" in told["text"]
    assert made.subscribers.find(7) is None


async def test_a_change_says_that_it_is_one_and_all_is_reset_by_word(chat: Chat) -> None:
    api, made = chat
    await api.private("/langganan papua jam 9 interviu")
    await said(api, "Langganan menyala")
    await api.private("/langganan semua topik")
    told = await said(api, wording.SUBSCRIPTION_CHANGED)
    assert "semua tahap" in told["text"]
    assert "menyala" not in told["text"]
    found = made.subscribers.find(7)
    assert found is not None
    assert (found.topics, found.region, found.zone) == ((), "91", "WIT")
    await api.private("/langganan semua daerah")
    told = await said(api, "Daerah: belum dipilih")
    assert "pengingat khusus satu daerah tidak dikirim" in told["text"]
    found = made.subscribers.find(7)
    assert found is not None
    assert (found.region, found.region_kind, found.zone, found.hour) == ("", "", "WIT", 9)
    await api.private("/langganan palopo visitasi")
    await api.until(lambda: made.subscribers.find(7).region == "73.73")
    await api.private("/langganan semua")
    await api.until(lambda: made.subscribers.find(7).region == "")
    assert made.subscribers.find(7).topics == ()
    await api.private("/langganan berhenti")
    await said(api, texts.UNSUBSCRIBED_NOW)
    assert not made.subscribers.find(7).active


async def test_a_server_out_of_reach_is_said_and_asked_twice(chat: Chat) -> None:
    api, made = chat
    trouble = Fault(500, "Internal")
    api.fail("getChatMember", trouble)
    await api.group("/langganan palopo", user=ADMIN)
    told = await said(api, "Langganan menyala", GROUP)
    api.fail("getChatMember", trouble, Fault(0))
    await api.group("/berhenti", user=ADMIN)
    await said(api, wording.OUT_OF_REACH, GROUP)
    assert made.subscribers.find(GROUP).active
    api.fail("getChatMember", trouble, trouble)
    query = await api.press(told, buttons(told)["Jam"], ADMIN)
    assert await alerted(api, query) == wording.OUT_OF_REACH
    api.fail("getChatMember", Fault(400, "Bad Request: user not found"))
    await api.group("/berhenti", user=ADMIN)
    await said(api, wording.GROUP_ADMINS_ONLY, GROUP)
    await api.group("/berhenti", user=ADMIN)
    await said(api, texts.UNSUBSCRIBED_NOW, GROUP)


async def test_everything_is_set_by_button(chat: Chat) -> None:
    api, made = chat
    await api.private("/langganan")
    told = await said(api, "Langganan menyala")
    for menu, choice in (("Jam", "10.00"), ("Zona", "WIT"), ("Topik", "✓ Visitasi")):
        await api.press(told, buttons(told)[menu])
        await api.until(lambda choice=choice: choice in buttons(told))
        await api.press(told, buttons(told)[choice])
        await api.until(lambda choice=choice: choice not in buttons(told))
        await api.press(told, buttons(told)["‹ Kembali"])
        await api.until(lambda: "Zona" in buttons(told))
    await api.press(told, buttons(told)["Waktu"])
    await api.until(lambda: "✓ H-14" in buttons(told))
    await api.press(told, buttons(told)["✓ H-14"])
    await api.until(lambda: "H-14" in buttons(told))
    found = made.subscribers.find(7)
    assert found is not None
    assert (found.hour, found.zone, found.leads) == (10, "WIT", (7, 3, 1, 0))
    assert "visitasi" not in found.topics
    assert "interviu" in found.topics
    await api.press(told, buttons(told)["‹ Kembali"])
    await api.until(lambda: "Hentikan langganan" in buttons(told))
    await api.press(told, buttons(told)["Hentikan langganan"])
    await api.until(lambda: told["text"] == texts.UNSUBSCRIBED_NOW)
    found = made.subscribers.find(7)
    assert found is not None
    assert not found.active


async def test_a_topic_is_kept(chat: Chat) -> None:
    api, made = chat
    await api.group("/langganan", user=ADMIN, topic=42)
    await said(api, "Langganan menyala", GROUP)
    found = made.subscribers.find(GROUP)
    assert found is not None
    assert found.thread == 42


async def test_a_group_is_greeted_once_and_marked_when_the_bot_goes(chat: Chat) -> None:
    api, made = chat
    await member(api, "member")
    await said(api, "Halo, saya asisten SPBE", GROUP)
    await api.group("/langganan", user=ADMIN)
    await said(api, "Langganan menyala", GROUP)
    await member(api, "kicked")
    await api.until(lambda: not made.subscribers.find(GROUP).active)
    await member(api, "member")
    await api.until(lambda: made.subscribers.find(GROUP).active)
    greetings = [m for m in api.messages[GROUP] if "Halo, saya asisten" in m["text"]]
    assert len(greetings) == 1


async def test_a_greeting_that_failed_is_sent_later_and_once(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running_app(api, assistant, tmp_path) as app:
        api.fail("sendMessage", Fault(500, "down"), chat=GROUP)
        await member(api, "member")
        await api.until(lambda: app.bot_data[BROADCASTING].subscribers.find(GROUP))
        await api.private("/start")
        await api.sent(7)
        assert api.messages[GROUP] == []
    async with running_app(api, assistant, tmp_path) as app:
        for _ in range(2):
            await app.bot_data[BROADCASTING].tick()
    assert ["Halo, saya asisten" in m["text"] for m in api.messages[GROUP]] == [True]


async def test_another_group_of_the_same_name_is_greeted_a_little_later(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    api, made = chat
    monkeypatch.setattr(greeting, "GRACE", timedelta(seconds=0.3))
    await member(api, "member", -77, "group")
    await said(api, "Halo", -77)
    await member(api, "member", -100888)
    await api.until(lambda: made.subscribers.find(-100888))
    await asyncio.sleep(0.1)
    assert api.messages[-100888] == []
    await asyncio.sleep(0.3)
    await made.tick()
    await said(api, "Halo", -100888)


async def test_an_upgraded_group_keeps_its_subscription_and_is_not_greeted_again(
    chat: Chat,
) -> None:
    api, made = chat
    old, new = -77, -100777
    api.admins[old] = {ADMIN}
    await member(api, "member", old, "group")
    await said(api, "Halo", old)
    api.chats[old] = {"id": old, "type": "group", "title": "Grup SPBE"}
    await api.push(
        message={
            "message_id": 6,
            "date": 1,
            "chat": api.chats[old],
            "from": {"id": ADMIN, "is_bot": False, "first_name": "Ani"},
            "text": "/langganan palopo",
            "entities": [{"type": "bot_command", "offset": 0, "length": 10}],
        }
    )
    await said(api, "Langganan menyala", old)
    await member(api, "member", new)
    await api.push(
        message={
            "message_id": 7,
            "date": 1,
            "chat": api.chats[old],
            "migrate_to_chat_id": new,
        }
    )
    await api.until(
        lambda: (found := made.subscribers.find(new)) is not None and found.region == "73.73"
    )
    assert made.subscribers.find(old) == made.subscribers.find(new)
    made.greetings._clock = Later(UTC)
    await made.tick()
    assert api.messages[new] == []


class Later(Clock):
    """A clock that is ahead by a minute."""

    def now(self) -> datetime:
        return super().now() + timedelta(minutes=1)


async def test_subscriptions_outlive_a_restart(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running_app(api, assistant, tmp_path):
        await api.private("/langganan palopo")
        await said(api, "Langganan menyala")
    async with running_app(api, assistant, tmp_path) as app:
        found = app.bot_data[BROADCASTING].subscribers.find(7)
    assert found is not None
    assert (found.active, found.region) == (True, "73.73")
