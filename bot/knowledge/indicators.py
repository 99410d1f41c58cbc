"""Reads ``indikator/``: the 47 indicators, and the domains and aspects they add up to."""

import re
from pathlib import Path

from bot.knowledge.document import Block, Document, read_document
from bot.knowledge.faults import Faults
from bot.knowledge.headers import IndicatorHeader, read_header
from bot.knowledge.locator import Ref
from bot.knowledge.model import Indicator, Level, Part, Section
from bot.knowledge.shapes import Strict, read_shape

_LEVEL = re.compile(r"Tingkat ([1-5])\s+[—–-]\s+(.+)$")
_EMPTY = Section("", "", "", (), ())
_REQUIRED = ("Yang dinilai", "Contoh bukti")
_SECTIONS = (*_REQUIRED, "Penyebab nilai rendah", "Perubahan")


def read_indicator(path: Path, faults: Faults) -> Indicator | None:
    """Read one indicator; what is missing is noted in ``faults``."""
    document = read_document(path, faults)
    header = read_header(IndicatorHeader, document, faults) if document else None
    if document is None or header is None:
        return None
    sections, levels = _parts(document, faults)
    for title in _REQUIRED:
        if title not in sections:
            faults.add(path, 1, title, "Bagian ini belum ada.", f"Tambahkan “## {title}”.")
    missing = sorted(set(range(1, 6)) - set(levels))
    if missing:
        faults.add(
            path,
            1,
            "Tingkat",
            f"Tingkat {missing} belum ada.",
            "Tulis kelima tingkat sebagai “## Tingkat 1 — Rintisan” dan seterusnya.",
        )
        return None
    return Indicator(
        number=header.nomor,
        name=header.nama,
        short=header.sebutan,
        domain=header.domain,
        aspect=header.aspek,
        weight=header.bobot,
        model=header.model,
        basis=tuple(Ref.parse(ref) for ref in header.dasar),
        assessed=sections.get("Yang dinilai", _EMPTY),
        evidence=sections.get("Contoh bukti", _EMPTY),
        pitfalls=sections.get("Penyebab nilai rendah", _EMPTY),
        changes=sections.get("Perubahan", _EMPTY),
        levels=tuple(levels[n] for n in sorted(levels)),
        questions=tuple(header.tanya),
        keywords=tuple(header.kata),
    )


def _parts(document: Document, faults: Faults) -> tuple[dict[str, Section], dict[int, Level]]:
    sections: dict[str, Section] = {}
    levels: dict[int, Level] = {}
    for block in document.blocks:
        found = _LEVEL.match(block.title)
        if found:
            levels[int(found[1])] = _level(int(found[1]), found[2], block)
        elif block.title in _SECTIONS:
            sections[block.title] = Section(
                block.title,
                block.text,
                block.sentence("Catatan"),
                block.items("Tanya"),
                block.words("Kata"),
            )
        else:
            faults.add(
                document.path,
                block.line,
                block.title,
                "Judul ini tidak dikenali.",
                f"Pakai salah satu dari {', '.join(_SECTIONS)}, atau “Tingkat N — …”.",
            )
    return sections, levels


def _level(number: int, name: str, block: Block) -> Level:
    return Level(
        number=number,
        name=name,
        text=block.text,
        difference=block.sentence("Beda"),
        evidence=block.items("Bukti"),
        note=block.sentence("Catatan"),
        questions=block.items("Tanya"),
        keywords=block.words("Kata"),
    )


class _Domain(Strict):
    nomor: int
    nama: str
    bobot: float
    indikator: tuple[int, int]


class _Aspect(_Domain):
    domain: int


class _Structure(Strict):
    domain: list[_Domain]
    aspek: list[_Aspect]


def read_structure(path: Path, faults: Faults) -> tuple[dict[int, Part], dict[int, Part]]:
    """Read ``struktur.yaml``: domains and aspects by number."""
    data = read_shape(_Structure, path, faults)
    if data is None:
        return {}, {}
    domains = {d.nomor: Part(d.nomor, d.nama, d.bobot, d.nomor, d.indikator) for d in data.domain}
    aspects = {a.nomor: Part(a.nomor, a.nama, a.bobot, a.domain, a.indikator) for a in data.aspek}
    return domains, aspects
