"""Citations and status lines: what every legal statement carries."""

from collections.abc import Iterable

from bot.answering import wording
from bot.answering.answer import Citation
from bot.knowledge.locator import Ref, label
from bot.knowledge.model import Regulation, Snapshot
from bot.retrieval.passages import INDICATOR_SOURCES


def cite(snapshot: Snapshot, ref: Ref) -> Citation:
    """Cite a unit of a regulation, an indicator, a report or an article."""
    regulation = snapshot.regulations.get(ref.source)
    if regulation is not None:
        return Citation(ref.source, ref.locator, regulation.cite(ref.locator), regulation.url)
    if ref.locator.startswith("indikator-"):
        return Citation(INDICATOR_SOURCES[0], ref.locator, label(ref.locator))
    source = snapshot.sources.get(ref.source)
    if source is not None:
        return Citation(source.id, "", source.label, source.url)
    return Citation(ref.source, ref.locator, str(ref))


def cite_indicator(snapshot: Snapshot, locator: str) -> list[Citation]:
    """Cite an indicator in each text that carries it, the one applied last first."""
    return [
        cite(snapshot, Ref(source, locator))
        for source in INDICATOR_SOURCES
        if source in snapshot.regulations
    ]


def status_lines(snapshot: Snapshot, sources: Iterable[str], limit: int = 4) -> tuple[str, ...]:
    """Say of each regulation, in order and once, whether it is in force."""
    lines = []
    for source in dict.fromkeys(sources):
        regulation = snapshot.regulations.get(source)
        if regulation is not None:
            lines.append(f"{regulation.short} {status_phrase(snapshot, regulation)}.")
    return tuple(lines[:limit])


def status_phrase(snapshot: Snapshot, regulation: Regulation) -> str:
    """Say whether a regulation is in force, by what it was revoked, and when that was checked."""
    checked = f"diperiksa {wording.day(regulation.status_date)}"
    phrase = wording.STATUS[regulation.status]
    revoked = regulation.related("dicabut_oleh")
    if revoked:
        other = snapshot.regulations.get(revoked[0].target)
        by = other.short if other else revoked[0].target
        when = f", {wording.day(revoked[0].since)}" if revoked[0].since else ""
        hand = ", menurut sumber tangan kedua" if other and other.second_hand else ""
        return f"dicabut oleh {by}{when} ({checked}{hand})"
    if regulation.status in ("tanpa_pencabutan", "tidak_diketahui"):
        return f"{phrase} ({checked}); pastikan di JDIH"
    return f"{phrase} ({checked})"


def official_url(snapshot: Snapshot, citations: Iterable[Citation]) -> str:
    """Return the first official link among citations, or nothing."""
    return next((c.url for c in citations if c.url and c.source in snapshot.regulations), "")
