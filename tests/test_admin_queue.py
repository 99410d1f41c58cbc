"""Open questions in the chat: the queue, answers by reply, decisions, being told, statistics."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bot.administration.queue.grouping import Decision, Status
from bot.administration.roles import NotAllowedError
from bot.answering.assistant import Assistant
from bot.telegram import wording
from bot.telegram.callbacks import Action, Press
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


async def card(api: BotApi, question: str, user: int = OWNER) -> dict[str, Any]:
    """Open the queue and the card of a question in it."""
    await api.private("/antrean", user)
    listed = await said(api, "Menunggu jawaban", user)
    number = next(x.split(".")[0] for x in listed["text"].splitlines() if question in x)
    await api.press(listed, buttons(listed)[number], user)
    return await said(api, f"{question}\nDitanyakan", user)


async def answer(
    api: BotApi, text: str, user: int = OWNER, question: str = QUESTION
) -> dict[str, Any]:
    """Reply to the card's request; return the preview."""
    opened = await card(api, question, user)
    await api.press(opened, buttons(opened)["✍️ Jawab"], user)
    asked = await said(api, "Balas pesan ini dengan jawabannya", user)
    await api.reply(asked, text, user)
    return await said(api, wording.QUEUE_DRAFT, user)


async def publish(api: BotApi, preview: dict[str, Any], user: int = OWNER) -> dict[str, Any]:
    """Publish what a preview shows; return what is said of it."""
    await api.press(preview, buttons(preview)["✅ Terbitkan"], user)
    return await said(api, "Terjawab dan terbit", user)


async def tell(api: BotApi, message: dict[str, Any], user: int = ASKER) -> str:
    """Ask to be told; return what the press came to."""
    return await alerted(api, await api.press(message, buttons(message)[wording.TELL_ME], user))


async def no_error(api: BotApi) -> None:
    """Wait until everything before was handled, and see that none of it failed."""
    await api.private("/admin")
    await said(api, "Admin")
    said_all = [m.get("text", "") for chat in api.messages.values() for m in chat]
    assert not any("ada gangguan" in text for text in said_all)


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
    marked = await api.until(lambda: "\nDasar: " in preview_of(api)["text"] and preview_of(api))
    assert marked["message_id"] == preview["message_id"], "edited in place"
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
    await said(api, "belum ada aturannya. 1 orang dikabari.")
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


LOCAL = "berapa lama garansi mesin absensi sidik jari di kota palopo?"


async def test_the_queue_is_for_admins(chat: Chat) -> None:
    api, _ = chat
    await ask(api)
    await api.private("/antrean", ASKER)
    await said(api, "hanya untuk admin", ASKER)
    await api.private("/antrean")
    listed = await said(api, "Menunggu jawaban")
    refused = await api.press(listed, buttons(listed)["1"], ASKER)
    assert "hanya untuk admin" in await alerted(api, refused)


async def test_an_admin_of_a_region_decides_only_what_was_asked_of_it(chat: Chat) -> None:
    api, services = chat
    await ask(api)
    await ask(api, LOCAL, 1002)
    await api.private(f"/admin tambah {ADMIN} 73.73 Budi")
    await said(api, "kini admin")
    opened = await card(api, QUESTION, ADMIN)
    for name in ("Belum ada aturannya", "Abaikan"):
        query = await api.press(opened, buttons(opened)[name], ADMIN)
        assert "tidak menyebut wilayah itu" in await alerted(api, query)
    await api.press(opened, buttons(opened)["🔗 Gabung"], ADMIN)
    choice = await said(api, "Digabung dengan yang mana?", ADMIN)
    query = await api.press(choice, *buttons(choice).values(), ADMIN)
    assert "tidak menyebut wilayah itu" in await alerted(api, query)
    await api.press(opened, buttons(opened)["✍️ Jawab"], ADMIN)
    asked = await said(api, "Balas pesan ini", ADMIN)
    # What an admin writes does not make a question their own.
    await api.reply(asked, "Pertanyaan: Berapa lama garansi di Palopo?\nDua tahun.", ADMIN)
    await said(api, "pertanyaan ini tidak menyebut wilayah itu", ADMIN)
    # Nor is a foreign item merged into one's own, or one's own into a foreign one.
    items = await asyncio.to_thread(services.queue.items, services.assistant)
    own, foreign = sorted(items, key=lambda item: item.question != LOCAL)
    role = await asyncio.to_thread(services.roles.need, ADMIN)
    with pytest.raises(NotAllowedError):
        services.queue.merge(services.assistant, role, own, foreign)
    # Closed by somebody else, it is not theirs to open again either.
    await api.press(opened, buttons(opened)["Abaikan"])
    await said(api, "Diabaikan.", ADMIN)
    await api.private(f"/antrean buka {foreign.id}", ADMIN)
    await api.until(
        lambda: sum("tidak menyebut wilayah" in m["text"] for m in api.messages[ADMIN]) == 2
    )


