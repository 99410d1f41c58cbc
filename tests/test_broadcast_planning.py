"""Planning: what is due where and when, by examples and by properties."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from bot.broadcasts.plan import Decisions, Plan
from bot.broadcasts.planning import Planner
from bot.broadcasts.slots import (
    NIGHT,
    Workdays,
    ends_at,
    last_day,
    opens_to_speak,
    slots,
    workday_before,
    workdays_left,
)
from bot.broadcasts.subscriptions import HOURS, ChoiceError, Subscription
from bot.broadcasts.telling import Kind, Telling, closing_told, version_of
from bot.broadcasts.told import Entry, State
from bot.broadcasts.zones import zone_info, zone_of
from bot.knowledge import workdays as official
from bot.knowledge.deadline import ZONES, Audience, Deadline, day_of
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.broadcasting import WITA, Holidays, subscription
from tests.test_broadcast_pace import SLOW

CHAT = -1001
FRIDAY = date(2026, 10, 30)
DEADLINE = Deadline(
    id="2026-mandiri",
    stage="penilaian mandiri",
    title="Penilaian mandiri",
    year=2026,
    closes=FRIDAY,
    status="resmi",
)
NO_HOLIDAYS = Holidays()


class Notes:
    """What was told, kept in a dictionary."""

    def __init__(self) -> None:
        self.rows: dict[tuple[Telling, int], Entry] = {}

    def events(self) -> Collection[str]:
        return {telling.event for telling, _ in self.rows}

    def about(self, event: str) -> Sequence[Telling]:
        return list(dict.fromkeys(t for t, _ in self.rows if t.event == event))

    def find(self, telling: Telling, chats: Collection[int]) -> Entry | None:
        return next((self.rows[telling, c] for c in chats if (telling, c) in self.rows), None)

    def note(self, plan: Plan, now: datetime, state: State = State.SENT) -> None:
        for due in plan.due:
            assert (due.telling, due.chat) not in self.rows, "planned twice"
            self.rows[due.telling, due.chat] = Entry(state, now)
        for due in plan.missed:
            assert (due.telling, due.chat) not in self.rows, "reported twice"
            self.rows[due.telling, due.chat] = Entry(State.MISSED, now)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WITA)


def plan(
    now: datetime,
    notes: Notes,
    *events: Deadline,
    to: Subscription | None = None,
    workdays: Workdays = NO_HOLIDAYS,
    decisions: Decisions | None = None,
    state: State = State.SENT,
) -> Plan:
    calendar = {event.id: event for event in events}
    planner = Planner(calendar, workdays, decisions or Decisions(), now)
    found = planner.plan([to or subscription(CHAT)], notes)
    notes.note(found, now, state)
    return found


def told(found: Plan) -> list[tuple[Kind, int]]:
    return [(due.telling.kind, due.telling.lead) for due in found.due]


# -- examples ------------------------------------------------------------------------------------


def test_reminders_fall_on_the_working_days_of_their_leads() -> None:
    found = slots(DEADLINE, (14, 7, 3, 1, 0), 8, WITA, Holidays(date(2026, 10, 28)))
    assert [(s.lead, f"{s.at:%m-%d %H.%M}") for s in found] == [
        (14, "10-09 08.00"),
        (7, "10-20 08.00"),
        (3, "10-26 08.00"),
        (1, "10-29 08.00"),
        (0, "10-30 08.00"),
    ]


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(1, 30))
@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
def test_working_days_are_counted_as_everywhere_in_the_bot(last: date, count: int) -> None:
    day = workday_before(last, count, official)
    assert day is not None and day < last
    # A closing on a day off has no working day of its own: the one before it is the last.
    left = count - (not official.is_workday(last))
    assert day == official.before(last, left)
    assert workdays_left(day, last, official) == official.between(day, last) == left


def test_a_closing_on_a_sunday_is_told_on_the_last_working_day_before_it() -> None:
    sunday = replace(DEADLINE, closes=date(2027, 9, 19))
    found = slots(sunday, (3, 1, 0), 8, WITA, NO_HOLIDAYS)
    assert [f"{s.at:%a %d}" for s in found] == ["Wed 15", "Fri 17", "Sun 19"]


def test_an_afternoon_hour_does_not_delay_the_last_morning() -> None:
    found = slots(DEADLINE, (1, 0), 16, WITA, NO_HOLIDAYS)
    assert [f"{s.at:%m-%d %H}" for s in found] == ["10-29 16", "10-30 09"]


def test_a_closing_at_midnight_leaves_the_day_before() -> None:
    closes = datetime(2026, 10, 31, 0, 0, tzinfo=ZONES["WIB"])
    assert last_day(replace(DEADLINE, closes=closes)) == FRIDAY


def test_each_reminder_once_minute_by_minute() -> None:
    notes = Notes()
    seen = []
    now = at("2026-10-28T00:00")
    groups = [subscription(n, zone=z) for n, z in ((-1, "WIB"), (-2, "WITA"), (-3, "WIT"))]
    planner = Planner({DEADLINE.id: DEADLINE}, NO_HOLIDAYS, Decisions(), now)
    while now < at("2026-11-01T00:00"):
        planner.now = now
        found = planner.plan(groups, notes)
        notes.note(found, now)
        seen += [(f"{now:%d %H.%M}", due.chat, due.telling.lead) for due in found.due]
        now += timedelta(minutes=1)
    assert seen == [
        # The first is the one for three days before, which nobody was there to send.
        ("28 07.00", -3, 3),
        ("28 08.00", -2, 3),
        ("28 09.00", -1, 3),
        ("29 07.00", -3, 1),
        ("29 08.00", -2, 1),
        ("29 09.00", -1, 1),
        ("30 07.00", -3, 0),
        ("30 08.00", -2, 0),
        ("30 09.00", -1, 0),
    ]


def test_after_an_outage_only_the_most_urgent_is_told() -> None:
    notes = Notes()
    assert told(plan(at("2026-10-28T11:00"), notes, DEADLINE)) == [(Kind.REMINDER, 3)]
    assert told(plan(at("2026-10-28T11:01"), notes, DEADLINE)) == []
    assert told(plan(at("2026-10-29T08:00"), notes, DEADLINE)) == [(Kind.REMINDER, 1)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-10-27T19:59", True),
        ("2026-10-27T20:00", False),
        ("2026-10-28T03:00", False),
        ("2026-10-28T07:59", False),
        ("2026-10-24T10:00", False),  # a Saturday
        ("2026-10-30T08:00", True),
    ],
)
def test_never_at_night_nor_on_a_weekend(now: str, expected: bool) -> None:
    found = plan(at(now), Notes(), DEADLINE)
    assert bool(found.due) == expected
    if not expected:
        assert found.next is not None and found.next > at(now)


def test_the_last_day_is_told_even_on_a_sunday() -> None:
    sunday = replace(DEADLINE, closes=date(2026, 11, 1))
    notes = Notes()
    plan(at("2026-10-30T08:00"), notes, sunday)
    assert told(plan(at("2026-10-31T09:00"), notes, sunday)) == []
    assert told(plan(at("2026-11-01T08:00"), notes, sunday)) == [(Kind.REMINDER, 0)]


def test_what_comes_too_late_is_reported_once() -> None:
    notes = Notes()
    found = plan(at("2026-10-31T10:00"), notes, DEADLINE)
    assert not found.due
    assert [(m.telling.lead, m.chat) for m in found.missed] == [(0, CHAT)]
    assert not plan(at("2026-10-31T10:01"), notes, DEADLINE).missed
    assert not plan(at("2027-10-31T10:01"), Notes(), DEADLINE).missed, "long over"


def test_who_subscribes_late_is_owed_nothing_from_before() -> None:
    fresh = subscription(CHAT, since=at("2026-10-22T10:00"))
    notes = Notes()
    assert told(plan(at("2026-10-22T10:01"), notes, DEADLINE, to=fresh)) == []
    assert told(plan(at("2026-10-27T08:00"), notes, DEADLINE, to=fresh)) == [(Kind.REMINDER, 3)]


def test_an_earlier_hour_chosen_on_the_day_itself_loses_nothing() -> None:
    notes = Notes()
    late = subscription(CHAT, hour=10)
    assert told(plan(at("2026-10-27T09:00"), notes, DEADLINE, to=late)) == []
    early = replace(late, hour=8)
    assert told(plan(at("2026-10-27T09:01"), notes, DEADLINE, to=early)) == [(Kind.REMINDER, 3)]
    assert told(plan(at("2026-10-27T10:00"), notes, DEADLINE, to=late)) == []


def test_estimates_wait_for_an_admin() -> None:
    estimate = replace(DEADLINE, status="perkiraan")
    found = plan(at("2026-10-29T09:00"), Notes(), estimate)
    assert not found.due
    assert [(h.event, h.reason) for h in found.held] == [(DEADLINE.id, "perkiraan")]
    confirmed = Decisions(estimates=frozenset({(DEADLINE.id, version_of(estimate))}))
    assert plan(at("2026-10-29T09:00"), Notes(), estimate, decisions=confirmed).due
    other = replace(estimate, closes=date(2026, 11, 2))
    assert not plan(at("2026-10-29T09:00"), Notes(), other, decisions=confirmed).due


def test_dates_that_are_not_exact_are_never_told() -> None:
    vague = replace(DEADLINE, precision="minggu")
    found = plan(at("2026-10-29T09:00"), Notes(), vague)
    assert not found.due
    assert [h.reason for h in found.held] == ["tidak pasti"]


def test_a_moved_deadline_is_announced_once_and_reminded_anew() -> None:
    notes = Notes()
    plan(at("2026-10-21T08:00"), notes, DEADLINE)
    moved = replace(DEADLINE, closes=date(2026, 11, 6))
    assert told(plan(at("2026-10-23T21:00"), notes, moved)) == [], "not at night"
    assert told(plan(at("2026-10-26T08:00"), notes, moved)) == [(Kind.MOVED, 0)]
    assert told(plan(at("2026-10-26T08:01"), notes, moved)) == []
    assert told(plan(at("2026-10-28T08:00"), notes, moved)) == [(Kind.REMINDER, 7)]


def test_a_deadline_moved_before_anyone_was_told_is_no_news() -> None:
    notes = Notes()
    plan(at("2026-10-01T08:00"), notes, DEADLINE)
    moved = replace(DEADLINE, closes=date(2026, 11, 6))
    assert told(plan(at("2026-10-12T08:00"), notes, moved)) == []


def test_moved_there_and_back_and_there_again_is_announced_each_time() -> None:
    notes = Notes()
    plan(at("2026-10-20T08:00"), notes, DEADLINE)
    moved = replace(DEADLINE, closes=date(2026, 11, 6))
    for day, event in enumerate((moved, DEADLINE, moved), 21):
        assert told(plan(at(f"2026-10-{day}T12:00"), notes, event)) == [(Kind.MOVED, 0)]
        assert told(plan(at(f"2026-10-{day}T12:01"), notes, event)) == []


def test_only_the_last_of_several_changes_is_announced() -> None:
    notes = Notes()
    plan(at("2026-10-21T08:00"), notes, DEADLINE)
    plan(at("2026-10-22T22:00"), notes, replace(DEADLINE, closes=date(2026, 11, 6)))
    found = plan(at("2026-10-23T08:00"), notes, replace(DEADLINE, closes=date(2026, 11, 9)))
    assert [due.telling.version for due in found.due] == ["2026-11-09"]


def test_when_the_change_could_not_be_sent_reminders_go_on() -> None:
    notes = Notes()
    plan(at("2026-10-21T08:00"), notes, DEADLINE)
    moved = replace(DEADLINE, closes=date(2026, 11, 6))
    plan(at("2026-10-23T08:00"), notes, moved, state=State.FAILED)
    assert told(plan(at("2026-10-28T08:00"), notes, moved)) == [(Kind.REMINDER, 7)]


def test_a_cancelled_event_is_told_to_those_who_were_reminded() -> None:
    notes = Notes()
    plan(at("2026-10-21T08:00"), notes, DEADLINE)
    cancelled = Decisions(cancelled=frozenset({DEADLINE.id}))
    now = at("2026-10-22T09:00")
    assert told(plan(now, notes, decisions=cancelled)) == [(Kind.CANCELLED, 0)]
    assert told(plan(now, notes, DEADLINE, decisions=cancelled)) == []
    assert told(plan(now, Notes(), DEADLINE, decisions=cancelled)) == []
    # The cancellation was a mistake.
    assert told(plan(now, notes, DEADLINE)) == [(Kind.MOVED, 0)]


@pytest.mark.parametrize("days", [2, 30])
def test_a_deadline_moved_into_the_past_is_told_to_those_who_wait_for_it(days: int) -> None:
    notes = Notes()
    plan(at("2026-10-21T08:00"), notes, DEADLINE)
    past = replace(DEADLINE, closes=date(2026, 10, 22) - timedelta(days=days))
    assert told(plan(at("2026-10-22T06:00"), notes, past)) == [], "not at night"
    found = plan(at("2026-10-22T09:00"), notes, past)
    assert told(found) == [(Kind.MOVED, 0)] and not found.missed
    found = plan(at("2026-10-22T09:01"), notes, past)
    assert (found.due, found.missed) == ((), ())
    assert told(plan(at("2026-10-23T09:00"), notes, DEADLINE)) == [(Kind.MOVED, 0)]


def test_a_deadline_moved_into_the_past_after_it_was_over_is_reported() -> None:
    notes = Notes()
    plan(at("2026-10-30T08:00"), notes, DEADLINE)
    found = plan(at("2026-11-02T09:00"), notes, replace(DEADLINE, closes=date(2026, 10, 28)))
    assert not found.due
    assert [m.telling.kind for m in found.missed] == [Kind.MOVED]


@pytest.mark.parametrize("change", [{"precision": "bulan"}, {"closes": None}])
def test_a_day_that_no_longer_holds_is_told_once(change: dict[str, Any]) -> None:
    notes = Notes()
    plan(at("2026-10-21T08:00"), notes, DEADLINE)
    vague = replace(DEADLINE, **change)
    assert told(plan(at("2026-10-21T21:00"), notes, vague)) == [], "not at night"
    assert told(plan(at("2026-10-22T08:00"), notes, vague)) == [(Kind.UNSET, 0)]
    assert told(plan(at("2026-10-23T08:00"), notes, vague)) == []
    assert told(plan(at("2026-10-23T08:01"), Notes(), vague)) == [], "nobody was told a day"
    later = replace(DEADLINE, closes=date(2026, 11, 6))
    assert told(plan(at("2026-10-26T08:00"), notes, later)) == [(Kind.MOVED, 0)]
    assert told(plan(at("2026-10-27T08:00"), notes, vague)) == [(Kind.UNSET, 0)], "once a change"


BACK = replace(DEADLINE, closes=date(2026, 11, 6))


@pytest.mark.parametrize("cancelled", [DEADLINE.id, (DEADLINE.id, version_of(DEADLINE))])
def test_a_cancelled_event_that_is_back_is_asked_about(cancelled: str | tuple[str, str]) -> None:
    notes = Notes()
    plan(at("2026-10-21T08:00"), notes, DEADLINE)
    said = Decisions(cancelled=frozenset({cancelled}))
    found = plan(at("2026-10-22T09:00"), notes, decisions=said)
    assert told(found) == [(Kind.CANCELLED, 0)] and not found.held
    for back in (DEADLINE, BACK):
        found = plan(at("2026-10-23T09:00"), notes, back, decisions=said)
        assert not found.due
        assert [(h.version, h.reason) for h in found.held] == [(version_of(back), "kembali")]
    approved = replace(said, estimates=frozenset({(DEADLINE.id, version_of(BACK))}))
    assert told(plan(at("2026-10-26T09:00"), notes, BACK, decisions=approved)) == [(Kind.MOVED, 0)]
    found = plan(at("2026-10-28T09:00"), notes, BACK, decisions=approved)
    assert told(found) == [(Kind.REMINDER, 7)] and not found.held


def test_a_cancelled_event_that_came_back_and_vanishes_again_is_asked_about() -> None:
    notes = Notes()
    plan(at("2026-10-21T08:00"), notes, DEADLINE)
    decisions = Decisions(
        estimates=frozenset({(DEADLINE.id, version_of(BACK))}),
        cancelled=frozenset({(DEADLINE.id, version_of(DEADLINE))}),
    )
    plan(at("2026-10-22T09:00"), notes, decisions=decisions)
    plan(at("2026-10-23T09:00"), notes, BACK, decisions=decisions)
    found = plan(at("2026-10-26T09:00"), notes, decisions=decisions)
    assert [(h.version, h.reason) for h in found.held] == [(version_of(BACK), "hilang")]


def test_an_approved_estimate_that_is_cancelled_stays_silent() -> None:
    both = frozenset({(DEADLINE.id, version_of(DEADLINE))})
    for cancelled in (frozenset({DEADLINE.id}), both):
        decisions = Decisions(both, cancelled)
        found = plan(at("2026-10-29T09:00"), Notes(), DEADLINE, decisions=decisions)
        assert not found.due


def test_an_event_that_left_the_calendar_is_held_for_an_admin() -> None:
    notes = Notes()
    plan(at("2026-10-21T08:00"), notes, DEADLINE)
    found = plan(at("2026-10-22T09:00"), notes)
    assert not found.due
    assert [(h.event, h.reason) for h in found.held] == [(DEADLINE.id, "hilang")]


@pytest.mark.parametrize(
    ("choices", "audience", "meant"),
    [
        ({}, Audience(), True),
        ({"topics": ("interviu",)}, Audience(), False),
        ({"topics": ("penilaian mandiri", "interviu")}, Audience(), True),
        ({"region": "73.22", "region_kind": "kabupaten"}, Audience(regions=("73",)), True),
        ({"region": "32.71", "region_kind": "kota"}, Audience(regions=("73",)), False),
        ({"region": "32.71", "region_kind": "kota"}, Audience(kinds=("kabupaten",)), False),
        ({}, Audience(kinds=("provinsi", "kabupaten", "kota")), True),
        ({}, Audience(regions=("73",)), False),
        ({}, Audience(regions=("73",), kinds=("kabupaten",)), False),
        ({}, Audience(kinds=("kota",), tags=("asesor",)), False),
        ({"tags": ("asesor",)}, Audience(tags=("asesor",)), True),
        ({}, Audience(tags=("asesor",)), False),
    ],
)
def test_only_who_is_meant_is_told(
    choices: dict[str, Any], audience: Audience, meant: bool
) -> None:
    event = replace(DEADLINE, audience=audience)
    found = plan(at("2026-10-29T09:00"), Notes(), event, to=subscription(CHAT, **choices))
    assert bool(found.due) == meant


def test_what_was_told_to_the_group_before_it_moved_was_told() -> None:
    notes = Notes()
    plan(at("2026-10-29T09:00"), notes, DEADLINE, to=subscription(-5))
    new = subscription(-1005, formerly=(-5,))
    assert told(plan(at("2026-10-29T09:01"), notes, DEADLINE, to=new)) == []


def test_who_is_gone_or_has_stopped_is_told_nothing() -> None:
    for state in ({"present": False}, {"wanted": False}):
        found = plan(at("2026-10-29T09:00"), Notes(), DEADLINE, to=subscription(CHAT, **state))
        assert not found.due


def test_zones_of_provinces() -> None:
    regions = {"11": "WIB", "73.73": "WITA", "64.01": "WITA", "61": "WIB", "62.71": "WIB"}
    regions |= {"51": "WITA", "82.72": "WIT", "91": "WIT", "97": "WIT", "kemenpanrb": "WIB"}
    assert {region: zone_of(region) for region in regions} == regions


@pytest.mark.parametrize(
    "choice",
    [
        {"hour": 3},
        {"hour": 20},
        {"zone": "CET"},
        {"leads": ()},
        {"leads": (-1,)},
        {"leads": (99,)},
        {"topics": ("pesta",)},
    ],
)
def test_choices_out_of_bounds_are_refused(choice: dict[str, Any]) -> None:
    with pytest.raises(ChoiceError):
        subscription(CHAT).choose(**choice)


def test_a_region_brings_its_zone() -> None:
    chosen = subscription(CHAT, zone="WIB").choose(region=("94.71", "kota"))
    assert chosen.zone == "WIT"
    assert subscription(CHAT).choose(region=("94.71", "kota"), zone="wib").zone == "WIB"


# -- properties ----------------------------------------------------------------------------------

BEGIN = datetime(2026, 12, 1, 12, tzinfo=WITA)
DAYS = st.dates(date(2026, 12, 17), date(2027, 1, 12))
CLOSINGS = st.one_of(
    DAYS,
    st.builds(
        lambda day, hour, zone: datetime(day.year, day.month, day.day, hour, 59, tzinfo=zone),
        DAYS,
        st.sampled_from([0, 6, 8, 15, 23]),
        st.sampled_from(list(ZONES.values())),
    ),
)
EVENTS = st.builds(
    lambda closes, status, precision: replace(
        DEADLINE, closes=closes, status=status, precision=precision
    ),
    CLOSINGS,
    st.sampled_from(["resmi"] * 5 + ["perkiraan"]),
    st.sampled_from(["hari"] * 7 + ["bulan"]),
)
CHATS = st.builds(
    lambda zone, hour, leads, since: subscription(
        CHAT,
        zone=zone,
        hour=hour,
        leads=tuple(sorted(leads, reverse=True)),
        since=BEGIN + timedelta(days=since),
    ),
    st.sampled_from(list(ZONES)),
    st.sampled_from(list(HOURS)),
    st.sets(st.sampled_from([0, 1, 2, 3, 5, 7, 14, 20]), min_size=1),
    st.sampled_from([-10, -10, -10, 0, 10, 20]),
)
MINUTES = st.sampled_from([1, 200, 720, 1440, 3000, 5000, 5000, 10_000])
# Gaps between plannings, and now and then an edit of the event or the subscription meanwhile.
EDITS = st.one_of(st.none(), st.none(), EVENTS, EVENTS, CHATS)
STEPS = st.lists(st.tuples(MINUTES, EDITS), min_size=5, max_size=40)
CALENDARS = st.one_of(
    st.just(official), st.builds(lambda days: Holidays(*days), st.sets(DAYS, max_size=15))
)


def speakable(now: datetime, event: Deadline, to: Subscription, workdays: Workdays) -> bool:
    last = last_day(event)
    return last is not None and (
        opens_to_speak(now, to.hour, zone_info(to.zone), last, workdays) <= now
    )


@given(EVENTS, CHATS, STEPS, CALENDARS, st.sampled_from([State.SENT, State.UNKNOWN]))
@settings(max_examples=400, deadline=None, suppress_health_check=SLOW)
def test_whatever_happens_nothing_twice_and_nothing_lost(
    event: Deadline,
    to: Subscription,
    steps: list[tuple[int, Deadline | Subscription | None]],
    workdays: Workdays,
    state: State,
) -> None:
    notes, zone = Notes(), zone_info(to.zone)
    now = BEGIN
    # After the last step: every slot that is still to come, and the day after the closing.
    coming = [s.at for s in slots(event, to.leads, to.hour, zone, workdays)]
    moments = [(now := now + timedelta(minutes=gap), edit) for gap, edit in steps]
    moments += [(at_, None) for at_ in coming if at_ > now]
    for now, edit in moments:
        if isinstance(edit, Deadline):
            event = edit
        elif edit is not None:
            to = replace(edit, since=to.since)
            zone = zone_info(to.zone)
        found = plan(now, notes, event, to=to, workdays=workdays, state=state)
        end = ends_at(event, zone)
        assert end is not None
        local = now.astimezone(zone)
        waited_for = {last_day(event), *(day_of(closing_told(t)) for t, _ in notes.rows)}
        for due in found.due:
            assert 7 <= local.hour < NIGHT
            assert workdays.is_workday(local.date()) or local.date() in waited_for
            if due.telling.kind is Kind.UNSET:
                assert not event.exact
                continue
            assert event.official and event.exact
            assert now < end or due.telling.kind is Kind.MOVED
            assert due.telling.version == version_of(event)
        assert len(found.due) + len(found.missed) <= 1
        # Planning again, now or at any time before the next moment, gives nothing.
        again = plan(now, notes, event, to=to, workdays=workdays)
        assert (again.due, again.missed) == ((), ())
        if again.next is not None:
            middle = now + (again.next - now) / 2
            early = plan(middle, notes, event, to=to, workdays=workdays)
            assert (early.due, early.missed) == ((), ())
        if sure(event) and now < end and speakable(now, event, to, workdays):
            assert not uncovered(notes, event, to, now, workdays)
            assert last_version(notes) in (None, version_of(event))
    if sure(event):
        end = ends_at(event, zone)
        assert end is not None
        if now < end + timedelta(days=6):
            after = max(now, end) + timedelta(minutes=1)
            for _ in range(10):
                found = plan(after, notes, event, to=to, workdays=workdays)
                if found.next is None:
                    break
                after = found.next
            assert not uncovered(notes, event, to, after, workdays, missed=True)


def sure(event: Deadline) -> bool:
    return event.official and event.exact


def uncovered(
    notes: Notes,
    event: Deadline,
    to: Subscription,
    now: datetime,
    workdays: Workdays,
    *,
    missed: bool = False,
) -> list[int]:
    """Leads that fell due and that nothing told, or reported, has covered."""
    zone = zone_info(to.zone)
    assert to.since is not None
    covering = [
        (telling, entry)
        for (telling, _), entry in notes.rows.items()
        if telling.version == version_of(event) and (missed or entry.state is not State.MISSED)
    ]
    return [
        slot.lead
        for slot in slots(event, to.leads, to.hour, zone, workdays)
        if slot.at <= now
        and slot.day >= to.since.astimezone(zone).date()
        and not any(
            (t.kind is Kind.REMINDER and t.lead <= slot.lead)
            or (t.kind is Kind.MOVED and (entry.planned >= slot.at or missed))
            for t, entry in covering
        )
    ]


def last_version(notes: Notes) -> str | None:
    told_ = [(e.planned, t.version) for (t, _), e in notes.rows.items() if e.state.told]
    return max(told_)[1] if told_ else None
