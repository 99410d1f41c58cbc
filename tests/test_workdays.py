"""Working days: five a week, without Indonesian public holidays and cuti bersama."""

from datetime import date, timedelta

import pytest
from bot.knowledge import workdays
from bot.knowledge.workdays import after, before, between, holiday, is_workday, undecreed
from hypothesis import given
from hypothesis import strategies as st

DAY = timedelta(days=1)
days = st.dates(date(2021, 1, 1), date(2027, 12, 31))
counts = st.integers(0, 60)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 27), True),
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 11, 29), False),  # Sunday
        (date(2026, 8, 17), False),  # Independence Day, a Monday
        (date(2026, 12, 24), False),  # cuti bersama, a Thursday
        (date(2026, 12, 25), False),
        (date(2025, 4, 7), False),  # cuti bersama after Idul Fitri, a Monday
        (date(2024, 2, 14), False),  # the general election
    ],
)
def test_known_days(day: date, works: bool) -> None:
    assert is_workday(day) is works
    assert bool(holiday(day)) is (not works and day.weekday() < 5)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 11, 27), date(2026, 11, 27), 0),
        (date(2026, 11, 27), date(2026, 11, 30), 1),
        (date(2026, 11, 28), date(2026, 11, 30), 1),
        (date(2026, 11, 28), date(2026, 12, 15), 12),
        # Over Christmas and the new year: 28-31 December, then 4 January.
        (date(2026, 12, 23), date(2027, 1, 4), 5),
        (date(2026, 12, 31), date(2027, 1, 4), 1),
    ],
)
def test_days_are_counted_after_the_first_with_the_last(
    start: date, end: date, count: int
) -> None:
    assert between(start, end) == count
    assert between(end, start) == -count


def test_reminders_of_a_deadline_on_a_holiday_leave_whole_working_days() -> None:
    deadline = date(2026, 11, 29)  # Sunday
    assert before(deadline, 0) == date(2026, 11, 27)
    assert before(deadline, 1) == date(2026, 11, 26)


@given(days, days, days)
def test_counts_add_up(a: date, b: date, c: date) -> None:
    a, b, c = sorted((a, b, c))
    assert between(a, b) + between(b, c) == between(a, c)


@given(days, counts)
def test_before_is_the_last_working_day_that_leaves_so_many(day: date, count: int) -> None:
    found = before(day, count)
    assert is_workday(found)
    assert found <= day
    assert between(found, day) == count
    assert between(found + DAY, day) < count or not is_workday(found + DAY)


@given(days, st.integers(1, 60))
def test_after_and_before_are_each_other_s_way_back(day: date, count: int) -> None:
    found = after(day, count)
    assert is_workday(found)
    assert between(day, found) == count
    if is_workday(day):
        assert before(found, count) == day


@given(days)
def test_a_week_has_five_working_days_at_most(day: date) -> None:
    assert 0 <= between(day, day + 7 * DAY) <= 5


@pytest.mark.parametrize("wrong", [-1, -9])
def test_no_negative_counts(wrong: int) -> None:
    with pytest.raises(ValueError, match="count"):
        before(date(2026, 1, 1), wrong)
    with pytest.raises(ValueError, match="count"):
        after(date(2026, 1, 1), 0)


def test_years_without_a_decree_are_named() -> None:
    assert undecreed(date(2022, 1, 1), date(2026, 12, 31)) == ()
    far = date.max.replace(year=2090)
    assert undecreed(far, far) == (2090,)


def test_years_beyond_the_library_have_weekends_still() -> None:
    assert is_workday(date(2150, 1, 3)) is (date(2150, 1, 3).weekday() < 5)
    assert workdays.undecreed(date(2150, 1, 1), date(2150, 1, 2)) == (2150,)
