"""Folding, tokens and stems."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import snowballstemmer

from bot.language.roots import root

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|\d+|[a-z]+|(?<=\d)\s?[/–-]\s?(?=\d)")
_CLITIC = re.compile(r"(?:nya|kah|lah|pun)$")
_stemmer: Any = snowballstemmer.stemmer("indonesian")
# "rata2" stands for "rata rata"; after these words a 2 is a number.
_DOUBLED = re.compile(
    r"\b(?!(?:pasal|psl|ayat|ay|huruf|angka|level|lvl|tingkat|indikator|bab|domain|aspek)2)"
    r"([a-z]{3,})2(?=nya\b|\b)"
)
# Names that are written short as often as in full, and mean no more nor less.
_SHORT_NAMES = {
    "pemda": ("pemerintah", "daerah"),
    "diskominfo": ("dinas", "kominfo"),
    "dinkominfo": ("dinas", "kominfo"),
}
_ACRONYM = re.compile(r"\b(?:[a-z]\.){2,}")


def fold(text: str) -> str:
    """Lower-case, strip accents and normalise typographic variants."""
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).replace("\u2019", "'")
        plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    plain = _DOUBLED.sub(r"\1 \1", plain)
    return _ACRONYM.sub(lambda m: m[0].replace(".", ""), plain)


def tokenize(text: str) -> list[str]:
    """Split folded text into words and numbers; ``/`` and ``-`` stay between numbers.

    ``pasal46`` gives ``pasal 46``; ``2,90`` stays one token; ``pemda`` gives its two words.
    """
    tokens = [token.strip() for token in _TOKEN.findall(fold(text))]
    if _SHORT_NAMES.keys().isdisjoint(tokens):
        return tokens
    return [word for token in tokens for word in _SHORT_NAMES.get(token, (token,))]


@lru_cache(maxsize=65536)
def knowledge_tokens(text: str) -> tuple[str, ...]:
    """Tokenize a text of the knowledge; kept, since several indexes read the same texts."""
    return tuple(tokenize(text))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a word (Snowball, Indonesian); numbers and short words stay."""
    if len(word) <= 3 or word.isdigit():
        return word
    return root(word) or str(_stemmer.stemWord(word))


def strip_clitic(word: str) -> str:
    """Remove -nya, -kah, -lah, -pun from a word of at least six letters."""
    return _CLITIC.sub("", word) if len(word) >= 6 else word


def longest_by_first(names: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Return the length of the longest name that begins with each word."""
    out: dict[str, int] = {}
    for name in names:
        if name:
            out[name[0]] = max(out.get(name[0], 0), len(name))
    return out
