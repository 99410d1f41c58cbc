"""Which passages define which terms."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from bot.retrieval.analysis import term_heads
from bot.retrieval.postings import Span


class Definitions:
    """The terms that passages define, by their stems; passages are added in ascending order."""

    def __init__(self) -> None:
        self._heads: dict[tuple[str, ...], list[int]] = defaultdict(list)

    def __contains__(self, head: object) -> bool:
        return head in self._heads

    def add(self, term: str, number: int) -> None:
        """Note that a passage defines a term; an empty one is none."""
        for head in term_heads(term):
            self._heads[head].append(number)

    def longest(self, terms: tuple[str, ...]) -> tuple[str, ...]:
        """Return the longest defined term that stands whole in a question."""
        spans = (
            terms[at : at + length]
            for length in range(len(terms), 0, -1)
            for at in range(len(terms) - length + 1)
        )
        return next((span for span in spans if span in self._heads and span != ("spbe",)), ())

    def within(self, head: tuple[str, ...], ranges: Sequence[Span]) -> list[int]:
        """Return the passages in some ranges that define a term."""
        numbers = self._heads.get(head, [])
        return [
            number
            for low, high in ranges
            for number in numbers[bisect_left(numbers, low) : bisect_left(numbers, high)]
        ]
