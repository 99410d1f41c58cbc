"""What a broadcast survives: SIGKILL at random moments."""

from pathlib import Path

from bot.broadcasts.sending import IN_FLIGHT

from tests.broadcast_crash import kill_repeatedly


async def test_nothing_is_lost_and_second_copies_say_so(tmp_path: Path) -> None:
    toll = await kill_repeatedly(tmp_path, times=12)
    assert toll.kills == 12
    assert toll.runs > 1
    assert toll.in_flight
    assert (toll.lost, toll.unmarked, toll.again) == (0, 0, 0)
    assert toll.marked <= toll.in_flight
    assert toll.most <= IN_FLIGHT
