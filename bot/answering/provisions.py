"""The desk that shows a provision: asked for by number, or found by search."""

import re
from collections.abc import Iterable, Sequence

from bot.answering import wording
from bot.answering.answer import Answer, Citation, Kind, merged
from bot.answering.citing import cite, status_lines
from bot.knowledge.lists import items
from bot.knowledge.locator import Ref, label, parent, segments
from bot.knowledge.model import Provision, Regulation, Snapshot

# An item that carries its own letter or number needs no dash before it.
_MARKED = re.compile(r"^( *)- (?=(?:[a-z]{1,2}|\d{1,3})\. )", re.MULTILINE)
# A pasal longer than this is cut in chat behind "lebih lengkap".
LONG_TEXT = 900
# The other ayat of a pasal no longer than this are shown with the one that answers.
SHORT_PASAL = 600
# The pasal of a regulation that changes another are numbered so.
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v"}
DEFAULT_REGULATION = "perpres-95-2018"


def by_reference(
    snapshot: Snapshot, regulation: Regulation, locator: str, *, assumed: bool = False
) -> Answer:
    """Answer "pasal 12 ayat 3": the unit itself, or that it does not exist."""
    locator = _amending(regulation, locator)
    missing = _missing(regulation, locator)
    if missing:
        return Answer(
            Kind.UNKNOWN, missing, suggestions=_neighbours(regulation, locator), confidence=1.0
        )
    text, notes = unit_text(regulation, locator)
    if assumed:
        notes = (*notes, wording.ASSUMED.format(short=regulation.short))
    return finish(snapshot, regulation, locator, text, notes, 1.0)


def finish(
    snapshot: Snapshot,
    regulation: Regulation,
    locator: str,
    text: str,
    notes: tuple[str, ...],
    confidence: float,
    whole: str = "",
) -> Answer:
    """Put citation, status and suggestions around a provision's text.

    ``whole`` stands behind "lebih lengkap"; where it is empty, the text itself if that is cut.
    """
    if regulation.second_hand:
        notes = (*notes, wording.SECOND_HAND.format(short=regulation.short))
    short, more = shorten(_MARKED.sub(r"\1", text))
    more = _MARKED.sub(r"\1", whole) or more
    return Answer(
        Kind.REGULATION,
        short,
        citations=(cite(snapshot, Ref(regulation.id, locator)),),
        status=status_lines(snapshot, [regulation.id]),
        notes=notes,
        confidence=confidence,
        more=more,
        summarised=regulation.content == "ringkasan",
        verbatim=regulation.content == "naskah",
        suggestions=related_questions(regulation, locator),
    )


def basis(snapshot: Snapshot, ref: Ref) -> Answer:
    """Name the unit that an answer rested on, and the regulation it stands in."""
    regulation = snapshot.regulations[ref.source]
    citation = cite(snapshot, ref)
    text = (
        f"Dasarnya {citation.label}: {regulation.kind} Nomor {regulation.number} "
        f"Tahun {regulation.year} tentang {regulation.title}."
    )
    return Answer(
        Kind.REGULATION,
        text,
        (citation,),
        status_lines(snapshot, [regulation.id]),
        suggestions=related_questions(regulation, ref.locator) if ref.locator else (),
    )


def basis_listed(snapshot: Snapshot, citations: tuple[Citation, ...]) -> Answer:
    """Name all that an answer of several grounds rested on."""
    lines = [
        f"- {shown.label}, tentang {snapshot.regulations[shown.source].title}"
        for shown in merged(citations)
    ]
    return Answer(
        Kind.REGULATION,
        "\n".join(["Dasar jawaban tadi:", *lines]),
        citations,
        status_lines(snapshot, [c.source for c in citations]),
    )


