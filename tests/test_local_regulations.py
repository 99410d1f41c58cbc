"""Rules of regions as an admin imports them: by reference, by region, and what they lack."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from bot.answering.answer import Answer, Kind, Topic
from bot.answering.assistant import Assistant
from bot.evaluation.questions import read_questions
from bot.evaluation.report import run, score
from bot.knowledge import snapshot
from bot.knowledge.importing import read_regulation_file
from bot.knowledge.importing.writing import knowledge_file, knowledge_id

from tests.conftest import ROOT, YEAR

DOCUMENTS = ROOT.parent / "shared/sources/documents"
QUESTIONS = ROOT / "tests/data/questions_local.jsonl"
DAY = date(2026, 11, 28)
SPBE, PARKING, OTHER = "perbup-jepara-7-2022", "perbup-jepara-9-2023", "perwali-salatiga-4-2021"

# Invented, in our own words.
JEPARA = """BUPATI JEPARA
PERATURAN BUPATI JEPARA
NOMOR 7 TAHUN 2022
TENTANG
PENYELENGGARAAN SISTEM PEMERINTAHAN BERBASIS ELEKTRONIK
DENGAN RAHMAT TUHAN YANG MAHA ESA
BUPATI JEPARA,
Menimbang : a. bahwa perlu pedoman;
MEMUTUSKAN:
Menetapkan : PERATURAN BUPATI TENTANG PENYELENGGARAAN SISTEM PEMERINTAHAN BERBASIS ELEKTRONIK.
BAB I
KETENTUAN UMUM
Pasal 1
Dalam Peraturan Bupati ini yang dimaksud dengan:
1. Sistem Pemerintahan Berbasis Elektronik yang selanjutnya disingkat SPBE adalah cara kerja
pemerintahan yang memakai teknologi untuk melayani penggunanya.
2. Balai Digital adalah tempat warga belajar memakai layanan daring di desa.
BAB II
TUJUAN
Pasal 2
Peraturan Bupati ini bertujuan agar layanan digital di desa rapi dan aman.
BAB III
PENYELENGGARA
Pasal 3
(1) Bupati membentuk Tim Koordinasi SPBE Pemerintah Daerah.
(2) Ketua Tim Koordinasi SPBE Pemerintah Daerah adalah Wakil Bupati.
(3) Tim Koordinasi SPBE bersidang paling sedikit 4 (empat) kali dalam setahun.
BAB IV
BALAI DIGITAL
Pasal 4
(1) Setiap desa wajib menyediakan satu Balai Digital.
(2) Balai Digital dikelola oleh perangkat desa bersama karang taruna.
Pasal 5
Kamera pengawas di Balai Digital hanya boleh dipasang setelah mendapat izin dari Dinas.
BAB V
KETENTUAN PENUTUP
Pasal 6
Peraturan Bupati ini mulai berlaku pada tanggal diundangkan.
Ditetapkan di Jepara
pada tanggal 3 Maret 2022
BUPATI JEPARA,
"""
PARKIR = (
    JEPARA.partition("BAB I\n")[0]
    .replace("NOMOR 7 TAHUN 2022", "NOMOR 9 TAHUN 2023")
    .replace(
        "PENYELENGGARAAN SISTEM PEMERINTAHAN BERBASIS ELEKTRONIK", "PENATAAN PARKIR TEPI JALAN"
    )
    + """BAB I
