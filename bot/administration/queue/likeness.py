"""Whether two questions ask the same, so that one answer serves both.

Words may differ a little; numbers, references, regions and years may not.
"""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.answering.question import Question, Reader
from bot.language.references import KIND_WORDS, RegulationMention
from bot.language.text import fold, tokenize
from bot.language.words import NUMBER_WORDS
from bot.retrieval.analysis import content

ReadTerms = Callable[[str], "Terms"]

# Who, when, how many, whether one may: an answer to one is none to another.
_ASKED_FOR = frozenset(
    """
    ?siapa ?kapan ?berapa ?kenapa ?beda ?contoh ?definisi ?daftar ?boleh ?wajib
""".split()
)
# What only one of two questions asks for counts as a word that the other lacks.
_ASKED_WEIGHT = 0.3
_MODAL = frozenset("boleh bisa dapat perlu wajib harus".split())
# "satu" is left out: "satu data" and "salah satu" count nothing.
_NUMBERS = {word: str(number) for word, number in NUMBER_WORDS.items() if number > 1}
# Words that nearly every question here may hold tell little of what it is about.
_WEAK = frozenset("spbe daerah perintah instansi dinas kantor opd".split())
_WEAK_WEIGHT = 0.4
# Least share of the words of the shorter and of the longer question that both hold.
SHORTER, LONGER = 0.8, 0.65
# What was read from a slip counts a little less than what was written.
_NEAR_WEIGHT = 0.95
_SHORTEST_SLIP = 5
# Questions without a word of content are alike when their letters are, of 100.
_SAME_LETTERS = 90
_REMEMBERED = 32_768


@dataclass(frozen=True)
class Terms:
    """What the likeness of a question is measured on.

    Attributes:
        words: Stems of the content words, chat spellings written out and slips repaired.
        typed: Each of the words with how it was typed.
        unsure: Those of the words that the repair put in place of unknown ones.
        exact: Numbers, references, regions, years and negations; like questions share them all.
        asked_for: Features of what is asked for, such as ``?siapa``.
        line: All words in order, for questions without content words.
    """

    words: frozenset[str]
    typed: tuple[tuple[str, str], ...] = ()
    unsure: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    asked_for: frozenset[str] = frozenset()
    line: str = ""

    @cached_property
    def weight(self) -> float:
        """The weight of all words."""
        return weight(self.words)

    @cached_property
    def spelled(self) -> dict[str, str]:
        """How each of the words was typed."""
        return dict(self.typed)


def terms_of(reader: Reader) -> ReadTerms:
    """Return a function that reads the terms of a question; it remembers what it has read."""

    @lru_cache(_REMEMBERED)
    def meant(word: str) -> tuple[str, ...]:
        """Stems of what a typed word stands for."""
        if not word.isalpha():
            return ()
        return tuple(content([word] if reader.knows(word) else reader.read(word).tokens))

    @lru_cache(_REMEMBERED)
    def read(text: str) -> Terms:
        question = reader.read(text)
        words = frozenset(question.analysis.terms) | _names(question.refs.regulations)
        words = frozenset(w for w in words if not _is_number(w))
        typed = {stem: word for word in tokenize(text) for stem in meant(word) if stem in words}
        return Terms(
            words,
            tuple(sorted(typed.items())),
            words & question.analysis.guessed,
            _exact(question),
            _ASKED_FOR.intersection(question.analysis.features),
            " ".join(question.tokens),
        )

    return read


@lru_cache(_REMEMBERED)
def text_key(text: str) -> str:
    """Return a text as it is compared with others: case, accents and spaces do not count."""
    return " ".join(fold(text).split())


def weight(words: Set[str]) -> float:
    """Return how much words tell of what a question is about, 1 for most."""
    return len(words) - (1 - _WEAK_WEIGHT) * len(words & _WEAK)


def likeness(one: Terms, other: Terms) -> float:
    """Return how alike two questions are, 0 (not the same question) to 1."""
    if one.exact != other.exact or _asks_other(one, other):
        return 0.0
    if not one.words or not other.words:
        return _bare_likeness(one, other)
    # What must be equal is common ground too, and what only one asks for sets apart.
    ground = 1.0 if one.exact else 0.0
    less, more = sorted((one.weight, other.weight))
    if less + ground < LONGER * (more + ground):
        return 0.0
    both = one.words & other.words
    mine, theirs = one.words - both, other.words - both
    shared, left, right = weight(both), weight(mine), weight(theirs)
    apart = _ASKED_WEIGHT * len(one.asked_for ^ other.asked_for)
    able = len(mine & one.unsure) + len(theirs & other.unsure)
    if able and mine and theirs:
        if not _score(shared + able, left - able, right - able, ground, apart):
            return 0.0
        twins = _twins(mine, one, theirs, other)
        found, their_found = {word for word, _ in twins}, {word for _, word in twins}
        shared += _NEAR_WEIGHT * min(weight(found), weight(their_found))
        left, right = weight(mine - found), weight(theirs - their_found)
    return _score(shared, left, right, ground, apart)


