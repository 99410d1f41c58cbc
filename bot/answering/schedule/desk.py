"""The desk of the calendar: dates of the stages of an evaluation, what is due, days left."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answering.answer import Answer, Kind, Topic
from bot.answering.question import Question
from bot.answering.schedule import wording
from bot.answering.schedule.asked import Wish, read_wish
from bot.answering.schedule.ics import to_ics
from bot.answering.schedule.periods import Period
from bot.answering.schedule.states import State, sentence, state_of
from bot.answering.schedule.writing import Writer
from bot.clock import Clock
from bot.knowledge.deadline import Deadline
from bot.knowledge.model import Snapshot

_LIVE = (State.OPEN, State.AHEAD)
_OFFERED_YEARS = 2


class ScheduleDesk:
    """Answers from the calendar; what it does not know it says so, and never a guessed date."""

    def __init__(self, snapshot: Snapshot, clock: Clock) -> None:
        self._snapshot = snapshot
        self._clock = clock

    def answer(self, question: Question, topic: Topic) -> tuple[Answer, Topic] | None:
        """Answer a question for the calendar; None where it is for another desk.

        A question about one region is left to others where the calendar has nothing for it: the
        press may know when an interview took place.
        """
        writer = Writer(self._snapshot, self._clock.now())
        last = self._by_id(topic.events) if topic.kind is Kind.DEADLINE else []
        wish = read_wish(question, last[0].year if last else None, writer.now.date())
        if wish is None or not self._snapshot.deadlines:
            return None
        stages = {event.stage for event in last}
        if wish.follows and len(stages) == 1 and not (wish.stage or wish.period):
            # "Kalau 2021?" after a stage means that stage.
            wish = replace(wish, stage=stages.pop() if wish.year else "")
        events = [e for e in self._snapshot.deadlines if self._concerns(e, question.codes)]
        if wish.follows and not (wish.stage or wish.year or wish.period):
            answer = _about(writer, last, wish)
        elif wish.period is not None:
            answer = _during(writer, events, wish, wish.period)
        elif wish.left and not wish.stage and wish.year is None:
            answer = _nearest(writer, events, wish)
        elif wish.stage:
            answer = _of_stage(writer, events, wish, last, of_region=bool(question.places))
        else:
            answer = _of_year(writer, events, wish)
        if answer.abstained and question.places:
            return None
        return answer, Topic(Kind.DEADLINE, events=tuple(e.id for e in answer.events))

    def calendar(self, events: Iterable[Deadline]) -> bytes:
        """Return events as iCalendar, written now."""
        return to_ics(self._snapshot, events, self._clock.now())

    def _by_id(self, ids: Sequence[str]) -> list[Deadline]:
        known = {event.id: event for event in self._snapshot.deadlines}
        return [known[i] for i in ids if i in known]

    def _concerns(self, event: Deadline, codes: Sequence[str]) -> bool:
        """Whether an event is for one of the agencies named, or none is."""
        regions = [self._snapshot.regions[code] for code in codes]
        return not regions or any(event.audience.includes(r.code, r.kind) for r in regions)


def _about(writer: Writer, events: list[Deadline], wish: Wish) -> Answer:
    """Say again of the events last spoken of when they are and what is left."""
    live = [e for e in events if state_of(e, writer.now) in _LIVE] if wish.left else []
    chosen = live or events
    text = "\n".join(_listed(writer, chosen))
    return writer.answer(text, chosen, _onward(chosen), drawn=wish.drawn, counted=True)


def _of_stage(
    writer: Writer,
    events: list[Deadline],
    wish: Wish,
    last: Sequence[Deadline],
    *,
    of_region: bool,
) -> Answer:
    of_stage = [e for e in events if e.stage == wish.stage]
    year = wish.year or (last[0].year if wish.follows else _year_of(writer, of_stage))
    found = [e for e in of_stage if e.year == year]
    if not found:
        return _unknown(writer, events, wish.stage, year)
    # What concerns everybody first, unless a region is named.
    found.sort(key=lambda e: e.audience.everyone is of_region)
    lines = _listed(writer, found)
    if len(found) > 1:
        lines.insert(0, wording.OF_STAGE.format(stage=wording.stage(wish.stage), year=year))
    return writer.answer("\n".join(lines), found, _onward(found), drawn=wish.drawn, counted=True)


def _year_of(writer: Writer, events: list[Deadline]) -> int:
    """Return the year meant where none is said: of what is to come, else the present one."""
    live = (e.year for e in events if state_of(e, writer.now) in _LIVE)
    return min(live, default=writer.now.year)


def _of_year(writer: Writer, events: list[Deadline], wish: Wish) -> Answer:
    year = wish.year or writer.now.year
    found = [e for e in events if e.year == year]
    if not found:
        return _unknown(writer, events, "", year)
    states = {state_of(e, writer.now) for e in found}
    stated = bool(states & set(_LIVE))
    lines = [wording.LISTED.format(year=year)]
    lines += [writer.line(event, stated=stated) for event in found]
    going_on = [e for e in found if state_of(e, writer.now) is State.OPEN and e.exact]
    lines += [f"{e.title}: {_lower(sentence(e, writer.now))}" for e in going_on]
    suggestions = [wording.ASK_STAGE.format(stage=e.stage, year=year) for e in going_on]
    suggestions += [wording.ASK_DUE, *_other_years(events, year)]
    return writer.answer(
        "\n".join(lines), found, suggestions, drawn=wish.drawn, counted=bool(going_on)
    )


def _during(writer: Writer, events: list[Deadline], wish: Wish, period: Period) -> Answer:
    """Tell what closes, or goes on, within a period; and if nothing, what comes next."""
    if wish.stage:
        events = [e for e in events if e.stage == wish.stage]
    overlapping = [e for e in events if _overlaps(e, period)]
    closing = [e for e in overlapping if e.last_day and e.last_day <= period.last]
    found = closing if wish.due else overlapping
    if found:
        head = wording.DUE_HEAD if wish.due else wording.GOING_ON
        lines = [head.format(name=period.name), *_listed(writer, found, always=True)]
        return writer.answer(
            "\n".join(lines), found, _onward(found), drawn=wish.drawn, counted=True
        )
    nothing = wording.NOTHING_DUE if wish.due else wording.NOTHING_ON
    lines = [nothing.format(name=period.name)]
    live = [e for e in events if state_of(e, writer.now) is State.OPEN and e.exact]
    ahead = [e for e in events if state_of(e, writer.now) is State.AHEAD][:1]
    for head, more in ((wording.STILL_OPEN, live), (wording.NEXT, ahead)):
        if more:
            lines += [head, *_listed(writer, more, always=True)]
    shown = [*live, *ahead]
    suggestions = (*_onward(shown), wording.ASK_SCHEDULE.format(year=writer.now.year))
    return writer.answer("\n".join(lines), shown, suggestions, counted=bool(shown))


def _nearest(writer: Writer, events: list[Deadline], wish: Wish) -> Answer:
    """Tell how much is left of what goes on, or until what comes next."""
    live = [e for e in events if state_of(e, writer.now) in _LIVE and e.exact]
    live.sort(key=lambda e: (state_of(e, writer.now) is State.AHEAD, e.last_day or e.first_day))
    if not live:
        year = writer.now.year
        return Answer(
            Kind.UNKNOWN,
            wording.NOTHING_AHEAD,
            suggestions=(wording.ASK_SCHEDULE.format(year=year),),
        )
    going_on = [e for e in live if state_of(e, writer.now) is State.OPEN] or live[:1]
    text = "\n".join(_listed(writer, going_on))
    return writer.answer(text, going_on, _onward(going_on), drawn=wish.drawn, counted=True)


def _unknown(writer: Writer, events: list[Deadline], stage: str, year: int) -> Answer:
    """Say that a date is not known, and what is."""
    of_year = [e for e in events if e.year == year]
    if not of_year:
        text = wording.NO_YEAR if year >= writer.now.year else wording.NO_PAST_YEAR
        text = text.format(year=year)
        suggestions = _other_years(events, year)
    else:
        text = wording.NO_STAGE.format(stage=stage, year=year)
        others = sorted({e.year for e in events if e.stage == stage and e.known}, reverse=True)
        suggestions = [wording.ASK_STAGE.format(stage=stage, year=y) for y in others]
        suggestions = [
            wording.ASK_SCHEDULE.format(year=year),
            *suggestions[:_OFFERED_YEARS],
        ]
    return Answer(Kind.UNKNOWN, text, suggestions=tuple(suggestions), confidence=0.0)


def _listed(writer: Writer, events: list[Deadline], *, always: bool = False) -> list[str]:
    """Write events in full: one as a sentence, several as a list."""
    if len(events) == 1 and not always:
        return [writer.whole(events[0])]
    return [f"- {writer.whole(event)}" for event in events]


def _onward(events: Sequence[Deadline]) -> list[str]:
    """Return what may be asked next about the year of some events."""
    years = dict.fromkeys(event.year for event in events)
    return [*(wording.ASK_SCHEDULE.format(year=year) for year in years), wording.ASK_DUE]


def _other_years(events: Iterable[Deadline], year: int) -> list[str]:
    others = sorted({e.year for e in events} - {year}, key=lambda y: abs(y - year))
    return [wording.ASK_SCHEDULE.format(year=y) for y in others[:_OFFERED_YEARS]]


def _overlaps(event: Deadline, period: Period) -> bool:
    first = event.first_day or event.last_day
    last = event.last_day or event.first_day
    return bool(first and last and first <= period.last and last >= period.first)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
