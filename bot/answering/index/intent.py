"""What a question about the index history asks for: operation, domains, scope."""

import re
from dataclasses import replace

from bot.answering.answer import Kind, Topic
from bot.answering.index.asked import CENTRAL, OVER_MANY, IndexIntent, Operation
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
    SPBE,
    SPREAD,
    STRONG,
    TOP,
    TOP_PHRASES,
    TREND,
    UNRATED,
    WEAK,
)
from bot.language.text import strip_clitic
from bot.language.words import NUMBER_WORDS, STOP_WORDS
from bot.regions.history import Scope

_FIGURE = re.compile(r"[1-5][.,]\d{1,2}")
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
_COUNTABLE = frozenset(REGION_KINDS) | TOP | BOTTOM | {"besar", "daerah", "pemda", "instansi"}
_COUNTED = ("dievaluasi", "dinilai", "ada datanya", "ikut evaluasi")
_LISTING = ("daftar", "semua", "seluruh", "siapa saja", "mana saja", "apa saja", "top", "tabel")
_NATIONWIDE = ("nasional", "indonesia", "se indonesia", "nasionalnya")
_NEXT_BAND = (
    "predikat berikutnya",
    "predikat selanjutnya",
    "predikat di atasnya",
    "jarak ke predikat",
    "naik kelas",
)
_STRIVING = frozenset("kurang batas butuh supaya biar menuju ambang syarat perlu jarak".split())
_FELL = frozenset("turun menurun penurunan turunnya anjlok jeblok merosot".split())
# Words after a domain's name that make another thing of it.
_LONGER = frozenset(
    "risiko data aset keamanan layanan pengetahuan perubahan sdm publik administrasi informasi "
    "sumber proyek tik pemerintah pemerintahan pengaduan pimpinan teknologi".split()
)
_TERSE = 3
_SIDES = (Operation.HIGHEST, Operation.LOWEST)
_GOING_ON = ("kalau", "terus", "lalu", "bagaimana dengan", "gimana", "tambah", "dan")
# A message that only changes a detail is not longer, in words.
_SHORT = 8
_DOMAIN_NAMES = {"kebijakan": 0, "tata kelola": 1, "manajemen": 2, "layanan": 3}


def about_index(question: Question, topic: Topic) -> bool:
    """Whether a question is for the index desk."""
    words = question.words
    if question.refs.locator or question.refs.indicator is not None or question.refs.regulations:
        return False
    if question.has("indeks pemdi", "apa itu", "itu apa", "cara menghitung", "rumus"):
        return False
    named = bool(words & INDEX_WORDS)
    unexplained = leftover_terms(question)
    ranks = bool(words & RANK) or is_top(question) or is_bottom(question)
    if question.places:
        asks = (
            bool(words & (INDEX_WORDS | CHANGE | TREND | COMPARE | RANK | TOP | BOTTOM | SPREAD))
            or _domains(question) != ()
            or bool(words & {"domain", "domainnya"})
            or bool(_band(question))
            or (ranks and not unexplained)
            or question.has("lebih tinggi", "lebih rendah", "lebih baik")
            or quoted_figure(question) > 0
        )
        # "spbe gowa 2021" and "gowa 2021?" say nothing else, so they ask for the figure.
        follows = topic.kind is Kind.INDEX
        bare = not unexplained and bool(words & SPBE or question.years or follows)
        # Words that say nothing of an index and are not ours make it another matter.
        ours = named or bool(words & (SPBE | {"domain", "domainnya"})) or bool(_band(question))
        return (asks and (ours or not unexplained)) or bare
    if words & INDEX_WORDS and question.has(*UNRATED) and question.years:
        return True
    kinds = _kinds(question)
    if ranks and (named or words & SPBE or kinds or question.has("siapa")) and not unexplained:
        return bool(kinds or question.years or named)
    if kinds and (_count(question) > 1 or question.has(*_LISTING)) and not unexplained:
        return True
    if _moves(question) and (question.years or question.has(*_NATIONWIDE)) and not unexplained:
        return True
    many = bool(kinds or words & {"instansi", "daerah", "pemda", "nasional"})
    if many and (_band(question) or words & SPREAD or _moves(question)) and not unexplained:
        return True
    whole = bool(question.years or words & (AVERAGE | TREND | CHANGE))
    if words & NATIONAL and (named or words & SPBE) and whole:
        return True
    if "rata" in words and (kinds or words & NATIONAL - AVERAGE) and not unexplained:
        return True
    if (many or question.has("instansi")) and question.years and question.has(*_COUNTED):
        return True
    if named and question.years:
        return True
    return topic.kind is Kind.INDEX and _elliptic(question)


