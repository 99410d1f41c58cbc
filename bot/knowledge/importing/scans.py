"""Reads the pages of a PDF that are pictures: which size, how many at once, for how long."""

import math
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pypdfium2 as pdfium

from bot.knowledge.importing.model import MOST_OCR_PAGES, MOST_OCR_SECONDS, DocumentError, Line
from bot.knowledge.importing.ocr import (
    LEGIBLE,
    SECONDS_A_PAGE,
    PageUnreadError,
    Reading,
    check_ocr,
    read_page_image,
)

_POINTS_AN_INCH = 72
_DOTS_AN_INCH = 300
_MOST_PIXELS = 16_000_000  # a sheet of legal paper at 300 dots takes 11 million
_DOUBTFUL = 75.0
_WORKERS = 2


def read_scans(
    document: Any, pages: list[tuple[Line, ...]], pictures: Sequence[int], *, needed: bool
) -> list[str]:
    """Read pages by OCR into ``pages``.

    Args:
        document: The PDF.
        pages: The lines of all pages; those of pictures are replaced.
        pictures: Indexes of the pages to read.
        needed: Whether the document says nothing without them.

    Returns:
        Doubts in Indonesian.

    Raises:
        DocumentError: OCR is not installed, or no page could be read, while needed.
    """
    try:
        languages = check_ocr()
    except DocumentError as error:
        if needed:
            raise
        return [f"Halaman {say_pages(pictures)} berupa gambar dan tidak dibaca. {error}"]
    chosen = pictures[:MOST_OCR_PAGES]
    late = list(pictures[MOST_OCR_PAGES:])
    failed: list[int] = []
    turned: list[int] = []
    poor: dict[int, float] = {}
    deadline = time.monotonic() + MOST_OCR_SECONDS
    for index, scale, reading in _readings(document, chosen, languages, deadline):
        if reading is None:
            (failed if time.monotonic() < deadline else late).append(index)
            continue
        pages[index] = _lines(reading, index + 1, scale)
        if reading.turned:
            turned.append(index)
        if reading.rows and reading.confidence < _DOUBTFUL:
            poor[index] = reading.confidence
    read = [index for index in chosen if index not in failed and index not in late]
    if not read and needed:
        raise DocumentError(
            f"OCR gagal membaca semua {len(chosen)} halaman (batas {SECONDS_A_PAGE} detik "
            "sehalaman). Perbaikan: pindai ulang pada 300 dpi, atau kirim berkas yang teksnya "
            "dapat disalin."
        )
    return _doubts(read, failed, late, turned, poor)


def say_pages(indexes: Sequence[int]) -> str:
    """Name pages for a person, the first dozen of them."""
    shown = ", ".join(str(index + 1) for index in indexes[:12])
    return shown + (f" … ({len(indexes)} halaman)" if len(indexes) > 12 else "")


def _doubts(
    read: Sequence[int],
    failed: Sequence[int],
    late: Sequence[int],
    turned: Sequence[int],
    poor: dict[int, float],
) -> list[str]:
    out = []
    if read:
        out.append(f"Halaman {say_pages(read)} dibaca dengan OCR; cocokkan dengan naskah.")
    if failed:
        out.append(f"Halaman {say_pages(failed)} gagal dibaca dengan OCR; isinya tidak ikut.")
    if late:
        out.append(
            f"Halaman {say_pages(late)} berupa gambar dan tidak dibaca: OCR dibatasi "
            f"{MOST_OCR_PAGES} halaman dan {MOST_OCR_SECONDS // 60} menit. "
            "Perbaikan: kirim batang tubuhnya saja."
        )
    if turned:
        out.append(f"Halaman {say_pages(turned)} terpindai miring atau terbalik; sudah diputar.")
    if poor:
        least = min(poor.values())
        degree = "hampir tidak terbaca" if least < LEGIBLE else "sulit terbaca"
        out.append(
            f"Halaman {say_pages(list(poor))} {degree} (keyakinan OCR terendah {least:.0f}%). "
            "Perbaikan: pindai ulang pada 300 dpi, lalu cocokkan."
        )
    return out


def _readings(
    document: Any, indexes: Sequence[int], languages: frozenset[str], deadline: float
) -> Iterator[tuple[int, float, Reading | None]]:
    """Read pages two at a time; pdfium draws in this thread, for it knows no others."""
    workers = min(_WORKERS, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers, thread_name_prefix="ocr") as pool:
        waiting: list[tuple[int, float, Future[Reading] | None]] = []
        for index in indexes:
            if len(waiting) > workers:
                yield _result(waiting.pop(0))
            if time.monotonic() >= deadline:
                yield index, 1.0, None
                continue
            scale = _scale(document, index)
            try:
                image = document[index].render(scale=scale, grayscale=True).to_pil()
            except (pdfium.PdfiumError, ValueError, MemoryError):
                waiting.append((index, scale, None))
                continue
            waiting.append((index, scale, pool.submit(read_page_image, image, languages)))
        for item in waiting:
            yield _result(item)


def _result(item: tuple[int, float, Future[Reading] | None]) -> tuple[int, float, Reading | None]:
    index, scale, future = item
    try:
        return index, scale, future.result() if future is not None else None
    except PageUnreadError:
        return index, scale, None


def _scale(document: Any, index: int) -> float:
    """Pixels a point: 300 an inch, fewer where a sheet claims to be huge."""
    width, height = document.get_page_size(index)
    most = math.sqrt(_MOST_PIXELS / max(1.0, width * height))
    return min(_DOTS_AN_INCH / _POINTS_AN_INCH, most)


def _lines(reading: Reading, number: int, scale: float) -> tuple[Line, ...]:
    return tuple(
        Line(
            " ".join(word.text for word in row),
            number,
            row[0].left / scale,
            max(word.right for word in row) / scale,
        )
        for row in reading.rows
    )
