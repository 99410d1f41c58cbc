"""Questions asked while the knowledge changes each belong to one revision."""

from pathlib import Path

from bot.answering.assistant import Assistant

from tests.botapi import BotApi
from tests.publish_while_asking import ask_while_publishing
from tests.telegram_app import running


async def test_every_answer_belongs_to_one_revision(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path) as services:
        toll = await ask_while_publishing(services, questions=400, publications=6)
    assert toll.asked >= 400
    assert toll.revisions == 6
    assert (toll.failed, toll.mixed) == (0, 0)
    assert len(toll.seen) > 2
