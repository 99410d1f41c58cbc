"""Answers as Telegram HTML: escaped, cut into messages at sense breaks."""

import html
import re

from bot.answering.answer import Answer, Citation
from bot.telegram.limits import CAPTION_UNITS, MESSAGE_UNITS

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
# Texts named under an answer at most; the first carry it.
_SHOWN = 4
_URL = re.compile(r"https?://[^\s\"'<>]+")


def utf16_length(text: str) -> int:
    """Return the length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def render(answer: Answer, *, full: bool = False) -> list[str]:
    """Return the messages of an answer, as HTML, each within Telegram's limit."""
    body = answer.more if full and answer.more else answer.text
    lines = [body_line(line) for line in body.splitlines()]
    lines += [f"ℹ️ <i>{escape(note)}</i>" for note in answer.notes]
    if answer.citations:
        cited = "; ".join(_citation(c) for c in answer.basis[:_SHOWN])
        lines += ["", f"📖 <b>{answer.basis_label}:</b> {cited}"]
    lines += [f"🔎 <b>Status:</b> {escape(line)}" for line in answer.status]
    if answer.related:
        lines.append(f"🧭 <b>Terkait:</b> {escape('; '.join(answer.related))}")
    return split(lines)


def caption(answer: Answer) -> str:
    """Return what stands under a picture: the answer in words, as far as a caption holds."""
    sources = "; ".join(_citation(c) for c in answer.basis[:_SHOWN])
    foot = f"📖 <b>{answer.basis_label}:</b> {sources}" if sources else ""
    room = CAPTION_UNITS - utf16_length(foot) - 2
    body = split([body_line(line) for line in answer.text.splitlines()], room)[0]
    return f"{body}\n{foot}".strip()


def split(lines: list[str], limit: int = MESSAGE_UNITS) -> list[str]:
    """Pack lines into messages of at most ``limit`` UTF-16 units, breaking between lines.

    A single line that is too long is broken at sentences, then at spaces, then anywhere; such
    lines are body text and hold no tags.
    """
    messages: list[str] = []
    current = ""
    for line in lines:
        for piece in _pieces(line, limit):
            joined = f"{current}\n{piece}" if current else piece
            if utf16_length(joined) <= limit:
                current = joined
                continue
            if current.strip():
                messages.append(current.strip("\n"))
            current = piece
    if current.strip():
        messages.append(current.strip("\n"))
    return messages


def _pieces(line: str, limit: int) -> list[str]:
    if utf16_length(line) <= limit:
        return [line]
    out: list[str] = []
    current = ""
    for part in _SENTENCE_END.split(html.unescape(re.sub(r"</?\w+[^>]*>", "", line))):
        for word in _words(part, limit):
            joined = f"{current} {word}".strip()
            if utf16_length(escape(joined)) <= limit:
                current = joined
            else:
                out.append(escape(current))
                current = word
    out.append(escape(current))
    return [piece for piece in out if piece]


def _words(sentence: str, limit: int) -> list[str]:
    """Split what is too long for one message: first at spaces, then anywhere."""
    if utf16_length(escape(sentence)) <= limit:
        return [sentence]
    words: list[str] = []
    for word in sentence.split():
        step = limit // 6  # an escaped character takes six units at most
        words += [word[at : at + step] for at in range(0, len(word), step)]
    return words


def body_line(line: str) -> str:
    """Return a plain line of a text as HTML, an item of a list with its bullet."""
    if line.startswith("- "):
        return "• " + escape(line[2:])
    if line.lstrip().startswith("- "):
        return "   ◦ " + escape(line.lstrip()[2:])
    return escape(line)


def _citation(citation: Citation) -> str:
    text = escape(citation.label)
    if _URL.fullmatch(citation.url):
        return f'<a href="{html.escape(citation.url)}">{text}</a>'
    return text


def escape(text: str) -> str:
    """Return plain text as it stands in HTML messages."""
    return html.escape(text, quote=False)
