"""The things the bot knows, as plain immutable values.

Names of Indonesian law without an exact English twin stay Indonesian in the data (locators,
statuses); everything else is English.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.knowledge.deadline import Audience as Audience
from bot.knowledge.deadline import Deadline as Deadline
from bot.knowledge.locator import Ref, label


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge of the graph of regulations.

    Attributes:
        kind: mengubah, diubah_oleh, mencabut, dicabut_oleh, melaksanakan, dilaksanakan_oleh.
        target: Id of the other regulation.
        basis: Locator of the provision that says so; inside the revoking or changing text.
        since: When it took effect, if known.
        note: What a reader should know about it.
    """

    kind: str
    target: str
    basis: str = ""
    since: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """A citable unit of a regulation.

    Attributes:
        source: Id of the regulation.
        locator: Address in it, such as ``pasal-12-ayat-3``.
        title: Our heading, or the defined term.
        text: Body: paragraphs and ``- a.`` list lines.
        context: Headings above it, outermost first.
        defines: Whether it defines the term in ``title``.
        note: A slip of the official text, or a later change, worth telling.
        questions: Everyday questions that it answers.
        keywords: Words people use for it.
        related: Provisions and indicators it belongs with.
        line: Line of its heading in the file.
    """

    source: str
    locator: str
    title: str
    text: str
    context: tuple[str, ...] = ()
    defines: bool = False
    note: str = ""
    questions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    related: tuple[Ref, ...] = ()
    line: int = 0


@dataclass(frozen=True, eq=False)
class Regulation:
    """A regulation: its identity, status, relations and provisions in order.

    Attributes:
        status: berlaku, tanpa_pencabutan, dicabut, diragukan or tidak_diketahui.
        content: ``ringkasan`` (our summary) or ``naskah`` (official wording, imported).
        second_hand: The content is known only from unofficial sources.
        skipped: Locators that the official numbering jumps over, with a note.
        omitted: Locators that exist but were left out on purpose, with the reason.
    """

    id: str
    kind: str
    number: str
    year: int
    title: str
    short: str
    issuer: str
    place: str
    enacted: date | None
    promulgated: date | None
    effective: date | None
    gazette: str
    status: str
    status_date: date
    status_source: str
    url: str
    relations: tuple[Relation, ...]
    aliases: tuple[str, ...]
    region: str
    content: str
    second_hand: bool
    summary: str
    skipped: dict[str, str]
    omitted: dict[str, str]
    questions: tuple[str, ...]
    keywords: tuple[str, ...]
    provisions: tuple[Provision, ...]

    @cached_property
    def by_locator(self) -> dict[str, Provision]:
        """Provisions by locator."""
        return {provision.locator: provision for provision in self.provisions}

    @cached_property
    def asked_at(self) -> dict[str, int]:
        """The provisions that carry questions, and their order."""
        return {p.locator: n for n, p in enumerate(p for p in self.provisions if p.questions)}

    def below(self, locator: str) -> list[Provision]:
        """Return the provisions directly or indirectly below a locator, in order."""
        return self._below.get(locator, [])

    @cached_property
    def _below(self) -> dict[str, list[Provision]]:
        out: dict[str, list[Provision]] = {}
        for provision in self.provisions:
            parts = provision.locator.split("-")
            for end in range(1, len(parts)):
                out.setdefault("-".join(parts[:end]), []).append(provision)
        return out

    def related(self, kind: str) -> list[Relation]:
        """Return the relations of one kind."""
        return [relation for relation in self.relations if relation.kind == kind]

    @property
    def last_pasal(self) -> int:
        """Number of the last pasal known, 0 when it has none but Pasal I and II of a change."""
        named = {p.locator.split("-")[1] for p in self.provisions if p.locator[:6] == "pasal-"}
        numbers = ("".join(filter(str.isdigit, name)) for name in named)
        return max((int(number) for number in numbers if number), default=0)

    def cite(self, locator: str) -> str:
        """Write a citation: ``Pasal 12 ayat (3) Perpres 95/2018``."""
        return f"{label(locator)} {self.short}" if locator else self.short


