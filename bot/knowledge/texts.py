"""Reads ``tanya-jawab/``, ``istilah.yaml``, ``ejaan.yaml`` and ``indeks/predikat.yaml``."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, RootModel

from bot.knowledge.document import read_document
from bot.knowledge.faults import Faults, find_line
from bot.knowledge.headers import FaqHeader, read_header
from bot.knowledge.locator import Ref
from bot.knowledge.model import FaqEntry, PredicateBand, Term
from bot.knowledge.reading import read_mapping, read_text
from bot.knowledge.shapes import Strict, read_shape


def read_faq(path: Path, faults: Faults) -> list[FaqEntry]:
    """Read one file of questions and answers; each ``##`` heading is a question."""
    document = read_document(path, faults)
    header = read_header(FaqHeader, document, faults) if document else None
    if document is None or header is None:
        return []
    entries = []
    for number, block in enumerate(document.blocks, 1):
        if block.level != 2 or not block.text:
            faults.add(
                path,
                block.line,
                block.title or "isi",
                "Pertanyaan tanpa jawaban.",
                "Tulis “## Pertanyaan?” lalu jawabannya di bawahnya.",
            )
            continue
        basis = tuple(Ref.parse(ref) for ref in block.words("Dasar"))
        office = block.sentence("Sumber")
        if not basis and not office:
            faults.add(
                path,
                block.line,
                "Dasar",
                "Jawaban ini tanpa dasar.",
                "Tambahkan “Dasar: id#locator” atau id dari indeks/sumber.csv; tanpa itu tulis "
                "“Sumber: siapa yang menyatakan, tanggal”.",
            )
        entries.append(
            FaqEntry(
                id=f"{path.stem}-{number}",
                title=block.title,
                text=block.text,
                basis=basis,
                note=block.sentence("Catatan"),
                region=header.wilayah,
                questions=(block.title, *block.items("Tanya")),
                keywords=block.words("Kata"),
                office=office,
            )
        )
    return entries


class _Terms(BaseModel):
    istilah: list[Any] = []
    ukuran_lain: list[Any] = []
    tempat_lain: list[Any] = []


class _Band(Strict):
    nama: str
    minimal: float


class _Predicates(RootModel[dict[str, list[_Band]]]):
    pass


def read_terms(
    path: Path, faults: Faults
) -> tuple[tuple[Term, ...], tuple[str, ...], tuple[str, ...]]:
    """Read ``istilah.yaml``: the glossary, other measures than ours, other places than regions."""
    data = read_shape(_Terms, path, faults) or _Terms()
    terms = []
    for number, item in enumerate(data.istilah, 1):
        if not isinstance(item, dict) or not item.get("nama"):
            faults.add(path, 1, f"istilah ke-{number}", "Istilah tanpa nama.", "Isi “nama:”.")
            continue
        unknown = set(item) - {"nama", "kepanjangan", "arti", "sinonim", "dasar"}
        if unknown:
            faults.add(
                path,
                find_line(path, f"nama: {item['nama']}"),
                str(item["nama"]),
                f"Kunci {sorted(unknown)} tidak dikenal.",
                "Pakai nama, kepanjangan, arti, sinonim, dasar.",
            )
        terms.append(
            Term(
                name=str(item["nama"]),
                expansion=str(item.get("kepanjangan", "")),
                meaning=str(item.get("arti", "")),
                synonyms=_words(item.get("sinonim")),
                basis=tuple(Ref.parse(ref) for ref in _words(item.get("dasar"))),
            )
        )
    measures = tuple(str(m) for m in data.ukuran_lain)
    return tuple(terms), measures, tuple(str(p) for p in data.tempat_lain)


def _words(value: Any) -> tuple[str, ...]:
    """One word or a list of them, as strings."""
    if value is None:
        return ()
    return tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)


def read_spellings(path: Path, faults: Faults) -> dict[str, str]:
    """Read ``ejaan.yaml``: chat spelling -> standard words."""
    data = read_mapping(path, faults) or {}
    return {str(key).lower(): str(value).lower() for key, value in data.items()}


def read_words(path: Path, faults: Faults) -> frozenset[str]:
    """Read ``kosakata.txt``: everyday words that are spelled right, one a line; may be absent."""
    text = read_text(path, faults) if path.exists() else None
    lines = (line.strip().lower() for line in (text or "").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def read_predicates(path: Path, faults: Faults) -> dict[str, tuple[PredicateBand, ...]]:
    """Read ``predikat.yaml``: bands by instrument, highest first."""
    data = read_shape(_Predicates, path, faults)
    return {
        instrument: tuple(PredicateBand(band.nama, band.minimal) for band in bands)
        for instrument, bands in (data.root if data else {}).items()
    }
