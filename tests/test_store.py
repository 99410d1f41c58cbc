"""The store: what survives kills, torn files, unreadable files, a second opening."""

import asyncio
import json
from datetime import UTC
from pathlib import Path

import pytest
from bot.clock import Clock
from bot.errors import StoreError
from bot.store.store import DOWN, UP, Store

from tests.crash import kill_repeatedly


def open_store(folder: Path) -> Store:
    return Store(folder, Clock(UTC))


async def test_kept_over_a_restart(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert await store.save_feedback(7, "aabbccdd", UP) is False
    assert await store.save_feedback(7, "aabbccdd", DOWN) is True
    await store.save_chat(-100, {"title": "Grup", "active": True})
    await store.close()
    store = open_store(tmp_path)
    assert store.votes() == {(7, "aabbccdd"): DOWN}
    assert await store.chat(-100) == {"title": "Grup", "active": True}
    await store.close()


async def test_group_that_became_a_supergroup_keeps_its_fields(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    await store.save_chat(-5, {"title": "Grup"})
    await store.move_chat(-5, -1005)
    assert await store.chat(-5) is None
    assert await store.chat(-1005) == {"title": "Grup", "moved_from": -5}
    await store.close()


@pytest.mark.parametrize(
    "content", [b'{"chats": {"1": {"ti', b"\xff\xfe\x00", b"[]", b"null", b""]
)
async def test_unreadable_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store.json").write_bytes(content)
    store = open_store(tmp_path)
    assert store.set_aside is not None
    assert store.set_aside.read_bytes() == content
    await store.save_chat(1, {"title": "baru"})
    await store.close()
    assert json.loads((tmp_path / "store.json").read_text())


async def test_torn_line_of_a_journal_is_skipped_and_not_continued(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    await store.save_feedback(1, "00000001", UP)
    await store.close()
    file = next((tmp_path / "journal").glob("umpan-balik-*"))
    file.write_text(file.read_text() + '{"user": 2, "ans')
    store = open_store(tmp_path)
    await store.save_feedback(3, "00000003", UP)
    await store.close()
    store = open_store(tmp_path)
    assert set(store.votes()) == {(1, "00000001"), (3, "00000003")}
    await store.close()


async def test_opened_by_one_process_at_a_time(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with pytest.raises(StoreError, match="sedang dipakai"):
        open_store(tmp_path)
    await store.close()


async def test_concurrent_writes_all_arrive(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    await asyncio.gather(*(store.save_feedback(n, "00000001", UP) for n in range(100)))
    assert len(store.votes()) == 100
    await store.close()


async def test_nothing_acknowledged_is_lost_by_kills(tmp_path: Path) -> None:
    toll = await kill_repeatedly(tmp_path, times=15)
    assert toll.kills == 15
    assert toll.acknowledged > 15
    assert (toll.unreadable, toll.lost) == (0, 0)
