"""Opens the knowledge base and the editing desk for commands."""

import getpass

import click

from bot.administration.editing.desk import EditingDesk
from bot.administration.editing.drafts import Drafts
from bot.administration.roles import Role, Roles
from bot.answering.prepared import prover
from bot.clock import Clock
from bot.knowledge.publishing.base import Base, Noticed
from bot.settings import Settings, load_settings
from bot.store.journal import Journal


def open_base(settings: Settings) -> Base:
    """Return the base of the settings; nothing is written."""
    clock = Clock(settings.zone)
    return Base(settings.knowledge_dir, settings.data_dir, clock, prover(clock.today().year))


def open_audit(settings: Settings) -> Journal:
    """Return the journal of acts; it is closed when the command ends."""
    audit = Journal(settings.data_dir / "journal", "audit", Clock(settings.zone))
    context = click.get_current_context(silent=True)
    if context is not None:
        context.call_on_close(audit.close)
    return audit


def open_desk() -> EditingDesk:
    """Return the editing desk of the settings."""
    settings = load_settings()
    clock = Clock(settings.zone)
    audit = open_audit(settings)
    roles = Roles(settings.data_dir, settings.admin_user_ids, clock, audit)
    drafts = Drafts(settings.data_dir, clock)
    return EditingDesk(open_base(settings), roles, drafts, audit, clock)


def operator() -> Role:
    """Return the role of whoever has the command line: an owner, named in histories."""
    return Role(0, f"cli:{getpass.getuser()}", owner=True)


def tell_noticed(noticed: Noticed | None) -> None:
    """Say on standard error what came of changes in the folder."""
    if noticed is None:
        return
    if noticed.revision is not None:
        click.echo(f"Perubahan di folder diterbitkan: revisi {noticed.revision.number}.", err=True)
    else:
        count = len(noticed.faults)
        why = noticed.trouble or f"{count} kesalahan; rincian: spbe-bot knowledge check"
        click.echo(f"Perubahan di folder belum dipakai: {why}", err=True)
