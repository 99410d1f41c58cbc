"""Turns a knowledge folder into a snapshot, and says where the folder is."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import KnowledgeError
from bot.knowledge import calendar, indicators, pemdi, regulations, tables, texts
from bot.knowledge.check import cross_check
from bot.knowledge.faults import Fault, Faults
from bot.knowledge.folder import shipped_folder as shipped_folder
from bot.knowledge.model import Indicator, Snapshot
from bot.knowledge.publishing import tree
from bot.knowledge.publishing.layout import check_files


@dataclass(frozen=True, eq=False)
class FolderSnapshot(Snapshot):
    """What a folder holds, with the files that it was read from.

    Attributes:
        files: SHA-256 of each file by its path in the folder, of those too that nothing reads.
        indicator_files: Path of each indicator.
    """

    files: dict[str, str] = field(default_factory=dict)
    indicator_files: dict[int, str] = field(default_factory=dict)


def load(folder: Path) -> tuple[FolderSnapshot, tuple[Fault, ...]]:
    """Read a knowledge folder whole.

    Returns:
        The snapshot of all that could be read, and the faults found on the way.

    Raises:
        KnowledgeError: The folder is absent or holds no regulation at all.
    """
    faults = Faults(folder)
    files = sorted((folder / "regulasi").glob("*.md"))
    if not files:
        raise KnowledgeError(
            f"Tidak ada berkas regulasi di “{folder / 'regulasi'}”. "
            "Perbaikan: arahkan KNOWLEDGE_DIR ke folder pengetahuan yang benar."
        )
    check_files(folder, faults)
    found_regulations = [regulations.read_regulation(path, faults) for path in files]
    indicator_files = sorted((folder / "indikator").glob("*.md"))
    found_indicators = [indicators.read_indicator(path, faults) for path in indicator_files]
    domains, aspects = indicators.read_structure(folder / "indikator/struktur.yaml", faults)
    terms, other_measures, other_places = texts.read_terms(folder / "istilah.yaml", faults)
    snapshot = FolderSnapshot(
        revision=fingerprint(folder),
        regulations={r.id: r for r in found_regulations if r},
        indicators=_by_number(found_indicators, folder, faults),
        domains=domains,
        aspects=aspects,
        predicates=texts.read_predicates(folder / "indeks/predikat.yaml", faults),
        regions=tables.read_regions(folder, faults),
        records=tables.read_records(folder / "indeks/indeks.csv", faults),
        conflicts=tables.read_conflicts(folder / "indeks/konflik.csv", faults),
        national=tables.read_national(folder / "indeks/nasional.csv", faults),
        sources=tables.read_sources(folder / "indeks/sumber.csv", faults),
        faq=tuple(
            entry
            for path in sorted((folder / "tanya-jawab").glob("*.md"))
            for entry in texts.read_faq(path, faults)
        ),
        terms=terms,
        other_measures=other_measures,
        other_places=other_places,
        chat_spellings=texts.read_spellings(folder / "ejaan.yaml", faults),
        everyday_words=texts.read_words(folder / "kosakata.txt", faults),
        pemdi=pemdi.read_pemdi(folder / "indikator/pemdi.yaml", faults),
        deadlines=calendar.read_calendar(folder / "jadwal", faults),
        files=_digests(folder),
        indicator_files={
            indicator.number: path.relative_to(folder).as_posix()
            for path, indicator in zip(indicator_files, found_indicators, strict=True)
            if indicator is not None
        },
    )
    cross_check(snapshot, folder, faults)
    pemdi.check_pemdi(snapshot, folder / "indikator/pemdi.yaml", faults)
    calendar.check_calendar(snapshot, folder, faults)
    return snapshot, faults.sorted()


def _by_number(
    found: list[Indicator | None], folder: Path, faults: Faults
) -> dict[int, Indicator]:
    out: dict[int, Indicator] = {}
    for indicator in found:
        if indicator is None:
            continue
        if indicator.number in out:
            faults.add(
                folder / "indikator/struktur.yaml",
                1,
                f"nomor {indicator.number}",
                "Dua berkas memakai nomor indikator ini.",
                "Hapus salah satunya.",
            )
        out[indicator.number] = indicator
    return out


def _digests(folder: Path) -> dict[str, str]:
    out = {}
    for name, path in tree.listed(folder).items():
        try:
            out[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:  # the readers say why
            out[name] = ""
    return out


def fingerprint(folder: Path) -> str:
    """Return a short hash of the names and bytes of all knowledge files."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".md", ".csv", ".yaml", ".txt"}:
            name = path.relative_to(folder).as_posix()
            digest.update(name.encode("utf-8", "surrogateescape") + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
