"""The desk of the status of regulations: in force or not, by what revoked, what replaced it."""

from itertools import pairwise

from bot.answering import wording
from bot.answering.answer import Answer, Citation, Kind
from bot.answering.citing import cite, status_lines
from bot.answering.question import Question
from bot.knowledge.locator import Ref
from bot.knowledge.model import Provision, Regulation, Relation, Snapshot
from bot.language.lexicon import (
    DIFFERENCE_WORDS,
    ENACTED_WORDS,
    IMPLEMENTING_WORDS,
    REVOKING_WORDS,
    STATUS_WORDS,
)

_DATE_WORDS = ("kapan", "tanggal berapa", "tanggal")
_SINCE = ("mulai berlaku", "berlaku mulai", "berlaku sejak")
_SINCE_WHEN = ("sejak kapan", "mulai kapan", "kapan mulai", "mulai tanggal", "sejak tanggal")


def wanted(question: Question) -> bool:
    """Whether a question asks for the status, dates or difference of a regulation."""
    words = question.words
    if "?berapa" in question.analysis.features and not words & REVOKING_WORDS:
        # "berlaku berapa tahun?" asks how long something that a rule speaks of holds.
        return bool(words & ENACTED_WORDS and question.has(*_DATE_WORDS))
    if words & STATUS_WORDS or words & REVOKING_WORDS:
        return True
    if words & ENACTED_WORDS and question.has(*_DATE_WORDS):
        return True
    if _asks_implementing(question):
        return True
    return bool(words & DIFFERENCE_WORDS) and len(question.refs.regulations) > 1


def answer(snapshot: Snapshot, regulation: Regulation, question: Question) -> Answer | None:
    """Answer about the status of one regulation, or None when search should."""
    words = question.words
    others = [snapshot.regulations[m.id] for m in question.refs.regulations[1:] if m.id]
    if words & DIFFERENCE_WORDS and others:
        return _difference(snapshot, regulation, others[0])
    if _asks_implementing(question):
        return _implementing(snapshot, regulation)
    if _named_as_agent(question):
        return _what_it_revoked(snapshot, regulation)
    passive = words & {"dicabut", "diganti", "digantikan", "berlaku", "pengganti", "penggantinya"}
    if words & REVOKING_WORDS and not passive and not _is_replaced(question):
        return _what_it_revoked(snapshot, regulation)
    if question.has(*_SINCE) or (words & {"berlaku", "berlakunya"} and question.has(*_SINCE_WHEN)):
        return _dates(snapshot, regulation, effective=True)
    if words & ENACTED_WORDS and question.has(*_DATE_WORDS):
        return _dates(snapshot, regulation)
    return _status(snapshot, regulation)


def card(snapshot: Snapshot, regulation: Regulation, confidence: float = 1.0) -> Answer:
    """Introduce a regulation: official name, what it is about, status."""
    text = ". ".join(part for part in (_official(regulation), _summary(regulation)) if part)
    text = text.rstrip(".") + "."
    return _answer(snapshot, regulation, text, [Ref(regulation.id)], Kind.REGULATION, confidence)


def _named_as_agent(question: Question) -> bool:
    """Whether the regulation is what revokes: "aturan apa yang dicabut oleh permenpan 59"."""
    mention = question.refs.regulation
    if mention is None or not mention.start:
        return False
    before = question.tokens[: mention.start]
    passive = {"dicabut", "diganti", "digantikan", "dihapus"}
    if before[-2:-1] == ("yang",) and before[-1] in passive:
        return True
    return before[-1] in ("oleh", "sama", "dengan") and bool(set(before) & passive)


def _is_replaced(question: Question) -> bool:
    """Whether the regulation is what was replaced: "aturan apa yang menggantikan permen 5"."""
    mention = question.refs.regulation
    before = question.tokens[: mention.start] if mention is not None else ()
    return bool(REVOKING_WORDS & set(before) and {"apa", "mana", "yang"} & set(before))


def _asks_implementing(question: Question) -> bool:
    """Whether the rules under a regulation are asked: "aturan turunan perpres 95"."""
    rules = {"aturan", "peraturan", "regulasi", "permen", "juknis", "turunan", "turunannya"}
    return bool(question.words & IMPLEMENTING_WORDS and question.words & rules)