@dataclass(frozen=True, slots=True)
class Level:
    """One of the five maturity levels of an indicator."""

    number: int
    name: str
    text: str
    difference: str
    evidence: tuple[str, ...]
    note: str
    questions: tuple[str, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an indicator that is not a level: what is assessed, sample evidence."""

    title: str
    text: str
    note: str
    questions: tuple[str, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the 47 indicators of the SPBE index.

    Attributes:
        weight: Share of the index, in percent.
        model: ``proses`` (process capability, 1–31) or ``layanan`` (service, 32–47).
        basis: Provisions that it rests on.
        pitfalls: Why offices often get less than they hoped; follows from the criteria.
        changes: What its wording changed between 59/2020, 962/2021 and 3/2024.
    """

    number: int
    name: str
    short: str
    domain: int
    aspect: int
    weight: float
    model: str
    basis: tuple[Ref, ...]
    assessed: Section
    evidence: Section
    pitfalls: Section
    changes: Section
    levels: tuple[Level, ...]
    questions: tuple[str, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A domain or aspect of the index, with its weight in percent."""

    number: int
    name: str
    weight: float
    domain: int = 0
    indicators: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class PemdiIndicator:
    """One of the 20 indicators of Indeks Pemdi (PermenPANRB 8/2026, known second-hand).

    Attributes:
        weight: Share of the index, in percent.
        scope: What it looks at, as far as known; may be empty.
        reuses: SPBE indicators whose evidence is commonly used again; practice, no rule.
        rated_by: The other assessment its value is taken from; empty when it has none.
        basis: The unit that names it.
    """

    number: int
    name: str
    weight: float
    aspect: int
    scope: str
    reuses: tuple[int, ...]
    rated_by: str
    keywords: tuple[str, ...]
    basis: Ref


@dataclass(frozen=True, slots=True)
class Pemdi:
    """The instrument of Indeks Pemdi; ``mapping_source`` says where ``reuses`` comes from."""

    indicators: dict[int, PemdiIndicator]
    aspects: dict[int, Part]
    regulation: str
    mapping_source: str

    def inside(self, aspect: Part) -> list[PemdiIndicator]:
        """Return the indicators of an aspect, in order."""
        return [i for i in self.indicators.values() if i.aspect == aspect.number]

    def reusing(self, number: int) -> list[PemdiIndicator]:
        """Return the indicators that evidence of an SPBE indicator is used again for."""
        return [i for i in self.indicators.values() if number in i.reuses]


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """A question with an answer of ours that rests on cited units or press facts.

    Attributes:
        office: Who says so where nothing is cited: the office's own word.
    """

    id: str
    title: str
    text: str
    basis: tuple[Ref, ...]
    note: str
    region: str
    questions: tuple[str, ...]
    keywords: tuple[str, ...]
    office: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A report, press article or site that figures and local facts come from."""

    id: str
    kind: str
    title: str
    publisher: str
    date: str
    url: str

    @property
    def label(self) -> str:
        """Short citation text."""
        parts = [self.title, self.publisher] + ([self.date] if self.date else [])
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Region:
    """A province, kabupaten or kota by Kemendagri code, or an agency by slug.

    Attributes:
        kind: provinsi, kabupaten, kota, or the kind of agency.
        name: Full official name, such as ``Kota Palopo``.
        aliases: Everyday names and abbreviations.
    """

    code: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()

    @property
    def province(self) -> str:
        """Code of the province it lies in, or is; empty for agencies."""
        return self.code[:2] if self.code[:2].isdigit() else ""

    @property
    def is_agency(self) -> bool:
        """Whether it is a ministry or agency rather than a region."""
        return not self.code[:2].isdigit()


@dataclass(frozen=True, slots=True)
class IndexRecord:
    """The SPBE index of one agency in one year.

    Attributes:
        region: Kemendagri code or agency slug.
        index: 1.00 to 5.00, as published (two decimals).
        predicate: As published; derived from the index only when none was printed.
        domains: Kebijakan, tata kelola, manajemen, layanan; None where not published.
        basis: resmi (official report), disebut (stated by the source), disimpulkan (year
            inferred from date and decree).
        source: Id of the ``Source``.
    """

    region: str
    year: int
    index: float
    predicate: str
    domains: tuple[float | None, float | None, float | None, float | None]
    basis: str
    source: str
    table: str
    note: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another figure that a source printed for the same region and year."""

    region: str
    year: int
    index: float
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class NationalRecord:
    """The published national index of a year (not a mean of the rows)."""

    year: int
    index: float
    domains: tuple[float | None, float | None, float | None, float | None]
    agencies: int
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term, abbreviation or everyday word.

    Attributes:
        name: The term as people write it.
        expansion: What an abbreviation stands for.
        meaning: A sentence that explains it, possibly empty.
        synonyms: Other words that mean it; they also feed the search.
        basis: Where it is defined.
    """

    name: str
    expansion: str
    meaning: str
    synonyms: tuple[str, ...]
    basis: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class PredicateBand:
    """A predikat and the least index (before rounding) that earns it."""

    name: str
    least: float


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything the bot knows at one moment; never changed, only replaced."""

    revision: str
    regulations: dict[str, Regulation]
    indicators: dict[int, Indicator]
    domains: dict[int, Part]
    aspects: dict[int, Part]
    predicates: dict[str, tuple[PredicateBand, ...]]
    regions: dict[str, Region]
    records: tuple[IndexRecord, ...]
    conflicts: tuple[Conflict, ...]
    national: dict[int, NationalRecord]
    sources: dict[str, Source]
    faq: tuple[FaqEntry, ...]
    terms: tuple[Term, ...]
    other_measures: tuple[str, ...]
    other_places: tuple[str, ...]
    chat_spellings: dict[str, str] = field(default_factory=dict)
    everyday_words: frozenset[str] = frozenset()
    pemdi: Pemdi | None = None
    deadlines: tuple[Deadline, ...] = ()
