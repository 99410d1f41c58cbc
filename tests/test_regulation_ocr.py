"""Scans: what OCR reads, what it cannot, and what is said when it is not installed."""

import io
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytesseract
import pytest
from bot.knowledge.importing import (
    DocumentError,
    ImportedRegulation,
    ocr,
    read_regulation_file,
    scans,
)
from bot.knowledge.importing.model import Printed
from bot.knowledge.importing.ocr import PageUnreadError, Reading, read_page_image, rows_of
from bot.knowledge.importing.ocr_marks import doubtful_marks, with_marks
from PIL import Image, ImageDraw

from tests.regulation_files import BODY, DOCUMENTS, HEAD, TAIL, articles, pdf

TEXT = (HEAD + BODY + TAIL).splitlines()


def installed() -> bool:
    if shutil.which("tesseract") is None:
        return False
    listed = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False
    )
    return "ind" in listed.stdout.split()


for_real = pytest.mark.skipif(not installed(), reason="tesseract with “ind” is not installed")


def scan(pages: int = 1) -> bytes:
    out = io.BytesIO()
    blank = Image.new("L", (600, 800), 255)
    blank.save(out, "PDF", save_all=True, append_images=[blank] * (pages - 1))
    return out.getvalue()


def reading(lines: Sequence[str], confidence: float = 95.0, turned: int = 0) -> Reading:
    rows = tuple((Printed(text, 100, 40 * n, 900, 40 * n + 30),) for n, text in enumerate(lines))
    return Reading(rows, confidence, turned)


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Reading]], None]:
    """Let each page read as a function says, as if tesseract were there."""

    def to(say: Callable[[], Reading]) -> None:
        monkeypatch.setattr(scans, "check_ocr", lambda: frozenset({"ind"}))
        monkeypatch.setattr(scans, "read_page_image", lambda image, languages: say())

    return to


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a shell script in the place of tesseract; nothing, for no program at all."""

    def put(script: str) -> None:
        path = tmp_path / "tesseract"
        if script:
            version = '[ "$1" = --version ] && echo "tesseract 5.3.0" && exit'
            path.write_text(f"#!/bin/sh\n{version}\n{script}\n")
            path.chmod(0o755)
        monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(path))

    return put


def read(content: bytes) -> ImportedRegulation:
    return read_regulation_file(content, "pindai.pdf")


# --- without the program -----------------------------------------------------------------------


def test_scan_without_ocr_names_the_mend(program: Callable[[str], None]) -> None:
    program("")
    with pytest.raises(DocumentError, match="tesseract-ocr-ind"):
        read(scan())


def test_missing_language_names_the_mend(program: Callable[[str], None]) -> None:
    program("echo 'List of available languages (1):'; echo eng")
    with pytest.raises(DocumentError, match="Data bahasa Indonesia") as caught:
        read(scan())
    assert "Perbaikan: " in str(caught.value)


def test_program_that_does_not_run_names_the_mend(
    program: Callable[[str], None], tmp_path: Path
) -> None:
    program("true")
    (tmp_path / "tesseract").write_bytes(b"\x7fELF, or so it says")
    with pytest.raises(DocumentError, match="OCR tidak terpasang"):
        read(scan())


def test_stamp_on_a_scan_is_no_text_layer(
    program: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = "Dokumen ini telah ditandatangani secara elektronik memakai sertifikat percobaan"
    plain = pdf([[stamp, "1"], [stamp, "2"], [stamp, "3"]])
    monkeypatch.setattr("bot.knowledge.importing.pdf._has_picture", lambda page: True)
    program("")
    with pytest.raises(DocumentError, match="OCR tidak terpasang"):
        read_regulation_file(plain, "a.pdf")


def test_picture_pages_among_text_are_told(
    program: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = pdf([TEXT[:20], TEXT[20:], [""]])
    seen = iter([False, False, True])
    monkeypatch.setattr("bot.knowledge.importing.pdf._has_picture", lambda page: next(seen))
    monkeypatch.setattr("bot.knowledge.importing.pdf._covers", lambda page: True)
    program("")
    found = read_regulation_file(body, "a.pdf")
    assert articles(found) == {"1": [], "2": [1, 2], "3": []}
    assert any("Halaman 3 berupa gambar dan tidak dibaca" in w for w in found.warnings)


# --- pages and limits --------------------------------------------------------------------------


def test_scan_is_read_by_ocr(pretend: Callable[[Callable[[], Reading]], None]) -> None:
    pretend(lambda: reading(TEXT))
    found = read(scan())
    assert articles(found) == {"1": [], "2": [1, 2], "3": []}
    assert found.warnings == ("Halaman 1 dibaca dengan OCR; cocokkan dengan naskah.",)


def test_poor_and_turned_pages_are_told(
    pretend: Callable[[Callable[[], Reading]], None],
) -> None:
    pretend(lambda: reading(TEXT, confidence=48.0, turned=90))
    warnings = read(scan()).warnings
    assert any("hampir tidak terbaca (keyakinan OCR terendah 48%)" in w for w in warnings)
    assert any("sudah diputar" in w for w in warnings)


def test_a_page_that_fails_is_told_and_the_others_read(
    pretend: Callable[[Callable[[], Reading]], None],
) -> None:
    answers = iter([reading(TEXT), None])

    def say() -> Reading:
        answer = next(answers)
        if answer is None:
            raise PageUnreadError("OCR gagal")
        return answer

    pretend(say)
    found = read(scan(2))
    assert list(articles(found)) == ["1", "2", "3"]
    assert any("Halaman 2 gagal dibaca" in warning for warning in found.warnings)


def test_scan_of_which_no_page_is_read(pretend: Callable[[Callable[[], Reading]], None]) -> None:
    def say() -> Reading:
        raise PageUnreadError("OCR gagal")

    pretend(say)
    with pytest.raises(DocumentError, match="semua 2 halaman") as caught:
        read(scan(2))
    assert "300 dpi" in str(caught.value)


def test_pages_beyond_the_limit_are_told(
    pretend: Callable[[Callable[[], Reading]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "MOST_OCR_PAGES", 1)
    pretend(lambda: reading(TEXT))
    found = read(scan(3))
    assert list(articles(found)) == ["1", "2", "3"]
    assert any("Halaman 2, 3 berupa gambar dan tidak dibaca" in w for w in found.warnings)


def test_time_in_all_is_limited(
    pretend: Callable[[Callable[[], Reading]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([0.0, 0.0, *[1_000.0] * 20])
    monkeypatch.setattr(scans.time, "monotonic", lambda: next(times))
    pretend(lambda: reading(TEXT))
    found = read(scan(2))
    assert any("Halaman 2 berupa gambar dan tidak dibaca" in w for w in found.warnings)
    assert any("15 menit" in w for w in found.warnings)


@pytest.mark.parametrize(("width", "height"), [(595, 842), (1700, 2800), (14_000, 14_000), (1, 1)])
def test_pictures_stay_small_whatever_a_page_claims(width: float, height: float) -> None:
    document = pdfium.PdfDocument.new()
    document.new_page(width, height)
    scale = scans._scale(document, 0)
    document.close()
    assert width * height * scale * scale <= 16_000_001
    assert scale <= 300 / 72


def test_page_that_takes_too_long(
    program: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    program("exec sleep 30")
    monkeypatch.setattr(ocr, "SECONDS_A_PAGE", 0.2)
    with pytest.raises(PageUnreadError, match=r"0.2 detik"):
        read_page_image(Image.new("L", (100, 100), 0))


def test_page_at_which_the_program_fails(program: Callable[[str], None]) -> None:
    program("echo 'out of memory' >&2; exit 1")
    with pytest.raises(PageUnreadError, match="gagal"):
        read_page_image(Image.new("L", (100, 100), 0))


def test_blank_page_is_not_read(program: Callable[[str], None], tmp_path: Path) -> None:
    program(f"touch {tmp_path / 'called'}")
    assert read_page_image(Image.new("L", (600, 800), 255)).rows == ()
    assert not (tmp_path / "called").exists()


def table(*words: tuple[int, int, int, int, float, str]) -> str:
    """What tesseract prints: line, left, top, width, confidence, word."""
    rows = [
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num"
        "\tleft\ttop\twidth\theight\tconf\ttext"
    ]
    for line, left, top, width, trust, text in words:
        rows.append(f"5\t1\t1\t1\t{line}\t1\t{left}\t{top}\t{width}\t30\t{trust}\t{text}")
    return "\n".join(rows)


def test_page_on_its_side_is_turned(program: Callable[[str], None], tmp_path: Path) -> None:
    noise = table((1, 10, 10, 20, 80.0, "S"))
    for number, text in enumerate([noise, noise, table((1, 10, 10, 300, 95.0, "Peraturan" * 6))]):
        (tmp_path / f"{number}.txt").write_text(text)
    # The second argument names the file to write, without its ending.
    program(
        f'cd {tmp_path}; n=$(ls *.seen 2>/dev/null | wc -l); touch $n.seen; cp $n.txt "$2.tsv"'
    )
    found = read_page_image(Image.new("L", (400, 300), 0))
    assert (found.turned, found.confidence) == (270, 95.0)


# --- lines and numbers -------------------------------------------------------------------------


def word(text: str, left: int, top: int, width: int = 40) -> Printed:
    return Printed(text, left, top, left + width, top + 30)


def test_numbers_at_the_margin_join_their_lines() -> None:
    lines = [
        [word("(1)", 10, 103)],
        [word("(2", 10, 205), word("—", 40, 212, 10)],
        [word("Kebun", 80, 100), word("dijaga.", 130, 98)],
        [word("Penjaga", 80, 200)],
    ]
    texts = [" ".join(w.text for w in row) for row in rows_of(lines)]
    assert texts == ["(1) Kebun dijaga.", "(2 — Penjaga"]


def test_skewed_lines_stay_apart() -> None:
    lines = [[word("satu", 10, 100), word("dua", 900, 130)], [word("tiga", 10, 140)]]
    assert [len(row) for row in rows_of(lines)] == [2, 1]


def test_second_reading_mends_numbers_only() -> None:
    first = (
        (word("@)", 10, 100), word("Kebun", 80, 100)),
        (word("a.", 60, 150), word("tanaman", 100, 150)),
        (word("8)", 10, 200), word("—", 50, 200, 4), word("Hasil", 80, 200)),
        (word("Panen", 80, 250), word("raya", 130, 250)),
    )
    second = (
        (word("(2)", 10, 100), word("Kcbun", 80, 100)),
        (word("(9)", 60, 150), word("x", 100, 150)),
        (word("(3)", 10, 200, 45), word("Hasi1", 80, 200)),
        (word("(4)", 10, 250), word("Pancn", 80, 250)),
    )
    assert doubtful_marks(first)
    mended = [" ".join(w.text for w in row) for row in with_marks(first, second)]
    assert mended == ["(2) Kebun", "a. tanaman", "(3) Hasil", "(4) Panen raya"]
    assert not doubtful_marks(first[1:2])


# --- for real ----------------------------------------------------------------------------------


def printed(lines: Sequence[str]) -> Image.Image:
    """Draw a page as a scanner would give it, in a typeface that comes with Pillow."""
    page = Image.new("L", (1654, 2339), 255)
    pen = ImageDraw.Draw(page)
    for at, line in enumerate(lines):
        centred = line.isupper() or (line.startswith(("Pasal", "BAB")) and len(line) < 12)
        pen.text(
            (700 if centred and len(line) < 30 else 200, 120 + 48 * at), line, 0, font_size=30
        )
    return page


@for_real
@pytest.mark.parametrize("turn", [0, 90, 180])
def test_printed_page_is_read(turn: int) -> None:
    out = io.BytesIO()
    printed(TEXT).rotate(turn, expand=True, fillcolor=255).save(out, "PDF", resolution=200)
    found = read(out.getvalue())
    assert articles(found) == {"1": [], "2": [1, 2], "3": []}
    assert (found.identity.number, found.identity.year) == ("7", 2024)
    assert any("diputar" in warning for warning in found.warnings) == bool(turn)


@for_real
def test_real_scan() -> None:
    path = next(DOCUMENTS.glob("perbup-donggala-13-2025*"), None)
    if path is None:
        pytest.skip("the real documents are not at hand")
    whole, part = pdfium.PdfDocument(path), pdfium.PdfDocument.new()
    part.import_pages(whole, [0, 1, 2, 3])
    out = io.BytesIO()
    part.save(out)
    part.close()
    whole.close()
    found = read(out.getvalue())
    identity = found.identity
    assert (identity.kind, identity.number, identity.year) == ("perbup", "13", 2025)
    assert identity.issuer == "Kabupaten Donggala"
    expected = {"1": [], "2": [], "3": [1, 2, 3], "4": [1, 2, 3, 4, 5], "5": [1, 2]}
    assert articles(found) == expected
