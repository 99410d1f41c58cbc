"""The desk of the 47 indicators: one of them, a level, its evidence, its weight."""

from bot.answering import wording
from bot.answering.answer import Answer, Kind, merged
from bot.answering.citing import cite, cite_indicator, status_lines
from bot.answering.question import Question
from bot.knowledge.model import Indicator, Level, Part, Snapshot

_BASIS = ("dasar hukum", "dasar", "landasan", "pasal berapa")
_LEVELS = frozenset("12345")
_LOW = frozenset("kenapa mengapa rendah penyebab mentok gagal jatuh kesalahan".split())
_CHANGED = frozenset("perubahan berubah beda bedanya perbedaan".split())
EVIDENCE = frozenset({"bukti", "buktinya", "dukung", "dukungnya", "eviden", "evidence"})
_RISE = ("naik", "menaikkan", "meningkatkan", "menuju", "supaya", "agar")


def by_number(snapshot: Snapshot, number: int, level: int | None, question: Question) -> Answer:
    """Answer about an indicator by number, or say that it does not exist."""
    indicator = snapshot.indicators.get(number)
    if indicator is None:
        return Answer(Kind.UNKNOWN, wording.NO_SUCH_INDICATOR.format(number=number))
    if level is not None and not 1 <= level <= len(indicator.levels):
        return Answer(Kind.UNKNOWN, wording.NO_SUCH_LEVEL.format(level=level))
    levels = levels_asked(question, level)
    if levels:
        return about_levels(snapshot, indicator, levels)
    if question.has(*_BASIS) and indicator.basis:
        return about_basis(snapshot, indicator)
    if "level" in question.words or "tingkat" in question.words:
        return about_levels(snapshot, indicator, [1, 2, 3, 4, 5])
    if question.words & _LOW and indicator.pitfalls.text:
        return about_section(snapshot, indicator, "penyebab")
    if question.words & _CHANGED and indicator.changes.text:
        return about_section(snapshot, indicator, "perubahan")
    if question.words & (EVIDENCE | {"dokumen"}):
        return about_section(snapshot, indicator, "bukti")
    return about(snapshot, indicator)


def about(snapshot: Snapshot, indicator: Indicator, confidence: float = 1.0) -> Answer:
    """Say what an indicator is: name, place, weight, what is assessed."""
    text = f"{_head(indicator)} {_place(snapshot, indicator)}\n{indicator.assessed.text}"
    return _answer(
        snapshot,
        indicator,
        f"indikator-{indicator.number}",
        text,
        indicator.assessed.note,
        confidence,
    )


def about_section(
    snapshot: Snapshot, indicator: Indicator, part: str, confidence: float = 1.0
) -> Answer:
    """Give a part of an indicator: ``bukti``, ``penyebab`` (of low levels) or ``perubahan``."""
    # The last two begin with a sentence that names the indicator.
    section, lead = {
        "bukti": (indicator.evidence, f"{_head(indicator)} Contoh bukti dukung:\n"),
        "penyebab": (indicator.pitfalls, ""),
        "perubahan": (indicator.changes, ""),
    }[part]
    return _answer(
        snapshot,
        indicator,
        f"indikator-{indicator.number}",
        f"{lead}{section.text}",
        section.note,
        confidence,
    )


def about_basis(snapshot: Snapshot, indicator: Indicator) -> Answer:
    """Name the provisions that an indicator rests on."""
    citations = [cite(snapshot, ref) for ref in indicator.basis]
    names = wording.listing([c.label for c in merged(citations)])
    first = _answer(
        snapshot,
        indicator,
        f"indikator-{indicator.number}",
        f"{_head(indicator)} Dasar hukumnya: {names}.",
        "",
        1.0,
    )
    return Answer(
        first.kind,
        first.text,
        (*first.citations[:1], *citations),
        status_lines(snapshot, [c.source for c in (*citations, *first.citations)]),
        first.notes,
        suggestions=first.suggestions,
    )


def about_levels(
    snapshot: Snapshot, indicator: Indicator, numbers: list[int], confidence: float = 1.0
) -> Answer:
    """Give criteria and evidence of one level, or set several side by side."""
    levels = [indicator.levels[n - 1] for n in numbers if 1 <= n <= len(indicator.levels)]
    if len(levels) == 1:
        text = f"{_head(indicator)}\n{_level_text(levels[0])}"
    else:
        text = "\n".join(
            [_head(indicator), *(f"Tingkat {lv.number} ({lv.name}): {lv.text}" for lv in levels)]
        )
    note = next((lv.note for lv in levels if lv.note), "")
    locator = f"indikator-{indicator.number}"
    if len(levels) < len(indicator.levels):
        locator += f"-tingkat-{levels[0].number}"
    answer = _answer(snapshot, indicator, locator, text, note, confidence)
    if len(levels) == 1:
        number = levels[0].number
        options = [n for n in (number + 1, number - 1) if 1 <= n <= 5]
        names = tuple(f"Syarat indikator {indicator.number} level {n}?" for n in options)
        return Answer(
            answer.kind,
            answer.text,
            answer.citations,
            answer.status,
            answer.notes,
            confidence=confidence,
            summarised=True,
            suggestions=(*names, f"Dasar hukum indikator {indicator.number}?"),
        )
    return answer


