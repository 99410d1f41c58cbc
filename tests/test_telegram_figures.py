"""Pictures, tables and files of index figures in Telegram; simulations from a sent form."""

import io
from pathlib import Path
from typing import Any

import pytest
from bot.answering.assistant import Assistant
from bot.regions.tables import to_xlsx
from bot.telegram import wording
from openpyxl import load_workbook

from tests.botapi import BotApi
from tests.telegram_app import running
from tests.test_telegram_buttons import buttons

PNG, PDF = b"\x89PNG\r\n\x1a\n", b"%PDF"


async def shown(api: BotApi, kind: str) -> dict[str, Any]:
    """Wait for a picture or document."""

    def found() -> dict[str, Any] | None:
        return next((m for m in api.messages[7] if kind in m), None)

    message: dict[str, Any] = await api.until(found, timeout=30)
    return message


async def test_picture_comes_at_a_press_with_the_answer_in_words(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("tren indeks spbe kota palopo")
        message = (await api.sent(7))[0]
        await api.press(message, buttons(message)["📊 Grafik"])
        picture = await shown(api, "photo")
    assert picture["content"].startswith(PNG)
    assert "Palopo" in picture["caption"]
    assert "Sumber" in picture["caption"]


async def test_picture_that_is_asked_for_comes_by_itself(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("grafik perbandingan indeks palopo dan luwu utara 2021 sampai 2024")
        picture = await shown(api, "photo")
        message = api.messages[7][0]
    assert picture["content"].startswith(PNG)
    assert "📊 Grafik" not in buttons(message), "it is there already"


@pytest.mark.parametrize("button", ["Excel", "CSV"])
async def test_figures_are_taken_away_as_a_file(
    api: BotApi, assistant: Assistant, tmp_path: Path, button: str
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("5 kabupaten dengan indeks spbe tertinggi 2024")
        message = (await api.sent(7))[0]
        await api.press(message, buttons(message)[button])
        sent = await shown(api, "document")
    if button == "Excel":
        sheet = load_workbook(io.BytesIO(sent["content"])).active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
    else:
        text = sent["content"].decode("utf-8-sig")
        rows = [tuple(line.split(";")) for line in text.splitlines()]
    assert rows[0][:4] == ("Kode", "Nama", "Tahun", "Indeks")
    assert len([r for r in rows[1:] if r and r[0] and "." in str(r[0])]) == 5


async def test_page_about_an_agency(api: BotApi, assistant: Assistant, tmp_path: Path) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("indeks spbe kota palopo 2024")
        message = (await api.sent(7))[0]
        await api.press(message, buttons(message)["🗂 Ringkasan"])
        sent = await shown(api, "document")
    assert sent["content"].startswith(PDF)
    assert "Palopo" in sent["caption"]


async def test_simulation_goes_on_by_text_and_button(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("/simulasi semua tingkat 2")
        await api.sent(7)
        await api.private("indikator 11 jadi 4")
        changed = (await api.sent(7, 2))[1]
        await api.press(changed, buttons(changed)["Apa yang paling mudah menaikkan ke Baik?"])
        plan = (await api.sent(7, 3))[2]
    assert "2,00 (Cukup) → 2,05 (Cukup)" in changed["text"]
    assert "Paling sedikit" in plan["text"]


async def test_simulation_explains_itself(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        await api.private("/simulasi")
        message = (await api.sent(7))[0]
        template = next(d for t, d in buttons(message).items() if "templat" in t)
        await api.press(message, template)
        form = (await api.sent(7, 2))[1]
        await api.press(form, buttons(form)["Excel"])
        sent = await shown(api, "document")
    sheet = load_workbook(io.BytesIO(sent["content"])).active
    assert sheet is not None
    assert sheet.max_row == 48


async def test_filled_in_form_opens_a_simulation(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    form = assistant.simulations.template("spbe").table
    assert form is not None
    book = load_workbook(io.BytesIO(to_xlsx(form)))
    sheet = book.active
    assert sheet is not None
    for row in range(2, 49):
        sheet.cell(row, 4).value = 3
    filled = io.BytesIO()
    book.save(filled)
    async with running(api, assistant, tmp_path):
        await api.document(filled.getvalue(), "tingkat.xlsx")
        first = (await api.sent(7))[0]
        await api.private("indikator 47 jadi 4")
        second = (await api.sent(7, 2))[1]
    assert "3,00 (Baik)" in first["text"]
    assert "3,00 (Baik) → 3,03 (Baik)" in second["text"]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"Indikator;Tingkat\r\n1;3\r\n", "tingkat.csv", "Belum ada: 2–20"),
        (b"a;b\r\n1;2\r\n", "tingkat.csv", "simulasi templat"),
        (b"PK\x03\x04rusak", "tingkat.xlsx", "XLSX"),
        (b"%PDF-1.7", "surat.pdf", wording.FILE_KIND),
        (b"x" * (1024 * 1024 + 1), "tingkat.csv", wording.FILE_SIZE),
    ],
)
async def test_other_files_are_answered_with_the_mend(
    api: BotApi, assistant: Assistant, tmp_path: Path, data: bytes, name: str, said: str
) -> None:
    async with running(api, assistant, tmp_path):
        await api.document(data, name)
        message = (await api.sent(7))[0]
    assert said in message["text"]
