"""Checks that span files: links resolve, weights add up, every unit carries its questions."""

import re
from pathlib import Path

from bot.knowledge.faults import Faults, find_line
from bot.knowledge.lists import items
from bot.knowledge.locator import Ref, segments
from bot.knowledge.model import Regulation, Snapshot

MIN_QUESTIONS = 3
WEIGHT_SUM = 100.0
_REVERSE = {"dicabut_oleh": "mencabut", "diubah_oleh": "mengubah"}


def cross_check(snapshot: Snapshot, folder: Path, faults: Faults) -> None:
    """Note every fault that shows only when the files are seen together."""
    for regulation in snapshot.regulations.values():
        _check_regulation(regulation, snapshot, folder, faults)
    _check_indicators(snapshot, folder, faults)
    _check_tables(snapshot, folder, faults)
    for entry in snapshot.faq:
        path = folder / "tanya-jawab" / f"{entry.id.rsplit('-', 1)[0]}.md"
        for ref in entry.basis:
            if not resolves(ref, snapshot):
                faults.add(
                    path,
                    find_line(path, "Dasar:", str(ref)),
                    entry.title,
                    f"Dasar “{ref}” tidak ada.",
                    "Periksa id dan locator.",
                )
    for term in snapshot.terms:
        for ref in term.basis:
            if not resolves(ref, snapshot):
                path = folder / "istilah.yaml"
                faults.add(
                    path,
                    find_line(path, f"nama: {term.name}"),
                    term.name,
                    f"Dasar “{ref}” tidak ada.",
                    "Periksa id dan locator.",
                )


def resolves(ref: Ref, snapshot: Snapshot) -> bool:
    """Whether a reference points at something that the snapshot holds."""
    if ref.source == "indikator" or ref.locator.startswith("indikator-"):
        try:
            (_, number), *rest = segments(ref.locator)
        except ValueError:
            return False
        levels = {("tingkat", str(level)) for level in range(1, 6)}
        known = levels | {(part, "") for part in ("bukti", "penyebab", "perubahan")}
        return int(number) in snapshot.indicators and (
            not rest or (len(rest) == 1 and rest[0] in known)
        )
    regulation = snapshot.regulations.get(ref.source)
    if regulation is None:
        return ref.source in snapshot.sources and not ref.locator
    return not ref.locator or regulation_has(regulation, ref.locator)


def regulation_has(regulation: Regulation, locator: str) -> bool:
    """Whether a regulation holds a unit, a list item in a unit, or one left out on purpose."""
    if locator in regulation.by_locator or locator in regulation.omitted:
        return True
    if regulation.below(locator):
        return True
    head = locator
    while found := re.search(r"-(?:huruf-[a-z]+|angka-\d+)$", head):
        head = head[: found.start()]
        host = regulation.by_locator.get(head)
        if host is not None:
            wanted = locator[len(head) + 1 :]
            return any(path == wanted for path, _ in items(host.text))
    return False


def _check_regulation(
    regulation: Regulation, snapshot: Snapshot, folder: Path, faults: Faults
) -> None:
    path = folder / "regulasi" / f"{regulation.id}.md"
    dates = (regulation.enacted, regulation.promulgated)
    if dates[0] and dates[1] and dates[1] < dates[0]:
        faults.add(
            path,
            1,
            "tanggal_pengundangan",
            "Lebih awal daripada penetapan.",
            "Periksa kedua tanggal.",
        )
    for relation in regulation.relations:
        other = snapshot.regulations.get(relation.target)
        if other is None:
            faults.add(
                path,
                1,
                f"relasi.{relation.kind}",
                f"{relation.target} belum punya berkas.",
                f"Buat regulasi/{relation.target}.md atau perbaiki id-nya.",
            )
            continue
        back = _REVERSE.get(relation.kind)
        if back and not any(r.target == regulation.id for r in other.related(back)):
            faults.add(
                path,
                1,
                f"relasi.{relation.kind}",
                f"{relation.target} tidak menyebut “{back}: {regulation.id}”.",
                "Tulis hubungan itu di kedua berkas.",
            )
    if regulation.related("dicabut_oleh") and regulation.status == "berlaku":
        faults.add(
            path,
            1,
            "status",
            "Berstatus berlaku padahal ada yang mencabutnya.",
            "Ubah status menjadi dicabut.",
        )
    for provision in regulation.provisions:
        line = provision.line
        has_children = bool(regulation.below(provision.locator))
        if not provision.text and not has_children:
            faults.add(path, line, provision.locator, "Tidak ada isinya.", "Tulis isinya.")
        if regulation.content == "ringkasan" and provision.text:
            if len(provision.questions) < MIN_QUESTIONS:
                faults.add(
                    path,
                    line,
                    f"{provision.locator} Tanya",
                    f"Baru {len(provision.questions)} pertanyaan.",
                    f"Tulis sedikitnya {MIN_QUESTIONS} pertanyaan sehari-hari.",
                )
            if not provision.keywords:
                faults.add(
                    path,
                    line,
                    f"{provision.locator} Kata",
                    "Belum ada kata kunci.",
                    "Tambahkan “Kata: …”.",
                )
        for ref in provision.related:
            if not resolves(ref, snapshot):
                faults.add(
                    path,
                    line,
                    f"{provision.locator} Terkait",
                    f"“{ref}” tidak ada.",
                    "Periksa id dan locator.",
                )


