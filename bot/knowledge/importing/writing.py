"""Writes an imported regulation as a knowledge file, ``regulasi/<id>.md`` with ``isi: naskah``."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import yaml

from bot.knowledge.document import LABELS
from bot.knowledge.importing.clean import join
from bot.knowledge.importing.kinds import KINDS
from bot.knowledge.importing.model import (
    Ayat,
    Chapter,
    DocumentError,
    Identity,
    ImportedRegulation,
    Line,
    Pasal,
)
from bot.knowledge.importing.titles import Casing, casing, title_case

_ITEM = re.compile(r"^(?:[a-z]{1,2}|\d{1,3}|[ivx]{1,4})[.)]\s")
_NUMBERED = re.compile(r"^(\d{1,3})\s?[.,]\s*(?=[A-Z0-9“\"(])")
_DEFINES = re.compile(r"(?i)dimaksud\s+dengan\s*:?\s*$")
_CONTEXT = re.compile(r"(?i)(?:BAB\s[IVXLC]+|Bagian\s(?:ke\w+|pertama)|Paragraf\s\d+)$")
# "Sistem Pemerintahan Berbasis Elektronik yang selanjutnya disingkat SPBE"
_SHORTENED = re.compile(
    r"((?:[A-Z]\w+(?:\s(?:dan|dan/atau)\s|[\s,]+)){2,8})"
    r"yang\sselanjutnya\s(?:disingkat|disebut)\s([A-Z]{2,8})\b"
)
_MOST_ALIASES = 3
_LONGEST_NOTE = 600


def knowledge_id(identity: Identity) -> str:
    """Return the id of the file, such as ``perbup-luwu-utara-5-2023``.

    Raises:
        DocumentError: Kind, number or year is unknown, as in a draft.
    """
    number = re.match(r"\d+[A-Za-z]?", identity.number)
    if not identity.kind or number is None or identity.year is None:
        raise DocumentError(
            "Jenis, nomor, atau tahun peraturan ini tidak diketahui, jadi tidak dapat disimpan. "
            "Perbaikan: impor naskah yang sudah bernomor."
        )
    named = identity.issuer if _follows(identity) else ""
    place = re.sub(r"^(?:Provinsi|Kabupaten|Kota|Kementerian)\s+", "", named)
    words = re.findall(r"[a-z]+", place.lower())
    parts = [identity.kind, *words, number[0].lower(), str(identity.year)]
    return "-".join(parts)


def knowledge_file(regulation: ImportedRegulation, file_name: str, today: date) -> str:
    """Write the file's text.

    Args:
        regulation: What was read.
        file_name: The name of the imported file, told as the source.
        today: The day of the import.
    """
    cased = casing([line for p in regulation.pasal for a in p.ayat for line in a.lines])
    header = _header(regulation, file_name, today, cased)
    lines = ["---", yaml.safe_dump(header, allow_unicode=True, sort_keys=False, width=10_000)]
    lines[-1] = lines[-1].rstrip()
    lines.append("---")
    above: tuple[Chapter, ...] = ()
    for pasal in regulation.pasal:
        for at, heading in enumerate(pasal.headings):
            if above[: at + 1] != pasal.headings[: at + 1] and _CONTEXT.match(heading.name):
                title = title_case(heading.title, cased)
                lines += ["", f"# {heading.name} — {title}" if title else f"# {heading.name}"]
        above = pasal.headings
        lines += ["", f"## Pasal {pasal.number}", *_pasal(pasal)]
    for at, annex in enumerate(regulation.annexes[:50], 1):
        lines += ["", f"# Lampiran {at}", _guarded(annex)]
        lines.append("Catatan: Isi lampiran tidak diimpor; lihat naskah resminya.")
    return "\n".join(lines) + "\n"


def _header(
    regulation: ImportedRegulation, file_name: str, today: date, cased: Casing
) -> dict[str, Any]:
    identity = regulation.identity
    kind = next(k for k in KINDS if k.id == identity.kind and k.name == identity.kind_name)
    place = re.sub(r"^(?:Provinsi|Kabupaten|Kota|Kementerian)\s+", "", identity.issuer)
    follows = _follows(identity)
    if identity.kind == "perda":
        name = f"{kind.name} {identity.issuer}"
    elif identity.kind.startswith("peraturan-badan"):
        name = f"{kind.name.split()[0]} {identity.issuer}"
    else:
        name = f"{kind.name} {place}" if follows else kind.name
    number = re.sub(r"^(\d+[A-Za-z]?).*$", r"\1", identity.number)
    title = identity.title or f"{name} Nomor {identity.number}"
    short_name = f"{kind.short} {place}" if follows and kind.placed else kind.short
    if follows and not kind.placed:
        short_name = name
    short = f"{short_name} {number}/{identity.year}"
    source = " ".join(re.findall(r"[\w.()-]+", file_name))[:120] or "tanpa nama"
    shortened = _abbreviations(regulation.pasal, title)
    named = f"{short_name} tentang {title}" if identity.region else f"Peraturan tentang {title}"
    header: dict[str, Any] = {
        "id": knowledge_id(identity),
        "jenis": name,
        "nomor": int(identity.number) if identity.number.isdecimal() else identity.number,
        "tahun": identity.year,
        "judul": title,
        "sebutan": short,
        "teu": identity.issuer,
        "tempat_penetapan": identity.place,
        "tanggal_penetapan": identity.enacted,
        "status": "tidak_diketahui",
        "status_diperiksa": {"tanggal": today, "sumber": f"Impor dari berkas {source}"},
        "alias": [f"{kind.short} {word} {place}" for word in shortened if identity.region],
        "wilayah": identity.region,
        "isi": "naskah",
        "ringkasan": _summary(regulation, cased),
        "tidak_ada": _skipped(regulation.pasal),
        "tanya": [
            f"{short} tentang apa?",
            f"{named} nomor berapa?",
            f"Apa isi {name} Nomor {identity.number} Tahun {identity.year}?",
        ],
        "kata": shortened,
    }
    return {key: value for key, value in header.items() if value not in ("", None, {}, [])}


def _summary(regulation: ImportedRegulation, cased: Casing) -> str:
    """Say how long the text is and what its chapters are on."""
    chapters = [title_case(c.title, cased) for c in regulation.chapters if c.kind == "bab"]
    named = "; ".join(dict.fromkeys(title for title in chapters if title))
    text = f"Naskah resmi, {len(regulation.pasal)} pasal" + (f": {named}" if named else "")
    return f"{_cut(text)}."


def _abbreviations(pasal: Sequence[Pasal], title: str) -> list[str]:
    """Return what the text itself shortens words of its title to: SPBE, TIK."""
    text = join([line for p in pasal[:1] for ayat in p.ayat for line in ayat.lines])
    return list(
        dict.fromkeys(
            found[2]
            for found in _SHORTENED.finditer(text)
            if re.sub(r"\W+", " ", found[1]).strip().lower() in title.lower()
        )
    )[:_MOST_ALIASES]


def _follows(identity: Identity) -> bool:
    """Whether the issuer's name follows the kind ("Peraturan Bupati Luwu Utara")."""
    return not identity.issuer.startswith("Presiden")


