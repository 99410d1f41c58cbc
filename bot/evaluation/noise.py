"""Makes questions look typed in haste: slips of the keyboard, chat spellings, dropped letters."""

import random
from collections.abc import Mapping

# Neighbours on the keyboard that Indonesian offices use (QWERTY).
_NEAR = {
    "a": "qsz",
    "b": "vgn",
    "c": "xdv",
    "d": "sfe",
    "e": "wrd",
    "f": "dgr",
    "g": "fht",
    "h": "gjy",
    "i": "uok",
    "j": "hku",
    "k": "jli",
    "l": "ko",
    "m": "nk",
    "n": "bmh",
    "o": "ipl",
    "p": "ol",
    "q": "wa",
    "r": "etf",
    "s": "adw",
    "t": "ryg",
    "u": "yij",
    "v": "cbf",
    "w": "qes",
    "x": "zcs",
    "y": "tuh",
    "z": "xa",
}
_VOWELS = "aeiou"
KINDS = ("typo", "chat")


class Noise:
    """Rewrites questions; the same seed gives the same slips.

    Args:
        spellings: Chat spelling -> standard word; used the other way round.
        seed: Of the random numbers.
    """

    def __init__(self, spellings: Mapping[str, str], seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret hangs on it
        self._chat: dict[str, list[str]] = {}
        for short, word in sorted(spellings.items()):
            if short.isalpha() and " " not in word and short != word:
                self._chat.setdefault(word, []).append(short)

    def make(self, text: str, kind: str) -> str:
        """Return a question with noise of a kind: ``typo`` or ``chat``."""
        return self._typo(text) if kind == "typo" else self._chatty(text)

    def _typo(self, text: str) -> str:
        """About one slip in every four longer words; numbers stay."""
        words = text.split(" ")
        long = [at for at, word in enumerate(words) if sum(c.isalpha() for c in word) > 4]
        wanted = max(1, round(len(long) / 4))
        for at in self._random.sample(long, min(wanted, len(long))):
            words[at] = self._slip(words[at])
        return " ".join(words)

    def _chatty(self, text: str) -> str:
        out = []
        for word in text.lower().rstrip("?").split(" "):
            options = self._chat.get(word)
            if options and self._random.random() < 0.8:
                out.append(self._random.choice(options))
            elif len(word) > 6 and word.isalpha() and self._random.random() < 0.15:
                out.append(self._drop_vowel(word))
            else:
                out.append(word)
        return " ".join(out)

    def _slip(self, word: str) -> str:
        places = [at for at in range(1, len(word)) if word[at].isalpha()]
        at = self._random.choice(places)
        letter = word[at].lower()
        kind = self._random.choice(("drop", "swap", "near", "double"))
        if kind == "drop":
            return word[:at] + word[at + 1 :]
        if kind == "swap" and at + 1 < len(word) and word[at + 1].isalpha():
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if kind == "near" and letter in _NEAR:
            return word[:at] + self._random.choice(_NEAR[letter]) + word[at + 1 :]
        return word[:at] + letter + word[at:]

    def _drop_vowel(self, word: str) -> str:
        places = [at for at in range(1, len(word) - 1) if word[at] in _VOWELS]
        if not places:
            return word
        at = self._random.choice(places)
        return word[:at] + word[at + 1 :]
