"""Telegram's HTML: which tags it takes, and how long the text is without them."""

from html.parser import HTMLParser

_TAGS = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "s",
    "a",
    "code",
    "pre",
    "blockquote",
    "tg-spoiler",
    "span",
}


class ParseError(ValueError):
    """The text is not HTML that Telegram accepts."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise ParseError(f'Unsupported start tag "{tag}"')
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            raise ParseError(f'Unexpected end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        self.text += data

    def finish(self) -> str:
        self.close()
        if self._open:
            raise ParseError(f'Can\'t find end tag corresponding to start tag "{self._open[-1]}"')
        return self.text


def plain_text(text: str, parse_mode: str | None) -> str:
    """Return the text without its tags, or raise ParseError as Telegram would."""
    if parse_mode != "HTML":
        return text
    reader = _Reader()
    reader.feed(text)
    return reader.finish()


def utf16(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2