async def test_an_admin_of_a_region_answers_and_reopens_its_questions(chat: Chat) -> None:
    api, services = chat
    await ask(api, LOCAL)
    await api.private(f"/admin tambah {ADMIN} 73.73 Budi")
    await said(api, "kini admin")
    opened = await card(api, LOCAL, ADMIN)
    data = buttons(opened)
    await api.press(opened, data["Abaikan"], ADMIN)
    item = (await said(api, "Diabaikan.", ADMIN))["text"].split()[-1]
    await api.private(f"/antrean buka {item}", ADMIN)
    await said(api, wording.QUEUE_REOPENED, ADMIN)
    await api.press(opened, data["✍️ Jawab"], ADMIN)
    asked = await said(api, "Balas pesan ini", ADMIN)
    # An answer holds for all who ask its question: it must not lose the region.
    await api.reply(asked, "Pertanyaan: Apa itu arsitektur SPBE?\nDua tahun.", ADMIN)
    await said(api, "harus menyebut wilayah itu", ADMIN)
    await api.reply(asked, "Pertanyaan: Berapa lama garansi di Palopo?\nDua tahun.", ADMIN)
    await publish(api, await said(api, wording.QUEUE_DRAFT, ADMIN), ADMIN)
    (entry,) = [e for e in services.assistant.snapshot.faq if e.id.startswith("jawaban-admin")]
    assert entry.id.startswith("jawaban-admin-73.73")


async def test_wordings_of_askers_are_shown_and_can_be_left_out(chat: Chat) -> None:
    api, services = chat
    other = "brp lama garansi mesin absensi sidik jari kantor pak Budi"
    await ask(api)
    await ask(api, other, 1002)
    preview = await answer(api, "Pertanyaan: Berapa garansi mesin absensi?\nDua tahun.")
    assert f"{wording.QUEUE_ALSO}\n• {QUESTION}\n• {other}" in preview["text"]
    boxes = [text for text in buttons(preview) if "“" in text]
    assert [box[0] for box in boxes] == ["☑", "☑"]
    await api.press(preview, buttons(preview)[boxes[1]])
    await api.until(lambda: other not in preview_of(api)["text"])
    await publish(api, preview_of(api))
    (entry,) = [e for e in services.assistant.snapshot.faq if e.id.startswith("jawaban-admin")]
    assert entry.title == "Berapa garansi mesin absensi?"
    assert entry.questions == (entry.title, QUESTION)
    # The revision is noted under the wording that was published.
    head = await asyncio.to_thread(services.desk.base.head)
    assert head.note == "Jawaban: Berapa garansi mesin absensi?"
    assert "terbitkan sebagai pertanyaan, tanpa nama" in wording.PRIVACY


def preview_of(api: BotApi) -> dict[str, Any]:
    """Return the preview as it stands now."""
    return next(m for m in reversed(api.messages[OWNER]) if wording.QUEUE_DRAFT in m["text"])


async def test_a_title_as_asked_is_pointed_out(chat: Chat) -> None:
    api, _ = chat
    await ask(api)
    preview = await answer(api, "Dua tahun.")
    assert wording.QUEUE_AS_ASKED in preview["text"]
    assert wording.QUEUE_ALSO not in preview["text"]


