"""The buttons under an answer."""

from bot.answering.answer import Answer, Kind
from bot.telegram.callbacks import Action, Press
from bot.telegram.limits import BUTTON_CHARS
from telegram import InlineKeyboardButton, InlineKeyboardMarkup


def keyboard(answer_id: str, answer: Answer) -> InlineKeyboardMarkup | None:
    """Return the buttons: whole text, official text, related questions, votes."""
    rows: list[list[InlineKeyboardButton]] = []
    first: list[InlineKeyboardButton] = []
    if answer.more:
        first.append(_button("📄 Lebih lengkap", Press(Action.MORE, answer_id)))
    url = next((c.url for c in answer.citations if c.url.startswith("https://")), "")
    if url:
        name = "🔗 Sumber" if answer.kind is Kind.INDEX else "🔗 Naskah resmi"
        first.append(InlineKeyboardButton(name, url=url))
    if first:
        rows.append(first)
    rows += [
        [_button(_short(text), Press(Action.ASK, answer_id, str(number)))]
        for number, text in enumerate(answer.suggestions[:4])
    ]
    if answer.kind is not Kind.SMALLTALK:
        rows.append(
            [
                _button("👍", Press(Action.VOTE, answer_id, "u")),
                _button("👎", Press(Action.VOTE, answer_id, "d")),
            ]
        )
    return InlineKeyboardMarkup(rows) if rows else None


def _button(text: str, press: Press) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=press.encode())


def _short(text: str) -> str:
    return text if len(text) <= BUTTON_CHARS else text[: BUTTON_CHARS - 1].rstrip() + "…"
