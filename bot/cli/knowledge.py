"""``spbe-bot knowledge``: check, import and publish knowledge files, and their history."""

import sys
from pathlib import Path

import click

from bot.cli import knowledge_history
from bot.cli.base import open_base
from bot.cli.knowledge_import import import_, remove
from bot.knowledge import snapshot
from bot.settings import load_settings


@click.group()
def knowledge() -> None:
    """Periksa dan urus berkas pengetahuan."""


for _command in (
    import_,
    remove,
    knowledge_history.log,
    knowledge_history.diff,
    knowledge_history.rollback,
    knowledge_history.publish,
    knowledge_history.export,
):
    knowledge.add_command(_command)


@knowledge.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Baca seluruh berkas pengetahuan dan laporkan tiap kesalahan."""
    root = folder or open_base(load_settings()).folder
    found, faults = snapshot.load(root)
    for fault in faults:
        click.echo(str(fault))
    provisions = sum(len(r.provisions) for r in found.regulations.values())
    click.echo(
        f"{len(found.regulations)} regulasi, {provisions} ketentuan, "
        f"{len(found.indicators)} indikator, {len(found.faq)} tanya jawab, "
        f"{len(found.terms)} istilah, {len(found.regions)} wilayah dan instansi, "
        f"{len(found.records)} baris indeks, {len(found.deadlines)} acara jadwal: "
        f"{len(faults)} kesalahan."
    )
    sys.exit(1 if faults else 0)


@knowledge.command()
@click.option(
    "--sources",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder naskah resmi (.txt), bernama sesuai id peraturannya.",
)
def audit(sources: Path) -> None:
    """Bandingkan ringkasan dengan naskah resmi: cakupan, angka, pejabat, salinan."""
    from bot.knowledge.audit.run import audit as run
    from bot.knowledge.faults import Faults

    root = open_base(load_settings()).folder
    found, known = snapshot.load(root)
    faults = Faults(root)
    report = run(found, root, sources, faults)
    for fault in (*known, *faults.sorted()):
        click.echo(str(fault))
    click.echo(
        f"{'peraturan':28} {'ketentuan':>9} {'di naskah':>9} {'dilewati':>8} {'cakupan':>8}"
    )
    for row in report.rows:
        covered = f"{row.coverage:.1%}" if row.units else "kartu"
        click.echo(f"{row.id:28} {row.provisions:9} {row.units:9} {row.omitted:8} {covered:>8}")
    click.echo(f"tanpa naskah: {', '.join(report.without_source) or '-'}")
    count = len(known) + len(faults.sorted())
    click.echo(f"{count} temuan.")
    sys.exit(1 if count else 0)


@knowledge.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def schema(folder: Path) -> None:
    """Tulis JSON Schema kepala berkas ke FOLDER, untuk penyunting teks."""
    from bot.knowledge.headers import write_schemas

    for path in write_schemas(folder):
        click.echo(path.as_posix())
