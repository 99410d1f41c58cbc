"""Sending: retries, limits, chats that move or end, topics, pause, cancel, progress."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bot.broadcasts import wording
from bot.broadcasts.contract import Content, Drop, Hold, Send, Verdict
from bot.broadcasts.errors import (
    ChatGone,
    ChatMoved,
    Refused,
    RetryLater,
    TopicGone,
    Unreachable,
)
from bot.broadcasts.ledger import Course, Row, Run
from bot.broadcasts.progress import Progress
from bot.broadcasts.sending import IN_FLIGHT, Outcome
from bot.broadcasts.telling import Kind, Telling
from bot.broadcasts.told import State

from tests.broadcasting import START, Parts, Server, parts, subscription
from tests.test_broadcast_pace import most_within
from tests.virtual import VirtualClock, run

TELLING = Telling(Kind.ANNOUNCEMENT, "1")
TEXT = Content("Halo")


def say(row: Row, now: datetime) -> Verdict:
    return Send(TEXT)


async def planned(
    folder: Path, chats: list[int], server: Server | None = None, thread: int = 0
) -> Parts:
    made = parts(folder, VirtualClock(START), server)
    for chat in chats[:20]:
        await made.subscribers.switch_on(subscription(chat, thread=thread))
    rows = [(TELLING, chat, thread) for chat in chats]
    assert await made.ledger.plan(Run("r", "Uji", START), rows)
    return made


def states(made: Parts) -> dict[State, int]:
    return {s: n for s, n in run_tally(made).states.items() if n}


def run_tally(made: Parts) -> Any:
    return made.ledger._runs["r"].tally()


def test_a_thousand_chats_each_once_at_the_rate_without_a_429(tmp_path: Path) -> None:
    async def work() -> Parts:
        made = await planned(tmp_path, [-n for n in range(1, 1001)])
        assert await made.dispatcher.run("r", say) == Outcome(over=True)
        return made

    made = run(work())
    times = [at for at, _, _, _ in made.server.got]
    assert set(made.server.chats().values()) == {1}
    assert len(times) == 1000
    assert made.server.refused == 0
    assert 999 / (times[-1] - times[0]) > 25
    assert most_within(times, 1.0 - 1e-6) <= 30


def test_never_more_calls_in_flight_than_allowed(tmp_path: Path) -> None:
    async def work() -> int:
        server = Server(latency=(2, 3))
        made = await planned(tmp_path, list(range(1, 60)), server)
        most = 0

        def count(row: Row, now: datetime) -> Verdict:
            nonlocal most
            most = max(most, made.pace._busy + 1)
            return Send(TEXT)

        await made.dispatcher.run("r", count)
        return most

    assert run(work()) == IN_FLIGHT


def test_429_of_one_chat_lets_the_others_go_on(tmp_path: Path) -> None:
    async def work() -> Parts:
        made = await planned(tmp_path, list(range(1, 101)))
        made.server.faults[5].append(RetryLater(40))
        await made.dispatcher.run("r", say)
        return made

    made = run(work())
    times = {chat: at for at, chat, _, _ in made.server.got}
    assert times[100] < 6
    assert times[5] > 40
    assert states(made) == {State.SENT: 100}


def test_429_of_several_chats_halts_for_as_long_as_the_server_says(tmp_path: Path) -> None:
    async def work() -> Parts:
        made = await planned(tmp_path, list(range(1, 101)))
        for chat in (5, 6):
            made.server.faults[chat].append(RetryLater(20))
        await made.dispatcher.run("r", say)
        return made

    made = run(work())
    times = [at for at, _, _, _ in made.server.got]
    assert not [at for at in times if 1.5 < at < 20]
    assert states(made) == {State.SENT: 100}


@pytest.mark.parametrize("doubtful", [False, True])
def test_no_answer_is_tried_again_and_marked_only_when_in_doubt(
    tmp_path: Path, doubtful: bool
) -> None:
    async def work() -> Parts:
        made = await planned(tmp_path, [1, 2])
        made.server.faults[1].extend(
            [Unreachable("putus", doubtful=doubtful), Unreachable("502", doubtful=False)]
        )
        await made.dispatcher.run("r", say)
        return made

    made = run(work())
    texts = {chat: content.text for _, chat, _, content in made.server.got}
    assert texts[1].endswith(wording.RESENT) == doubtful
    assert texts[2] == "Halo"
    assert made.server.chats() == {1: 1, 2: 1}


def test_an_outage_loses_nothing_and_is_not_hammered(tmp_path: Path) -> None:
    """An hour without a server: few calls meanwhile, everything sent soon after."""

    class Down(Server):
        calls = 0

        async def send(self, chat: int, thread: int, content: Content) -> int:
            if asyncio.get_running_loop().time() < 3600:
                self.calls += 1
                raise Unreachable("tidak terjangkau", doubtful=False)
            return await super().send(chat, thread, content)

    async def work() -> Parts:
        made = await planned(tmp_path, list(range(1, 301)), Down())
        await made.dispatcher.run("r", say)
        return made

    made = run(work())
    assert states(made) == {State.SENT: 300}
    assert isinstance(made.server, Down)
    assert made.server.calls < 150
    assert made.server.got[-1][0] < 3600 + 400


def test_a_chat_that_is_gone_is_marked_and_never_tried_again(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, [1, 2, 3])
        made.server.faults[2].append(ChatGone("bot was blocked by the user"))
        made.server.faults[3].append(Refused("message is too long"))
        await made.dispatcher.run("r", say)
        assert states(made) == {State.SENT: 1, State.GONE: 1, State.FAILED: 1}
        assert run_tally(made).reasons == {
            "bot was blocked by the user": 1,
            "message is too long": 1,
        }
        gone = made.subscribers.find(2)
        assert gone is not None and not gone.present and gone.ended and gone.wanted
        assert [s.chat for s in made.subscribers.active()] == [1, 3]
        assert not await made.subscribers.added(2, "private"), "greeted once, for ever"
        back = made.subscribers.find(2)
        assert back is not None and back.active

    run(work())


def test_a_group_that_moved_is_followed(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, [-5])
        made.server.faults[-5].append(ChatMoved(-1005))
        await made.dispatcher.run("r", say)
        assert made.server.chats() == {-1005: 1}
        followed = made.subscribers.find(-5)
        assert followed is not None
        assert (followed.chat, followed.formerly) == (-1005, (-5,))
        told = await made.ledger.told()
        assert told.find(TELLING, followed.ids) is not None

    run(work())


def test_the_old_id_of_an_upgraded_group_says_nothing_about_the_group(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, [-5])
        await made.subscribers.moved(-5, -1005)
        await made.subscribers.gone(-5, "bot was kicked from the group")
        made.server.faults[-5].append(ChatGone("the group chat was deleted"))
        await made.dispatcher.run("r", say)
        known = made.subscribers.find(-1005)
        assert known is not None and known.active
        assert made.server.chats() == {-1005: 1}
        await made.subscribers.gone(-1005, "bot was kicked from the supergroup")
        assert not list(made.subscribers.active())

    run(work())


def test_a_group_known_under_both_ids_is_told_once(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, [-5, -1005])
        made.server.faults[-5].append(ChatMoved(-1005))
        await made.dispatcher.run("r", say)
        assert made.server.chats() == {-1005: 1}

    run(work())


def test_a_lost_topic_falls_back_to_the_general_one_and_is_told_once(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, [-5], thread=77)
        made.server.faults[-5].append(TopicGone("message thread not found"))
        await made.dispatcher.run("r", say)
        other = Telling(Kind.ANNOUNCEMENT, "2")
        kept = made.subscribers.find(-5)
        assert kept is not None and kept.active and kept.thread == 0
        await made.ledger.plan(Run("r2", "Uji", START), [(other, -5, kept.thread)])
        await made.dispatcher.run("r2", say)
        (_, _, thread, first), (_, _, _, second) = made.server.got
        assert thread == 0
        assert wording.TOPIC_LOST in first.text
        assert second.text == "Halo"

    run(work())


def test_of_several_messages_that_wait_only_one_tells_of_the_lost_topic(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, [-5], thread=77)
        others = [Telling(Kind.ANNOUNCEMENT, str(n)) for n in (2, 3)]
        await made.ledger.plan(Run("r2", "Uji", START), [(t, -5, 77) for t in others])
        made.server.faults[-5].extend([TopicGone("TOPIC_CLOSED")])
        await made.dispatcher.run("r", say)
        made.server.faults[-5].extend([TopicGone("TOPIC_CLOSED"), RetryLater(600)])
        sending = asyncio.create_task(made.dispatcher.run("r2", say))
        await asyncio.sleep(60)
        sending.cancel()
        await asyncio.wait([sending])
        await made.ledger.close()
        # Over a restart as well.
        made = _again(tmp_path, made)
        await made.dispatcher.run("r2", say)
        threads = [thread for _, _, thread, _ in made.server.got]
        assert len(threads) == 3
        assert sum(wording.TOPIC_LOST in c.text for _, _, _, c in made.server.got) == 1

    run(work())


def test_a_closed_general_topic_does_not_loop(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, [-5])
        made.server.faults[-5].append(TopicGone("TOPIC_CLOSED"))
        await made.dispatcher.run("r", say)
        assert states(made) == {State.FAILED: 1}

    run(work())


def test_pause_and_resume(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, list(range(1, 101)))
        sending = asyncio.create_task(made.dispatcher.run("r", say))
        await asyncio.sleep(1)
        assert await made.ledger.steer("r", Course.PAUSED)
        made.dispatcher.nudge()
        assert await sending == Outcome(over=False)
        sent = len(made.server.got)
        assert 10 < sent < 60
        assert not await made.ledger.steer("r", Course.PAUSED)
        assert await made.ledger.steer("r", Course.RUNNING)
        assert await made.dispatcher.run("r", say) == Outcome(over=True)
        assert set(made.server.chats().values()) == {1}
        assert len(made.server.got) == 100

    run(work())


def test_cancel_stops_the_rest_and_reports_it(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, list(range(1, 101)))
        seen: list[Progress] = []

        async def look(progress: Progress) -> None:
            seen.append(progress)

        sending = asyncio.create_task(made.dispatcher.run("r", say, look))
        await asyncio.sleep(1)
        assert await made.ledger.steer("r", Course.CANCELLED)
        made.dispatcher.nudge()
        assert (await sending).over
        sent = len(made.server.got)
        assert states(made) == {State.SENT: sent, State.STOPPED: 100 - sent}
        assert (seen[-1].sent, seen[-1].failed, seen[-1].left) == (sent, 100 - sent, 0)
        assert not await made.ledger.steer("r", Course.RUNNING)

    run(work())


def test_progress_tells_now_and_then_and_at_the_end(tmp_path: Path) -> None:
    async def work() -> list[Progress]:
        made = await planned(tmp_path, list(range(1, 301)))
        seen: list[Progress] = []

        async def look(progress: Progress) -> None:
            seen.append(progress)
            raise RuntimeError("an onlooker that fails disturbs nobody")

        await made.dispatcher.run("r", say, look)
        return seen

    seen = run(work())
    assert 3 <= len(seen) <= 6
    assert seen[1].seconds is not None
    assert 1 < seen[1].seconds < 8
    assert (seen[-1].sent, seen[-1].left, seen[-1].over) == (300, 0, True)


def test_a_turn_ends_when_only_rows_that_wait_are_left(tmp_path: Path) -> None:
    async def work() -> list[Progress]:
        made = await planned(tmp_path, list(range(1, 11)))
        made.server.faults[5].extend([RetryLater(40), RetryLater(20)])
        seen: list[Progress] = []

        async def look(progress: Progress) -> None:
            seen.append(progress)

        loop = asyncio.get_running_loop()
        outcome = await made.dispatcher.turn("r", say, look)
        assert not outcome.over and outcome.until is None
        assert outcome.again is not None and 39 < outcome.again - loop.time() < 42
        assert states(made) == {State.SENT: 9, State.PLANNED: 1}
        # Too early it is not tried.
        assert (await made.dispatcher.turn("r", say, look)).again == outcome.again
        await asyncio.sleep(outcome.again - loop.time())
        assert (await made.dispatcher.run("r", say, look)).over
        assert made.server.chats()[5] == 1
        return seen

    seen = run(work())
    shown = [(p.sent, p.over) for p in seen]
    assert (shown[0], shown[-1], shown.count((9, False))) == ((9, False), (10, True), 1)
    assert seen[0].seconds is None


def test_a_chat_that_was_asked_to_wait_for_waits_in_every_run(tmp_path: Path) -> None:
    async def work() -> Parts:
        made = await planned(tmp_path, [1, 2])
        other = Telling(Kind.ANNOUNCEMENT, "2")
        await made.ledger.plan(Run("r2", "Uji", START), [(other, 1, 0), (other, 2, 0)])
        made.server.faults[1].append(RetryLater(40))
        for name in ("r", "r2"):
            await made.dispatcher.turn(name, say)
            await asyncio.sleep(2)
        assert made.server.chats() == {2: 2}
        for name in ("r", "r2"):
            await made.dispatcher.run(name, say)
        return made

    made = run(work())
    assert made.server.chats() == {1: 2, 2: 2}
    assert made.server.refused == 0
    assert not [at for at, chat, _, _ in made.server.got if chat == 1 and at < 40]


def test_one_chat_in_trouble_does_not_make_the_server_ill(tmp_path: Path) -> None:
    async def work() -> Parts:
        made = await planned(tmp_path, [1])
        other = Telling(Kind.ANNOUNCEMENT, "2")
        await made.ledger.plan(Run("r2", "Uji", START), [(other, 2, 0)])
        made.server.faults[1].extend([Unreachable("500", doubtful=False)] * 8)
        first = asyncio.create_task(made.dispatcher.run("r", say))
        await asyncio.sleep(30)
        await made.dispatcher.run("r2", say)
        await first
        return made

    made = run(work())
    times = {chat: at for at, chat, _, _ in made.server.got}
    assert times[2] < 31 < times[1]


def _again(folder: Path, made: Parts) -> Parts:
    """Return parts on the same folder, with the same chats and server, as after a restart."""
    fresh = parts(folder, VirtualClock(START), made.server)
    fresh.subscribers._chats |= made.subscribers._chats
    return fresh


def test_two_runs_do_not_overlap(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, [1, 2, 3])
        await made.ledger.plan(
            Run("r2", "Uji", START), [(Telling(Kind.ANNOUNCEMENT, "2"), n, 0) for n in (1, 2, 3)]
        )
        await asyncio.gather(made.dispatcher.run("r", say), made.dispatcher.run("r2", say))
        chats = [chat for _, chat, _, _ in made.server.got]
        assert set(chats[:3]) == set(chats[3:]) == {1, 2, 3}
        assert made.server.refused == 0

    run(work())


def test_rows_may_be_held_or_dropped_at_the_last_moment(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, [1, 2, 3])
        later = START + timedelta(hours=1)

        def judge(row: Row, now: datetime) -> Verdict:
            if row.chat == 2 and now < later:
                return Hold(later)
            return Drop(State.MISSED, "lewat") if row.chat == 3 else Send(TEXT)

        assert await made.dispatcher.run("r", judge) == Outcome(over=False, until=later)
        assert states(made) == {State.SENT: 1, State.PLANNED: 1, State.MISSED: 1}
        await asyncio.sleep(3600)
        assert (await made.dispatcher.run("r", judge)).over

    run(work())


def test_what_cannot_be_written_down_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        made = await planned(tmp_path, [1, 2, 3])

        async def full(row: Row) -> bool:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(made.ledger, "begin", full)
            with pytest.raises(OSError, match="No space"):
                await made.dispatcher.run("r", say)
        assert not made.server.got
        assert (await made.dispatcher.run("r", say)).over
        assert made.server.chats() == {1: 1, 2: 1, 3: 1}

    run(work())


def test_a_fault_of_ours_costs_one_row_not_the_run(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, [1, 2, 3])
        made.server.faults[2].append(KeyError("message_id"))

        def judge(row: Row, now: datetime) -> Verdict:
            return {1: Send(TEXT), 2: Send(TEXT)}[row.chat]

        assert (await made.dispatcher.run("r", judge)).over
        assert states(made) == {State.SENT: 1, State.UNKNOWN: 1, State.FAILED: 1}
        assert run_tally(made).reasons == {wording.PROGRAM: 2}

    run(work())


def test_a_stop_in_the_middle_finishes_what_is_in_flight(tmp_path: Path) -> None:
    async def work() -> None:
        made = await planned(tmp_path, list(range(1, 101)))
        sending: asyncio.Task[Any] = asyncio.create_task(_of(made.dispatcher.run("r", say)))
        await asyncio.sleep(1)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        sent = len(made.server.got)
        assert states(made) == {State.SENT: sent, State.PLANNED: 100 - sent}
        await made.dispatcher.run("r", say)
        assert set(made.server.chats().values()) == {1}

    run(work())


async def _of(work: Coroutine[Any, Any, Any]) -> Any:
    return await work
