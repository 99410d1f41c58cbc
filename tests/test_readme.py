"""README shows what the program really says and commands that exist."""

import re

import click
import pytest
from bot.answering.answer import Topic
from bot.answering.assistant import Assistant
from bot.cli import cli

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
TRANSCRIPT = README.split("```text\n")[1].split("```")[0]
TURNS = [part.strip().split("\n", 1) for part in TRANSCRIPT.split("› ") if part.strip()]


@pytest.mark.parametrize(("question", "shown"), TURNS)
def test_the_transcript_is_real(assistant: Assistant, question: str, shown: str) -> None:
    answer, _ = assistant.ask(question, Topic())
    assert " ".join(answer.plain(full=answer.cut).split()) == " ".join(shown.split())


COMMANDS = re.findall(r"^\| `spbe-bot ([a-z ]+)", README, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_named_exists(command: str) -> None:
    found: click.Command | None = cli
    for word in command.split():
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word)
    assert found is not None
    assert found.help