def _implementing(snapshot: Snapshot, regulation: Regulation) -> Answer | None:
    """List the rules that carry a regulation out, in force first."""
    listed = [r.target for r in regulation.related("dilaksanakan_oleh")]
    listed += [
        other.id
        for other in snapshot.regulations.values()
        if not other.region
        and any(r.target == regulation.id for r in other.related("melaksanakan"))
    ]
    others = [snapshot.regulations[i] for i in dict.fromkeys(listed) if i in snapshot.regulations]
    if not others:
        return None
    others.sort(key=lambda r: (r.status == "dicabut", r.year))
    lines = [f"- {r.short} tentang {r.title} ({wording.STATUS[r.status]})" for r in others]
    text = "\n".join([f"Peraturan yang melaksanakan {regulation.short}:", *lines])
    refs = [Ref(regulation.id), *(Ref(other.id) for other in others)]
    return _answer(snapshot, regulation, text, refs, Kind.STATUS, 1.0)


def _status(snapshot: Snapshot, regulation: Regulation) -> Answer:
    revoked = regulation.related("dicabut_oleh")
    changed = regulation.related("diubah_oleh")
    refs = [Ref(regulation.id)]
    if revoked:
        chain = _chain(snapshot, regulation)
        refs = [Ref(r.target, r.basis) for r in chain[:1]] + refs
        refs += [Ref(r.target, r.basis) for r in chain[1:]]
        text = f"Tidak berlaku lagi: {_official(regulation)} {_revoked_by(snapshot, chain[0])}."
        for earlier, relation in pairwise(chain):
            name = snapshot.regulations[earlier.target].short
            text += f" {name} sendiri kemudian {_revoked_by(snapshot, relation)}."
        notes = [r.note for r in chain if r.note]
    else:
        state = {
            "berlaku": f"Ya, {_official(regulation)} masih berlaku",
            "tanpa_pencabutan": f"Belum ditemukan peraturan yang mencabut {_official(regulation)}",
            "diragukan": f"Keberlakuan {_official(regulation)} diragukan",
        }.get(regulation.status, f"Status {_official(regulation)} belum diketahui")
        text = (
            f"{state}, menurut pemeriksaan {wording.day(regulation.status_date)} "
            f"({regulation.status_source})."
        )
        if regulation.status == "tidak_diketahui":
            text += f" {wording.CHECK_STATUS}"
        notes = []
        if regulation.status == "diragukan":
            text += _parents_gone(snapshot, regulation, refs)
    for relation in changed:
        other = snapshot.regulations.get(relation.target)
        text += f" Diubah oleh {other.short if other else relation.target}."
        refs.append(Ref(relation.target, relation.basis))
    return _answer(snapshot, regulation, text, refs, Kind.STATUS, 1.0, tuple(notes))


def _parents_gone(snapshot: Snapshot, regulation: Regulation, refs: list[Ref]) -> str:
    """Name what a text of doubtful status rests on, where that was revoked."""
    out = ""
    for relation in regulation.related("melaksanakan"):
        parent = snapshot.regulations.get(relation.target)
        revoked = parent.related("dicabut_oleh") if parent else []
        if parent and revoked:
            refs.append(Ref(revoked[0].target, revoked[0].basis))
            out += f" Induknya, {parent.short}, sudah {_revoked_by(snapshot, revoked[0])}."
    return out


def _what_it_revoked(snapshot: Snapshot, regulation: Regulation) -> Answer | None:
    relations = regulation.related("mencabut")
    if not relations:
        return None
    names = [_name(snapshot, r.target) for r in relations]
    basis = relations[0].basis
    where = f" ({cite(snapshot, Ref(regulation.id, basis)).label})" if basis else ""
    text = f"{regulation.short} mencabut {wording.listing(names)}{where}."
    refs = [Ref(regulation.id, basis), *(Ref(r.target) for r in relations)]
    return _answer(snapshot, regulation, text, refs, Kind.STATUS, 1.0)


