"""What the words of a question signal about the index history: figures, predikat, kinds."""

import re

from bot.answering.index.asked import CENTRAL
from bot.answering.question import Question
from bot.language.lexicon import (
    AVERAGE,
    BOTTOM,
    BOTTOM_PHRASES,
    CHANGE,
    COMPARE,
    INDEX_FILLER,
    INDEX_WORDS,
    MOST,
    MOVE_NOUNS,
    MOVE_PHRASES,
    NATIONAL,
    RANK,
    REGION_KINDS,
    SPREAD,
    STRONG,
    TOP,
    TOP_PHRASES,
    TREND,
    WEAK,
)
from bot.language.text import strip_clitic
from bot.language.words import NUMBER_WORDS, STOP_WORDS

_FIGURE = re.compile(r"[1-5][.,]\d{1,2}")
_THRESHOLD = re.compile(
    r"(?:^| )(di ?atas|di ?bawah|lebih dari|kurang dari|>|<) ([1-5](?:[.,]\d{1,2})?)(?: |$)"
)
_JOINING = frozenset("dan vs dibandingkan dengan sama serta".split())
_PAST_AVERAGE = re.compile(r"(?:^| )(di ?atas|di ?bawah) rata")
_BANDS = ("memuaskan", "sangat baik", "baik", "cukup", "kurang")
_EVERYDAY = frozenset({"baik", "cukup", "kurang"})
_BEFORE_BAND = [
    [word]
    for word in (
        "predikat predikatnya kategori berpredikat berkategori dapat mendapat meraih memperoleh "
        "ke menuju menjadi jadi supaya agar biar sampai yang sudah belum minimal minimum di "
        "bawah masih nilai bernilai level"
    ).split()
]
_COUNTABLE = (
    frozenset(REGION_KINDS) | TOP | BOTTOM | {"besar", "daerah", "pemda", "pemerintah", "instansi"}
)
COUNTED = ("dievaluasi", "dinilai", "ada datanya", "ikut evaluasi")
WHOLE_LIST = ("list", "daftar", "semua", "seluruh", "tabel")
LISTING = (*WHOLE_LIST, "siapa saja", "mana saja", "apa saja", "top")
NATIONWIDE = ("nasional", "indonesia", "se indonesia", "nasionalnya")
# A message that only changes a detail is not longer, in words.
SHORT = 8
# Words after a domain's name that make another thing of it.
_LONGER = frozenset(
    "risiko data aset keamanan layanan pengetahuan perubahan sdm publik administrasi informasi "
    "sumber proyek tik pemerintah pemerintahan pengaduan pimpinan teknologi".split()
)
_STRIVING = frozenset("kurang batas butuh supaya biar menuju ambang syarat perlu jarak".split())
_DOMAIN_NAMES = {"kebijakan": 0, "tata kelola": 1, "manajemen": 2, "layanan": 3}
_EXPLAINED = (
    INDEX_FILLER
    | NATIONAL
    | TREND
    | CHANGE
    | COMPARE
    | TOP
    | BOTTOM
    | RANK
    | SPREAD
    | AVERAGE
    | WEAK
    | STRONG
    | INDEX_WORDS
    | STOP_WORDS
    | set(NUMBER_WORDS)
    | set(REGION_KINDS)
    | set(_DOMAIN_NAMES)
    | set(
        (
            "memuaskan predikatnya dulu kemarin masa minimal minimum bawah atas jauh terus kalau "
            "tambah tambahkan besar top saja semua dievaluasi mencapai mending bagusan bagus "
            "capai menuju banyak dinilai ada seluruh daftar tabel supaya biar jarak berikutnya "
            "selanjutnya internal tata kelola se sd paling bkn indonesia nya pusat terakhir "
            "belakangan batas batasnya list drastis parah jauh kok"
        ).split()
    )
)


def quoted_figure(question: Question) -> float:
    """Return an index figure quoted in the question ("2,90"), or 0."""
    for token in question.tokens:
        if _FIGURE.fullmatch(token):
            return float(token.replace(",", "."))
    return 0.0


def threshold_of(question: Question) -> tuple[float, bool] | None:
    """Return a figure that rows are to lie above (True) or below: "di atas 4", "dibawah 2,6".

    The figure is 0 where the average is meant.
    """
    line = " ".join(question.tokens)
    average = _PAST_AVERAGE.search(line)
    if average is not None and kinds_of(question):
        return 0.0, average[1].endswith("atas")
    found = _THRESHOLD.search(line)
    if found is None:
        return None
    return float(found[2].replace(",", ".")), found[1].endswith(("atas", "lebih dari", ">"))


def is_top(question: Question) -> bool:
    """Whether the best is asked for: "tertinggi", "paling tinggi"."""
    return bool(question.words & TOP) or question.has(*TOP_PHRASES)


def is_bottom(question: Question) -> bool:
    """Whether the worst is asked for: "terendah", "paling rendah"."""
    return bool(question.words & BOTTOM) or question.has(*BOTTOM_PHRASES)


