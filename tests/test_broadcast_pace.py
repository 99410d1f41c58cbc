"""The pace: no window ever holds more than Telegram allows, and little of it is wasted."""

import asyncio
import heapq
import random
from pathlib import Path

import pytest
from bot.broadcasts.pace import CHAT_WINDOW, GROUP, HEADROOM, OVERALL, Pace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.broadcasting import Server
from tests.virtual import run

SLOW = [HealthCheck.too_slow]
"""Says how busy the machine is, nothing about the test."""


def most_within(times: list[float], window: float) -> int:
    """The most arrivals in any half-open window, whatever its phase."""
    times = sorted(times)
    most = first = 0
    for last, at in enumerate(times):
        while at - times[first] >= window:
            first += 1
        most = max(most, last - first + 1)
    return most


def simulate(
    pace: Pace, legs: list[tuple[float, float]], answers: list[float] | None = None
) -> list[float]:
    """Send as fast as allowed over a network of given latencies; return times of arrival.

    ``answers`` are moments at which people are to be answered.
    """
    now, arrivals = 0.0, []
    flying: list[tuple[float, int, object]] = []
    waiting = sorted(answers or [])
    for number, (up, down) in enumerate(legs):
        while True:
            while flying and flying[0][0] <= now:
                ended, _, call = heapq.heappop(flying)
                pace.end(call, ended)
            urgent = bool(waiting) and waiting[0] <= now
            if (wait := pace.wait_overall(now, urgent=urgent)) <= 0:
                break
            coming = [now + wait, *(f[0] for f in flying[:1]), *waiting[:1]]
            now = min(t for t in coming if t > now)
        if urgent:
            waiting.pop(0)
        call = pace.start(number + 1, now, urgent=urgent)
        arrivals.append(now + up)
        heapq.heappush(flying, (now + up + down, number, call))
    return arrivals


latency = st.floats(0.0, 2.0)


@given(st.lists(st.tuples(latency, latency), min_size=1, max_size=200))
@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
def test_no_window_is_overfull_whatever_the_latencies(legs: list[tuple[float, float]]) -> None:
    arrivals = simulate(Pace(trust_latency=False), legs)
    assert most_within(arrivals, 1.0 - 1e-6) <= OVERALL - HEADROOM


@given(
    st.lists(st.tuples(latency, latency), min_size=60, max_size=200),
    st.lists(st.floats(0.0, 10.0), max_size=40),
)
@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
def test_answers_take_the_headroom_but_no_more(
    legs: list[tuple[float, float]], answers: list[float]
) -> None:
    arrivals = simulate(Pace(trust_latency=False), legs, answers)
    assert most_within(arrivals, 1.0 - 1e-6) <= OVERALL


@given(st.integers(0, 1000), st.floats(0.0, 0.3), st.floats(0.0, 0.3))
@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
def test_trusting_a_latency_with_jitter_stays_within_telegrams_limit(
    seed: int, base: float, jitter: float
) -> None:
    rng = random.Random(seed)
    legs = [(base + rng.random() * jitter, base + rng.random() * jitter) for _ in range(400)]
    assert most_within(simulate(Pace(), legs), 1.0 - 1e-6) <= OVERALL


@pytest.mark.parametrize("legs", [(0.0, 0.0), (0.05, 0.05), (0.15, 0.15)])
def test_a_steady_latency_costs_no_rate(legs: tuple[float, float]) -> None:
    arrivals = simulate(Pace(), [legs] * 1000)
    assert 999 / (arrivals[-1] - arrivals[0]) > 27


def test_a_chat_gets_one_a_second_and_a_group_twenty_a_minute() -> None:
    pace = Pace(limit=1000, headroom=1)
    times, now = [], 0.0
    while now < 300:
        wait = pace.wait(-1, now)
        if wait > 0:
            now += wait
            continue
        times.append(now)
        pace.end(pace.start(-1, now), now)
    assert most_within(times, CHAT_WINDOW - 1e-6) == 1
    assert most_within(times, 60.0 - 1e-6) <= GROUP
    assert len(times) > 70


def test_another_chat_need_not_wait_for_a_busy_one() -> None:
    pace = Pace()
    pace.end(pace.start(-1, 0.0), 0.1)
    assert pace.wait_chat(-1, 0.2) > 0
    assert pace.wait_chat(-2, 0.2) == 0


def test_what_is_long_past_is_forgotten() -> None:
    pace = Pace()
    for number in range(20_000):
        now = number / 25
        pace.end(pace.start(-number, now), now)
    assert pace.chats < 2_000


def test_answer_goes_first_when_broadcasts_fill_the_window(tmp_path: Path) -> None:
    async def work() -> list[float]:
        pace, server, loop = Pace(), Server(latency=(0, 0)), asyncio.get_running_loop()
        waits = []
        for number in range(200):
            while (wait := pace.wait(number + 1, loop.time())) > 0:
                await asyncio.sleep(wait)
            call = pace.start(number + 1, loop.time())
            await server.send(number + 1, 0, None)  # type: ignore[arg-type]
            pace.end(call, loop.time())
            if number % 20 == 0:
                waits.append(pace.wait_overall(loop.time(), urgent=True))
        assert not server.refused
        return waits

    assert max(run(work())) == 0
