"""``spbe-bot index import``: bring figures from a table into ``indeks.csv``."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from bot.cli.base import open_base, operator
from bot.cli.files import read_limited
from bot.knowledge import snapshot
from bot.knowledge.model import Conflict, IndexRecord
from bot.knowledge.tables import BASES
from bot.regions.importing import (
    ImportPlan,
    ImportRow,
    Outcome,
    plan_import,
    planned_tables,
)
from bot.regions.sheets import MOST_BYTES, read_sheet
from bot.settings import load_settings

MOST_SHOWN = 50


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", default="", metavar="ID", help="Id sumber.csv bagi baris tanpa sumber.")
@click.option("--basis", type=click.Choice(BASES), help="Dasar bagi baris tanpa kolom dasar.")
@click.option("--year", type=int, help="Tahun bagi baris tanpa kolom tahun.")
@click.option("--yes", is_flag=True, help="Tulis tanpa bertanya.")
@click.option("--dry-run", is_flag=True, help="Laporkan saja, tidak menulis.")
def import_(
    file: Path, source: str, basis: str | None, year: int | None, yes: bool, dry_run: bool
) -> None:
    """Masukkan angka indeks dari FILE (CSV atau XLSX) ke indeks.csv.

    Kolom yang dibaca: kode atau nama, tahun, indeks, predikat, kebijakan, tata kelola,
    manajemen, layanan, dasar, sumber, tabel, catatan. Baris bermasalah tidak ditulis.
    """
    base = open_base(load_settings())
    folder, number = base.served(), base.number
    rows = read_sheet(read_limited(file, MOST_BYTES), file.name)
    found, _ = snapshot.load(folder)
    plan = plan_import(found, rows, source=source, basis=basis or "", year=year)
    for line in report(plan):
        click.echo(line)
    if plan.to_write and not dry_run:
        if yes or click.confirm(f"Terbitkan {plan.to_write} baris?"):
            revision = base.publish(
                planned_tables(folder, plan),
                author=operator().author,
                note=f"Angka indeks: {plan.to_write} baris dari {file.name}",
                expected=number,
            )
            click.echo(f"{plan.to_write} baris terbit sebagai revisi {revision.number}.")
        else:
            click.echo("Tidak ada yang ditulis.")
    sys.exit(1 if plan.of(Outcome.PROBLEM) else 0)


def report(plan: ImportPlan) -> Iterable[str]:
    """Write what a plan would do, in lines."""
    counts = {outcome: len(plan.of(outcome)) for outcome in Outcome}
    yield ", ".join(f"{count} {outcome}" for outcome, count in counts.items()) + "."
    for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.CONFLICT, Outcome.PROBLEM):
        yield from _section(outcome.capitalize(), [_told(row) for row in plan.of(outcome)])
    warned = [
        f"baris {row.line}: {row.name}: {warning}" for row in plan.rows for warning in row.warnings
    ]
    yield from _section("Perlu dilihat", warned)
    if plan.skipped:
        yield f"Dilewati (bukan baris data): baris {_numbers(plan.skipped)}."
    if counts[Outcome.PROBLEM] and plan.to_write:
        yield f"Baris bermasalah tidak ditulis; {plan.to_write} baris lain dapat ditulis."
    elif not plan.to_write:
        yield "Tidak ada yang perlu ditulis."


def _section(title: str, lines: list[str]) -> Iterable[str]:
    if lines:
        yield f"\n{title}:"
        yield from (f"  {line}" for line in lines[:MOST_SHOWN])
        if len(lines) > MOST_SHOWN:
            yield f"  … dan {len(lines) - MOST_SHOWN} lagi"


def _told(row: ImportRow) -> str:
    start = f"baris {row.line}: {row.name}: "
    if row.changes:
        return start + "; ".join(
            f"{c.column} {c.before or '(kosong)'} → {c.after or '(kosong)'}" for c in row.changes
        )
    if isinstance(row.write, IndexRecord):
        predicate = f" {row.write.predicate}" if row.write.predicate else ""
        return f"{start}{row.write.index:.2f}{predicate} ({row.write.basis}, {row.write.source})"
    if isinstance(row.write, Conflict):
        return f"{start}{row.message} Ke konflik.csv. {row.mend}"
    return f"{start}{row.message} Perbaikan: {row.mend}"


def _numbers(lines: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, lines[:MOST_SHOWN]))
    return shown + (f" … dan {len(lines) - MOST_SHOWN} lagi" if len(lines) > MOST_SHOWN else "")
