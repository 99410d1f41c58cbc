"""The command line ``spbe-bot``: run, chat, ask, index, knowledge, queue, admin.

Commands are imported when they are called, so that ``ask`` starts without Telegram's library.
"""

import importlib
import sys
from typing import Any

import click

from bot import __version__
from bot.errors import SpbeError

_COMMANDS = {
    "admin": "bot.cli.admin:admin",
    "ask": "bot.cli.ask:ask",
    "chat": "bot.cli.chat:chat",
    "evaluate": "bot.cli.evaluate:evaluate",
    "index": "bot.cli.index:index",
    "knowledge": "bot.cli.knowledge:knowledge",
    "queue": "bot.cli.queue:queue",
    "run": "bot.cli.run:run",
    "schedule": "bot.cli.schedule:schedule",
    "stats": "bot.cli.queue:stats",
}


class _LazyGroup(click.Group):
    """Imports the module of a command only when that command is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = _COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, _, name = target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=_LazyGroup, invoke_without_command=True)
@click.version_option(__version__, prog_name="spbe-bot")
@click.pass_context
def cli(context: click.Context) -> None:
    """Asisten SPBE: tanya jawab regulasi, 47 indikator, dan indeks daerah.

    Tanpa perintah: menjalankan bot bila TELEGRAM_BOT_TOKEN terisi, selain itu membuka
    percakapan di terminal.
    """
    if context.invoked_subcommand is None:
        from bot.settings import load_settings

        name = "run" if load_settings().telegram_bot_token else "chat"
        command = cli.get_command(context, name)
        if command is not None:
            context.invoke(command)


def main(argv: list[str] | None = None) -> Any:
    """Run the command line; a known error ends in one line and exit code 2."""
    try:
        return cli.main(args=argv, prog_name="spbe-bot", standalone_mode=True)
    except SpbeError as error:
        click.echo(f"spbe-bot: {error}", err=True)
        sys.exit(2)
