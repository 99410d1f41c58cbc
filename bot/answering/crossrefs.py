"""Cross-references: the indicators, implementing rules and other definitions of a unit."""

from collections import defaultdict

from rapidfuzz import fuzz

from bot.answering import wording
from bot.answering.answer import Answer, Citation, Kind
from bot.answering.citing import cite, cite_indicator, status_lines
from bot.answering.question import Question
from bot.knowledge.locator import Ref, segments
from bot.knowledge.model import Provision, Snapshot
from bot.language.lexicon import IMPLEMENTING_WORDS
from bot.language.text import tokenize
from bot.retrieval.analysis import content

_INDICATOR = "indikator"
# Two wordings of one definition share most words; below this they may differ in substance.
_SAME_MEANING = 55.0
_MOST_DEFINITIONS = 2


class CrossRefs:
    """The edges between units of one snapshot, in both directions."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._indicators: dict[Ref, list[int]] = defaultdict(list)
        self._others: dict[Ref, list[Ref]] = defaultdict(list)
        self._definitions: dict[str, list[tuple[Ref, Provision]]] = defaultdict(list)
        for indicator in snapshot.indicators.values():
            for ref in indicator.basis:
                self._indicators[_pasal(ref)].append(indicator.number)
        for regulation in snapshot.regulations.values():
            for provision in regulation.provisions:
                here = Ref(regulation.id, provision.locator)
                if provision.defines and not regulation.region:
                    # What regions define for themselves tells nobody else.
                    self._definitions[_term(provision.title)].append((here, provision))
                for ref in provision.related:
                    self._link(here, ref)

    def indicators(self, ref: Ref) -> list[int]:
        """Return the numbers of the indicators that rest on a unit or its pasal."""
        return sorted(set(self._indicators.get(_pasal(ref), ())))

    def others(self, ref: Ref) -> list[Ref]:
        """Return units of other regulations that implement a unit, or that it implements."""
        found = [r for at in (ref, _pasal(ref)) for r in self._others.get(at, ())]
        return [r for r in dict.fromkeys(found) if r.source != ref.source]

    def definitions(self, ref: Ref, term: str) -> list[tuple[Ref, Provision]]:
        """Return how other regulations define a term that ``ref`` defines."""
        return [(at, p) for at, p in self._definitions.get(_term(term), ()) if at != ref]

    def see_also(self, ref: Ref) -> tuple[str, ...]:
        """Name what belongs with a unit: other regulations, then indicators."""
        names = [cite(self._snapshot, other).label for other in self.others(ref)[:3]]
        numbers = self.indicators(ref)
        if numbers:
            names.append("indikator " + wording.listing([str(n) for n in numbers]))
        return tuple(names)

    def answer(self, ref: Ref, question: Question) -> Answer | None:
        """Answer "indikator apa yang terkait pasal 12?" or "aturan pelaksana pasal 47?"."""
        unit = cite(self._snapshot, ref)
        if _INDICATOR in question.words:
            numbers = self.indicators(ref)
            if not numbers:
                return None
            inside = [self._snapshot.indicators[n] for n in numbers]
            lines = "\n".join(f"- Indikator {i.number} – {i.short}" for i in inside)
            indicator_cites = cite_indicator(self._snapshot, f"indikator-{numbers[0]}")
            return self._told(
                Kind.INDICATOR,
                f"Indikator yang berdasar pada {unit.label}:\n{lines}",
                (unit, *indicator_cites[:1]),
                tuple(f"Indikator {n} menilai apa?" for n in numbers[:3]),
            )
        if question.words & IMPLEMENTING_WORDS:
            others = [cite(self._snapshot, other) for other in self.others(ref)]
            if not others:
                return None
            lines = "\n".join(f"- {c.label}" for c in others)
            return self._told(
                Kind.REGULATION,
                f"Yang terkait dengan {unit.label} pada peraturan lain:\n{lines}",
                (unit, *others),
                tuple(f"{c.label} isinya apa?" for c in others[:3] if c.locator),
            )
        return None

    def with_definitions(self, answer: Answer, ref: Ref, term: str) -> Answer:
        """Add how other regulations define the term, in full where they seem to differ."""
        lines: list[str] = []
        cited: list[Citation] = []
        alike: list[Citation] = []
        for at, provision in self.definitions(ref, term):
            citation = cite(self._snapshot, at)
            if fuzz.token_set_ratio(provision.text, answer.text) >= _SAME_MEANING:
                alike.append(citation)
            elif len(lines) < _MOST_DEFINITIONS:
                short = self._snapshot.regulations[at.source].short
                lines.append(f"- Menurut {short}: {provision.text.splitlines()[0]}")
                cited.append(citation)
        notes = answer.notes
        if alike:
            names = wording.listing([c.label for c in alike[:3]])
            notes += (f"Didefinisikan serupa di {names}.",)
        if not lines and not alike:
            return answer
        return Answer(
            answer.kind,
            "\n".join([answer.text, *lines]),
            (*answer.citations, *cited),
            status_lines(self._snapshot, [c.source for c in (*answer.citations, *cited)]),
            notes,
            suggestions=answer.suggestions,
            confidence=answer.confidence,
            summarised=answer.summarised,
            verbatim=answer.verbatim,
            related=answer.related,
        )

    def _told(
        self,
        kind: Kind,
        text: str,
        citations: tuple[Citation, ...],
        suggestions: tuple[str, ...],
    ) -> Answer:
        return Answer(
            kind,
            text,
            citations,
            status_lines(self._snapshot, [c.source for c in citations]),
            suggestions=suggestions,
        )

    def _link(self, here: Ref, there: Ref) -> None:
        if there.source == _INDICATOR or there.locator.startswith(_INDICATOR):
            self._indicators[_pasal(here)].append(int(segments(there.locator)[0][1]))
            return
        self._others[here].append(there)
        self._others[there].append(here)


def _pasal(ref: Ref) -> Ref:
    """Return the pasal that a unit stands in; other units stay themselves."""
    parts = segments(ref.locator) if ref.locator else []
    if not parts or parts[0][0] != "pasal":
        return ref
    if len(parts) > 1 and parts[1][0] == "angka":
        # Each definition is a matter of its own.
        return ref
    return Ref(ref.source, f"pasal-{parts[0][1]}")


def _term(title: str) -> str:
    return " ".join(content(tokenize(title.split(" (")[0])))
