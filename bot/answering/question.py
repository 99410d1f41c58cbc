"""A question, read once: repaired words, references, regions, years, what it asks for."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.model import Snapshot
from bot.language import lexicon
from bot.language.local_references import LOCAL_WORDS, LocalReferences
from bot.language.references import KIND_WORDS, ReferenceParser, References
from bot.language.regions import Gazetteer, Mention
from bot.language.spelling import Speller
from bot.language.text import fold, knowledge_tokens, strip_clitic, tokenize
from bot.language.years import Years, find_years
from bot.retrieval.analysis import Analysis, analyse
from bot.retrieval.passages import Passage

# A part of a message with fewer words is no question of its own.
_SHORTEST = 3


@dataclass(frozen=True)
class Question:
    """What was asked, as every desk sees it.

    Attributes:
        read_parts: Reads the sentences and clauses of a long message on their own.
    """

    text: str
    tokens: tuple[str, ...]
    refs: References
    places: tuple[Mention, ...]
    years: Years
    analysis: Analysis
    read_parts: Callable[[], tuple[Analysis, ...]]

    @cached_property
    def words(self) -> frozenset[str]:
        """The repaired words, with and without -nya and the like, for quick tests."""
        return frozenset(self.tokens) | {strip_clitic(t) for t in self.tokens}

    @property
    def codes(self) -> tuple[str, ...]:
        """The first code of each place named."""
        return tuple(place.codes[0] for place in self.places)

    @property
    def every_code(self) -> tuple[str, ...]:
        """All codes that the places named may mean: "bandung" is a kabupaten and a kota."""
        return tuple(dict.fromkeys(code for place in self.places for code in place.codes))

    def has(self, *phrases: str) -> bool:
        """Whether any of the phrases stands in the question, by whole words."""
        line = self._line
        return any(f" {phrase} " in line for phrase in phrases)

    @cached_property
    def named(self) -> frozenset[int]:
        """The positions of tokens that belong to names of regions and agencies."""
        return frozenset(at for p in self.places for at in range(p.start, p.end))

    def beside_places(self, phrase: str) -> bool:
        """Whether a phrase stands in the question outside the names of regions and agencies."""
        named = self.named
        line = " ".join("|" if at in named else token for at, token in enumerate(self.tokens))
        return f" {phrase} " in f" {line} "

    @cached_property
    def parts(self) -> tuple[Analysis, ...]:
        """The sentences and clauses that may be the question proper."""
        return self.read_parts()

    @cached_property
    def _line(self) -> str:
        return f" {' '.join(self.tokens)} "


class Reader:
    """Reads questions with the vocabulary of one snapshot."""

    def __init__(self, snapshot: Snapshot, passages: Sequence[Passage]) -> None:
        self.gazetteer = Gazetteer(snapshot.regions.values())
        self.references = ReferenceParser(snapshot.regulations.values())
        self._local = LocalReferences(snapshot.regulations.values())
        self._speller = Speller(
            _vocabulary(snapshot, passages),
            snapshot.chat_spellings,
            self.gazetteer.words,
            snapshot.everyday_words,
            _counted(p for p in passages if p.official),
        )

    def read(self, text: str) -> Question:
        """Repair and take apart one question."""
        tokens, guessed = self._speller.read(text)
        refs = self.references.parse(tokens, self._local.find(tokens, self.gazetteer.find))
        free = [t if at not in refs.used else "|" for at, t in enumerate(tokens)]
        places = tuple(self.gazetteer.find(free))
        years = find_years(free)
        return Question(
            text=text,
            tokens=tuple(tokens),
            refs=refs,
            places=places,
            years=years,
            analysis=analyse(tokens, refs.used | _place_tokens(places), guessed),
            read_parts=lambda: tuple(
                analyse(words, guessed=unsure)
                for words, unsure in map(self._speller.read, _asking_parts(text))
            ),
        )

    def knows(self, word: str) -> bool:
        """Whether a word is in the vocabulary."""
        return self._speller.known(word)


def _asking_parts(text: str) -> list[str]:
    """Return the sentences and clauses that may be the question proper.

    People greet, introduce themselves and explain around it: "mohon izin, kami dari OPD kecil,
    arsitektur itu apa?".
    """
    whole = text.strip(" .?!\n")
    sentences = re.split(r"[.?!\n]+(?:\s|$)", text)
    parts = [s.strip() for s in sentences] + [c.strip() for s in sentences for c in s.split(",")]
    return [p for p in dict.fromkeys(parts) if p != whole and len(p.split()) >= _SHORTEST]


def _place_tokens(places: tuple[Mention, ...]) -> frozenset[int]:
    """Tokens of regions; agencies stay, since provisions name them too."""
    return frozenset(
        at
        for place in places
        if place.codes[0][:2].isdigit()
        for at in range(place.start, place.end)
    )


def _counted(passages: Iterable[Passage]) -> dict[str, int]:
    """Return in how many passages each word stands."""
    counts: dict[str, int] = {}
    for passage in passages:
        parts = (
            passage.heading,
            passage.text,
            passage.context,
            passage.term,
            *passage.questions,
            *passage.keywords,
        )
        for word in {word for part in parts for word in knowledge_tokens(part)}:
            counts[word] = counts.get(word, 0) + 1
    return counts


def _vocabulary(snapshot: Snapshot, passages: Sequence[Passage]) -> dict[str, int]:
    """Return the words of what we wrote; official texts bring words, and slips, of their own."""
    counts = _counted(p for p in passages if not p.official)
    for term in snapshot.terms:
        for part in (term.name, term.expansion, *term.synonyms):
            for word in tokenize(part):
                counts[word] = counts.get(word, 0) + 1
    for word in (*lexicon.ALL, *KIND_WORDS, *LOCAL_WORDS):
        counts[word] = max(counts.get(word, 0), 20)
    for measure in (*snapshot.other_measures, *snapshot.other_places):
        for word in tokenize(fold(measure)):
            counts.setdefault(word, 1)
    return counts
