"""``spbe-bot knowledge import``: read a file, show what it changes, publish it."""

import json
import sys
import time
from pathlib import Path
from typing import Any

import click

from bot.administration.editing.desk import REMOVAL, checked_option
from bot.administration.editing.report import proposal_lines
from bot.cli.base import open_desk, operator
from bot.cli.files import read_limited
from bot.knowledge.importing import ImportedRegulation, read_regulation_file
from bot.knowledge.importing.model import MOST_BYTES

MOST_SHOWN = 40


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Laporkan saja, tidak menerbitkan.")
@click.option("--json", "as_json", is_flag=True, help="Peraturan sebagai satu objek JSON.")
@click.option("--yes", is_flag=True, help="Terbitkan tanpa bertanya.")
@click.option(
    "--set",
    "said",
    multiple=True,
    metavar="KUNCI=ISI",
    help="Betulkan yang terbaca: judul, nomor, tahun, jenis, status, url; sumber, dasar (angka).",
)
def import_(file: Path, dry_run: bool, as_json: bool, yes: bool, said: tuple[str, ...]) -> None:
    """Baca FILE, tunjukkan perubahannya, lalu terbitkan.

    Yang dapat dibaca: naskah peraturan (PDF, DOCX, TXT, MD), berkas pengetahuan (MD, YAML, CSV),
    angka indeks (CSV, XLSX), dan arsip hasil ekspor (ZIP).
    """
    content = read_limited(file, MOST_BYTES)
    if as_json:
        started = time.perf_counter()
        regulation = read_regulation_file(content, file.name)
        seconds = round(time.perf_counter() - started, 3)
        click.echo(json.dumps(as_object(regulation, seconds), ensure_ascii=False))
        if dry_run:
            return
    options = dict(_pair(text) for text in said)
    _propose(content, file.name, options, quiet=as_json, dry_run=dry_run, yes=yes)


@click.command()
@click.argument("path")
@click.option("--dry-run", is_flag=True, help="Laporkan saja, tidak menghapus.")
@click.option("--yes", is_flag=True, help="Hapus tanpa bertanya.")
def remove(path: str, dry_run: bool, yes: bool) -> None:
    """Hapus berkas pengetahuan PATH, misalnya regulasi/perbup-luwu-utara-5-2023.md."""
    _propose(path.encode(), REMOVAL, {}, quiet=False, dry_run=dry_run, yes=yes)


def _propose(
    content: bytes, name: str, options: dict[str, str], *, quiet: bool, dry_run: bool, yes: bool
) -> None:
    """Show what a file would change; publish it after a yes."""
    desk = open_desk()
    proposal = desk.look_at(content, name, options)
    click.echo("\n".join(proposal_lines(proposal, MOST_SHOWN)), err=quiet)
    if dry_run or not proposal.publishable:
        sys.exit(1 if proposal.faults else 0)
    if not yes and not click.confirm("\nTerbitkan?"):
        click.echo("Tidak ada yang diterbitkan.")
        return
    revision = desk.publish(operator(), proposal, expected=proposal.base)
    click.echo(f"Terbit sebagai revisi {revision.number}.", err=quiet)


def as_object(regulation: ImportedRegulation, seconds: float) -> dict[str, Any]:
    """Return what was understood, as the object that ``--json`` prints."""
    identity = regulation.identity
    return {
        "jenis": identity.kind,
        "nomor": identity.number,
        "tahun": identity.year,
        "judul": identity.title,
        "teu": identity.issuer,
        "rancangan": identity.draft,
        "perubahan": identity.amendment,
        "tanggal_penetapan": identity.enacted.isoformat() if identity.enacted else None,
        "bab": len(regulation.chapters),
        "pasal": [
            {"nomor": p.number, "ayat": p.numbers, "judul_bab": p.chapter}
            for p in regulation.pasal
        ],
        "peringatan": list(regulation.warnings),
        "seconds": seconds,
    }


def _pair(text: str) -> tuple[str, str]:
    option, found, value = text.partition("=")
    if not found:
        raise click.BadParameter(f"“{text}”: tulis sebagai KUNCI=ISI, misalnya nomor=26")
    return option.strip(), checked_option(option.strip(), value)
