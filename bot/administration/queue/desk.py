"""The desk of open questions; Telegram and the command line both work at it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path

from bot.administration.editing.desk import EditingDesk
from bot.administration.editing.proposal import Proposal, propose
from bot.administration.editing.submission import Submission
from bot.administration.queue import wording
from bot.administration.queue.answers import (
    GivenAnswer,
    appended,
    file_of,
    read_answer,
    with_office,
)
from bot.administration.queue.decisions import Decisions, Waiting
from bot.administration.queue.grouping import Decision, QueueItem, Status, find, group
from bot.administration.queue.likeness import ReadTerms, terms_of
from bot.administration.records import Entry, Vote, read_entries, read_votes, with_votes
from bot.administration.roles import NotAllowedError, Role
from bot.answering.answer import Citation
from bot.answering.assistant import Assistant
from bot.clock import Clock
from bot.errors import SpbeError
from bot.knowledge.publishing.model import Revision
from bot.store.journal import Journal

QUESTIONS, VOTES = "pertanyaan", "umpan-balik"
_SUGGESTED = 4


class QueueDesk:
    """Shows open questions, takes answers and decisions. Blocks: use a worker."""

    def __init__(
        self, data: Path, decisions: Decisions, editing: EditingDesk, audit: Journal, clock: Clock
    ) -> None:
        self.decisions = decisions
        self._journals = data / "journal"
        self._editing = editing
        self._audit = audit
        self._clock = clock
        self._terms: tuple[Assistant, ReadTerms] | None = None

    def entries(self) -> list[Entry]:
        """Return all questions that are still kept."""
        return read_entries(self._read(QUESTIONS))

    def votes(self) -> list[Vote]:
        """Return the last vote of each user on each answer."""
        return read_votes(self._read(VOTES))

    def items(self, assistant: Assistant) -> list[QueueItem]:
        """Return the items, open ones first; what came up again after an answer is open again."""
        decided = self.decisions.all()
        asked = with_votes(self.entries(), self.votes())
        found = group(asked, decided, self._terms_of(assistant))
        again = {
            item.id
            for item in found
            if item.decision
            and item.decision.status is Status.ANSWERED
            and item.last > item.decision.at
        }
        if not again:
            return found
        left = [decision for decision in decided if decision.id not in again]
        return group(asked, left, self._terms_of(assistant))

    def item(self, assistant: Assistant, item_id: str) -> QueueItem:
        """Return the item of an id, or the one that holds the answer of that id.

        Raises:
            SpbeError: There is none (any more).
        """
        item = find(self.items(assistant), item_id)
        if item is None:
            raise SpbeError(wording.ITEM_GONE)
        return item

    def suggestions(self, assistant: Assistant, item: QueueItem) -> list[Citation]:
        """Return the units that an answer may rest on, the likeliest first."""
        found: list[Citation] = []
        for answer in assistant.nearest(item.question, _SUGGESTED):
            found += [c for c in answer.citations[:1] if c.locator and c not in found]
        return found[:_SUGGESTED]

    def given(
        self, assistant: Assistant, role: Role, item: QueueItem, reply: str
    ) -> tuple[GivenAnswer, str]:
        """Read an admin's answer to an item; return it with the region that it is about.

        Raises:
            NotAllowedError: The admin's regions are not asked about.
            SpbeError: There is no answer in it.
        """
        given = read_answer(reply, item.question, item.variants)
        region = self._region(assistant, role, f"{given.question} {item.question}")
        return with_office(given, self._clock.today()), region

    def proposal(self, given: GivenAnswer, region: str) -> Proposal:
        """Say what publishing an answer would do.

        Raises:
            SpbeError: The history cannot be read.
        """
        path = file_of(region)
        standing = self._editing.base.served() / path
        before = standing.read_text(encoding="utf-8") if standing.is_file() else None
        told = Submission(
            kind="berkas",
            title=wording.NOTE.format(question=given.question),
            files={path: appended(before, given, region)},
        )
        return propose(self._editing.base, told, {})

    def answer(self, role: Role, item: QueueItem, given: GivenAnswer, region: str) -> Revision:
        """Publish an answer and close the item; who waits for it will be told.

        Raises:
            NotAllowedError: The admin may not (any more).
            SpbeError: It has faults, such as an unknown reference.
        """
        # Answers stand in one file: held against the last state, they never undo each other.
        proposal = self.proposal(given, region)
        revision = self._editing.publish(role, proposal, expected=proposal.base)
        self.decide(role, item, Status.ANSWERED, note=given.text)
        return revision

    def decide(
        self, role: Role, item: QueueItem, status: Status, *, into: str = "", note: str = ""
    ) -> None:
        """Close an item otherwise: ignored, without a rule, or merged into another.

        Raises:
            SpbeError: It would be merged into itself.
        """
        if into in (item.id, *item.answers):
            raise SpbeError(wording.SAME_ITEM)
        decision = Decision(
            item.id, item.question, status, self._clock.now(), role.author, into, note
        )
        self.decisions.decide(decision, item.answers)
        self._audit.append(
            {"who": role.author, "what": f"antrean: {status}", "on": item.id, "into": into}
        )

    def reopen(self, role: Role, item: str) -> bool:
        """Take a decision back; return whether there was one."""
        done = self.decisions.reopen(item)
        if done:
            self._audit.append({"who": role.author, "what": "antrean: buka lagi", "on": item})
        return done

    def wait(self, assistant: Assistant, waiting: Waiting) -> Decision | None:
        """Note that somebody wants to be told.

        Returns:
            The decision, if admins have said already that there is no rule.
        """
        item = find(self.items(assistant), waiting.answer)
        if item and item.decision and item.decision.status is Status.NO_RULE:
            return item.decision
        self.decisions.wait(waiting)
        return None

    def forget_before(self, day: date) -> None:
        """Delete decisions, and who waits, from before a day: they hold questions."""
        zone = self._clock.now().tzinfo
        self.decisions.forget_before(datetime.combine(day, time.min, zone))

    def _read(self, name: str) -> Iterator[dict[str, object]]:
        return Journal(self._journals, name, self._clock).read()

    def _terms_of(self, assistant: Assistant) -> ReadTerms:
        if self._terms is None or self._terms[0] is not assistant:
            self._terms = (assistant, terms_of(assistant.reader))
        return self._terms[1]

    def _region(self, assistant: Assistant, role: Role, text: str) -> str:
        codes = assistant.reader.read(text).every_code
        if role.limited:
            own = [code for code in codes if code in role.regions]
            if not own:
                raise NotAllowedError(
                    wording.NOT_YOUR_QUESTION.format(regions=", ".join(role.regions))
                )
            return own[0]
        return codes[0] if len(codes) == 1 and codes[0][:2].isdigit() else ""


def chosen(citations: Sequence[Citation], marks: str) -> tuple[str, ...]:
    """Return the references of suggestions that are marked, a ``1`` or ``0`` each."""
    return tuple(
        f"{c.source}#{c.locator}" for c, mark in zip(citations, marks, strict=False) if mark == "1"
    )
