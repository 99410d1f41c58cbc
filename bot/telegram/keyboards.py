"""The buttons under an answer."""

from bot.answering.answer import Answer, Kind
from bot.telegram import wording
from bot.telegram.callbacks import Action, Press
from bot.telegram.limits import BUTTON_CHARS
from telegram import InlineKeyboardButton, InlineKeyboardMarkup


def keyboard(answer_id: str, answer: Answer, *, tell: bool = False) -> InlineKeyboardMarkup | None:
    """Return the buttons: whole text, official text, figures, related questions, votes.

    Args:
        answer_id: Id of the answer.
        answer: The answer.
        tell: Whether the asker was not helped and may want to be told of a better answer; one that
            abstains offers it anyway.
    """
    rows: list[list[InlineKeyboardButton]] = []
    first: list[InlineKeyboardButton] = []
    if answer.more:
        first.append(_button("📄 Lebih lengkap", Press(Action.MORE, answer_id)))
    url = next((c.url for c in answer.citations if c.url.startswith("https://")), "")
    if url:
        of_source = answer.kind in (Kind.INDEX, Kind.DEADLINE)
        name = "🔗 Sumber" if of_source else "🔗 Naskah resmi"
        first.append(InlineKeyboardButton(name, url=url))
    rows += [row for row in (first, _pictures(answer_id, answer)) if row]
    rows += [
        [_button(short(text), Press(Action.ASK, answer_id, str(number)))]
        for number, text in enumerate(answer.suggestions[:4])
    ]
    if tell or answer.abstained:
        rows.append([_button(wording.TELL_ME, Press(Action.TELL_ME, answer_id))])
    if answer.kind is not Kind.SMALLTALK:
        rows.append(
            [
                _button("👍", Press(Action.VOTE, answer_id, "u")),
                _button("👎", Press(Action.VOTE, answer_id, "d")),
            ]
        )
    return InlineKeyboardMarkup(rows) if rows else None


def _pictures(answer_id: str, answer: Answer) -> list[InlineKeyboardButton]:
    """Return the buttons that show or take away the figures of an answer."""
    row = []
    if answer.chart is not None and not answer.drawn:
        row.append(_button("📊 Grafik", Press(Action.PICTURE, answer_id)))
    if answer.table is not None:
        row.append(_button("Excel", Press(Action.FILE, answer_id, "x")))
        row.append(_button("CSV", Press(Action.FILE, answer_id, "c")))
    if any(event.known for event in answer.events):
        row.append(_button("📅 Kalender", Press(Action.FILE, answer_id, "i")))
    if answer.agency:
        row.append(_button("🗂 Ringkasan", Press(Action.FILE, answer_id, "b")))
    return row


def _button(text: str, press: Press) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=press.encode())


def short(text: str) -> str:
    """Cut a text to what a phone shows on a button."""
    return text if len(text) <= BUTTON_CHARS else text[: BUTTON_CHARS - 1].rstrip() + "…"