def unit_text(regulation: Regulation, locator: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a unit with what lies below it, and its notes."""
    provision = regulation.by_locator.get(locator)
    if provision is None:
        return _item_text(regulation, locator)
    below = regulation.below(locator)
    parts = [_titled(provision)]
    if below and not provision.text:
        # The pasal of an official text have no titles.
        parts = [f"{provision.title}:"] if provision.title else []
    notes = [provision.note] if provision.note else []
    for child in below:
        kind, number = segments(child.locator)[-1]
        mark = f"({number})" if kind == "ayat" else f"{label(f'{kind}-{number}')}:"
        body = child.text if kind == "ayat" else f"{child.title}. {child.text}"
        parts.append(f"{mark} {body}")
        if child.note:
            notes.append(child.note)
    return "\n".join(part for part in parts if part), tuple(notes)


def in_its_pasal(
    regulation: Regulation, locator: str, wanted: Iterable[str] = ()
) -> tuple[str, str, tuple[str, ...]]:
    """Return the text of an ayat, the whole of its pasal after it, and the notes.

    What one ayat grants, the next often limits or hands to somebody: the others stand behind
    "lebih lengkap", or beside it where the pasal is short or the question asks for them.

    Args:
        regulation: Where it stands.
        locator: The ayat; any other unit has no pasal around it.
        wanted: Other ayat of the pasal that answer a further part of the question.
    """
    text, notes = unit_text(regulation, locator)
    kinds = [kind for kind, _ in segments(locator)]
    if kinds != ["pasal", "ayat"]:
        return text, "", notes
    pasal = parent(locator)
    others = [p for p in regulation.below(pasal) if p.text and p.locator != locator]
    if not others:
        return text, "", notes
    asked = [p for p in others if p.locator in set(wanted)]
    length = len(text) + sum(len(p.text) for p in others)
    if length <= SHORT_PASAL or len(asked) + 1 >= len(others):
        asked = others
    if asked:
        lead = wording.ALSO_IN.format(pasal=label(pasal))
        text = "\n".join([text, lead, *map(numbered, asked)])
        notes += tuple(p.note for p in asked if p.note)
    own = [p for p in (regulation.by_locator.get(locator),) if p is not None]
    return text, whole_pasal(regulation, pasal, without=[*own, *asked]), notes


def whole_pasal(regulation: Regulation, pasal: str, without: Sequence[Provision]) -> str:
    """Return all ayat of a pasal under a heading; empty where those given are all of them."""
    units = [p for p in regulation.below(pasal) if p.text]
    if all(p in without for p in units):
        return ""
    return "\n".join([wording.WHOLE.format(pasal=label(pasal)), *map(numbered, units)])


def numbered(ayat: Provision) -> str:
    """Return the text of an ayat after its number: ``(2) …``."""
    return f"({segments(ayat.locator)[-1][1]}) {ayat.text}"


def shorten(text: str) -> tuple[str, str]:
    """Cut a long text at a line break; return the short form and the whole ('' if not cut)."""
    if len(text) <= LONG_TEXT:
        return text, ""
    kept: list[str] = []
    for line in text.splitlines():
        if kept and sum(map(len, kept)) + len(line) > LONG_TEXT:
            break
        kept.append(line)
    return "\n".join(kept), text if len(kept) < len(text.splitlines()) else ""


def related_questions(regulation: Regulation, locator: str) -> tuple[str, ...]:
    """Return up to three questions that the neighbours of a unit answer."""
    own = [p for p in regulation.below(locator) if p.questions]
    if not own and locator in regulation.by_locator:
        own = [regulation.by_locator[locator]]
    places = [n for p in own if (n := regulation.asked_at.get(p.locator)) is not None]
    if not places:
        return ()
    asked = list(regulation.asked_at)
    first, last = min(places), max(places)
    near = asked[last + 1 : last + 3] + asked[max(first - 1, 0) : first]
    return tuple(regulation.by_locator[name].questions[0] for name in near)[:3]


def _titled(provision: Provision) -> str:
    if provision.defines and not provision.text.startswith(provision.title.split(" (")[0]):
        return f"{provision.title}: {provision.text}"
    return provision.text


def _item_text(regulation: Regulation, locator: str) -> tuple[str, tuple[str, ...]]:
    """Return one list item (huruf, angka) with the sentence that leads into it."""
    host, wanted = _host(regulation, locator)
    if host is None:
        below = regulation.below(locator)
        return "\n".join(f"{label(p.locator)}: {p.text}" for p in below), ()
    lead = next((ln for ln in host.text.splitlines() if not ln.lstrip().startswith("- ")), "")
    found = [
        f"- {p.split('-')[-1]}. {t}"
        for p, t in items(host.text)
        if p == wanted or p.startswith(wanted + "-")
    ]
    return "\n".join([lead, *found]).strip(), (host.note,) if host.note else ()


def _host(regulation: Regulation, locator: str) -> tuple[Provision | None, str]:
    head, tail = locator, ""
    while head:
        provision = regulation.by_locator.get(head)
        if provision is not None:
            return provision, tail
        up = parent(head)
        last = head[len(up) :].lstrip("-")
        head, tail = up, f"{last}-{tail}" if tail else last
    return None, ""


def _amending(regulation: Regulation, locator: str) -> str:
    """Return the locator of "pasal 1" in a regulation that changes another: its Pasal I."""
    number = locator.split("-")[1] if locator.startswith("pasal-") else ""
    pasal = f"pasal-{_ROMAN.get(number, '')}"
    known = pasal in regulation.by_locator or regulation.below(pasal)
    return locator.replace(f"pasal-{number}", pasal, 1) if known else locator


def _missing(regulation: Regulation, locator: str) -> str:
    """Say why a unit cannot be shown, or nothing when it can."""
    short, name = regulation.short, label(locator)
    pasal = "-".join(locator.split("-")[:2])
    for skipped in (locator, pasal):
        if skipped in regulation.skipped:
            return wording.SKIPPED_UNIT.format(
                label=label(skipped), short=short, note=regulation.skipped[skipped]
            )
    if locator in regulation.by_locator or regulation.below(locator):
        return ""
    last = regulation.last_pasal
    if not last:
        if regulation.content == "naskah" and regulation.provisions:
            return wording.NO_SUCH_UNIT.format(label=name, short=short)
        return wording.NO_TEXT.format(short=short)
    if pasal in regulation.omitted:
        return wording.NOT_LOADED.format(label=label(pasal), short=short)
    if not (pasal in regulation.by_locator or regulation.below(pasal)):
        number = int("".join(filter(str.isdigit, pasal.split("-")[1])))
        if number > last or number == 0:
            return wording.NO_SUCH_PASAL.format(short=short, last=last, label=label(pasal))
        return wording.NO_SUCH_UNIT.format(label=label(pasal), short=short)
    host, wanted = _host(regulation, locator)
    if host is not None and any(path == wanted for path, _ in items(host.text)):
        return ""
    return wording.NO_SUCH_UNIT.format(label=name, short=short)


def _neighbours(regulation: Regulation, locator: str) -> tuple[str, ...]:
    pasal = "-".join(locator.split("-")[:2])
    if pasal in regulation.by_locator or regulation.below(pasal):
        return (f"Isi {label(pasal)} {regulation.short}",)
    return (regulation.questions[0],) if regulation.questions else ()
