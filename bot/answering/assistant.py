"""The assistant: reads a question, picks the desk, returns a cited answer or abstains."""

import copy
import re
import time
from collections.abc import Iterable
from dataclasses import replace

from bot.answering import compound, indicators, pemdi, provisions, smalltalk, statuses, wording
from bot.answering.answer import Answer, Kind, Topic
from bot.answering.crossrefs import CrossRefs
from bot.answering.index.desk import IndexDesk
from bot.answering.index.relevance import about_index, other_measure, unrated_unit
from bot.answering.index.signals import leftover_terms
from bot.answering.index.writing import Writer
from bot.answering.local_rules import LocalDesk
from bot.answering.question import Question, Reader
from bot.answering.schedule.desk import ScheduleDesk
from bot.answering.search_desk import SearchDesk
from bot.answering.simulation.desk import SimulationDesk
from bot.answering.told import Told
from bot.answering.topics import carried_over
from bot.clock import Clock
from bot.knowledge.deadline import ZONES, Deadline
from bot.knowledge.locator import Ref, label
from bot.knowledge.model import Regulation, Snapshot
from bot.language.lexicon import INDEX_WORDS, INDICATOR_WORDS, SPBE
from bot.language.local_references import LOCAL_WORDS
from bot.language.references import RegulationMention
from bot.language.text import fold, tokenize
from bot.regions.charts.spec import Brief
from bot.retrieval.analysis import content
from bot.retrieval.engine import Engine, pasal_of
from bot.retrieval.passages import build_passages

_MAX_QUESTION = 1000
_BASIS = frozenset({"dasar", "landasan", "hukum", "aturan", "sumber", "rujukan", "acuan"})
_BASIS_TERMS = frozenset(content([*_BASIS, "pasal", "peraturan", "mana"]))
_STEPS = {
    "setelah": 1,
    "berikutnya": 1,
    "selanjutnya": 1,
    "setelahnya": 1,
    "sesudahnya": 1,
    "sebelumnya": -1,
    "sebelum": -1,
}
# "selengkapnya", "lebih lengkap dong": the last answer's whole pasal.
_FULLER = frozenset(
    "lengkap lengkapnya selengkapnya lebih detail detailnya rinci rincinya utuh utuhnya".split()
) | frozenset({"dong", "tampilkan", "lihat", "minta", "yang", "mau"})
_LOCAL = frozenset({"perbup", "perwali", "perkada", "kepbup", "kepwali", "kepgub"})
_OTHER_LAWS = frozenset(
    {"uu", "pp", "inpres", "keppres", "permendagri", "permenkeu", "perda", "pergub"}
)


