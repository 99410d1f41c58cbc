"""Reads the paragraphs of a DOCX with the numbers that Word would print before them.

The package is read by the standard library: python-docx does not give the printed numbers of
automatic lists, which in a regulation are the numbers of its ayat and huruf.
"""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator

from bot.knowledge.importing.docx_numbers import Numbering, W
from bot.knowledge.importing.model import (
    MOST_PARTS,
    MOST_UNPACKED,
    DocumentError,
    Line,
    Pages,
)

_BROKEN = "DOCX ini rusak atau terpotong. Perbaikan: unduh atau simpan ulang berkasnya."
_DECLARATION = re.compile(
    rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE
)
_CHUNK = 1 << 16
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
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check(package)
            body = _part(package, "word/document.xml")
            numbering = _part(package, "word/numbering.xml", needed=False)
            styles = _part(package, "word/styles.xml", needed=False)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise DocumentError(_BROKEN) from error
    if body is None:
        raise DocumentError(_BROKEN)
    labels = Numbering(numbering, styles)
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


def _check(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise DocumentError(
            "Isi DOCX ini terlalu besar bila dibuka. Perbaikan: kirim naskahnya saja sebagai PDF."
        )
    names = {part.filename for part in parts}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _macros()
    if any(part.flag_bits & 0x1 for part in parts):
        raise DocumentError("DOCX ini dikunci. Perbaikan: simpan ulang tanpa kata sandi.")
    if "word/document.xml" not in names:
        raise DocumentError(
            "Berkas ini bukan dokumen Word. Perbaikan: kirim PDF, DOCX, TXT, atau MD."
        )


def _part(package: zipfile.ZipFile, name: str, *, needed: bool = True) -> ET.Element | None:
    try:
        opened = package.open(name)
    except KeyError:
        return None
    with opened:
        # The sizes in the directory may lie: count what really comes out.
        data = bytearray()
        while chunk := opened.read(_CHUNK):
            data += chunk
            if len(data) > MOST_UNPACKED:
                raise DocumentError(
                    "Isi DOCX ini terlalu besar bila dibuka. "
                    "Perbaikan: kirim naskahnya saja sebagai PDF."
                )
    if _DECLARATION.search(data):
        raise DocumentError(
            "DOCX ini memuat deklarasi XML yang tidak diterima. "
            "Perbaikan: simpan ulang dengan Word atau LibreOffice."
        )
    try:
        return ET.fromstring(bytes(data))  # noqa: S314 - declarations were refused above
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
