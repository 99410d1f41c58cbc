"""The desk of open questions; Telegram and the command line both work at it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
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
from bot.administration.queue.grouping import (
    Decision,
    QueueItem,
    Status,
    find,
    group,
    last_decisions,
)
from bot.administration.queue.likeness import ReadTerms, terms_of
from bot.administration.queue.territory import names_own, need_own_wording, own_region
from bot.administration.records import Entry, Vote, read_entries, read_votes, with_votes
from bot.administration.roles import Role
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
        again = {item.id for item in found if _came_up_again(item, decided)}
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

    def closed(self, assistant: Assistant) -> list[Decision]:
        """Return what was decided and still stands, the last first."""
        waiting = {item.id for item in self.items(assistant) if item.open}
        decided = last_decisions(self.decisions.all()).values()
        found = [decision for decision in decided if decision.id not in waiting]
        return sorted(found, key=lambda d: (d.at, d.id), reverse=True)

    def standing(self, item_id: str) -> Decision | None:
        """Return the last decision on an item, even if it came up again since."""
        return last_decisions(self.decisions.all()).get(item_id)

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
        region = own_region(assistant, role, (item.question, *item.variants))
        given = read_answer(reply, item.question, item.variants)
        need_own_wording(assistant, role, given.question)
        if not role.limited:
            asked = assistant.reader.read(f"{given.question} {item.question}").every_code
            region = asked[0] if len(asked) == 1 and asked[0][:2].isdigit() else ""
        others = tuple(text for text in given.variants if names_own(assistant, role, text))
        return with_office(replace(given, variants=others), self._clock.today()), region

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

    def answer(
        self, role: Role, item: QueueItem, given: GivenAnswer, region: str
    ) -> tuple[Revision, int]:
        """Publish an answer and close the item; who waits for it will be told.

        Args:
            role: Who answers.
            item: As it stands now.
            given: From ``given``, which asks whether the admin may.
            region: From there too.

        Returns:
            The revision, and how many people will be told.

        Raises:
            NotAllowedError: The admin may not (any more).
            SpbeError: It has faults, such as an unknown reference.
        """
        # Answers stand in one file: held against the last state, they never undo each other.
        proposal = self.proposal(given, region)
        revision = self._editing.publish(role, proposal, expected=proposal.base)
        decision = self._decision(role, item, Status.ANSWERED)
        told = self._keep(
            replace(decision, note=given.text, refs=given.refs, office=given.office), item
        )
        return revision, told

    def decide(
        self, assistant: Assistant, role: Role, item: QueueItem, status: Status
    ) -> int | None:
        """Close an item without an answer: ignored, or without a rule.

        Returns:
            How many people will be told; None where just that was decided before.

        Raises:
            NotAllowedError: The admin's regions are not asked about.
            SpbeError: Something else was decided before.
        """
        own_region(assistant, role, (item.question, *item.variants))
        if item.decision is not None:
            if item.decision.status is status:
                return None
            raise SpbeError(already(item.decision))
        return self._keep(self._decision(role, item, status), item)

    def merge(self, assistant: Assistant, role: Role, item: QueueItem, into: QueueItem) -> int:
        """Merge an item into another; where that is decided, who waits is told so.

        Returns:
            How many people will be told.

        Raises:
            NotAllowedError: The admin's regions are not asked about in both.
            SpbeError: It would be merged into itself, or was decided before.
        """
        if into.id == item.id:
            raise SpbeError(wording.SAME_ITEM)
        for one in (item, into):
            own_region(assistant, role, (one.question, *one.variants))
        if item.decision is not None:
            raise SpbeError(already(item.decision))
        standing = into.decision
        decision = replace(
            self._decision(role, item, Status.MERGED),
            into=into.id,
            note=standing.status if standing else "",
        )
        return self._keep(decision, item, standing)

    def reopen(self, assistant: Assistant, role: Role, item_id: str) -> bool:
        """Take a decision back; return whether there was one.

        Raises:
            NotAllowedError: The admin's regions are not asked about.
        """
        standing = self.standing(item_id)
        if standing is None:
            return False
        if role.limited:
            item = find(self.items(assistant), item_id)
            variants = item.variants if item and item.id == item_id else ()
            own_region(assistant, role, (standing.question, *variants))
        done = self.decisions.reopen(item_id)
        if done:
            self._audit.append({"who": role.author, "what": "antrean: buka lagi", "on": item_id})
        return done

    def wait(self, assistant: Assistant, waiting: Waiting) -> Decision | None:
        """Note that somebody wants to be told.

        Returns:
            The decision, if admins have closed it already: there is nothing to wait for.
        """
        # Noted first: what is decided meanwhile is either seen here or told.
        self.decisions.wait(waiting)
        item = find(self.items(assistant), waiting.answer)
        if item is None or item.decision is None:
            return None
        self.decisions.wait_no_more(waiting)
        return item.decision

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

    def _decision(self, role: Role, item: QueueItem, status: Status) -> Decision:
        return Decision(item.id, item.question, status, self._clock.now(), role.author)

    def _keep(self, decision: Decision, item: QueueItem, tells: Decision | None = None) -> int:
        told = self.decisions.decide(decision, item.answers, tells)
        self._audit.append(
            {
                "who": decision.by,
                "what": f"antrean: {decision.status}",
                "on": decision.id,
                "into": decision.into,
            }
        )
        return told


def already(decision: Decision) -> str:
    """Say that something was decided before, what, by whom and when."""
    return wording.ALREADY_DECIDED.format(
        status=wording.STATUS[decision.status], by=decision.by, when=wording.moment(decision.at)
    )


def chosen(citations: Sequence[Citation], marks: str) -> tuple[str, ...]:
    """Return the references of suggestions that are marked, a ``1`` or ``0`` each."""
    return tuple(
        f"{c.source}#{c.locator}" for c, mark in zip(citations, marks, strict=False) if mark == "1"
    )


def _came_up_again(item: QueueItem, decisions: Iterable[Decision]) -> bool:
    """Whether an answered item was asked again, and not answered, since then.

    What an admin merged into the answered item was settled by that.
    """
    decision = item.decision
    if decision is None or decision.status is not Status.ANSWERED:
        return False
    merges = (
        merge.at
        for merge in decisions
        if merge.status is Status.MERGED
        and merge.note == Status.ANSWERED
        and merge.into in (item.id, *item.answers)
    )
    return item.last > max((decision.at, *merges))