PARKIR
Pasal 1
(1) Juru parkir wajib memakai rompi dan memberi karcis.
(2) Parkir di depan pasar hanya boleh pada pukul 06.00 sampai 18.00.
Pasal 2
Peraturan Bupati ini mulai berlaku pada tanggal diundangkan.
Ditetapkan di Jepara
pada tanggal 5 Mei 2023
BUPATI JEPARA,
"""
)
SALATIGA = (
    JEPARA.replace("BUPATI JEPARA", "WALI KOTA SALATIGA")
    .replace("NOMOR 7 TAHUN 2022", "NOMOR 4 TAHUN 2021")
    .replace("Bupati", "Wali Kota")
    .replace("PERATURAN BUPATI", "PERATURAN WALI KOTA")
    .replace("di Jepara", "di Salatiga")
    .replace("Maret 2022", "Maret 2021")
    .replace("4 (empat) kali", "6 (enam) kali")
)


def imported(folder: Path, *documents: tuple[str, bytes]) -> Assistant:
    """Return an assistant on the shipped knowledge with documents imported."""
    knowledge = folder / "pengetahuan"
    shutil.copytree(snapshot.shipped_folder(), knowledge)
    for name, content in documents:
        regulation = read_regulation_file(content, name)
        path = knowledge / "regulasi" / f"{knowledge_id(regulation.identity)}.md"
        path.write_text(knowledge_file(regulation, name, DAY), encoding="utf-8")
    found, faults = snapshot.load(knowledge)
    assert not list(faults)
    return Assistant(found, YEAR)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """One regulation of one region."""
    return imported(tmp_path_factory.mktemp("satu"), ("perbup.txt", JEPARA.encode()))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Two regulations of one region, and one of another."""
    texts = {"perbup.txt": JEPARA, "parkir.txt": PARKIR, "perwali.txt": SALATIGA}
    documents = [(name, text.encode()) for name, text in texts.items()]
    return imported(tmp_path_factory.mktemp("tiga"), *documents)


def first(answer: Answer) -> tuple[str, str]:
    return answer.citations[0].source, answer.citations[0].locator


@pytest.mark.parametrize(
    ("question", "locator"),
    [
        ("Pasal 3 ayat (2) Peraturan Bupati Jepara Nomor 7 Tahun 2022", "pasal-3-ayat-2"),
        ("perbup jepara 7/2022 pasal 4", "pasal-4"),
        ("psl 4 ay 1 perbup spbe jepara no 7 th 2022", "pasal-4-ayat-1"),
        ("perbup spbe jepara pasal 5", "pasal-5"),
        ("pasal 5 perbup kabupaten jepara tentang spbe", "pasal-5"),
        ("pasal 2 perbup 7/2022", "pasal-2"),
        ("perbup 7 tahun 2022 pasal 1 angka 2", "pasal-1-angka-2"),
        ("pasal 5 perwali jepara soal spbe", "pasal-5"),
    ],
)
def test_units_by_reference(three: Assistant, question: str, locator: str) -> None:
    answer, _ = three.ask(question)
    assert first(answer) == (SPBE, locator)
    assert answer.basis_label == "Dasar (naskah)"
    assert "statusnya belum diketahui" in answer.status[0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("pasal 9 perbup spbe jepara", "hanya sampai Pasal 6"),
        ("pasal 3 ayat 5 perbup jepara 7/2022", "tidak ada di Perbup Jepara 7/2022"),
        ("perbup jepara 8/2022 pasal 1", "Perbup Jepara 8/2022 tidak ada"),
        ("pasal 5 perbup sleman", "Perbup Sleman tidak ada"),
        ("bab 3 perbup spbe jepara", "per pasal"),
    ],
)
def test_units_it_has_not(three: Assistant, question: str, said: str) -> None:
    answer, _ = three.ask(question)
    assert answer.abstained
    assert said in answer.text


def test_two_of_one_region_are_asked_back_or_told_apart_by_topic(three: Assistant) -> None:
    answer, topic = three.ask("pasal 1 perbup jepara")
    assert answer.abstained
    assert "Perbup Jepara 7/2022" in answer.text
    assert "Perbup Jepara 9/2023" in answer.text
    answer, _ = three.ask(answer.suggestions[1], topic)
    assert first(answer)[0] == PARKING
    answer, _ = three.ask("pasal 1 ayat 2 perbup parkir jepara")
    assert first(answer) == (PARKING, "pasal-1-ayat-2")


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("siapa ketua tim koordinasi spbe di jepara", (SPBE, "pasal-3")),
        ("tim koordinasi spbe jepara dibentuk siapa?", (SPBE, "pasal-3")),
        ("brp kali tim koordinasi spbe jepara sidang setahun", (SPBE, "pasal-3")),
        ("Siapa yang mengelola Balai Digital di Kabupaten Jepara?", (SPBE, "pasal-4")),
        ("desa di jepara wajib punya balai digital ga min", (SPBE, "pasal-4")),
        ("apa itu balai digital menurut perbup spbe jepara", (SPBE, "pasal-1-angka-2")),
        ("apa tujuan perbup spbe jepara", (SPBE, "pasal-2")),
        ("juru parkir di jepara wajib pakai apa", (PARKING, "pasal-1")),
        ("berapa kali tim koordinasi spbe salatiga bersidang?", (OTHER, "pasal-3")),
    ],
)
def test_a_region_named_is_answered_from_its_own_rule(
    three: Assistant, question: str, unit: tuple[str, str]
) -> None:
    answer, _ = three.ask(question)
    source, locator = first(answer)
    assert source == unit[0]
    assert locator.startswith(unit[1])
    assert answer.verbatim
    assert not answer.summarised


