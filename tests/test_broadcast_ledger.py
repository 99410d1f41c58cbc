"""The ledger: what it promises over restarts, torn lines, a full disk, a second confirmation."""

import asyncio
import errno
from datetime import timedelta
from pathlib import Path

import pytest
from bot.broadcasts import appending
from bot.broadcasts.filed import FiledLedger
from bot.broadcasts.ledger import Course, Row, Run
from bot.broadcasts.telling import Kind, Telling
from bot.broadcasts.told import State
from bot.errors import StoreError

from tests.broadcasting import START

REMINDER = Telling(Kind.REMINDER, "2026-mandiri", "2026-10-30", 7, title="Penilaian mandiri")
OTHER = Telling(Kind.REMINDER, "2026-mandiri", "2026-10-30", 3)
NEWS = Telling(Kind.ANNOUNCEMENT, "1")


def run(name: str = "r") -> Run:
    return Run(name, "Uji", START, by=7)


async def rows(ledger: FiledLedger, name: str = "r") -> list[Row]:
    return list(await ledger.rows(name, -1, 100))


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl"))


async def reopened(ledger: FiledLedger, folder: Path) -> FiledLedger:
    await ledger.close()
    return FiledLedger(folder)


async def test_every_state_survives_a_restart(tmp_path: Path) -> None:
    ledger = FiledLedger(tmp_path)
    assert await ledger.plan(run(), [(REMINDER, -n, 9 if n == 3 else 0) for n in range(1, 9)])
    by_chat = {row.chat: row for row in await rows(ledger)}
    for chat in range(-7, 0):
        assert await ledger.begin(by_chat[chat])
    await ledger.settle(by_chat[-1], State.SENT, message=881)
    await ledger.settle(by_chat[-2], State.FAILED, "ditolak")
    await ledger.to_general(by_chat[-3])
    await ledger.settle(by_chat[-3], State.PLANNED)
    await ledger.redirect(by_chat[-4], -1004)
    await ledger.settle(by_chat[-4], State.DOUBTFUL)
    await ledger.settle(by_chat[-5], State.WITHDRAWN)
    await ledger.settle(by_chat[-6], State.GONE, "diblokir")
    ledger = await reopened(ledger, tmp_path)
    left = {(row.chat, row.thread, row.state, row.topic_lost) for row in await rows(ledger)}
    assert left == {
        (-3, 0, State.PLANNED, True),
        (-1004, 0, State.DOUBTFUL, False),
        (-7, 0, State.DOUBTFUL, False),  # was in flight
        (-8, 0, State.PLANNED, False),
    }
    found = {chat: ledger.find(REMINDER, (chat,)) for chat in (-1, -2, -5, -6, -9)}
    assert {chat: entry.state if entry else None for chat, entry in found.items()} == {
        -1: State.SENT,
        -2: State.FAILED,
        -5: None,
        -6: State.GONE,
        -9: None,
    }
    assert (await ledger.tally("r")).reasons == {"ditolak": 1, "diblokir": 1}
    assert ledger.about("2026-mandiri")[0].title == "Penilaian mandiri"
    await ledger.close()


async def test_what_was_sent_again_is_counted_over_restarts(tmp_path: Path) -> None:
    ledger = FiledLedger(tmp_path)
    await ledger.plan(run(), [(NEWS, n, 0) for n in range(6)])
    for row in (await rows(ledger))[:3]:
        await ledger.begin(row)
    ledger = await reopened(ledger, tmp_path)  # without an answer to three
    for row in await rows(ledger):
        await ledger.begin(row)
        state = State.DOUBTFUL if row.number == 5 else State.SENT
        await ledger.settle(row, State.UNKNOWN if row.number == 2 else state, message=1)
    assert (await ledger.tally("r")).resent == 2
    ledger = await reopened(ledger, tmp_path)
    (last,) = await rows(ledger)
    await ledger.begin(last)
    await ledger.settle(last, State.SENT, message=1)
    assert (await ledger.tally("r")).resent == 3
    await ledger.steer("r", Course.DONE)
    ledger = await reopened(ledger, tmp_path)
    assert (await ledger.tally("r")).resent == 3
    await ledger.close()


