"""Admins change the knowledge from the chat: files, buttons, corrections, revisions, roles."""

import io
import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bot.answering.assistant import Assistant
from bot.telegram import wording
from bot.telegram.services import Services

from tests.botapi import BotApi
from tests.chatting import alerted, said
from tests.knowledge_folder import path_of, regulation
from tests.telegram_app import running
from tests.test_telegram_buttons import buttons

OWNER, ADMIN, STRANGER = 7, 1008, 1009
PERWALI = """PERATURAN WALI KOTA PALOPO
NOMOR 12 TAHUN 2025
TENTANG
PELAYANAN KUE DIGITAL

Menimbang: bahwa perlu diatur;
MEMUTUSKAN:
Menetapkan: PERATURAN WALI KOTA TENTANG PELAYANAN KUE DIGITAL.

BAB I
KETENTUAN UMUM
Pasal 1
Dalam Peraturan ini yang dimaksud dengan kue digital adalah kue yang dipesan secara elektronik.
Pasal 2
(1) Dinas menyelenggarakan mesin kue digital.
(2) Mesin kue digital dinyalakan oleh juru kue setiap hari kerja.

Ditetapkan di Palopo
pada tanggal 3 Maret 2025
"""


@pytest.fixture
async def chat(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> AsyncIterator[tuple[BotApi, Services]]:
    """The bot with one owner."""
    async with running(api, assistant, tmp_path, owners=(OWNER,)) as services:
        yield api, services


async def publish(api: BotApi, content: bytes, name: str, user: int = OWNER) -> dict[str, Any]:
    """Send a file, press publish, and wait until it is."""
    await api.document(content, name, user)
    preview = await said(api, "Beda dengan yang terbit", user)
    await api.press(preview, buttons(preview)["✅ Terbitkan"], user)
    return await said(api, "Terbit sebagai revisi", user)


async def test_a_regulation_is_shown_published_and_answers_the_next_question(
    chat: tuple[BotApi, Services],
) -> None:
    api, services = chat
    await api.document(PERWALI.encode(), "perwali.txt")
    preview = await said(api, "Beda dengan yang terbit")
    assert (
        "Peraturan Wali Kota Nomor 12 Tahun 2025 tentang Pelayanan Kue Digital"
        in (preview["text"])
    )
    assert "1 bab, 2 pasal, 2 ayat" in preview["text"]
    assert "Kota Palopo" in preview["text"]
    assert services.desk.base.number == 0
    await api.press(preview, buttons(preview)["✅ Terbitkan"])
    done = await said(api, "Terbit sebagai revisi 2")
    assert "↩️ Kembali ke revisi 1" in buttons(done)
    await api.private("pasal 2 ayat 2 perwali palopo 12/2025")
    answer = await said(api, "juru kue")
    assert "Perwali Palopo 12/2025" in answer["text"]
    assert "Status" in answer["text"]


async def test_nothing_changes_before_it_is_published_and_cancel_forgets_it(
    chat: tuple[BotApi, Services],
) -> None:
    api, services = chat
    await api.document(regulation(), "kue.md")
    preview = await said(api, "Beda dengan yang terbit")
    query = await api.press(preview, buttons(preview)["✖️ Batal"])
    assert await alerted(api, query) == wording.CANCELLED
    query = await api.press(preview, buttons(preview)["✅ Terbitkan"])
    assert "sudah tidak ada" in await alerted(api, query)
    assert services.desk.base.number == 0


async def test_the_full_difference_comes_as_a_file(chat: tuple[BotApi, Services]) -> None:
    api, _ = chat
    await publish(api, regulation(), "kue.md")
    await api.document(regulation("Mesin dimatikan juru kue."), "kue.md")
    preview = await said(api, "1 berubah (Pasal 1)")
    await api.press(preview, buttons(preview)["🔍 Lihat perbedaan"])
    file = await api.until(
        lambda: next((m for m in api.messages[OWNER] if "document" in m), None), timeout=30
    )
    assert b"+Mesin dimatikan juru kue." in file["content"]


async def test_title_number_and_status_are_corrected_by_reply_and_button(
    chat: tuple[BotApi, Services],
) -> None:
    api, services = chat
    draft = PERWALI.replace("PERATURAN WALI KOTA PALOPO", "RANCANGAN PERATURAN WALI KOTA PALOPO")
    await api.document(draft.replace("NOMOR 12", "NOMOR ...").encode(), "rancangan.txt")
    preview = await said(api, "Kesalahan (1)")
    assert "Rancangan" in preview["text"]
    assert "✅ Terbitkan" not in buttons(preview)
    await api.press(preview, buttons(preview)["✏️ Ubah judul/nomor/status"])
    menu = await api.until(lambda: "Nomor" in buttons(preview) and preview, timeout=30)
    await api.press(menu, buttons(menu)["Nomor"])
    asked = await said(api, "Balas pesan ini dengan nomor")
    await api.reply(asked, "dua belas")
    await said(api, "bukan nomor peraturan")
    await api.reply(asked, "77")
    preview = await said(api, "Nomor 77 Tahun 2025")
    await api.press(preview, buttons(preview)["✏️ Ubah judul/nomor/status"])
    menu = await api.until(lambda: "Status" in buttons(preview) and preview, timeout=30)
    await api.press(menu, buttons(menu)["Status"])
    statuses = await said(api, wording.CHOOSE_STATUS)
    before = len(api.messages[OWNER])
    await api.press(statuses, buttons(statuses)["Dicabut"])
    preview = await api.until(
        lambda: len(api.messages[OWNER]) > before and api.messages[OWNER][-1], timeout=30
    )
    await api.press(preview, buttons(preview)["✅ Terbitkan"])
    await said(api, "Terbit sebagai revisi 2")
    held = services.assistant.snapshot.regulations["perwali-palopo-77-2025"]
    assert (held.status, held.status_source) == ("dicabut", "Pernyataan admin")


async def test_a_caption_says_what_the_file_does_not(chat: tuple[BotApi, Services]) -> None:
    api, _ = chat
    table = b"nama;indeks\nKota Palopo;3,45\n"
    caption = "tahun: 2025; sumber: aceh-tribunnews-2022-03-16"
    await api.document(table, "angka.csv", caption=caption)
    preview = await said(api, "lebih baru daripada sumbernya")
    assert "✅ Terbitkan" not in buttons(preview)
    source = b"id,jenis,judul,penerbit,tanggal,url\nuji-2026,laporan,Laporan Uji,Uji,2026-01-02,\n"
    await publish(api, source, "sumber.csv")
    await api.document(table, "angka.csv", caption="tahun: 2025; sumber: uji-2026")
    preview = await said(api, "Angka indeks: 1 baru (Kota Palopo 2025)")
    await api.press(preview, buttons(preview)["✅ Terbitkan"])
    await said(api, "Terbit sebagai revisi 3")
    await api.private("indeks palopo 2025")
    assert "3,45" in (await said(api, "Indeks SPBE Kota Palopo 2025"))["text"]


async def test_pressing_twice_publishes_once(chat: tuple[BotApi, Services]) -> None:
    api, services = chat
    await api.document(regulation(), "kue.md")
    preview = await said(api, "Beda dengan yang terbit")
    data = buttons(preview)["✅ Terbitkan"]
    await api.press(preview, data)
    second = await api.press(preview, data)
    await said(api, "Terbit sebagai revisi 2")
    await api.call("answerCallbackQuery", callback_query_id=second)
    await said(api, "sudah tidak ada")
    assert services.desk.base.number == 2


async def test_the_second_admin_sees_what_was_published_meanwhile_and_chooses(
    chat: tuple[BotApi, Services],
) -> None:
    api, services = chat
    await api.private(f"/admin tambah {ADMIN} semua Budi", OWNER)
    await said(api, "kini admin")
    await api.document(regulation("Versi Budi."), "kue.md", ADMIN)
    preview = await said(api, "Beda dengan yang terbit", ADMIN)
    await publish(api, regulation("Versi pemilik."), "kue.md")
    told = await said(api, "📌 Revisi 2", ADMIN)
    assert f"({OWNER})" in told["text"]
    await api.press(preview, buttons(preview)["✅ Terbitkan"], ADMIN)
    moved = await said(api, wording.MOVED, ADMIN)
    assert "Revisi 2" in moved["text"]
    assert "1 berubah (Pasal 1)" in moved["text"]
    await api.press(moved, buttons(moved)["✅ Terbitkan"], ADMIN)
    await said(api, "Terbit sebagai revisi 3", ADMIN)
    held = services.assistant.snapshot.regulations["perwali-palopo-90-2024"]
    assert held.by_locator["pasal-1"].text == "Versi Budi."


async def test_going_back_is_one_press_and_a_yes_away(chat: tuple[BotApi, Services]) -> None:
    api, services = chat
    done = await publish(api, regulation(), "kue.md")
    await api.press(done, buttons(done)["↩️ Kembali ke revisi 1"])
    question = await said(api, "Bila dipulihkan ke revisi 1")
    assert "dihapus" in question["text"]
    await api.press(question, buttons(question)["Ya, pulihkan"])
    await said(api, "Terbit sebagai revisi 3")
    assert "perwali-palopo-90-2024" not in services.assistant.snapshot.regulations
    await api.private("/riwayat")
    listed = await said(api, wording.HISTORY_TITLE)
    assert listed["text"].index("Revisi 3") < listed["text"].index("Revisi 1")
    assert "Dipulihkan ke revisi 1" in listed["text"]
    await api.press(listed, buttons(listed)["2"])
    shown = await api.until(
        lambda: "baru" in api.messages[OWNER][-1].get("text", "") and api.messages[OWNER][-1]
    )
    await api.press(shown, buttons(shown)["🔍 Baris demi baris"])
    file = await api.until(
        lambda: next((m for m in api.messages[OWNER] if "document" in m), None), timeout=30
    )
    assert b"+Mesin kue digital dinyalakan oleh juru kue." in file["content"]


async def test_a_stale_yes_does_not_overwrite_what_came_later(
    chat: tuple[BotApi, Services],
) -> None:
    api, services = chat
    done = await publish(api, regulation(), "kue.md")
    await api.press(done, buttons(done)["↩️ Kembali ke revisi 1"])
    question = await said(api, "Bila dipulihkan")
    yes = buttons(question)["Ya, pulihkan"]
    api.messages[OWNER].clear()
    await publish(api, regulation("Lain."), "kue.md")
    api.messages[OWNER].append(question)
    await api.press(question, yes)
    await said(api, "sudah berubah sejak pratinjau")
    assert services.desk.base.number == 3


async def test_everything_goes_out_as_an_archive_and_comes_in_elsewhere(
    chat: tuple[BotApi, Services],
) -> None:
    api, _ = chat
    await publish(api, regulation(), "kue.md")
    await api.private("/ekspor")
    sent = await api.until(
        lambda: next((m for m in api.messages[OWNER] if "document" in m), None), timeout=30
    )
    names = zipfile.ZipFile(io.BytesIO(sent["content"])).namelist()
    assert path_of() in names
    await api.document(sent["content"], "pengetahuan.zip")
    await said(api, "sama dengan yang sudah terbit")
    await api.private("/berkas perwali-palopo-90-2024")
    file = await api.until(
        lambda: next((m for m in api.messages[OWNER] if m.get("content") == regulation()), None)
    )
    assert "revisi 2" in file["caption"]
    await api.private("/berkas indikator")
    assert "indikator/01-" in (await said(api, "Maksud Anda yang mana?"))["text"]
    await api.private("/berkas ../../etc/passwd")
    await said(api, "Tidak ada berkas pengetahuan")


# -- roles ---------------------------------------------------------------------------------------


async def test_who_is_no_admin_may_do_nothing(chat: tuple[BotApi, Services]) -> None:
    api, services = chat
    for command in ("/riwayat", "/ekspor", "/berkas indeks"):
        await api.private(command, STRANGER)
        await said(api, "hanya untuk admin", STRANGER)
        api.messages[STRANGER].clear()
    await api.private("/admin", STRANGER)
    assert str(STRANGER) in (await said(api, "Anda bukan admin", STRANGER))["text"]
    await api.private("/admin tambah 1009", STRANGER)
    await api.document(regulation(), "kue.md", STRANGER)
    await said(api, "hanya tingkat indikator", STRANGER)
    assert await asyncio_roles(services) == []


async def asyncio_roles(services: Services) -> list[Any]:
    import asyncio

    return await asyncio.to_thread(services.roles.admins)


async def test_buttons_of_others_say_so_and_do_nothing(chat: tuple[BotApi, Services]) -> None:
    api, services = chat
    await api.private(f"/admin tambah {ADMIN} semua", OWNER)
    await said(api, "kini admin")
    await api.document(regulation(), "kue.md")
    preview = await said(api, "Beda dengan yang terbit")
    data = buttons(preview)["✅ Terbitkan"]
    assert "milik orang lain" in await alerted(api, await api.press(preview, data, ADMIN))
    assert "hanya untuk admin" in await alerted(api, await api.press(preview, data, STRANGER))
    assert services.desk.base.number == 0


async def test_a_dismissed_admin_may_not_publish_what_was_prepared(
    chat: tuple[BotApi, Services],
) -> None:
    api, services = chat
    await api.private(f"/admin tambah {ADMIN} semua Budi")
    await said(api, "kini admin")
    await api.document(regulation(), "kue.md", ADMIN)
    preview = await said(api, "Beda dengan yang terbit", ADMIN)
    await api.private(f"/admin hapus {ADMIN}")
    await said(api, "bukan admin lagi")
    query = await api.press(preview, buttons(preview)["✅ Terbitkan"], ADMIN)
    assert "hanya untuk admin" in await alerted(api, query)
    assert services.desk.base.number == 0


async def test_an_admin_of_a_region_changes_what_is_its_own(
    chat: tuple[BotApi, Services],
) -> None:
    api, services = chat
    await api.private(f"/admin tambah {ADMIN} 73.73 Budi")
    assert "Kota Palopo" in (await said(api, "kini admin"))["text"]
    await publish(api, regulation(), "kue.md", ADMIN)
    for name, content in (
        ("lain.md", regulation(number=91, region="73.22")),
        ("umum.md", regulation(number=92, region="")),
        ("istilah.yaml", b"istilah:\n- {nama: Kue, arti: makanan}\n"),
    ):
        api.messages[ADMIN].clear()
        await api.document(content, name, ADMIN)
        preview = await said(api, "Beda dengan yang terbit", ADMIN)
        await api.press(preview, buttons(preview)["✅ Terbitkan"], ADMIN)
        await said(api, "Anda admin untuk 73.73", ADMIN)
    assert services.desk.base.number == 2


async def test_admins_are_listed_and_unknown_regions_refused(
    chat: tuple[BotApi, Services],
) -> None:
    api, _ = chat
    await api.private("/admin tambah 1008 99.99")
    await said(api, "Kode wilayah 99.99 tidak dikenal")
    await api.private("/admin tambah 007 semua")
    await said(api, "pemilik bot, jadi tidak perlu")
    await api.private("/admin hapus 1008")
    await said(api, "bukan admin. Perbaikan")
    await api.private("/admin tambah 1008 73.73 64.01 Budi & Co")
    await said(api, "kini admin")
    await api.private("/admin")
    listed = await said(api, "sejak")
    assert "Budi &amp; Co (1008) untuk Kota Palopo, Kabupaten Paser" in listed["text"]


async def test_the_menu_of_admins_holds_their_commands(chat: tuple[BotApi, Services]) -> None:
    api, _ = chat
    await api.private("/start")
    shown = await api.until(lambda: api.commands.get("chat"))
    assert {"antrean", "riwayat", "tanya"} <= {c["command"] for c in shown}


async def test_every_act_leaves_a_line(chat: tuple[BotApi, Services], tmp_path: Path) -> None:
    api, _ = chat
    await api.private(f"/admin tambah {ADMIN} semua Budi")
    await said(api, "kini admin")
    await publish(api, regulation(), "kue.md")
    await api.private(f"/admin hapus {ADMIN}")
    await said(api, "bukan admin lagi")
    lines = [
        json.loads(line)
        for path in (tmp_path / "journal").glob("audit-*.jsonl")
        for line in path.read_text().splitlines()
    ]
    assert [line["what"] for line in lines] == [
        "admin: angkat",
        "pengetahuan: terbitkan",
        "admin: berhentikan",
    ]
    assert all(f"({OWNER})" in line["who"] and line["time"] for line in lines)
    assert lines[1]["rev"] == 2


@pytest.mark.parametrize(
    "words",
    ["7373 Ani", "73.73,73.22. Ani", "73.73.01", "kota palopo Ani", "Ani", "73.73 semua Ani", ""],
)
async def test_a_slip_in_a_code_does_not_make_an_admin_of_everything(
    chat: tuple[BotApi, Services], words: str
) -> None:
    api, services = chat
    await api.private(f"/admin tambah {ADMIN} {words}")
    refusal = await said(api, "Sebutkan wilayahnya dengan kode")
    assert ("73.73 Kota Palopo" in refusal["text"]) == ("palopo" in words)
    assert await asyncio_roles(services) == []


async def test_a_role_without_limits_is_said_to_be_one(chat: tuple[BotApi, Services]) -> None:
    api, _ = chat
    await api.private(f"/admin tambah {ADMIN} semua Ani")
    assert "SEMUA wilayah" in (await said(api, "kini admin"))["text"]


@pytest.mark.parametrize("command", ["/riwayat", "/statistik", "/admin"])
async def test_what_admins_see_is_not_shown_in_groups(
    chat: tuple[BotApi, Services], command: str
) -> None:
    api, _ = chat
    await api.group(command, user=OWNER)
    assert (await said(api, "", -100500))["text"] == wording.PRIVATE_ONLY


async def test_looking_again_does_not_hide_what_others_published(
    chat: tuple[BotApi, Services],
) -> None:
    api, services = chat
    await api.private(f"/admin tambah {ADMIN} semua Budi")
    await said(api, "kini admin")
    await api.document(regulation("Versi Budi."), "kue.md", ADMIN)
    preview = await said(api, "Beda dengan yang terbit", ADMIN)
    await publish(api, regulation("Versi pemilik."), "kue.md")
    data = buttons(preview)
    await api.press(preview, data["✏️ Ubah isian"], ADMIN)
    await api.until(lambda: "‹ Kembali" in buttons(preview))
    await api.press(preview, data["🔍 Lihat perbedaan"], ADMIN)
    await api.until(lambda: any("document" in m for m in api.messages[ADMIN]))
    await api.press(preview, data["✅ Terbitkan"], ADMIN)
    await said(api, wording.MOVED, ADMIN)
    assert services.desk.base.number == 2


async def test_only_the_last_preview_of_a_file_has_buttons(
    chat: tuple[BotApi, Services],
) -> None:
    api, _ = chat
    await api.document(PERWALI.encode(), "perwali.txt")
    first = await said(api, "Nomor 12 Tahun 2025")
    await api.press(first, buttons(first)["✏️ Ubah judul/nomor/status"])
    await api.until(lambda: "Nomor" in buttons(first))
    await api.press(first, buttons(first)["Nomor"])
    await api.reply(await said(api, "Balas pesan ini dengan nomor"), "77")
    await said(api, "Nomor 77 Tahun 2025")
    await api.until(lambda: "reply_markup" not in first)


async def test_what_is_published_is_served_even_if_the_preview_is_gone(
    chat: tuple[BotApi, Services],
) -> None:
    api, services = chat
    await api.document(regulation(), "kue.md")
    preview = await said(api, "Beda dengan yang terbit")
    data = buttons(preview)["✅ Terbitkan"]
    api.messages[OWNER].remove(preview)
    await api.press(preview, data)
    await said(api, "Terbit sebagai revisi 2")
    assert "perwali-palopo-90-2024" in services.assistant.snapshot.regulations


async def test_an_act_that_cannot_be_written_down_is_not_done(
    chat: tuple[BotApi, Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    api, services = chat

    def full(record: dict[str, Any]) -> None:
        raise OSError(28, "No space left on device")

    await api.document(regulation(), "kue.md")
    preview = await said(api, "Beda dengan yang terbit")
    monkeypatch.setattr(services.desk._audit, "append", full)
    await api.press(preview, buttons(preview)["✅ Terbitkan"])
    assert "ruang disk" in (await said(api, "Tidak dapat disimpan"))["text"]
    assert services.desk.base.number == 1


async def test_a_file_that_cannot_be_kept_names_the_mend(
    chat: tuple[BotApi, Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    api, _ = chat

    def full(contents: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.administration.editing.drafts.replace_files", full)
    await api.document(regulation(), "kue.md")
    await said(api, "Tidak dapat disimpan di server")
    assert not any("Membaca" in m["text"] for m in api.messages[OWNER])


async def test_a_caption_with_a_slip_is_told(chat: tuple[BotApi, Services]) -> None:
    api, _ = chat
    await api.document(PERWALI.encode(), "perwali.txt", caption="nomer: 26")
    await said(api, "“nomer” tidak dikenal")
    await api.document(regulation(), "kue.md", caption="nomor: 26; tolong diperiksa ya")
    await said(api, "“nomor” tidak berlaku bagi berkas jenis ini")


async def test_the_preview_shows_status_and_link(chat: tuple[BotApi, Services]) -> None:
    api, _ = chat
    await api.document(PERWALI.encode(), "perwali.txt", caption="status: sudah dicabut")
    preview = await said(api, "Status: dicabut (menurut: Pernyataan admin)")
    assert "naskah resmi: belum ada" in preview["text"]


async def test_a_file_that_was_fetched_comes_back_as_the_same(
    chat: tuple[BotApi, Services],
) -> None:
    api, services = chat
    folder = services.desk.base.folder
    faq = (folder / "tanya-jawab/asesor.md").read_bytes()
    await api.document(faq.replace(b"judul: ", b"judul: Baru, "), "asesor (1).md")
    preview = await said(api, "Berkas tanya-jawab/asesor.md")
    await api.press(preview, buttons(preview)["✖️ Batal"])
    rows = (folder / "instansi.csv").read_text().splitlines()
    fewer = "\n".join(rows[:-1]) + "\n"
    await api.document(fewer.encode(), "instansi (2).csv")
    await said(api, "1 dihapus")
    await api.document((folder / "README.md").read_bytes(), "README.md")
    await said(api, "README adalah panduan")


async def test_files_do_not_keep_people_from_answers(
    chat: tuple[BotApi, Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    api, services = chat
    go = threading.Event()
    monkeypatch.setattr(services.desk, "view", lambda draft: go.wait(60))
    for _ in range(12):
        await api.document(regulation(), "kue.md")
    await api.until(lambda: "Membaca kue.md" in str(api.messages[OWNER]))
    await api.private("apa itu arsitektur spbe?", STRANGER)
    await said(api, "Pasal 1", STRANGER)
    go.set()


async def test_a_file_is_taken_away_after_a_look(chat: tuple[BotApi, Services]) -> None:
    api, services = chat
    await publish(api, regulation(), "kue.md")
    await api.private("/buang")
    await said(api, wording.REMOVE_USAGE)
    await api.private("/buang perwali-palopo-90-2024")
    preview = await said(api, "Hapus berkas")
    assert "3 dihapus" in preview["text"]
    await api.press(preview, buttons(preview)["✅ Terbitkan"])
    await said(api, "Terbit sebagai revisi 3")
    assert "perwali-palopo-90-2024" not in services.assistant.snapshot.regulations
    await api.private("/buang perpres-95-2018")
    preview = await said(api, "harus dibetulkan dahulu")
    assert "✅ Terbitkan" not in buttons(preview)
