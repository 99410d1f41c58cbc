"""The desk of Indeks Pemdi: its 20 indicators, and what became of the 47 of SPBE."""

from bot.answering import wording
from bot.answering.answer import Answer, Kind
from bot.answering.citing import cite, cite_indicator, status_lines
from bot.answering.question import Question
from bot.knowledge.locator import Ref
from bot.knowledge.model import Part, Pemdi, PemdiIndicator, Snapshot

_NAMES = ("pemdi", "pemerintah digital", "pemerintahan digital")
_BECOMES = frozenset(
    "jadi menjadi padanan padanannya setara sepadan dipakai terpakai berubah masuk".split()
)
_MAPPING = frozenset("pemetaan petakan dipetakan memetakan peta konversi mapping padanan".split())


def answer(snapshot: Snapshot, question: Question) -> Answer | None:
    """Answer about an indicator or aspect of Indeks Pemdi by number, or the mapping to it.

    Returns:
        None where the question names neither, so that the search may answer it.
    """
    pemdi = snapshot.pemdi
    if pemdi is None or not question.has(*_NAMES):
        return None
    number = question.refs.indicator
    if number is not None:
        if _of_spbe(question, number):
            return _from_spbe(snapshot, pemdi, number)
        indicator = pemdi.indicators.get(number)
        if indicator is None:
            return _no_such(pemdi, number)
        if question.refs.level is not None:
            return Answer(Kind.UNKNOWN, wording.PEMDI_NO_LEVELS)
        return about(snapshot, pemdi, indicator)
    aspect = _aspect_number(question)
    if aspect is not None:
        return _about_aspect(snapshot, pemdi, aspect)
    if question.words & _MAPPING and question.words & {"indikator", "spbe"}:
        return _mapping(snapshot, pemdi)
    return None


def about(
    snapshot: Snapshot, pemdi: Pemdi, indicator: PemdiIndicator, confidence: float = 1.0
) -> Answer:
    """Say what an indicator of Indeks Pemdi is, weighs and what evidence may serve again."""
    aspect = pemdi.aspects[indicator.aspect]
    lines = [
        f"Indikator Pemdi {indicator.number} – {indicator.name}. Aspek {aspect.number} "
        f"({aspect.name}), bobot {wording.weight(indicator.weight)} dari Indeks Pemdi."
    ]
    if indicator.scope:
        lines.append(f"Lingkupnya: {indicator.scope}.")
    if indicator.rated_by:
        lines.append(f"Nilainya diambil dari {indicator.rated_by}.")
    if indicator.reuses:
        lines.append("Bukti SPBE yang lazim dipakai ulang: " + _names(snapshot, indicator) + ".")
    else:
        lines.append("Belum ada indikator SPBE yang sepadan.")
    first = snapshot.indicators.get(indicator.reuses[0]) if indicator.reuses else None
    return _told(
        snapshot,
        pemdi,
        "\n".join(lines),
        [indicator.basis],
        mapped=bool(indicator.reuses),
        confidence=confidence,
        suggestions=(
            f"Aspek {aspect.number} Pemdi apa saja indikatornya?",
            *((f"Indikator {first.number} SPBE menilai apa?",) if first else ()),
            "Pemetaan 47 indikator SPBE ke Pemdi",
        ),
    )


def _from_spbe(snapshot: Snapshot, pemdi: Pemdi, number: int) -> Answer:
    """Say which indicators of Indeks Pemdi evidence of an SPBE indicator serves."""
    old = snapshot.indicators.get(number)
    if old is None:
        return Answer(Kind.UNKNOWN, wording.NO_SUCH_INDICATOR.format(number=number))
    targets = pemdi.reusing(number)
    head = f"Indikator SPBE {number} – {old.short}."
    if targets:
        lines = [f"- Pemdi {i.number} – {i.name} ({wording.weight(i.weight)})" for i in targets]
        text = "\n".join([f"{head} Buktinya lazim dipakai ulang untuk indikator:", *lines])
    else:
        text = f"{head} {wording.PEMDI_NO_TWIN}"
    return _told(
        snapshot,
        pemdi,
        text,
        [i.basis for i in targets],
        mapped=True,
        also=f"indikator-{number}",
        suggestions=(
            *(f"Indikator {i.number} Pemdi menilai apa?" for i in targets[:2]),
            f"Indikator {number} SPBE menilai apa?",
        ),
    )


