"""Questions that ask two things: taken apart, answered part by part, put together again."""

import re

from bot.answering import wording
from bot.answering.answer import Answer
from bot.language.text import tokenize
from bot.language.words import FUNCTION_WORDS, QUESTION_WORDS

# Above this the answer to the whole is good enough alone.
SURE = 0.95
_JOINT = re.compile(
    r"\?\s+|[,;]?\s+(?:dan|serta|terus|trus|lalu|kemudian|n|&|sekaligus)\s+", re.IGNORECASE
)
_ASKING = frozenset(
    """
    apa ap apakah siapa sp siapakah kapan kpn berapa brp brapa bagaimana gimana gmn bgmn kenapa
    knp mengapa mana dimana dmn
""".split()
)
_SHORTEST = 2


def split(text: str) -> list[str]:
    """Return the questions in a message when it asks two or three things, else nothing.

    "apa itu SPL dan siapa yang mengelola?" gives both halves; a joint between two nouns
    ("keamanan dan audit") does not part a question.
    """
    parts = [part.strip(" ?.,") for part in _JOINT.split(text)]
    merged: list[str] = []
    for part in parts:
        if merged and not _asks(part):
            merged[-1] += f" dan {part}"
        else:
            merged.append(part)
    asking = [part for part in merged if _asks(part)]
    return asking if 2 <= len(asking) <= 3 else []


def join(questions: list[str], answers: list[Answer]) -> Answer | None:
    """Put the parts' answers together; None when fewer than one is known.

    A part without an answer is named, so that nobody takes the rest for the whole.
    """
    known = [a for a in answers if not a.abstained]
    if not known:
        return None
    missing = [q for q, a in zip(questions, answers, strict=True) if a.abstained]
    first = known[0]
    notes = tuple(dict.fromkeys(n for a in known for n in a.notes))
    notes += tuple(wording.PART_UNKNOWN.format(part=q) for q in missing)
    texts = list(dict.fromkeys(a.text for a in known))
    return Answer(
        first.kind,
        "\n".join(texts),
        tuple(dict.fromkeys(c for a in known for c in a.citations)),
        tuple(dict.fromkeys(s for a in known for s in a.status)),
        notes,
        tuple(v for a in known for v in a.values),
        tuple(dict.fromkeys(s for a in known for s in a.suggestions))[:3],
        min(a.confidence for a in known),
        summarised=any(a.summarised for a in known),
        verbatim=all(a.verbatim for a in known),
    )


def _asks(part: str) -> bool:
    words = tokenize(part)
    topic = [w for w in words if w not in FUNCTION_WORDS and w not in QUESTION_WORDS]
    return bool(_ASKING & set(words)) and len(words) >= _SHORTEST and bool(topic)
