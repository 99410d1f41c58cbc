"""The desk of index figures."""

from collections.abc import Callable
from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer, Kind, Topic
from bot.answering.index import figures, pictures, ranking, scopes, standing
from bot.answering.index.asked import Operation
from bot.answering.index.intent import read_intent
from bot.answering.index.relevance import unrated_unit
from bot.answering.index.request import Request, fill
from bot.answering.index.signals import unknown_names
from bot.answering.index.writing import Writer
from bot.answering.question import Question
from bot.regions.charts.spec import Brief

_OVER_MANY: dict[Operation, Callable[[Writer, Request], Answer]] = {
    Operation.HIGHEST: ranking.extremes,
    Operation.LOWEST: ranking.extremes,
    Operation.BAND: scopes.with_predicate,
    Operation.SPREAD: scopes.spread,
    Operation.AVERAGE: scopes.average,
    Operation.MOVERS: scopes.movers,
    Operation.THRESHOLD: scopes.beyond,
}


class IndexDesk:
    """Answers questions about index history."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def answer(self, question: Question, topic: Topic) -> tuple[Answer, Topic]:
        """Answer a question for this desk; return the conversation's new topic with it."""
        intent = read_intent(question, topic)
        unit = unrated_unit(question)
        if unit:
            return self._writer.unknown(wording.NOT_RATED.format(unit=unit)), topic
        request = fill(self._writer.history, question, intent, topic)
        answer = pictures.attach(self._writer, request, self._dispatch(request))
        names = unknown_names(question)
        if names and not answer.abstained:
            note = wording.NOT_KNOWN.format(names=wording.listing(names))
            answer = replace(answer, notes=(note, *answer.notes))
        new = replace(
            topic,
            kind=Kind.INDEX,
            regions=request.regions,
            years=request.years,
            earlier_years=tuple(dict.fromkeys((*topic.years, *request.years)))[-4:]
            if request.regions == topic.regions
            else request.years,
            asked=request.intent,
            indicator=None,
            locator="",
            regulation="",
            terms=(),
            level=None,
        )
        return answer, new

    def brief(self, code: str) -> Brief | None:
        """Return a page about an agency; None where no figure of it is known."""
        return pictures.brief(self._writer, code)

    def _dispatch(self, request: Request) -> Answer:
        operation = request.intent.operation
        over_many = _OVER_MANY.get(operation)
        if over_many is not None:
            return over_many(self._writer, request)
        if operation is Operation.BOUND:
            return standing.bound(self._writer, request)
        if not request.regions:
            return standing.without_region(self._writer, request)
        if operation is Operation.RANK:
            return ranking.rank(self._writer, request)
        if operation in (Operation.BEST_YEAR, Operation.WORST_YEAR):
            return figures.best_year(self._writer, request)
        if operation is Operation.DOMAINS:
            return standing.domains(self._writer, request)
        if operation is Operation.DISTANCE:
            return standing.distance(self._writer, request)
        if operation is Operation.NATIONAL:
            return standing.against_national(self._writer, request)
        if operation is Operation.CHANGE:
            return figures.change(self._writer, request)
        if operation is Operation.TREND or (
            not request.years and not request.intent.compare and len(request.regions) == 1
        ):
            return figures.trend(self._writer, request)
        return figures.lookup(self._writer, request)
