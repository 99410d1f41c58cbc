"""From words to search terms: what a question asks about, and what kind of question it is."""

from dataclasses import dataclass
from functools import lru_cache

from bot.language.text import knowledge_tokens, stem, strip_clitic
from bot.language.words import STOP_WORDS

# Features for the kind of a question; they are matched among questions only.
_CLASSES = {
    "siapa": "?siapa",
    "siapakah": "?siapa",
    "kapan": "?kapan",
    "kapankah": "?kapan",
    "berapa": "?berapa",
    "berapakah": "?berapa",
    "jumlah": "?berapa",
    "bolehkah": "?boleh",
    "boleh": "?boleh",
    "bisakah": "?boleh",
    "bisa": "?boleh",
    "wajib": "?wajib",
    "wajibkah": "?wajib",
    "harus": "?wajib",
    "haruskah": "?wajib",
    "perlukah": "?wajib",
    "perlu": "?wajib",
    "kenapa": "?kenapa",
    "mengapa": "?kenapa",
    "bagaimana": "?bagaimana",
    "cara": "?bagaimana",
    "caranya": "?bagaimana",
    "apakah": "?apakah",
    "mana": "?mana",
    "tidak": "?tidak",
    "beda": "?beda",
    "bedanya": "?beda",
    "perbedaan": "?beda",
    "contoh": "?contoh",
    "syarat": "?syarat",
    "bukti": "?bukti",
}
_LIST = ("apa saja", "siapa saja", "terdiri atas", "terdiri dari", "mana saja", "sebutkan")
_DEFINE_BEFORE = (
    "siapa saja yang dimaksud dengan",
    "siapa saja yang dimaksud",
    "siapa yang dimaksud dengan",
    "siapa yang dimaksud",
    "siapa saja yang disebut",
    "siapa yang disebut",
    "apa yang disebut",
    "apa itu",
    "apa yang dimaksud dengan",
    "apa yang dimaksud",
    "apa pengertian",
    "pengertian",
    "definisi",
    "apa definisi",
    "apa arti dari",
    "apa arti",
    "arti dari",
    "arti",
    "maksud dari",
    "apa maksud",
    "apa maksudnya",
    "apakah itu",
    "apakah yang dimaksud dengan",
    "jelaskan apa itu",
    "jelaskan pengertian",
    "apa kepanjangan",
    "kepanjangan",
    "apa sih",
    "apaan",
)
_DEFINE_AFTER = (
    "itu apa",
    "apa itu",
    "apa artinya",
    "artinya apa",
    "maksudnya apa",
    "apa sih",
    "apa maksudnya",
    "adalah apa",
    "itu maksudnya apa",
    "maksudnya",
    "artinya",
)
# What may still stand around the term in a question for its definition.
_FILLER = STOP_WORDS - {"cara"}


@dataclass(frozen=True, slots=True)
class Analysis:
    """A question as the search sees it.

    Attributes:
        terms: Stems of the topic words, in order, without repeats.
        features: Kind-of-question features such as ``?siapa``.
        defines: Stems of the term whose definition is asked; empty otherwise.
        compares: Stems of the two things that are to be told apart; empty otherwise.
        guessed: Stems of terms that the spelling correction put in place of unknown words.
    """

    terms: tuple[str, ...]
    features: tuple[str, ...]
    defines: tuple[str, ...] = ()
    compares: tuple[tuple[str, ...], ...] = ()
    guessed: frozenset[str] = frozenset()


def content(tokens: list[str]) -> list[str]:
    """Stems of the words that carry a topic."""
    out = []
    for token in tokens:
        if token in STOP_WORDS or token in "/-–":
            continue
        plain = token if token.isdigit() else strip_clitic(token)
        if plain in STOP_WORDS:
            continue
        out.append(stem(plain))
    return out


@lru_cache(maxsize=65536)
def field_terms(text: str) -> tuple[str, ...]:
    """Stems of a field of the knowledge."""
    return tuple(content(list(knowledge_tokens(text))))


def features(tokens: list[str]) -> list[str]:
    """Kind-of-question features of a question."""
    out = {_CLASSES[t] for t in tokens if t in _CLASSES}
    text = " ".join(tokens)
    if any(phrase in text for phrase in _LIST):
        out.add("?daftar")
    if definition_head(tokens):
        out.add("?definisi")
    return sorted(out)


def definition_head(tokens: list[str]) -> tuple[str, ...]:
    """Stems of X in "apa itu X", "X itu apa"; empty when no definition is asked."""
    text = " ".join(tokens)
    for phrase in sorted(_DEFINE_BEFORE, key=len, reverse=True):
        at = text.find(phrase + " ")
        if at == 0 or (at > 0 and text[at - 1] == " " and _filler(text[:at])):
            head = content(text[at + len(phrase) :].split())
            if head:
                return tuple(head)
    for phrase in sorted(_DEFINE_AFTER, key=len, reverse=True):
        at = text.find(" " + phrase)
        if at > 0 and _filler(text[at + 1 + len(phrase) :]):
            head = content(text[:at].split())
            if head and not any(_CLASSES.get(t) == "?siapa" for t in text[:at].split()):
                return tuple(head)
    return ()


def _filler(text: str) -> bool:
    return all(word in _FILLER for word in text.split())


def analyse(
    tokens: list[str],
    skip: frozenset[int] = frozenset(),
    guessed: frozenset[str] = frozenset(),
) -> Analysis:
    """Read repaired tokens.

    Args:
        tokens: Words of the question, repaired.
        skip: Places of tokens that belong to references already resolved.
        guessed: Words among the tokens that stand for unknown ones.
    """
    kept = [t for at, t in enumerate(tokens) if at not in skip]
    terms = tuple(dict.fromkeys(content(kept)))
    unsure = frozenset(content(list(guessed))) & set(terms)
    return Analysis(terms, tuple(features(tokens)), definition_head(kept), compared(kept), unsure)


def compared(tokens: list[str]) -> tuple[tuple[str, ...], ...]:
    """Return stems of X and Y in "beda X dan Y", "X dibandingkan Y bedanya apa"."""
    if not {"beda", "bedanya", "perbedaan", "berbeda", "dibandingkan", "bedakan"} & set(tokens):
        return ()
    for joint in ("dibandingkan", "dengan", "dan", "sama"):
        at = tokens.index(joint) if joint in tokens else 0
        if 0 < at < len(tokens) - 1:
            sides = [
                tuple(t for t in content(part) if t != "beda")
                for part in (tokens[:at], tokens[at + 1 :])
            ]
            if all(sides):
                return tuple(sides)
    return ()
