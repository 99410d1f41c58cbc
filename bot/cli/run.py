"""``spbe-bot run``: the Telegram bot, by polling."""

import sys

import click
from platformdirs import user_cache_path

from bot import logs
from bot.cli.assistant import load_assistant
from bot.clock import Clock
from bot.errors import SettingsError
from bot.settings import load_settings


@click.command()
def run() -> None:
    """Jalankan bot Telegram sampai dihentikan (Ctrl+C atau SIGTERM)."""
    settings = load_settings()
    if not settings.telegram_bot_token:
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN: belum diisi. Perbaikan: minta token di @BotFather, lalu tulis "
            "TELEGRAM_BOT_TOKEN=… di berkas .env."
        )
    logs.configure(settings.log_level, [settings.telegram_bot_token])
    # Telegram's library takes a while to import; other commands never need it.
    from telegram.error import InvalidToken

    from bot.telegram import application

    cache = user_cache_path("spbe-bot", appauthor=False)
    app = application.build(settings, load_assistant(), Clock(settings.zone), cache)
    try:
        application.run(app)
    except InvalidToken:
        click.echo(
            "spbe-bot: TELEGRAM_BOT_TOKEN: ditolak Telegram. Perbaikan: salin ulang tokennya dari "
            "@BotFather.",
            err=True,
        )
        sys.exit(2)