def quoted_figure(question: Question) -> float:
    """Return an index figure quoted in the question ("2,90"), or 0."""
    for token in question.tokens:
        if _FIGURE.fullmatch(token):
            return float(token.replace(",", "."))
    return 0.0


def is_top(question: Question) -> bool:
    """Whether the best is asked for: "tertinggi", "paling tinggi"."""
    return bool(question.words & TOP) or question.has(*TOP_PHRASES)


def is_bottom(question: Question) -> bool:
    """Whether the worst is asked for: "terendah", "paling rendah"."""
    return bool(question.words & BOTTOM) or question.has(*BOTTOM_PHRASES)


def _moves(question: Question) -> bool:
    """Whether those that rose or fell are asked for, not how far one did."""
    if question.has(*MOVE_PHRASES) or (question.words & MOVE_NOUNS and question.words & MOST):
        return True
    which = question.has("mana", "mana saja", "siapa saja", "daftar", "berapa", "apa saja", "yang")
    many = bool(_kinds(question)) or question.has("daerah", "pemda", "instansi")
    return which and many and bool(question.words & {"naik", "turun"})


def other_measure(question: Question) -> str:
    """Return what is measured where an index other than ours is asked for, or nothing.

    "indeks inovasi banyuwangi" and "nilai kepatuhan kota bandung" name it right after the word;
    "mcp sulut naik?" names no index of ours at all.
    """
    tokens = question.tokens
    if question.words & SPBE or not (question.places or question.years):
        return ""
    unknown = set(leftover_terms(question)) - {"pemdi"}
    places = {at for place in question.places for at in range(place.start, place.end)}
    for at, token in enumerate(tokens):
        if strip_clitic(token) not in INDEX_WORDS and token not in INDEX_WORDS:
            continue
        named = []
        for place in range(at + 1, min(at + 4, len(tokens))):
            if tokens[place] in REGION_KINDS and place not in places:
                continue
            if place in places or tokens[place] not in unknown:
                break
            named.append(tokens[place])
        if named:
            return " ".join(named)
    return ""


def _elliptic(question: Question) -> bool:
    words = question.words
    signal = (
        question.years
        or words & {"domain", "domainnya"}
        or _domains(question)
        or _kinds(question)
        or is_top(question)
        or is_bottom(question)
        or words & (CHANGE | RANK | TREND | COMPARE | NATIONAL | INDEX_WORDS | SPREAD)
        or _band(question)
        or _count(question)
        or (question.has(*_NATIONWIDE) and len(question.tokens) <= _TERSE)
    )
    return bool(signal) and len(question.analysis.terms) <= 5


def read_intent(question: Question, topic: Topic) -> IndexIntent:
    """Read operation, domains and scope; what is unsaid comes from the conversation."""
    words = question.words
    domains = _domains(question)
    before = topic.asked if topic.kind is Kind.INDEX else None
    own = _operation(question)
    kinds = _kinds(question)
    province = _province(question)
    target = _band(question)
    if before is not None and _goes_on(question, before):
        if own is None or _turns(own, before):
            return _inherit(question, before, own)
        if (
            own in _SIDES
            and not kinds
            and not question.places
            and before.operation not in OVER_MANY
        ):
            # "mana yang tertinggi?" after a comparison, "yang terendah apa?" after domains.
            return replace(before, operation=_of_those(before, topic), compare=True)
    operation = own or Operation.LOOKUP
    ranks = operation in OVER_MANY or operation is Operation.RANK
    scope = Scope(kinds, province)
    if ranks and before is not None and not question.places and not kinds and _has_scope(before):
        scope = before.scope
    elif ranks and not kinds:
        scope = Scope(("kabupaten", "kota") if province else (), province)
    return IndexIntent(
        operation=operation,
        domains=domains,
        scope=scope,
        count=_count(question),
        target=target,
        compare=bool(words & COMPARE) or len(question.places) > 1,
        at_least=bool(target) and question.has("minimal", "minimum", "ke atas", "paling rendah"),
        below=bool(target)
        and (
            question.has("belum", "di bawah", "dibawah", "bukan", "kurang dari")
            or question.has(f"tidak {target.lower()}", f"tidak sampai {target.lower()}")
        ),
        nationwide=question.has(*_NATIONWIDE),
        fell=bool(words & _FELL),
        by_band=question.has("predikat", "kategori", "predikatnya")
        and operation is Operation.MOVERS,
        most=bool(words & MOST),
    )