async def test_a_finished_run_is_written_anew_and_reads_the_same(tmp_path: Path) -> None:
    ledger = FiledLedger(tmp_path)
    await ledger.plan(run(), [(t, -n, 0) for n in range(50) for t in (REMINDER, OTHER)])
    for row in await rows(ledger):
        await ledger.begin(row)
        await ledger.settle(row, State.SENT, message=row.number + 1)
    before = sum(path.stat().st_size for path in files(tmp_path))
    assert await ledger.steer("r", Course.DONE)
    after = sum(path.stat().st_size for path in files(tmp_path))
    assert after < before / 2
    ledger = await reopened(ledger, tmp_path)
    assert await ledger.runs() == []
    assert (await ledger.tally("r")).states == {State.SENT: 100}
    assert await ledger.plan(run(), [(NEWS, 1, 0)]) is False
    await ledger.close()


async def test_planning_twice_starts_once_even_at_the_same_time(tmp_path: Path) -> None:
    ledger = FiledLedger(tmp_path)
    outcome = await asyncio.gather(*(ledger.plan(run(), [(NEWS, 1, 0)]) for _ in range(5)))
    assert sorted(outcome) == [False, False, False, False, True]
    assert len(await rows(ledger)) == 1
    await ledger.close()


async def test_a_chat_is_never_planned_twice_for_a_message(tmp_path: Path) -> None:
    ledger = FiledLedger(tmp_path)
    await ledger.plan(run("a"), [(REMINDER, -1, 0), (REMINDER, -1, 0), (REMINDER, -2, 0)])
    await asyncio.gather(
        ledger.plan(run("b"), [(REMINDER, -1, 0), (REMINDER, -3, 0), (OTHER, -1, 0)]),
        ledger.plan(run("c"), [(REMINDER, -3, 0)]),
    )
    assert [[row.chat for row in await rows(ledger, name)] for name in "abc"] == [
        [-2, -1],
        [-3, -1],
        [],
    ]
    await ledger.close()


async def test_what_was_taken_back_may_be_planned_again(tmp_path: Path) -> None:
    ledger = FiledLedger(tmp_path)
    await ledger.plan(run("a"), [(REMINDER, -1, 0)])
    await ledger.settle((await rows(ledger, "a"))[0], State.WITHDRAWN)
    await ledger.plan(run("b"), [(REMINDER, -1, 0)])
    assert len(await rows(ledger, "b")) == 1
    await ledger.close()


@pytest.mark.parametrize("tail", [b'[1,"k",', b"\x00\xff", b'[1,"k"', b"\n\n[]\n5\n"])
async def test_a_torn_line_is_skipped_and_not_continued(tmp_path: Path, tail: bytes) -> None:
    ledger = FiledLedger(tmp_path)
    await ledger.plan(run(), [(NEWS, 1, 0), (NEWS, 2, 0)])
    first, second = await rows(ledger)
    await ledger.begin(first)
    await ledger.close()
    path = files(tmp_path)[0]
    with path.open("ab") as file:
        file.write(tail)
    ledger = FiledLedger(tmp_path)
    assert [row.state for row in await rows(ledger)] == [State.DOUBTFUL, State.PLANNED]
    await ledger.settle(second, State.SENT, message=5)
    ledger = await reopened(ledger, tmp_path)
    assert [row.number for row in await rows(ledger)] == [0]
    await ledger.close()


async def test_a_plan_that_was_not_finished_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "00000001.tmp").write_text('{"run": "r", "chats": [1, 2')
    ledger = FiledLedger(tmp_path)
    assert await ledger.runs() == []
    assert await ledger.plan(run(), [(NEWS, 1, 0)])
    await ledger.close()


async def test_an_unreadable_run_does_not_stop_the_others(tmp_path: Path) -> None:
    ledger = FiledLedger(tmp_path)
    await ledger.plan(run("a"), [(NEWS, 1, 0)])
    await ledger.plan(run("b"), [(NEWS, 2, 0)])
    await ledger.close()
    (tmp_path / "00000001.jsonl").write_bytes(b"\x00\x00")
    ledger = FiledLedger(tmp_path)
    assert [known.id for known, _ in await ledger.runs()] == ["b"]
    await ledger.plan(run("c"), [(NEWS, 3, 0)])
    assert (tmp_path / "00000001.jsonl").read_bytes() == b"\x00\x00"
    await ledger.close()


