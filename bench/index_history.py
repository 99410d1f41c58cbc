"""Time the look-ups of an index history of up to 100,000 rows, and tell its memory.

usage: python -m bench.index_history [ROWS ...]

Two shapes: *long* keeps the regions and adds years, as time does; *wide* puts all rows into the
newest eight years, so that a year ranks far more regions than the country has.
"""

import gc
import itertools
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.knowledge import snapshot
from bot.knowledge.model import IndexRecord, Region, Snapshot
from bot.regions.history import History, Scope

SIZES = (1_000, 10_000, 100_000)
LAST_YEAR = 2024
WIDE_YEARS = 8
CALLS = 200
TARGET_MS = 5.0
LOCAL = ("kabupaten", "kota")


def synthetic(known: Snapshot, rows: int, *, wide: bool) -> Snapshot:
    """Return a snapshot with so many records, of the figures that there are."""
    source = random.Random(rows)
    official = [r for r in known.records if r.basis == "resmi"]
    regions = [r for r in known.regions.values() if r.kind != "rata-rata"]
    if wide:
        regions = _copies(regions, -(-rows // WIDE_YEARS))
    years = itertools.count(LAST_YEAR, -1)
    pairs = itertools.islice(((region, year) for year in years for region in regions), rows)
    records = tuple(_copy(source.choice(official), region.code, year) for region, year in pairs)
    return replace(known, regions={r.code: r for r in regions}, records=records)


def _copy(record: IndexRecord, region: str, year: int) -> IndexRecord:
    """Return the figures of a record under another region and year, as objects of its own."""
    first, second, third, fourth = (None if d is None else d + 0.0 for d in record.domains)
    figures = (first, second, third, fourth)
    return replace(record, region=region, year=year, index=record.index + 0.0, domains=figures)


def _copies(regions: list[Region], wanted: int) -> list[Region]:
    """Return so many regions, the further ones named after the first: "73.73-2"."""
    out = []
    for at in range(wanted):
        region, turn = regions[at % len(regions)], at // len(regions)
        out.append(replace(region, code=f"{region.code}-{turn}") if turn else region)
    return out


def milliseconds(calls: Iterable[Callable[[], object]]) -> list[float]:
    """Return how long each call takes, sorted."""
    out = []
    for call in calls:
        start = time.perf_counter_ns()
        call()
        out.append((time.perf_counter_ns() - start) / 1e6)
    return sorted(out)


def look_ups(history: History, records: tuple[IndexRecord, ...]) -> dict[str, list[float]]:
    """Time everything that a question can need."""
    source = random.Random(1)
    some = [source.choice(records) for _ in range(CALLS)]
    rows_of: dict[int, int] = {}
    for record in records:
        rows_of[record.year] = rows_of.get(record.year, 0) + 1
    full = max(rows_of, key=lambda year: (rows_of[year], year))
    # A handful of rankings says as much as hundreds: each reads the whole year.
    few = range(CALLS // 4)
    nation, province = Scope(LOCAL), Scope(LOCAL, "73")
    return {
        "get": milliseconds(lambda r=r: history.get(r.region, r.year) for r in some),
        "of (all years)": milliseconds(lambda r=r: history.of(r.region) for r in some),
        "with_index": milliseconds(
            lambda r=r: history.with_index(r.region, r.index) for r in some
        ),
        "nearest_years": milliseconds(
            lambda r=r: history.nearest_years(r.region, 2020) for r in some
        ),
        "conflicts": milliseconds(lambda r=r: history.conflicts(r.region, r.year) for r in some),
        "predicate": milliseconds(lambda r=r: history.predicate(r) for r in some),
        "years": milliseconds(history.years for _ in few),
        "latest_ranked_year": milliseconds(history.latest_ranked_year for _ in few),
        "rows, everyone": milliseconds(
            lambda: history.rows(full, Scope((), everyone=True)) for _ in few
        ),
        "rank, everyone": milliseconds(
            lambda: history.rank(full, Scope((), everyone=True)) for _ in few
        ),
        "rank, kab/kota": milliseconds(lambda: history.rank(full, nation) for _ in few),
        "rank, kab/kota, domain": milliseconds(
            lambda n=n: history.rank(full, nation, n % 4) for n in few
        ),
        "rank, one province": milliseconds(lambda: history.rank(full, province) for _ in few),
        "rank, province, domain": milliseconds(
            lambda n=n: history.rank(full, province, n % 4) for n in few
        ),
    }


def weigh(known: Snapshot, rows: int, *, wide: bool) -> tuple[float, float, float]:
    """Return MB of the records, MB that a history adds, and the seconds it takes to build."""
    gc.collect()
    tracemalloc.start()
    made = synthetic(known, rows, wide=wide)
    records_mb = tracemalloc.get_traced_memory()[0] / 1e6
    held = History(made)
    history_mb = tracemalloc.get_traced_memory()[0] / 1e6 - records_mb
    tracemalloc.stop()
    del held
    # Timed without the tracing, which makes it slower.
    builds = []
    for _ in range(5):
        start = time.perf_counter()
        History(made)
        builds.append(time.perf_counter() - start)
    return records_mb, history_mb, statistics.median(builds)


def main() -> int:
    """Print memory by size, then times at the largest; exit 1 when a median is over the target."""
    sizes = [int(text) for text in sys.argv[1:]] or list(SIZES)
    known, _ = snapshot.load(snapshot.shipped_folder())
    print(f"{'shape':6}{'rows':>9}{'records MB':>12}{'history MB':>12}{'build ms':>10}")
    for wide in (False, True):
        for rows in sizes:
            records, added, seconds = weigh(known, rows, wide=wide)
            shape = "wide" if wide else "long"
            print(f"{shape:6}{rows:>9,}{records:>12.1f}{added:>12.1f}{seconds * 1000:>10.1f}")
    slow = []
    for wide in (False, True):
        made = synthetic(known, max(sizes), wide=wide)
        shape = "wide" if wide else "long"
        per_year = max(sizes) // WIDE_YEARS if wide else len(made.regions)
        print(
            f"\n{shape}, {max(sizes):,} rows, {per_year:,} a year{'median ms':>20}{'p95 ms':>10}"
        )
        for name, times in look_ups(History(made), made.records).items():
            median, p95 = statistics.median(times), times[int(len(times) * 0.95)]
            print(f"  {name:30}{median:>18.4f}{p95:>10.4f}")
            if median > TARGET_MS:
                slow.append(f"{shape}: {name}")
    print(f"\nover {TARGET_MS:g} ms: {', '.join(slow) or 'none'}")
    return int(any(name.startswith("long") for name in slow))


if __name__ == "__main__":
    sys.exit(main())
