"""Knowledge files: the shipped ones are sound; broken ones are told by file, line, field, mend."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bot.errors import KnowledgeError
from bot.knowledge import snapshot
from bot.knowledge.check import MIN_QUESTIONS, resolves
from bot.knowledge.document import read_document
from bot.knowledge.faults import Faults
from bot.knowledge.headers import write_schemas
from bot.knowledge.lists import items
from bot.knowledge.locator import Ref, label, parent, segments
from bot.knowledge.model import Snapshot
from bot.knowledge.texts import read_spellings
from jsonschema import Draft202012Validator

from tests.conftest import ROOT

KNOWLEDGE = ROOT / "knowledge"
DESIGN_IDS = """
    perpres-95-2018 permenpanrb-59-2020 kepmenpanrb-962-2021 pedoman-menpanrb-3-2024
    pedoman-menpanrb-6-2023 permenpanrb-8-2026 permenpanrb-5-2020 permenpanrb-19-2018
    peraturan-bssn-4-2021 peraturan-bssn-8-2024 perpres-39-2019 perpres-82-2023
    perpres-47-2023 perpres-132-2022 permenkominfo-16-2022 permenkominfo-4-2024
    permenppn-16-2020 peraturan-brin-2-2024 se-menpanrb-18-2022 perwali-palopo-26-2020