def test_the_nationwide_rule_stands_beside_it(three: Assistant) -> None:
    answer, _ = three.ask("tim koordinasi spbe jepara dibentuk siapa?")
    sources = [c.source for c in answer.citations]
    assert sources[0] == SPBE
    assert sources[1:]
    assert any(note.startswith("Aturan nasional") for note in answer.notes)


def test_where_it_says_nothing_the_nationwide_rule_answers_and_says_so(three: Assistant) -> None:
    answer, _ = three.ask("arsitektur spbe jepara ditetapkan siapa")
    assert first(answer) == ("perpres-95-2018", "pasal-12-ayat-3")
    assert answer.text.startswith("Dalam naskah Perbup Jepara 7/2022 tidak saya temukan")
    assert "9/2023" not in answer.text
    assert answer.basis_label == "Dasar (ringkasan kami)"


@pytest.mark.parametrize(
    "question",
    [
        "apakah perbup spbe jepara mengatur cuti pegawai",
        "berapa denda menurut perbup jepara 7/2022",
        "berapa anggaran spbe jepara tahun 2023",
        "alamat kantor bupati jepara",
    ],
)
def test_nothing_is_invented(three: Assistant, question: str) -> None:
    answer, _ = three.ask(question)
    assert answer.abstained


@pytest.mark.parametrize(
    "question",
    [
        "siapa koordinator spbe di sleman",
        "arsitektur spbe kab gowa ditetapkan siapa",
        "berapa lama jangka waktu arsitektur spbe pemda",
        "apa itu arsitektur spbe",
        "siapa ketua tim koordinasi spbe nasional",
        "indeks spbe jepara 2024",
        "indeks spbe salatiga naik atau turun",
        "spbe kulon progo 2023",
        "perwali palopo tentang spbe nomor berapa",
        "5/2020 tentang apa",
    ],
)
def test_other_questions_are_answered_as_before(
    assistant: Assistant, three: Assistant, question: str
) -> None:
    before, _ = assistant.ask(question)
    after, _ = three.ask(question)
    assert after.text == before.text
    assert after.citations == before.citations


def test_ones_own_rule_is_asked_back_or_the_only_one(one: Assistant, three: Assistant) -> None:
    answer, _ = one.ask("menurut perbup kami siapa ketua tim koordinasi?")
    assert first(answer) == (SPBE, "pasal-3-ayat-2")
    answer, _ = one.ask("pasal 4 perbup di daerah saya")
    assert first(answer) == (SPBE, "pasal-4")
    answer, _ = three.ask("pasal 1 perbup kami")
    assert answer.abstained
    assert "Yang mana" in answer.text
    assert answer.suggestions[0] == "Pasal 1 Perbup Jepara 7/2022"
    answer, _ = one.ask("pasal 3 perwali kami")
    assert answer.abstained
    assert "Perwali Kami tidak ada" in answer.text


def test_the_only_region_answers_where_nothing_else_does(one: Assistant, three: Assistant) -> None:
    answer, _ = one.ask("kamera pengawas di balai digital harus izin siapa")
    assert first(answer) == (SPBE, "pasal-5")
    assert any("tidak menyebut daerahnya" in note for note in answer.notes)
    answer, _ = three.ask("kamera pengawas di balai digital harus izin siapa")
    assert answer.abstained


