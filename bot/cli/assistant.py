"""Loads the assistant for commands that answer."""

from pathlib import Path

import click
from platformdirs import user_cache_path

from bot.answering.assistant import Assistant
from bot.answering.prepared import prepare
from bot.clock import Clock
from bot.errors import KnowledgeError
from bot.knowledge.folder import shipped_folder
from bot.settings import Settings, load_settings


def load_assistant() -> Assistant:
    """Read settings and knowledge; tell of faults on standard error, and go on."""
    settings = load_settings()
    folder = settings.knowledge_dir or shipped_folder()
    if (settings.data_dir / "revisi").is_dir():
        folder = _served(settings)
    cache = user_cache_path("spbe-bot", appauthor=False)
    clock = Clock(settings.zone)
    assistant, faults = prepare(folder, clock.today().year, cache)
    if faults:
        click.echo(
            f"{faults} kesalahan pada berkas pengetahuan; rincian: spbe-bot knowledge check",
            err=True,
        )
    # The cached assistant may be of another zone, and knows no moment of its own.
    return assistant.with_clock(clock)


def _served(settings: Settings) -> Path:
    """Return the published state, after changes in the folder were looked at."""
    # Whoever has published nothing need not wait for what publishing imports.
    from bot.cli.base import open_base, tell_noticed

    base = open_base(settings)
    try:
        tell_noticed(base.renew())
        tell_noticed(base.notice())
    except KnowledgeError as error:
        # A data folder that cannot be written still serves what was published.
        click.echo(str(error), err=True)
    return base.served()