async def test_news_carry_what_the_admin_wrote_in_full(chat: Chat) -> None:
    api, _ = chat
    await tell(api, await ask(api))
    ref = "perpres-95-2018#pasal-39-ayat-3"
    text = "\n".join(f"Baris {n} " + "<isi & isi> " * 8 for n in range(1, 26))
    preview = await answer(api, f"Pertanyaan: Garansi alat kehadiran?\n{text}\nDasar: {ref}")
    # What is long stands above; the buttons are under a message of their own.
    controls = await api.until(lambda: with_button(api, "✅ Terbitkan"))
    assert controls["message_id"] != preview["message_id"]
    for box in [text for text in buttons(controls) if "“" in text]:
        await api.press(controls, buttons(controls)[box])
    await api.until(lambda: wording.QUEUE_ALSO not in controls["text"].splitlines())
    assert "1 orang dikabari" in (await publish(api, controls))["text"]
    last = await said(api, "Status:", ASKER)
    told = "\n".join(m["text"] for m in api.messages[ASKER][1:])
    assert f"jawabannya:\n<i>{QUESTION}" in told
    assert "Baris 1 " in told
    assert "Baris 25 " in told
    assert "Pasal 39 ayat (3) Perpres 95/2018" in last["text"]
    assert len(api.messages[ASKER]) > 2


def with_button(api: BotApi, text: str) -> dict[str, Any] | None:
    """Return the last message with a button."""
    found = (m for m in reversed(api.messages[OWNER]) if text in str(m.get("reply_markup")))
    return next(found, None)


async def test_news_that_broke_off_go_on_where_they_did(chat: Chat) -> None:
    api, services = chat
    await tell(api, await ask(api))
    decisions = services.queue.decisions
    (item,) = await asyncio.to_thread(services.queue.items, services.assistant)
    note = "\n".join(f"Baris {n} {'isi ' * 100}" for n in range(1, 16))
    now = services.clock.now()
    decided = Decision(item.id, item.question, Status.ANSWERED, now, "Ani", note=note)
    assert await asyncio.to_thread(decisions.decide, decided, item.answers) == 1
    (news,) = await asyncio.to_thread(decisions.take_news)
    assert news.decision == decided
    await asyncio.to_thread(decisions.put_back, replace(news, sent=1))
    # Whatever is decided, the rest is told.
    await ask(api, "warna seragam linmas apa?", 1002)
    opened = await card(api, "warna seragam linmas apa?")
    await api.press(opened, buttons(opened)["Abaikan"])
    await said(api, "Baris 15 ", ASKER)
    assert not any("Baris 1 " in m["text"] for m in api.messages[ASKER])


async def test_told_at_once_if_answered_already(chat: Chat) -> None:
    api, _ = chat
    message = await ask(api)
    done = await publish(api, await answer(api, "Pertanyaan: Garansi alat?\nDua tahun."))
    assert "dikabari" not in done["text"], "nobody waited"
    assert await tell(api, message) == wording.ANSWERED_ALREADY
    news = await said(api, "kini ada jawabannya", ASKER)
    assert "Dua tahun." in news["text"]
    assert "Keterangan pengelola bot" in news["text"]


async def test_told_honestly_if_ignored(chat: Chat, tmp_path: Path) -> None:
    api, _ = chat
    message = await ask(api)
    opened = await card(api, QUESTION)
    await api.press(opened, buttons(opened)["Abaikan"])
    await said(api, "Diabaikan.")
    assert "menutup pertanyaan ini tanpa jawaban" in await tell(api, message)
    assert str(ASKER) not in (tmp_path / "antrean.json").read_text()


