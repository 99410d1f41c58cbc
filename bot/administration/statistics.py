"""How the bot is used: questions a day, how many it answers, what they are about, how fast."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from statistics import median, quantiles

from bot.administration import wording
from bot.administration.records import DOWN, Entry, Vote
from bot.answering.answer import Kind
from bot.answering.question import Reader
from bot.answering.wording import day as written
from bot.knowledge.locator import Ref, segments
from bot.knowledge.model import Snapshot
from bot.regions.charts.spec import Activity, ActivityDay

MOST_TOPICS = 5
NameTopics = Callable[[Entry], tuple[str, ...]]
_MONTHS = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()


@dataclass(frozen=True, slots=True)
class Day:
    """Questions of one day, small talk left out."""

    date: date
    answered: int = 0
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """What questions were about, and how many."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The use of the bot over some days.

    Attributes:
        days: All days of the period, the oldest first.
        small_talk: Greetings and the like; they count as no question.
        up: Votes for an answer, of each user the last on it.
        down: Votes against.
        topics: The most asked about first.
        median_ms: Half of the answers took no longer, in milliseconds; None without any.
        high_ms: 95 of 100 took no longer.
        open_items: Items of the queue that wait for a decision.
    """

    days: tuple[Day, ...]
    small_talk: int
    up: int
    down: int
    topics: tuple[Topic, ...]
    median_ms: float | None
    high_ms: float | None
    open_items: int

    @property
    def answered(self) -> int:
        """Questions that got an answer."""
        return sum(day.answered for day in self.days)

    @property
    def asked(self) -> int:
        """All questions but small talk."""
        return self.answered + sum(day.unanswered for day in self.days)

    @property
    def answered_share(self) -> float | None:
        """Share of the questions that got an answer, 0 to 1; None without questions."""
        return self.answered / self.asked if self.asked else None

    @property
    def up_share(self) -> float | None:
        """Share of votes for, 0 to 1; None without votes."""
        votes = self.up + self.down
        return self.up / votes if votes else None


def statistics(
    questions: Iterable[Entry],
    votes: Iterable[Vote],
    days: int,
    today: date,
    *,
    open_items: int = 0,
    name_topics: NameTopics | None = None,
) -> Statistics:
    """Count what happened in the last days, today included.

    Args:
        questions: In any order; those outside the period are left out.
        votes: The last one of each user on an answer, see ``read_votes``.
        days: Length of the period, at least 1.
        today: Its last day, in the zone of the records.
        open_items: Items of the queue that wait.
        name_topics: Names what a question was about, see ``topics_of``; None counts no topics.

    Raises:
        ValueError: ``days`` is less than 1.
    """
    if days < 1:
        raise ValueError(days)
    dates = [today - timedelta(days=ago) for ago in range(days - 1, -1, -1)]
    within = frozenset(dates)
    entries = [entry for entry in questions if entry.time.date() in within]
    real = [entry for entry in entries if entry.kind != Kind.SMALLTALK]
    counts = Counter((entry.time.date(), entry.kind != Kind.UNKNOWN) for entry in real)
    counted = Counter(vote.vote for vote in votes if vote.time.date() in within)
    topics = Counter(
        name for entry in real for name in (name_topics(entry) if name_topics else ())
    )
    took = [entry.ms for entry in entries if entry.ms is not None]
    return Statistics(
        tuple(Day(d, counts[d, True], counts[d, False]) for d in dates),
        len(entries) - len(real),
        counted.total() - counted[DOWN],
        counted[DOWN],
        _most(topics),
        median(took) if took else None,
        _high(took),
        open_items,
    )


def topics_of(snapshot: Snapshot, reader: Reader) -> NameTopics:
    """Return what names the topics of a question: a regulation, an indicator, an agency's index.

    The first citation counts; the regions of an index question are read from its text, since
    reports are cited as a whole.
    """

    @lru_cache(8192)
    def agencies(text: str) -> tuple[str, ...]:
        codes = dict.fromkeys(reader.read(text).codes)
        return tuple(snapshot.regions[code].name for code in codes)

    def name(entry: Entry) -> tuple[str, ...]:
        if entry.kind == Kind.INDEX:
            names = agencies(entry.text)
            indexes = tuple(wording.TOPIC_INDEX.format(name=n) for n in names)
            return indexes or (wording.TOPIC_INDEX_ANY,)
        if entry.kind == Kind.UNKNOWN or not entry.cited:
            return ()
        return (_cited(snapshot, Ref.parse(entry.cited[0])),)

    return name


def report(found: Statistics) -> str:
    """Say it in a few Indonesian lines of plain text."""
    lines = [wording.REPORT_TITLE.format(span=_span(found)), ""]
    lines += _report_questions(found)
    votes = found.up + found.down
    if found.up_share is None:
        lines.append(wording.REPORT_NO_VOTES)
    else:
        shown = (wording.percent(found.up_share), wording.count(found.up), wording.count(votes))
        lines.append(wording.REPORT_VOTES.format(share=shown[0], up=shown[1], votes=shown[2]))
    if found.median_ms is not None and found.high_ms is not None:
        half, high = wording.duration(found.median_ms), wording.duration(found.high_ms)
        lines.append(wording.REPORT_SPEED.format(median=half, high=high))
    waiting = wording.REPORT_OPEN if found.open_items else wording.REPORT_NOTHING_OPEN
    lines.append(waiting.format(count=wording.count(found.open_items)))
    if found.topics:
        lines += ["", wording.REPORT_TOPICS]
        for place, topic in enumerate(found.topics, 1):
            number = wording.count(topic.count)
            lines.append(wording.REPORT_TOPIC.format(place=place, name=topic.name, count=number))
    return "\n".join(lines)


def picture(found: Statistics) -> Activity:
    """Return what a picture of it shows."""
    title = wording.PICTURE_NOTHING
    if found.answered_share is not None:
        share = wording.percent(found.answered_share)
        title = wording.PICTURE_TITLE.format(asked=wording.count(found.asked), share=share)
    return Activity(
        title,
        tuple(ActivityDay(_short(d.date), d.answered, d.unanswered) for d in found.days),
        tuple((topic.name, topic.count) for topic in found.topics),
        wording.PICTURE_SOURCE.format(span=_span(found)),
    )


def _report_questions(found: Statistics) -> list[str]:
    lines = [wording.REPORT_NOTHING]
    if found.answered_share is not None:
        asked = wording.count(found.asked)
        daily = wording.decimal(found.asked / len(found.days))
        share, answered = wording.percent(found.answered_share), wording.count(found.answered)
        lines = [
            wording.REPORT_ASKED.format(asked=asked, daily=daily),
            wording.REPORT_ANSWERED.format(share=share, answered=answered, asked=asked),
        ]
    if found.small_talk:
        lines.append(wording.REPORT_GREETINGS.format(count=wording.count(found.small_talk)))
    return lines


def _most(topics: Counter[str]) -> tuple[Topic, ...]:
    ranked = sorted(topics.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Topic(name, count) for name, count in ranked[:MOST_TOPICS])


def _high(took: list[float]) -> float | None:
    """Return the 95th percentile."""
    if len(took) < 2:
        return took[0] if took else None
    return quantiles(took, n=20, method="inclusive")[-1]


def _cited(snapshot: Snapshot, ref: Ref) -> str:
    if ref.locator.startswith("indikator-"):
        return wording.TOPIC_INDICATOR.format(number=segments(ref.locator)[0][1])
    regulation = snapshot.regulations.get(ref.source)
    return regulation.short if regulation else wording.TOPIC_NEWS


def _short(value: date) -> str:
    return f"{value.day} {_MONTHS[value.month - 1]}"


def _span(found: Statistics) -> str:
    """Write the period: ``28 November 2026``, ``22–28 November 2026``, ``30 Oktober – …``."""
    first, last = found.days[0].date, found.days[-1].date
    if first == last:
        return written(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{written(last)}"
    start = written(first)
    if first.year == last.year:
        start = start.removesuffix(f" {first.year}")
    return f"{start} – {written(last)}"
