"""Reads what a person wants of a simulation: a start, a change, a goal."""

import re
from dataclasses import dataclass

from bot.knowledge.model import PredicateBand
from bot.language.text import fold

_OPENING = re.compile(
    r"^\W*(?:(?:tolong|mohon|coba|bisa|mau|minta|min|kak|buat|buatkan|lihat|tampilkan|ini)\s+)*"
    r"simulasi(?:kan|nya)?\b\W*"
)
_TO = r"(?:jadi|menjadi|ke|naik ke|turun ke|naik jadi|turun jadi|=|->|→)"
_LEVEL = r"(?:level|tingkat|lvl)?\s*"
# "11", "1 sampai 10", "1, 2 dan 3"
_LIST = r"\d{1,2}(?:\s*(?:-|–|sampai|hingga|s\.?d\.?|,|dan)\s*\d{1,2})*"
_CHANGE = re.compile(
    rf"\b(?:indikator|ind|i)?\.?\s*({_LIST})\s*(?:dari\s+{_LEVEL}(\d)\s*)?{_TO}\s*{_LEVEL}(\d+)"
    rf"(?!\d)(?![.,]\d+(?!\d*\s*{_TO}))"
)
_SHIFT = re.compile(
    rf"\b(?:indikator|ind|i)\.?\s*({_LIST})\s*(naik|turun)\s*([1-4])(?:\s*(?:tingkat|level))?\b"
)
_OF_INDICATORS = re.compile(r"\bindikator\b|\bind\b|\bi\.?\s*\d|=")
_DOMAINS = ("kebijakan", "tata kelola", "manajemen", "layanan")
_DOMAIN = re.compile(
    rf"\b(?:domain\s+)?({'|'.join(_DOMAINS)})(?:\s+spbe)?\s*{_TO}\s*(\d(?:[.,]\d+)?)\b"
)
_OTHERWISE = re.compile(rf"({_LIST})\s*(?:di|pada|jadi|=)?\s*(?:level|tingkat|lvl)\s*([1-5])\b")
_ALL = re.compile(
    r"\b(?:semua|seluruh)(?:nya)?(?:\s+indikator)?(?:\s+jadi|\s+ke)?\s+"
    r"(?:level|tingkat|lvl)?\s*(\d)\b"
)
_EXCEPT = re.compile(r"\b(?:kecuali|tanpa|selain)\b(.*)")
_GOAL_CUE = re.compile(
    r"\b(?:mudah|termudah|gampang|tercepat|sedikit|langkah\w*|capai|mencapai|target\w*|supaya|agar|"
    r"menuju|menaikkan|naik ke|biar|perlu apa)\b"
)
_GOAL_FIGURE = re.compile(
    r"\b(?:ke|jadi|target|capai|mencapai|indeks|indeksnya|minimal)\s+([1-9](?:[.,]\d+)?)\b(?!\s*(?:poin|tingkat))"
)
# All that a wish for a goal may consist of, besides predikat and numbers.
_GOAL_WORDS = frozenset(
    "apa apakah yang yg paling mudah termudah gampang tercepat sedikit cepat langkah langkahnya "
    "capai mencapai target targetnya supaya agar biar menuju menaikkan naik ke perlu harus "
    "ngapain saja aja indeks indeksnya nilai predikat untuk dari jadi menjadi bagaimana gimana "
    "cara caranya berapa indikator mana kecuali tanpa selain sampai dan dulu dong ya "
    "min kita kami saya bisa kalau mau minimal memuaskan sangat baik cukup pemdi spbe".split()
)
# With one of these a sentence asks about a level and changes none.
_ASKS = re.compile(r"\b(?:apa|apakah|bukti|syarat\w*|kriteria|bagaimana|gimana|berapa)\b")
_SPAN = re.compile(r"(\d{1,2})(?:\s*(?:-|–|sampai|hingga|s\.?d\.?)\s*(\d{1,2}))?")
# "kalau indikator 20 jadi 4 gimana?" supposes a change after all.
_SUPPOSES = re.compile(r"\b(?:kalau|bila|jika|seandainya|misalnya|berapa indeks\w*)\b")
_SHOW = re.compile(
    r"\b(?:hasil\w* sekarang|simulasi sekarang|simulasi saat ini|posisi sekarang|"
    r"hasil\w* simulasi|tampilkan simulasi|lihat simulasi|ini simulasi)\b"
)
_RESET = re.compile(r"\b(?:ulang|ulangi|reset|batalkan|undo|kembalikan)\b")
_STOP = re.compile(r"\b(?:selesai|berhenti|tutup|akhiri|stop)\b")
# Words of a message that ends or resets.
_BRIEF = 5
_TEMPLATE = re.compile(r"\b(?:templat|template|contoh|format|unduh)\b")
_PEMDI = re.compile(r"\b(?:pemdi|pemerintah(?:an)? digital)\b")
_IDLE = re.compile(
    r"\b(?:indeks|spbe|dari|untuk|pakai|dengan|mulai|nilai|level|tingkat|dong|ya)\b"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a message asks of a simulation.

    Attributes:
        opened: Whether it begins with "simulasi".
        pemdi: Whether it is about Indeks Pemdi.
        levels: Levels written one after the other.
        uniform: One level for all indicators.
        shifts: Indicator and by how many levels it moves.
        changes: Indicator, level before where it is said, level after.
        domains: Domain and its new figure.
        goal: The index wanted.
        goal_name: The predikat that was named for it.
        fixed: Indicators that are to stay as they are.
        fixed_domains: Domains whose indicators are to stay, from 1.
        show: Whether the present state is to be shown.
        bare: Whether nothing but "simulasi" was said.
    """

    opened: bool = False
    pemdi: bool = False
    levels: tuple[int, ...] = ()
    uniform: int | None = None
    changes: tuple[tuple[int, int | None, int], ...] = ()
    shifts: tuple[tuple[int, int], ...] = ()
    domains: tuple[tuple[int, float], ...] = ()
    goal: float | None = None
    goal_name: str = ""
    fixed: frozenset[int] = frozenset()
    fixed_domains: frozenset[int] = frozenset()
    reset: bool = False
    stop: bool = False
    template: bool = False
    show: bool = False
    bare: bool = False

    @property
    def acts(self) -> bool:
        """Whether it does something to a scenario that is there."""
        return bool(
            self.changes
            or self.shifts
            or self.uniform is not None
            or self.domains
            or self.goal is not None
            or self.reset
            or self.stop
            or self.show
        )


def read_wish(text: str, bands: tuple[PredicateBand, ...]) -> Wish:
    """Take a message apart; of one that has nothing to do with simulations little is left."""
    line = " ".join(fold(text).split())
    opening = _OPENING.match(line)
    rest = line[opening.end() :] if opening else line
    excepted = _EXCEPT.search(rest)
    left_out = excepted[1] if excepted else ""
    otherwise = _OTHERWISE.search(left_out)
    # "kecuali 1-10 tingkat 3" gives those a level of their own.
    apart = (
        tuple((n, None, int(otherwise[2])) for n in sorted(_numbers(otherwise[1])))
        if otherwise
        else ()
    )
    fixed = frozenset() if otherwise else _numbers(left_out)
    main = rest[: excepted.start()] if excepted else rest
    goal, name = _goal(main, bands)
    asks = goal is None and _ASKS.search(main) is not None and not _SUPPOSES.search(main)
    uniform = _ALL.search(main)
    short = len(main.split()) <= _BRIEF
    return Wish(
        opened=opening is not None,
        pemdi=_PEMDI.search(main) is not None,
        levels=_levels(main),
        uniform=int(uniform[1]) if uniform else None,
        changes=() if asks else (*_without(_changes(main), fixed), *apart),
        shifts=() if asks else _shifts(main, fixed),
        domains=() if asks else _domains(main),
        goal=goal,
        goal_name=name,
        fixed=fixed,
        fixed_domains=_domains_in(left_out),
        reset=short and _RESET.search(main) is not None,
        stop=short and _STOP.search(main) is not None,
        show=_SHOW.search(line) is not None,
        template=_TEMPLATE.search(main) is not None,
        bare=not _IDLE.sub("", _PEMDI.sub("", main)).strip(" ?!.,"),
    )


def _shifts(text: str, fixed: frozenset[int]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (number, int(steps) if way == "naik" else -int(steps))
        for numbers, way, steps in _SHIFT.findall(text)
        for number in sorted(_numbers(numbers) - fixed)
    )


def _without(
    changes: tuple[tuple[int, int | None, int], ...], fixed: frozenset[int]
) -> tuple[tuple[int, int | None, int], ...]:
    return tuple(change for change in changes if change[0] not in fixed)


def _domains_in(text: str) -> frozenset[int]:
    return frozenset(n for n, name in enumerate(_DOMAINS, 1) if re.search(rf"\b{name}\b", text))


def _numbers(text: str) -> frozenset[int]:
    """Return numbers and spans: "5, 7, dan 42 sampai 44"."""
    found: set[int] = set()
    for first, last in _SPAN.findall(text):
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


def _levels(text: str) -> tuple[int, ...]:
    rest = _IDLE.sub("", _PEMDI.sub("", text))
    if re.fullmatch(r"[\s,;:]*(?:[0-9][\s,;]*){5,}", rest):
        return tuple(map(int, re.findall(r"\d", rest)))
    return ()


def _changes(text: str) -> tuple[tuple[int, int | None, int], ...]:
    if not _OF_INDICATORS.search(text):
        return ()
    return tuple(
        (number, int(before) if before else None, int(after))
        for numbers, before, after in _CHANGE.findall(text)
        for number in sorted(_numbers(numbers))
    )


def _domains(text: str) -> tuple[tuple[int, float], ...]:
    return tuple(
        (_DOMAINS.index(name) + 1, float(figure.replace(",", ".")))
        for name, figure in _DOMAIN.findall(text)
    )


def _goal(text: str, bands: tuple[PredicateBand, ...]) -> tuple[float | None, str]:
    """Return the index that is wanted and the predikat named for it."""
    if not _GOAL_CUE.search(text) or set(re.findall(r"[a-z]+", text)) - _GOAL_WORDS:
        return None, ""
    figure = _GOAL_FIGURE.search(text)
    if figure:
        return float(figure[1].replace(",", ".")), ""
    # "sangat baik" before "baik".
    for band in sorted(bands, key=lambda b: -len(b.name)):
        if re.search(rf"\b{band.name.lower()}\b", text):
            return band.least, band.name
    return None, ""
