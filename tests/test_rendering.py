"""Telegram HTML: escaping, limits, sense breaks."""

import pytest
from bot.answering.answer import Answer, Citation, Kind
from bot.telegram.callbacks import Action, Press, decode
from bot.telegram.limits import CALLBACK_BYTES, MESSAGE_UNITS
from bot.telegram.rendering import render, split, utf16_length

from tests.botapi.entities import plain_text, utf16


def answer(text: str) -> Answer:
    return Answer(
        Kind.REGULATION,
        text,
        (Citation("x-1-2020", "pasal-1", "Pasal 1 <X> & Y", "https://contoh.go.id/?a=1&b='2'"),),
        ("X 1/2020 berlaku & sah.",),
        ("catatan <penting>",),
    )


@pytest.mark.parametrize(
    "text",
    [
        "a < b & c > d",
        "<script>alert(1)</script>",
        "kalimat pendek. " * 900,
        "x" * 20_000,
        "🙂" * 9_000,
        "- butir <satu> & seterusnya\n" * 600,
        "&" * 5_000,
        "baris\n\n\n\nkosong",
    ],
)
def test_every_message_is_valid_and_within_the_limit(text: str) -> None:
    messages = render(answer(text))
    assert messages
    whole = ""
    for message in messages:
        plain = plain_text(message, "HTML")
        assert plain.strip()
        assert utf16(plain) <= 4096
        assert utf16_length(message) <= MESSAGE_UNITS
        whole += plain
    letters = [c for c in text if c.isalpha() or c == "🙂"]
    assert sum(whole.count(c) for c in set(letters)) >= len(letters), "nothing is lost"


def test_breaks_between_lines_first() -> None:
    lines = [f"baris {n} " + "x" * 1000 for n in range(10)]
    for message in split(lines):
        assert message.startswith("baris")


@pytest.mark.parametrize(
    "press",
    [
        Press(Action.ASK, "0a1b2c3d", "3"),
        Press(Action.MORE, "ffffffff"),
        Press(Action.VOTE, "00000000", "d"),
    ],
)
def test_callback_data_round_trip(press: Press) -> None:
    data = press.encode()
    assert len(data.encode()) <= CALLBACK_BYTES
    assert decode(data) == press
