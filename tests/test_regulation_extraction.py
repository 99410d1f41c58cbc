"""Documents of any format become lines; files that cannot end in a message."""

import io
import zipfile

import pytest
from bot.knowledge.importing import DocumentError, read_regulation_file
from bot.knowledge.importing.model import MOST_BYTES

from tests.regulation_files import BODY, HEAD, TAIL, W, articles, docx, paragraph, pdf


def test_docx_with_automatic_numbers() -> None:
    body = "".join(map(paragraph, (HEAD + BODY).splitlines()))
    body += paragraph("Pasal 4") + paragraph("Kebun dijaga.", "1")
    body += paragraph("Penjaga mencatat:", "1") + paragraph("hasil.", "1", 1)
    body += paragraph("Pasal 5") + paragraph("Kebun dipagari.", "2") + paragraph("Dicat.", "2")
    body += "".join(map(paragraph, TAIL.splitlines()))
    found = read_regulation_file(docx(body), "naskah.docx")
    assert articles(found) == {"1": [], "2": [1, 2], "3": [], "4": [1, 2], "5": [1, 2]}


def test_docx_with_headings_that_are_numbers_only() -> None:
    lists = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt '
        'w:val="upperRoman"/><w:lvlText w:val="BAB %1"/></w:lvl></w:abstractNum><w:abstractNum '
        'w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText '
        'w:val="Pasal %1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId '
        'w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    table = "<w:tbl><w:tr>" + "".join(
        f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Menimbang", ":", "a. bahwa perlu;")
    )
    head = HEAD.splitlines()
    body = "".join(map(paragraph, head[:7])) + f"{table}</w:tr></w:tbl>"
    body += "".join(map(paragraph, head[9:]))
    for number in range(1, 4):
        body += paragraph("", "1") + paragraph(f"JUDUL {'ABC'[number - 1]}")
        body += paragraph("", "2") + paragraph("(1) Kebun dijaga.") + paragraph("(2) Dicatat.")
    body += "".join(map(paragraph, TAIL.splitlines()))
    found = read_regulation_file(docx(body, {"word/numbering.xml": lists}), "a.docx")
    assert articles(found) == {"1": [1, 2], "2": [1, 2], "3": [1, 2]}
    assert [c.title for c in found.chapters] == ["JUDUL A", "JUDUL B", "JUDUL C"]


def test_pdf_of_several_pages() -> None:
    lines = (HEAD + BODY).splitlines()
    found = read_regulation_file(
        pdf([lines[:20], ["- 2 -", *lines[20:]], ["- 3 -", *TAIL.splitlines()]]), "naskah.pdf"
    )
    assert articles(found) == {"1": [], "2": [1, 2], "3": []}
    assert found.pasal[2].line.page == 2


def test_lines_of_a_pdf_are_sorted_by_height() -> None:
    upward = HEAD + BODY + TAIL
    content = pdf([upward.splitlines()])
    start, end = content.index(b"BT"), content.rindex(b"ET") + 2
    drawn = content[start:end].split(b"\n")
    turned = content[:start] + b"\n".join(reversed(drawn)) + content[end:]
    assert articles(read_regulation_file(turned, "a.pdf")) == {"1": [], "2": [1, 2], "3": []}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_text_encodings(encoding: str) -> None:
    content = (HEAD + BODY.replace("lahan", "“lahan”") + TAIL).encode(encoding)
    assert list(articles(read_regulation_file(content, "a.txt"))) == ["1", "2", "3"]


ENCRYPTED = (
    f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> "
    f"/ID [<{'43' * 16}> <{'43' * 16}>]"
)
ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]>'


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.pdf", "kosong"),
        (b" \n ", "a.txt", "kosong"),
        (b"x" * (MOST_BYTES + 1), "a.txt", "lebih dari"),
        (pdf([["Pasal 1"]])[:200], "a.pdf", "rusak"),
        (b"%PDF-1.7\n\0\0\0", "a.pdf", "rusak"),
        (pdf([["Pasal 1"]], ENCRYPTED), "a.pdf", "kata sandi"),
        (pdf([["x"]] * 1001), "a.pdf", "1001 halaman"),
        (pdf([[""]]), "a.pdf", "tidak memuat teks"),
        (b"bukan pdf", "a.pdf", "bukan PDF"),
        (b"MZ\x90\0", "a.exe", "tidak dikenal"),
        (b"teks\0biner", "a.txt", "byte nol"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.doc", "Word lama"),
        (docx("")[:120], "a.docx", "rusak"),
        (b"bukan zip", "a.docx", "rusak"),
        (docx(""), "a.docx", "tidak memuat teks"),
        (docx("<w:p>"), "a.docx", "rusak"),
        (docx(paragraph("x")), "a.docm", "makro"),
        (docx(paragraph("x"), {"word/vbaProject.bin": b"x"}), "a.docx", "makro"),
        (docx(paragraph("x"), prolog=ENTITY), "a.docx", "deklarasi XML"),
        (docx(paragraph("x"), {"word/a.bin": bytes(100_000_001)}), "a.docx", "terlalu besar"),
        (docx(paragraph("x"), {f"p/{n}": b"" for n in range(5001)}), "a.docx", "terlalu besar"),
    ],
    ids=range(21),
)
def test_bad_files_end_in_a_message(content: bytes, name: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as caught:
        read_regulation_file(content, name)
    assert "Perbaikan:" in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "said"),
    [("a.txt", "bukan dokumen Word"), ("../../etc/passwd", "nama bagian yang tidak diterima")],
)
def test_zip_that_is_no_document(entry: str, said: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(entry, "x")
    with pytest.raises(DocumentError, match=said) as caught:
        read_regulation_file(out.getvalue(), "../../a.docx")
    assert "Perbaikan: " in str(caught.value)


@pytest.mark.parametrize("text", ["Pasal", "BAB I\n" * 50, "(1)\n" * 500, "Pasal 1\n" * 500, "-"])
def test_strange_texts_do_not_fail(text: str) -> None:
    assert read_regulation_file(text.encode(), "a.txt").warnings
