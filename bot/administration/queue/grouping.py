"""The queue of what the bot could not answer: like questions as one item, and what was decided.

Each question goes to the item whose leader, its earliest question, it is most like.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.administration.queue.likeness import ReadTerms, text_key
from bot.administration.queue.piles import Pile, Piles
from bot.administration.records import Asked
from bot.answering.answer import Kind

MOST_VARIANTS = 5
# A wrong answer costs an office more than none.
_DOWN_WEIGHS = 2


class Status(StrEnum):
    """What admins decided of an item."""

    ANSWERED = "dijawab"
    IGNORED = "diabaikan"
    NO_RULE = "belum_ada"
    MERGED = "digabung"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an admin decided of an item; of several on one item the last counts.

    Attributes:
        id: Id of the item: the answer id of its first question.
        question: Its leader; later questions like it belong to the item.
        at: When, with a time zone.
        by: Who.
        into: Id of the item it was merged into, for ``MERGED``.
        note: The answer, or a remark; of a merge the status that its target had.
        refs: What the answer rests on, as ``id#locator``.
        office: Who says so, if it rests on no text.
    """

    id: str
    question: str
    status: Status
    at: datetime
    by: str
    into: str = ""
    note: str = ""
    refs: tuple[str, ...] = ()
    office: str = ""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """Like questions that the bot abstained from or that got a down vote.

    Attributes:
        id: Answer id of the first question; of a decided item the decision's.
        question: The leader: the earliest question.
        variants: Other texts of it, those asked most first.
        count: Questions in it.
        down: Down votes on them.
        answers: Ids of all answers in it, oldest first.
        decision: What was decided; None while it is open.
    """

    id: str
    question: str
    variants: tuple[str, ...]
    count: int
    down: int
    first: datetime
    last: datetime
    answers: tuple[str, ...]
    decision: Decision | None = None

    @property
    def open(self) -> bool:
        """Whether it waits for a decision."""
        return self.decision is None


def group(
    asked: Iterable[Asked], decisions: Iterable[Decision], read_terms: ReadTerms
) -> list[QueueItem]:
    """Group what was not answered, or not well; the most pressing open items first.

    Args:
        asked: Questions in any order, each with a time zone.
        decisions: In any order.
        read_terms: From ``likeness.terms_of``.
    """
    piles = Piles(read_terms)
    decided = last_decisions(decisions)
    for decision in decided.values():
        piles.start(decision.id, decision.question, kept=True)
    for question in sorted(filter(_waits, asked), key=_age):
        piles.add(question)
    merged = _merged(piles.all, decided)
    items = [_item(pile, asked, decided.get(pile.id)) for pile, asked in merged if asked]
    return sorted(items, key=_order)


def find(items: Iterable[QueueItem], answer: str) -> QueueItem | None:
    """Return the item of an id, or the one that holds the answer of that id."""
    held: QueueItem | None = None
    for item in items:
        if item.id == answer:
            return item
        if answer in item.answers:
            held = item
    return held


def _waits(question: Asked) -> bool:
    return question.kind == Kind.UNKNOWN or question.down > 0


def _order(item: QueueItem) -> tuple[bool, int, float, str]:
    pressing = item.count + _DOWN_WEIGHS * item.down
    return not item.open, -pressing, -item.last.timestamp(), item.id


def _age(question: Asked) -> tuple[datetime, str, str]:
    return question.time, question.id, question.text


def last_decisions(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return the decision that counts by id of its item, in order of the first ones.

    A changed mind does not change which leader is older.
    """
    counting: dict[str, Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.at, d.id, d.question, d.status, d.into)):
        counting[decision.id] = decision
    return counting


def _merged(
    piles: Sequence[Pile], decided: Mapping[str, Decision]
) -> list[tuple[Pile, list[Asked]]]:
    """Return the piles with their questions, those of merged ones with their targets."""
    homes: dict[str, int] = {}
    for number, pile in enumerate(piles):
        homes.setdefault(pile.id, number)
    for number, pile in enumerate(piles):
        for question in pile.asked:
            homes.setdefault(question.id, number)
    into = {
        number: homes[decision.into]
        for number, pile in enumerate(piles)
        if (decision := decided.get(pile.id)) is not None
        and decision.status == Status.MERGED
        and decision.into in homes
    }
    out: list[tuple[Pile, list[Asked]]] = [(pile, []) for pile in piles]
    for number, pile in enumerate(piles):
        out[_target(number, into)][1].extend(pile.asked)
    return out


def _target(number: int, into: Mapping[int, int]) -> int:
    """Follow merges to their end; a cycle ends at its oldest pile."""
    path = [number]
    while (after := into.get(path[-1])) is not None:
        if after in path:
            return min(path[path.index(after) :])
        path.append(after)
    return path[-1]


def _item(pile: Pile, asked: Iterable[Asked], decision: Decision | None) -> QueueItem:
    asked = sorted(asked, key=_age)
    texts: dict[str, str] = {}
    for question in asked:
        texts.setdefault(text_key(question.text), question.text)
    counts = Counter(text_key(question.text) for question in asked)
    leader = text_key(pile.text)
    others = [texts[key] for key, _ in counts.most_common() if key != leader]
    # Merged, but into nothing that is there: it waits as before.
    lost = decision is not None and decision.status == Status.MERGED
    return QueueItem(
        pile.id,
        pile.text,
        tuple(others[:MOST_VARIANTS]),
        len(asked),
        sum(question.down for question in asked),
        asked[0].time,
        asked[-1].time,
        tuple(question.id for question in asked),
        None if lost else decision,
    )