async def test_lines_that_wait_share_a_flush(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushes = 0
    fsync = appending.os.fsync

    def count(handle: int) -> None:
        nonlocal flushes
        flushes += 1
        fsync(handle)

    ledger = FiledLedger(tmp_path)
    await ledger.plan(run(), [(NEWS, n, 0) for n in range(40)])
    monkeypatch.setattr(appending.os, "fsync", count)
    await asyncio.gather(*(ledger.begin(row) for row in await rows(ledger)))
    assert 1 <= flushes <= 3
    ledger = await reopened(ledger, tmp_path)
    assert {row.state for row in await rows(ledger)} == {State.DOUBTFUL}
    await ledger.close()


async def test_a_full_disk_is_told_to_all_who_wait_and_heals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    ledger = FiledLedger(tmp_path)
    await ledger.plan(run(), [(NEWS, n, 0) for n in range(3)])
    known = await rows(ledger)
    with monkeypatch.context() as patch:
        patch.setattr(appending.os, "fsync", full)
        outcome = await asyncio.gather(
            *(ledger.begin(row) for row in known), return_exceptions=True
        )
        assert all(isinstance(error, OSError) for error in outcome)
        with pytest.raises(OSError, match="No space"):
            await ledger.plan(run("b"), [(NEWS, 9, 0)])
    assert await ledger.plan(run("b"), [(NEWS, 9, 0)])
    await ledger.settle(known[0], State.SENT, message=1)
    ledger = await reopened(ledger, tmp_path)
    assert 0 not in [row.number for row in await rows(ledger)]
    await ledger.close()


async def test_pausing_resuming_cancelling_are_kept(tmp_path: Path) -> None:
    ledger = FiledLedger(tmp_path)
    await ledger.plan(run(), [(NEWS, 1, 0), (NEWS, 2, 0)])
    assert await ledger.steer("r", Course.PAUSED)
    ledger = await reopened(ledger, tmp_path)
    assert [course for _, course in await ledger.runs()] == [Course.PAUSED]
    assert not await ledger.begin((await rows(ledger))[0])
    assert await ledger.steer("r", Course.RUNNING)
    assert not await ledger.steer("unbekannt", Course.PAUSED)
    assert await ledger.steer("r", Course.CANCELLED)
    assert not await ledger.steer("r", Course.RUNNING)
    ledger = await reopened(ledger, tmp_path)
    assert await rows(ledger) == []
    assert (await ledger.tally("r")).states == {State.STOPPED: 2}
    await ledger.close()


async def test_old_runs_are_dropped_unless_planning_asks_for_them(tmp_path: Path) -> None:
    ledger = FiledLedger(tmp_path)
    await ledger.plan(run("a"), [(REMINDER, 1, 0)])
    await ledger.plan(run("b"), [(NEWS, 1, 0)])
    for name in "ab":
        await ledger.settle((await rows(ledger, name))[0], State.SENT, message=1)
    await ledger.steer("b", Course.DONE)
    later = START + timedelta(days=1)
    await ledger.forget(later, ())
    assert ledger.find(NEWS, (1,)) is None
    assert ledger.find(REMINDER, (1,)) is not None, "not done yet"
    await ledger.steer("a", Course.DONE)
    await ledger.forget(later, ("2026-mandiri",))
    await ledger.forget(START, ())
    assert ledger.find(REMINDER, (1,)) is not None
    await ledger.forget(later, ())
    assert (ledger.events(), files(tmp_path)) == (set(), [])
    await ledger.close()


async def test_opened_by_one_process_at_a_time(tmp_path: Path) -> None:
    ledger = FiledLedger(tmp_path)
    with pytest.raises(StoreError, match="sedang dipakai"):
        FiledLedger(tmp_path)
    await ledger.close()