def _has_scope(before: IndexIntent) -> bool:
    over_many = before.operation in OVER_MANY or before.operation is Operation.RANK
    return over_many and (before.scope.kinds, before.scope.province) != ((), "")


def _turns(own: Operation, before: IndexIntent) -> bool:
    """Whether an operation only turns the last one: highest and lowest, domains of a rank."""
    if own in _SIDES:
        return before.operation in (*_SIDES, Operation.AVERAGE)
    if own is Operation.DOMAINS:
        return before.operation in (*_SIDES, Operation.RANK, Operation.AVERAGE)
    if own is Operation.BAND:
        return before.operation is Operation.BAND
    if own is Operation.NATIONAL:
        return before.operation is Operation.RANK or before.operation in OVER_MANY
    if own is Operation.CHANGE:
        return before.operation is Operation.MOVERS
    return own is before.operation


def _of_those(before: IndexIntent, topic: Topic) -> Operation:
    if before.operation is Operation.DOMAINS or len(topic.regions) < 2:
        return before.operation
    return Operation.LOOKUP


def _goes_on(question: Question, before: IndexIntent) -> bool:
    """Whether a short message changes a detail of the last question and asks nothing else."""
    if len(question.tokens) > _SHORT or leftover_terms(question):
        return False
    # "indeks makassar 2023" is a question of its own.
    whole = question.places and question.words & (INDEX_WORDS | SPBE)
    if whole and not question.has(*_GOING_ON):
        return False
    return before.operation not in OVER_MANY or not question.places or bool(_province(question))


def _inherit(question: Question, before: IndexIntent, own: Operation | None) -> IndexIntent:
    """Take the last intent over with the details that a message names."""
    kinds, province = _kinds(question), _province(question)
    operation = before.operation
    if own in (Operation.HIGHEST, Operation.LOWEST):
        operation = own
    scope = before.scope
    if operation in OVER_MANY or operation is Operation.RANK:
        if kinds:
            scope = replace(scope, kinds=kinds)
        if province and operation is not Operation.RANK:
            scope = Scope(scope.kinds or ("kabupaten", "kota"), province)
        if question.has(*_NATIONWIDE):
            scope = replace(scope, province="")
    return replace(
        before,
        operation=operation,
        domains=_domains(question) or before.domains,
        scope=scope,
        count=_count(question) or before.count,
        target=_band(question) or before.target,
        compare=before.compare or bool(question.words & COMPARE),
        nationwide=before.nationwide or question.has(*_NATIONWIDE),
        fell=bool(question.words & _FELL) or (before.fell and not question.has("naik")),
    )


def _province(question: Question) -> str:
    return next(
        (p.codes[0] for p in question.places if len(p.codes[0]) == 2 and p.codes[0].isdigit()), ""
    )


def unrated_unit(question: Question) -> str:
    """Return a unit in the question that the index does not rate, such as "kecamatan"."""
    named = {at for place in question.places for at in range(place.start, place.end)}
    words = {t for at, t in enumerate(question.tokens) if at not in named}
    words |= {strip_clitic(word) for word in words}
    return next((unit for unit in UNRATED if unit in words), "")


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
    | {
        "memuaskan",
        "predikatnya",
        "dulu",
        "kemarin",
        "masa",
        "minimal",
        "minimum",
        "bawah",
        "atas",
        "jauh",
        "terus",
        "kalau",
        "tambah",
        "tambahkan",
        "besar",
        "top",
        "saja",
        "semua",
        "dievaluasi",
        "mencapai",
        "capai",
        "menuju",
        "banyak",
        "dinilai",
        "ada",
        "seluruh",
        "daftar",
        "tabel",
        "supaya",
        "biar",
        "jarak",
        "berikutnya",
        "selanjutnya",
        "internal",
    }
    | {
        "tata",
        "kelola",
        "se",
        "sd",
        "paling",
        "bkn",
        "indonesia",
        "nya",
        "pusat",
        "terakhir",
        "belakangan",
    }
)


def leftover_terms(question: Question) -> list[str]:
    """Words that neither the index nor its grammar explain: maybe an unknown place."""
    places = {at for place in question.places for at in range(place.start, place.end)}
    return [
        t
        for at, t in enumerate(question.tokens)
        if t.isalpha()
        and at not in places
        and len(t) > 2
        and _EXPLAINED.isdisjoint((t, strip_clitic(t)))
    ]


