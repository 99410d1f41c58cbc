"""Starts the application in process against the tests' server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from pathlib import Path

from bot.answering.assistant import Assistant
from bot.clock import Clock
from bot.settings import Settings
from bot.telegram import application
from bot.telegram.handlers.common import SERVICES
from bot.telegram.services import Services

from tests.botapi import BotApi
from tests.botapi.server import TOKEN


@asynccontextmanager
async def running(
    api: BotApi,
    assistant: Assistant,
    folder: Path,
    *,
    owners: tuple[int, ...] = (),
    knowledge: Path | None = None,
) -> AsyncIterator[Services]:
    """Poll the server until the block ends, as ``run_polling`` does."""
    async with running_app(api, assistant, folder, owners=owners, knowledge=knowledge) as app:
        yield app.bot_data[SERVICES]


@asynccontextmanager
async def running_app(
    api: BotApi,
    assistant: Assistant,
    folder: Path,
    *,
    owners: tuple[int, ...] = (),
    knowledge: Path | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[application.App]:
    """Like ``running``, and give the whole application."""
    settings = Settings(
        telegram_bot_token=TOKEN,
        telegram_base_url=api.url,
        data_dir=folder,
        timezone="Asia/Makassar",
        admin_user_ids=owners,
        knowledge_dir=knowledge,
    )
    app = application.build(settings, assistant, clock or Clock(UTC))
    async with app:
        await app.post_init(app)
        await app.updater.start_polling(
            allowed_updates=application.ALLOWED_UPDATES, bootstrap_retries=-1, timeout=2
        )
        await app.start()
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()
    await app.post_shutdown(app)
