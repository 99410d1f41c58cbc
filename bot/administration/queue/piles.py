"""Puts like questions on one pile, found by index rather than by comparing all with all."""

from dataclasses import dataclass, field

from bot.administration.queue.likeness import (
    LONGER,
    ReadTerms,
    Terms,
    likeness,
    slip_keys,
    text_key,
    weight,
)
from bot.administration.records import Asked


@dataclass(slots=True)
class Pile:
    """Like questions, and the one that leads them."""

    id: str
    text: str
    terms: Terms
    asked: list[Asked] = field(default_factory=list)


_Place = tuple[frozenset[str], str]


class Piles:
    """Finds the pile of a question by index: what must be equal, and a word or one like it."""

    def __init__(self, read_terms: ReadTerms) -> None:
        self.all: list[Pile] = []
        self._read = read_terms
        self._by_id: dict[str, Pile] = {}
        self._by_text: dict[str, Pile] = {}
        self._places: dict[_Place, list[int]] = {}
        # Words by the forms that a slip may leave; those not sure apart.
        self._slips: dict[str, set[str]] = {}
        self._unsure_slips: dict[str, set[str]] = {}

    def start(self, name: str, text: str, *, kept: bool = False) -> Pile:
        """Start a pile with its leader.

        Args:
            name: Id of the pile: the answer id of its first question.
            text: The leader.
            kept: Whether that question stays here, even if the program reads it otherwise now.
        """
        pile = Pile(name, text, self._read(text))
        number, terms = len(self.all), pile.terms
        self.all.append(pile)
        if kept:
            self._by_id[name] = pile
        self._by_text.setdefault(text_key(text), pile)
        for word in terms.words or ("",):
            self._places.setdefault((terms.exact, word), []).append(number)
            for form in slip_keys(terms.spelled.get(word, word)):
                self._slips.setdefault(form, set()).add(word)
                if word in terms.unsure:
                    self._unsure_slips.setdefault(form, set()).add(word)
        return pile

    def add(self, question: Asked) -> None:
        """Put a question on its pile, or on a new one."""
        key = text_key(question.text)
        pile = self._by_id.get(question.id) or self._by_text.get(key) or self._like(question.text)
        pile = pile or self.start(question.id, question.text)
        self._by_text.setdefault(key, pile)
        pile.asked.append(question)

    def _like(self, text: str) -> Pile | None:
        terms = self._read(text)
        best, most = None, 0.0
        for number in sorted(self._candidates(terms)):
            alike = likeness(terms, self.all[number].terms)
            if alike > most:
                best, most = self.all[number], alike
        return best

    def _candidates(self, terms: Terms) -> set[int]:
        """Return the piles that share one of the rarest words; none that is alike is missed."""
        exact = terms.exact
        if not terms.words:
            return set(self._places.get((exact, ""), ()))
        rarest = sorted(terms.words, key=lambda w: (len(self._places.get((exact, w), ())), w))
        # A question alike lacks no more than this of the words; common ground counts as one.
        may_lack = (1 - LONGER) * (terms.weight + bool(exact))
        found: set[int] = set()
        for word in rarest:
            for twin in {word} | self._twins(word, terms):
                found.update(self._places.get((exact, twin), ()))
            may_lack -= weight({word})
            if may_lack < 0:
                break
        return found

    def _twins(self, word: str, terms: Terms) -> set[str]:
        """Return the words that may be this one but for a slip."""
        by_form = self._slips if word in terms.unsure else self._unsure_slips
        twins: set[str] = set()
        for form in slip_keys(terms.spelled.get(word, word)):
            twins |= by_form.get(form, set())
        return twins