class Assistant:
    """Answers questions from one snapshot of the knowledge; it holds no other state."""

    def __init__(self, snapshot: Snapshot, year: int, clock: Clock | None = None) -> None:
        self.snapshot = snapshot
        passages = build_passages(snapshot)
        self.reader = Reader(snapshot, passages)
        writer = Writer(snapshot, year)
        self._index = IndexDesk(writer)
        self.simulations = SimulationDesk(writer)
        self._schedule = ScheduleDesk(snapshot, clock or Clock(ZONES["WIB"]))
        self._crossrefs = CrossRefs(snapshot)
        self.engine = Engine(snapshot, passages)
        self._search = SearchDesk(snapshot, self.engine, self._crossrefs)
        self._told = Told(snapshot.faq, self.reader)
        self._local = LocalDesk(snapshot, self.engine, self._search)

    def with_clock(self, clock: Clock) -> "Assistant":
        """Return the same assistant, counting days by another clock."""
        other = copy.copy(self)
        other._schedule = ScheduleDesk(self.snapshot, clock)
        return other

    def ask(self, text: str, topic: Topic | None = None) -> tuple[Answer, Topic]:
        """Answer one question in the light of a conversation.

        Args:
            text: The question as typed; what exceeds 1,000 characters is left unread.
            topic: What the conversation was about; None starts a new one.

        Returns:
            The answer and the topic for the next question.
        """
        topic = topic or Topic()
        if topic.revision != self.snapshot.revision:
            topic = carried_over(topic, self.snapshot)
        question = self.reader.read(text[:_MAX_QUESTION])
        chosen = _choice(question, topic)
        if chosen:
            question = self.reader.read(chosen)
        told = self.simulations.answer(question, topic)
        if told is not None:
            offered = told.answer.suggestions
            return told.answer, replace(topic, scenario=told.scenario, offered=offered)
        entry = self._told.entry(question)
        if entry is not None:
            answer, after = self._search.from_faq(entry, 1.0, question), Topic()
        else:
            answer, after = self._route(question, topic)
        if answer.kind not in (Kind.INDEX, Kind.SMALLTALK) and answer.confidence < compound.SURE:
            answer, after = self._by_parts(question, topic, answer, after)
        asked = fold(text).strip(" ?!.")
        others = tuple(s for s in answer.suggestions if fold(s).strip(" ?!.") != asked)
        answer = replace(answer, suggestions=others)
        cited = answer.citations if not answer.abstained else topic.cited
        if after.kind is not Kind.INDEX and topic.asked is not None:
            # "kalau surakarta?" after a question of law goes back to the figures.
            after = replace(
                after,
                asked=topic.asked,
                regions=after.regions or topic.regions,
                years=after.years or topic.years,
            )
        after = replace(
            after,
            offered=answer.suggestions,
            cited=cited,
            scenario=topic.scenario,
            revision=self.snapshot.revision,
        )
        return answer, after

    def _by_parts(
        self, question: Question, topic: Topic, whole: Answer, after: Topic
    ) -> tuple[Answer, Topic]:
        """Answer a question that asks two things part by part, where that tells more."""
        parts = compound.split(question.text)
        answers: list[Answer] = []
        last = topic
        for part in parts:
            answer, last = self._route(self.reader.read(part), last)
            answers.append(answer)
        joined = compound.join(parts, answers) if parts else None
        known = sum(not a.abstained for a in answers)
        if joined is None or (known < len(parts) and not whole.abstained):
            return whole, after
        return joined, last

    def several(self, text: str, limit: int) -> list[Answer]:
        """Return the answer to a question and others that may be meant, best first."""
        question = self.reader.read(text[:_MAX_QUESTION])
        first, _ = self._route(question, Topic())
        answers = [] if first.abstained else [first]
        if first.kind not in (Kind.INDEX, Kind.SMALLTALK):
            answers += self._search.several(question, limit)
        unique = {(a.text, a.citations): a for a in answers}
        return list(unique.values())[:limit]

    def nearest(self, text: str, limit: int) -> list[Answer]:
        """Return answers from the passages closest to a question, sure or not, best first."""
        question = self.reader.read(text[:_MAX_QUESTION])
        return self._search.several(question, limit, least=0.0)

    def brief(self, code: str) -> Brief | None:
        """Return a page about a region or agency; None where no figure of it is known."""
        return self._index.brief(code)

    def calendar(self, events: Iterable[Deadline]) -> bytes:
        """Return events as iCalendar."""
        return self._schedule.calendar(events)

    def timed(self, text: str, topic: Topic | None = None) -> tuple[Answer, Topic, float]:
        """Answer like ``ask`` and give the milliseconds it took."""
        start = time.perf_counter()
        answer, after = self.ask(text, topic)
        return answer, after, (time.perf_counter() - start) * 1000

    def _route(self, question: Question, topic: Topic) -> tuple[Answer, Topic]:
        small = smalltalk.answer(question)
        if small is not None:
            return small, topic
        if topic.cited and question.tokens and _FULLER.issuperset(question.tokens):
            fuller = self._fuller(topic)
            if fuller is not None:
                return fuller
        scheduled = self._schedule.answer(question, topic)
        if scheduled is not None:
            of_region = any(event.audience.regions for event in scheduled[0].events)
            # What the press tells of a region goes before the calendar of all.
            local = self._search.local(question) if question.places and not of_region else None
            return local or scheduled
        mention = question.refs.regulation
        if mention is not None and not mention.id:
            unresolved = self._unresolved(mention, question)
            if unresolved is not None:
                return unresolved, topic
        unit = unrated_unit(question)
        if unit and question.years and question.words & (INDEX_WORDS | SPBE):
            return Answer(Kind.UNKNOWN, wording.NOT_RATED.format(unit=unit)), topic
        other = self._other_measure(question)
        if other is not None:
            return other, topic
        of_pemdi = pemdi.answer(self.snapshot, question)
        if of_pemdi is not None:
            return of_pemdi, Topic(of_pemdi.kind, terms=question.analysis.terms)
        if leftover_terms(question):
            local = self._search.local(question)
            if local is not None:
                return local
        own = self._own_rules(question, topic)
        if own is not None:
            return own
        if about_index(question, topic) and not self._local.rather(question):
            return self._index.answer(question, topic)
        if _asks_local_figure(question):
            names = [self.snapshot.regions[code].name for code in question.codes]
            text = wording.NO_LOCAL_FIGURE.format(name=wording.listing(names))
            return Answer(Kind.UNKNOWN, text), topic
        regulation = self._regulation(question, topic)
        part = _part_held(regulation, question.refs.part) if mention is not None else ""
        if part:
            return self._by_locator(question, topic, regulation, part)
        if mention is None and _asks_basis(question):
            basis = self._basis_of(topic)
            if basis is not None:
                return basis, topic
        if regulation is not None and (mention is not None or _follows(question)):
            by_status = self._by_status(question, regulation)
            if by_status is not None:
                return by_status, Topic(
                    by_status.kind, regulation.id, terms=question.analysis.terms
                )
        locator = question.refs.locator or _near_locator(question, topic)
        if locator:
            return self._by_locator(question, topic, regulation, locator)
        number = self._indicator_number(question, topic)
        if number is not None:
            answer = indicators.by_number(self.snapshot, number, question.refs.level, question)
            return answer, Topic(
                Kind.INDICATOR,
                indicator=number,
                level=question.refs.level,
                terms=question.analysis.terms,
            )
        if mention is not None and regulation is not None:
            return self._within(question, topic, regulation)
        for_region = self._local.nationwide(question)
        if for_region is not None:
            return for_region
        answer, after = self._search.answer(question, topic)
        return self._local.only_one(question, answer) or (answer, after)

    def _own_rules(self, question: Question, topic: Topic) -> tuple[Answer, Topic] | None:
        """Answer from the official text of a region, where it is meant and answers."""
        refs = question.refs
        if self._local.empty or refs.regulations or refs.locator or refs.indicator is not None:
            return None
        if _asks_local_figure(question) or _asks_basis(question):
            return None
        if question.places:
            return self._local.of_places(question, topic)
        if not topic.regulation or _near_locator(question, topic) or about_index(question, topic):
            return None
        if _follows(question) and statuses.wanted(question):
            return None
        return self._local.goes_on(question, topic)

    def _fuller(self, topic: Topic) -> tuple[Answer, Topic] | None:
        """Show the whole pasal, or unit, that the last answer came from."""
        first = topic.cited[0]
        regulation = self.snapshot.regulations.get(first.source)
        if regulation is None or not first.locator:
            return None
        locator = pasal_of(first.locator) or first.locator
        answer = provisions.by_reference(self.snapshot, regulation, locator)
        whole = replace(answer, text=answer.more if answer.cut else answer.text, more="")
        return whole, replace(topic, regulation=regulation.id, locator=locator)

    # -- regulations -------------------------------------------------------------------------

    def _regulation(self, question: Question, topic: Topic) -> Regulation | None:
        mention = question.refs.regulation
        source = mention.id if mention is not None else topic.regulation
        return self.snapshot.regulations.get(source)

    def _unresolved(self, mention: RegulationMention, question: Question) -> Answer | None:
        """Say that a regulation is not known, or ask which one was meant."""
        found = [self.snapshot.regulations[c] for c in mention.candidates]
        if question.refs.locator:
            holding = [r for r in found if question.refs.locator in r.by_locator]
            if len(holding) == 1:
                return provisions.by_reference(self.snapshot, holding[0], question.refs.locator)
        if found:
            names = wording.listing([r.short for r in found])
            return Answer(
                Kind.UNKNOWN,
                wording.WHICH_REGULATION.format(name=mention.name, names=names),
                suggestions=tuple(_asked_of(r, question) for r in found[:3]),
            )
        if mention.family in _OTHER_LAWS or mention.family == "permen":
            return Answer(Kind.UNKNOWN, wording.OTHER_LAW.format(name=mention.name.upper()))
        saying = wording.NO_LOCAL_TEXT if mention.family in _LOCAL else wording.NO_SUCH_REGULATION
        name = mention.name.title() if mention.family in _LOCAL else mention.name.capitalize()
        text = saying.format(name=name)
        near = [self.snapshot.regulations[i] for i in mention.near[:2]]
        near = near or self._near_regulations(mention)
        if near:
            text += " " + wording.DID_YOU_MEAN.format(names=" atau ".join(r.short for r in near))
        return Answer(
            Kind.UNKNOWN, text, suggestions=tuple(f"{r.short} tentang apa?" for r in near)
        )

    def _near_regulations(self, mention: RegulationMention) -> list[Regulation]:
        numbers = {part for part in mention.name.replace("/", " ").split() if part.isdigit()}
        return [
            r
            for r in self.snapshot.regulations.values()
            if {r.number, str(r.year)} <= numbers
            or (r.number in numbers and mention.family in r.id)
        ][:2]

    def _by_status(self, question: Question, regulation: Regulation) -> Answer | None:
        if question.refs.locator or not statuses.wanted(question):
            return None
        return statuses.answer(self.snapshot, regulation, question)

    def _by_locator(
        self, question: Question, topic: Topic, regulation: Regulation | None, locator: str
    ) -> tuple[Answer, Topic]:
        assumed = regulation is None
        chosen = regulation or self.snapshot.regulations.get(provisions.DEFAULT_REGULATION)
        if chosen is None:
            return self._search.unknown(), topic
        ref = Ref(chosen.id, locator)
        crossed = self._crossrefs.answer(ref, question)
        answer = crossed or provisions.by_reference(
            self.snapshot, chosen, locator, assumed=assumed
        )
        if crossed is None and not answer.abstained:
            answer = replace(answer, related=self._crossrefs.see_also(ref))
        return answer, Topic(Kind.REGULATION, chosen.id, locator, terms=question.analysis.terms)

    def _within(
        self, question: Question, topic: Topic, regulation: Regulation
    ) -> tuple[Answer, Topic]:
        """Search inside one regulation; without a topic of its own, introduce it."""
        if self._local.holds(regulation):
            return self._local.within(question, regulation)
        topical = [t for t in question.analysis.terms if t not in ("spbe", "atur")]
        if not topical:
            answer = statuses.card(self.snapshot, regulation)
            return answer, Topic(answer.kind, regulation.id)

        answer, after = self._search.answer(question, Topic(), source=regulation.id)
        if answer.abstained:
            wide, wide_after = self._search.answer(question, topic)
            if not wide.abstained and any(c.source == regulation.id for c in wide.citations):
                return wide, wide_after
        return answer, replace(after, regulation=after.regulation or regulation.id)

    # -- others --------------------------------------------------------------------------------

    def _basis_of(self, topic: Topic) -> Answer | None:
        """Say what the last answer rests on; None when there was none."""
        indicator = self.snapshot.indicators.get(topic.indicator or 0)
        if indicator is not None and indicator.basis:
            return indicators.about_basis(self.snapshot, indicator)
        regulation = self.snapshot.regulations.get(topic.regulation)
        if regulation is not None:
            return provisions.basis(self.snapshot, Ref(regulation.id, topic.locator))
        cited = tuple(c for c in topic.cited if c.source in self.snapshot.regulations)
        return provisions.basis_listed(self.snapshot, cited) if cited else None

    def _indicator_number(self, question: Question, topic: Topic) -> int | None:
        if question.refs.indicator is not None:
            return question.refs.indicator
        if topic.indicator is None or question.refs.regulations:
            return None
        follows = question.refs.level is not None or bool(question.words & INDICATOR_WORDS)
        return topic.indicator if follows and len(question.analysis.terms) <= 4 else None

    def _other_measure(self, question: Question) -> Answer | None:
        """Refuse measures that are not ours: SAKIP, RB index, audit opinion ..."""
        if "spbe" in question.words and question.places:
            return None
        for name in self.snapshot.other_measures:
            if question.beside_places(name.lower()) and (question.places or question.years):
                return Answer(Kind.UNKNOWN, wording.OTHER_MEASURE.format(name=name))
        if question.refs.regulations or question.refs.locator or question.refs.indicator:
            return None
        name = other_measure(question)
        if not name:
            return None
        ours = [self.snapshot.regions[code].name for code in question.codes]
        return Answer(
            Kind.UNKNOWN,
            wording.OTHER_MEASURE.format(name=f"yang Anda sebut ({name})"),
            suggestions=tuple(f"Indeks SPBE {place}" for place in ours[:3]),
        )


