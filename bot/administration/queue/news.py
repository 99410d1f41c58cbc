"""What those are told who wait for an answer: what the admin wrote, as an answer."""

from bot.administration.queue.grouping import Decision
from bot.answering.answer import OFFICE, Answer, Citation, Kind
from bot.answering.citing import cite, status_lines
from bot.answering.wording import OFFICE_NOTE
from bot.knowledge.locator import Ref
from bot.knowledge.model import Snapshot


def answer_of(decision: Decision, snapshot: Snapshot) -> Answer:
    """Return what an admin answered, with its citations or the mark of the office.

    The assistant is not asked again: it may not take another wording for the same question.
    """
    citations = tuple(cite(snapshot, Ref.parse(ref)) for ref in decision.refs)
    notes: tuple[str, ...] = ()
    if decision.office:
        citations = (*citations, Citation(OFFICE, "", decision.office))
        notes = (OFFICE_NOTE,)
    status = status_lines(snapshot, [citation.source for citation in citations])
    return Answer(Kind.FAQ, decision.note, citations, status, notes)