""".split()


def test_shipped_knowledge_has_no_fault() -> None:
    _, faults = snapshot.load(KNOWLEDGE)
    assert [str(f) for f in faults] == []


@pytest.mark.parametrize("source", DESIGN_IDS)
def test_every_source_of_the_design_has_a_status_card(knowledge: Snapshot, source: str) -> None:
    regulation = knowledge.regulations[source]
    assert regulation.status_date
    assert regulation.status_source
    assert len(regulation.questions) >= MIN_QUESTIONS


def test_perpres_95_is_whole(knowledge: Snapshot) -> None:
    regulation = knowledge.regulations["perpres-95-2018"]
    for number in range(1, 78):
        locator = f"pasal-{number}"
        assert locator in regulation.by_locator or regulation.below(locator), locator
    definitions = [p for p in regulation.provisions if p.locator.startswith("pasal-1-angka-")]
    assert len(definitions) == 28
    assert any(p.locator.startswith("lampiran-") for p in regulation.provisions)


def test_indicators_are_whole(knowledge: Snapshot) -> None:
    assert sorted(knowledge.indicators) == list(range(1, 48))
    assert sum(i.weight for i in knowledge.indicators.values()) == pytest.approx(100)
    for indicator in knowledge.indicators.values():
        assert [level.number for level in indicator.levels] == [1, 2, 3, 4, 5]
        assert all(level.evidence for level in indicator.levels), indicator.number


def test_index_history_is_whole(knowledge: Snapshot) -> None:
    regions = [r for r in knowledge.regions.values() if not r.is_agency]
    assert sum(r.kind == "provinsi" for r in regions) == 38
    assert sum(r.kind in ("kabupaten", "kota") for r in regions) == 514
    assert len(knowledge.records) + len(knowledge.national) >= 1380
    assert knowledge.national[2024].index == 3.12


def test_headers_match_the_published_schemas(tmp_path: Path) -> None:
    for written in write_schemas(tmp_path):
        published = KNOWLEDGE / "skema" / written.name
        assert published.read_text() == written.read_text(), "run: spbe-bot knowledge schema"
        validator = Draft202012Validator(json.loads(written.read_text()))
        folder = KNOWLEDGE / written.name.removesuffix(".schema.json")
        for path in folder.glob("*.md"):
            document = read_document(path, Faults(KNOWLEDGE))
            assert document is not None
            header = json.loads(json.dumps(document.header, default=str))
            assert [e.message for e in validator.iter_errors(header)] == [], path


@pytest.mark.parametrize(
    ("ref", "held"),
    [
        ("perpres-95-2018#pasal-4-ayat-2-huruf-d", True),
        ("perpres-95-2018#pasal-4-ayat-2-huruf-z", False),
        ("perpres-95-2018#pasal-1-angka-6", True),
        ("perpres-95-2018#pasal-1-angka-99", False),
        ("permenpanrb-59-2020#lampiran-bab-3-angka-99", False),
        ("permenpanrb-59-2020#indikator-12-tingkat-5", True),
        ("permenpanrb-59-2020#indikator-12-tingkat-9", False),
        ("permenpanrb-59-2020#indikator-48", False),
    ],
)
def test_references_resolve_to_the_last_step(knowledge: Snapshot, ref: str, held: bool) -> None:
    assert resolves(Ref.parse(ref), knowledge) is held


# -- broken files


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "pengetahuan"))


def edit(old: str, new: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


PERPRES = "regulasi/perpres-95-2018.md"
INDICATOR = "indikator/19-*.md"


@pytest.mark.parametrize(
    ("file", "change", "field", "message"),
    [
        (PERPRES, edit("jenis: ", "jenos: "), "jenis", "wajib ada"),
        (PERPRES, edit("jenis: ", "jenos: "), "jenos", "tidak dikenal"),
        (PERPRES, edit("status: berlaku", "status: aktif"), "status", "di luar pilihan"),
        (PERPRES, edit("tahun: 2018", "tahun: dua ribu"), "tahun", "tidak sah"),
        (
            PERPRES,
            edit("id: perpres-95-2018", "id: perpres-94-2018"),
            "id",
            "tidak sama dengan id",
        ),
        (PERPRES, edit("---\n", ""), "---", "tidak dimulai"),
        (PERPRES, edit("judul: ", "judul: [x"), "kepala", "YAML"),
        (PERPRES, edit("## Pasal 12 ", "## Pasall 12 "), "Pasall 12", "tidak dikenali"),
        (PERPRES, edit("### Ayat (3)", "### Ayat (2)"), "Ayat (2)", "sudah ada"),
        (PERPRES, edit("Tanya:", "Tnya:"), "Tnya", "tidak dikenal"),
        ("indeks/indeks.csv", edit("3.62", "6.62"), "indeks", "di luar 1–5"),
        ("indeks/indeks.csv", edit("3.62", "3;62"), "indeks", "bukan angka"),
        ("indeks/indeks.csv", edit("resmi", "katanya"), "dasar", "di luar pilihan"),
        ("indeks/indeks.csv", edit("kode,", "kodex,"), "kode", "Kolom ini tidak ada"),
        ("wilayah.csv", edit("73.73,", "73.72,"), "73.72", "dua kali"),
        ("indikator/struktur.yaml", edit("bobot: 27.5", "bobot: 28"), "aspek 7", "berjumlah"),
        (INDICATOR, edit("bobot: 2.5", "bobot: 9"), "aspek 4", "berjumlah"),
        (INDICATOR, edit("## Tingkat 3", "## Tingkatan 3"), "Tingkat", "belum ada"),
    ],
)
def test_a_fault_names_file_field_and_mend(
    copy: Path, file: str, change: Callable[[Path], None], field: str, message: str
) -> None:
    path = next(copy.glob(file))
    change(path)
    found, faults = snapshot.load(copy)
    hit = [f for f in faults if field in f.field and message in f.message]
    assert hit, [str(f) for f in faults]
    assert hit[0].mend
    assert found.regulations, "the rest is still read"


def test_fault_names_the_line(copy: Path) -> None:
    path = copy / PERPRES
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("status: "))
    lines[at] = "status: mungkin"
    path.write_text("\n".join(lines), encoding="utf-8")
    _, faults = snapshot.load(copy)
    assert any(f.path == PERPRES and f.line == at + 1 for f in faults)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"", b"---\n", b"---\nid: [\n---\n", b"\x00" * 99]
)
def test_garbage_is_a_fault_not_a_crash(copy: Path, content: bytes) -> None:
    (copy / PERPRES).write_bytes(content)
    found, faults = snapshot.load(copy)
    assert any(f.path == PERPRES for f in faults)
    assert "permenpanrb-59-2020" in found.regulations


@pytest.mark.parametrize(
    ("file", "content", "field", "message"),
    [
        ("istilah.yaml", "- a", "berkas", "bukan daftar “kunci: nilai”"),
        ("istilah.yaml", "istilah: 5", "istilah", "bukan daftar"),
        ("ejaan.yaml", "- a", "berkas", "bukan daftar “kunci: nilai”"),
        ("ejaan.yaml", "a: 2026-13-45", "berkas", "tidak dapat dibaca"),
        ("indeks/predikat.yaml", "spbe: 5", "spbe", "bukan daftar"),
        ("indeks/predikat.yaml", "spbe: [{nama: Baik}]", "spbe.0.minimal", "wajib ada"),
        ("indikator/struktur.yaml", "domain: 4", "aspek", "wajib ada"),
        ("indikator/struktur.yaml", "domain: [", "berkas", "tidak dapat dibaca"),
        ("indikator/pemdi.yaml", "- a", "berkas", "bukan daftar “kunci: nilai”"),
        ("jadwal/2026.yaml", "- a", "berkas", "bukan daftar “kunci: nilai”"),
        ("tanya-jawab/x.md", "---\njudul: 2026-13-40\n---", "kepala", "tidak dapat dibaca"),
    ],
)
def test_a_file_of_another_shape_is_a_fault_not_a_crash(
    copy: Path, file: str, content: str, field: str, message: str
) -> None:
    (copy / file).write_text(content, encoding="utf-8")
    found, faults = snapshot.load(copy)
    hit = [f for f in faults if (f.path, f.field) == (file, field) and message in f.message]
    assert hit, [str(f) for f in faults if f.path == file]
    assert hit[0].mend
    assert found.regulations, "the rest is still read"


def test_folder_without_regulations_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="KNOWLEDGE_DIR"):
        snapshot.load(tmp_path)


# -- locators


@pytest.mark.parametrize(
    ("locator", "shown", "above"),
    [
        ("pasal-12-ayat-3", "Pasal 12 ayat (3)", "pasal-12"),
        ("pasal-13-ayat-2-huruf-a", "Pasal 13 ayat (2) huruf a", "pasal-13-ayat-2"),
        ("pasal-1-angka-6", "Pasal 1 angka 6", "pasal-1"),
        ("lampiran-bab-3-bagian-a", "Lampiran bab 3 bagian A", "lampiran-bab-3"),
        ("indikator-19-tingkat-4", "Indikator 19 tingkat 4", "indikator-19"),
        ("lampiran", "Lampiran", ""),
        ("pasal-12a", "Pasal 12A", ""),
    ],
)
def test_locators_read_as_citations(locator: str, shown: str, above: str) -> None:
    assert label(locator) == shown
    assert parent(locator) == above


def test_not_a_locator() -> None:
    with pytest.raises(ValueError, match="ayat-x-y"):
        segments("ayat-x-y-1")


def test_list_items_are_units() -> None:
    text = "Terdiri atas:\n- a. satu;\n- b. dua:\n  - 1. dua satu;\n- c. tiga."
    assert items(text) == [
        ("huruf-a", "satu;"),
        ("huruf-b", "dua:"),
        ("huruf-b-angka-1", "dua satu;"),
        ("huruf-c", "tiga."),
    ]


def test_yaml_words_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "ejaan.yaml"
    path.write_text("no: nomor\ny: ya\noff: mati\n")
    assert read_spellings(path, Faults(tmp_path)) == {"no": "nomor", "y": "ya", "off": "mati"}
