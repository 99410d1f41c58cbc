"""Broadcasts as a whole: days pass, the process restarts, admins confirm, chats come and go."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from bot.broadcasts.announcements import Announcements, Recipients, Stage
from bot.broadcasts.contract import Content
from bot.broadcasts.errors import ChatGone, RetryLater, Unreachable
from bot.broadcasts.ledger import Course
from bot.broadcasts.plan import Decisions
from bot.broadcasts.subscribers import Subscribers
from bot.broadcasts.subscriptions import ChoiceError
from bot.clock import Clock
from bot.store.documents import StoredDocuments
from bot.store.store import Store

from tests.broadcasting import WITA, Memory, Office, Server, office, subscription
from tests.test_broadcast_planning import DEADLINE
from tests.virtual import VirtualClock, run

MONDAY = datetime(2026, 10, 19, 12, tzinfo=WITA)
Start = Callable[[], Awaitable[Office]]


class House:
    """What outlives a restart: the disk, the server, the clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = Server()
        self.memory = (Memory(), Memory())
        self.clock = VirtualClock(MONDAY)

    async def open(self) -> Office:
        opened = office(self.folder, self.clock, self.server, self.memory, DEADLINE)
        await opened.made.load()
        return opened

    async def until(self, opened: Office, moment: str) -> None:
        """Let time pass with a tick every minute."""
        end = datetime.fromisoformat(moment).replace(tzinfo=WITA)
        while self.clock.now() < end:
            await opened.made.tick()
            await opened.made.idle()
            await asyncio.sleep(60 - asyncio.get_running_loop().time() % 60)

    def arrivals(self) -> list[str]:
        return [f"{MONDAY + timedelta(seconds=at):%d %H.%M}" for at, _, _, _ in self.server.got]


def test_reminders_of_a_fortnight_with_restarts_and_an_outage(tmp_path: Path) -> None:
    async def work() -> House:
        house = House(tmp_path)
        opened = await house.open()
        await opened.made.subscribers.switch_on(subscription(-1, since=None))
        await house.until(opened, "2026-10-22T06:30")
        await opened.made.close()
        # The machine is off from Thursday on, over the reminder three working days before.
        await asyncio.sleep(timedelta(days=6, hours=4).total_seconds())
        opened = await house.open()
        await house.until(opened, "2026-11-02T12:00")
        await opened.made.close()
        assert opened.notices == []
        return house

    house = run(work())
    # The 27th was missed and is made good at once; then the day before, and the last.
    assert house.arrivals() == ["21 08.00", "28 10.30", "29 08.00", "30 08.00"]
    texts = [content.text for _, _, _, content in house.server.got]
    assert "7 hari kerja" in texts[0]
    assert "2 hari kerja" in texts[1], "what is left now, not what the lead was"
    assert "Jumat, 30 Oktober 2026" in texts[1]
    assert "hari terakhir" in texts[3]


def test_what_could_not_be_told_in_time_is_reported_to_admins(tmp_path: Path) -> None:
    async def work() -> Office:
        house = House(tmp_path)
        opened = await house.open()
        await opened.made.subscribers.switch_on(subscription(-1, since=None))
        await opened.made.close()
        await asyncio.sleep(timedelta(days=12).total_seconds())
        opened = await house.open()
        await house.until(opened, "2026-10-31T13:00")
        await opened.made.close()
        again = await house.open()
        await house.until(again, "2026-10-31T14:00")
        await again.made.close()
        assert again.notices == []
        return opened

    opened = run(work())
    assert len(opened.notices) == 1
    assert "tidak sempat dikirim ke 1 obrolan" in opened.notices[0]
    assert not opened.server.got


def test_an_unreachable_server_until_the_closing_is_reported(tmp_path: Path) -> None:
    class Down(Server):
        async def send(self, chat: int, thread: int, content: Content) -> int:
            raise Unreachable("Telegram tidak terjangkau", doubtful=False)

    async def work() -> list[str]:
        house = House(tmp_path)
        house.server = Down()
        opened = await house.open()
        await opened.made.subscribers.switch_on(subscription(-1, since=MONDAY, leads=(0,)))
        await house.until(opened, "2026-11-01T00:10")
        await opened.made.close()
        return opened.notices

    notices = run(work())
    assert len(notices) == 1
    assert "batas akhirnya sudah lewat: 1" in notices[0]