def _dates(
    snapshot: Snapshot, regulation: Regulation, *, effective: bool = False
) -> Answer | None:
    parts = []
    if regulation.enacted:
        at = f" di {regulation.place}" if regulation.place else ""
        parts.append(f"ditetapkan{at} pada {wording.day(regulation.enacted)}")
    if regulation.promulgated:
        parts.append(f"diundangkan pada {wording.day(regulation.promulgated)}")
    clause = _commencement(regulation)
    if effective and clause is None and regulation.effective is None:
        return None
    if regulation.effective:
        parts.append(f"mulai berlaku {wording.day(regulation.effective)}")
    if not parts and clause is None:
        return None
    text = f"{_official(regulation)} {wording.listing(parts)}." if parts else ""
    refs = [Ref(regulation.id)]
    if clause is not None:
        refs.insert(0, Ref(regulation.id, clause.locator))
        if effective:
            text = f"{clause.text} {text}".strip()
    return _answer(snapshot, regulation, text, refs, Kind.STATUS, 1.0)


def _commencement(regulation: Regulation) -> Provision | None:
    """Return the closing provision that says when the regulation takes effect."""
    closing = [p for p in regulation.provisions if p.locator.startswith("pasal-")][-3:]
    return next(
        (p for p in reversed(closing) if "berlaku" in p.title.lower() + p.text.lower()), None
    )


def _difference(snapshot: Snapshot, one: Regulation, other: Regulation) -> Answer:
    text = "\n".join(
        "- " + ": ".join(part for part in (_official(r), _summary(r)) if part)
        for r in (one, other)
    )
    refs = [Ref(one.id), Ref(other.id)]
    for relation in (*one.related("dicabut_oleh"), *other.related("dicabut_oleh")):
        if relation.target in (one.id, other.id):
            revoked = one if relation.target == other.id else other
            text += f"\n{revoked.short} {_revoked_by(snapshot, relation)}."
    return _answer(snapshot, one, text, refs, Kind.STATUS, 1.0)


def _chain(snapshot: Snapshot, regulation: Regulation) -> list[Relation]:
    """Follow "dicabut_oleh" to the text that stands at the end."""
    out: list[Relation] = []
    seen = {regulation.id}
    current: Regulation | None = regulation
    while current is not None:
        revoked = current.related("dicabut_oleh")
        if not revoked or revoked[0].target in seen:
            break
        out.append(revoked[0])
        seen.add(revoked[0].target)
        current = snapshot.regulations.get(revoked[0].target)
    return out


def _revoked_by(snapshot: Snapshot, relation: Relation) -> str:
    other = snapshot.regulations.get(relation.target)
    name = other.cite(relation.basis) if other else relation.target
    when = f" pada {wording.day(relation.since)}" if relation.since else ""
    return f"dicabut oleh {name}{when}"


def _name(snapshot: Snapshot, source: str) -> str:
    regulation = snapshot.regulations.get(source)
    return f"{_official(regulation)}" if regulation else source


def _summary(regulation: Regulation) -> str:
    """Return the summary, unless it says no more than the name."""
    name = f"{regulation.kind} Nomor {regulation.number} Tahun {regulation.year}"
    return "" if regulation.summary.startswith(name) else regulation.summary


def _official(regulation: Regulation) -> str:
    return (
        f"{regulation.kind} Nomor {regulation.number} Tahun {regulation.year} tentang "
        f"{regulation.title} ({regulation.short})"
    )


def _answer(
    snapshot: Snapshot,
    regulation: Regulation,
    text: str,
    refs: list[Ref],
    kind: Kind,
    confidence: float,
    notes: tuple[str, ...] = (),
) -> Answer:
    citations: list[Citation] = [cite(snapshot, ref) for ref in dict.fromkeys(refs)]
    second_hand = [
        snapshot.regulations[c.source]
        for c in citations
        if c.source in snapshot.regulations and snapshot.regulations[c.source].second_hand
    ]
    notes += tuple(wording.SECOND_HAND.format(short=r.short) for r in dict.fromkeys(second_hand))
    suggestions = list(regulation.questions[:2])
    successor = regulation.related("dicabut_oleh")
    if successor and successor[0].target in snapshot.regulations:
        suggestions.insert(0, f"{snapshot.regulations[successor[0].target].short} tentang apa?")
    return Answer(
        kind,
        text,
        tuple(citations),
        status_lines(snapshot, [c.source for c in citations]),
        notes,
        suggestions=tuple(suggestions[:3]),
        confidence=confidence,
    )
