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


def casing(lines: Sequence[Line]) -> dict[str, str]:
    """Learn from running text which words are written in capitals (SPBE, APBD)."""
    seen: dict[str, Counter[str]] = {}
    for line in lines:
        if line.text.isupper():
            continue
        for word in re.findall(r"[^\W\d_]{2,}", line.text):
            seen.setdefault(word.upper(), Counter())[word] += 1
    return {upper: forms.most_common(1)[0][0] for upper, forms in seen.items()}


def title_case(text: str, cased: dict[str, str]) -> str:
    """Write a title in capitals as a title in small letters; others stay as they are."""
    # Capitals with small l for I: "BUMl", "PENILAlAN".
    text = re.sub(r"(?<=[A-Z])l(?=[A-Z]|\b)", "I", text)
    if sum(c.islower() for c in text) > sum(c.isupper() for c in text):
        return text.strip(" .")

    def form(found: re.Match[str]) -> str:
        word = found[0]
        if word.isupper() and word not in cased:
            word = _near(word, cased)
        usual = cased.get(word.upper(), "")
        if usual.isupper() and len(word) <= 8:
            return word.upper()
        if word.lower() in _SMALL and found.start():
            return word.lower()
        if re.fullmatch(r"[IVX]+", word):
            return word
        return word.capitalize()

    return re.sub(r"[^\W\d_]+", form, text).strip(" .")


def _near(word: str, cased: dict[str, str]) -> str:
    """Mend one misread letter of a long title word by the words of the text."""
    if len(word) < 7:
        return word
    near = [
        known
        for known in cased
        if abs(len(known) - len(word)) <= 1
        and Levenshtein.distance(word, known, score_cutoff=1) == 1
    ]
    return near[0] if len(near) == 1 else word
