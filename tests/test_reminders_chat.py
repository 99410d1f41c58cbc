"""Reminders in the running bot: their hour, moved and lost events, what admins decide."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bot.answering.assistant import Assistant
from bot.broadcasts.decided import EventDecisions, mark_of
from bot.broadcasts.filed import FiledLedger
from bot.broadcasts.ledger import Run
from bot.broadcasts.telling import Kind, Telling
from bot.cli import schedule as schedule_cli
from bot.clock import Clock
from bot.telegram import wording
from bot.telegram.broadcasting import BROADCASTING, Broadcasting
from bot.telegram.callbacks import Action, Press, decode
from bot.telegram.handlers.common import SERVICES
from bot.telegram.keeper import KEEPER
from click.testing import CliRunner

from tests.botapi import BotApi
from tests.botapi.server import Fault
from tests.chatting import alerted, said
from tests.knowledge_folder import copy_of_shipped
from tests.subscribed_groups import PALOPO, PLAIN, subscribe, texts
from tests.telegram_app import running_app
from tests.test_telegram_buttons import buttons

OWNER, ADMIN = 7, 1008
WITA = ZoneInfo("Asia/Makassar")


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


async def lose(dated: tuple[BotApi, Any, Moment, Path], day: datetime) -> dict[str, Any]:
    """Let a reminder be sent at eight and the event vanish by nine; return what is asked then."""
    api, app, clock, file = dated
    write(file, "2027-09-15")
    await at(app, clock, day)
    file.unlink()
    await at(app, clock, day.replace(hour=9))
    return await said(api, "hilang dari jadwal")


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
    # Another date needs another word; the old one holds when it comes back.
    write(file, "2027-09-24", "perkiraan")
    await at(app, clock, moment + timedelta(days=3))
    assert len(texts(api, PALOPO)) == 1
    assert questions(api) == 2
    write(file, "2027-09-15", "perkiraan")
    await at(app, clock, moment + timedelta(days=3, minutes=1))
    assert questions(api) == 2
    assert len(app.bot_data[BROADCASTING].decisions.load().estimates) == 1


def questions(api: BotApi, chat: int = OWNER) -> int:
    return sum("masih perkiraan" in text for text in texts(api, chat))


async def test_a_button_approves_the_date_that_it_stands_under(
    dated: tuple[BotApi, Any, Moment, Path],
) -> None:
    api, app, clock, file = dated
    decisions = app.bot_data[BROADCASTING].decisions
    moment = datetime(2027, 9, 10, 8, tzinfo=WITA)
    for minute, day in enumerate((15, 16, 15)):
        write(file, f"2027-09-{day}", "perkiraan")
        await at(app, clock, moment + timedelta(minutes=minute))
    asked = [m for m in api.messages[OWNER] if "masih perkiraan" in m["text"]]
    assert len(asked) == 3  # it is asked about again, as something else was asked in between
    query = await api.press(asked[1], buttons(asked[1])["Setujui tanggal ini"])
    assert await alerted(api, query) == wording.EVENT_REDATED
    assert not decisions.load().estimates
    query = await api.press(asked[2], buttons(asked[2])["Setujui tanggal ini"])
    assert await alerted(api, query) == wording.EVENT_APPROVED
    assert decisions.load().estimates == {("2027-penilaian-mandiri", "2027-09-15")}
    await api.until(lambda: "Batalkan keputusan" in buttons(asked[2]))
    query = await api.press(asked[0], "h:2027-penilaian-mandiri:e")
    assert await alerted(api, query) == wording.EVENT_REDATED
    query = await api.press(asked[2], buttons(asked[2])["Batalkan keputusan"])
    assert await alerted(api, query) == wording.EVENT_UNDONE
    assert not decisions.load().estimates
    await api.until(lambda: questions(api) == 4)


async def test_a_question_that_reached_nobody_is_asked_again(
    dated: tuple[BotApi, Any, Moment, Path],
) -> None:
    api, app, clock, file = dated
    moment = datetime(2027, 9, 10, 8, tzinfo=WITA)
    write(file, "2027-09-15", "perkiraan")
    await app.bot_data[KEEPER].look()
    api.fail("sendMessage", Fault(500, "down"), chat=OWNER)
    await app.bot_data[BROADCASTING].tick()
    assert questions(api) == 0
    for minute in (1, 2, 20):
        await at(app, clock, moment + timedelta(minutes=minute))
    assert questions(api) == 1


async def test_what_was_missed_is_reported_though_the_first_try_fails(
    dated: tuple[BotApi, Any, Moment, Path],
) -> None:
    api, app, clock, file = dated
    write(file, "2027-09-15")
    await at(app, clock, datetime(2027, 9, 9, 7, tzinfo=WITA))
    clock.moment = datetime(2027, 9, 16, 10, tzinfo=WITA)
    api.fail("sendMessage", Fault(500, "down"), chat=OWNER)
    await app.bot_data[BROADCASTING].tick()
    for minute in (1, 2, 20):
        await at(app, clock, datetime(2027, 9, 16, 10, minute, tzinfo=WITA))
    assert sum("tidak sempat dikirim" in text for text in texts(api, OWNER)) == 1


async def test_only_who_may_decide_is_asked(dated: tuple[BotApi, Any, Moment, Path]) -> None:
    api, app, clock, file = dated
    api.chats[ADMIN] = {"id": ADMIN, "type": "private", "first_name": "Budi"}
    await api.private(f"/admin tambah {ADMIN} 73.73 Budi")
    await said(api, "kini admin")
    write(file, "2027-09-15", "perkiraan")
    await at(app, clock, datetime(2027, 9, 10, 8, tzinfo=WITA))
    await said(api, "masih perkiraan")
    assert questions(api, ADMIN) == 0


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


async def test_an_event_that_is_back_is_not_cancelled_and_asked_about_when_lost_again(
    dated: tuple[BotApi, Any, Moment, Path],
) -> None:
    api, app, clock, file = dated
    decisions = app.bot_data[BROADCASTING].decisions
    day = datetime(2027, 9, 10, 8, tzinfo=WITA)
    asked = await lose(dated, day)
    write(file, "2027-09-15")
    await at(app, clock, day.replace(hour=10))
    query = await api.press(asked, buttons(asked)["Nyatakan dibatalkan"])
    assert await alerted(api, query) == wording.EVENT_LIVE
    assert not decisions.load().cancelled
    file.unlink()
    await at(app, clock, day.replace(hour=11))
    assert sum("hilang dari jadwal" in text for text in texts(api, OWNER)) == 2


async def test_a_cancellation_is_undone_in_the_chat(
    dated: tuple[BotApi, Any, Moment, Path],
) -> None:
    api, app, *_ = dated
    decisions = app.bot_data[BROADCASTING].decisions
    day = datetime(2027, 9, 10, 8, tzinfo=WITA)
    asked = await lose(dated, day)
    await alerted(api, await api.press(asked, buttons(asked)["Nyatakan dibatalkan"]))
    await api.until(lambda: "Batalkan keputusan" in buttons(asked))
    query = await api.press(asked, "h:2027-penilaian-mandiri:c")
    assert "Sudah diputuskan oleh" in await alerted(api, query)
    query = await api.press(asked, buttons(asked)["Batalkan keputusan"])
    assert await alerted(api, query) == wording.EVENT_UNDONE
    assert not decisions.load().cancelled


async def test_a_cancelled_event_that_is_back_counts_once_it_is_approved(
    dated: tuple[BotApi, Any, Moment, Path],
) -> None:
    api, app, clock, file = dated
    day = datetime(2027, 9, 10, 8, tzinfo=WITA)
    asked = await lose(dated, day)
    await alerted(api, await api.press(asked, buttons(asked)["Nyatakan dibatalkan"]))
    await at(app, clock, day.replace(hour=10))
    assert "Dibatalkan" in texts(api, PALOPO)[-1]
    write(file, "2027-09-24")
    await at(app, clock, day.replace(hour=11))
    asked = await said(api, "sudah dinyatakan dibatalkan, tetapi ada di jadwal")
    assert "Dibatalkan" in texts(api, PALOPO)[-1]
    await alerted(api, await api.press(asked, buttons(asked)["Setujui tanggal ini"]))
    await at(app, clock, day.replace(hour=12))
    assert "Jumat, 24 September 2027" in texts(api, PALOPO)[-1]


def test_the_longest_event_fits_on_a_button() -> None:
    event = f"2027-{'a' * 49}"
    data = Press(Action.EVENT, event, f"e{mark_of('2027-09-15')}").encode()
    assert len(data.encode()) == 64
    assert decode(data) == Press(Action.EVENT, event, f"e{mark_of('2027-09-15')}")
    assert decode(f"h:{event}:e12345") is None


def test_only_what_is_known_or_was_told_can_be_cancelled_at_the_command_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, assistant: Assistant
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(schedule_cli, "load_assistant", lambda: assistant)
    ledger = FiledLedger(tmp_path / "siaran", durable=False)
    telling = Telling(Kind.REMINDER, "2027-hilang", "2027-09-15", 3)
    run = Run("ingat-1", "Pengingat", datetime(2027, 9, 10, tzinfo=WITA))
    asyncio.run(ledger.plan(run, [(telling, PALOPO, 0)]))
    runner = CliRunner()
    refused = runner.invoke(schedule_cli.schedule, ["cancel", "tidak-ada"])
    assert "tidak ada di jadwal" in str(refused.exception)
    for event in ("2027-hilang", assistant.snapshot.deadlines[0].id):
        done = runner.invoke(schedule_cli.schedule, ["cancel", event])
        assert done.output == "Dicatat batal.\n"
    asyncio.run(ledger.close())
    assert len(EventDecisions(tmp_path).load().cancelled) == 2


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
