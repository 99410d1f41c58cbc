"""Open questions in the chat: the queue, answers by reply, decisions, being told, statistics."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bot.answering.assistant import Assistant
from bot.telegram import wording
from bot.telegram.services import Services

from tests.botapi import BotApi
from tests.chatting import alerted, said
from tests.telegram_app import running
from tests.test_telegram_buttons import buttons

OWNER, ASKER, ADMIN = 7, 1001, 1008
QUESTION = "berapa lama garansi mesin absensi sidik jari kantor?"
Chat = tuple[BotApi, Services]


@pytest.fixture
async def chat(api: BotApi, assistant: Assistant, tmp_path: Path) -> AsyncIterator[Chat]:
    """The bot with one owner."""
    async with running(api, assistant, tmp_path, owners=(OWNER,)) as services:
        yield api, services


async def ask(api: BotApi, text: str = QUESTION, user: int = ASKER) -> dict[str, Any]:
    """Ask in private; return the answer's message."""
    before = len(api.messages[user])
    await api.private(text, user)
    await api.sent(user, before + 1)
    return api.messages[user][before]


async def card(api: BotApi, question: str) -> dict[str, Any]:
    """Open the queue and the card of the first question in it."""
    await api.private("/antrean")
    listed = await said(api, "Menunggu jawaban")
    assert question in listed["text"]
    await api.press(listed, buttons(listed)["1"])
    return await said(api, "Ditanyakan")


async def answer(api: BotApi, text: str) -> dict[str, Any]:
    """Reply to the card's request; return the preview."""
    opened = await card(api, QUESTION)
    await api.press(opened, buttons(opened)["✍️ Jawab"])
    asked = await said(api, "Balas pesan ini dengan jawabannya")
    await api.reply(asked, text)
    return await said(api, wording.QUEUE_DRAFT)


async def test_like_questions_are_one_item_and_answered_ones_are_none(chat: Chat) -> None:
    api, _ = chat
    await ask(api)
    await ask(api, "brp lama garansi mesin absensi sidik jari kantor", 1002)
    await ask(api, "apa itu arsitektur spbe?", 1003)
    opened = await card(api, QUESTION)
    assert "2 kali" in opened["text"]
    assert "brp lama garansi" in opened["text"]
    assert str(ASKER) not in opened["text"]


async def test_a_down_vote_brings_an_answer_into_the_queue(chat: Chat) -> None:
    api, _ = chat
    message = await ask(api, "apa itu arsitektur spbe?")
    query = await api.press(message, buttons(message)["👎"], ASKER)
    await alerted(api, query)
    await api.until(lambda: wording.TELL_ME in buttons(message))
    opened = await card(api, "apa itu arsitektur spbe?")
    assert "👎 1" in opened["text"]


async def test_an_answer_without_citation_is_the_offices_own_word(chat: Chat) -> None:
    api, services = chat
    await ask(api)
    preview = await answer(api, "Garansinya dua tahun.\n# bukan judul\nDasar hukum: tidak ada")
    assert "Tanpa dasar" in preview["text"]
    await api.press(preview, buttons(preview)["✅ Terbitkan"])
    await said(api, "Terjawab dan terbit sebagai revisi 2")
    told = await ask(api)
    assert "Garansinya dua tahun." in told["text"]
    assert "bukan judul" in told["text"]
    assert "Keterangan pengelola bot, " in told["text"]
    assert "bukan kutipan peraturan" in told["text"]
    await api.private("/antrean")
    await said(api, wording.QUEUE_EMPTY)
    entries = [e for e in services.assistant.snapshot.faq if e.id.startswith("jawaban-admin")]
    assert [(e.title, e.basis) for e in entries] == [(QUESTION, ())]


async def test_suggested_citations_are_marked_by_button_and_carry_their_status(
    chat: Chat,
) -> None:
    api, _ = chat
    await ask(api)
    preview = await answer(api, "Pertanyaan: Berapa lama garansi mesin absensi?\nDua tahun.")
    box = next(text for text in buttons(preview) if text.startswith("⬜️"))
    await api.press(preview, buttons(preview)[box])
    marked = await api.until(
        lambda: next((m for m in api.messages[OWNER] if "☑️" in str(m.get("reply_markup"))), None)
    )
    assert "Dasar: " in marked["text"]
    await api.press(marked, buttons(marked)["✅ Terbitkan"])
    await said(api, "Terjawab dan terbit")
    told = await ask(api, "Berapa lama garansi mesin absensi?")
    assert "Dua tahun." in told["text"]
    assert "bukan kutipan" not in told["text"]
    assert "📖" in told["text"]


async def test_an_unknown_reference_is_told_and_cannot_be_published(chat: Chat) -> None:
    api, _ = chat
    await ask(api)
    preview = await answer(api, "Dua tahun.\nDasar: perpres-95-2018#pasal-999")
    assert "perpres-95-2018#pasal-999” tidak ada" in preview["text"]
    assert "✅ Terbitkan" not in buttons(preview)


