"""The passages that questions are matched with: every citable unit of the knowledge."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.model import FaqEntry, Indicator, Provision, Regulation, Snapshot, Term
from bot.retrieval.analysis import term_heads

# The text applied last (2024 and 2025) comes first when an indicator is cited.
INDICATOR_SOURCES = ("pedoman-menpanrb-3-2024", "permenpanrb-59-2020", "kepmenpanrb-962-2021")


class PassageKind(StrEnum):
    """What a passage is; the desks of the assistant differ by it."""

    PROVISION = "provision"
    REGULATION = "regulation"
    INDICATOR = "indicator"
    STRUCTURE = "structure"
    FAQ = "faq"
    TERM = "term"
    PEMDI = "pemdi"


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit of knowledge as the search sees it.

    Attributes:
        source: Id of the regulation, or of the entry for FAQ and terms.
        locator: Address in the source; empty for the source as a whole.
        heading: Title, term or question it stands under.
        text: Body.
        context: Headings above it and the name of the regulation.
        term: The term it defines, or empty.
        region: Region code when it is about one region only.
        prior: Added to its score: below zero for texts that rank behind others.
        root: Whether it stands in the regulation that others implement.
        rests_on: Units that it is put together from, as ``source#locator``.
        official: Whether it is a provision in its official wording, as imported: without everyday
            questions, with a vocabulary and slips of its own.
    """

    kind: PassageKind
    source: str
    locator: str
    heading: str
    text: str
    context: str
    questions: tuple[str, ...]
    keywords: tuple[str, ...]
    term: str = ""
    region: str = ""
    prior: float = 0.0
    root: bool = False
    rests_on: frozenset[str] = frozenset()
    official: bool = False


_PRIORS = {"dicabut": -0.06, "diragukan": -0.01, "tidak_diketahui": -0.02}
# The instrument of 2021–2025 is revoked, yet people still ask about it most.
_STILL_ASKED = -0.02
# People mean the root regulation where an implementing one says the same of a narrower thing.
_ROOT_BONUS = 0.03


def build_passages(snapshot: Snapshot) -> list[Passage]:
    """Return every passage of a snapshot, nation-wide ones first, then region by region.

    Those of one source stand next to each other. A term of the glossary that a regulation defines
    has no passage of its own.
    """
    out: list[Passage] = []
    for regulation in snapshot.regulations.values():
        out.append(_card(regulation))
        out.extend(_provision(regulation, p) for p in regulation.provisions if _findable(p))
    for indicator in snapshot.indicators.values():
        out.extend(_indicator(snapshot, indicator))
    defined = {head for passage in out for head in term_heads(passage.term)}
    out.extend(_structure(snapshot))
    out.extend(_pemdi(snapshot))
    out.extend(
        Passage(
            PassageKind.FAQ,
            entry.id,
            "",
            entry.title,
            entry.text,
            _context_of(snapshot, entry),
            entry.questions,
            entry.keywords,
            region=entry.region,
            rests_on=frozenset(str(ref) for ref in entry.basis),
        )
        for entry in snapshot.faq
    )
    out.extend(
        Passage(
            PassageKind.TERM,
            term.name,
            "",
            term.name,
            f"{term.expansion} {term.meaning}",
            "",
            (f"Apa itu {term.name}?", f"Apa kepanjangan {term.name}?"),
            term.synonyms,
            term=_written(term),
            prior=-0.05,
            rests_on=frozenset(str(ref) for ref in term.basis),
        )
        for term in snapshot.terms
        if term.meaning and defined.isdisjoint(term_heads(_written(term)))
    )
    out.sort(key=lambda passage: passage.region)
    return out


def _written(term: Term) -> str:
    return f"{term.name} ({term.expansion})" if term.expansion else term.name


def _context_of(snapshot: Snapshot, entry: FaqEntry) -> str:
    """Return the titles of the regulations that an entry rests on."""
    sources = dict.fromkeys(ref.source for ref in entry.basis)
    return " ".join(r.title for s in sources if (r := snapshot.regulations.get(s)) is not None)


def _is_root(regulation: Regulation) -> bool:
    return bool(regulation.related("dilaksanakan_oleh")) and regulation.status == "berlaku"


def _prior(regulation: Regulation) -> float:
    prior = _PRIORS.get(regulation.status, 0.0)
    if _is_root(regulation):
        prior += _ROOT_BONUS
    return max(prior, _STILL_ASKED) if regulation.id in INDICATOR_SOURCES else prior


