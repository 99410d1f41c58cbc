"""Spans of days that a question names: "minggu depan", "bulan ini", "Oktober 2026"."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answering.schedule import wording
from bot.language.words import NUMBER_WORDS

MONTHS = {name.lower(): number for number, name in enumerate(wording.MONTHS, 1)}
_SHIFT = {"ini": 0, "sekarang": 0, "depan": 1, "lalu": -1, "kemarin": -1, "berikutnya": 1}
_DAYS = {"besok": 1, "lusa": 2}
_AHEAD = frozenset({"depan", "lagi", "mendatang", "kedepan"})
_UNITS = {"hari": 1, "minggu": 7, "pekan": 7, "bulan": 30}
# Whoever asks for "dua bulan ke depan" wants no list of years.
_FARTHEST = 24


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last`` (both count), and what the span is called."""

    first: date
    last: date
    name: str


def find_period(tokens: tuple[str, ...], years: tuple[int, ...], today: date) -> Period | None:
    """Return the span of days that a question names, None when it names none or a whole year.

    Args:
        tokens: The repaired words of the question.
        years: The years it names.
        today: The present day.
    """
    for at, token in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if token in _DAYS:
            day = today + timedelta(days=_DAYS[token])
            return Period(day, day, f"{token}, {wording.day(day)}")
        if token == "hari" and after == "ini":
            return Period(today, today, f"hari ini, {wording.day(today)}")
        if token in MONTHS:
            return _month(years[0] if years else today.year, MONTHS[token])
        if token not in _UNITS:
            continue
        ahead = _ahead(tokens, at)
        if ahead:
            last = today + timedelta(days=ahead * _UNITS[token])
            return Period(today, last, wording.AHEAD.format(count=ahead, unit=token))
        if after in _SHIFT and token in ("minggu", "pekan"):
            monday = today + timedelta(days=7 * _SHIFT[after] - today.weekday())
            last = monday + timedelta(days=6)
            return Period(monday, last, f"{token} {after} ({wording.days(monday, last)})")
        if after in _SHIFT and token == "bulan":
            months = today.year * 12 + today.month - 1 + _SHIFT[after]
            return _month(months // 12, months % 12 + 1)
    return None


def year_shift(tokens: tuple[str, ...]) -> int | None:
    """Return how far from the present year "tahun ini", "tahun depan" or "tahun lalu" is.

    "Tahun berikutnya" is left to the conversation.
    """
    for at, token in enumerate(tokens[:-1]):
        if token == "tahun" and tokens[at + 1] in _SHIFT.keys() - {"berikutnya"}:
            return _SHIFT[tokens[at + 1]]
    return None


def _ahead(tokens: tuple[str, ...], at: int) -> int:
    """Return n of "n hari ke depan" whose unit stands at a place; 0 when it is none."""
    before = tokens[at - 1] if at else ""
    count = NUMBER_WORDS.get(before) or (int(before) if before.isdigit() else 0)
    after = tokens[at + 1 : at + 4]
    return count if 0 < count <= _FARTHEST * 30 and _AHEAD & set(after[:2]) else 0


def _month(year: int, month: int) -> Period:
    last = monthrange(year, month)[1]
    name = f"{wording.MONTHS[month - 1]} {year}"
    return Period(date(year, month, 1), date(year, month, last), name)
