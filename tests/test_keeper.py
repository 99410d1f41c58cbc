"""The running bot follows what changes beside it: the folder, the command line, the days."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from bot.answering.assistant import Assistant
from bot.telegram.broadcasting import BROADCASTING
from bot.telegram.keeper import KEEPER, Keeper
from bot.telegram.services import Services

from tests.botapi import BotApi
from tests.botapi.server import Fault
from tests.chatting import said
from tests.knowledge_folder import copy_of_shipped, path_of, regulation
from tests.telegram_app import SERVICES, running_app

OWNER = 7
Kept = tuple[BotApi, Keeper, Services]


@pytest.fixture
async def kept(api: BotApi, assistant: Assistant, tmp_path: Path) -> AsyncIterator[Kept]:
    """The bot on a folder of one's own, after its first look."""
    folder = copy_of_shipped(tmp_path / "folder")
    async with running_app(
        api, assistant, tmp_path / "data", owners=(OWNER,), knowledge=folder
    ) as app:
        await api.private("/start")
        await api.sent(OWNER)
        keeper: Keeper = app.bot_data[KEEPER]
        await keeper.look()
        yield api, keeper, app.bot_data[SERVICES]


async def test_an_edit_in_the_folder_is_served_and_told(kept: Kept) -> None:
    api, keeper, services = kept
    (services.desk.base.folder / path_of()).write_bytes(regulation())
    await keeper.look()
    told = await said(api, "📌 Revisi 2")
    assert "penyunting folder" in told["text"]
    assert "perwali-palopo-90-2024" in services.assistant.snapshot.regulations
    before = len(api.messages[OWNER])
    await keeper.look()
    assert len(api.messages[OWNER]) == before


async def test_a_broken_edit_is_told_once_with_its_place(kept: Kept) -> None:
    api, keeper, services = kept
    broken = regulation().replace(b"status: berlaku", b"status: <b>mungkin")
    (services.desk.base.folder / path_of()).write_bytes(broken)
    for _ in range(2):
        await keeper.look()
    told = [m["text"] for m in api.messages[OWNER] if "belum dipakai" in m["text"]]
    assert len(told) == 1
    assert f"{path_of()}:" in told[0]
    await api.private("apa itu arsitektur spbe?")
    await said(api, "Pasal 1")


async def test_what_the_command_line_publishes_is_served_and_told(kept: Kept) -> None:
    api, keeper, services = kept
    await asyncio.to_thread(
        services.desk.base.publish, {path_of(): regulation()}, author="cli:ani", note="kue"
    )
    await keeper.look()
    assert "oleh cli:ani: kue" in (await said(api, "📌 Revisi 2"))["text"]
    assert "perwali-palopo-90-2024" in services.assistant.snapshot.regulations


async def test_a_conversation_goes_on_over_a_change(kept: Kept) -> None:
    api, keeper, services = kept
    base = services.desk.base
    await asyncio.to_thread(base.publish, {path_of(): regulation()}, author="x", note="x")
    await keeper.look()
    await api.private("pasal 1 perwali palopo 90/2024")
    await said(api, "juru kue")
    await asyncio.to_thread(base.publish, {path_of(): None}, author="x", note="x")
    await keeper.look()
    before = len(api.messages[OWNER])
    await api.private("pasal 2?")
    await api.sent(OWNER, before + 1)
    assert "gangguan" not in api.messages[OWNER][before]["text"]
    assert "90/2024" not in api.messages[OWNER][before]["text"]


async def test_an_admin_who_cannot_be_reached_does_not_keep_others_from_it(kept: Kept) -> None:
    api, keeper, services = kept
    api.fail("sendMessage", Fault(403, "Forbidden: bot was blocked by the user"), chat=OWNER)
    (services.desk.base.folder / path_of()).write_bytes(regulation())
    await keeper.look()
    assert "perwali-palopo-90-2024" in services.assistant.snapshot.regulations


def told(api: BotApi, part: str) -> list[str]:
    return [m["text"] for m in api.messages[OWNER] if part in m["text"]]


