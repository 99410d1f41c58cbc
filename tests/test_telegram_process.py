"""The bot as a real process: ``spbe-bot run``."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.botapi.server import TOKEN


async def start(
    api: BotApi, environment: dict[str, str], folder: Path, *args: str, **extra: str
) -> asyncio.subprocess.Process:
    env = {
        **environment,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": api.url,
        "DATA_DIR": str(folder),
        **extra,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *args,
        env=env,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.mark.parametrize("args", [("run",), ()], ids=["run", "bare"])
async def test_answers_and_stops_on_sigterm(
    api: BotApi, environment: dict[str, str], tmp_path: Path, args: tuple[str, ...]
) -> None:
    process = await start(api, environment, tmp_path, *args, LOG_LEVEL="DEBUG")
    await api.private("indeks palopo 2024")
    message = (await api.sent(7))[0]
    assert "3,12" in message["text"]
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(60):
        _, errors = await process.communicate()
    assert process.returncode == 0
    assert TOKEN not in errors.decode(), "the token never reaches the log"


async def test_second_process_on_the_same_data_is_refused(
    api: BotApi, environment: dict[str, str], tmp_path: Path
) -> None:
    first = await start(api, environment, tmp_path, "run")
    await api.private("halo")
    await api.sent(7)
    second = await start(api, environment, tmp_path, "run")
    _, errors = await second.communicate()
    assert second.returncode == 2
    assert "sedang dipakai proses lain" in errors.decode()
    first.send_signal(signal.SIGTERM)
    await first.communicate()
    assert first.returncode == 0


async def test_wrong_token_ends_in_one_line(
    api: BotApi, environment: dict[str, str], tmp_path: Path
) -> None:
    process = await start(
        api, environment, tmp_path, "run", TELEGRAM_BOT_TOKEN="999:wrong-token-wrong-token"
    )
    _, errors = await process.communicate()
    assert process.returncode == 2
    assert "TELEGRAM_BOT_TOKEN: ditolak Telegram" in errors.decode()
