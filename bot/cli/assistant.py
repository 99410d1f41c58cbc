"""Loads the assistant for commands that answer."""

import click
from platformdirs import user_cache_path

from bot.answering.assistant import Assistant
from bot.answering.prepared import prepare
from bot.clock import Clock
from bot.knowledge.folder import shipped_folder
from bot.settings import load_settings


def load_assistant() -> Assistant:
    """Read settings and knowledge; tell of faults on standard error, and go on."""
    settings = load_settings()
    folder = settings.knowledge_dir or shipped_folder()
    cache = user_cache_path("spbe-bot", appauthor=False)
    assistant, faults = prepare(folder, Clock(settings.zone).today().year, cache)
    if faults:
        click.echo(
            f"{faults} kesalahan pada berkas pengetahuan; rincian: spbe-bot knowledge check",
            err=True,
        )
    return assistant
