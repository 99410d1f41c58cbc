"""A question, read once: repaired words, references, regions, years, what it asks for."""

from dataclasses import dataclass

from bot.knowledge.model import Snapshot
from bot.language import lexicon
from bot.language.references import KIND_WORDS, ReferenceParser, References
from bot.language.regions import Gazetteer, Mention
from bot.language.spelling import Speller
from bot.language.text import fold, tokenize
from bot.language.years import Years, find_years
from bot.retrieval.analysis import Analysis, analyse
from bot.retrieval.passages import build_passages


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, as every desk sees it."""

    text: str
    tokens: tuple[str, ...]
    refs: References
    places: tuple[Mention, ...]
    years: Years
    analysis: Analysis

    @property
    def words(self) -> frozenset[str]:
        """The repaired words, for quick tests."""
        return frozenset(self.tokens)

    @property
    def codes(self) -> tuple[str, ...]:
        """The first code of each place named."""
        return tuple(place.codes[0] for place in self.places)

    def has(self, *phrases: str) -> bool:
        """Whether any of the phrases stands in the question, by whole words."""
        line = f" {' '.join(self.tokens)} "
        return any(f" {phrase} " in line for phrase in phrases)


class Reader:
    """Reads questions with the vocabulary of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.gazetteer = Gazetteer(snapshot.regions.values())
        self.references = ReferenceParser(snapshot.regulations.values())
        self._speller = Speller(
            _vocabulary(snapshot), snapshot.chat_spellings, self.gazetteer.words
        )

    def read(self, text: str) -> Question:
        """Repair and take apart one question."""
        tokens = self._speller.repair(text)
        refs = self.references.parse(tokens)
        free = [t if at not in refs.used else "|" for at, t in enumerate(tokens)]
        places = tuple(self.gazetteer.find(free))
        years = find_years(free)
        return Question(
            text=text,
            tokens=tuple(tokens),
            refs=refs,
            places=places,
            years=years,
            analysis=analyse(tokens, refs.used | _place_tokens(places)),
        )

    def knows(self, word: str) -> bool:
        """Whether a word is in the vocabulary."""
        return self._speller.known(word)


def _place_tokens(places: tuple[Mention, ...]) -> frozenset[int]:
    """Tokens of regions; agencies stay, since provisions name them too."""
    return frozenset(
        at
        for place in places
        if place.codes[0][:2].isdigit()
        for at in range(place.start, place.end)
    )


def _vocabulary(snapshot: Snapshot) -> dict[str, int]:
    counts: dict[str, int] = {}
    for passage in build_passages(snapshot):
        parts = (passage.heading, passage.text, passage.context, passage.term,
                 *passage.questions, *passage.keywords)
        for word in {word for part in parts for word in tokenize(part)}:
            counts[word] = counts.get(word, 0) + 1
    for term in snapshot.terms:
        for part in (term.name, term.expansion, *term.synonyms):
            for word in tokenize(part):
                counts[word] = counts.get(word, 0) + 1
    for word in (*lexicon.ALL, *KIND_WORDS):
        counts[word] = max(counts.get(word, 0), 20)
    for measure in snapshot.other_measures:
        for word in tokenize(fold(measure)):
            counts.setdefault(word, 1)
    return counts
