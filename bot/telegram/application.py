"""Builds and runs the Telegram application."""

import logging
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, Defaults
from telegram.request import HTTPXRequest

from bot.administration.editing.desk import EditingDesk
from bot.administration.editing.drafts import Drafts
from bot.administration.queue.decisions import Decisions
from bot.administration.queue.desk import QueueDesk
from bot.administration.roles import Roles
from bot.answering.assistant import Assistant
from bot.answering.conversation import Conversations
from bot.answering.prepared import prover
from bot.broadcasts.pace import Pace
from bot.clock import Clock
from bot.knowledge.publishing.base import Base
from bot.settings import Settings
from bot.store.journal import Journal
from bot.store.store import Store
from bot.telegram import wording
from bot.telegram.broadcasting import BROADCASTING, Broadcasting
from bot.telegram.handlers import register
from bot.telegram.handlers.common import SERVICES
from bot.telegram.keeper import KEEPER, Keeper
from bot.telegram.limiter import SharedLimiter
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


def build(
    settings: Settings,
    assistant: Assistant,
    clock: Clock,
    cache: Path | None = None,
    pace: Pace | None = None,
) -> App:
    """Return an application ready to run; the store is opened here and closed at shutdown.

    Args:
        settings: All settings.
        assistant: Answers until another revision of the knowledge is published.
        clock: The present time, in the zone of the settings.
        cache: Where prepared knowledge is kept for later starts; None keeps it nowhere.
        pace: The budget of messages, where broadcasts share it.
    """
    pace = pace or Pace()
    builder = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token)
        .request(HTTPXRequest(connection_pool_size=64, **_TIMEOUTS))
        .get_updates_request(UpdatesRequest(connection_pool_size=2, **_TIMEOUTS))
        .rate_limiter(SharedLimiter(pace, max_retries=2))
        .defaults(
            Defaults(
                tzinfo=ZoneInfo(settings.timezone),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        .concurrent_updates(64)
        .post_init(_announce)
        .post_stop(_stop)
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
    audit = Journal(settings.data_dir / "journal", "audit", clock)
    roles = Roles(settings.data_dir, settings.admin_user_ids, clock, audit)
    prove = prover(clock.today().year)
    base = Base(settings.knowledge_dir, settings.data_dir, clock, prove)
    desk = EditingDesk(base, roles, Drafts(settings.data_dir, clock), audit, clock)
    decisions = Decisions(settings.data_dir)
    services = Services(
        assistant,
        Conversations(clock),
        store,
        desk,
        QueueDesk(settings.data_dir, decisions, desk, audit, clock),
        clock,
        settings.keep_questions_days,
        cache,
    )
    application.bot_data[SERVICES] = services
    broadcasting = Broadcasting(settings, services, application.bot, pace)
    application.bot_data[BROADCASTING] = broadcasting
    application.bot_data[KEEPER] = Keeper(application.bot, services, broadcasting)
    register(application)
    return application


def run(application: App) -> None:
    """Poll until SIGINT or SIGTERM; what is in hand is finished first."""
    application.post_init = _ready
    application.run_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1, close_loop=True)


async def _announce(application: App) -> None:
    """Read the subscriptions, and register the commands with the server, by scope."""
    broadcasting: Broadcasting = application.bot_data[BROADCASTING]
    await broadcasting.open()
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
    keeper: Keeper = application.bot_data[KEEPER]
    keeper.start()


async def _stop(application: App) -> None:
    keeper: Keeper = application.bot_data[KEEPER]
    await keeper.stop()


async def _close(application: App) -> None:
    services: Services = application.bot_data[SERVICES]
    broadcasting: Broadcasting = application.bot_data[BROADCASTING]
    # Broadcasts write to the store until they are closed.
    await broadcasting.close()
    await services.close()
