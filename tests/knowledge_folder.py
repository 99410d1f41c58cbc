"""Knowledge folders for tests: small sound ones, and files to put into them."""

import shutil
from pathlib import Path

from bot.knowledge.folder import shipped_folder

REGULATION = """---
id: {id}
jenis: Peraturan Wali Kota Palopo
nomor: {number}
tahun: 2024
judul: Layanan Kue Digital
sebutan: Perwali Palopo {number}/2024
status: berlaku
status_diperiksa: {{tanggal: 2026-11-28, sumber: contoh}}
wilayah: "{region}"
isi: ringkasan
ringkasan: Mengatur pelayanan kue digital di Kota Palopo.
tanya:
- Perwali kue digital nomor berapa?
- Aturan kue digital Palopo apa?
- Siapa mengatur kue digital?
---

## Pasal 1 — Mesin kue
{text}
Tanya:
- Siapa yang menyalakan mesin kue digital?
- Mesin kue digital dinyalakan oleh siapa?
- Petugas mesin kue digital siapa?
Kata: mesin kue

## Pasal 2 — Jam kue
{other}
Tanya:
- Jam berapa mesin kue digital buka?
- Kapan mesin kue digital dinyalakan?
- Mesin kue digital mulai pukul berapa?
Kata: jam kue
"""


def regulation(
    text: str = "Mesin kue digital dinyalakan oleh juru kue.",
    other: str = "Mesin kue digital buka pukul delapan.",
    number: int = 90,
    region: str = "73.73",
) -> bytes:
    """A sound knowledge file of a regulation."""
    id_ = f"perwali-palopo-{number}-2024"
    return REGULATION.format(id=id_, number=number, text=text, other=other, region=region).encode()


def path_of(number: int = 90) -> str:
    return f"regulasi/perwali-palopo-{number}-2024.md"


def copy_of_shipped(target: Path) -> Path:
    """A copy of the knowledge that came with the program."""
    shutil.copytree(shipped_folder(), target)
    return target
