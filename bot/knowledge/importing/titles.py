"""Titles in capitals, written as titles."""

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from bot.knowledge.importing.model import Line

_SMALL = frozenset(
    "dan atau di ke dari yang untuk pada dalam dengan serta bagi oleh tentang atas terhadap "
    "kepada sebagai secara antara melalui".split()
)
_UNKNOWN = ""  # the form of a word met in capitals only

# word in capitals -> how often it is written how
Casing = dict[str, Counter[str]]


def casing(lines: Sequence[Line]) -> Casing:
    """Learn from running text which words are written in capitals (SPBE, APBD)."""
    seen: Casing = {}
    for line in lines:
        # A heading, or "Menetapkan : PERATURAN …", does not tell.
        shouted = sum(map(str.isupper, line.text)) > sum(map(str.islower, line.text))
        for word in re.findall(r"[^\W\d_]{2,}", line.text):
            seen.setdefault(word.upper(), Counter())[_UNKNOWN if shouted else word] += 1
    return seen


def title_case(text: str, cased: Casing) -> str:
    """Write a title in capitals as a title in small letters; others stay as they are."""
    # Capitals with small l for I ("BUMl", "PENILAlAN") and a nought for O.
    text = re.sub(r"(?<=[A-Z])l(?=[A-Z]|\b)", "I", text)
    text = re.sub(r"(?<=[A-Z])0(?=[A-Z])", "O", text)
    if sum(c.islower() for c in text) > sum(c.isupper() for c in text):
        return text.strip(" .")

    def form(found: re.Match[str]) -> str:
        word = found[0]
        if word.isupper():
            word = _near(word, cased)
        usual = _usual(word, cased)
        if usual.isupper() and len(word) <= 8:
            return word.upper()
        if word.lower() in _SMALL and found.start():
            return word.lower()
        if re.fullmatch(r"[IVX]+", word):
            return word
        return word.capitalize()

    return re.sub(r"[^\W\d_]+", form, text).strip(" .")


def _usual(word: str, cased: Casing) -> str:
    forms = cased.get(word.upper(), Counter())
    return next((form for form, _ in forms.most_common(2) if form != _UNKNOWN), "")


def _near(word: str, cased: Casing) -> str:
    """Mend one misread letter of a long title word by a word that the text uses more often."""
    own = cased.get(word, Counter()).total()
    if len(word) < 7 or own > 1:
        return word
    near = [
        known
        for known, forms in cased.items()
        if abs(len(known) - len(word)) <= 1
        and forms.total() > own
        and Levenshtein.distance(word, known, score_cutoff=1) == 1
    ]
    return near[0] if len(near) == 1 else word