def _asked_of(regulation: Regulation, question: Question) -> str:
    """Return what was asked, of one of the regulations that may be meant."""
    if question.refs.locator:
        return f"{label(question.refs.locator)} {regulation.short}"
    return f"{regulation.short} tentang apa?"


def _part_held(regulation: Regulation | None, part: str) -> str:
    """Return the locator of a part that a regulation holds, in its body or its annex."""
    if regulation is None or not part:
        return ""
    # Where there are pasal, a bab is theirs unless the annex is named.
    names = (part,) if regulation.last_pasal else (part, f"lampiran-{part}")
    return next((n for n in names if n in regulation.by_locator or regulation.below(n)), "")


def _asks_local_figure(question: Question) -> bool:
    """Whether a figure of one region and year is asked that is no index: budgets, head-counts."""
    counted = "?berapa" in question.analysis.features
    return bool(counted and question.places and question.years and not question.refs.regulations)


def _asks_basis(question: Question) -> bool:
    """Whether only the legal basis of what was said is asked: "dasar hukumnya?"."""
    return bool(question.words & _BASIS and set(question.analysis.terms) <= _BASIS_TERMS)


def _follows(question: Question) -> bool:
    """Whether a short question without a name of its own goes on about the last regulation."""
    return len(question.analysis.terms) <= 2