def test_a_pending_reminder_of_a_moved_event_is_taken_back(tmp_path: Path) -> None:
    """Planned before the server went away, sent never: the date is no longer true."""

    async def work() -> House:
        house = House(tmp_path)
        opened = await house.open()
        choices = {"since": None, "leads": (7, 3)}
        await opened.made.subscribers.switch_on(subscription(-1, **choices))
        house.server.faults[-1].append(Unreachable("putus", doubtful=False))
        await asyncio.sleep(timedelta(days=1, hours=21).total_seconds())
        await opened.made.tick()
        await asyncio.sleep(0.3)
        opened.calendar[DEADLINE.id] = replace(DEADLINE, closes=date(2026, 11, 6))
        await opened.made.idle()
        assert not house.server.got
        await house.until(opened, "2026-10-28T09:00")
        await opened.made.close()
        return house

    house = run(work())
    assert house.arrivals() == ["28 08.00"]
    assert "6 November" in house.server.got[0][3].text


def test_moved_and_cancelled_are_told_with_the_old_date(tmp_path: Path) -> None:
    async def work() -> list[str]:
        house = House(tmp_path)
        opened = await house.open()
        await opened.made.subscribers.switch_on(subscription(-1, since=None))
        await house.until(opened, "2026-10-21T09:00")
        opened.calendar[DEADLINE.id] = replace(DEADLINE, closes=date(2026, 11, 6))
        await house.until(opened, "2026-10-22T10:00")
        opened.decisions[0] = Decisions(cancelled=frozenset({DEADLINE.id}))
        await opened.made.tick(changed=True)
        await opened.made.idle()
        await opened.made.close()
        return [content.text for _, _, _, content in house.server.got]

    texts = run(work())
    assert len(texts) == 3
    assert "Semula: <s>Jumat, 30 Oktober 2026</s>" in texts[1]
    assert "Batas akhir sekarang: <b>Jumat, 6 November 2026</b>" in texts[1]
    assert "Dibatalkan" in texts[2]
    assert "6 November" in texts[2]


def test_a_chat_that_has_to_wait_holds_up_nothing_else(tmp_path: Path) -> None:
    """An announcement is stuck with one chat over the last reminder's time, and over a restart."""

    async def work() -> House:
        house = House(tmp_path)
        house.clock.start = datetime(2026, 10, 30, 7, 50, tzinfo=WITA)
        opened = await house.open()
        closes = datetime(2026, 10, 30, 10, 0, tzinfo=WITA)
        opened.calendar[DEADLINE.id] = replace(DEADLINE, closes=closes, zone="WITA")
        for chat in (1, 2, 3):
            await opened.made.subscribers.switch_on(subscription(chat, since=None, leads=(0,)))
        house.server.faults[2].append(RetryLater(1800))
        house.server.faults[1].extend([Unreachable("500", doubtful=False)] * 4)
        for text in ("Satu", "Dua"):
            draft = await opened.made.announcements.draft(7, Content(text))
            await opened.made.announcements.confirm(draft.id, 7)
        await opened.made.tick()
        await asyncio.sleep(605)
        await opened.made.tick()
        await asyncio.sleep(5)
        texts = {chat: _starts(house, chat) for chat in (1, 2, 3)}
        assert texts[3] == ["Satu", "Dua", "<b>Pen"]
        assert "<b>Pen" in texts[1]
        assert texts[2] == []
        await opened.made.idle()
        assert await opened.made.ledger.runs() == []
        await opened.made.close()
        return house

    house = run(work())
    for chat in (1, 2, 3):
        assert sorted(_starts(house, chat)) == ["<b>Pen", "Dua", "Satu"]
    late = [at for at, chat, _, _ in house.server.got if chat == 2]
    assert 1800 < late[0] < late[-1] < 1810
    assert _starts(house, 2)[0] == "<b>Pen", "what has an end goes first"


def _starts(house: House, chat: int) -> list[str]:
    return [content.text[:6] for _, to, _, content in house.server.got if to == chat]


