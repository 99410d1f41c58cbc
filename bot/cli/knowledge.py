"""``spbe-bot knowledge``: check the knowledge files, write their schemas."""

import sys
from pathlib import Path

import click

from bot.knowledge import snapshot
from bot.settings import load_settings


@click.group()
def knowledge() -> None:
    """Periksa dan urus berkas pengetahuan."""


@knowledge.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Baca seluruh berkas pengetahuan dan laporkan tiap kesalahan."""
    root = folder or load_settings().knowledge_dir or snapshot.shipped_folder()
    found, faults = snapshot.load(root)
    for fault in faults:
        click.echo(str(fault))
    provisions = sum(len(r.provisions) for r in found.regulations.values())
    click.echo(
        f"{len(found.regulations)} regulasi, {provisions} ketentuan, "
        f"{len(found.indicators)} indikator, {len(found.faq)} tanya jawab, "
        f"{len(found.terms)} istilah, {len(found.regions)} wilayah dan instansi, "
        f"{len(found.records)} baris indeks: {len(faults)} kesalahan."
    )
    sys.exit(1 if faults else 0)


@knowledge.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def schema(folder: Path) -> None:
    """Tulis JSON Schema kepala berkas ke FOLDER, untuk penyunting teks."""
    from bot.knowledge.headers import write_schemas

    for path in write_schemas(folder):
        click.echo(path.as_posix())
