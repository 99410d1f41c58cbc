"""Announcements and reminders in the running bot: preview, audience, time, steering, reports."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bot.answering.assistant import Assistant
from bot.broadcasts.ledger import Course
from bot.broadcasts.subscriptions import Subscription
from bot.clock import Clock
from bot.telegram import wording
from bot.telegram.broadcasting import BROADCASTING, Broadcasting
from bot.telegram.handlers.admin.announcing import read_time
from bot.telegram.handlers.common import SERVICES
from bot.telegram.keeper import KEEPER

from tests.botapi import BotApi
from tests.botapi.server import Fault
from tests.chatting import alerted, said
from tests.knowledge_folder import copy_of_shipped
from tests.telegram_app import running_app
from tests.test_telegram_buttons import buttons

OWNER, ADMIN = 7, 1008
PALOPO, PASER, PLAIN = -1001, -1002, -1003
WITA = ZoneInfo("Asia/Makassar")
Chat = tuple[BotApi, Broadcasting]


@pytest.fixture
async def chat(api: BotApi, assistant: Assistant, tmp_path: Path) -> AsyncIterator[Chat]:
    """The bot with one owner and three groups that subscribe."""
    async with running_app(api, assistant, tmp_path, owners=(OWNER,)) as app:
        made: Broadcasting = app.bot_data[BROADCASTING]
        await subscribe(api, made)
        yield api, made


async def subscribe(api: BotApi, made: Broadcasting) -> None:
    for chat, region in ((PALOPO, "73.73"), (PASER, "64.01"), (PLAIN, "")):
        api.chats[chat] = {"id": chat, "type": "supergroup", "title": f"Grup {chat}"}
        wanted = Subscription(chat, "supergroup", f"Grup {chat}")
        region_ = (region, "kota") if region else None
        await made.subscribers.switch_on(wanted.choose(region=region_))


def texts(api: BotApi, chat: int) -> list[str]:
    return [m.get("text", m.get("caption", "")) for m in api.messages[chat]]


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
    await api.reply(asked, "xyzzy")
    await said(api, wording.BAD_RECIPIENTS)
    await api.reply(asked, "bandung")
    await said(api, "Daerahnya lebih dari satu")
    await api.reply(asked, "sulawesi selatan")
    control = await said(api, "Sasaran: Provinsi Sulawesi Selatan. Obrolan berlangganan: 1")
    await api.press(control, buttons(control)["✅ Kirim sekarang (1)"])
    await said(api, "Terkirim 1 dari 1")
    assert texts(api, PALOPO) == ["Rapat"]
    assert texts(api, PASER) == []


async def test_two_admins_at_once_send_once(chat: Chat) -> None:
    api, _ = chat
    await api.private(f"/admin tambah {ADMIN} Budi")
    await said(api, "kini admin")
    await api.private("/umumkan Sekali saja")
    control = await said(api, "Obrolan berlangganan: 3")
    api.chats[ADMIN] = {"id": ADMIN, "type": "private", "first_name": "Budi"}
    data = buttons(control)["✅ Kirim sekarang (3)"]
    await asyncio.gather(*(api.press(control, data, user) for user in (OWNER, ADMIN, OWNER)))
    await said(api, "Selesai: Pengumuman 1")
    assert texts(api, PLAIN) == ["Sekali saja"]


async def test_a_scheduled_one_waits_and_can_be_withdrawn(chat: Chat) -> None:
    api, made = chat
    await api.private("/umumkan Nanti")
    control = await said(api, "Obrolan berlangganan: 3")
    await api.press(control, buttons(control)["🕗 Jadwalkan"])
    asked = await said(api, "Balas dengan waktunya")
    for bad in ("kapan-kapan", "1-1-2020 08.00", "31-2-2030 08.00"):
        await api.reply(asked, bad)
    await api.until(lambda: texts(api, OWNER).count(wording.BAD_TIME) == 3)
    await api.reply(asked, "besok 08.00 wit")
    await said(api, "Dijadwalkan")
    at = made.announcements.next()
    assert at is not None
    assert at.astimezone(ZoneInfo("Asia/Jayapura")).hour == 8
    await made.tick()
    assert texts(api, PLAIN) == []
    query = await api.press(control, buttons(control)["✅ Kirim sekarang (3)"])
    assert await alerted(api, query) == wording.CONFIRMED_ALREADY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hari ini 17.30", datetime(2026, 11, 28, 17, 30, tzinfo=WITA)),
        ("Besok pukul 08.00", datetime(2026, 11, 29, 8, 0, tzinfo=WITA)),
        ("1-12-2026 08:00 WIB", datetime(2026, 12, 1, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))),
        ("1/12/2026, 8.05", datetime(2026, 12, 1, 8, 5, tzinfo=WITA)),
        ("besok", None),
        ("32-12-2026 08.00", None),
        ("besok 25.00", None),
    ],
)
def test_times_as_people_write_them(text: str, expected: datetime | None) -> None:
    assert read_time(text, datetime(2026, 11, 28, 12, 0, tzinfo=WITA)) == expected


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
    await made.broadcasts.idle()
    await api.press(running, buttons(running)["▶️ Lanjutkan"])
    await api.until(lambda: "⏸ Jeda" in str(running.get("reply_markup")))
    query = await api.press(running, buttons(running)["✖️ Hentikan"])
    assert await alerted(api, query) == wording.STEERED["batal"]
    report = await said(api, "Selesai: Pengumuman 1")
    assert "dibatalkan admin: 3" in report["text"]
    assert texts(api, PALOPO) == []


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
    await api.private("/umumkan Halo", 1999)
    await said(api, "hanya untuk admin", 1999)


# -- reminders -----------------------------------------------------------------------------------


class Moment(Clock):
    """A clock that tests set."""

    def __init__(self, now: datetime) -> None:
        super().__init__(UTC)
        self.moment = now

    def now(self) -> datetime:
        return self.moment


EVENTS = """- id: 2027-penilaian-mandiri
  tahap: penilaian mandiri
  judul: Penilaian mandiri
  buka: 2027-08-02
  tutup: {closes}
  status: {status}
  sumber: laporan-spbe-2024
  keyakinan: tinggi
  tindakan: Kirim hasil penilaian mandiri.
