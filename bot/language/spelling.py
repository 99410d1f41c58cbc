"""Repairs typed words: chat spellings by table, slips by edit distance to the known vocabulary."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.text import stem, strip_clitic, tokenize
from bot.language.words import STOP_WORDS

_VOWELS = frozenset("aeiou")
_REGION_MARKS = frozenset(
    """
    kab kabupaten kota kotamadya prov provinsi pemkab pemkot pemprov walikota bupati
    gubernur
""".split()
)
# A slip in these is repaired in favour of the keyword when a number follows.
_KEYWORDS = ("pasal", "ayat", "huruf", "angka", "indikator", "level", "tingkat", "tahun", "nomor")


_BEFORE_WHO = frozenset("ke kepada oleh dengan sama dari itu".split())
_AFTER_WHO = frozenset("yang yg saja aja itu".split())
# A word this frequent may be one half of two words written together.
_COMMON = 3
# Lengths of words too short for other repairs whose letters may be swapped.
_SHORT = (3, 4)
# A word this frequent is an everyday word.
_EVERYDAY = 40
# From this length one slip leaves little doubt which word was meant.
_LONG = 8
# From this length one does where the word meant is an everyday one.
_MIDDLING = 6
# A letter left out is likelier than one mistyped by this much of a slip.
_DROPPED = 0.2
# How many repaired words are kept.
_REMEMBERED = 8192


def _letters(word: str) -> int:
    """The letters of a word as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) - 97)
    return bits & 0x3FFFFFF


def _reach(word: str) -> int:
    """How many slips a word of this length may hold and still be recognised."""
    if len(word) <= 3:
        return 0
    return 1 if len(word) <= 7 else 2


def skeleton(word: str) -> str:
    """Consonants of a word after its first letter, doubles merged: ``bndngkn``."""
    out = word[:1]
    for ch in word[1:]:
        if ch not in _VOWELS and ch != out[-1]:
            out += ch
    return out


def formal_forms(word: str) -> list[str]:
    """Return formal words that a colloquial form may stand for.

    ``lakuin`` gives ``lakukan``; ``netapin`` gives ``menetapkan``; ``dipake`` gives ``dipakai``.
    """
    ends = [word]
    if word.endswith("in") and len(word) > 4:
        ends += [word[:-2] + "kan", word[:-2] + "i", word[:-2]]
    if word.endswith("e") and len(word) > 4:
        ends += [word[:-1] + "a", word[:-1] + "ai"]
    if word.endswith(("an", "in")) and len(word) > 5:
        ends.append(word[:-2])
    out = ends[1:]
    if word[0] in "nm":
        out += ["me" + end for end in ends]
    if word.startswith("nge"):
        out += ["me" + end[3:] for end in ends] + [end[3:] for end in ends]
    if word.startswith("ke"):
        out += ["ter" + end[2:] for end in ends]
    return out


