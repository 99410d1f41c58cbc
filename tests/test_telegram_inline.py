"""Inline mode."""

from pathlib import Path

from bot.answering.assistant import Assistant

from tests.botapi import BotApi
from tests.telegram_app import running


async def test_inline_offers_cited_answers(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        query = await api.inline("siapa menetapkan arsitektur spbe daerah")
        call = await api.call("answerInlineQuery", inline_query_id=query)
    results = call.params["results"]
    assert 1 <= len(results) <= 10
    assert "Pasal 12" in results[0]["title"]
    assert "Status" in results[0]["input_message_content"]["message_text"]


async def test_inline_without_text_or_answer_is_empty(
    api: BotApi, assistant: Assistant, tmp_path: Path
) -> None:
    async with running(api, assistant, tmp_path):
        for text in ("", "resep coto makassar"):
            query = await api.inline(text)
            call = await api.call("answerInlineQuery", inline_query_id=query)
            assert call.params["results"] == []