def moves(question: Question) -> bool:
    """Whether those that rose or fell are asked for, not how far one did."""
    if question.has(*MOVE_PHRASES) or (question.words & MOVE_NOUNS and question.words & MOST):
        return True
    which = question.has("mana", "mana saja", "siapa saja", "daftar", "berapa", "apa saja", "yang")
    many = bool(kinds_of(question)) or question.has("daerah", "pemda", "instansi")
    return which and many and bool(question.words & {"naik", "turun"})


def province_of(question: Question) -> str:
    """Return the code of the first province named, or nothing."""
    return next(
        (p.codes[0] for p in question.places if len(p.codes[0]) == 2 and p.codes[0].isdigit()), ""
    )


def province_after(question: Question, *words: str) -> bool:
    """Whether the first place stands right after one of these words: "di sulsel", "se bali"."""
    at = question.places[0].start if question.places else 0
    return bool(at) and question.tokens[at - 1] in words


def leftover_terms(question: Question) -> list[str]:
    """Words that neither the index nor its grammar explain: maybe an unknown place."""
    return [
        t
        for at, t in enumerate(question.tokens)
        if t.isalpha()
        and at not in question.named
        and len(t) > 2
        and _EXPLAINED.isdisjoint((t, strip_clitic(t)))
    ]


def is_goal(question: Question, band: str) -> bool:
    """Whether a predikat is what is striven for: "berapa lagi ke sangat baik"."""
    words = question.words
    strives = bool(words & _STRIVING) or question.has(
        "berapa lagi", "berapa poin lagi", "agar", f"ke {band.lower()}"
    )
    return strives and not question.has("kurang dari") and band != "Kurang"


def domains_of(question: Question) -> tuple[int, ...]:
    """Return the domains named, 0 to 3."""
    named = "domain" in question.words or "domainnya" in question.words
    about = bool(question.places or kinds_of(question)) and bool(
        question.years or question.words & (INDEX_WORDS | TOP | BOTTOM | {"berapa", "rata"})
    )
    return tuple(
        number
        for name, number in _DOMAIN_NAMES.items()
        if question.has(f"domain {name}", f"domain {name}nya", f"indeks {name}")
        or (named and question.has(name, name + "nya"))
        or (about and _stands_alone(question, name))
    )


def _stands_alone(question: Question, name: str) -> bool:
    """Whether a domain's name is no part of a longer term: "manajemen risiko"."""
    tokens, size = question.tokens, len(name.split())
    for at in range(len(tokens) - size + 1):
        if " ".join(tokens[at : at + size]).removesuffix("nya") == name:
            after = tokens[at + size : at + size + 1]
            return not (after and after[0] in _LONGER)
    return False


def kinds_of(question: Question) -> tuple[str, ...]:
    """Return the kinds of region or agency spoken of apart from names."""
    inside = {
        at for place in question.places for at in range(place.start, place.end) if place.kind
    }
    out: list[str] = []
    for at, token in enumerate(question.tokens):
        # "provinsinya" is the province of a region, no kind to rank among.
        if at not in inside and token != "provinsinya":
            out.extend(REGION_KINDS.get(token) or REGION_KINDS.get(strip_clitic(token), ()))
    if question.has("instansi pusat") and not question.has("pemda", "daerah"):
        out.extend(CENTRAL)
    return tuple(dict.fromkeys(out))


def count_of(question: Question) -> int:
    """Return how many rows are wanted ("5 kabupaten", "top 10", "5 terbawah"); 0 if unsaid."""
    tokens = question.tokens
    for at, token in enumerate(tokens):
        size = NUMBER_WORDS.get(token) or (int(token) if token.isdigit() else 0)
        if not 1 < size <= 50:
            continue
        after, before = tokens[at + 1 : at + 2], tokens[max(at - 1, 0) : at]
        if (after and after[0] in _COUNTABLE) or before == ("top",):
            return size
    return 0


def band_of(question: Question) -> str:
    """Return the predikat named, in its published spelling, or nothing.

    "baik", "cukup" and "kurang" are everyday words too: alone they count after a word that
    leads to a predikat.
    """
    line = f" {' '.join(question.tokens)} "
    for band in _BANDS:
        at = line.find(f" {band} ")
        if at < 0:
            continue
        if band in _EVERYDAY and line[:at].split()[-1:] not in _BEFORE_BAND:
            continue
        return band.title()
    return ""


def unknown_names(question: Question) -> list[str]:
    """Words that stand in a list with places known but name none: "gowa dan wakanda"."""
    if not question.places:
        return []
    unknown = set(leftover_terms(question))
    tokens = ("", *question.tokens, "")
    return [
        token
        for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if token in unknown and (before in _JOINING or after in _JOINING)
    ]


def asks_bound(question: Question) -> bool:
    """Whether the predikat of a figure is asked for, or the bound of a predikat."""
    if question.places or question.years or kinds_of(question):
        return False
    words = question.words
    of_figure = quoted_figure(question) > 0 and words & {"predikat", "predikatnya", "kategori"}
    of_band = band_of(question) and words & {"batas", "batasnya", "ambang"}
    return bool(of_figure or of_band) and len(question.tokens) <= SHORT