def test_rows_that_wait_are_open_after_a_restart(tmp_path: Path) -> None:
    async def work() -> House:
        house = House(tmp_path)
        opened = await house.open()
        for chat in (1, 2):
            await opened.made.subscribers.switch_on(subscription(chat))
        house.server.faults[2].append(RetryLater(1800))
        draft = await opened.made.announcements.draft(7, Content("Halo"))
        await opened.made.announcements.confirm(draft.id, 7)
        await opened.made.tick()
        await asyncio.sleep(60)
        await opened.made.close()
        opened = await house.open()
        await opened.made.tick()
        await opened.made.idle()
        await opened.made.close()
        return house

    assert run(work()).server.chats() == {1: 1, 2: 1}


def test_a_reminder_goes_before_the_rest_of_an_announcement(tmp_path: Path) -> None:
    async def work() -> House:
        house = House(tmp_path)
        house.clock.start = datetime(2026, 10, 30, 7, 59, 58, tzinfo=WITA)
        opened = await house.open()
        for chat in range(1, 401):
            leads = (0,) if chat > 390 else (1,)
            await opened.made.subscribers.switch_on(
                subscription(chat, since=house.clock.now(), leads=leads)
            )
        draft = await opened.made.announcements.draft(7, Content("Halo"))
        await opened.made.announcements.confirm(draft.id, 7)
        await opened.made.tick()
        await asyncio.sleep(3)
        await opened.made.tick()
        await opened.made.idle()
        await opened.made.close()
        return house

    house = run(work())
    reminded = [at for at, _, _, content in house.server.got if "Pengingat" in content.text]
    assert len(reminded) == 10
    assert reminded[-1] < 5
    assert len(house.server.got) == 410
    assert house.server.got[-1][0] > 12


def test_admins_are_told_what_was_meant(tmp_path: Path) -> None:
    """Titles, dates and moments rather than ids, in reports and questions."""

    async def work() -> list[str]:
        house = House(tmp_path)
        opened = await house.open()
        opened.calendar["b"] = replace(
            DEADLINE, id="b", title="Reviu", status="perkiraan", closes=date(2026, 12, 15)
        )
        await opened.made.subscribers.switch_on(subscription(-1, since=None))
        house.server.faults[-1].append(ChatGone("bot was kicked"))
        await opened.made.subscribers.switch_on(subscription(-2, since=None))
        await house.until(opened, "2026-10-21T08:05")
        del opened.calendar[DEADLINE.id]
        await opened.made.tick(changed=True)
        await opened.made.close()
        return opened.notices

    notices = run(work())
    assert [n for n in notices if "<b>Reviu</b> (batas akhir Selasa, 15 Desember 2026)" in n]
    assert [n for n in notices if "Selesai: Pengingat Penilaian mandiri (21-10-2026 08.00" in n]
    assert [n for n in notices if n.startswith("<b>Penilaian mandiri</b> (batas akhir Jumat, 30")]


def test_reminders_through_a_year_without_a_decree_say_so(tmp_path: Path) -> None:
    async def work() -> list[str]:
        house = House(tmp_path)
        house.clock.start = datetime(2027, 12, 29, 7, 59, tzinfo=WITA)
        opened = await house.open()
        opened.calendar[DEADLINE.id] = replace(DEADLINE, closes=date(2028, 1, 7))
        choices = {"since": None, "leads": (7, 0)}
        await opened.made.subscribers.switch_on(subscription(-1, **choices))
        await house.until(opened, "2028-01-07T08:05")
        await opened.made.close()
        return [content.text for _, _, _, content in house.server.got]

    first, last = run(work())
    assert "Cuti bersama 2028 belum ditetapkan" in first
    assert "Cuti bersama" not in last, "nothing is counted"


