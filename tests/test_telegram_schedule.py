"""The calendar in Telegram: /jadwal, the picture of the year, the file for a phone's calendar."""

from pathlib import Path

import pytest
from bot.answering.assistant import Assistant
from bot.telegram import wording
from icalendar import Calendar

from tests.botapi import BotApi
from tests.schedule_app import at
from tests.telegram_app import running
from tests.test_telegram_buttons import buttons
from tests.test_telegram_figures import PNG, shown


@pytest.fixture
def present(assistant: Assistant) -> Assistant:
    """The assistant while evidence is uploaded."""
    return at(assistant, "2026-09-01T09:00")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/jadwal", "Jadwal evaluasi 2026"),
        ("/jadwal visitasi", "1–30 Oktober 2026"),
        ("/jadwal kapan batas penilaian mandiri?", "sisa 10 hari kerja"),
        ("/jadwal apa yang jatuh tempo bulan ini", "jatuh tempo September 2026"),
        ("/jadwal 2024", "Juli–Agustus 2024"),
        ("/jadwal 2027", "belum ada pada saya"),
    ],
)
async def test_the_command_answers(
    api: BotApi, present: Assistant, tmp_path: Path, command: str, said: str
) -> None:
    async with running(api, present, tmp_path):
        await api.private(command)
        message = (await api.sent(7))[0]
    assert said in message["text"]


async def test_the_picture_of_the_year_comes_at_a_press(
    api: BotApi, present: Assistant, tmp_path: Path
) -> None:
    async with running(api, present, tmp_path):
        await api.private("jadwal visitasi")
        message = (await api.sent(7))[0]
        await api.press(message, buttons(message)["📊 Grafik"])
        picture = await shown(api, "photo")
    assert picture["content"].startswith(PNG)
    assert "perkiraan" in picture["caption"]


async def test_the_events_of_an_answer_come_as_a_calendar(
    api: BotApi, present: Assistant, tmp_path: Path
) -> None:
    async with running(api, present, tmp_path):
        await api.private("/jadwal")
        message = (await api.sent(7))[0]
        await api.press(message, buttons(message)["📅 Kalender"])
        sent = await shown(api, "document")
    assert sent["caption"] == wording.CALENDAR_FILE
    items = Calendar.from_ical(sent["content"]).walk("VEVENT")
    assert "2026-visitasi@spbe-bot" in {str(item["uid"]) for item in items}


async def test_without_a_date_there_is_no_calendar(
    api: BotApi, present: Assistant, tmp_path: Path
) -> None:
    async with running(api, present, tmp_path):
        await api.private("kapan pengumuman hasil 2022")
        message = (await api.sent(7))[0]
        assert "📅 Kalender" not in buttons(message)
        vote = buttons(message)["👍"]
        query = await api.press(message, f"f:{vote.split(':')[1]}:i")
        call = await api.call("answerCallbackQuery", callback_query_id=query)
    assert call.params["text"] == wording.STALE
