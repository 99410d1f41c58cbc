"""Reads ``regulasi/<id>.md`` into regulations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.document import Block, Document, read_document
from bot.knowledge.faults import Faults
from bot.knowledge.headers import RegulationHeader, read_header
from bot.knowledge.locator import Ref
from bot.knowledge.model import Provision, Regulation, Relation

_DASH = re.compile(r"\s+[—–-]\s+")
_UNIT = re.compile(
    r"(?i)(pasal|ayat|huruf|angka|lampiran|bab|bagian|butir|catatan)"
    r"\s*\(?(\d+[a-z]?|[a-z]{1,2})?\)?$"
)
_CONTEXT = re.compile(r"(?i)(bab\s+[ivxlc]+|bagian\s+(?:ke\w+|pertama)|paragraf\s+\d+)$")
_RANK = {"bab": 0, "bagian": 1, "paragraf": 2}


def read_regulation(path: Path, faults: Faults) -> Regulation | None:
    """Read one regulation; faults are noted and a file without usable header gives None."""
    document = read_document(path, faults)
    header = read_header(RegulationHeader, document, faults) if document else None
    if document is None or header is None:
        return None
    if path.stem != header.id:
        faults.add(
            path,
            document.key_lines.get("id", 1),
            "id",
            "Nama berkas tidak sama dengan id.",
            f"Namai berkas {header.id}.md.",
        )
    relations = tuple(
        Relation(kind, item.id, item.dasar, item.tanggal, item.catatan)
        for kind, items in header.relasi.items()
        for item in items
    )
    return Regulation(
        id=header.id,
        kind=header.jenis,
        number=str(header.nomor),
        year=header.tahun,
        title=header.judul,
        short=header.sebutan,
        issuer=header.teu,
        place=header.tempat_penetapan,
        enacted=header.tanggal_penetapan,
        promulgated=header.tanggal_pengundangan,
        effective=header.mulai_berlaku,
        gazette=header.sumber,
        status=header.status,
        status_date=header.status_diperiksa.tanggal,
        status_source=header.status_diperiksa.sumber,
        url=header.url,
        relations=relations,
        aliases=tuple(header.alias),
        region=header.wilayah,
        content=header.isi,
        second_hand=header.tangan_kedua,
        summary=header.ringkasan,
        skipped=header.tidak_ada,
        omitted={at: why for why, places in header.tidak_dimuat.items() for at in places},
        questions=tuple(header.tanya),
        keywords=(*header.kata, *header.subjek),
        provisions=_provisions(header, document, faults),
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    """A heading resolved to its locator, with the headings above it."""

    block: Block
    locator: str
    title: str
    context: tuple[str, ...]


def _walk(document: Document, faults: Faults) -> Iterator[_Unit]:
    context: list[tuple[str, str]] = []
    units: list[tuple[int, str, str]] = []  # heading level, segment, title
    for block in document.blocks:
        if block.level == 0:
            faults.add(
                document.path,
                block.line,
                "isi",
                "Ada teks sebelum judul pertama.",
                "Pindahkan ke bawah judul, misalnya “## Pasal 1 — …”.",
            )
            continue
        name, title = _split(block.title)
        if _CONTEXT.match(name):
            kind = name.split()[0].lower()
            context = [c for c in context if _RANK[c[0]] < _RANK[kind]]
            context.append((kind, title or name))
            units = []
            continue
        unit = _UNIT.match(name)
        if unit is None:
            faults.add(
                document.path,
                block.line,
                block.title,
                "Judul ini tidak dikenali.",
                "Tulis misalnya “## Pasal 12 — …”, “### Ayat (3)” atau “# BAB II — …”.",
            )
            continue
        kind = unit[1].lower()
        if kind in ("pasal", "lampiran", "catatan"):
            units = []
            if kind != "pasal":
                context = []
        units = [u for u in units if u[0] < block.level]
        above = tuple(u[2] for u in units if u[2])
        units.append((block.level, f"{kind}-{unit[2].lower()}" if unit[2] else kind, title))
        locator = "-".join(u[1] for u in units)
        yield _Unit(block, locator, title, tuple(c[1] for c in context) + above)


def _provisions(
    header: RegulationHeader, document: Document, faults: Faults
) -> tuple[Provision, ...]:
    found: dict[str, Provision] = {}
    for unit in _walk(document, faults):
        if unit.locator in found:
            faults.add(
                document.path,
                unit.block.line,
                unit.block.title,
                f"{unit.locator} sudah ada di atas.",
                "Satukan, atau perbaiki nomornya.",
            )
            continue
        found[unit.locator] = _provision(
            header, unit.block, unit.locator, unit.title, unit.context
        )
    return tuple(found.values())


def _provision(
    header: RegulationHeader, block: Block, locator: str, title: str, context: tuple[str, ...]
) -> Provision:
    term = block.sentence("Istilah")
    defines = bool(term) or bool(re.fullmatch(r"pasal-\d+-angka-\d+", locator) and title)
    return Provision(
        source=header.id,
        locator=locator,
        title=term or title,
        text=block.text,
        context=context,
        defines=defines,
        note=block.sentence("Catatan"),
        questions=block.items("Tanya"),
        keywords=block.words("Kata"),
        related=tuple(Ref.parse(part) for part in block.words("Terkait")),
        line=block.line,
    )


def _split(heading: str) -> tuple[str, str]:
    parts = _DASH.split(heading, maxsplit=1)
    return parts[0].strip(), parts[1].strip() if len(parts) > 1 else ""