def _skipped(pasal: Sequence[Pasal]) -> dict[str, str]:
    out: dict[str, str] = {}
    expected = 1
    for item in pasal:
        if not item.number[0].isdecimal():
            return {}
        number = int(re.match(r"\d+", item.number)[0])  # type: ignore[index]
        for missing in range(expected, number):
            out[f"pasal-{missing}"] = "tidak ditemukan dalam berkas yang diimpor"
        expected = number + 1
    return out


def _pasal(pasal: Pasal) -> Iterator[str]:
    numbered: set[str] = set()
    opening = [a for a in pasal.ayat if not a.number]
    for ayat in opening:
        yield from _unnumbered(ayat)
    if pasal.note:
        yield f"Catatan: Penjelasan resmi: {_cut(pasal.note)}"
    for ayat in pasal.ayat:
        if ayat.number and ayat.label not in numbered:
            numbered.add(ayat.label)
            yield f"### Ayat ({ayat.label})"
            yield from _text(ayat.lines)


def _unnumbered(ayat: Ayat) -> Iterator[str]:
    """Text without ayat; the terms of a Pasal of definitions become units of their own."""
    starts = [at for at, line in enumerate(ayat.lines) if _NUMBERED.match(line.text)]
    first = starts[0] if starts else 0
    if len(starts) < 2 or not _DEFINES.search(join(ayat.lines[:first])):
        yield from _text(ayat.lines)
        return
    yield from _text(ayat.lines[:first])
    expected = 1
    group: list[Line] = []
    for line in ayat.lines[first:]:
        found = _NUMBERED.match(line.text)
        if found and int(found[1]) == expected:
            yield from _term(expected - 1, group)
            group = [line.with_text(line.text[found.end() :])]
            expected += 1
        else:
            group.append(line)
    yield from _term(expected - 1, group)


def _term(number: int, lines: Sequence[Line]) -> Iterator[str]:
    if not number:
        yield from _text(lines)
        return
    text = join(lines)
    term = re.split(r"\s(?:adalah|ialah|merupakan|yang\sselanjutnya)\s", text, maxsplit=1)[0]
    short = re.search(r"selanjutnya\s(?:disebut|disingkat)\s(\S.{0,40}?)\s(?:adalah|ialah)", text)
    title = re.sub(r"\s[—–-]\s", " ", term)[:80].strip(" ,")
    if short and title:
        title += f" ({short[1].strip(' ,')})"
    yield f"### Angka {number} — {title}" if title else f"### Angka {number}"
    yield from _text(lines)


def _text(lines: Sequence[Line]) -> Iterator[str]:
    """Running text, with each item of a list on a line."""
    group: list[Line] = []
    for line in lines:
        if _ITEM.match(line.text) and group:
            yield from _paragraph(group)
            group = []
        group.append(line)
    yield from _paragraph(group)


def _paragraph(group: Sequence[Line]) -> Iterator[str]:
    text = join(group)
    if text:
        yield f"- {text}" if _ITEM.match(text) else _guarded(text)


def _guarded(text: str) -> str:
    """Keep text from being read as a heading or a field of the knowledge format."""
    word = re.match(r"([A-Z][a-z]+):", text)
    if text.startswith(("#", "---")) or (word and len(word[1]) <= max(map(len, LABELS)) + 1):
        return f" {text}"
    return text


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_NOTE else f"{text[:_LONGEST_NOTE].rsplit(' ', 1)[0]} …"
