"""Turns events of the calendar into answers: text, caveats, sources, picture."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.answering.answer import Answer, Citation, Kind
from bot.answering.citing import cite, status_lines
from bot.answering.schedule import wording
from bot.answering.schedule.picture import year_picture
from bot.answering.schedule.states import State, sentence, state_of
from bot.knowledge import workdays
from bot.knowledge.deadline import Deadline
from bot.knowledge.locator import Ref
from bot.knowledge.model import Snapshot

_SHOWN_NOTES = 3


class Writer:
    """Writes for one moment, in the zone of its clock."""

    def __init__(self, snapshot: Snapshot, now: datetime) -> None:
        self.snapshot = snapshot
        self.now = now

    @property
    def zone(self) -> tzinfo:
        """The reader's zone."""
        assert self.now.tzinfo is not None  # noqa: S101 - the clock gives aware moments
        return self.now.tzinfo

    def whole(self, event: Deadline) -> str:
        """Say of one event when it is, whether it is over, what to do."""
        state = state_of(event, self.now)
        name = f"{event.title} {self._year_beside(event)}".strip()
        marks = [] if event.official or not event.known else [event.status]
        if event.known and not event.exact:
            marks.append(wording.NO_SUCH_DAY)
        parts = [f"{name}: {_marked(wording.dates(event, self.zone), marks)}."]
        parts.append(sentence(event, self.now))
        if event.action and state in (State.OPEN, State.AHEAD):
            parts.append(wording.ACTION.format(action=event.action))
        return " ".join(part for part in parts if part)

    def line(self, event: Deadline, *, stated: bool = True) -> str:
        """Write an event as one line of a list, with whether it is over."""
        state = state_of(event, self.now)
        marks = [] if event.official or not event.known else [event.status]
        if stated and state is not State.UNKNOWN:
            marks.append(wording.STATE[state])
        return f"- {event.title}: {_marked(wording.dates(event, self.zone), marks)}"

    def answer(
        self,
        text: str,
        events: Sequence[Deadline],
        suggestions: Sequence[str] = (),
        *,
        drawn: bool = False,
        counted: bool = False,
    ) -> Answer:
        """Put caveats, sources and a picture of the year below a text about some events.

        Args:
            text: What is said.
            events: The events that it rests on, the most important first.
            suggestions: Questions to go on with.
            drawn: Whether the picture itself was asked for.
            counted: Whether working days were counted.
        """
        citations = self._citations(events)
        chart = year_picture(self.snapshot, events, self.now.date()) if events else None
        return Answer(
            Kind.DEADLINE,
            text,
            citations,
            status_lines(self.snapshot, [c.source for c in citations]),
            self._notes(events, counted),
            suggestions=tuple(dict.fromkeys(suggestions))[:4],
            chart=chart,
            drawn=drawn and chart is not None,
            events=tuple(events),
        )

    def _year_beside(self, event: Deadline) -> str:
        """The year of the evaluation, where neither the dates nor the title show it."""
        shown = f"{event.title} {wording.dates(event, self.zone)}"
        return "" if str(event.year) in shown else f"(evaluasi {event.year})"

    def _citations(self, events: Sequence[Deadline]) -> tuple[Citation, ...]:
        sources = dict.fromkeys(event.source for event in events)
        return tuple(cite(self.snapshot, Ref.parse(source)) for source in sources)

    def _notes(self, events: Sequence[Deadline], counted: bool) -> tuple[str, ...]:
        notes: list[str] = []
        estimates = [e for e in events if not e.official and e.known]
        if len(events) == 1:
            event = events[0]
            if estimates:
                notes.append(wording.ESTIMATE.format(confidence=event.confidence))
            elif event.known and event.confidence != "tinggi":
                notes.append(wording.DOUBTFUL.format(confidence=event.confidence))
        elif estimates:
            notes.append(wording.ESTIMATES)
        told = Counter(e.note for e in events if e.note)
        # In a long list a note on one event would be read as one on all.
        notes += [n for n, count in told.items() if count > 1 or len(events) <= _SHOWN_NOTES]
        if counted:
            notes += self._count_notes(events)
        return tuple(notes)

    def _count_notes(self, events: Sequence[Deadline]) -> list[str]:
        today = self.now.date()
        if not any(any(ch.isdigit() for ch in sentence(e, self.now)) for e in events):
            return []
        notes = [wording.FIVE_DAYS]
        # Whatever is past has been decreed.
        days = [d for e in events if e.exact for d in (e.first_day, e.last_day) if d and d > today]
        years = workdays.undecreed(today, max(days)) if days else ()
        if years:
            notes.append(wording.UNDECREED.format(years=", ".join(map(str, years))))
        return notes


def _marked(text: str, marks: Sequence[str]) -> str:
    return f"{text} ({', '.join(marks)})" if marks else text
