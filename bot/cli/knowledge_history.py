"""``spbe-bot knowledge log``, ``diff``, ``rollback``, ``publish`` and ``export``."""

import sys
from pathlib import Path

import click

from bot.administration.editing.report import change_lines, revision_line
from bot.cli.base import open_base, open_desk, operator
from bot.errors import KnowledgeError, SpbeError
from bot.knowledge.publishing import archive
from bot.knowledge.publishing.difference import folder_changes, line_difference
from bot.settings import load_settings
from bot.store.atomic import replace_files


@click.command()
@click.option("--last", default=20, show_default=True, help="Banyaknya revisi terakhir.")
def log(last: int) -> None:
    """Daftar revisi basis pengetahuan, yang terakhir dahulu."""
    history = open_base(load_settings()).history
    numbers = history.numbers()
    if not numbers:
        click.echo("Belum ada revisi; riwayat dimulai saat pertama menerbitkan.")
    for number in numbers[: -last - 1 : -1]:
        click.echo(revision_line(history.revision(number)))


@click.command()
@click.argument("before", type=int, required=False, metavar="[A]")
@click.argument("after", type=int, required=False, metavar="[B]")
@click.option("--lines", is_flag=True, help="Baris demi baris.")
def diff(before: int | None, after: int | None, lines: bool) -> None:
    """Beda antara revisi A dan B; tanpa B dengan sebelumnya, tanpa keduanya yang terakhir."""
    base = open_base(load_settings())
    last = base.head().number
    if after is None:
        after = last if before is None else before
        before = after - 1
    # The one that was named first: it may not be there.
    new = base.history.revision(after)
    old = base.history.revision(before or 1)
    if lines:
        paths = [p for p in {*old.files, *new.files} if old.files.get(p) != new.files.get(p)]
        click.echo(
            line_difference(
                {p: base.history.file(old, p) for p in paths},
                {p: base.history.file(new, p) for p in paths},
            ),
            nl=False,
        )
        return
    changes = folder_changes(base.laid_out(old), base.laid_out(new))
    click.echo("\n".join(change_lines(changes)) or "Tidak ada beda isi.")


@click.command()
@click.argument("number", type=int)
@click.option("--yes", is_flag=True, help="Pulihkan tanpa bertanya.")
def rollback(number: int, yes: bool) -> None:
    """Pulihkan isi revisi NUMBER sebagai revisi baru."""
    desk = open_desk()
    head = desk.base.head()
    units = desk.units(desk.base.restoring(number))
    click.echo("\n".join(change_lines(units)) or "Tidak ada beda isi.")
    if not yes and not click.confirm(f"Pulihkan ke revisi {number}?"):
        click.echo("Tidak ada yang diubah.")
        return
    revision = desk.roll_back(operator(), number, expected=head.number)
    click.echo(f"Terbit sebagai revisi {revision.number}.")


@click.command()
@click.option("--yes", is_flag=True, help="Terbitkan juga bila banyak berkas dihapus.")
def publish(yes: bool) -> None:
    """Terbitkan perubahan yang dibuat langsung di folder pengetahuan."""
    base = open_base(load_settings())
    began = not base.started
    revision = base.start()
    noticed = base.notice(confirmed=yes)
    if noticed is None:
        click.echo(
            f"Riwayat dimulai: revisi {revision.number}." if began else "Tidak ada perubahan."
        )
    elif noticed.revision is not None:
        click.echo(f"Terbit sebagai revisi {noticed.revision.number}.")
    else:
        for fault in noticed.faults:
            click.echo(str(fault))
        for path in noticed.held:
            click.echo(f"- dihapus: {path}")
        click.echo(noticed.trouble or f"{len(noticed.faults)} kesalahan; tidak diterbitkan.")
        sys.exit(1)


@click.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def export(out: Path) -> None:
    """Tulis seluruh basis pengetahuan ke OUT (ZIP); “import” membacanya di tempat lain."""
    if out.suffix.lower() != ".zip":
        raise SpbeError("Akhiri nama berkas dengan .zip.")
    base = open_base(load_settings())
    content = archive.packed(base.served())
    try:
        replace_files({out: content})
    except OSError as error:
        raise KnowledgeError(f"{out} tidak dapat ditulis: {error.strerror}.") from error
    click.echo(f"{out}: {len(content) // 1000} kB.")
