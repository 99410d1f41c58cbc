"""Which files a knowledge folder holds, and what must not stand in any of them."""

import re
from pathlib import Path, PurePosixPath

from bot.knowledge.faults import Faults
from bot.knowledge.publishing import tree

_KNOWN = re.compile(
    r"README\.md|istilah\.yaml|ejaan\.yaml|kosakata\.txt|wilayah\.csv|instansi\.csv"
    r"|indeks/(?:indeks|konflik|nasional|sumber)\.csv|indeks/predikat\.yaml"
    r"|indikator/(?:struktur|pemdi)\.yaml|jadwal/[^/]+\.yaml"
    r"|(?:regulasi|indikator|tanya-jawab)/[^/]+\.md|skema/[^/]+\.json"
)
# What git leaves in a file that was changed on two sides.
_CONFLICT = re.compile(rb"(?m)^(?:<{7} |\|{7} |>{7} |={7}\r?$)")


def check_files(folder: Path, faults: Faults) -> None:
    """Note files that nothing reads, names that cannot be written, and unfinished merges."""
    check_names(folder, faults)
    for name, path in tree.listed(folder).items():
        suffix = PurePosixPath(name).suffix
        if suffix != suffix.lower():
            faults.add(
                path,
                0,
                "berkas",
                f"Akhiran {suffix} memakai huruf besar, jadi berkas ini tidak dibaca.",
                f"Ganti akhirannya menjadi {suffix.lower()}.",
            )
        elif not _KNOWN.fullmatch(name):
            faults.add(
                path,
                0,
                "berkas",
                "Di luar susunan folder pengetahuan, jadi tidak dibaca.",
                "Pindahkan ke tempatnya, misalnya regulasi/, atau keluar dari folder ini.",
            )
        if suffix.lower() != ".json":
            _check_conflicts(path, faults)


def check_names(folder: Path, faults: Faults) -> None:
    """Note files whose names cannot be written: those are left out everywhere else."""
    for name in tree.unnamed(folder):
        faults.add(
            Path(name),
            0,
            "berkas",
            "Nama berkas ini berisi huruf yang tidak terbaca (bukan UTF-8).",
            "Ganti nama berkasnya dengan huruf biasa.",
        )


def _check_conflicts(path: Path, faults: Faults) -> None:
    try:
        content = path.read_bytes()
    except OSError:  # the readers say why
        return
    for found in _CONFLICT.finditer(content):
        faults.add(
            path,
            content.count(b"\n", 0, found.start()) + 1,
            "penggabungan",
            f"Ada tanda konflik git “{found[0].decode().strip()}”.",
            "Pilih isi yang benar, lalu hapus baris <<<<<<<, =======, dan >>>>>>>.",
        )