def _near_locator(question: Question, topic: Topic) -> str:
    """Return the unit that "ayat 3?" or "pasal berikutnya" means after a pasal; empty if none."""
    found = re.match(r"pasal-(\d+)", topic.locator)
    if found is None:
        return ""
    tokens = question.tokens
    for at, token in enumerate(tokens[:-1]):
        after = tokens[at + 1]
        if token == "ayat" and after.isdigit():
            return f"pasal-{found[1]}-ayat-{after}"
        if token == "pasal" and after in _STEPS:
            return f"pasal-{max(int(found[1]) + _STEPS[after], 1)}"
    return ""


def _choice(question: Question, topic: Topic) -> str:
    """Return the offered question that "yang kedua" or "2" picks, or nothing."""
    order = {
        "pertama": 0,
        "kedua": 1,
        "ketiga": 2,
        "satu": 0,
        "dua": 1,
        "tiga": 2,
        "1": 0,
        "2": 1,
        "3": 2,
    }
    words = [t for t in question.tokens if t not in ("yang", "nomor", "pilih", "opsi", "pilihan")]
    if len(words) == 1 and words[0] in order and order[words[0]] < len(topic.offered):
        return topic.offered[order[words[0]]]
    if len(question.places) == 1 and not question.analysis.terms:
        # "kulon progo" picks one of the rules of regions that were offered.
        place = question.places[0].text
        named = [o for o in topic.offered if place in fold(o) and LOCAL_WORDS & set(tokenize(o))]
        return named[0] if len(named) == 1 else ""
    return ""
