"""The answer: what the assistant says, what it rests on, how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.answering import wording
from bot.answering.index.asked import IndexIntent
from bot.knowledge.deadline import Deadline
from bot.knowledge.locator import label, labels
from bot.regions.charts.spec import Chart
from bot.regions.tables import Table
from bot.regions.whatif import Scenario

OFFICE = "kantor"
"""Source id of what an office says of its own, without a text to cite."""


class Kind(StrEnum):
    """What an answer is about; ``UNKNOWN`` means that the assistant abstained."""

    REGULATION = "regulation"
    INDICATOR = "indicator"
    INDEX = "index"
    STATUS = "status"
    DEADLINE = "deadline"
    FAQ = "faq"
    SMALLTALK = "smalltalk"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Citation:
    """A unit that a statement rests on.

    Attributes:
        source: Id of the regulation, report or article.
        locator: Address in it; empty for the whole.
        label: As a person cites it.
        url: Where the official text or the article stands; may be empty.
    """

    source: str
    locator: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """An index figure in an answer (``basis``: resmi, disebut, disimpulkan)."""

    region: str
    region_name: str
    year: int
    index: float
    predicate: str
    source: str
    basis: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to one question.

    Attributes:
        text: The answer itself, plain text; lists are lines that start with ``- ``.
        status: A line a regulation cited: whether it is in force, checked when.
        notes: Caveats a reader needs, a sentence each.
        more: The longer text behind "lebih lengkap": the same uncut, or what stands around it;
            empty when ``text`` is all.
        suggestions: Questions that the assistant can answer and the asker may want next.
        confidence: 0 to 1.
        related: Names of what belongs with the cited unit: other rules, indicators.
        chart: A picture that says the same.
        drawn: Whether the picture itself was asked for.
        table: Its figures to take away.
        summarised: Whether the text is this project's own summary, not the official wording.
        verbatim: Whether the text is the official wording.
        events: What it tells of the calendar, the most important first.
    """

    kind: Kind
    text: str
    citations: tuple[Citation, ...] = ()
    status: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    suggestions: tuple[str, ...] = ()
    confidence: float = 1.0
    more: str = ""
    summarised: bool = False
    related: tuple[str, ...] = ()
    chart: Chart | None = None
    drawn: bool = False
    table: Table | None = None
    verbatim: bool = False
    events: tuple[Deadline, ...] = ()

    @property
    def agency(self) -> str:
        """The code of the one region or agency that the figures are of, or nothing."""
        codes = {value.region for value in self.values}
        return codes.pop() if len(codes) == 1 else ""

    @property
    def basis_label(self) -> str:
        """What stands before the citations."""
        if self.kind in (Kind.INDEX, Kind.DEADLINE):
            return "Sumber"
        if self.verbatim:
            return "Dasar (naskah)"
        return "Dasar (ringkasan kami)" if self.summarised else "Dasar"

    @property
    def basis(self) -> tuple[Citation, ...]:
        """The citations as they are shown: those of one text as one, no address twice."""
        return merged(self.citations)

    @property
    def cut(self) -> bool:
        """Whether ``text`` is the beginning of ``more``."""
        return bool(self.more) and self.more.startswith(self.text)

    @property
    def whole(self) -> str:
        """The text with all that stands behind "lebih lengkap"."""
        if self.cut or not self.more:
            return self.more or self.text
        return f"{self.text}\n\n{self.more}"

    @property
    def abstained(self) -> bool:
        """Whether the assistant did not answer."""
        return self.kind is Kind.UNKNOWN

    def plain(self, *, full: bool = True) -> str:
        """The whole answer as plain text: body, notes, citations, status."""
        parts = [self.whole if full else self.text]
        parts.extend(f"Catatan: {note}" for note in self.notes)
        if self.citations:
            shown = "; ".join(c.label for c in self.basis)
            parts.append(f"{self.basis_label}: {shown}")
        parts.extend(f"Status: {line}" for line in self.status)
        if self.related:
            parts.append(f"Terkait: {'; '.join(self.related)}")
        return "\n\n".join(parts[:1]) + "".join(f"\n{part}" for part in parts[1:])

    def to_json(self, question: str, elapsed_ms: float) -> dict[str, Any]:
        """Return the answer contract as a JSON-ready mapping."""
        return {
            "question": question,
            "kind": self.kind.value,
            "answer": self.plain(),
            "confidence": round(self.confidence, 3),
            "citations": [
                {"source": c.source, "locator": c.locator, "label": c.label, "url": c.url}
                for c in self.citations
            ],
            "values": [
                {
                    "region": v.region,
                    "region_name": v.region_name,
                    "year": v.year,
                    "index": v.index,
                    "predicate": v.predicate,
                    "source": v.source,
                    "basis": v.basis,
                }
                for v in self.values
            ],
            "suggestions": list(self.suggestions),
            "elapsed_ms": round(elapsed_ms, 3),
        }


def merged(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Join citations of one text, and leave out an address that the one before has too."""
    by_text: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        by_text.setdefault((citation.source, _name(citation)), []).append(citation)
    out: list[Citation] = []
    last = ""
    for (_, name), same in by_text.items():
        places = dict.fromkeys(c.locator for c in same if c.locator)
        where = wording.listing(labels(places))
        out.append(replace(same[0], label=f"{where} {name}" if where not in ("", last) else name))
        last = where
    return tuple(out)


def _name(citation: Citation) -> str:
    """Return what a text is called: its label without the address in front."""
    where = label(citation.locator) if citation.locator else ""
    return citation.label.removeprefix(where).strip() or citation.label


@dataclass(frozen=True, slots=True)
class Topic:
    """What a conversation is about, for questions that leave it unsaid.

    Attributes:
        terms: Search terms of the last question that named its topic.
        asked: What was last asked of the index history.
        offered: Questions offered last, in order.
        cited: What the last answer rested on, best first.
        scenario: The simulation that is open.
        revision: The state of the knowledge in which this was said.
        events: Ids of the events of the calendar last spoken of.
    """

    kind: Kind | None = None
    regulation: str = ""
    locator: str = ""
    indicator: int | None = None
    level: int | None = None
    regions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    earlier_years: tuple[int, ...] = ()
    asked: IndexIntent | None = None
    terms: tuple[str, ...] = ()
    offered: tuple[str, ...] = field(default=())
    cited: tuple[Citation, ...] = ()
    scenario: Scenario | None = None
    revision: str = ""
    events: tuple[str, ...] = ()
