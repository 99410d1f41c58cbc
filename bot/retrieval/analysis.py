"""From words to search terms: what a question asks about, and what kind of question it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.language.text import knowledge_tokens, stem, strip_clitic, tokenize
from bot.language.words import POLITE_PHRASES, STOP_WORDS

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
    "dimana": "?mana",
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
    "apa singkatan",
    "singkatan dari",
    "singkatan",
    "siapa itu",
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
    "itu singkatan apa",
    "itu singkatan dari apa",
    "singkatan dari apa",
    "singkatan apa",
    "kepanjangannya apa",
    "apa kepanjangannya",
    "itu siapa",
    "itu siapa sih",
    "maksudnya",
    "artinya",
    "itu apaan",
    "itu kepanjangan apa",
    "itu kepanjangan dari apa",
    "kepanjangan apa",
    "kepanjangan dari apa",
)
# Words and phrases that may ask what a term means, if a defined one stands beside them.
_MEANING = frozenset(
    """
    apaan definisi definisinya didefinisikan pengertian pengertiannya arti artinya istilah
    istilahnya kepanjangan kepanjangannya singkatan singkatannya disebut dimaksud dinamakan
    namanya maksudnya
""".split()
)
_LIKE_WHAT = (
    "seperti apa",
    "kayak apa",
    "kayak bagaimana",
    "itu bagaimana",
    "yang termasuk",
    "apa saja isinya",
)
# What follows these in "pengertian X menurut Y" says where X stands, not what it is.
_WHERE = ("menurut", "dalam", "di", "pada", "versi", "berdasarkan")


def _either(phrases: tuple[str, ...], form: str) -> re.Pattern[str]:
    """Match any of the phrases, longest first."""
    inner = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return re.compile(form % inner)


_BEFORE = _either(_DEFINE_BEFORE, r"(?:^|(?<= ))(?:%s) ")
_AFTER = _either(_DEFINE_AFTER, r" (?:%s)(?= |$)")
# Every phrase above holds one of these.
_DEFINES = frozenset(
    """
    apa apakah apaan siapa pengertian definisi arti artinya maksud maksudnya kepanjangan
    kepanjangannya singkatan
""".split()
)
# What may still stand around the term in a question for its definition.
_FILLER = STOP_WORDS - {"cara"}


@dataclass(frozen=True, slots=True)
class Analysis:
    """A question as the search sees it.

    Attributes:
        terms: Stems of the topic words, in order, without repeats.
        features: Kind-of-question features such as ``?siapa``.
        defines: Readings of the term whose definition is asked, in stems; empty otherwise.
        compares: Stems of the two things that are to be told apart; empty otherwise.
        meaning: Whether the wording may ask what a term means.
        guessed: Stems of terms that the spelling correction put in place of unknown words.
    """

    terms: tuple[str, ...]
    features: tuple[str, ...]
    defines: tuple[tuple[str, ...], ...] = ()
    compares: tuple[tuple[str, ...], ...] = ()
    guessed: frozenset[str] = frozenset()
    meaning: bool = False


def content(tokens: Iterable[str]) -> list[str]:
    """Stems of the words that carry a topic."""
    return [term for token in tokens if (term := _term(token))]


@lru_cache(maxsize=65536)
def _term(token: str) -> str:
    """Stem of a word, or nothing for a word without a topic."""
    if token in STOP_WORDS or token in "/-–" or (len(token) == 1 and token.isalpha()):
        return ""
    plain = token if token.isdigit() else strip_clitic(token)
    return "" if plain in STOP_WORDS else stem(plain)


@lru_cache(maxsize=65536)
def field_terms(text: str) -> tuple[str, ...]:
    """Stems of a field of the knowledge."""
    return tuple(content(knowledge_tokens(text)))


@lru_cache(maxsize=4096)
def term_heads(term: str) -> list[tuple[str, ...]]:
    """Ways to ask for a defined term: whole, without the bracket, the bracket alone."""
    if not term:
        return []
    bracket = re.search(r"\(([^)]+)\)", term)
    plain = re.sub(r"\s*\([^)]*\)", "", term)
    options = [plain] + ([bracket[1]] if bracket else [])
    heads = [tuple(content(tokenize(option))) for option in options]
    heads += [h[:-1] for h in heads if len(h) > 1 and h[-1] == "spbe"]
    return [head for head in dict.fromkeys(heads) if head]


def features(tokens: list[str]) -> list[str]:
    """Kind-of-question features of a question."""
    out = {_CLASSES[t] for t in tokens if t in _CLASSES}
    text = " ".join(tokens)
    if any(phrase in text for phrase in _LIST):
        out.add("?daftar")
    if definition_heads(tokens):
        out.add("?definisi")
    return sorted(out)


def definition_heads(tokens: list[str]) -> tuple[tuple[str, ...], ...]:
    """Stems of X in "apa itu X", "X itu apa"; empty when no definition is asked.

    "pengertian X menurut Y" gives two readings, the whole and X alone.
    """
    whole = _defined_words(tokens)
    places = [at for at, word in enumerate(whole) if at and word in _WHERE]
    readings = (content(whole), *(content(whole[:at]) for at in places))
    return tuple(dict.fromkeys(tuple(dict.fromkeys(head)) for head in readings if head))


def _defined_words(tokens: list[str]) -> list[str]:
    if _DEFINES.isdisjoint(tokens):
        return []
    text = " ".join(tokens)
    for found in _BEFORE.finditer(text):
        words = text[found.end() :].split()
        if _filler(text[: found.start()]) and content(words):
            return words
    for found in _AFTER.finditer(text):
        words = text[: found.start()].split()
        asks_who = any(_CLASSES.get(t) == "?siapa" for t in words)
        if _filler(text[found.end() :]) and content(words) and not asks_who:
            return words
    return []


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
    polite = {
        at + i
        for at, pair in enumerate(pairwise(tokens))
        if pair in POLITE_PHRASES
        for i in (0, 1)
    }
    kept = [t for at, t in enumerate(tokens) if at not in skip and at not in polite]
    terms = tuple(dict.fromkeys(content(kept)))
    unsure = frozenset(content(list(guessed))) & set(terms)
    return Analysis(
        terms,
        tuple(features(tokens)),
        definition_heads(kept),
        compared(kept),
        unsure,
        _may_ask_meaning(tokens),
    )


def _may_ask_meaning(tokens: list[str]) -> bool:
    text = " ".join(tokens)
    return not _MEANING.isdisjoint(tokens) or any(phrase in text for phrase in _LIKE_WHAT)


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
                # "aplikasi umum dan khusus" shares its first word.
                first, second = sides
                shared = [first[:-1] + second] if len(first) > 1 else []
                return tuple(
                    dict.fromkeys(tuple(dict.fromkeys(x)) for x in (first, second, *shared))
                )
    return ()
