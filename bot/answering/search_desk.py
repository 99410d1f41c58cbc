"""The desk for questions without a number: search, then answer, offer or abstain."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answering import indicators, pemdi, provisions, statuses, wording
from bot.answering.answer import OFFICE, Answer, Citation, Kind, Topic
from bot.answering.citing import cite, status_lines
from bot.answering.crossrefs import CrossRefs
from bot.answering.question import Question
from bot.knowledge.locator import Ref
from bot.knowledge.model import Snapshot
from bot.language.lexicon import CHANGE, INDEX_WORDS, NOW_WORDS, RANK, TREND
from bot.retrieval.analysis import Analysis, analyse, content, field_terms
from bot.retrieval.confidence import ANSWER_FROM, OFFER_FROM
from bot.retrieval.engine import Engine, Hit, Scope, pasal_of
from bot.retrieval.passages import Passage, PassageKind

_INDICATOR = re.compile(r"indikator-(\d+)(?:-tingkat-(\d)|-(bukti|penyebab|perubahan))?")
_STANDALONE = 0.8
_LOCAL_KINDS = (
    "perbup",
    "perwali",
    "perwal",
    "perwako",
    "pergub",
    "perda",
    "perkada",
    "peraturan bupati",
    "peraturan wali kota",
    "peraturan walikota",
    "peraturan gubernur",
    "peraturan daerah",
    "peraturan kepala daerah",
)
# By how much a part of a message must be surer than the whole to be the question proper.
_PART_SURER = 0.1
# Share of a short question's words that an ayat must hold to go on from the one before.
_HOLDS_ALL = 0.99
# How sure it is that a short question goes on about the pasal shown last.
_GOES_ON = 0.7
# An answer this sure is not searched for in the question's parts too.
_SURE = 0.95
# Words of "indikator nomor berapa yang menilai X" that are not X.
_NUMBER_TERMS = frozenset(content("indikator nomor menilai dinilai penilaian".split()))
# Cosine from which an entry's question is the one asked.
_SAME_QUESTION = 0.75
# Things that a difference is asked between.
_PAIR = 2
# Ayat of one pasal within this many logits of each other are shown together, at most so many.
_CLEAR = 1.5
_TOGETHER = 3
# Kinds of question that an ayat of its own mostly answers.
_ASKS = frozenset("?siapa ?kapan ?berapa ?boleh ?wajib ?bagaimana ?kenapa ?daftar ?mana".split())
_CENTRAL = frozenset(content("kementerian lembaga pusat instansi".split()))
_REGIONAL = frozenset(
    content("pemerintah daerah kabupaten kota provinsi bupati gubernur pemda".split())
) | frozenset({"pemda"})
_LEVELS = (_CENTRAL, _REGIONAL)
# What the question's own words narrow the search to is taken from this share of the first's.
_NARROWED_SHARE = 0.5
# An answer about one region needs this cosine with its question, more when figures are asked for,
# and this share of the question's words.
_LOCAL_SURE = 0.45
_LOCAL_SURE_BESIDE_FIGURES = 0.6
_LOCAL_COVERS = 0.7


class SearchDesk:
    """Answers by search over all passages."""

    def __init__(self, snapshot: Snapshot, engine: Engine, crossrefs: CrossRefs) -> None:
        self._snapshot = snapshot
        self._crossrefs = crossrefs
        self._engine = engine
        self._faq = {entry.id: entry for entry in snapshot.faq}
        self._terms = {term.name: term for term in snapshot.terms}
        self._structure = engine.where(lambda p: p.kind is PassageKind.STRUCTURE)
        self._indicators = engine.where(
            lambda p: p.kind is PassageKind.INDICATOR and p.locator.count("-") == 1
        )
        self._levels = {level: engine.where(_of_level(level)) for level in range(1, 6)}
        self.answer_from = ANSWER_FROM
        self.offer_from = OFFER_FROM

    def answer(
        self, question: Question, topic: Topic, *, source: str = ""
    ) -> tuple[Answer, Topic]:
        """Search and compose; the topic that comes back carries this question's terms.

        Args:
            question: What was asked.
            topic: What the conversation was about.
            source: Id of the regulation to search in; empty for all.
        """
        analysis = question.analysis
        scope = self._engine.within_source(source) if source else None
        context: tuple[str, ...] = ()
        hits = self._search(question, analysis, (), scope)
        for part in question.parts if not hits or hits[0].confidence < _SURE else ():
            found = self._search(question, part, (), scope)
            if found and (not hits or found[0].confidence > hits[0].confidence + _PART_SURER):
                analysis, hits = part, found
        narrow = self._narrowing(question) if scope is None else None
        if narrow is not None:
            near = self._search(question, analysis, (), narrow)
            # An answer is never traded for an abstention.
            least = 0.0
            if hits:
                least = _NARROWED_SHARE * hits[0].confidence
                if hits[0].confidence >= self.answer_from:
                    least = max(least, self.answer_from)
            if near and near[0].confidence >= least:
                hits = near
        if topic.terms and _leans(question, hits):
            beside = self._beside(analysis, topic)
            if beside is not None:
                answer = self._compose(beside, question)
                answer = replace(answer, confidence=max(answer.confidence, _GOES_ON))
                terms = (*analysis.terms, *topic.terms)[:8]
                return answer, self._topic(topic, beside, answer, terms)
            analysis, context = carried(analysis, topic.terms)
            leaning = self._search(question, analysis, context, scope)
            if leaning and (not hits or leaning[0].confidence >= 0.5 * hits[0].confidence):
                hits = leaning
        if not hits:
            return self.unknown(), replace(topic, offered=())
        answer = self._decide(question, hits, bool(context))
        terms = (*analysis.terms, *context)[:8] if not answer.abstained else topic.terms
        return answer, self._topic(topic, hits[0], answer, terms)

    def _beside(self, analysis: Analysis, topic: Topic) -> Hit | None:
        """Return the ayat beside the last one shown that holds all of a short question.

        "kapan direviu?" after an ayat on who sets the architecture means the same pasal.
        """
        pasal = pasal_of(topic.locator)
        terms = set(analysis.terms)
        if not pasal or not terms or any(level & terms for level in _LEVELS):
            return None
        scope = self._engine.within_unit(topic.regulation, pasal)
        hits = self._engine.search(analysis, scope=scope, limit=1)
        if not hits or hits[0].evidence.coverage < _HOLDS_ALL:
            return None
        return hits[0] if hits[0].passage.locator != topic.locator else None

    def local(self, question: Question) -> tuple[Answer, Topic] | None:
        """Answer from what is known of one region, when that clearly is what was asked."""
        regions = frozenset(code for place in question.places for code in place.codes)
        if not regions or not question.analysis.terms:
            return None
        # Questions about one region name it, so here its name counts as a topic.
        analysis = analyse(list(question.tokens), question.refs.used)
        hits = self._engine.search(
            analysis, scope=self._engine.within_regions(regions), regions=regions, limit=3
        )
        figures = question.words & (INDEX_WORDS | CHANGE | TREND | RANK | {"domain"})
        least = _LOCAL_SURE_BESIDE_FIGURES if figures else _LOCAL_SURE
        sure = (
            hit
            for hit in hits
            if not self._engine.is_apart(hit.passage)
            and hit.evidence.question >= least
            and hit.evidence.coverage >= _LOCAL_COVERS
        )
        hit = next(sure, None)
        if hit is None:
            return None
        answer = self._compose(hit, question)
        return answer, self._topic(Topic(), hit, answer, question.analysis.terms)

    def decided(self, question: Question, hits: list[Hit]) -> tuple[Answer, Topic]:
        """Answer from hits found elsewhere, offer or abstain."""
        if not hits:
            return self.unknown(), Topic()
        answer = self._decide(question, hits, leaned=False)
        return answer, self._topic(Topic(), hits[0], answer, question.analysis.terms)

    def several(self, question: Question, limit: int, least: float | None = None) -> list[Answer]:
        """Compose an answer from each passage that may be meant, best first.

        Args:
            question: What is asked.
            limit: Most answers.
            least: How sure each must be; None for what suffices to be offered.
        """
        hits = self._engine.search(question.analysis, limit=limit)
        wanted = self.offer_from if least is None else least
        return [self._compose(hit, question) for hit in hits if hit.confidence >= wanted]

    def unknown(self) -> Answer:
        """Abstain."""
        return Answer(Kind.UNKNOWN, wording.UNKNOWN, confidence=0.0)

    def _search(
        self,
        question: Question,
        analysis: Analysis,
        context: tuple[str, ...],
        scope: Scope | None,
    ) -> list[Hit]:
        regions = frozenset(code for place in question.places for code in place.codes)
        return self._engine.search(
            analysis,
            scope=scope or own_rules(self._engine, question),
            regions=regions,
            context=context,
            current=bool(question.words & NOW_WORDS),
        )

    def _narrowing(self, question: Question) -> Scope | None:
        """Return what the words of a question narrow the search to: "level 3", "aspek apa"."""
        level = question.refs.level
        if level is not None:
            return self._levels.get(level)
        parts = question.words & {"aspek", "domain"}
        if not _asks_number(question) and not (parts and question.words & {"bobot"}):
            return None
        return self._structure if parts else self._indicators

    def _decide(self, question: Question, hits: list[Hit], leaned: bool) -> Answer:
        sure = max(hits[0].confidence, hits[0].pasal_confidence)
        if sure >= self.answer_from or (leaned and sure >= self.offer_from):
            if _asks_number(question):
                several = self._indicators_named(question, hits)
                if len(several) > 1:
                    return indicators.several(self._snapshot, several, sure)
            told_apart = _tells_apart(hits)
            if told_apart is not None:
                return self._compose(told_apart, question)
            pair = self._both(question) if question.analysis.compares else None
            return pair or self.composed(question, hits)
        if sure >= self.offer_from:
            offers = [_offer(hit.passage) for hit in hits[:3]]
            return Answer(
                Kind.UNKNOWN,
                wording.OFFER,
                confidence=sure,
                suggestions=tuple(dict.fromkeys(o for o in offers if o)),
            )
        return replace(self.unknown(), confidence=sure)

    def composed(self, question: Question, hits: list[Hit]) -> Answer:
        """Answer with the first of some hits, or with the ayat beside it that may be meant."""
        return self._pasal(hits) or self._compose(hits[0], question, hits)

    def _pasal(self, hits: list[Hit]) -> Answer | None:
        """Show the ayat that may be meant together: the pasal is clear, the ayat is not."""
        first = hits[0]
        pasal = pasal_of(first.passage.locator)
        if not pasal or first.evidence.margin >= _CLEAR:
            return None
        near = [
            h.passage.locator
            for h in hits
            if h.passage.source == first.passage.source
            and pasal_of(h.passage.locator) == pasal
            and first.score - h.score < _CLEAR
        ][:_TOGETHER]
        if len(near) < 2:
            return None
        regulation = self._snapshot.regulations[first.passage.source]
        inside = [p for p in regulation.below(pasal) if p.locator in near]
        notes = tuple(p.note for p in inside if p.note)
        answer = provisions.finish(
            self._snapshot,
            regulation,
            pasal,
            "\n".join(map(provisions.numbered, inside)),
            notes,
            first.pasal_confidence,
            provisions.whole_pasal(regulation, pasal, without=inside),
        )
        return replace(answer, related=self._crossrefs.see_also(Ref(regulation.id, pasal)))

    def _indicators_named(self, question: Question, hits: list[Hit]) -> list[int]:
        """Return the indicators among the hits whose name holds every topic word, best first."""
        topic = set(question.analysis.terms) - _NUMBER_TERMS
        numbers = [
            int(found[1])
            for hit in hits
            if (found := _INDICATOR.match(hit.passage.locator)) is not None
            and topic <= set(field_terms(hit.passage.heading))
        ]
        return list(dict.fromkeys(numbers))

    def _both(self, question: Question) -> Answer | None:
        """Set two definitions side by side when a difference was asked; None without both."""
        found: list[Hit] = []
        for side in question.analysis.compares:
            asked = Analysis(side, ("?definisi",), defines=(side,))
            hits = self._search(question, asked, (), None)
            if hits and hits[0].evidence.defined and hits[0].passage.term:
                found.append(hits[0])
        by_term = {hit.passage.heading: hit for hit in found}
        if len(by_term) != _PAIR:
            return None
        answers = [self._compose(hit, question) for hit in by_term.values()]
        first, second = answers
        return replace(
            first,
            text=f"- {first.text}\n- {second.text}",
            citations=tuple(dict.fromkeys((*first.citations, *second.citations))),
            status=tuple(dict.fromkeys((*first.status, *second.status))),
            notes=tuple(dict.fromkeys((*first.notes, *second.notes))),
            confidence=min(first.confidence, second.confidence),
        )

    def _compose(self, hit: Hit, question: Question, hits: Sequence[Hit] = ()) -> Answer:
        passage, sure = hit.passage, hit.confidence
        if passage.kind is PassageKind.REGULATION:
            return statuses.card(self._snapshot, self._snapshot.regulations[passage.source], sure)
        if passage.kind is PassageKind.FAQ:
            return self.from_faq(passage.source, sure, question)
        if passage.kind is PassageKind.TERM:
            return self._from_term(passage.source, sure)
        if passage.kind is PassageKind.PEMDI and self._snapshot.pemdi:
            number = int(passage.locator.removeprefix("pemdi-"))
            held = self._snapshot.pemdi
            return pemdi.about(self._snapshot, held, held.indicators[number], sure)
        if passage.kind is PassageKind.INDICATOR:
            return self._from_indicator(passage.locator, sure, question)
        if passage.kind is PassageKind.STRUCTURE:
            parts = (
                self._snapshot.domains if passage.source == "domain" else self._snapshot.aspects
            )
            return indicators.about_part(
                self._snapshot, passage.source, parts[int(passage.locator)], sure
            )
        regulation = self._snapshot.regulations[passage.source]
        text, whole, notes = provisions.in_its_pasal(
            regulation, passage.locator, _further(hit, hits, question)
        )
        answer = provisions.finish(
            self._snapshot, regulation, passage.locator, text, notes, sure, whole
        )
        ref = Ref(regulation.id, passage.locator)
        if passage.term and hit.evidence.wants_definition:
            return self._crossrefs.with_definitions(answer, ref, passage.term)
        return replace(answer, related=self._crossrefs.see_also(ref))

    def _from_indicator(self, locator: str, sure: float, question: Question) -> Answer:
        found = _INDICATOR.fullmatch(locator)
        if found is None:
            return self.unknown()
        indicator = self._snapshot.indicators[int(found[1])]
        # Levels are numbers: what was said counts, not which level's wording came closest.
        levels = indicators.levels_asked(question)
        if levels:
            return indicators.about_levels(self._snapshot, indicator, levels, sure)
        if found[2]:
            return indicators.about_levels(self._snapshot, indicator, [int(found[2])], sure)
        part = found[3] or ("bukti" if question.words & indicators.EVIDENCE else "")
        if part:
            return indicators.about_section(self._snapshot, indicator, part, sure)
        return indicators.about(self._snapshot, indicator, sure)

    def from_faq(self, entry_id: str, sure: float, question: Question) -> Answer:
        """Answer with an entry of questions and answers."""
        entry = self._faq[entry_id]
        basis = self._engine.nearest_first(question.analysis, entry.basis)
        citations = tuple(cite(self._snapshot, ref) for ref in basis)
        notes = (entry.note,) if entry.note else ()
        if entry.office:
            citations = (*citations, Citation(OFFICE, "", entry.office))
            notes = (*notes, wording.OFFICE_NOTE)
        return Answer(
            Kind.FAQ,
            entry.text,
            citations,
            status_lines(self._snapshot, [c.source for c in citations]),
            notes,
            confidence=sure,
        )

    def _from_term(self, name: str, sure: float) -> Answer:
        term = self._terms[name]
        head = f"{term.name} adalah {term.expansion}. " if term.expansion else f"{term.name}: "
        citations = tuple(cite(self._snapshot, ref) for ref in term.basis)
        return Answer(
            Kind.FAQ,
            head + term.meaning,
            citations,
            status_lines(self._snapshot, [c.source for c in citations]),
            confidence=sure,
        )

    def _topic(self, topic: Topic, hit: Hit, answer: Answer, terms: tuple[str, ...]) -> Topic:
        if answer.abstained:
            return replace(topic, offered=answer.suggestions)
        passage = hit.passage
        found = _INDICATOR.match(passage.locator)
        return Topic(
            kind=answer.kind,
            regulation="" if found or passage.kind is PassageKind.FAQ else passage.source,
            locator=passage.locator,
            indicator=int(found[1]) if found else None,
            level=int(found[2]) if found and found[2] else None,
            terms=terms,
            offered=answer.suggestions,
        )


def carried(analysis: Analysis, before: Sequence[str]) -> tuple[Analysis, tuple[str, ...]]:
    """Return a short question with what it takes over from the one before.

    A level of government it names takes the place of the other: "kalau di kementerian?" after a
    question on regions is about central agencies.

    Returns:
        The analysis, with the words of the level that was named, and the terms carried over.
    """
    named = [level for level in _LEVELS if level & set(analysis.terms)]
    terms = analysis.terms
    gone: set[str] = set()
    if named:
        gone = set().union(*(level for level in _LEVELS if level not in named))
        if _CENTRAL in named:
            terms = tuple(dict.fromkeys((*terms, *content(["instansi", "pusat"]))))
    context = tuple(t for t in before if t not in terms and t not in gone)
    return replace(analysis, terms=terms), context


def own_rules(engine: Engine, question: Question) -> Scope | None:
    """Return the rules of a region where these are asked for: "menurut perbup luwu utara"."""
    if not question.has(*_LOCAL_KINDS):
        return None
    scope = engine.within_regions(code for place in question.places for code in place.codes)
    return scope if scope.ranges else None


def _tells_apart(hits: Sequence[Hit]) -> Hit | None:
    """Return an answer written for the very difference asked for, where one is among the best.

    Two definitions side by side leave the reader to find the difference.
    """
    if not hits[0].evidence.wants_difference:
        return None
    entries = (h for h in hits if h.passage.kind is PassageKind.FAQ)
    return next(
        (
            h
            for h in entries
            if h.evidence.question >= _SAME_QUESTION and h.evidence.coverage >= _HOLDS_ALL
        ),
        None,
    )


def _further(hit: Hit, hits: Sequence[Hit], question: Question) -> list[str]:
    """Return further ayat of a hit's pasal, where a question asks two things at once.

    "berapa kali diaudit dan siapa yang mengoordinasikan" asks what two ayat answer.
    """
    if len(_ASKS.intersection(question.analysis.features)) < 2:
        return []
    passage = hit.passage
    pasal = pasal_of(passage.locator)
    return [
        h.passage.locator
        for h in hits
        if pasal and h.passage.source == passage.source and pasal_of(h.passage.locator) == pasal
    ][: _TOGETHER + 1]


def _of_level(level: int) -> Callable[[Passage], bool]:
    """Accept the passages of indicators but those of other levels."""

    def accept(passage: Passage) -> bool:
        locator = passage.locator
        return passage.kind is PassageKind.INDICATOR and (
            "-tingkat-" not in locator or locator.endswith(f"-tingkat-{level}")
        )

    return accept


def _asks_number(question: Question) -> bool:
    """Whether the number of an indicator is asked: "indikator mana", "nomor berapa"."""
    return "indikator" in question.words and question.has(
        "nomor", "berapa", "mana", "apa saja", "berapa saja"
    )


def _offer(passage: Passage) -> str:
    return passage.questions[0] if passage.questions else ""


def _leans(question: Question, hits: list[Hit]) -> bool:
    """Whether a question leaves its topic unsaid and so leans on the conversation."""
    tokens = question.tokens
    terms = question.analysis.terms
    if tokens and tokens[0] in ("kalau", "terus", "lalu", "kemudian", "bagaimana", "trus"):
        return len(terms) <= 5
    if any(t.endswith("nya") and len(t) > 5 for t in tokens):
        return len(terms) <= 4
    sure = hits[0].confidence if hits else 0.0
    return len(terms) <= 3 and sure < _STANDALONE
