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
from bot.knowledge.snapshot import load

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
    """

    group: str
    name: str
    region: str
    change: Change


@dataclass(frozen=True, slots=True)
class _Unit:
    region: str
    value: Any


_Key = tuple[str, str]


def unit_changes(before: Snapshot, after: Snapshot) -> tuple[UnitChange, ...]:
    """Return the units that differ, in the order of their groups and places."""
    old, new = dict(_units(before)), dict(_units(after))
    out = []
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        change = Change.ADDED if was is None else Change.REMOVED if now is None else Change.CHANGED
        regions = {unit.region for unit in (was, now) if unit is not None}
        # A unit that moves from one region to another is nobody's alone.
        out.append(UnitChange(*key, regions.pop() if len(regions) == 1 else "", change))
    return tuple(out)


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


def _units(snapshot: Snapshot) -> Iterator[tuple[_Key, _Unit]]:
    for regulation in snapshot.regulations.values():
        yield from _of_regulation(regulation)
    for number, indicator in snapshot.indicators.items():
        yield (f"Indikator {number}", indicator.short), _Unit("", indicator)
    names = {code: region.name for code, region in snapshot.regions.items()}
    for record in snapshot.records:
        name = f"{names.get(record.region, record.region)} {record.year}"
        yield ("Angka indeks", name), _Unit(record.region, record)
    for at, conflict in enumerate(snapshot.conflicts):
        name = f"{names.get(conflict.region, conflict.region)} {conflict.year}"
        same = sum(
            (c.region, c.year) == (conflict.region, conflict.year) for c in snapshot.conflicts[:at]
        )
        place = f"{name} ({same + 1})" if same else name
        yield ("Angka yang berbeda", place), _Unit(conflict.region, conflict)
    for entry in snapshot.faq:
        yield ("Tanya jawab", entry.title), _Unit(entry.region, replace(entry, id=""))
    for event in snapshot.deadlines:
        own = event.audience.regions
        unit = _Unit(own[0] if len(own) == 1 else "", replace(event, line=0))
        yield (f"Jadwal {event.year}", event.title), unit
    for term in snapshot.terms:
        yield ("Istilah", term.name), _Unit("", term)
    for region in snapshot.regions.values():
        yield ("Daerah dan instansi", region.name), _Unit("", region)
    for source in snapshot.sources.values():
        yield ("Sumber angka", source.title), _Unit("", source)
    for year, figures in snapshot.national.items():
        yield ("Indeks nasional", str(year)), _Unit("", figures)
    for spelling, words in snapshot.chat_spellings.items():
        yield ("Ejaan", spelling), _Unit("", words)
    for group, value in (
        ("Domain dan aspek", (snapshot.domains, snapshot.aspects)),
        ("Predikat", snapshot.predicates),
        ("Kosakata", snapshot.everyday_words),
        ("Ukuran lain", (snapshot.other_measures, snapshot.other_places)),
        ("Indikator Pemdi", snapshot.pemdi),
    ):
        yield (group, ""), _Unit("", value)


def _of_regulation(regulation: Regulation) -> Iterator[tuple[_Key, _Unit]]:
    heading = {
        name: getattr(regulation, name)
        for name in Regulation.__dataclass_fields__
        if name != "provisions"
    }
    yield (regulation.short, "keterangan"), _Unit(regulation.region, heading)
    for provision in regulation.provisions:
        unit = _Unit(regulation.region, replace(provision, line=0))
        yield (regulation.short, label(provision.locator)), unit


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
