"""Loads the assistant for commands that answer."""

import click

from bot.answering.assistant import Assistant
from bot.clock import Clock
from bot.knowledge import snapshot
from bot.settings import load_settings


def load_assistant() -> Assistant:
    """Read settings and knowledge; tell of faults on standard error, and go on."""
    settings = load_settings()
    folder = settings.knowledge_dir or snapshot.shipped_folder()
    found, faults = snapshot.load(folder)
    if faults:
        click.echo(
            f"{len(faults)} kesalahan pada berkas pengetahuan; rincian: spbe-bot knowledge check",
            err=True,
        )
    return Assistant(found, Clock(settings.zone).today())
