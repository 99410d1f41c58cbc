"""The audit finds what a summary invents, leaves out or copies; it passes on the shipped files."""

import dataclasses
from pathlib import Path

import pytest
from bot.knowledge import snapshot
from bot.knowledge.audit.claims import copied_runs, shingles, unknown_numbers, unknown_officials
from bot.knowledge.audit.run import audit
from bot.knowledge.faults import Faults
from bot.knowledge.model import Snapshot
from bot.knowledge.regulations import read_regulation

from tests.conftest import ROOT

SOURCE = """PERATURAN UJI
BAB I
KETENTUAN UMUM

Pasal 1
Dalam Peraturan ini yang dimaksud dengan:
1. Kapal adalah kendaraan air.
2. Nakhoda adalah pemimpin kapal.

Pasal 2
(1) Nakhoda menyampaikan laporan kepada Menteri Keuangan paling lambat 14 (empat belas) hari
setelah kapal tiba.
(2) Laporan sebagaimana dimaksud pada ayat (1) memuat muatan kapal, jumlah awak, dan tujuan
berikutnya menurut tata cara yang ditetapkan oleh kepala pelabuhan setempat.

Agar setiap orang mengetahuinya
LAMPIRAN
"""
HEADER = """---
id: perpres-1-2020
jenis: Peraturan Presiden
nomor: 1
tahun: 2020
judul: Uji
sebutan: Perpres 1/2020
status: berlaku
status_diperiksa: {tanggal: 2026-01-01, sumber: uji}
isi: ringkasan
ringkasan: Peraturan untuk menguji.
tanya: [satu?, dua?, tiga?]
---
"""
BODY = """
## Pasal 1 — Pengertian
### Angka 1 — Kapal
Alat angkut di air.
### Angka 2 — Nakhoda
Orang yang memimpin kapal.
## Pasal 2 — Laporan
### Ayat (1)
Nakhoda melapor kepada Menteri Keuangan dalam 14 hari.
### Ayat (2)
Isi laporan: muatan, awak, dan tujuan.
"""


def findings(knowledge: Snapshot, folder: Path, body: str, header: str = HEADER) -> list[str]:
    sources = folder / "naskah"
    sources.mkdir()
    (sources / "perpres_1_2020_uji.txt").write_text(SOURCE, encoding="utf-8")
    path = folder / "perpres-1-2020.md"
    path.write_text(header + body, encoding="utf-8")
    faults = Faults(folder)
    regulation = read_regulation(path, faults)
    assert regulation is not None
    small = dataclasses.replace(
        knowledge, regulations={regulation.id: regulation}, indicators={}, faq=()
    )
    audit(small, folder, sources, faults)
    return [f"{f.field}: {f.message}" for f in faults.sorted()]


def test_a_true_summary_passes(knowledge: Snapshot, tmp_path: Path) -> None:
    assert findings(knowledge, tmp_path, BODY) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("14 hari", "30 hari", "pasal-2-ayat-1: Angka 30"),
        ("Menteri Keuangan", "Bupati", "pasal-2-ayat-1: “Bupati”"),
        ("### Ayat (2)\n", "### Ayat (3)\n", "pasal-2-ayat-2: Ada di naskah"),
        ("### Ayat (2)\n", "### Ayat (3)\n", "pasal-2-ayat-3: Tidak ada di naskah"),
        (
            "Isi laporan: muatan, awak, dan tujuan.",
            "Memuat tujuan berikutnya menurut tata cara yang ditetapkan oleh kepala pelabuhan "
            "setempat.",
            "",
        ),
        (
            "Isi laporan: muatan, awak, dan tujuan.",
            "Nakhoda menyampaikan laporan kepada Menteri Keuangan paling lambat 14 (empat belas) "
            "hari setelah kapal tiba.",
            "pasal-2-ayat-2: 15 kata",
        ),
    ],
)
def test_an_invention_is_found(
    knowledge: Snapshot, tmp_path: Path, old: str, new: str, finding: str
) -> None:
    assert old in BODY
    found = findings(knowledge, tmp_path, BODY.replace(old, new, 1))
    assert any(line.startswith(finding) for line in found) if finding else found == []


def test_what_is_left_out_needs_a_reason(knowledge: Snapshot, tmp_path: Path) -> None:
    body = BODY.split("### Ayat (2)")[0]
    header = HEADER.replace("tanya:", "tidak_dimuat:\n  uji saja: [pasal-2-ayat-2]\ntanya:")
    assert findings(knowledge, tmp_path, body, header) == []


@pytest.mark.parametrize(
    ("text", "source", "unknown"),
    [
        ("Paling lambat 14 hari.", "14 (empat belas) hari", []),
        ("Ada 3 tahap.", "terdiri atas tiga tahap", []),
        ("Bobot 2,50 persen.", "bobot 2,5%", []),
        ("Menurut Pasal 36 ayat (3) Perpres 95/2018.", "menurut peraturan", []),
        ("Paling lambat 15 hari.", "14 (empat belas) hari", ["15"]),
    ],
)
def test_numbers(text: str, source: str, unknown: list[str]) -> None:
    assert unknown_numbers(text, source) == unknown


def test_officials_go_by_today_s_short_names() -> None:
    law = "menteri yang menyelenggarakan urusan pemerintahan di bidang aparatur negara"
    assert unknown_officials("Menteri PANRB menetapkan.", law) == []
    assert unknown_officials("Menteri Dalam Negeri menetapkan.", law) == ["Menteri Dalam Negeri"]


def test_a_list_of_names_is_no_copied_sentence() -> None:
    names = (
        "satu dua, tiga empat, lima enam, tujuh delapan, sembilan sepuluh, sebelas belas, akhir"
    )
    assert copied_runs(names, shingles(names)) == []


def test_the_shipped_knowledge_stands_up_to_its_sources(knowledge: Snapshot) -> None:
    sources = ROOT.parent / "shared/sources"
    if not sources.is_dir():
        pytest.skip("the official texts are not here (../shared/sources)")
    folder = snapshot.shipped_folder()
    faults = Faults(folder)
    report = audit(knowledge, folder, sources, faults)
    assert [str(f) for f in faults.sorted()] == []
    assert all(row.coverage == 1.0 for row in report.rows)
