"""Reads the picture of a page by tesseract, where that program is installed."""

import shutil
from typing import Any

from bot.knowledge.importing.model import DocumentError

SECONDS_A_PAGE = 60
_MEND = (
    "Perbaikan: pasang tesseract dengan bahasa Indonesia (misalnya “apt install tesseract-ocr "
    "tesseract-ocr-ind”), atau kirim berkas PDF/DOCX yang teksnya dapat disalin."
)


def read_page_image(image: Any) -> list[str]:
    """Return the lines that tesseract finds on a page.

    Args:
        image: A Pillow image of the page.

    Raises:
        DocumentError: The program or its Indonesian data is not installed, or it gave up.
    """
    if shutil.which("tesseract") is None:
        raise DocumentError(
            "Berkas ini hasil pindai tanpa teks, dan OCR tidak terpasang di mesin ini. " + _MEND
        )
    import pytesseract

    try:
        if "ind" not in pytesseract.get_languages():
            raise DocumentError("Data bahasa Indonesia untuk tesseract tidak terpasang. " + _MEND)
        text = pytesseract.image_to_string(image, lang="ind", timeout=SECONDS_A_PAGE)
    except (pytesseract.TesseractError, RuntimeError, OSError) as error:
        raise DocumentError(f"OCR gagal membaca halaman. {_MEND}") from error
    return [line.strip() for line in str(text).splitlines() if line.strip()]
