"""What two states of the knowledge differ in: unit by unit for people, line by line in full."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.collecting import collector_paused
from bot.knowledge.locator import label
from bot.knowledge.model import Regulation, Snapshot
from bot.knowledge.snapshot import FolderSnapshot, load

OTHER_FILES = "Berkas lain"
"""Group of files that changed without a unit of theirs: guides, schemas, comments, order."""
_WIDE_AS_LINES = 3


class Change(StrEnum):
    """What happened to a unit."""

    ADDED = "baru"
    CHANGED = "berubah"
    REMOVED = "dihapus"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit that differs: a provision, a figure, an answer, a term ...

    Attributes:
        group: What it belongs to, such as ``Perpres 95/2018`` or ``Angka indeks``.
        name: What it is called in there, such as ``Pasal 12 ayat (3)``.
        region: Code of the one region that it is about; empty when it is everybody's.
        change: Whether it is new, changed or gone.
        path: The file that it stands in.
    """

    group: str
    name: str
    region: str
    change: Change
    path: str = ""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit as it is compared.

    Attributes:
        path: The file that it stands in; units of one name in two files are two units.
        key: What it is told apart by in there; the same again gets an ordinal.
        group: As in ``UnitChange``.
        name: As in ``UnitChange``.
        region: As in ``UnitChange``.
        value: What must be equal for it to be unchanged.
    """

    path: str
    key: str
    group: str
    name: str
    region: str
    value: Any


def unit_changes(before: Snapshot, after: Snapshot) -> tuple[UnitChange, ...]:
    """Return the units that differ, in the order of their groups and places.

    Files that differ without a unit of theirs come last, so that every changed file is told.
    """
    old, new = _by_key(before), _by_key(after)
    out = []
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        shown = now or was
        if shown is None or (was and now and (was.region, was.value) == (now.region, now.value)):
            continue
        regions = {unit.region for unit in (was, now) if unit is not None}
        # A unit that moves from one region to another is nobody's alone.
        region = regions.pop() if len(regions) == 1 else ""
        out.append(UnitChange(shown.group, shown.name, region, _change(was, now), shown.path))
    told = {unit.path for unit in out}
    return (*out, *(unit for unit in _file_changes(before, after) if unit.path not in told))


def _change(was: object, now: object) -> Change:
    return Change.ADDED if was is None else Change.REMOVED if now is None else Change.CHANGED


def _by_key(snapshot: Snapshot) -> dict[tuple[str, str, int], _Unit]:
    out: dict[tuple[str, str, int], _Unit] = {}
    seen: dict[tuple[str, str], int] = {}
    for unit in _units(snapshot):
        same = (unit.path, unit.key)
        seen[same] = seen.get(same, 0) + 1
        out[(*same, seen[same])] = unit
    return out


def _file_changes(before: Snapshot, after: Snapshot) -> Iterator[UnitChange]:
    if not isinstance(before, FolderSnapshot) or not isinstance(after, FolderSnapshot):
        return
    for path in sorted({*before.files, *after.files}):
        was, now = before.files.get(path), after.files.get(path)
        if was != now:
            yield UnitChange(OTHER_FILES, path, "", _change(was, now), path)


def folder_changes(before: Path, after: Path) -> tuple[UnitChange, ...]:
    """Return the units that differ between two knowledge folders.

    Raises:
        KnowledgeError: One of them holds no knowledge.
    """

    def compared() -> tuple[UnitChange, ...]:
        return unit_changes(load(before)[0], load(after)[0])

    # What is read to compare must be gone before garbage is collected again.
    with collector_paused():
        return compared()


def _units(snapshot: Snapshot) -> Iterator[_Unit]:
    for regulation in snapshot.regulations.values():
        yield from _of_regulation(regulation)
    places = snapshot.indicator_files if isinstance(snapshot, FolderSnapshot) else {}
    for number, indicator in snapshot.indicators.items():
        path, group = places.get(number, ""), f"Indikator {number}"
        yield _Unit(path, group, group, indicator.short, "", indicator)
    yield from _of_figures(snapshot)
    for entry in snapshot.faq:
        path = f"tanya-jawab/{entry.id.rpartition('-')[0]}.md"
        value = replace(entry, id="")
        yield _Unit(path, entry.title, "Tanya jawab", entry.title, entry.region, value)
    for event in snapshot.deadlines:
        own = event.audience.regions
        region = own[0] if len(own) == 1 else ""
        dated = replace(event, line=0)
        yield _Unit(event.path, event.id, f"Jadwal {event.year}", event.title, region, dated)
    for term in snapshot.terms:
        yield _Unit("istilah.yaml", f"istilah {term.name}", "Istilah", term.name, "", term)
    for place in snapshot.regions.values():
        path = "instansi.csv" if place.is_agency else "wilayah.csv"
        yield _Unit(path, place.code, "Daerah dan instansi", place.name, "", place)
    for spelling, words in snapshot.chat_spellings.items():
        yield _Unit("ejaan.yaml", spelling, "Ejaan", spelling, "", words)
    for path, group, whole in (
        ("indikator/struktur.yaml", "Domain dan aspek", (snapshot.domains, snapshot.aspects)),
        ("indeks/predikat.yaml", "Predikat", snapshot.predicates),
        ("kosakata.txt", "Kosakata", snapshot.everyday_words),
        ("istilah.yaml", "Ukuran lain", (snapshot.other_measures, snapshot.other_places)),
        ("indikator/pemdi.yaml", "Indikator Pemdi", snapshot.pemdi),
    ):
        yield _Unit(path, group, group, "", "", whole)


def _of_figures(snapshot: Snapshot) -> Iterator[_Unit]:
    names = {code: region.name for code, region in snapshot.regions.items()}
    for record in snapshot.records:
        key = f"{record.region} {record.year}"
        name = f"{names.get(record.region, record.region)} {record.year}"
        yield _Unit("indeks/indeks.csv", key, "Angka indeks", name, record.region, record)
    seen: dict[str, int] = {}
    for conflict in snapshot.conflicts:
        key = f"{conflict.region} {conflict.year}"
        seen[key] = seen.get(key, 0) + 1
        name = f"{names.get(conflict.region, conflict.region)} {conflict.year}"
        shown = f"{name} ({seen[key]})" if seen[key] > 1 else name
        group = "Angka yang berbeda"
        yield _Unit("indeks/konflik.csv", key, group, shown, conflict.region, conflict)
    for source in snapshot.sources.values():
        yield _Unit("indeks/sumber.csv", source.id, "Sumber angka", source.title, "", source)
    for year, figures in snapshot.national.items():
        yield _Unit("indeks/nasional.csv", str(year), "Indeks nasional", str(year), "", figures)


def _of_regulation(regulation: Regulation) -> Iterator[_Unit]:
    heading = {
        name: getattr(regulation, name)
        for name in Regulation.__dataclass_fields__
        if name != "provisions"
    }
    path, region = f"regulasi/{regulation.id}.md", regulation.region
    yield _Unit(path, "", regulation.short, "keterangan", region, heading)
    for provision in regulation.provisions:
        at = provision.locator
        yield _Unit(path, at, regulation.short, label(at), region, replace(provision, line=0))


def counted(changes: Iterable[UnitChange]) -> dict[str, dict[Change, int]]:
    """Count changes by group and kind, in order."""
    out: dict[str, dict[Change, int]] = {}
    for unit in changes:
        counts = out.setdefault(unit.group, {})
        counts[unit.change] = counts.get(unit.change, 0) + 1
    return out


def line_difference(before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> str:
    """Return the difference of files line by line, as a unified diff."""
    out: list[str] = []
    for path in sorted({*before, *after}):
        old, new = (_lines(files.get(path)) for files in (before, after))
        out += difflib.unified_diff(
            old,
            new,
            path if before.get(path) is not None else "(belum ada)",
            path if after.get(path) is not None else "(dihapus)",
            n=_WIDE_AS_LINES,
            lineterm="",
        )
    return "\n".join(out) + "\n" if out else ""


def _lines(content: bytes | None) -> list[str]:
    return [] if content is None else content.decode("utf-8", "replace").splitlines()
