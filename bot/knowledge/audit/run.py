"""Holds every regulation, indicator and FAQ against the sources and reports."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.knowledge.audit.claims import (
    copied_runs,
    joined,
    shingles,
    unknown_numbers,
    unknown_officials,
)
from bot.knowledge.audit.sources import SourceText, find_files, read_source
from bot.knowledge.check import indicator_file, regulation_has
from bot.knowledge.faults import Faults, find_line
from bot.knowledge.locator import segments
from bot.knowledge.model import Provision, Regulation, Snapshot


@dataclass
class Row:
    """How a regulation stands against its source.

    Attributes:
        units: Pasal, ayat and definitions of the source (chapters where it has no pasal).
        present: Of these, summarised by us.
        omitted: Of these, left out with a reason.
    """

    id: str
    provisions: int
    units: int = 0
    present: int = 0
    omitted: int = 0

    @property
    def coverage(self) -> float:
        """Share of the source's units that are present, of those not left out; 0 to 1."""
        wanted = self.units - self.omitted
        return self.present / wanted if wanted else 1.0


@dataclass
class Report:
    """What an audit found."""

    rows: list[Row] = field(default_factory=list)
    without_source: list[str] = field(default_factory=list)


def audit(snapshot: Snapshot, folder: Path, sources: Path, faults: Faults) -> Report:
    """Note in ``faults`` what the sources do not bear out; return the coverage.

    Args:
        snapshot: The knowledge.
        folder: Where it was read from, to name files.
        sources: Folder with the official texts as ``.txt``, named by regulation.
        faults: Takes the findings.
    """
    report = Report()
    copies: set[tuple[str, ...]] = set()
    for regulation in snapshot.regulations.values():
        files = find_files(sources, regulation.id)
        if not files:
            report.without_source.append(regulation.id)
            continue
        source = read_source(files)
        path = folder / "regulasi" / f"{regulation.id}.md"
        own = shingles(source.whole)
        copies |= own
        report.rows.append(_coverage(regulation, source, path, faults))
        if regulation.content == "ringkasan":
            _claims(regulation, source, own, path, faults)
    _indicators(snapshot, folder, sources, copies, faults)
    for entry in snapshot.faq:
        path = folder / "tanya-jawab" / f"{entry.id.rsplit('-', 1)[0]}.md"
        for run in copied_runs(entry.text, copies):
            _note_copy(path, find_line(path, run), entry.title, run, faults)
    return report


def _coverage(regulation: Regulation, source: SourceText, path: Path, faults: Faults) -> Row:
    row = Row(regulation.id, len(regulation.provisions))
    # A text without pasal has chapters, or an annex that has them.
    chapters = [f"bab-{n}" for n in source.chapters]
    annex = [f"lampiran-{name}" for name in chapters]
    in_annex = any(regulation_has(regulation, name) for name in annex)
    wanted = list(source.units) or (annex if in_annex else chapters)
    if not any(
        locator in regulation.by_locator or regulation.below(locator) for locator in wanted
    ):
        # A status card: nothing of the text is claimed.
        return row
    row.units = len(wanted)
    for locator in wanted:
        top = "-".join(locator.split("-")[:2])
        if locator in regulation.omitted or top in regulation.omitted:
            row.omitted += 1
        elif regulation_has(regulation, locator):
            row.present += 1
        else:
            faults.add(
                path,
                1,
                locator,
                "Ada di naskah resmi tetapi tidak di sini.",
                "Tulis ringkasannya, atau sebut di tidak_dimuat beserta alasannya.",
            )
    for provision in regulation.provisions:
        if (
            source.units
            and provision.locator.startswith("pasal-")
            and not _in(provision.locator, source)
        ):
            faults.add(
                path,
                provision.line,
                provision.locator,
                "Tidak ada di naskah resmi.",
                "Periksa nomornya.",
            )
    return row


def _in(locator: str, source: SourceText) -> bool:
    kinds = [kind for kind, _ in segments(locator)]
    if kinds[-1] == "huruf" or kinds.count("angka") > 1:
        return True
    return locator in source.units


def _claims(
    regulation: Regulation,
    source: SourceText,
    own: set[tuple[str, ...]],
    path: Path,
    faults: Faults,
) -> None:
    # The closing pasal says "when promulgated"; the date stands in the header.
    days = (regulation.enacted, regulation.promulgated, regulation.effective)
    dates = " ".join([*(f"{d.day} {d.year}" for d in days if d), regulation.gazette])
    for provision in regulation.provisions:
        if not provision.text:
            continue
        basis = joined((_basis(provision, source), dates))
        for number in unknown_numbers(provision.text, basis):
            faults.add(
                path,
                provision.line,
                provision.locator,
                f"Angka {number} tidak ada di naskah resmi bagian itu.",
                "Perbaiki, atau pindahkan hitungan sendiri ke Catatan.",
            )
        for official in unknown_officials(provision.text, basis):
            faults.add(
                path,
                provision.line,
                provision.locator,
                f"“{official}” tidak disebut naskah resmi bagian itu.",
                "Sebut pejabat atau lembaga sebagaimana naskah.",
            )
        for run in copied_runs(provision.text, own):
            _note_copy(path, provision.line, provision.locator, run, faults)


def _basis(provision: Provision, source: SourceText) -> str:
    """Return the official text that a summary may draw on: its unit and what that refers to."""
    text = source.units.get(provision.locator)
    if text is None:
        return source.whole
    # "ayat (2)" points into the same pasal; "Menteri" is defined in the first.
    pasal = source.units["-".join(provision.locator.split("-")[:2])]
    definitions = source.units.get("pasal-1", "") if "Menteri" in text or "Badan" in text else ""
    return joined((text, pasal, source.mentioned(pasal), definitions))


def _indicators(
    snapshot: Snapshot,
    folder: Path,
    sources: Path,
    copies: set[tuple[str, ...]],
    faults: Faults,
) -> None:
    if not copies:
        return
    path = folder / "indikator"
    listed = joined(
        p.read_text(encoding="utf-8", errors="replace")
        for p in sorted(sources.rglob("indikator*.json"))
    )
    for indicator in snapshot.indicators.values():
        where = f"indikator {indicator.number}"
        file = indicator_file(path, indicator.number)
        if listed and f'"{indicator.name}"' not in listed:
            faults.add(
                file,
                find_line(file, "nama:"),
                where,
                "Nama resminya tidak ada di sumber.",
                "Samakan dengan naskah.",
            )
        sections = (
            indicator.assessed,
            indicator.evidence,
            indicator.pitfalls,
            indicator.changes,
        )
        texts = [section.text for section in sections]
        for level in indicator.levels:
            texts += [level.text, level.difference, *level.evidence]
        for run in copied_runs("\n".join(texts), copies):
            _note_copy(file, find_line(file, run), where, run, faults)


def _note_copy(path: Path, line: int, where: str, run: str, faults: Faults) -> None:
    faults.add(
        path,
        line,
        where,
        f"{len(run.split())} kata berturut-turut sama dengan naskah: “{run[:90]}…”.",
        "Tulis dengan kata sendiri.",
    )