def test_chats_are_told_of_a_day_in_the_past_and_of_none(tmp_path: Path) -> None:
    async def work() -> list[str]:
        house = House(tmp_path)
        opened = await house.open()
        await opened.made.subscribers.switch_on(subscription(-1, since=None))
        await house.until(opened, "2026-10-21T09:00")
        opened.calendar[DEADLINE.id] = replace(DEADLINE, closes=date(2026, 10, 19))
        await house.until(opened, "2026-10-22T09:00")
        opened.calendar[DEADLINE.id] = DEADLINE
        await house.until(opened, "2026-10-23T09:00")
        opened.calendar[DEADLINE.id] = replace(DEADLINE, precision="bulan")
        await house.until(opened, "2026-10-26T09:00")
        await opened.made.close()
        assert not [n for n in opened.notices if "tidak sempat" in n]
        return [content.text for _, _, _, content in house.server.got]

    texts = run(work())
    assert len(texts) == 4
    assert "Jadwal berubah" in texts[1]
    assert "sekarang: <b>Senin, 19 Oktober 2026</b> (sudah lewat)" in texts[1]
    assert "hari ini" not in texts[1].lower()
    assert "sekarang: <b>Jumat, 30 Oktober 2026</b>" in texts[2]
    assert "Tanggal Jumat, 30 Oktober 2026 tidak berlaku lagi" in texts[3]
    assert "tanggal pastinya belum ditetapkan" in texts[3]


# -- announcements -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("back", "arrivals", "told"),
    [
        ("2026-10-20T14:30", ["20 14.30"], False),  # late in the day
        ("2026-10-20T22:30", ["21 07.00"], False),  # late, and it is night
        ("2026-10-21T09:30", [], True),  # more than a day late
    ],
)
def test_a_scheduled_announcement_that_was_missed(
    tmp_path: Path, back: str, arrivals: list[str], told: bool
) -> None:
    async def work() -> tuple[House, list[str]]:
        house = House(tmp_path)
        opened = await house.open()
        opened.calendar.clear()
        await opened.made.subscribers.switch_on(subscription(1))
        draft = await opened.made.announcements.draft(7, Content("<b>Rapat</b> besok"))
        await opened.made.announcements.confirm(draft.id, 7, MONDAY + timedelta(hours=20))
        await opened.made.close()
        moment = datetime.fromisoformat(back).replace(tzinfo=WITA)
        await asyncio.sleep((moment - MONDAY).total_seconds())
        opened = await house.open()
        opened.calendar.clear()
        await house.until(opened, "2026-10-22T12:00")
        known = opened.made.announcements.find(draft.id)
        assert known is not None
        assert known.stage is (Stage.MISSED if told else Stage.STARTED)
        await opened.made.close()
        return house, opened.notices

    house, notices = run(work())
    assert house.arrivals() == arrivals
    assert len(notices) == told
    if told:
        assert "Pengumuman 1 (“Rapat besok”)" in notices[0]
        assert "yang dijadwalkan Selasa, 20 Oktober 2026 pukul 08.00 WITA tidak" in notices[0]


def test_a_missed_announcement_is_told_until_admins_know(tmp_path: Path) -> None:
    async def work() -> int:
        house = House(tmp_path)
        opened = await house.open()
        draft = await opened.made.announcements.draft(7, Content("Rapat"))
        await opened.made.announcements.confirm(draft.id, 7, MONDAY)
        tries = 0

        async def notify(text: str) -> None:
            nonlocal tries
            tries += 1
            if tries < 3:
                raise OSError("nobody could be told")

        opened.made.notify = notify
        await asyncio.sleep(timedelta(days=2).total_seconds())
        for _ in range(60):
            await opened.made.tick()
            await asyncio.sleep(10)
        known = opened.made.announcements.find(draft.id)
        assert known is not None and known.stage is Stage.MISSED
        await opened.made.close()
        return tries

    assert run(work()) == 3


def test_an_announcement_confirmed_at_night_goes_at_once(tmp_path: Path) -> None:
    async def work() -> House:
        house = House(tmp_path)
        house.clock.start = datetime(2026, 10, 19, 22, 0, tzinfo=WITA)
        opened = await house.open()
        await opened.made.subscribers.switch_on(subscription(1))
        for at in (None, house.clock.start + timedelta(hours=1)):
            draft = await opened.made.announcements.draft(7, Content("Darurat"))
            await opened.made.announcements.confirm(draft.id, 7, at)
        await house.until(opened, "2026-10-19T23:05")
        await opened.made.close()
        return house

    assert [round(at / 60) for at, _, _, _ in run(work()).server.got] == [0, 60]