def test_a_conversation_stays_with_the_text(three: Assistant) -> None:
    topic = Topic()
    for question, unit in (
        ("perbup jepara 7/2022 pasal 3", (SPBE, "pasal-3")),
        ("ayat 2", (SPBE, "pasal-3-ayat-2")),
        ("pasal berikutnya", (SPBE, "pasal-4")),
        ("kamera pengawas boleh dipasang?", (SPBE, "pasal-5")),
        ("kalau salatiga?", (OTHER, "pasal-5")),
    ):
        answer, topic = three.ask(question, topic)
        assert first(answer) == unit
    answer, _ = three.ask("masih berlaku?", topic)
    assert answer.kind is Kind.STATUS
    assert "Perwali Salatiga 4/2021" in answer.text


def test_status_of_an_imported_text(three: Assistant) -> None:
    answer, _ = three.ask("perbup 7 2022 masih berlaku?")
    assert answer.status == (
        "Perbup Jepara 7/2022 statusnya belum diketahui (diperiksa 28 November 2026); pastikan "
        "di JDIH.",
    )


def test_the_header_names_what_people_call_it(three: Assistant) -> None:
    regulation = three.snapshot.regulations[SPBE]
    assert regulation.aliases == ("Perbup SPBE Jepara",)
    assert regulation.keywords == ("SPBE",)
    assert regulation.summary.startswith("Naskah resmi, 6 pasal: Ketentuan Umum; Tujuan;")
    assert all("Jepara" in question for question in regulation.questions)


def test_slips_of_an_imported_text_teach_no_spelling(tmp_path: Path, assistant: Assistant) -> None:
    spoilt = JEPARA.replace("agar layanan", "agar penilain tau layanan")
    built = imported(tmp_path, ("perbup.txt", spoilt.encode()))
    for question in ("yang dimaksud penilain mandiri", "siapa yang jadi ketau tim koordinasi"):
        assert built.reader.read(question).tokens == assistant.reader.read(question).tokens


# -- the official texts, where they are at hand ------------------------------------------------

FOUR = (
    "perbup-kulon-progo-5-2020-spbe.pdf",
    "perbup-batu-bara-81-2021-spbe.pdf",
    "perbup-minahasa-selatan-15-2025-spbe.src.txt",
    "pergub-sulut-23-2017-pemerintah-berbasis-tik.pdf",
)
FOREIGN = (
    "perda-surabaya-3-2018-parkir.pdf",
    "perda-kulon-progo-10-2017-perubahan.pdf",
    "pergub-bali-1-2021-perubahan.pdf",
    "permendikbudristek-63-2023-bosp.pdf",
    "uu-12-2011-p3-beserta-lampiran-teknik.pdf",
)


def official(folder: Path, names: tuple[str, ...]) -> Assistant:
    absent = [name for name in names if not (DOCUMENTS / name).is_file()]
    if absent:
        pytest.skip(f"the official texts are not here ({DOCUMENTS / absent[0]})")
    return imported(folder, *((name, (DOCUMENTS / name).read_bytes()) for name in names))


def test_official_texts_answer_questions(tmp_path: Path) -> None:
    built = official(tmp_path, FOUR)
    results = run(built, read_questions(QUESTIONS))
    by_number = [r for r in results if r.asked.category == "lokal-nomor"]
    whole = score(results)
    assert score(by_number).hit1 == 1.0
    assert whole.hit1 >= 0.82
    assert whole.wrong_shown <= 0.12


def test_foreign_texts_do_not_disturb(tmp_path: Path, assistant: Assistant) -> None:
    built = official(tmp_path, (*FOUR, *FOREIGN))
    lines = (ROOT / "tests/data/questions_dev.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in lines[::4]]
    questions = [row["question"] for row in asked if not row.get("turns")]
    changed = [
        question
        for question in questions
        if built.ask(question)[0].citations != assistant.ask(question)[0].citations
    ]
    assert len(changed) <= 0.03 * len(questions), changed