def _check_indicators(snapshot: Snapshot, folder: Path, faults: Faults) -> None:
    path = folder / "indikator"
    structure = path / "struktur.yaml"
    numbers = set(snapshot.indicators)
    last = max((aspect.indicators[1] for aspect in snapshot.aspects.values()), default=0)
    missing = sorted(set(range(1, last + 1)) - numbers)
    if missing:
        faults.add(
            structure, 1, "nomor", f"Indikator {missing} belum ada.", "Tambahkan berkasnya."
        )
        return
    for aspect in snapshot.aspects.values():
        first, final = aspect.indicators
        inside = [snapshot.indicators[n] for n in range(first, final + 1)]
        total = round(sum(i.weight for i in inside), 4)
        if abs(total - aspect.weight) > 1e-6:
            faults.add(
                structure,
                find_line(structure, aspect.name),
                f"aspek {aspect.number}",
                f"Bobot indikatornya berjumlah {total}, bukan {aspect.weight}.",
                "Periksa bobot tiap indikator.",
            )
        for indicator in inside:
            if (indicator.aspect, indicator.domain) != (aspect.number, aspect.domain):
                file = indicator_file(path, indicator.number)
                faults.add(
                    file,
                    find_line(file, "aspek:"),
                    f"indikator {indicator.number}",
                    "Aspek atau domainnya tidak cocok dengan struktur.yaml.",
                    f"Pakai aspek {aspect.number}, domain {aspect.domain}.",
                )
    for indicator in snapshot.indicators.values():
        for level in indicator.levels:
            if len(level.questions) < MIN_QUESTIONS or not level.text:
                file = indicator_file(path, indicator.number)
                faults.add(
                    file,
                    find_line(file, f"## Tingkat {level.number}"),
                    f"indikator {indicator.number} tingkat {level.number}",
                    "Isi atau pertanyaannya kurang.",
                    f"Tulis kriteria dan sedikitnya {MIN_QUESTIONS} pertanyaan.",
                )
        for ref in indicator.basis:
            if not resolves(ref, snapshot):
                file = indicator_file(path, indicator.number)
                faults.add(
                    file,
                    find_line(file, "dasar:"),
                    f"indikator {indicator.number} dasar",
                    f"“{ref}” tidak ada.",
                    "Periksa id dan locator.",
                )


def indicator_file(folder: Path, number: int) -> Path:
    """Return the file of an indicator; the folder when there is none."""
    return next(iter(sorted(folder.glob(f"{number:02d}-*.md"))), folder)


def _check_tables(snapshot: Snapshot, folder: Path, faults: Faults) -> None:
    for name, rows in (("indeks.csv", snapshot.records), ("konflik.csv", snapshot.conflicts)):
        path = folder / "indeks" / name
        for row in rows:
            where = f"{row.region} {row.year}"
            if row.region not in snapshot.regions:
                faults.add(
                    path,
                    find_line(path, row.region, str(row.year)),
                    where,
                    "Kode wilayah tidak dikenal.",
                    "Tambahkan ke wilayah.csv atau instansi.csv.",
                )
            if row.source not in snapshot.sources:
                faults.add(
                    path,
                    find_line(path, row.region, str(row.year)),
                    where,
                    f"Sumber “{row.source}” tidak dikenal.",
                    "Tambahkan ke indeks/sumber.csv.",
                )
    names = {band.name for band in snapshot.predicates.get("spbe", ())}
    path = folder / "indeks/indeks.csv"
    for record in snapshot.records:
        if record.predicate and record.predicate not in names:
            faults.add(
                path,
                find_line(path, record.region, str(record.year)),
                f"{record.region} {record.year}",
                f"Predikat “{record.predicate}” tidak dikenal.",
                f"Pakai salah satu: {', '.join(sorted(names))}.",
            )
