"""Titles of pictures: each says what the picture shows to be so."""

from collections.abc import Sequence

from bot.answering import wording
from bot.answering.index.writing import Writer
from bot.knowledge.model import IndexRecord
from bot.regions.history import DOMAINS
from bot.regions.predicate import breaks_between


def of_trend(writer: Writer, records: Sequence[IndexRecord]) -> str:
    """Say where an agency stands now and how it moved, or who of several is highest."""
    year = max(r.year for r in records)
    latest = [r for r in records if r.year == year]
    top = max(latest, key=lambda r: r.index)
    name = writer.name(top.region)
    if len({r.region for r in records}) > 1:
        return f"{name} tertinggi pada {year}: {wording.number(top.index)}"
    title = f"{name} {year}: {wording.number(top.index)} ({writer.history.predicate(top)})"
    before = max((r for r in records if r.year < year), key=lambda r: r.year, default=None)
    if before is None or breaks_between(before.year, year):
        return title
    moved = round(top.index - before.index, 2)
    if not moved:
        return f"{title}, tetap sejak {before.year}"
    way = "naik" if moved > 0 else "turun"
    return f"{title}, {way} {wording.number(abs(moved))} dari {before.year}"


def of_movers(writer: Writer, before: IndexRecord, after: IndexRecord) -> str:
    """Say who moved most between two years."""
    gap = after.index - before.index
    way = "naik" if gap > 0 else "turun"
    return (
        f"{writer.name(after.region)} {way} paling jauh: {wording.number(abs(gap))} poin "
        f"({before.year}–{after.year})"
    )


def of_bars(
    writer: Writer, figures: Sequence[tuple[IndexRecord, float]], domain: int | None
) -> str:
    """Say who is highest and lowest of those shown; the highest comes first."""
    (top, high), (low, least) = figures[0], figures[-1]
    between = " sampai" if len(figures) > 2 else ","
    return (
        f"{_what(top.year, domain)}: {writer.name(top.region)} {wording.number(high)}{between} "
        f"{writer.name(low.region)} {wording.number(least)}"
    )


def of_profile(writer: Writer, records: Sequence[IndexRecord]) -> str:
    """Say which domain is strongest and weakest, or differs most between two."""
    if len(records) == 1:
        named = [(d, n) for d, n in zip(records[0].domains, DOMAINS, strict=True) if d is not None]
        high, low = max(named), min(named)
        return (
            f"{writer.name(records[0].region)} {records[0].year}: terkuat {high[1]} "
            f"{wording.number(high[0])}, terlemah {low[1]} {wording.number(low[0])}"
        )
    one, other = records[0], records[1]
    gaps = [
        (abs(a - b), name, a, b)
        for a, b, name in zip(one.domains, other.domains, DOMAINS, strict=True)
        if a is not None and b is not None
    ]
    if not gaps:
        return f"Indeks domain {writer.names((one.region, other.region))}"
    _, name, a, b = max(gaps)
    return (
        f"Beda terbesar pada {name}: {writer.name(one.region)} {wording.number(a)}, "
        f"{writer.name(other.region)} {wording.number(b)}"
    )


def of_position(
    writer: Writer, record: IndexRecord, place: int, among: int, domain: int | None
) -> str:
    """Say the place of an agency among those of its ranking."""
    what = _what(record.year, domain)
    return f"{writer.name(record.region)} peringkat {place} dari {among} ({what})"


def _what(year: int, domain: int | None) -> str:
    """Name what is drawn: the year alone for the index, with the domain for one of its parts."""
    return str(year) if domain is None else f"domain {DOMAINS[domain]} {year}"