"""


@pytest.fixture
async def dated(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> AsyncIterator[tuple[BotApi, Any, Moment, Path]]:
    """The bot on a folder of one's own at a moment of one's own, with three groups."""
    folder, clock = copy_of_shipped(tmp_path / "folder"), Moment(datetime(2027, 9, 1, tzinfo=WITA))
    async with running_app(
        api, assistant, tmp_path / "data", owners=(OWNER,), knowledge=folder, clock=clock
    ) as app:
        await api.private("/start")
        await api.sent(OWNER)
        await subscribe(api, app.bot_data[BROADCASTING])
        await app.bot_data[KEEPER].look()
        yield api, app, clock, folder / "jadwal/2027.yaml"


async def at(app: Any, clock: Moment, moment: datetime) -> None:
    """Let it be a moment, look, and wait until everything due is sent."""
    clock.moment = moment
    await app.bot_data[KEEPER].look()
    made: Broadcasting = app.bot_data[BROADCASTING]
    await made.tick()
    await made.broadcasts.idle()


def write(file: Path, closes: str, status: str = "resmi") -> None:
    file.write_text("tahun: 2027\nacara:\n" + EVENTS.format(closes=closes, status=status))


async def test_a_reminder_comes_once_at_the_hour_of_each_zone(
    dated: tuple[BotApi, Any, Moment, Path],
) -> None:
    api, app, clock, file = dated
    write(file, "2027-09-15")
    day = datetime(2027, 9, 10, tzinfo=WITA)  # three working days before a Wednesday
    await at(app, clock, day.replace(hour=7, minute=59))
    assert texts(api, PALOPO) == []
    for minute in (0, 1, 30):
        await at(app, clock, day.replace(hour=8, minute=minute))
    (told,) = texts(api, PALOPO)
    assert "Rabu, 15 September 2027" in told
    assert "3 hari kerja" in told
    assert "Kirim hasil penilaian mandiri." in told
    assert texts(api, PLAIN) == []
    await at(app, clock, day.replace(hour=9))  # eight o'clock in WIB
    assert len(texts(api, PLAIN)) == 1
    services = app.bot_data[SERVICES]
    assert services.assistant.snapshot.deadlines


async def test_a_moved_deadline_is_announced_as_moved(
    dated: tuple[BotApi, Any, Moment, Path],
) -> None:
    api, app, clock, file = dated
    write(file, "2027-09-15")
    await at(app, clock, datetime(2027, 9, 10, 8, tzinfo=WITA))
    write(file, "2027-09-24")
    await at(app, clock, datetime(2027, 9, 13, 8, tzinfo=WITA))
    assert "Jadwal berubah" in texts(api, PALOPO)[-1]
    assert "Jumat, 24 September 2027" in texts(api, PALOPO)[-1]
    await at(app, clock, datetime(2027, 9, 13, 8, 5, tzinfo=WITA))
    assert len(texts(api, PALOPO)) == 2


async def test_an_estimate_waits_for_an_admins_word(
    dated: tuple[BotApi, Any, Moment, Path],
) -> None:
    api, app, clock, file = dated
    write(file, "2027-09-15", "perkiraan")
    moment = datetime(2027, 9, 10, 8, tzinfo=WITA)
    await at(app, clock, moment)
    asked = await said(api, "masih perkiraan")
    assert texts(api, PALOPO) == []
    query = await api.press(asked, buttons(asked)["Setujui tanggal ini"])
    assert await alerted(api, query) == wording.EVENT_APPROVED
    await at(app, clock, moment + timedelta(minutes=1))
    assert "perkiraan" in texts(api, PALOPO)[0]
    # Another date needs another word.
    write(file, "2027-09-24", "perkiraan")
    await at(app, clock, moment + timedelta(days=3))
    assert len(texts(api, PALOPO)) == 1


async def test_an_event_that_vanishes_is_cancelled_only_by_an_admin(
    dated: tuple[BotApi, Any, Moment, Path],
) -> None:
    api, app, clock, file = dated
    write(file, "2027-09-15")
    await at(app, clock, datetime(2027, 9, 10, 8, tzinfo=WITA))
    file.unlink()
    await at(app, clock, datetime(2027, 9, 13, 8, tzinfo=WITA))
    asked = await said(api, "hilang dari jadwal")
    assert len(texts(api, PALOPO)) == 1
    await api.press(asked, buttons(asked)["Nyatakan dibatalkan"])
    await said(api, "hilang dari jadwal")
    await api.call("answerCallbackQuery", text=wording.EVENT_CANCELLED)
    await at(app, clock, datetime(2027, 9, 13, 8, 1, tzinfo=WITA))
    assert "Dibatalkan: Penilaian mandiri" in texts(api, PALOPO)[-1]


async def test_what_was_missed_while_the_bot_was_off_is_sent_once_if_still_useful(
    dated: tuple[BotApi, Any, Moment, Path],
) -> None:
    api, app, clock, file = dated
    write(file, "2027-09-15")
    await at(app, clock, datetime(2027, 9, 6, 7, tzinfo=WITA))
    # Off from before the reminder seven days ahead until after the one three days ahead.
    await at(app, clock, datetime(2027, 9, 13, 10, tzinfo=WITA))
    (told,) = texts(api, PALOPO)
    assert "2 hari kerja" in told
