"""Working days of the government: Monday to Friday without public holidays and cuti bersama.

Five working days a week are the rule (Perpres 21/2023); a region that works six has more
days than are counted here. Holidays and cuti bersama are those of the yearly joint decree of three
ministers (SKB), as the ``holidays`` library keeps them.
"""

from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
_SATURDAY = 5


def holiday(day: date) -> str:
    """Return the name of a public holiday or cuti bersama, empty on other days."""
    return _holidays(day.year).get(day, "")


def is_workday(day: date) -> bool:
    """Whether offices work on a day."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def between(start: date, end: date) -> int:
    """Count the working days after ``start`` up to ``end``, which counts; negative backwards.

    So a deadline today leaves 0, and one on the next working day leaves 1.
    """
    if end < start:
        return -between(end, start)
    return sum(is_workday(start + n * _DAY) for n in range(1, (end - start).days + 1))


def before(day: date, count: int) -> date:
    """Return the last working day from which ``count`` working days are left until ``day``.

    Raises:
        ValueError: ``count`` is negative.
    """
    if count < 0:
        raise ValueError(f"negative count: {count}")
    at = day
    while not is_workday(at) or count:
        count -= is_workday(at)
        at -= _DAY
    return at


def after(day: date, count: int) -> date:
    """Return the working day that is the ``count``-th after ``day``.

    Raises:
        ValueError: ``count`` is less than 1.
    """
    if count < 1:
        raise ValueError(f"count below 1: {count}")
    at = day
    while count:
        at += _DAY
        count -= is_workday(at)
    return at


def undecreed(start: date, end: date) -> tuple[int, ...]:
    """Return the years from ``start`` to ``end`` whose cuti bersama are not known.

    For years to come the decree is not out yet, and the holidays that hang on the moon are
    computed, not decreed: a count through them may be off by some days.
    """
    return tuple(year for year in range(start.year, end.year + 1) if not _decreed(year))


@cache
def _holidays(year: int) -> dict[date, str]:
    from holidays.countries.indonesia import Indonesia

    return dict(Indonesia(years=year, categories=("public", "government"), language="id"))


@cache
def _decreed(year: int) -> bool:
    from holidays.countries.indonesia import Indonesia

    return bool(Indonesia(years=year, categories=("government",)))
