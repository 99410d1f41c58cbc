"""Fixtures: the shipped knowledge, an assistant on it, a Bot API server."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from bot.answering.assistant import Assistant
from bot.knowledge import snapshot
from bot.knowledge.model import Snapshot

from tests.botapi import BotApi

ROOT = Path(__file__).parents[1]
SETTINGS = (
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_BASE_URL",
    "ADMIN_USER_IDS",
    "DATA_DIR",
    "KNOWLEDGE_DIR",
    "TIMEZONE",
    "KEEP_QUESTIONS_DAYS",
    "LOG_LEVEL",
)
YEAR = 2026


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings or the .env of the person who runs it."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def knowledge() -> Snapshot:
    """The knowledge that ships with the program."""
    found, _ = snapshot.load(snapshot.shipped_folder())
    return found


@pytest.fixture(scope="session")
def assistant(knowledge: Snapshot) -> Assistant:
    """The assistant on the shipped knowledge."""
    return Assistant(knowledge, YEAR)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A running Bot API server."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An environment for child processes: this interpreter's, without our settings."""
    cache, data = tmp_path_factory.mktemp("cache"), tmp_path_factory.mktemp("data")
    kept = {k: v for k, v in os.environ.items() if k not in SETTINGS}
    yield kept | {"XDG_CACHE_HOME": str(cache), "XDG_DATA_HOME": str(data)}