def about_part(snapshot: Snapshot, kind: str, part: Part, confidence: float = 1.0) -> Answer:
    """List the indicators of a domain or aspect, with its weight."""
    first, last = part.indicators
    inside = [snapshot.indicators[n] for n in range(first, last + 1) if n in snapshot.indicators]
    lines = [f"- Indikator {i.number} – {i.short} ({wording.weight(i.weight)})" for i in inside]
    head = (
        f"{kind.title()} {part.number} ({part.name}) berbobot {wording.weight(part.weight)} dan "
        f"memuat {len(inside)} indikator, nomor {first}–{last}:"
    )
    return _listed(snapshot, "\n".join([head, *lines]), inside, confidence)


def several(snapshot: Snapshot, numbers: list[int], confidence: float = 1.0) -> Answer:
    """Name several indicators that fit a question."""
    inside = [snapshot.indicators[n] for n in numbers]
    lines = [f"- {_head(i)} {_place(snapshot, i)}" for i in inside]
    return _listed(snapshot, "\n".join(["Ada beberapa indikator:", *lines]), inside, confidence)


def _listed(snapshot: Snapshot, text: str, inside: list[Indicator], confidence: float) -> Answer:
    citations = cite_indicator(snapshot, f"indikator-{inside[0].number}")
    return Answer(
        Kind.INDICATOR,
        text,
        citations=tuple(citations),
        status=status_lines(snapshot, [c.source for c in citations]),
        notes=(wording.INDICATOR_NOTE,),
        confidence=confidence,
        suggestions=tuple(f"Indikator {i.number} menilai apa?" for i in inside[:3]),
    )


def levels_asked(question: Question, level: int | None = None) -> list[int]:
    """Return the levels a question names: "level 3 dan level 4", "dari level 2 ke 3"."""
    level = level or question.refs.level
    found: list[int] = []
    tokens = question.tokens
    for at, token in enumerate(tokens):
        if token in ("level", "tingkat"):
            rest = tokens[at + 1 : at + 4]
            found += [int(v) for v in rest[:1] if v in _LEVELS]
            if len(rest) == 3 and rest[1] in ("dan", "ke", "dengan", "-", "sampai"):
                found += [int(v) for v in rest[2:] if v in _LEVELS]
    unique = list(dict.fromkeys(found))
    if level is not None and level not in unique:
        unique.insert(0, level)
    if len(unique) == 2 and question.words & set(_RISE):
        return [max(unique)]
    return sorted(unique)


def _head(indicator: Indicator) -> str:
    return f"Indikator {indicator.number} – {indicator.short}."


def _place(snapshot: Snapshot, indicator: Indicator) -> str:
    domain = snapshot.domains[indicator.domain]
    aspect = snapshot.aspects[indicator.aspect]
    return (
        f"Domain {domain.number} ({domain.name}), aspek {aspect.number} ({aspect.name}), "
        f"bobot {wording.weight(indicator.weight)} dari indeks."
    )


def _level_text(level: Level) -> str:
    parts = [f"Tingkat {level.number} ({level.name}): {level.text}"]
    if level.difference:
        parts.append(f"Pembeda dari tingkat sebelumnya: {level.difference}")
    if level.evidence:
        parts.append("Bukti dukung:\n" + "\n".join(f"- {item}" for item in level.evidence))
    return "\n".join(parts)


def _answer(
    snapshot: Snapshot,
    indicator: Indicator,
    locator: str,
    text: str,
    note: str,
    confidence: float,
) -> Answer:
    citations = cite_indicator(snapshot, locator)
    number = indicator.number
    return Answer(
        Kind.INDICATOR,
        text,
        citations=tuple(citations),
        status=status_lines(snapshot, [c.source for c in citations]),
        notes=(*((note,) if note else ()), wording.INDICATOR_NOTE),
        confidence=confidence,
        summarised=True,
        suggestions=(
            f"Bukti dukung indikator {number} level 3?",
            f"Syarat indikator {number} level 4?",
            f"Dasar hukum indikator {number}?",
        ),
    )
