"""The desk of the rules of regions: official texts of perbup, perwali, pergub and perda.

A question that names a region is answered from the region's own text where that answers it, with
the nation-wide rule beside it; where it does not, the nation-wide rule answers and says so.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.answering import provisions, statuses, wording
from bot.answering.answer import Answer, Kind, Topic
from bot.answering.citing import cite, status_lines
from bot.answering.index.signals import leftover_terms
from bot.answering.local_search import LocalSearch, stands_out, surest, twin
from bot.answering.question import Question
from bot.answering.search_desk import SearchDesk
from bot.knowledge.locator import Ref, label
from bot.knowledge.model import Regulation, Snapshot
from bot.language.lexicon import CHANGE, COMPARE, INDEX_WORDS, RANK, TREND
from bot.retrieval.analysis import content, field_terms
from bot.retrieval.confidence import ANSWER_FROM, OFFER_FROM
from bot.retrieval.engine import Engine, Hit, pasal_of
from bot.retrieval.postings import Span

# How sure it is from which a text answers a question that names neither its region nor itself.
_UNNAMED_FROM = 0.75
# From which units of it are offered.
_OFFER_FROM = 0.15
# How sure the nation-wide answer must be where the asker wanted the region's own.
_INSTEAD_FROM = 0.7
_NATIONAL_LENGTH = 240
_MOST_FOLLOWING = 4
_REMEMBERED = 8
_MOST_OFFERS = 3
# Words that an index does not explain, from which a question is on something else.
_OTHER_WORDS = 2
_FIGURES = INDEX_WORDS | CHANGE | COMPARE | RANK | TREND
# Words of "perbup spbe kulon progo nomor berapa", which asks for the text as a whole.
_WHOLE = frozenset(
    content(
        "spbe mengatur diatur aturan peraturan regulasi nomor tahun dasar hukum landasan "
        "penyelenggaraan daerah bupati gubernur wali kota tentang judul ada punya".split()
    )
)
_RULES = frozenset("aturan peraturan regulasi perbup perwali pergub perda hukum perkada".split())
# Stems of the field in titles: a rule on parking need not be said to lack one on SPBE.
_FIELD = frozenset(content("elektronik spbe informatika teknologi digital".split()))


class LocalDesk:
    """Answers from the official texts of regions."""

    def __init__(self, snapshot: Snapshot, engine: Engine, search: SearchDesk) -> None:
        self._snapshot = snapshot
        self._engine = engine
        self._search = search
        self._near = LocalSearch(engine)
        self._texts: dict[str, list[Regulation]] = defaultdict(list)
        for regulation in snapshot.regulations.values():
            if regulation.region and regulation.provisions and regulation.content == "naskah":
                self._texts[regulation.region].append(regulation)

    @property
    def empty(self) -> bool:
        """Whether no text of a region is held."""
        return not self._texts

    def holds(self, regulation: Regulation | None) -> bool:
        """Whether the text of a regulation is one of a region."""
        return regulation is not None and regulation in self._texts.get(regulation.region, ())

    def within(self, question: Question, regulation: Regulation) -> tuple[Answer, Topic]:
        """Answer a question on what one text says; it names the text."""
        terms = question.analysis.terms
        if question.refs.part or "lampiran" in question.words:
            return self._by_pasal(regulation), Topic(Kind.REGULATION, regulation.id)
        if not terms and "maksud" in question.words:
            question = replace(
                question, analysis=replace(question.analysis, terms=tuple(content(["tujuan"])))
            )
        elif _WHOLE.issuperset(terms) and not question.analysis.defines:
            card = statuses.card(self._snapshot, regulation)
            return card, Topic(card.kind, regulation.id)
        national = self._near.national(question)
        hits = self._near.units(question, self._ranges(regulation), national)
        if hits and (surest(hits[0]) >= ANSWER_FROM or stands_out(hits[0])):
            return self._told(question, hits, national)
        answer, after = self._search.decided(question, national)
        if answer.kind is Kind.REGULATION and answer.confidence >= _INSTEAD_FROM:
            return _instead(answer, [regulation]), after
        return self._lacking(hits, regulation, national), Topic(
            Kind.REGULATION, regulation.id, terms=terms
        )

    def of_places(self, question: Question, topic: Topic) -> tuple[Answer, Topic] | None:
        """Answer from the texts of the regions named; None where they do not answer."""
        regions = self._regions(question)
        if not regions or question.words & _FIGURES:
            return None
        if question.words & _RULES and _WHOLE.issuperset(question.analysis.terms):
            of_all = [r for region in regions for r in self._texts[region]]
            if len(of_all) == 1:
                card = statuses.card(self._snapshot, of_all[0])
                return card, Topic(card.kind, of_all[0].id)
            return None
        told = self._told_by(question, regions, ())
        if not told and topic.kind is Kind.REGULATION and _is_short(question):
            # "kalau minahasa selatan?" asks of another region what was asked before.
            told = self._told_by(question, regions, topic.terms)
        if len(told) > 1:
            return _side_by_side([answer for answer, _ in told]), told[0][1]
        return told[0] if told else None

    def goes_on(self, question: Question, topic: Topic) -> tuple[Answer, Topic] | None:
        """Answer a short question from the text that the conversation is about."""
        regulation = self._snapshot.regulations.get(topic.regulation)
        if regulation is None or not self.holds(regulation):
            return None
        if not _is_short(question):
            return None
        for before in dict.fromkeys(((), topic.terms)):
            national = self._near.national(question, before)
            hits = self._near.units(question, self._ranges(regulation), national, before)
            if hits and surest(hits[0]) >= ANSWER_FROM:
                return self._told(question, hits, national, before)
        return None

    def only_one(self, question: Question, other: Answer) -> tuple[Answer, Topic] | None:
        """Answer from the only region whose texts are held, though no region was named.

        Only where nation-wide knowledge has no answer: nobody who asks what holds everywhere
        wants to be told what one region made of it.
        """
        if not other.abstained or question.analysis.defines:
            return None
        if len(self._texts) != 1 or question.places or question.refs.regulations:
            return None
        region = next(iter(self._texts))
        hits = self._near.units(question, self._engine.within_regions([region]).ranges, ())
        if not hits or surest(hits[0]) < _UNNAMED_FROM:
            return None
        answer, after = self._told(question, hits, ())
        short = self._snapshot.regulations[hits[0].passage.source].short
        note = wording.ONLY_LOCAL.format(short=short)
        return replace(answer, notes=(*answer.notes, note)), after

    def nationwide(self, question: Question) -> tuple[Answer, Topic] | None:
        """Answer from nation-wide rules where a region is named whose texts do not answer.

        None where no region is named whose texts are held, or no rule answers.
        """
        regions = self._regions(question)
        if not regions:
            return None
        answer, after = self._search.decided(question, self._near.national(question))
        lacking = [
            regulation
            for region in regions
            for regulation in self._texts[region]
            if _FIELD.intersection(field_terms(regulation.title))
        ]
        if answer.kind is not Kind.REGULATION:
            return None
        return (_instead(answer, lacking) if lacking else answer), after

    def rather(self, question: Question) -> bool:
        """Whether a question that names a region is on its rules, and not on figures."""
        if not self._regions(question) or question.words & _FIGURES or question.years:
            return False
        return len(leftover_terms(question)) >= _OTHER_WORDS

    def _told_by(
        self, question: Question, regions: Sequence[str], before: tuple[str, ...]
    ) -> list[tuple[Answer, Topic]]:
        """Return what the texts of each of some regions answer."""
        told = []
        national = self._near.national(question, before)
        for region in regions:
            ranges = self._engine.within_regions([region]).ranges
            hits = self._near.units(question, ranges, national, before)
            if hits and surest(hits[0]) >= ANSWER_FROM:
                told.append(self._told(question, hits, national, before))
        return told

    # -- searching ---------------------------------------------------------------------------

    def _regions(self, question: Question) -> list[str]:
        """Return the codes named whose texts are held."""
        if not self._texts or not question.places:
            return []
        codes = (code for place in question.places for code in place.codes)
        return [code for code in dict.fromkeys(codes) if code in self._texts]

    # -- composing ---------------------------------------------------------------------------

    def _told(
        self,
        question: Question,
        hits: Sequence[Hit],
        national: Sequence[Hit],
        before: tuple[str, ...] = (),
    ) -> tuple[Answer, Topic]:
        answer = self._search.composed(question, list(hits))
        other, _ = twin(hits[0], national)
        if other is not None:
            answer = self._beside(answer, other)
        source, locator = hits[0].passage.source, answer.citations[0].locator
        terms = tuple(dict.fromkeys((*question.analysis.terms, *before)))[:_REMEMBERED]
        return answer, Topic(Kind.REGULATION, source, locator, terms=terms)

    def _by_pasal(self, regulation: Regulation) -> Answer:
        """Say that chapters and annexes of an imported text are not held as such."""
        last = regulation.last_pasal
        asked = tuple(dict.fromkeys(f"Pasal {n}" for n in (1, last or 1)))
        return Answer(
            Kind.UNKNOWN,
            wording.ONLY_BY_PASAL.format(short=regulation.short, last=last or "II"),
            suggestions=tuple(f"Isi {pasal} {regulation.short}" for pasal in asked),
        )

    def _ranges(self, regulation: Regulation) -> tuple[Span, ...]:
        return self._engine.within_source(regulation.id).ranges

    def _beside(self, answer: Answer, national: Hit) -> Answer:
        """Set the nation-wide rule on the same matter beside a region's own."""
        if national.confidence < ANSWER_FROM:
            return answer
        passage = national.passage
        regulation = self._snapshot.regulations.get(passage.source)
        if regulation is None or regulation.content != "ringkasan" or not passage.locator:
            return answer
        citation = cite(self._snapshot, Ref(passage.source, passage.locator))
        said = provisions.unit_text(regulation, passage.locator)[0].splitlines()[0]
        if len(said) > _NATIONAL_LENGTH:
            said = f"{said[:_NATIONAL_LENGTH].rsplit(' ', 1)[0]} …"
        note = wording.NATIONAL_TOO.format(text=said.rstrip("."), label=citation.label)
        citations = (*answer.citations, citation)
        return replace(
            answer,
            notes=(*answer.notes, note),
            citations=citations,
            status=status_lines(self._snapshot, [c.source for c in citations]),
        )

    def _lacking(
        self, hits: Sequence[Hit], regulation: Regulation, national: Sequence[Hit]
    ) -> Answer:
        """Say that a text holds no rule on the matter, and offer what comes near."""
        near = [h for h in hits[:3] if surest(h) >= _OFFER_FROM]
        units = dict.fromkeys(pasal_of(h.passage.locator) or h.passage.locator for h in near)
        offers = [wording.ASK_UNIT.format(label=label(u), short=regulation.short) for u in units]
        offers += [
            h.passage.questions[0]
            for h in national[:1]
            if h.passage.questions and h.confidence >= OFFER_FROM
        ]
        return Answer(
            Kind.UNKNOWN,
            wording.NOT_IN_LOCAL.format(names=regulation.short),
            suggestions=tuple(offers[-_MOST_OFFERS:]),
            confidence=surest(hits[0]) if hits else 0.0,
        )


def _is_short(question: Question) -> bool:
    """Whether a question may leave out what the one before was about."""
    return len(question.analysis.terms) <= _MOST_FOLLOWING


def _instead(answer: Answer, lacking: Sequence[Regulation]) -> Answer:
    """Put in front of a nation-wide answer that the texts of the region hold none."""
    names = wording.listing([r.short for r in lacking])
    lead = wording.NATIONAL_INSTEAD.format(names=names)
    more = f"{lead}\n{answer.more}" if answer.cut else answer.more
    return replace(answer, text=f"{lead}\n{answer.text}", more=more)


def _side_by_side(answers: Sequence[Answer]) -> Answer:
    """Put the answers of several regions below each other."""
    first = answers[0]
    return replace(
        first,
        text="\n".join(f"{a.citations[0].label}: {a.text}" for a in answers),
        citations=tuple(dict.fromkeys(c for a in answers for c in a.citations)),
        status=tuple(dict.fromkeys(s for a in answers for s in a.status)),
        notes=tuple(dict.fromkeys(n for a in answers for n in a.notes)),
        confidence=min(a.confidence for a in answers),
        more="",
    )