class Speller:
    """Corrects tokens against a vocabulary with frequencies."""

    def __init__(
        self,
        vocabulary: Mapping[str, int],
        table: Mapping[str, str],
        region_words: Iterable[str] = (),
        everyday: Iterable[str] = (),
        imported: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Take in the words.

        Args:
            vocabulary: Words of our knowledge, and how frequent each is.
            table: Chat spellings and what they stand for.
            region_words: Words that names of regions are made of.
            everyday: Words outside the knowledge.
            imported: Words of official texts and how frequent each is; these hold slips of their
                own, and a rare word one slip away from one of ours is taken for such.
        """
        self._table = {k: v.split() for k, v in table.items()}
        self._counts = dict(vocabulary)
        # Words outside the knowledge: known, and meant only where one slip is between.
        self._everyday = frozenset(everyday) - self._counts.keys()
        for word in self._everyday:
            self._counts[word] = 1
        for word in STOP_WORDS:
            self._counts.setdefault(word, 40)
        for word in _KEYWORDS:
            self._counts[word] = max(self._counts.get(word, 0), 400)
        self._regions = sorted({w for w in region_words if len(w) > 2})
        for word in self._regions:
            self._counts.setdefault(word, 2)
        self._guesses: dict[str, str] = {}
        self._stems: set[str] = set()
        self._order()
        own = {
            word
            for word, count in imported.items()
            if word not in self._counts and (count >= _COMMON or not self._is_slip(word))
        }
        if own:
            self._everyday |= own
            self._counts.update(dict.fromkeys(own, 1))
            self._order()
        # Forms of a rare imported word are not known by it: its stem may be that of a slip.
        self._stems = {stem(w) for w in self._counts if w not in own or imported[w] >= _COMMON}

    def _order(self) -> None:
        """Sort the words by what they are looked up by."""
        self._by_skeleton: dict[str, list[str]] = defaultdict(list)
        words = [
            word for word in self._counts if word.isalpha() and word.isascii() and len(word) > 2
        ]
        for word in words:
            self._by_skeleton[skeleton(word)].append(word)
        self._words = sorted(words, key=len)
        self._letters = np.array([_letters(word) for word in self._words], np.uint32)
        lengths = [len(word) for word in self._words]
        self._ends = [bisect_left(lengths, n) for n in range(max(lengths, default=0) + 2)]

    def _is_slip(self, word: str) -> bool:
        """Whether a word is one slip away from a common one."""
        plain = word.isalpha() and word.isascii()
        return plain and len(word) >= _MIDDLING and bool(self._one_away(word))

    def known(self, word: str) -> bool:
        """Whether the word, its stem or its form without clitic is in the vocabulary."""
        return (
            word in self._counts
            or strip_clitic(word) in self._counts
            or (len(word) > 4 and stem(word) in self._stems)
        )

    def count(self, word: str) -> int:
        """How often the word occurs in the knowledge."""
        return self._counts.get(word, 0)

    def repair(self, text: str) -> list[str]:
        """Tokenize a question and repair each word."""
        return self.read(text)[0]

    def read(self, text: str) -> tuple[list[str], frozenset[str]]:
        """Tokenize and repair a question; return also what stands for unknown words."""
        tokens = tokenize(text)
        out: list[str] = []
        guessed: set[str] = set()
        for at, token in enumerate(tokens):
            if not token.isalpha():
                out.append(token)
                continue
            if token in self._table:
                out.extend(self._table[token])
                continue
            after = tokens[at + 1] if at + 1 < len(tokens) else ""
            words = self._repair_one(token, out[-1] if out else "", after).split()
            out.extend(words)
            if not self.known(token):
                guessed.update(words)
        return out, frozenset(guessed)

    def _repair_one(self, token: str, before: str, after: str) -> str:
        if token == "siap" and (before in _BEFORE_WHO or after in _AFTER_WHO or not after):
            return "siapa"
        if before in _REGION_MARKS and token not in self._regions:
            near = self._near_region(token)
            if near and not self.known(token):
                return near
        if after.isdigit() and not self.known(token) and len(token) > 2:
            near = min(_KEYWORDS, key=lambda k: OSA.distance(token, k))
            if OSA.distance(token, near) <= (1 if len(near) <= 5 else 2):
                return near
        plain = strip_clitic(token)
        if self.known(token):
            listed = token in self._counts or plain in self._counts
            return token if listed else self._remembered(token, self._moved)
        if plain in self._table:
            return " ".join(self._table[plain])
        return self._remembered(token, self._guess)

    def _remembered(self, token: str, repair: Callable[[str], str]) -> str:
        """Return what a repair makes of a word; the last words are remembered."""
        guess = self._guesses.get(token)
        if guess is None:
            if len(self._guesses) >= _REMEMBERED:
                self._guesses.clear()
            guess = self._guesses[token] = repair(token)
        return guess

    def _guess(self, token: str) -> str:
        """Repair a word that is not known: colloquial form, run-on words, a slip."""
        forms = formal_forms(token)
        sure = (
            self._drawn_out(token)
            or self._swapped(token)
            or next((w for w in forms if w in self._counts), "")
        )
        if sure:
            return sure
        near = self._one_away(token) if len(token) >= _MIDDLING else []
        return (
            (near[0] if len(near) == 1 and len(token) >= _LONG else "")
            or next((w for w in forms[3:] if stem(w) in self._stems), "")
            or self._likeliest(near)
            or self._split(token)
            or self._nearest(token)
            or token
        )

    def _drawn_out(self, token: str) -> str:
        """Return the word whose last letter was drawn out: ``apaa``, ``dongg``."""
        plain = token.rstrip(token[-1]) + token[-1]
        return plain if plain != token and self.known(plain) else ""

    def _swapped(self, token: str) -> str:
        """Return the common word that a short one is with two neighbours swapped: ``aap``."""
        if not _SHORT[0] <= len(token) <= _SHORT[1]:
            return ""
        swaps = (
            token[:at] + token[at + 1] + token[at] + token[at + 2 :]
            for at in range(len(token) - 1)
        )
        return next((w for w in swaps if w != token and self.count(w) >= _EVERYDAY), "")

    def _likeliest(self, near: list[str]) -> str:
        """Return the everyday word of the field among those one slip away: ``perpers``."""
        likely = max(near, key=self.count, default="")
        return likely if self.count(likely) >= _EVERYDAY else ""

    def _moved(self, token: str) -> str:
        """Return the frequent word that a long one becomes by a letter more, less or moved.

        For forms that only their stem makes known, such as ``penganti`` for ``pengganti``; a
        letter in place of another may make a word of its own (perbuatan, pembuatan).
        """
        plain = strip_clitic(token)
        near = self._one_away(plain) if len(plain) >= _MIDDLING else []
        near = [w for w in near if len(w) != len(plain) or sorted(w) == sorted(plain)]
        if len(plain) < _LONG:
            near = [w for w in near if self.count(w) >= _EVERYDAY]
        return near[0] if len(near) == 1 else token

    def _one_away(self, token: str) -> list[str]:
        found = process.extract(
            token, self._alike(token, 1), scorer=OSA.distance, score_cutoff=1, limit=None
        )
        return [word for word, _, _ in found if self.count(word) >= _COMMON]

    def _split(self, token: str) -> str:
        """Part two words written as one, when each is a common one."""
        for at in range(3, len(token) - 2):
            first, second = token[:at], token[at:]
            if min(self.count(first), self.count(second)) >= _COMMON:
                return f"{first} {second}"
        return ""

    def _near_region(self, token: str) -> str:
        found = process.extract(
            token,
            self._regions,
            scorer=OSA.distance,
            score_cutoff=max(1, _reach(token)),
            limit=None,
        )
        # Letters in another order are likelier than letters of another word.
        letters = sorted(token)
        return min(found, key=lambda f: (f[1], sorted(f[0]) != letters))[0] if found else ""

    def _nearest(self, token: str) -> str:
        reach = _reach(token)
        best: tuple[float, str] | None = None
        for word in self._by_skeleton.get(skeleton(token), ()):
            lost = len(word) - len(token)
            if lost > 1 and word in self._everyday:
                continue
            if 0 < lost <= 4 and _is_subsequence(token, word):
                best = _better(best, (0.6 + 0.3 * lost - self._bonus(word), word))
        if reach:
            for word, distance, _ in process.extract(
                token,
                self._alike(token, reach),
                scorer=OSA.distance,
                score_cutoff=reach,
                limit=None,
            ):
                if distance > 1 and word in self._everyday:
                    continue
                cost = float(distance) - self._bonus(word)
                if word[0] != token[0]:
                    cost += 0.5
                if len(word) > len(token) and _is_subsequence(token, word):
                    cost -= _DROPPED
                best = _better(best, (cost, word))
        return best[1] if best else ""

    def _alike(self, token: str, reach: int) -> list[str]:
        """Return the words of about a token's length that share nearly all its letters.

        A slip changes at most two letters of the set that a word is made of.
        """
        last = len(self._ends) - 1
        low = self._ends[min(max(len(token) - reach, 0), last)]
        high = self._ends[min(len(token) + reach + 1, last)]
        differing = np.bitwise_count(self._letters[low:high] ^ np.uint32(_letters(token)))
        return [self._words[low + at] for at in np.flatnonzero(differing <= 2 * reach).tolist()]

    def _bonus(self, word: str) -> float:
        """Frequent words are likelier; worth less than half a slip."""
        return min(0.45, 0.06 * self._counts.get(word, 0).bit_length())


def _better(best: tuple[float, str] | None, other: tuple[float, str]) -> tuple[float, str]:
    return other if best is None or other < best else best


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(ch in rest for ch in short)
