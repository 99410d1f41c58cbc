"""``spbe-bot admin``: who may change the knowledge from the chat."""

import click

from bot.administration.roles import Role
from bot.cli.base import open_desk, operator
from bot.knowledge import snapshot


@click.group()
def admin() -> None:
    """Atur admin yang boleh mengubah pengetahuan dari obrolan."""


@admin.command("list")
def list_() -> None:
    """Daftar admin (pemilik ada di ADMIN_USER_IDS)."""
    found = open_desk().roles.admins()
    for role in found:
        click.echo(_told(role))
    if not found:
        click.echo("Belum ada admin selain pemilik.")


@admin.command()
@click.argument("user", type=click.IntRange(min=1))
@click.option(
    "--region", "regions", multiple=True, metavar="KODE", help="Batasi pada wilayah ini."
)
@click.option("--everywhere", is_flag=True, help="Tanpa batas wilayah.")
@click.option("--name", default="", help="Nama, agar riwayat mudah dibaca.")
def add(user: int, regions: tuple[str, ...], everywhere: bool, name: str) -> None:
    """Angkat pengguna Telegram ber-id USER, atau ubah wilayahnya."""
    if bool(regions) == everywhere:
        raise click.UsageError("Pakai --region KODE (boleh berulang), atau --everywhere.")
    desk = open_desk()
    known = snapshot.load(desk.base.served())[0].regions
    role = desk.roles.appoint(operator(), user, name, regions, known)
    click.echo(f"Diangkat: {_told(role)}")


@admin.command()
@click.argument("user", type=int)
def remove(user: int) -> None:
    """Berhentikan admin ber-id USER."""
    click.echo(f"Diberhentikan: {_told(open_desk().roles.dismiss(operator(), user))}")


def _told(role: Role) -> str:
    where = ", ".join(role.regions) or "semua wilayah"
    return f"{role.author}: {where}, sejak {role.since}"