def _findable(provision: Provision) -> bool:
    return bool(provision.text or provision.questions)


def _card(regulation: Regulation) -> Passage:
    return Passage(
        PassageKind.REGULATION,
        regulation.id,
        "",
        f"{regulation.short} {regulation.title}",
        regulation.summary,
        f"{regulation.kind} {' '.join(regulation.aliases)}",
        regulation.questions,
        regulation.keywords,
        region=regulation.region,
        prior=-0.02,
    )


def _provision(regulation: Regulation, provision: Provision) -> Passage:
    return Passage(
        PassageKind.PROVISION,
        regulation.id,
        provision.locator,
        provision.title,
        provision.text,
        " ".join((regulation.title, *provision.context)),
        provision.questions,
        provision.keywords,
        term=provision.title if provision.defines else "",
        region=regulation.region,
        prior=_prior(regulation),
        root=_is_root(regulation),
        official=regulation.content == "naskah",
    )


def _structure(snapshot: Snapshot) -> Iterator[Passage]:
    """Yield a passage a domain and aspect: which indicators it holds, and what it weighs."""
    for kind, parts in (("domain", snapshot.domains), ("aspek", snapshot.aspects)):
        for part in parts.values():
            yield Passage(
                PassageKind.STRUCTURE,
                kind,
                str(part.number),
                f"{kind} {part.number} {part.name}",
                "indikator bobot persen",
                "daftar indikator jumlah indikator",
                (
                    f"Indikator apa saja yang termasuk {kind} {part.name}?",
                    f"Berapa jumlah indikator {kind} {part.name}?",
                    f"Berapa bobot {kind} {part.name}?",
                    f"{kind} {part.number} apa saja indikatornya?",
                ),
                ("bobot", "jumlah", "daftar"),
            )


def _pemdi(snapshot: Snapshot) -> Iterator[Passage]:
    """Yield a passage for each indicator of Indeks Pemdi."""
    if snapshot.pemdi is None:
        return
    for indicator in snapshot.pemdi.indicators.values():
        aspect = snapshot.pemdi.aspects[indicator.aspect].name
        yield Passage(
            PassageKind.PEMDI,
            indicator.basis.source,
            f"pemdi-{indicator.number}",
            f"indikator pemdi {indicator.number} {indicator.name}",
            indicator.scope,
            f"indeks pemdi pemerintah digital {aspect} bobot nomor indikator",
            (
                f"Berapa bobot indikator {indicator.name} di Indeks Pemdi?",
                f"Indikator Pemdi tentang {indicator.name} nomor berapa?",
                f"Bukti SPBE apa yang dipakai untuk indikator Pemdi {indicator.name}?",
            ),
            indicator.keywords,
            rests_on=frozenset({str(indicator.basis)}),
        )


def _indicator(snapshot: Snapshot, indicator: Indicator) -> Iterator[Passage]:
    source = INDICATOR_SOURCES[0]
    aspect = snapshot.aspects[indicator.aspect].name
    domain = snapshot.domains[indicator.domain].name
    base = f"indikator-{indicator.number}"
    name = f"indikator {indicator.number} {indicator.short}"
    context = f"{name} {domain} {aspect}"
    yield Passage(
        PassageKind.INDICATOR,
        source,
        base,
        f"{name} {indicator.name}",
        indicator.assessed.text,
        f"bobot domain aspek nomor indikator {domain} {aspect}",
        (*indicator.questions, *indicator.assessed.questions),
        (*indicator.keywords, *indicator.assessed.keywords),
    )
    for part, heading, section in (
        ("bukti", "bukti dukung", indicator.evidence),
        ("penyebab", "penyebab nilai rendah", indicator.pitfalls),
        ("perubahan", "perubahan rumusan", indicator.changes),
    ):
        if section.text:
            yield Passage(
                PassageKind.INDICATOR,
                source,
                f"{base}-{part}",
                f"{heading} {name}",
                section.text,
                context,
                section.questions,
                section.keywords,
                prior=-0.02,
            )
    for level in indicator.levels:
        yield Passage(
            PassageKind.INDICATOR,
            source,
            f"{base}-tingkat-{level.number}",
            f"{name} tingkat {level.number} level {level.number} {level.name}",
            "\n".join((level.text, level.difference, *level.evidence)),
            context,
            level.questions,
            level.keywords,
            prior=-0.01,
        )
