"""Questions that admins have answered: asked again in the same words, they get that answer."""

from collections.abc import Iterable

from bot.answering.question import Question, Reader
from bot.knowledge.model import FaqEntry

ADMIN_FILES = "jawaban-admin"
"""How the names of the files begin that hold what admins answered."""


class Told:
    """Finds what an admin answered, whatever desk such a question would go to."""

    def __init__(self, entries: Iterable[FaqEntry], reader: Reader) -> None:
        self._by_words: dict[tuple[str, ...], str] = {}
        for entry in entries:
            if entry.id.startswith(ADMIN_FILES):
                for text in entry.questions:
                    # What was answered last counts.
                    self._by_words[_words(reader.read(text))] = entry.id

    def entry(self, question: Question) -> str | None:
        """Return the id of the entry that answers just this question."""
        return self._by_words.get(_words(question)) if self._by_words else None


def _words(question: Question) -> tuple[str, ...]:
    return tuple(question.tokens)
