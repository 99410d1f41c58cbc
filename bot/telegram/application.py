"""Builds and runs the Telegram application."""

import logging
from typing import Any
from zoneinfo import ZoneInfo

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, Application, ApplicationBuilder, Defaults
from telegram.request import HTTPXRequest

from bot.answering.assistant import Assistant
from bot.answering.conversation import Conversations
from bot.clock import Clock
from bot.settings import Settings
from bot.store.store import Store
from bot.telegram import wording
from bot.telegram.handlers import register
from bot.telegram.handlers.common import SERVICES
from bot.telegram.polling import UpdatesRequest
from bot.telegram.services import Services
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    LinkPreviewOptions,
)

App = Application[Any, Any, Any, Any, Any, Any]
_log = logging.getLogger(__name__)

ALLOWED_UPDATES = ["message", "callback_query", "inline_query", "my_chat_member"]
_TIMEOUTS: dict[str, Any] = {
    "connect_timeout": 5.0,
    "read_timeout": 10.0,
    "write_timeout": 10.0,
    "pool_timeout": 5.0,
}


def build(settings: Settings, assistant: Assistant, clock: Clock) -> App:
    """Return an application ready to run; the store is opened here and closed at shutdown."""
    builder = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token)
        .request(HTTPXRequest(connection_pool_size=64, **_TIMEOUTS))
        .get_updates_request(UpdatesRequest(connection_pool_size=2, **_TIMEOUTS))
        .rate_limiter(AIORateLimiter(max_retries=2))
        .defaults(
            Defaults(
                tzinfo=ZoneInfo(settings.timezone),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        .concurrent_updates(64)
        .post_init(_announce)
        .post_shutdown(_close)
    )
    if settings.telegram_base_url:
        builder = builder.base_url(f"{settings.telegram_base_url}/bot").base_file_url(
            f"{settings.telegram_base_url}/file/bot"
        )
    application: App = builder.build()
    store = Store(settings.data_dir, clock)
    if store.set_aside is not None:
        _log.warning("Berkas data rusak dan disisihkan: %s", store.set_aside)
    application.bot_data[SERVICES] = Services(assistant, Conversations(clock), store)
    register(application)
    return application


def run(application: App) -> None:
    """Poll until SIGINT or SIGTERM; what is in hand is finished first."""
    application.post_init = _ready
    application.run_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1, close_loop=True)


async def _announce(application: App) -> None:
    """Register the commands with the server, by scope."""
    every = [BotCommand(name, text) for name, text in wording.COMMANDS.items()]
    group = [BotCommand(name, wording.COMMANDS[name]) for name in wording.GROUP_COMMANDS]
    try:
        await application.bot.set_my_commands(every)
        await application.bot.set_my_commands(every, scope=BotCommandScopeAllPrivateChats())
        await application.bot.set_my_commands(group, scope=BotCommandScopeAllGroupChats())
    except TelegramError as error:
        # The bot answers all the same; the menu of commands is a convenience.
        _log.warning("commands could not be registered: %s", error)
    _log.info("Bot @%s siap.", application.bot.username)


async def _ready(application: App) -> None:
    """Announce the bot, and have the process that draws ready before a picture is wanted."""
    await _announce(application)
    services: Services = application.bot_data[SERVICES]
    application.create_task(services.painter.warm())


async def _close(application: App) -> None:
    services: Services = application.bot_data[SERVICES]
    await services.close()
