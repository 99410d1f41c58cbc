"""Reads the paragraphs of a DOCX with the numbers that Word would print before them.

The package is read by the standard library: python-docx does not give the printed numbers of
automatic lists, which in a regulation are the numbers of its ayat and huruf.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from bot.knowledge.archives import (
    ArchiveError,
    Limits,
    Refusal,
    archive_names,
    archive_parts,
    declares_doctype,
)
from bot.knowledge.importing.docx_numbers import Numbering, W
from bot.knowledge.importing.model import (
    MOST_PARTS,
    MOST_UNPACKED,
    DocumentError,
    Line,
    Pages,
)

_BROKEN = "DOCX ini rusak atau terpotong. Perbaikan: unduh atau simpan ulang berkasnya."
_BODY = "word/document.xml"
_READ = (_BODY, "word/numbering.xml", "word/styles.xml")
_LIMITS = Limits(unpacked=MOST_UNPACKED, parts=MOST_PARTS)
_WORD = re.compile(r"[A-Za-z]{3}")
_SKIPPED = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    W + "del",
    W + "moveFrom",
}


def read_docx(content: bytes, suffix: str = ".docx") -> Pages:
    """Read a DOCX into one page of paragraphs.

    Raises:
        DocumentError: Broken, locked, with macros, with XML entities, or a decompression bomb.
    """
    if suffix == ".docm":
        raise _macros()
    try:
        _check(archive_names(content, _LIMITS))
        parts = dict(archive_parts(content, _LIMITS, _READ.__contains__))
    except ArchiveError as error:
        raise _refused(error) from error
    body = _parsed(parts.get(_BODY), needed=True)
    if body is None:
        raise DocumentError(_BROKEN)
    labels = Numbering(*(_parsed(parts.get(name)) for name in _READ[1:]))
    try:
        texts = [text for top in body.iter(W + "body") for text in _blocks(top, labels)]
    except RecursionError as error:  # elements nested by the thousand
        raise DocumentError(_BROKEN) from error
    lines = tuple(
        Line(clean) for text in texts for part in text.split("\n") if (clean := _tidy(part))
    )
    if not lines:
        raise DocumentError("DOCX ini tidak memuat teks. Perbaikan: kirim berkas yang berisi.")
    return Pages((lines,), paragraphs=True)


def _macros() -> DocumentError:
    return DocumentError(
        "Berkas Word dengan makro tidak diterima. Perbaikan: simpan sebagai .docx tanpa makro."
    )


def _check(names: Sequence[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _macros()
    if _BODY not in names:
        raise DocumentError(
            "Berkas ini bukan dokumen Word. Perbaikan: kirim PDF, DOCX, TXT, atau MD."
        )


def _refused(error: ArchiveError) -> DocumentError:
    match error.refusal:
        case Refusal.TOO_BIG | Refusal.TOO_MANY:
            return DocumentError(
                "Isi DOCX ini terlalu besar bila dibuka. "
                "Perbaikan: kirim naskahnya saja sebagai PDF."
            )
        case Refusal.LOCKED:
            return DocumentError("DOCX ini dikunci. Perbaikan: simpan ulang tanpa kata sandi.")
        case Refusal.UNSAFE:
            return DocumentError(
                "DOCX ini memuat nama bagian yang tidak diterima. "
                "Perbaikan: simpan ulang dengan Word atau LibreOffice."
            )
        case _:
            return DocumentError(_BROKEN)


def _parsed(data: bytes | None, *, needed: bool = False) -> ET.Element | None:
    if data is None:
        return None
    if declares_doctype(data):
        raise DocumentError(
            "DOCX ini memuat deklarasi XML yang tidak diterima. "
            "Perbaikan: simpan ulang dengan Word atau LibreOffice."
        )
    try:
        return ET.fromstring(data)  # noqa: S314 - declarations were refused above
    except (ET.ParseError, LookupError, ValueError, RecursionError) as error:
        if needed:
            raise DocumentError(_BROKEN) from error
        return None


def _blocks(top: ET.Element, labels: Numbering) -> Iterator[str]:
    for item in top:
        if item.tag == W + "p":
            label = labels.label(item)
            text = "".join(_text(item))
            # "Pasal 5" or "BAB II" may be a number only, with nothing typed after it.
            if text.strip() or _WORD.search(label):
                yield f"{label} {text}" if label else text
        elif item.tag == W + "tbl":
            for row in item.iter(W + "tr"):
                yield from _row(row, labels)
        elif item.tag not in _SKIPPED:
            yield from _blocks(item, labels)


def _row(row: ET.Element, labels: Numbering) -> Iterator[str]:
    """A table row: what stands side by side is one line ("Menimbang : a. …")."""
    cells = [list(_blocks(cell, labels)) for cell in row.findall(W + "tc")]
    first = " ".join(cell[0] for cell in cells if cell)
    if first:
        yield first
    for cell in cells:
        yield from cell[1:]


def _text(item: ET.Element) -> Iterator[str]:
    for child in item:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in (W + "tab", W + "noBreakHyphen"):
            yield " " if child.tag == W + "tab" else "-"
        elif child.tag in (W + "br", W + "cr"):
            yield "\n"
        elif child.tag not in _SKIPPED:
            yield from _text(child)


def _tidy(text: str) -> str:
    return " ".join(text.split())