def _score(shared: float, mine: float, theirs: float, ground: float, apart: float) -> float:
    """Return the likeness that weights of words give, 0 where too few are shared."""
    less, more = max(min(mine, theirs), 0.0), max(mine, theirs, 0.0)
    if not shared or shared < SHORTER * (shared + less):
        return 0.0
    of_longer = (shared + ground) / (shared + more + ground + apart)
    if of_longer < LONGER:
        return 0.0
    return (shared / (shared + less) + of_longer) / 2


def _asks_other(one: Terms, other: Terms) -> bool:
    both = one.asked_for and other.asked_for
    return bool(both) and one.asked_for.isdisjoint(other.asked_for)


def _bare_likeness(one: Terms, other: Terms) -> float:
    if one.words or other.words:
        return 0.0
    if one.exact:
        return 1.0
    letters = fuzz.ratio(one.line, other.line)
    return letters / 100 if letters >= _SAME_LETTERS else 0.0


def _twins(
    mine: Iterable[str], one: Terms, theirs: Iterable[str], other: Terms
) -> list[tuple[str, str]]:
    """Pair words that were typed as one but for a slip; two known words are what they are."""
    pairs = []
    free = sorted(theirs)
    for word in sorted(mine):
        for twin in free:
            if (word in one.unsure or twin in other.unsure) and slip_between(
                one.spelled.get(word, word), other.spelled.get(twin, twin)
            ):
                pairs.append((word, twin))
                free.remove(twin)
                break
    return pairs


def slip_between(word: str, other: str) -> bool:
    """Whether two words differ by one slip of the keyboard: ``rendang``, ``rednang``."""
    long = min(len(word), len(other)) >= _SHORTEST_SLIP
    return long and OSA.distance(word, other, score_cutoff=1) <= 1


@lru_cache(_REMEMBERED)
def slip_keys(word: str) -> frozenset[str]:
    """Return forms of which two words share one if ``slip_between`` them; none of a short word."""
    if len(word) < _SHORTEST_SLIP:
        return frozenset()
    return frozenset((word, *(word[:at] + word[at + 1 :] for at in range(len(word)))))


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in _NUMBERS


def _names(mentions: Iterable[RegulationMention]) -> frozenset[str]:
    """Stems of the names of laws that go by name: ``ite`` of "uu ite"."""
    named = (m.name.split() for m in mentions if not (m.id or m.candidates))
    return frozenset(
        content(
            word
            for words in named
            if not any(word.isdigit() for word in words)
            for word in words
            if word not in KIND_WORDS
        )
    )


def _exact(question: Question) -> frozenset[str]:
    refs, years = question.refs, question.years
    named = {_law(mention) for mention in refs.regulations}
    regions = (p.codes for p in question.places if p.codes[0][:2].isdigit())
    out = {f"aturan {name}" for name in named} | {f"wilayah {'|'.join(c)}" for c in regions}
    for name, value in (
        ("tempat", refs.locator or refs.part),
        ("indikator", refs.indicator),
        ("tingkat", refs.level),
        ("tahun terakhir", years.last),
        ("geser tahun", years.shift),
    ):
        if value:
            out.add(f"{name} {value}")
    out |= {f"tahun {year}" for year in years.years}
    free = [t for at, t in enumerate(question.tokens) if at not in refs.used]
    # In their order: "dari 2 ke 3" is not "dari 3 ke 2".
    numbers = [_NUMBERS.get(t, t) for t in free if _is_number(t)]
    numbers = [n for n in numbers if not (n.isdigit() and int(n) in years.years)]
    if numbers:
        out.add(f"angka {' '.join(numbers)}")
    out |= {f"tidak {b}" for a, b in pairwise(question.tokens) if a == "tidak" and b in _MODAL}
    return frozenset(out)


def _law(mention: RegulationMention) -> str:
    """Return one name for all ways to name a law."""
    if mention.id or mention.candidates:
        return mention.id or "|".join(mention.candidates)
    numbers = " ".join(n.lstrip("0") for n in tokenize(mention.name) if n.isdigit())
    return f"{mention.family} {numbers}".strip()