def _operation(question: Question) -> Operation | None:
    """Return the look-up that a question asks for itself; None where it names none."""
    words = question.words
    top, bottom = is_top(question), is_bottom(question)
    if question.has("tahun berapa", "tahun mana", "kapan"):
        if bottom:
            return Operation.WORST_YEAR
        if top:
            return Operation.BEST_YEAR
    single = len(question.places) == 1 and len(question.places[0].codes[0]) > 2
    many = bool(_kinds(question)) or _count(question) > 1
    if words & RANK and not ((top or bottom) and many):
        return Operation.RANK
    asks_domain = bool(_domains(question) or words & {"domain", "domainnya"})
    if not single or _kinds(question):
        over = _over_many(question, asks_domain)
        if over is not None:
            return over
    goal = _band(question)
    if (goal and _is_goal(question, goal)) or question.has(*_NEXT_BAND):
        return Operation.DISTANCE
    if asks_domain and words & AVERAGE:
        return Operation.AVERAGE
    if asks_domain:
        return Operation.DOMAINS
    nationally = question.has("nasional", "nasionalnya")
    if words & AVERAGE and not nationally and _province(question):
        return Operation.AVERAGE
    if words & NATIONAL:
        return Operation.NATIONAL
    spans = question.years.span and not question.has("berapa poin", "naik berapa", "turun berapa")
    if words & TREND or (spans and not words & CHANGE - {"naik", "turun"}):
        return Operation.TREND
    if words & CHANGE:
        return Operation.CHANGE
    if question.years.span or question.years.last:
        return Operation.TREND
    return None


def _over_many(question: Question, asks_domain: bool) -> Operation | None:
    """Return the look-up over all rows of a scope that is asked for, if one is."""
    words = question.words
    kinds = _kinds(question)
    # "di sulsel", "se sulsel", "siapa saja ...": within the province, not of it.
    within = _is_within(question)
    plural = bool(kinds) or not question.places or within
    plural = plural or question.has("daerah", "pemda", "instansi")
    if words & SPREAD or (plural and question.has(*_COUNTED)):
        return Operation.SPREAD
    if plural and _moves(question):
        return Operation.MOVERS
    of_itself = asks_domain and question.places and not kinds and not within
    if is_bottom(question) and not of_itself:
        return Operation.LOWEST
    if is_top(question) and not of_itself:
        return Operation.HIGHEST
    goal = _band(question)
    if plural and goal and not _is_goal(question, goal):
        return Operation.BAND
    nationally = question.has("nasional", "nasionalnya") and not kinds
    if words & AVERAGE and not nationally and (kinds or question.places):
        return Operation.AVERAGE
    listed = question.has(*_LISTING) or _count(question) > 1
    if listed and (kinds or within) and not words & (CHANGE | TREND | COMPARE):
        return Operation.HIGHEST
    return None


def _is_within(question: Question) -> bool:
    """Whether a province is named as a place to look in: "di sulsel", "se jawa barat"."""
    if len(question.places) != 1 or not _province(question):
        return False
    place = question.places[0]
    before = question.tokens[max(place.start - 1, 0) : place.start]
    return before in (("di",), ("se",), ("dalam",)) or question.has(*_LISTING)


def _is_goal(question: Question, band: str) -> bool:
    """Whether a predikat is what is striven for: "berapa lagi ke sangat baik"."""
    words = question.words
    strives = bool(words & _STRIVING) or question.has(
        "berapa lagi", "berapa poin lagi", "agar", f"ke {band.lower()}"
    )
    return strives and not question.has("kurang dari") and band != "Kurang"


def _domains(question: Question) -> tuple[int, ...]:
    named = "domain" in question.words or "domainnya" in question.words
    about = bool(question.places or _kinds(question)) and bool(
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


def _kinds(question: Question) -> tuple[str, ...]:
    inside = {
        at for place in question.places for at in range(place.start, place.end) if place.kind
    }
    out: list[str] = []
    for at, token in enumerate(question.tokens):
        if at not in inside:
            out.extend(REGION_KINDS.get(token) or REGION_KINDS.get(strip_clitic(token), ()))
    if question.has("instansi pusat") and not question.has("pemda", "daerah"):
        out.extend(CENTRAL)
    return tuple(dict.fromkeys(out))


def _count(question: Question) -> int:
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


def _band(question: Question) -> str:
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