def test_two_admins_confirming_at_once_send_once(tmp_path: Path) -> None:
    async def work() -> None:
        house = House(tmp_path)
        opened = await house.open()
        made = opened.made
        for chat in range(1, 51):
            await made.subscribers.switch_on(subscription(chat))
        draft = await made.announcements.draft(7, Content("Halo semua"))
        assert made.announcements.count(draft.recipients) == 50
        outcome = await asyncio.gather(
            made.announcements.confirm(draft.id, 7), made.announcements.confirm(draft.id, 8)
        )
        assert sorted(outcome) == [False, True]
        await asyncio.gather(made.tick(), made.tick())
        await made.idle()
        assert set(house.server.chats().values()) == {1}
        assert len(house.server.got) == 50
        known = made.announcements.find(draft.id)
        assert known is not None and known.stage is Stage.STARTED
        assert not await made.announcements.confirm(draft.id, 9)
        assert not await made.announcements.withdraw(draft.id)
        await made.close()

    run(work())


def test_an_announcement_at_a_time_survives_a_restart(tmp_path: Path) -> None:
    async def work() -> House:
        house = House(tmp_path)
        opened = await house.open()
        await opened.made.subscribers.switch_on(subscription(1))
        draft = await opened.made.announcements.draft(7, Content("Rapat", document="BQAC"))
        later = MONDAY + timedelta(hours=20)
        assert await opened.made.announcements.confirm(draft.id, 7, later)
        assert opened.made.announcements.next() == later
        await house.until(opened, "2026-10-19T13:00")
        await opened.made.close()
        opened = await house.open()
        await house.until(opened, "2026-10-20T09:00")
        await opened.made.close()
        return house

    house = run(work())
    assert house.arrivals() == ["20 08.00"]
    assert house.server.got[0][3].document == "BQAC"


def test_pause_over_a_restart_then_resume_then_cancel(tmp_path: Path) -> None:
    async def work() -> None:
        house = House(tmp_path)
        opened = await house.open()
        for chat in range(1, 201):
            await opened.made.subscribers.switch_on(subscription(chat))
        draft = await opened.made.announcements.draft(7, Content("Halo"))
        await opened.made.announcements.confirm(draft.id, 7)
        await opened.made.tick()
        await asyncio.sleep(2)
        assert await opened.made.steer(draft.run, Course.PAUSED)
        await opened.made.idle()
        paused = len(house.server.got)
        assert 30 < paused < 100
        await opened.made.close()
        opened = await house.open()
        await house.until(opened, "2026-10-19T12:05")
        assert len(house.server.got) == paused
        assert await opened.made.steer(draft.run, Course.RUNNING)
        await asyncio.sleep(2)
        assert await opened.made.steer(draft.run, Course.CANCELLED)
        await opened.made.idle()
        assert paused < len(house.server.got) < 200
        assert set(house.server.chats().values()) == {1}
        assert await opened.made.ledger.runs() == []
        await opened.made.close()

    run(work())


def test_an_announcement_that_waited_too_long_is_not_sent(tmp_path: Path) -> None:
    async def work() -> None:
        house = House(tmp_path)
        opened = await house.open()
        for chat in range(1, 101):
            await opened.made.subscribers.switch_on(subscription(chat))
        draft = await opened.made.announcements.draft(7, Content("Halo"))
        await opened.made.announcements.confirm(draft.id, 7)
        await opened.made.tick()
        await asyncio.sleep(1)
        await opened.made.close()
        sent = len(house.server.got)
        await asyncio.sleep(timedelta(days=3).total_seconds())
        opened = await house.open()
        opened.calendar.clear()
        await opened.made.tick()
        await opened.made.idle()
        assert len(house.server.got) == sent
        tally = await opened.made.ledger.tally(draft.run)
        assert tally.reasons == {"tidak terkirim dalam 24 jam": 100 - sent}
        await opened.made.close()

    run(work())