async def test_a_refusal_that_could_not_be_sent_is_told_later(kept: Kept) -> None:
    api, keeper, services = kept
    api.fail("sendMessage", *[Fault(500, "Internal Server Error")] * 20, chat=OWNER)
    (services.desk.base.folder / path_of()).write_bytes(b"rusak")
    await keeper.look()
    assert not told(api, "belum dipakai")
    api._faults.clear()
    for _ in range(2):
        await keeper.look()
    assert len(told(api, "belum dipakai")) == 1


async def test_one_part_that_fails_keeps_no_other_from_being_done(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, keeper, services = kept
    keeper._forgot = None

    def broken() -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(services.desk.base, "notice", broken)
    monkeypatch.setattr(services.queue.decisions, "take_news", broken)
    await asyncio.to_thread(
        services.desk.base.publish, {path_of(): regulation()}, author="x", note="x"
    )
    await keeper.look()
    assert "perwali-palopo-90-2024" in services.assistant.snapshot.regulations
    assert keeper._forgot == services.clock.today()


async def test_owners_are_told_once_of_a_broken_list_of_admins(kept: Kept) -> None:
    api, keeper, services = kept
    data = services.desk.base.history._folder.parent
    (data / "admin.json").write_text("{")
    for _ in range(2):
        await keeper.look()
    found = told(api, "Daftar admin rusak")
    assert len(found) == 1
    assert "admin.json.rusak-" in found[0]


async def test_damaged_revisions_are_told_once_and_the_list_goes_on(kept: Kept) -> None:
    api, keeper, services = kept
    base = services.desk.base
    await asyncio.to_thread(base.publish, {path_of(): regulation()}, author="x", note="x")
    await asyncio.to_thread(base.publish, {path_of(): None}, author="x", note="x")
    await keeper.look()
    base.history._known.clear()
    (base.history._folder / "000002.json").write_text("[]")
    for _ in range(2):
        await keeper.look()
    assert len(told(api, "revisi 2 tidak terbaca")) == 1
    await api.private("/riwayat")
    assert "Revisi 1," in (await said(api, "Revisi 2: tidak terbaca"))["text"]


async def test_many_deleted_files_are_told_once_with_how_to_confirm(kept: Kept) -> None:
    api, keeper, services = kept
    base = services.desk.base
    for path in sorted((base.folder / "tanya-jawab").glob("*.md"))[:11]:
        path.unlink()
    for _ in range(2):
        await keeper.look()
    found = told(api, "11 berkas dihapus di folder")
    assert len(found) == 1
    assert "knowledge publish --yes" in found[0]
    assert base.number == 1


async def test_a_name_that_is_no_utf8_is_told(kept: Kept) -> None:
    api, keeper, services = kept
    name = os.fsdecode(b"regulasi/\xff.md")
    (services.desk.base.folder / name).write_bytes(regulation())
    await keeper.look()
    assert "regulasi/\ufffd.md" in told(api, "belum dipakai")[0]


async def test_old_questions_are_deleted_by_day(kept: Kept) -> None:
    _, keeper, services = kept
    journal = services.desk.base.history._folder.parent / "journal"
    today = services.clock.today()
    for days in (10, 89, 91, 800):
        for name in ("pertanyaan", "umpan-balik", "audit"):
            (journal / f"{name}-{today - timedelta(days=days)}.jsonl").write_text("{}\n")
    keeper._forgot = None
    await keeper.look()
    left = sorted(path.name[:-17] for path in journal.glob("*.jsonl"))
    assert left.count("pertanyaan") == 2
    assert left.count("umpan-balik") == 2
    assert left.count("audit") == 3


async def test_it_looks_again_and_again_and_stops(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    folder = copy_of_shipped(tmp_path / "folder")
    async with running_app(
        api, assistant, tmp_path / "data", owners=(OWNER,), knowledge=folder
    ) as app:
        await api.private("/start")
        await api.sent(OWNER)
        keeper = Keeper(app.bot, app.bot_data[SERVICES], app.bot_data[BROADCASTING], seconds=0.05)
        keeper.start()
        # The first look begins the history; what changes after it is news.
        await keeper.looked.wait()
        (folder / path_of()).write_bytes(regulation())
        await said(api, "📌 Revisi 2")
        await keeper.stop()
