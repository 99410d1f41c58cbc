"""The file of questions: a JSON object a line.

Keys: ``id``, ``category``, ``noise`` (``clean``, ``typo``, ``chat``), ``question``, ``turns``
(earlier questions of the conversation, optional) and ``expect``, which holds ``abstain: true`` or
any of ``cite`` (list of ``[source, locator prefix]``, one of which the first citation must match),
``values`` (index figures, all of them), ``include`` and ``exclude`` (regular expressions on the
answer, all and none).
"""

import json
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.errors import SpbeError


class QuestionFileError(SpbeError):
    """A line of a question file is not what it should be."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a right answer holds."""

    abstain: bool = False
    cite: tuple[tuple[str, str], ...] = ()
    values: tuple[dict[str, Any], ...] = ()
    include: tuple[re.Pattern[str], ...] = ()
    exclude: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its gold."""

    id: str
    category: str
    question: str
    expect: Expectation
    noise: str = "clean"
    turns: tuple[str, ...] = field(default=())

    def worded(self, question: str, noise: str) -> "Asked":
        """The same question in other words."""
        return replace(self, question=question, noise=noise)


def read_questions(path: Path) -> list[Asked]:
    """Read a question file.

    Raises:
        QuestionFileError: It cannot be read, or a line of it is not sound.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(
            f"“{path}” tidak dapat dibaca ({error}). Perbaikan: pakai berkas JSONL berkode UTF-8."
        ) from error
    return [_read(line, f"{path}:{n}") for n, line in enumerate(lines, 1) if line.strip()]


def _read(line: str, where: str) -> Asked:
    try:
        data = json.loads(line)
        expect = data["expect"]
        return Asked(
            id=str(data.get("id", where)),
            category=data["category"],
            question=data["question"],
            noise=data.get("noise", "clean"),
            turns=tuple(data.get("turns", ())),
            expect=Expectation(
                abstain=bool(expect.get("abstain")),
                cite=tuple((c[0], c[1] if len(c) > 1 else "") for c in expect.get("cite", ())),
                values=tuple(expect.get("values", ())),
                include=_patterns(expect.get("include", ())),
                exclude=_patterns(expect.get("exclude", ())),
            ),
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, re.error) as error:
        raise QuestionFileError(
            f"{where}: baris ini bukan pertanyaan yang sah ({type(error).__name__}: {error}). "
            "Perbaikan: isi category, question, dan expect; lihat docs/evaluation.md."
        ) from error


def _patterns(texts: Any) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE | re.DOTALL) for text in texts)