@pytest.mark.parametrize(
    ("recipients", "count"),
    [
        (Recipients(), 4),
        (Recipients(regions=("73",)), 2),
        (Recipients(agencies=("kota",)), 1),
        (Recipients(chats=("private",)), 1),
        (Recipients(topics=("interviu",)), 3),
    ],
)
async def test_audiences(recipients: Recipients, count: int) -> None:
    clock = VirtualClock(MONDAY)
    subscribers = Subscribers(Memory(), clock)
    for one in (
        subscription(1, region="73", region_kind="provinsi", topics=("interviu",)),
        subscription(-2, region="73.73", region_kind="kota", topics=("visitasi",)),
        subscription(-3, region="64.01", region_kind="kabupaten"),
        subscription(-4),
        subscription(-5),
    ):
        await subscribers.switch_on(one)
    await subscribers.switch_off(-5)
    made = Announcements(Memory(), subscribers, None, clock)  # type: ignore[arg-type]
    assert made.count(recipients) == count


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (Content(""), "kosong"),
        (Content("<b> </b>"), "kosong"),
        (Content("x" * 4000), "kurangi sedikitnya 154 karakter"),
        (Content("x" * 1000, document="BQAC"), "terlalu panjang"),
    ],
)
async def test_an_announcement_leaves_room_for_the_marks(content: Content, fault: str) -> None:
    made = Announcements(Memory(), None, None, VirtualClock(MONDAY))  # type: ignore[arg-type]
    with pytest.raises(ChoiceError, match=fault):
        await made.draft(7, content)
    assert await made.draft(7, Content("<b>" + "x" * 3800 + "</b>"))


# -- chats ---------------------------------------------------------------------------------------


def test_a_group_is_greeted_once_for_ever() -> None:
    async def work() -> None:
        memory = Memory()
        subscribers = Subscribers(memory, VirtualClock(MONDAY))
        assert await subscribers.added(-1, "group", "Grup")
        assert not await subscribers.added(-1, "group", "Grup baru")
        await subscribers.gone(-1, "dikeluarkan")
        assert not await subscribers.added(-1, "group")
        await subscribers.moved(-1, -1001)
        assert not await subscribers.added(-1001, "supergroup")
        again = Subscribers(memory, VirtualClock(MONDAY))
        await again.load()
        assert not await again.added(-1, "group")
        assert again.find(-1) == again.find(-1001)

    run(work())


def test_changes_that_come_together_are_written_together() -> None:
    async def work() -> int:
        memory = Memory()
        subscribers = Subscribers(memory, VirtualClock(MONDAY))
        await asyncio.gather(*(subscribers.switch_on(subscription(n)) for n in range(1, 101)))
        assert len(memory.kept) == 100
        return memory.writes

    assert run(work()) <= 3


def test_stopping_ends_it_at_once_in_the_middle_of_a_run(tmp_path: Path) -> None:
    async def work() -> House:
        house = House(tmp_path)
        opened = await house.open()
        for chat in range(1, 101):
            await opened.made.subscribers.switch_on(subscription(chat))
        draft = await opened.made.announcements.draft(7, Content("Halo"))
        await opened.made.announcements.confirm(draft.id, 7)
        await opened.made.tick()
        await opened.made.subscribers.switch_off(100)
        house.server.faults[99].append(ChatGone("bot was kicked"))
        await opened.made.idle()
        await opened.made.close()
        return house

    house = run(work())
    assert len(house.server.got) == 98
    assert 100 not in house.server.chats()


async def test_subscriptions_stay_in_the_store(tmp_path: Path) -> None:
    store = Store(tmp_path, Clock(UTC))
    await store.save_chat(5, {"title": "Grup"})
    subscribers = Subscribers(StoredDocuments(store, "subscriptions"), Clock(UTC))
    chosen = subscription(5, topics=("interviu",), leads=(5, 0), thread=3, formerly=(4,))
    await subscribers.switch_on(chosen)
    await store.save_chat(6, {"title": "Lain"})
    await store.close()
    store = Store(tmp_path, Clock(UTC))
    again = Subscribers(StoredDocuments(store, "subscriptions"), Clock(UTC))
    await again.load()
    assert again.find(4) == again.find(5) == subscribers.find(5)
    assert await store.chat(5) == {"title": "Grup"}
    await store.close()
