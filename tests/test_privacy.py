"""Privacy: what is kept and for how long, and deleting it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from bot.answering.assistant import Assistant
from bot.clock import Clock
from bot.store.journal import Journal
from bot.telegram import wording

from tests.botapi import BotApi
from tests.chatting import alerted, said
from tests.telegram_app import running
from tests.test_telegram_buttons import buttons


class Day(Clock):
    """A clock that stands at a day."""

    def __init__(self, day: date) -> None:
        super().__init__(UTC)
        self.day = day

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)


async def test_the_privacy_text_names_the_days_and_the_way_to_delete(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("/privasi")
        text = (await said(api, "Privasi"))["text"]
    assert "90 hari" in text
    assert "/hapus_data" in text


async def test_deleting_ones_data_says_what_went_and_leaves_others(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path) as services:
        for user in (7, 1001):
            await api.private("berapa garansi mesin absensi?", user)
            message = (await api.sent(user))[0]
            await api.press(message, buttons(message)["👎"], user)
            query = await api.press(message, buttons(message)[wording.TELL_ME], user)
            await alerted(api, query)
        await services.store.save_chat(7, {"type": "private", "title": "", "active": True})
        await api.private("/langganan palopo")
        await said(api, "Langganan menyala")
        await api.private("/hapus_data")
        text = (await said(api, "Sudah dihapus"))["text"]
        assert "1 penilaian, 1 permintaan kabar, 1 ingatan percakapan, 1 catatan" in text
        assert "1 langganan" in text
        assert await services.store.load_documents("langganan") == {}
        await api.private("/berhenti")
        await said(api, "tidak berlangganan")
        assert {user for user, _ in services.store.votes()} == {1001}
        assert await services.store.chat(7) is None
        kept = (tmp_path / "journal").glob("umpan-balik-*.jsonl")
        records = [json.loads(line) for path in kept for line in path.read_text().splitlines()]
        assert [r["user"] for r in records] == [1001]
        waiting = json.loads((tmp_path / "antrean.json").read_text())["kabar"]
        assert [w["user"] for w in waiting.values()] == [1001]
        # A vote after that is kept again.
        message = api.messages[7][0]
        await alerted(api, await api.press(message, buttons(message)["👍"]))
        assert {user for user, _ in services.store.votes()} == {7, 1001}


async def test_questions_are_kept_without_a_name(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("apa itu arsitektur spbe?", 987654321)
        await api.sent(987654321)
    text = "".join(p.read_text() for p in (tmp_path / "journal").glob("pertanyaan-*.jsonl"))
    assert "arsitektur" in text
    assert "987654321" not in text
    assert "Ani" not in text


def test_journals_of_old_days_are_deleted_by_file(tmp_path: Path) -> None:
    clock = Day(date(2026, 8, 1))
    journal = Journal(tmp_path, "pertanyaan", clock)
    for month in (8, 9, 10, 11):
        clock.day = date(2026, month, 1)
        journal.append({"question": str(month)})
    (tmp_path / "pertanyaan-lain.jsonl").write_text("{}\n")
    assert journal.forget_before(date(2026, 9, 2)) == 2
    assert [r.get("question") for r in journal.read()] == ["10", "11", None]
    journal.append({"question": "lagi"})
    journal.close()
    assert len(list(tmp_path.glob("*.jsonl"))) == 3


def test_single_records_are_removed_and_torn_lines_stay(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "x", Day(date(2026, 8, 1)))
    for user in (1, 2, 1):
        journal.append({"user": user})
    path = next(tmp_path.glob("*.jsonl"))
    with path.open("a") as file:
        file.write('{"user": 1, "tor')
    assert journal.remove(lambda record: record["user"] == 1) == 2
    journal.append({"user": 3})
    journal.close()
    assert [r["user"] for r in journal.read()] == [2, 3]
