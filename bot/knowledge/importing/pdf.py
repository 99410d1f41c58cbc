"""Reads the lines of a PDF, in the order in which they stand on the page.

The text layer of scans often has its blocks in another order than the page (upwards, even), so
lines are sorted by their height. pdfium gives letters with positions quickly: some 200 pages in
a second.
"""

import ctypes
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium

from bot.knowledge.importing.model import (
    MOST_LETTERS,
    MOST_PAGES,
    DocumentError,
    Line,
    Pages,
)
from bot.knowledge.importing.scans import read_scans, say_pages

_BREAKS = "\r\n"
_SOFT = "\ufffe\x02\xad"  # pdfium's marks for a hyphen at the end of a line
FEW_LETTERS = 40


@dataclass(slots=True)
class _Run:
    """Letters that stand next to each other on one line."""

    text: list[str] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0


def read_pdf(content: bytes) -> Pages:
    """Read a PDF; pages that are pictures only are read by OCR.

    Raises:
        DocumentError: Encrypted, broken, too long, or a scan while OCR is not installed.
    """
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(
                "PDF ini dikunci dengan kata sandi. Perbaikan: buka kuncinya lalu simpan ulang."
            ) from error
        raise DocumentError(
            "PDF ini rusak atau terpotong. Perbaikan: unduh atau simpan ulang berkasnya."
        ) from error
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: Any) -> Pages:
    count = len(document)
    if count == 0:
        raise DocumentError("PDF ini tidak berhalaman. Perbaikan: unduh ulang berkasnya.")
    if count > MOST_PAGES:
        raise DocumentError(
            f"PDF ini {count} halaman; paling banyak {MOST_PAGES}. Perbaikan: pecah berkasnya."
        )
    pages, pictured, broken = _gather(document)
    text = _letters_of_their_own(pages)
    covered = [index for index in pictured if _covers(document[index])]
    pictures = [
        index
        for index in pictured
        # A stamp of the electronic signature is no text layer of a scan.
        if text[index] < FEW_LETTERS
    ]
    layered = len([index for index in covered if index not in pictures])
    warnings = []
    if broken:
        warnings.append(f"Halaman {say_pages(broken)} rusak dan tidak terbaca.")
    if len(broken) == count:
        raise DocumentError("Semua halaman PDF ini rusak. Perbaikan: unduh ulang berkasnya.")
    if pictures:
        # A few picture pages among many with text are annexes: the body can be read without.
        needed = sum(text) < FEW_LETTERS * count
        warnings += read_scans(document, pages, pictures, needed=needed)
    elif sum(text) == 0:
        raise DocumentError(
            "PDF ini tidak memuat teks. Perbaikan: kirim berkas yang memuat naskah peraturan."
        )
    if layered > count // 2:
        warnings.append(
            "Berkas ini hasil pindai dengan teks OCR; keterbacaannya mungkin rendah. "
            "Cocokkan dengan naskah."
        )
    return Pages(tuple(pages), warnings=tuple(warnings))


def _gather(document: Any) -> tuple[list[tuple[Line, ...]], list[int], list[int]]:
    """Return the lines of each page, the pages with pictures, and the broken ones."""
    pages: list[tuple[Line, ...]] = []
    pictured: list[int] = []
    broken: list[int] = []
    letters = 0
    for index in range(len(document)):
        try:
            page = document[index]
            lines = _lines(page, index + 1)
            if _has_picture(page):
                pictured.append(index)
        except pdfium.PdfiumError:
            broken.append(index)
            lines = ()
        letters += sum(len(line.text) for line in lines)
        if letters > MOST_LETTERS:
            raise DocumentError("Teks PDF ini terlalu panjang. Perbaikan: pecah berkasnya.")
        pages.append(lines)
    return pages, pictured, broken


def _letters_of_their_own(pages: list[tuple[Line, ...]]) -> list[int]:
    """Count each page's letters, leaving out lines that most pages bear (stamps)."""
    seen = Counter(text for page in pages for text in {line.text for line in page})
    common = {text for text, times in seen.items() if times >= 3 and times > len(pages) // 2}
    return [sum(len(li.text) for li in page if li.text not in common) for page in pages]


def _lines(page: Any, number: int) -> tuple[Line, ...]:
    runs = _runs(page.get_textpage())
    # On a turned page positions are those before turning: trust pdfium's order instead.
    rows = [[run] for run in runs] if page.get_rotation() else _rows(runs)
    lines = []
    for row in rows:
        text = " ".join("".join(run.text).strip() for run in row)
        text = " ".join(text.replace("\x00", "").split())
        if text:
            lines.append(Line(text, number, row[0].left, max(run.right for run in row)))
    return tuple(lines)


def _rows(runs: list[_Run]) -> list[list[_Run]]:
    """Group runs into printed lines, from the top down."""
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda r: -r.base):
        close = rows and abs(rows[-1][0].base - run.base) < 0.35 * max(run.size, 6.0)
        # Runs above one another share no line, however close their heights (skewed scans).
        if close and not any(
            run.left < other.right - 2 and other.left < run.right - 2 for other in rows[-1]
        ):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda r: r.left)
    return rows


def _runs(textpage: Any) -> list[_Run]:
    raw = pdfium.raw
    handle = textpage.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    box = [ctypes.c_double() for _ in range(4)]
    runs: list[_Run] = []
    run = _Run()
    for index in range(textpage.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(handle, index) or 32)
        if letter in _BREAKS:
            runs, run = _closed(runs, run)
            continue
        if letter in _SOFT:
            run.text.append("-")
            runs, run = _closed(runs, run)
            continue
        if letter.isspace():
            run.text.append(" ")
            continue
        raw.FPDFText_GetCharOrigin(handle, index, ctypes.byref(x), ctypes.byref(y))
        raw.FPDFText_GetCharBox(handle, index, *(ctypes.byref(edge) for edge in box))
        size = max(raw.FPDFText_GetFontSize(handle, index), box[3].value - box[2].value)
        if run.size and abs(run.base - y.value) > 0.6 * max(run.size, size):
            runs, run = _closed(runs, run)
        if not run.size:
            run.left, run.base, run.size = box[0].value, y.value, size
        run.right = max(run.right, box[1].value)
        run.text.append(letter)
    return _closed(runs, run)[0]


def _closed(runs: list[_Run], run: _Run) -> tuple[list[_Run], _Run]:
    if run.size:
        runs.append(run)
    return runs, _Run()


def _has_picture(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _covers(page: Any) -> bool:
    """Whether one picture fills most of the page, as in a scan with a text layer."""
    width, height = page.get_size()
    for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) > 0.6 * width * height:
            return True
    return False
