"""Announcements in the running bot: preview, audience, time, steering, reports."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bot.answering.assistant import Assistant
from bot.broadcasts.announcements import Recipients
from bot.broadcasts.ledger import Course
from bot.broadcasts.progress import Progress
from bot.broadcasts.subscriptions import ChoiceError
from bot.telegram import wording
from bot.telegram.addressing import read_recipients, read_time
from bot.telegram.broadcasting import BROADCASTING, Broadcasting

from tests.botapi import BotApi
from tests.botapi.server import ApiError, Fault
from tests.chatting import alerted, said
from tests.subscribed_groups import PALOPO, PASER, PLAIN, subscribe, texts
from tests.telegram_app import running_app
from tests.test_telegram_buttons import buttons

OWNER, ADMIN = 7, 1008
WITA = ZoneInfo("Asia/Makassar")
Chat = tuple[BotApi, Broadcasting]


@pytest.fixture
async def chat(api: BotApi, assistant: Assistant, tmp_path: Path) -> AsyncIterator[Chat]:
    """The bot with one owner and three groups that subscribe."""
    async with running_app(api, assistant, tmp_path, owners=(OWNER,)) as app:
        made: Broadcasting = app.bot_data[BROADCASTING]
        await subscribe(api, made)
        yield api, made


async def test_a_text_is_shown_counted_sent_and_reported(chat: Chat) -> None:
    api, _ = chat
    await api.private("/umumkan Bimtek <b>dimulai</b> pukul 09.00 & seterusnya")
    shown = await said(api, "Bimtek")
    assert "&lt;b&gt;" in shown["text"]
    control = await said(api, "Obrolan berlangganan: 3")
    await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
    report = await said(api, "Selesai: Pengumuman 1")
    assert "Terkirim 3 dari 3" in report["text"]
    for group in (PALOPO, PASER, PLAIN):
        assert texts(api, group) == [shown["text"]]


async def test_a_document_is_announced_with_its_caption(chat: Chat) -> None:
    api, _ = chat
    await api.document(b"%PDF-1.7 surat", "surat.pdf", OWNER, caption="/umumkan Surat edaran")
    control = await said(api, "Obrolan berlangganan: 3")
    await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
    await said(api, "Selesai: Pengumuman 1")
    sent = api.messages[PASER][0]
    assert sent["caption"] == "Surat edaran"
    assert sent["document"]["file_id"].startswith("file")


async def test_recipients_are_chosen_by_reply(chat: Chat) -> None:
    api, _ = chat
    await api.private("/umumkan Rapat")
    control = await said(api, "Obrolan berlangganan: 3")
    await api.press(control, buttons(control)["Sasaran"])
    asked = await said(api, "Balas dengan sasarannya")
    await api.reply(asked, "palopo dan xyzzy")
    await said(api, "Tidak saya pahami: xyzzy.")
    await api.reply(asked, "selain palopo")
    await said(api, wording.NO_EXCEPTIONS)
    await api.reply(asked, "bandung")
    await said(api, "Daerahnya lebih dari satu")
    await api.reply(asked, "sulawesi selatan")
    control = await said(api, "Sasaran: Provinsi Sulawesi Selatan. Obrolan berlangganan: 1")
    await api.press(control, buttons(control)["✅ Kirim sekarang (1)"])
    await said(api, "Terkirim 1 dari 1")
    assert texts(api, PALOPO) == ["Rapat"]
    assert texts(api, PASER) == []


async def test_two_admins_at_once_send_once(chat: Chat) -> None:
    api, made = chat
    await api.private(f"/admin tambah {ADMIN} semua Budi")
    await said(api, "kini admin")
    await api.private("/umumkan Sekali saja")
    control = await said(api, "Obrolan berlangganan: 3")
    api.chats[ADMIN] = {"id": ADMIN, "type": "private", "first_name": "Budi"}
    data = buttons(control)["✅ Kirim sekarang (3)"]
    users = (OWNER, ADMIN, OWNER, OWNER)
    queries = await asyncio.gather(*(api.press(control, data, user) for user in users))
    await said(api, "Selesai: Pengumuman 1")
    assert texts(api, PLAIN) == ["Sekali saja"]
    told = [str((await pressed(api, query)).get("text", "")) for query in queries]
    assert sorted(bool(text) for text in told) == [False, True, True, True]
    by = made.announcements.find(1)
    assert by is not None
    for user, text in zip(users, told, strict=True):
        who = "Anda" if user == by.confirmed_by else {OWNER: "Pemilik", ADMIN: "Budi"}
        who = who if isinstance(who, str) else who[by.confirmed_by]
        assert not text or f"sudah dikirim oleh {who}, " in text


async def pressed(api: BotApi, query: str) -> dict[str, Any]:
    return (await api.call("answerCallbackQuery", callback_query_id=query)).params


async def test_what_is_confirmed_is_sent_though_its_buttons_cannot_be_taken_off(
    chat: Chat,
) -> None:
    api, _ = chat
    await api.private("/umumkan Rapat")
    control = await said(api, "Obrolan berlangganan: 3")
    api.fail("editMessageReplyMarkup", Fault(500, "Internal"))
    api.fail("answerCallbackQuery", Fault(500, "Internal"))
    await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
    await said(api, "Terkirim 3 dari 3")
    assert not [text for text in texts(api, OWNER) if "gangguan" in text]


async def schedule(api: BotApi, number: int, text: str, when: str) -> dict[str, Any]:
    """Schedule an announcement; return the message that says so."""
    await api.private(f"/umumkan {text}")
    await api.until(
        lambda: sum("Obrolan berlangganan: 3" in told for told in texts(api, OWNER)) == number
    )
    control = await said(api, "Obrolan berlangganan: 3")
    await api.press(control, buttons(control)["🕗 Jadwalkan"])
    await api.reply(await said(api, f"(waktu-{number})"), when)
    return await said(api, f"Ini pengumuman {number};")


async def test_a_scheduled_one_waits(chat: Chat) -> None:
    api, made = chat
    await api.private("/umumkan Nanti")
    control = await said(api, "Obrolan berlangganan: 3")
    await api.press(control, buttons(control)["🕗 Jadwalkan"])
    asked = await said(api, "Balas dengan waktunya")
    for bad in ("kapan-kapan", "31-2-2030 08.00"):
        await api.reply(asked, bad)
    await api.until(lambda: texts(api, OWNER).count(wording.BAD_TIME) == 2)
    await api.reply(asked, "1-1-2020 08.00 wib")
    await said(api, "Waktu itu sudah lewat: Rabu, 1 Januari 2020 pukul 08.00 WIB")
    await api.reply(asked, "besok 08.00 wit")
    told = (await said(api, "Dijadwalkan"))["text"]
    assert "08.00 WIT untuk semua (3 obrolan sekarang)" in told
    at = made.announcements.next()
    assert at is not None
    assert at.astimezone(ZoneInfo("Asia/Jayapura")).hour == 8
    await made.tick()
    assert texts(api, PLAIN) == []
    query = await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
    assert "sudah dijadwalkan oleh Anda untuk" in await alerted(api, query)


async def test_a_scheduled_one_is_withdrawn_where_it_stands(chat: Chat) -> None:
    api, made = chat
    told = await schedule(api, 1, "Nanti", "besok 08.00 wit")
    query = await api.press(told, buttons(told)["✖️ Batal"])
    assert await alerted(api, query) == wording.ALREADY_CANCELLED
    assert made.announcements.next() is None
    await api.until(lambda: "reply_markup" not in told)
    query = await api.press(told, "u:1:x")
    assert await alerted(api, query) == wording.ALREADY_CANCELLED


async def test_scheduled_ones_are_listed_and_withdrawn_from_there(chat: Chat) -> None:
    api, made = chat
    await api.private("/umumkan daftar")
    await said(api, wording.SCHEDULED_NONE)
    await schedule(api, 1, "Kedua <penting>", "lusa 08.00 wit")
    await schedule(api, 2, "Pertama", "besok 08.00 wit")
    await api.private("/umumkan Daftar")
    listed = await said(api, wording.SCHEDULED_LIST)
    first, second = listed["text"].splitlines()[1:]
    assert "untuk semua (3 obrolan sekarang): Pertama" in first
    assert "&lt;penting&gt;" in second
    await api.press(listed, buttons(listed)["✖️ Batal 2"])
    await api.until(lambda: "Pertama" not in listed["text"])
    assert list(buttons(listed)) == ["✖️ Batal 1"]
    await api.press(listed, buttons(listed)["✖️ Batal 1"])
    await api.until(lambda: listed["text"] == wording.SCHEDULED_NONE)
    assert made.announcements.next() is None


async def test_a_sent_one_cannot_be_withdrawn(chat: Chat) -> None:
    api, _ = chat
    await api.private("/umumkan Sudah")
    control = await said(api, "Obrolan berlangganan: 3")
    await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
    await said(api, "Selesai: Pengumuman 1")
    query = await api.press(control, "u:1:x")
    assert "sudah dikirim oleh Anda" in await alerted(api, query)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hari ini 17.30", datetime(2026, 11, 28, 17, 30, tzinfo=WITA)),
        ("Besok pukul 08.00", datetime(2026, 11, 29, 8, 0, tzinfo=WITA)),
        ("besok jam 8", datetime(2026, 11, 29, 8, 0, tzinfo=WITA)),
        ("besok 08.00 pagi", datetime(2026, 11, 29, 8, 0, tzinfo=WITA)),
        ("besok jam 3 sore", datetime(2026, 11, 29, 15, 0, tzinfo=WITA)),
        ("08.00", datetime(2026, 11, 28, 8, 0, tzinfo=WITA)),
        ("senin 08.00", datetime(2026, 11, 30, 8, 0, tzinfo=WITA)),
        ("sabtu 08.00", datetime(2026, 12, 5, 8, 0, tzinfo=WITA)),
        ("1-12-2026 08:00 WIB", datetime(2026, 12, 1, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))),
        ("1/12/2026, 8.05", datetime(2026, 12, 1, 8, 5, tzinfo=WITA)),
        ("1 Desember 2026 08.00", datetime(2026, 12, 1, 8, 0, tzinfo=WITA)),
        ("2 jan 08.00", datetime(2027, 1, 2, 8, 0, tzinfo=WITA)),
        ("1-12-26 08.00", datetime(2026, 12, 1, 8, 0, tzinfo=WITA)),
        ("besok", None),
        ("besok 8", None),
        ("8", None),
        ("32-12-2026 08.00", None),
        ("1 foo 2026 08.00", None),
        ("besok 25.00", None),
    ],
)
def test_times_as_people_write_them(text: str, expected: datetime | None) -> None:
    assert read_time(text, datetime(2026, 11, 28, 12, 0, tzinfo=WITA)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("semua", Recipients()),
        ("semua kabupaten/kota", Recipients(agencies=("kabupaten", "kota"))),
        (
            "semua kementerian dan lembaga",
            Recipients(agencies=("kementerian", "lembaga")),
        ),
        ("kota palopo dan paser", Recipients(regions=("73.73", "64.01"))),
        (
            "semua kabupaten di sulawesi selatan",
            Recipients(regions=("73",), agencies=("kabupaten",)),
        ),
        (
            "grup interviu",
            Recipients(chats=("group", "supergroup"), topics=("interviu",)),
        ),
        ("palopo dan antah berantah", "Tidak saya pahami: antah, berantah."),
        ("kecuali palopo", wording.NO_EXCEPTIONS),
        ("99.99", "Tidak saya pahami: 99.99."),
        ("dan", wording.BAD_RECIPIENTS),
    ],
)
def test_recipients_as_people_name_them(
    assistant: Assistant, text: str, expected: Recipients | str
) -> None:
    if isinstance(expected, Recipients):
        assert read_recipients(text, assistant.reader, assistant.snapshot.regions) == expected
    else:
        with pytest.raises(ChoiceError, match=re.escape(expected)):
            read_recipients(text, assistant.reader, assistant.snapshot.regions)


async def test_what_cannot_be_sent_on_is_refused(chat: Chat) -> None:
    api, _ = chat
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9, "file_size": 9}]
    owner = {"id": OWNER, "type": "private", "first_name": "Ani"}
    api.chats[OWNER] = owner
    message = {"message_id": 5, "date": 1, "chat": owner, "from": owner | {"is_bot": False}}
    command = {"type": "bot_command", "offset": 0, "length": 8}
    poster = message | {"photo": photo, "caption": "/umumkan Poster"}
    await api.push(message=poster | {"caption_entities": [command]})
    await said(api, wording.ANNOUNCE_KINDS)
    reply = message | {"message_id": 6, "text": "/umumkan", "entities": [command]}
    await api.push(message=reply | {"reply_to_message": poster | {"caption": "Poster"}})
    await api.until(lambda: texts(api, OWNER).count(wording.ANNOUNCE_KINDS) == 2)
    assert len(texts(api, OWNER)) == 2


async def test_a_chat_that_has_gone_is_reported_and_not_tried_again(chat: Chat) -> None:
    api, made = chat
    api.fail("sendMessage", Fault(403, "Forbidden: bot was kicked from the group"), chat=PASER)
    await api.private("/umumkan Satu")
    control = await said(api, "Obrolan berlangganan: 3")
    await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
    report = await said(api, "Selesai: Pengumuman 1")
    assert "Terkirim 2 dari 3" in report["text"]
    assert "bot dikeluarkan: 1" in report["text"]
    found = made.subscribers.find(PASER)
    assert found is not None
    assert not found.present
    await api.private("/umumkan Dua")
    await said(api, "Obrolan berlangganan: 2")


async def test_a_run_is_paused_resumed_and_stopped(chat: Chat) -> None:
    api, made = chat
    for chat_ in (PALOPO, PASER, PLAIN):
        api.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 30}), chat=chat_)
    await api.private("/umumkan Pelan")
    control = await said(api, "Obrolan berlangganan: 3")
    await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
    running = await said(api, "3 tersisa")
    while await made.course_of("umum-1") is not Course.RUNNING:
        await asyncio.sleep(0)
    await api.press(running, buttons(running)["⏸ Jeda"])
    await api.until(lambda: "▶️ Lanjutkan" in str(running.get("reply_markup")))
    await api.until(lambda: "Dijeda." in running["text"])
    await made.broadcasts.idle()
    assert list(buttons(running)) == ["▶️ Lanjutkan", "✖️ Hentikan"]
    await api.press(running, buttons(running)["▶️ Lanjutkan"])
    await api.until(lambda: "⏸ Jeda" in str(running.get("reply_markup")))
    query = await api.press(running, buttons(running)["✖️ Hentikan"])
    assert await alerted(api, query) == wording.STEERED["batal"]
    report = await said(api, "Selesai: Pengumuman 1")
    assert "dibatalkan admin: 3" in report["text"]
    assert texts(api, PALOPO) == []


async def test_the_last_sign_of_a_pause_still_offers_to_go_on(chat: Chat) -> None:
    api, made = chat
    api.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 30}), chat=PLAIN)
    await api.private("/umumkan Pelan")
    control = await said(api, "Obrolan berlangganan: 3")
    await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
    running = await said(api, "tersisa")
    while await made.course_of("umum-1") is not Course.RUNNING:
        await asyncio.sleep(0)
    assert await made.steer("umum-1", Course.PAUSED)
    await made.broadcasts.idle()
    run = next(run for run, _ in await made.broadcasts.ledger.runs())
    await made.reports.look(run, Progress(run.id, 3, 2, 0, 1))
    assert list(buttons(running)) == ["▶️ Lanjutkan", "✖️ Hentikan"]
    assert "Dijeda." in running["text"]


async def test_a_report_outlives_faults(chat: Chat) -> None:
    api, made = chat
    send, faults = api._do_sendmessage, [500, 502]

    async def failing(params: dict[str, Any]) -> Any:
        if "Selesai: " in params["text"] and faults:
            raise ApiError(faults.pop(), "Internal")
        return await send(params)

    api._do_sendmessage = failing  # type: ignore[method-assign]
    await api.private("/umumkan Halo")
    control = await said(api, "Obrolan berlangganan: 3")
    api.fail("editMessageText", *[Fault(500, "Internal")] * 2)
    await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
    await api.until(lambda: all(texts(api, group) for group in (PALOPO, PASER, PLAIN)))
    await made.broadcasts.idle()
    for _ in range(5):
        await made.tick()
    assert not faults
    assert sum("Selesai: Pengumuman 1" in text for text in texts(api, OWNER)) == 1
    assert "⏸" not in str(api.messages[OWNER])


async def test_a_report_outlives_a_stop_in_the_middle_of_it(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    send, going = api._do_sendmessage, asyncio.Event()

    async def stuck(params: dict[str, Any]) -> Any:
        if "Selesai: " in params["text"] and not going.is_set():
            going.set()
            await asyncio.sleep(1)
            raise ApiError(500, "Internal")
        return await send(params)

    api._do_sendmessage = stuck  # type: ignore[method-assign]
    async with running_app(api, assistant, tmp_path, owners=(OWNER,)) as app:
        await subscribe(api, app.bot_data[BROADCASTING])
        await api.private("/umumkan Halo")
        control = await said(api, "Obrolan berlangganan: 3")
        await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
        await going.wait()
    assert not [text for text in texts(api, OWNER) if "Selesai: " in text]
    async with running_app(api, assistant, tmp_path, owners=(OWNER,)) as app:
        await app.bot_data[BROADCASTING].tick()
        report = await said(api, "Selesai: Pengumuman 1")
        await app.bot_data[BROADCASTING].tick()
        await api.until(lambda: "⏸" not in str(api.messages[OWNER]))
    assert "Terkirim 3 dari 3" in report["text"]
    assert sum("Selesai: " in text for text in texts(api, OWNER)) == 1


async def test_a_report_that_was_never_begun_is_made_up_for(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running_app(api, assistant, tmp_path, owners=(OWNER,)) as app:
        made: Broadcasting = app.bot_data[BROADCASTING]
        await subscribe(api, made)
        made.broadcasts.onlook = None  # as if it was killed before the first look
        await api.private("/umumkan Halo")
        control = await said(api, "Obrolan berlangganan: 3")
        await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
        await said(api, "3 tersisa")
        await api.until(lambda: all(texts(api, group) for group in (PALOPO, PASER, PLAIN)))
        await made.broadcasts.idle()
        assert not await made.broadcasts.ledger.runs()
    async with running_app(api, assistant, tmp_path, owners=(OWNER,)) as app:
        await app.bot_data[BROADCASTING].tick()
        assert "Terkirim 3 dari 3" in (await said(api, "Selesai: Pengumuman 1"))["text"]


async def test_after_a_restart_the_same_message_goes_on(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running_app(api, assistant, tmp_path, owners=(OWNER,)) as app:
        await subscribe(api, app.bot_data[BROADCASTING])
        wait = Fault(429, "Too Many Requests", {"retry_after": 2})
        api.fail("sendMessage", wait, wait, chat=PLAIN)
        await api.private("/umumkan Halo")
        control = await said(api, "Obrolan berlangganan: 3")
        await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
        running = await said(api, "tersisa")
        await api.until(lambda: texts(api, PASER))
    async with running_app(api, assistant, tmp_path, owners=(OWNER,)) as app:
        await app.bot_data[BROADCASTING].tick()
        await said(api, "Terkirim 3 dari 3")
        await api.until(lambda: "reply_markup" not in running)
    assert sum("<b>Pengumuman 1</b>" in text for text in texts(api, OWNER)) == 1


async def test_a_429_for_progress_stops_no_answer(chat: Chat) -> None:
    api, made = chat
    api.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 60}), chat=PLAIN)
    await api.private("/umumkan Halo")
    control = await said(api, "Obrolan berlangganan: 3")
    await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
    await said(api, "tersisa")
    while await made.course_of("umum-1") is not Course.RUNNING:
        await asyncio.sleep(0)
    api.fail("editMessageText", Fault(429, "Too Many Requests", {"retry_after": 30}))
    run = next(run for run, _ in await made.broadcasts.ledger.runs())
    await made.reports.look(run, Progress(run.id, 3, 2, 0, 1))
    await api.private("/bantuan", 77)
    await api.until(lambda: api.messages[77], timeout=5)


async def test_an_admin_of_a_region_writes_to_its_chats_only(chat: Chat) -> None:
    api, _ = chat
    await api.private(f"/admin tambah {ADMIN} 73.73 Budi")
    await said(api, "kini admin")
    await api.private("/umumkan Untuk Palopo", ADMIN)
    control = await said(api, "Sasaran: Kota Palopo. Obrolan berlangganan: 1", ADMIN)
    await api.press(control, buttons(control)["Sasaran"], ADMIN)
    asked = await said(api, "Balas dengan sasarannya", ADMIN)
    await api.reply(asked, "paser", ADMIN)
    await said(api, wording.OWN_REGIONS_ONLY, ADMIN)
    for own in ("palopo", "semua"):
        before = len(texts(api, ADMIN))
        await api.reply(asked, own, ADMIN)
        (told,) = (await api.sent(ADMIN, before + 1))[before:]
        assert "Sasaran: Kota Palopo. Obrolan berlangganan: 1" in told["text"]
    await api.private("/umumkan Halo", 1999)
    await said(api, "hanya untuk admin", 1999)


async def test_an_admin_of_a_province_may_address_what_lies_in_it(chat: Chat) -> None:
    api, _ = chat
    await api.private(f"/admin tambah {ADMIN} 73 Cici")
    await said(api, "kini admin")
    await api.private("/umumkan Untuk Sulsel", ADMIN)
    control = await said(api, "Obrolan berlangganan: 1", ADMIN)
    await api.press(control, buttons(control)["Sasaran"], ADMIN)
    asked = await said(api, "Balas dengan sasarannya", ADMIN)
    await api.reply(asked, "kota palopo", ADMIN)
    control = await said(api, "Sasaran: Kota Palopo", ADMIN)
    await api.press(control, buttons(control)["✅ Kirim sekarang (1)"], ADMIN)
    await said(api, "Terkirim 1 dari 1", ADMIN)
