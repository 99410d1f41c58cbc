"""Reads the picture of a page by tesseract, where that program is installed.

One thread a page is much faster than tesseract's own threads, which are switched off.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytesseract

from bot.knowledge.importing.model import DocumentError, Printed
from bot.knowledge.importing.ocr_marks import doubtful_marks, with_marks

SECONDS_A_PAGE = 60
LEGIBLE = 60.0  # per cent; upside-down pages stay below 40, clean ones reach 90
_LANGUAGE = "ind"
_SECOND = "eng"  # comes with tesseract nearly everywhere; reads numbers in brackets better
_ONE_COLUMN = "4"  # page segmentation that keeps "(1)" on the line of its sentence
_INK = 0.0004  # share of dark pixels below which a page is blank
_DARK = 128
_EDGE = 0.012  # share of the width
_FEW_LETTERS = 40  # of a page on its side hardly anything is recognised
_TURNS = (90, 270, 180)
_MEND = (
    "Perbaikan: pasang tesseract dengan bahasa Indonesia (misalnya “apt install tesseract-ocr "
    "tesseract-ocr-ind”), atau kirim berkas PDF/DOCX yang teksnya dapat disalin."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was recognised on a page.

    Attributes:
        rows: Printed lines from the top down, each as words from left to right.
        confidence: What tesseract itself thinks of it, 0 to 100; letters weigh alike.
        turned: Degrees by which the picture had to be turned.
    """

    rows: tuple[tuple[Printed, ...], ...] = ()
    confidence: float = 100.0
    turned: int = 0


class PageUnreadError(DocumentError):
    """One page could not be read; the others may."""


def check_ocr() -> frozenset[str]:
    """See that the program and its Indonesian data are there; return its languages.

    Raises:
        DocumentError: Either is not installed.
    """
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        listed = frozenset(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, OSError):
        raise DocumentError(
            "Berkas ini hasil pindai tanpa teks, dan OCR tidak terpasang di mesin ini. " + _MEND
        ) from None
    if _LANGUAGE not in listed:
        raise DocumentError("Data bahasa Indonesia untuk tesseract tidak terpasang. " + _MEND)
    return listed


def read_page_image(image: Any, languages: frozenset[str] = frozenset()) -> Reading:
    """Read a page, turned the right way round where it lies on its side or head.

    Args:
        image: A grey Pillow image of the page.
        languages: What tesseract has besides Indonesian.

    Raises:
        PageUnreadError: tesseract failed or took too long.
    """
    dark = sum(image.histogram()[:_DARK])
    if dark < _INK * image.width * image.height:
        return Reading()
    best = _read(image, 0)
    for turn in _TURNS:
        if best.confidence >= LEGIBLE and _letters(best) >= _FEW_LETTERS:
            break
        other = _read(image.rotate(turn, expand=True, fillcolor=255), turn)
        if _worth(other) > _worth(best):
            best = other
    if _SECOND in languages and doubtful_marks(best.rows):
        upright = image.rotate(best.turned, expand=True, fillcolor=255) if best.turned else image
        second = _read(upright, best.turned, _SECOND)
        return replace(best, rows=with_marks(best.rows, second.rows))
    return best


def _letters(reading: Reading) -> int:
    return sum(len(word.text) for row in reading.rows for word in row)


def _worth(reading: Reading) -> float:
    return _letters(reading) * max(0.0, reading.confidence - LEGIBLE / 2)


def _read(image: Any, turned: int, language: str = _LANGUAGE) -> Reading:
    image.format = "PPM"  # what the wrapper hands over; compressing takes longer than reading
    try:
        found = pytesseract.image_to_data(
            image,
            lang=language,
            config=f"--psm {_ONE_COLUMN}",
            timeout=SECONDS_A_PAGE,
            output_type=pytesseract.Output.DICT,
        )
    except pytesseract.TesseractError as error:
        raise PageUnreadError("OCR gagal membaca halaman.") from error
    except RuntimeError as error:  # what the wrapper raises after the time-out
        raise PageUnreadError(f"OCR melewati {SECONDS_A_PAGE} detik pada satu halaman.") from error
    except (OSError, ValueError, SystemExit) as error:  # the last: a version it cannot parse
        raise PageUnreadError("OCR gagal membaca halaman.") from error
    lines: dict[tuple[int, ...], list[Printed]] = {}
    trust = letters = 0.0
    for at, text in enumerate(found["text"]):
        clean = str(text).strip()
        if not clean:
            continue
        left, top, width, height = (
            int(found[name][at]) for name in ("left", "top", "width", "height")
        )
        word = Printed(clean, left, top, left + width, top + height)
        if _at_the_edge(word, image.width):
            continue
        line = tuple(
            int(found[name][at]) for name in ("page_num", "block_num", "par_num", "line_num")
        )
        lines.setdefault(line, []).append(word)
        trust += float(found["conf"][at]) * len(clean)
        letters += len(clean)
    rows = tuple(tuple(row) for row in rows_of(list(lines.values())))
    return Reading(rows, trust / letters if letters else 0.0, turned)


def _at_the_edge(word: Printed, width: int) -> bool:
    """Whether it is a shadow at the edge of the sheet, taken for a letter or two."""
    outside = word.left < _EDGE * width or word.right > (1 - _EDGE) * width
    return outside and len(word.text) <= 2


def rows_of(lines: Sequence[list[Printed]]) -> list[list[Printed]]:
    """Put together what stands on one height: numbers at the margin are often told apart.

    The words that face each other are compared, so that a skewed page does no harm.
    """
    rows: list[list[Printed]] = []
    for line in sorted(lines, key=lambda words: words[0].top + words[0].bottom):
        for row in rows[-3:]:
            if row[-1].right <= line[0].left and _level(row[-1], line[0]):
                row += line
                break
            if line[-1].right <= row[0].left and _level(line[-1], row[0]):
                row[:0] = line
                break
        else:
            rows.append(list(line))
    return rows


def _level(one: Printed, other: Printed) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)