async def test_who_waits_is_told_once(chat: Chat, tmp_path: Path) -> None:
    api, services = chat
    message = await ask(api)
    for _ in range(2):
        query = await api.press(message, buttons(message)[wording.TELL_ME], ASKER)
        assert await alerted(api, query) == wording.WILL_TELL
    assert str(ASKER) in (tmp_path / "antrean.json").read_text()
    preview = await answer(api, "Garansinya dua tahun.")
    await api.press(preview, buttons(preview)["✅ Terbitkan"])
    news = await said(api, "kini ada jawabannya", ASKER)
    assert QUESTION in news["text"]
    assert "Garansinya dua tahun." in news["text"]
    await said(api, "Terjawab dan terbit")
    assert await asyncio.to_thread(services.queue.decisions.take_news) == []
    assert sum("kini ada" in m["text"] for m in api.messages[ASKER]) == 1
    assert str(ASKER) not in (tmp_path / "antrean.json").read_text()


async def test_no_rule_is_told_and_later_askers_learn_it_at_once(chat: Chat) -> None:
    api, _ = chat
    message = await ask(api)
    await api.press(message, buttons(message)[wording.TELL_ME], ASKER)
    await api.call("answerCallbackQuery")
    opened = await card(api, QUESTION)
    await api.press(opened, buttons(opened)["Belum ada aturannya"])
    await said(api, "belum ada aturannya. Yang menunggu")
    assert "belum ada aturannya" in (await said(api, "Tentang pertanyaan Anda", ASKER))["text"]
    later = await ask(api, QUESTION, 1002)
    query = await api.press(later, buttons(later)[wording.TELL_ME], 1002)
    assert "menyatakan belum ada aturan" in await alerted(api, query)


async def test_items_are_ignored_merged_and_opened_again(chat: Chat) -> None:
    api, _ = chat
    await ask(api)
    await ask(api, "warna seragam linmas apa?")
    opened = await card(api, QUESTION)
    await api.press(opened, buttons(opened)["🔗 Gabung"])
    choice = await said(api, "Digabung dengan yang mana?")
    (target,) = buttons(choice).values()
    await api.press(choice, target)
    merged = await said(api, "Digabung. Memisahkannya lagi")
    item = merged["text"].split()[-1]
    await api.private("/antrean")
    await said(api, "Menunggu jawaban: 1 pertanyaan")
    await api.private(f"/antrean buka {item}")
    await said(api, wording.QUEUE_REOPENED)
    await api.private("/antrean")
    listed = await said(api, "Menunggu jawaban: 2 pertanyaan")
    await api.press(listed, buttons(listed)["2"])
    opened = await api.until(
        lambda: next((m for m in reversed(api.messages[OWNER]) if "Abaikan" in str(m)), None)
    )
    await api.press(opened, buttons(opened)["Abaikan"])
    await said(api, "Diabaikan.")


async def test_an_answered_question_that_comes_up_again_is_open_again(chat: Chat) -> None:
    api, services = chat
    await ask(api)
    preview = await answer(api, "Dua tahun.")
    await api.press(preview, buttons(preview)["✅ Terbitkan"])
    await said(api, "Terjawab dan terbit")
    again = await ask(api)
    await api.press(again, buttons(again)["👎"], ASKER)
    await api.until(lambda: wording.TELL_ME in buttons(again))
    items = await asyncio.to_thread(services.queue.items, services.assistant)
    assert [item.open for item in items] == [True]


async def test_the_queue_is_for_admins_and_a_region_for_its_own(chat: Chat) -> None:
    api, _ = chat
    await ask(api)
    await api.private("/antrean", ASKER)
    await said(api, "hanya untuk admin", ASKER)
    await api.private(f"/admin tambah {ADMIN} 73.73 Budi")
    await said(api, "kini admin")
    await api.private("/antrean", ADMIN)
    listed = await said(api, "Menunggu jawaban", ADMIN)
    assert "hanya untuk admin" in await alerted(
        api, await api.press(listed, buttons(listed)["1"], ASKER)
    )
    await api.press(listed, buttons(listed)["1"], ADMIN)
    opened = await said(api, "Ditanyakan", ADMIN)
    await api.press(opened, buttons(opened)["✍️ Jawab"], ADMIN)
    asked = await said(api, "Balas pesan ini", ADMIN)
    await api.reply(asked, "Dua tahun.", ADMIN)
    await said(api, "pertanyaan ini tidak menyebut wilayah itu", ADMIN)
    await api.reply(asked, "Pertanyaan: Berapa lama garansi di Palopo?\nDua tahun.", ADMIN)
    preview = await said(api, wording.QUEUE_DRAFT, ADMIN)
    await api.press(preview, buttons(preview)["✅ Terbitkan"], ADMIN)
    await said(api, "Terjawab dan terbit", ADMIN)


async def test_statistics_come_as_text_and_picture(chat: Chat) -> None:
    api, _ = chat
    await ask(api)
    await ask(api, "apa itu arsitektur spbe?")
    await api.private("/statistik 7")
    told = await said(api, "Pemakaian asisten SPBE")
    assert "Pertanyaan: 2" in told["text"]
    assert "50 %" in told["text"]
    picture = await api.until(
        lambda: next((m for m in api.messages[OWNER] if "photo" in m), None), timeout=30
    )
    assert picture["content"].startswith(b"\x89PNG")
    await api.private("/statistik banyak")
    await said(api, "Tulis banyaknya hari")
    await api.private("/statistik", ASKER)
    await said(api, "hanya untuk admin", ASKER)