def _about_aspect(snapshot: Snapshot, pemdi: Pemdi, number: int) -> Answer:
    aspect = pemdi.aspects.get(number)
    if aspect is None:
        return Answer(
            Kind.UNKNOWN,
            wording.NO_SUCH_PEMDI_ASPECT.format(number=number, last=len(pemdi.aspects)),
        )
    return about_aspect(snapshot, pemdi, aspect)


def about_aspect(snapshot: Snapshot, pemdi: Pemdi, aspect: Part) -> Answer:
    """List the indicators of an aspect of Indeks Pemdi."""
    inside = pemdi.inside(aspect)
    lines = [f"- Indikator {i.number} – {i.name} ({wording.weight(i.weight)})" for i in inside]
    head = (
        f"Aspek {aspect.number} Indeks Pemdi ({aspect.name}) berbobot "
        f"{wording.weight(aspect.weight)} dan memuat {len(inside)} indikator:"
    )
    return _told(
        snapshot,
        pemdi,
        "\n".join([head, *lines]),
        [i.basis for i in inside],
        suggestions=tuple(f"Indikator {i.number} Pemdi menilai apa?" for i in inside[:3]),
    )


def _mapping(snapshot: Snapshot, pemdi: Pemdi) -> Answer:
    lines = [
        f"- Pemdi {i.number} – {i.name}: {wording.spans(i.reuses) or 'tidak ada'}"
        for i in pemdi.indicators.values()
    ]
    return _told(
        snapshot,
        pemdi,
        "\n".join(["Indikator SPBE (1–47) yang buktinya lazim dipakai ulang:", *lines]),
        [i.basis for i in pemdi.indicators.values()],
        mapped=True,
        suggestions=("Indikator 19 SPBE di Pemdi jadi apa?", "Indikator 13 Pemdi menilai apa?"),
    )


def _no_such(pemdi: Pemdi, number: int) -> Answer:
    return Answer(
        Kind.UNKNOWN,
        wording.NO_SUCH_PEMDI.format(number=number, last=len(pemdi.indicators)),
        suggestions=(
            f"Indikator {number} SPBE menilai apa?",
            f"Indikator {number} SPBE di Pemdi jadi apa?",
        ),
    )


def _of_spbe(question: Question, number: int) -> bool:
    """Whether the number counts the 47 and the question asks what became of it."""
    tokens = question.tokens
    at = tokens.index(str(number)) if str(number) in tokens else len(tokens)
    for beside in (*tokens[at + 1 : at + 2], *tokens[max(at - 2, 0) : at]):
        if beside in ("spbe", "pemdi"):
            return beside == "spbe"
    return question.has("di pemdi", "ke pemdi", "pada pemdi") and bool(question.words & _BECOMES)


def _aspect_number(question: Question) -> int | None:
    tokens = question.tokens
    for at, token in enumerate(tokens[:-1]):
        if token == "aspek" and tokens[at + 1].isdigit():
            return int(tokens[at + 1])
    return None


def _names(snapshot: Snapshot, indicator: PemdiIndicator) -> str:
    if len(indicator.reuses) > 5:
        return f"indikator {wording.spans(indicator.reuses)}"
    return wording.listing(
        [f"indikator {n} ({snapshot.indicators[n].short})" for n in indicator.reuses]
    )


def _told(
    snapshot: Snapshot,
    pemdi: Pemdi,
    text: str,
    basis: list[Ref],
    *,
    mapped: bool = False,
    also: str = "",
    confidence: float = 1.0,
    suggestions: tuple[str, ...] = (),
) -> Answer:
    refs = list(dict.fromkeys(basis)) or [Ref(pemdi.regulation, "")]
    citations = [cite(snapshot, ref) for ref in refs]
    if also:
        citations += cite_indicator(snapshot, also)[:1]
    notes = [wording.SECOND_HAND.format(short=snapshot.regulations[pemdi.regulation].short)]
    if mapped:
        citations.append(cite(snapshot, Ref(pemdi.mapping_source, "")))
        notes.append(wording.PEMDI_MAPPING_NOTE)
    return Answer(
        Kind.INDICATOR,
        text,
        tuple(citations),
        status_lines(snapshot, [c.source for c in citations]),
        tuple(notes),
        confidence=confidence,
        summarised=True,
        suggestions=suggestions,
    )