@pytest.mark.parametrize("first", ["merge", "answer"])
async def test_who_waits_for_a_merged_question_is_told_of_its_target(
    chat: Chat, first: str
) -> None:
    api, services = chat
    linmas = "warna seragam linmas apa?"
    await ask(api, user=1002)
    await tell(api, await ask(api, linmas))
    opened = await card(api, linmas)
    items = await asyncio.to_thread(services.queue.items, services.assistant)
    target, merged = sorted(items, key=lambda item: item.question != QUESTION)
    press = Press(Action.ITEM, merged.id, f"g{target.id}").encode()
    if first == "merge":
        await api.press(opened, press)
        await said(api, "Digabung. Memisahkannya lagi")
    await publish(api, await answer(api, "Dua tahun."))
    if first == "answer":
        await api.press(opened, press)
        await said(api, "Digabung. 1 orang dikabari.")
    news = await said(api, "kini ada jawabannya", ASKER)
    assert linmas in news["text"]
    assert "Dua tahun." in news["text"]
    # A merge into what is answered does not open it again.
    items = await asyncio.to_thread(services.queue.items, services.assistant)
    assert [(item.count, item.open) for item in items] == [(2, False)]


async def test_a_second_answer_is_held_against_the_first(chat: Chat) -> None:
    api, _ = chat
    await api.private(f"/admin tambah {ADMIN} semua Budi")
    await said(api, "kini admin")
    await ask(api)
    mine = await answer(api, "Dua tahun.")
    theirs = await answer(api, "Lima tahun.", ADMIN)
    await publish(api, mine)
    data = buttons(theirs)["✅ Terbitkan"]
    for _ in range(2):
        await api.press(theirs, data, ADMIN)
    await api.until(
        lambda: sum(wording.QUEUE_MEANWHILE in m["text"] for m in api.messages[ADMIN]) == 2
    )
    choice = await said(api, wording.QUEUE_MEANWHILE, ADMIN)
    assert f"sudah dijawab oleh Ani ({OWNER}) pada " in choice["text"]
    assert "Dua tahun." in choice["text"]
    assert "Dua tahun." in (await ask(api, user=1002))["text"]
    await api.press(choice, buttons(choice)["✅ Terbitkan juga"], ADMIN)
    await said(api, "Terjawab dan terbit", ADMIN)
    assert "Lima tahun." in (await ask(api, user=1003))["text"]


async def test_a_second_answer_can_be_dropped(chat: Chat) -> None:
    api, _ = chat
    await ask(api)
    one = await answer(api, "Dua tahun.")
    asked = await said(api, "Balas pesan ini dengan jawabannya")
    await api.reply(asked, "Lima tahun.")
    other = await said(api, "Lima tahun.")
    await publish(api, one)
    await api.press(other, buttons(other)["✅ Terbitkan"])
    choice = await said(api, wording.QUEUE_MEANWHILE)
    query = await api.press(choice, buttons(choice)["✖️ Batal"])
    assert await alerted(api, query) == wording.CANCELLED
    assert "Dua tahun." in (await ask(api))["text"]


async def test_what_is_decided_is_not_decided_otherwise_in_passing(chat: Chat) -> None:
    api, _ = chat
    await ask(api)
    opened = await card(api, QUESTION)
    data = buttons(opened)
    await api.press(opened, data["Abaikan"])
    await said(api, "Diabaikan.")
    query = await api.press(opened, data["Belum ada aturannya"])
    assert "sudah diabaikan oleh Ani" in await alerted(api, query)


async def test_buttons_of_a_merged_question_do_not_reach_its_target(chat: Chat) -> None:
    api, services = chat
    linmas = "warna seragam linmas apa?"
    await ask(api)
    await ask(api, linmas)
    preview = await answer(api, "Dua tahun.")
    opened = await card(api, QUESTION)
    data = buttons(opened)
    items = await asyncio.to_thread(services.queue.items, services.assistant)
    merged, target = sorted(items, key=lambda item: item.question != QUESTION)
    await api.press(opened, Press(Action.ITEM, merged.id, f"g{target.id}").encode())
    await said(api, "Digabung.")
    query = await api.press(opened, data["Abaikan"])
    assert "sudah digabung oleh Ani" in await alerted(api, query)
    await api.press(preview, buttons(preview)["✅ Terbitkan"])
    choice = await said(api, wording.QUEUE_MEANWHILE)
    assert "sudah digabung oleh Ani" in choice["text"]
    await api.press(choice, buttons(choice)["✅ Terbitkan juga"])
    await said(api, "Terjawab dan terbit")
    (entry,) = [e for e in services.assistant.snapshot.faq if e.id.startswith("jawaban-admin")]
    assert entry.title == QUESTION, "as it was shown"
    (item,) = await asyncio.to_thread(services.queue.items, services.assistant)
    assert (item.id, item.open) == (target.id, False)


