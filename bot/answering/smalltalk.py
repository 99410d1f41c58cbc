"""Greetings, thanks, and questions about the assistant itself."""

from bot.answering import wording
from bot.answering.answer import Answer, Kind
from bot.answering.question import Question
from bot.language.words import GREETINGS, POLITE, THANKS

_AGREED = frozenset({"ok", "oke", "sip"})
# "bisa apa saja" beside so many topic words is no question about the assistant.
_OF_SOMETHING = 2
_ABOUT = (
    "siapa kamu",
    "kamu siapa",
    "siapa anda",
    "anda siapa",
    "kamu bisa apa",
    "anda bisa apa",
    "bisa apa saja",
    "kamu bot",
    "ini bot apa",
    "bot apa ini",
    "apa yang bisa kamu",
    "apa yang bisa anda",
    "apa yang kamu",
    "cara pakai bot",
    "cara memakai bot",
)


_OPINION = (
    "menurut kamu",
    "menurutmu",
    "menurut anda",
    "pendapatmu",
    "pendapat kamu",
    "pendapat anda",
    "kamu setuju",
    "anda setuju",
    "bagus tidak",
    "bagus mana",
    "jelek tidak",
)
# Asked to make something, not to tell something.
_MAKE = frozenset(
    "buatkan buatin bikinkan bikinin tuliskan tulisin terjemahkan karangkan ajarkan".split()
)
_OURS = frozenset("grafik tabel perbandingan ringkasan daftar tren simulasi".split())
_PRIVACY = ("data saya", "data pribadi saya", "privasi saya", "percakapan saya", "chat saya")


def answer(question: Question) -> Answer | None:
    """Return a friendly line for small talk, or None when something was asked."""
    words = question.words
    if not words:
        return Answer(Kind.SMALLTALK, wording.GREETING, suggestions=wording.EXAMPLES)
    if question.has(*_OPINION):
        return Answer(Kind.UNKNOWN, wording.NO_OPINION, suggestions=wording.EXAMPLES[:3])
    if words & _MAKE and not words & _OURS:
        return Answer(Kind.UNKNOWN, wording.NO_DRAFTING, suggestions=wording.EXAMPLES[:3])
    if question.has(*_PRIVACY):
        return Answer(Kind.SMALLTALK, wording.PRIVACY)
    if question.has(*_ABOUT) and len(question.analysis.terms) < _OF_SOMETHING:
        return Answer(Kind.SMALLTALK, wording.ABOUT, suggestions=wording.EXAMPLES)
    if words <= GREETINGS | THANKS | POLITE | {"izin"}:
        thanked = words & THANKS - _AGREED
        text = wording.THANKS if thanked else wording.GREETING
        return Answer(Kind.SMALLTALK, text, suggestions=() if thanked else wording.EXAMPLES)
    return None
