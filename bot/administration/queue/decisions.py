"""Keeps what was decided of open questions, and who wants to be told."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tinydb import Query
from tinydb.table import Document

from bot.administration.queue.grouping import Decision, Status
from bot.store.shared import SharedDb

_DECISIONS, _WAITING = "keputusan", "kabar"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who wants to be told once a question is answered.

    Attributes:
        answer: Id of the answer that did not help.
        user: Telegram id of who asked.
        chat: Where to tell it.
        message: The answer's message, to reply to.
        thread: Its topic in the chat; 0 without one.
        question: What was asked.
        since: When they asked to be told.
    """

    answer: str
    user: int
    chat: int
    message: int
    thread: int
    question: str
    since: datetime


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell: what was decided of a question that somebody waits for.

    Attributes:
        waiting: Whom.
        decision: What.
        sent: How many messages of it were sent already.
    """

    waiting: Waiting
    decision: Decision
    sent: int = 0


class Decisions:
    """Decisions and waiting people, shared by the bot and the command line. Blocks on the disk."""

    def __init__(self, data: Path) -> None:
        self._db = SharedDb(data / "antrean.json")

    def all(self) -> list[Decision]:
        """Return all decisions."""
        with self._db.open() as db:
            return [_decision(found) for found in db.table(_DECISIONS).all()]

    def decide(
        self, decision: Decision, answers: Iterable[str], tells: Decision | None = None
    ) -> int:
        """Keep a decision; where it tells something, who waits for these answers is to be told.

        Args:
            decision: What was decided.
            answers: Of which answers.
            tells: What is told of them; the decision itself unless another is given.

        Returns:
            How many people will be told.
        """
        held, told = frozenset(answers), tells or decision
        with self._db.open() as db:
            db.table(_DECISIONS).insert(_document(decision))
            if told.status not in (Status.ANSWERED, Status.NO_RULE):
                return 0
            table = db.table(_WAITING)
            theirs = Query().answer.test(held.__contains__)
            table.update({"news": _document(told)}, theirs)
            return len({found["user"] for found in table.search(theirs)})

    def reopen(self, item: str) -> bool:
        """Take the decisions on an item back; return whether there were any."""
        with self._db.open() as db:
            return bool(db.table(_DECISIONS).remove(Query().id == item))

    def wait(self, waiting: Waiting) -> bool:
        """Note that somebody waits; return whether that is new."""
        with self._db.open() as db:
            table = db.table(_WAITING)
            same = (Query().answer == waiting.answer) & (Query().user == waiting.user)
            if table.contains(same):
                return False
            table.insert(asdict(waiting) | {"since": waiting.since.isoformat(), "news": None})
            return True

    def wait_no_more(self, waiting: Waiting) -> None:
        """Forget that somebody waits for an answer."""
        with self._db.open() as db:
            same = (Query().answer == waiting.answer) & (Query().user == waiting.user)
            db.table(_WAITING).remove(same)

    def take_news(self) -> list[News]:
        """Return what is to be told now, and forget it: nobody is told twice."""
        with self._db.open() as db:
            table = db.table(_WAITING)
            found = table.search(Query().news.test(bool))
            table.remove(doc_ids=[document.doc_id for document in found])
        return [News(_waiting(f), _decision(f["news"]), f.get("sent", 0)) for f in found]

    def put_back(self, news: News) -> None:
        """Keep what could not be told now, for another time."""
        waiting = news.waiting
        with self._db.open() as db:
            db.table(_WAITING).insert(
                asdict(waiting)
                | {
                    "since": waiting.since.isoformat(),
                    "news": _document(news.decision),
                    "sent": news.sent,
                }
            )

    def forget_user(self, user: int) -> int:
        """Forget that a user waits; return for how many questions."""
        with self._db.open() as db:
            return len(db.table(_WAITING).remove(Query().user == user))

    def forget_before(self, day: datetime) -> None:
        """Forget decisions and waiting people from before a moment: they hold questions."""
        with self._db.open() as db:
            for table, key in ((_DECISIONS, "at"), (_WAITING, "since")):
                db.table(table).remove(
                    Query()[key].test(lambda text: datetime.fromisoformat(text) < day)
                )


def _document(decision: Decision) -> dict[str, Any]:
    return asdict(decision) | {"at": decision.at.isoformat()}


def _decision(found: Mapping[str, Any]) -> Decision:
    data = dict(found)
    at, refs = datetime.fromisoformat(data.pop("at")), tuple(data.pop("refs", ()))
    return Decision(at=at, status=Status(data.pop("status")), refs=refs, **data)


def _waiting(found: Document) -> Waiting:
    data: dict[str, Any] = dict(found)
    for key in ("news", "sent"):
        data.pop(key, None)
    return Waiting(since=datetime.fromisoformat(data.pop("since")), **data)
