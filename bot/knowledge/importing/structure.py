"""Finds the body of a regulation and divides it into BAB, Bagian, Paragraf, Pasal and ayat."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.knowledge.importing.ayat import count_marks, split_ayat
from bot.knowledge.importing.chain import Candidate, best_chain, missing_numbers
from bot.knowledge.importing.clean import join
from bot.knowledge.importing.decrees import diktum
from bot.knowledge.importing.endings import ANNEX, annexes, lost_at_the_end, with_notes
from bot.knowledge.importing.gaps import fill_gaps
from bot.knowledge.importing.headings import (
    chapter_candidates,
    pasal_candidates,
    roman_candidates,
    starts_like,
)
from bot.knowledge.importing.model import Ayat, Chapter, Line, Pasal
from bot.knowledge.importing.numerals import to_roman
from bot.knowledge.importing.spans import spans_of

_STRONG = 3.5
_RANK = {"bab": 0, "bagian": 1, "paragraf": 2}
_CLOSINGS = (
    "Agar setiap orang mengetahuinya",
    "Agar setiap orang dapat mengetahuinya",
    "Agar supaya setiap orang",
)
_SIGNED = re.compile(r"^\W{0,2}D[il1](?:tetapkan|sahkan|undangkan)\s+d[il1]\b\s*(?:[A-Z.…].*)?$")
_MOST_SIGNED = 70
_ENACTING = "MEMUTUSKAN"
_AYAT_NAMED = re.compile(r"(?i)\bayat\s*\((?:\d+|[Il])\)")


@dataclass(slots=True)
class Structure:
    """What the body holds, and the doubts about it."""

    chapters: list[Chapter] = field(default_factory=list)
    pasal: list[Pasal] = field(default_factory=list)
    annexes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_structure(
    lines: Sequence[Line], *, amendment: bool, paragraphs: bool = False
) -> Structure:
    """Read the body of a regulation.

    Args:
        lines: All cleaned lines of the document.
        amendment: Whether it amends another one: its own articles bear roman numerals.
        paragraphs: Whether each line is a whole paragraph.
    """
    out = Structure()
    start, end = body(lines, out.warnings)
    chain, romans = _articles(lines, start, end, amendment, out.warnings)
    chapters = [] if romans else best_chain(chapter_candidates(lines, start, end))
    if missing := missing_numbers(chapters):
        shown = ", ".join(f"BAB {to_roman(n)}" for n in missing if n < 100)
        out.warnings.append(f"{shown} tidak ditemukan; periksa penomoran bab.")
    spans = spans_of(lines, chain, chapters, start, end)
    lost = _numbers_lost([span.text for span in spans], paragraphs)
    above: tuple[Chapter, ...] = ()
    counted: list[str] = []
    for item, span in zip(chain, spans, strict=True):
        for heading in span.headings:
            above = (*(h for h in above if _RANK[h.kind] < _RANK[heading.kind]), heading)
            if heading.kind == "bab":
                out.chapters.append(heading)
        number = to_roman(item.number) if romans else f"{item.number}{item.suffix}"
        if romans and _quotes(span.text):
            # The ayat in here belong to the articles that are quoted.
            ayat: tuple[Ayat, ...] = (Ayat(0, tuple(span.text)),)
            doubts: list[str] = []
        else:
            ayat, doubts = split_ayat(span.text, lost=lost)
        if lost and len(ayat) > 1 and not count_marks(span.text):
            counted.append(number)
        place = lines[item.at]
        out.warnings += [f"Pasal {number} ({place.say()}): {doubt}." for doubt in doubts]
        out.pasal.append(Pasal(number, above, ayat, place))
    if counted:
        out.warnings.append(
            f"Nomor ayat hilang dari teks pada Pasal {', '.join(counted)}; ayat disusun dari "
            "urutan kalimat. Cocokkan dengan naskah."
        )
    out.warnings += lost_at_the_end(out.pasal)
    if not romans:
        out.pasal = with_notes(out.pasal, lines[end:])
    out.annexes = annexes(lines[end:])
    return out


def body(lines: Sequence[Line], warnings: list[str]) -> tuple[int, int]:
    """Return where the body starts (after the words of enactment) and ends."""
    start = next((at for at, line in enumerate(lines) if _enacts(line.text)), None)
    if start is None:
        start = next(
            (at for at, line in enumerate(lines) if starts_like(line.text, "Menetapkan")), -1
        )
        warnings.append("“MEMUTUSKAN” tidak ditemukan; awal batang tubuh mungkin keliru.")
    for at in range(start + 2, len(lines)):
        text = lines[at].text
        signed = len(text) <= _MOST_SIGNED and _SIGNED.match(text)
        if signed or _orders_publication(lines, at):
            return start + 1, at
        if at > start + 10 and re.fullmatch(r"\W*P\s?E\s?N\s?J\s?E\s?L\s?A\s?S\s?A\s?N\W*", text):
            return start + 1, at
        if at > start + 10 and ANNEX.match(text):
            return start + 1, at
    warnings.append("Bagian penutup (“Ditetapkan di …”) tidak ditemukan.")
    return start + 1, len(lines)


def _orders_publication(lines: Sequence[Line], at: int) -> bool:
    """Whether the closing formula starts here; a law on laws may have its words in an article."""
    if not any(starts_like(lines[at].text, closing) for closing in _CLOSINGS):
        return False
    near = join(lines[at : at + 3]).lower()
    return "memerintah" in near or any(_SIGNED.match(li.text) for li in lines[at : at + 12])


def _enacts(text: str) -> bool:
    letters = re.sub(r"[^A-Za-z]", "", text[:60])[: len(_ENACTING)]
    return letters.isupper() and starts_like(letters, _ENACTING)


def _articles(
    lines: Sequence[Line], start: int, end: int, amendment: bool, warnings: list[str]
) -> tuple[list[Candidate], bool]:
    if amendment:
        romans = best_chain(roman_candidates(lines, start, end))
        if romans and romans[0].number == 1:
            if len(romans) == 1:
                warnings.append("Hanya Pasal I yang ditemukan; Pasal II biasanya ada.")
            return romans, True
        warnings.append("Judulnya perubahan, tetapi Pasal I dan Pasal II tidak ditemukan.")
    candidates = pasal_candidates(lines, start, end)
    chain, read = fill_gaps(lines, best_chain(candidates), start, end)
    warnings += [f"{doubt}." for doubt in read]
    if not chain:
        warnings.append(_no_articles(lines, start, end))
    expected = 1
    for item in chain:
        if item.number > expected:
            gap = str(expected) if item.number == expected + 1 else f"{expected}–{item.number - 1}"
            warnings.append(
                f"Pasal {gap} tidak ditemukan sebelum Pasal {item.number} "
                f"({lines[item.at].say()}); mungkin memang dilompati naskah."
            )
        expected = item.number + 1
    chosen = {item.at for item in chain}
    unused = [c.at for c in candidates if c.score >= _STRONG and c.at not in chosen]
    warnings += [
        f"“{lines[at].text[:40]}” ({lines[at].say()}) tampak sebagai judul tetapi tidak urut; "
        "dibaca sebagai isi Pasal di atasnya."
        for at in dict.fromkeys(unused)
    ]
    return chain, False


def _no_articles(lines: Sequence[Line], start: int, end: int) -> str:
    found = diktum(lines, start, end)
    if len(found) < 2:
        return (
            "Tidak ada judul Pasal yang ditemukan. "
            "Perbaikan: pastikan berkasnya naskah peraturan, bukan lampiran atau salindia."
        )
    return (
        f"Naskah ini keputusan dengan {len(found)} diktum ({found[0]} sampai {found[-1]}), bukan "
        "Pasal; isi diktum tidak diimpor. Perbaikan: tulis diktumnya sebagai catatan."
    )


def _quotes(lines: Sequence[Line]) -> bool:
    """Whether an article of an amendment quotes others in their new wording."""
    return any(
        re.match(r"^\W{0,2}Pasa[l1iI]\s\d+\s?\w?\W*$", line.text) for line in lines
    ) or bool(re.search(r"diubah|disisipkan|dihapus", join(lines[:12])))


def _numbers_lost(texts: Sequence[Sequence[Line]], paragraphs: bool) -> bool:
    if not paragraphs or not texts:
        return False
    named = sum(len(_AYAT_NAMED.findall(line.text)) for text in texts for line in text)
    marks = sum(count_marks(text) for text in texts)
    return named >= 5 and marks < 0.4 * len(texts)