async def test_quick_taps_lose_nothing(chat: Chat) -> None:
    api, services = chat
    await ask(api)
    preview = await answer(api, "Pertanyaan: Garansi alat?\nDua tahun.")
    boxes = [text for text in buttons(preview) if text.startswith("⬜️")]
    assert len(boxes) > 1
    data = buttons(preview)
    for box in boxes:
        await api.press(preview, data[box])
    await api.until(lambda: "⬜️" not in str(preview_of(api)["reply_markup"]))
    assert api.of("deleteMessage") == []
    await publish(api, preview_of(api))
    (entry,) = [e for e in services.assistant.snapshot.faq if e.id.startswith("jawaban-admin")]
    assert len(entry.basis) == len(boxes)


async def test_dismissing_twice_is_no_error(chat: Chat) -> None:
    api, services = chat
    await ask(api)
    opened = await card(api, QUESTION)
    data = buttons(opened)["Abaikan"]
    queries = [await api.press(opened, data) for _ in range(2)]
    for query in queries:
        await api.call("answerCallbackQuery", callback_query_id=query)
    await said(api, "Diabaikan.")
    await no_error(api)
    assert len(await asyncio.to_thread(services.queue.decisions.all)) == 1


async def test_the_queue_has_pages(chat: Chat) -> None:
    api, services = chat
    for number in range(1, 11):
        await services.store.save_question(
            {"answer": f"{number:08x}", "question": f"harga barang {number}?", "kind": "unknown"}
        )
    await api.private("/antrean")
    listed = await said(api, "Menunggu jawaban: 10 pertanyaan")
    assert "1–8 dari 10" in listed["text"]
    assert wording.QUEUE_BEFORE not in buttons(listed)
    await api.press(listed, buttons(listed)[wording.QUEUE_AFTER])
    second = await said(api, "9–10 dari 10")
    assert second["message_id"] == listed["message_id"]
    assert set(buttons(second)) == {"9", "10", wording.QUEUE_BEFORE}
    await api.press(second, buttons(second)[wording.QUEUE_BEFORE])
    await said(api, "1–8 dari 10")


async def test_closed_questions_are_listed_and_opened_again(chat: Chat) -> None:
    api, _ = chat
    await ask(api)
    await api.private("/antrean tertutup")
    await said(api, wording.QUEUE_CLOSED_EMPTY)
    await api.private("/antrean buka 00000bad")
    await said(api, wording.QUEUE_NOT_CLOSED)
    opened = await card(api, QUESTION)
    await api.press(opened, buttons(opened)["Belum ada aturannya"])
    done = await said(api, "Dicatat: belum ada aturannya.")
    assert "dikabari" not in done["text"]
    await api.private("/antrean tertutup")
    listed = await said(api, "Sudah ditutup: 1 pertanyaan")
    assert f"1. {QUESTION} (dinyatakan belum ada aturannya, " in listed["text"]
    assert done["text"].split()[-1] in listed["text"]
    query = await api.press(listed, buttons(listed)["↩️ 1"])
    assert await alerted(api, query) == wording.QUEUE_REOPENED
    await said(api, wording.QUEUE_CLOSED_EMPTY)
    await card(api, QUESTION)


async def test_the_length_of_an_answer_is_told(chat: Chat) -> None:
    api, _ = chat
    await ask(api)
    opened = await card(api, QUESTION)
    await api.press(opened, buttons(opened)["✍️ Jawab"])
    asked = await said(api, "paling banyak 3.000 huruf dalam satu pesan")
    await api.reply(asked, "a" * 3_210)
    await said(api, "Jawabannya 3.210 huruf; paling banyak 3.000.")


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
