"""Import of regulations: quirks of real documents in small texts of our own, and bad files."""

import io
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from bot.cli.knowledge_import import import_
from bot.errors import KnowledgeError, SpbeError
from bot.knowledge import snapshot
from bot.knowledge.importing import DocumentError, ImportedRegulation, read_regulation_file
from bot.knowledge.importing.ayat import split_ayat
from bot.knowledge.importing.chain import Candidate, best_chain, missing_numbers
from bot.knowledge.importing.clean import clean, join
from bot.knowledge.importing.model import MOST_BYTES, Line, Pages
from bot.knowledge.importing.numerals import digits, roman_readings, year
from bot.knowledge.importing.places import find_place
from click.testing import CliRunner, Result
from PIL import Image

from tests.conftest import ROOT

DOCUMENTS = ROOT.parent / "shared/sources/documents"

HEAD = """BUPATI LUWU UTARA
PERATURAN BUPATI LUWU UTARA
NOMOR 7 TAHUN 2024
TENTANG
PENGELOLAAN KEBUN CONTOH
DENGAN RAHMAT TUHAN YANG MAHA ESA
BUPATI LUWU UTARA,
Menimbang : a. bahwa kebun contoh perlu dikelola;
Mengingat : 1. Pasal 18 ayat (6) Undang-Undang Dasar;
MEMUTUSKAN:
Menetapkan : PERATURAN BUPATI TENTANG PENGELOLAAN KEBUN CONTOH.
"""
TAIL = """Agar setiap orang mengetahuinya, memerintahkan pengundangan
Peraturan Bupati ini.
Ditetapkan di Masamba
pada tanggal 3 Mei 2024
BUPATI LUWU UTARA,
"""
BODY = """BAB I
KETENTUAN UMUM
Pasal 1
Dalam Peraturan Bupati ini yang dimaksud dengan:
1. Kebun adalah lahan yang ditanami.
2. Penjaga Kebun yang selanjutnya disebut Penjaga adalah orang yang menjaga kebun.
BAB II
PENGELOLAAN
Bagian Kesatu
Umum
Pasal 2
(1) Kebun dijaga oleh Penjaga.
(2) Penjaga sebagaimana dimaksud pada ayat
(1) mencatat:
a. tanaman; dan
b. hasil panen.
Pasal 3
Ketentuan sebagaimana dimaksud dalam
Pasal 2 ayat (1) berlaku untuk semua kebun.
"""


def read(body: str, head: str = HEAD, tail: str = TAIL) -> ImportedRegulation:
    return read_regulation_file((head + body + tail).encode(), "naskah.txt")


def articles(regulation: ImportedRegulation) -> dict[str, list[int]]:
    return {p.number: p.numbers for p in regulation.pasal}


# --- structure ---------------------------------------------------------------------------------


def test_articles_ayat_and_chapters() -> None:
    found = read(BODY)
    assert articles(found) == {"1": [], "2": [1, 2], "3": []}
    assert [p.chapter for p in found.pasal] == ["KETENTUAN UMUM", "PENGELOLAAN", "PENGELOLAAN"]
    assert [h.name for h in found.pasal[1].headings] == ["BAB II", "Bagian Kesatu"]
    assert found.warnings == ()


def test_reference_at_line_start_is_no_heading() -> None:
    body = BODY + "Pasal 4\nSanksi berlaku atas pelanggaran terhadap\nPasal 2\ndan Pasal 3.\n"
    assert list(articles(read(body))) == ["1", "2", "3", "4"]


def test_missing_article_is_told() -> None:
    found = read(BODY.replace("Pasal 3\n", "Pasal 4\n"))
    assert list(articles(found)) == ["1", "2", "4"]
    assert any("Pasal 3 tidak ditemukan" in warning for warning in found.warnings)


def test_inserted_article() -> None:
    body = BODY + "Pasal 3A\n(1) Kebun baru didaftar.\n(2) Daftar diumumkan.\nPasal 4\nSelesai.\n"
    assert list(articles(read(body))) == ["1", "2", "3", "3A", "4"]


@pytest.mark.parametrize(
    ("printed", "number"),
    [("Pasai 3", "3"), ("Pasa1 3", "3"), ("L Pasal 3", "3"), ("PASAL 3", "3"), (". Pasal 3", "3")],
)
def test_slips_in_headings(printed: str, number: str) -> None:
    assert number in articles(read(BODY.replace("Pasal 3\n", f"{printed}\n")))


def test_look_alike_digits_are_read_by_the_sequence() -> None:
    body = "".join(f"Pasal {n}\nKebun nomor {n} dijaga.\n" for n in range(1, 13))
    body = body.replace("Pasal 10\n", "Pasal l0\n").replace("Pasal 11\n", "Pasal 1l\n")
    assert list(articles(read(body))) == [str(n) for n in range(1, 13)]


@pytest.mark.parametrize("printed", ["BAB ll", "BABU", "BAB 11", "B A B II", "BAB Il"])
def test_slips_in_chapters(printed: str) -> None:
    found = read(BODY.replace("BAB II\n", f"{printed}\n"))
    assert [c.name for c in found.chapters if c.kind == "bab"] == ["BAB I", "BAB II"]


def test_heading_that_shares_a_line() -> None:
    body = BODY.replace("Bagian Kesatu\nUmum\nPasal 2\n(1)", "Bagian Kesatu\nUmum Pasal 2\n(1)")
    found = read(body.replace("Pasal 3\nKet", "Pasal 3 Ket"))
    assert articles(found) == {"1": [], "2": [1, 2], "3": []}
    assert found.pasal[1].headings[-1].title == "Umum"


def test_repeated_bagian() -> None:
    body = BODY.replace("Pasal 3\n", "Bagian Kesatu\nLain\nPasal 3\n")
    assert read(body).pasal[2].headings[-1].title == "Lain"


def test_amendment_counts_its_own_articles_only() -> None:
    head = HEAD.replace("PENGELOLAAN", "PERUBAHAN ATAS PENGELOLAAN")
    body = (
        "Pasal I\nBeberapa ketentuan diubah sebagai berikut:\n"
        "1. Ketentuan Pasal 1 diubah sehingga berbunyi:\nPasal 1\n(1) Kebun luas.\n(2) Dijaga.\n"
        "2. Di antara Pasal 2 dan Pasal 3 disisipkan Pasal 2A:\nPasal 2A\nPagar dicat.\n"
        "Pasal II\nPeraturan Bupati ini mulai berlaku pada tanggal diundangkan.\n"
    )
    found = read(body, head)
    assert found.identity.amendment
    assert articles(found) == {"I": [], "II": []}


def test_roman_numeral_for_one_outside_an_amendment() -> None:
    assert list(articles(read(BODY.replace("Pasal 1\n", "Pasal I\n")))) == ["1", "2", "3"]


def test_elucidation_and_annex_hold_no_articles() -> None:
    tail = (
        TAIL + "PENJELASAN\nII. PASAL DEMI PASAL\nPasal 1\nCukup jelas.\nPasal 2\nYang dimaksud "
        "penjaga termasuk pengawas.\nPasal 3\nCukup jelas.\nLAMPIRAN I\nCONTOH NASKAH\n"
        "Pasal 4\nContoh isi.\n"
    )
    found = read(BODY, tail=tail)
    assert list(articles(found)) == ["1", "2", "3"]
    assert [p.note for p in found.pasal] == ["", "Yang dimaksud penjaga termasuk pengawas.", ""]
    assert found.annexes == ("LAMPIRAN I CONTOH NASKAH",)


def test_unreadable_heading_is_read_by_its_place() -> None:
    found = read(BODY.replace("Pasal 2\n(1)", "Pa5ul {\n(1)").replace("Pasal 3\n", "Pusa1 5}\n"))
    assert articles(found) == {"1": [], "2": [1, 2], "3": []}
    assert sum("menurut urutannya" in warning for warning in found.warnings) == 2


# --- ayat --------------------------------------------------------------------------------------


def ayat(text: str, *, lost: bool = False) -> tuple[list[int], list[str]]:
    found, doubts = split_ayat([Line(line) for line in text.splitlines()], lost=lost)
    return [a.number for a in found], doubts


def test_wrapped_ayat_is_no_start() -> None:
    text = "(1) Satu.\n(2) Dua menurut ayat\n(1) huruf a.\n(3) Tiga, ayat (1) dan\n(2) berlaku."
    assert ayat(text) == ([1, 2, 3], [])


def test_gap_between_ayat_is_told() -> None:
    assert ayat("(1) Satu.\n(2) Dua.\n(4) Empat.") == ([1, 2, 4], ["ayat (3) tidak ditemukan"])


def test_first_number_lost() -> None:
    numbers, doubts = ayat("Kebun dijaga.\n(2) Penjaga mencatat.\n(3) Catatan disimpan.")
    assert numbers == [1, 2, 3]
    assert "ayat (1) hilang" in doubts[0]


def test_slips_in_ayat() -> None:
    assert ayat("(l) Satu.\n('2) Dua.\n[3) Tiga.\n(4 ) Empat.")[0] == [1, 2, 3, 4]


def test_ayat_in_one_paragraph() -> None:
    assert ayat("(1) Kebun dijaga. (2) Penjaga mencatat. (3) Selesai.")[0] == [1, 2, 3]


def test_plain_numbers_called_ayat() -> None:
    assert ayat("1. Kebun dijaga.\n2. Jaga sebagaimana dimaksud pada ayat (1) gratis.")[0] == [
        1,
        2,
    ]


def test_lost_numbers_are_counted_by_sentences() -> None:
    text = "Kebun dijaga oleh:\npenjaga; dan\npengawas.\nPenjaga menurut ayat (1) mencatat."
    assert ayat(text, lost=True)[0] == [1, 2]


# --- chain, numerals, cleaning -----------------------------------------------------------------


def test_chain_prefers_the_sequence() -> None:
    items = [Candidate(0, 1, 4), Candidate(5, 61, 3), Candidate(9, 2, 4), Candidate(12, 3, 1)]
    assert [c.number for c in best_chain(items)] == [1, 2, 3]
    assert missing_numbers([Candidate(0, 1, 4), Candidate(1, 4, 4)]) == [2, 3]
    assert best_chain([]) == []


def test_numerals() -> None:
    assert (digits("1O"), digits("kebun"), year("2OL9"), year("0001")) == (10, None, 2019, None)
    assert max(roman_readings("ll"), key=lambda n: n) == 2
    assert set(roman_readings("11")) >= {2, 11}


def test_pages_lose_numbers_heads_and_catchwords() -> None:
    pages = [
        [
            "jdih.contoh.go.id",
            f"- {n} -",
            f"Kalimat {'abcdef'[n]} pertama.",
            "Tengah.",
            "1. 1. Satu",
            f"{n + 1}. Kalimat . . .",
        ]
        for n in range(5)
    ]
    text = [line.text for line in clean(Pages(tuple(tuple(map(Line, page)) for page in pages)))]
    assert text[:3] == ["Kalimat a pertama.", "Tengah.", "1. Satu"]
    assert not any(". . ." in line or "jdih" in line for line in text)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["pemerin-", "tahan desa"], "pemerintahan desa"),
        (["perundang-", "undangan"], "perundang-undangan"),
        (["rata-", "rata"], "rata-rata"),
        (["dokumen RKA-", "SKPD"], "dokumen RKA-SKPD"),
        (["dan/", "atau"], "dan/atau"),
    ],
)
def test_hyphens(lines: list[str], joined: str) -> None:
    assert join(lines) == joined


# --- identity ----------------------------------------------------------------------------------


def test_identity() -> None:
    found = read(BODY).identity
    assert (found.kind, found.number, found.year) == ("perbup", "7", 2024)
    assert (found.title, found.issuer) == ("Pengelolaan Kebun Contoh", "Kabupaten Luwu Utara")
    assert (found.region, found.enacted, found.draft) == ("73.22", date(2024, 5, 3), False)


def test_identity_with_slips() -> None:
    head = HEAD.replace("PERATURAN BUPATI LUWU UTARA", "PERATURANBUPATILUWUUTARJ")
    found = read(BODY, head.replace("2024", "2O24").replace("TENTANG\n", "TENT ANG\n", 1)).identity
    assert (found.kind, found.year, found.issuer) == ("perbup", 2024, "Kabupaten Luwu Utara")
    assert found.title == "Pengelolaan Kebun Contoh"


def test_draft() -> None:
    found = read(BODY, "RANCANGAN\n" + HEAD.replace("NOMOR 7", "NOMOR ..."), "").identity
    assert (found.kind, found.number, found.draft) == ("ranperbup", "", True)
    assert any("Rancangan" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("heading", "kind", "issuer"),
    [
        ("PERATURAN DAERAH KOTA PALOPO", "perda", "Kota Palopo"),
        ("PERATURAN WALI KOTA PALOPO", "perwali", "Kota Palopo"),
        ("PERATURAN GUBERNUR SULAWESI SELATAN", "pergub", "Provinsi Sulawesi Selatan"),
        ("PERATURAN PRESIDEN REPUBLIK INDONESIA", "perpres", "Presiden Republik Indonesia"),
        ("PERATURAN MENTERI KEBUN\nREPUBLIK INDONESIA", "permen", "Kementerian Kebun"),
        ("UNDANG-UNDANG REPUBLIK INDONESIA", "uu", "Presiden Republik Indonesia"),
    ],
)
def test_kinds(heading: str, kind: str, issuer: str) -> None:
    head = HEAD.replace("BUPATI LUWU UTARA\nPERATURAN BUPATI LUWU UTARA", heading)
    found = read(BODY, head).identity
    assert (found.kind, found.issuer, found.number) == (kind, issuer, "7")


def test_numbers_of_ministries() -> None:
    head = HEAD.replace("NOMOR 7 TAHUN 2024", "NOMOR 12/PMK.07/2022")
    found = read(BODY, head).identity
    assert (found.number, found.year) == ("12/PMK.07/2022", 2022)


@pytest.mark.parametrize(
    ("letters", "kind", "name"),
    [
        ("PROPINSIJAWATIMUR", "*", "Provinsi Jawa Timur"),
        ("DAERAHISTIMEWAYOGYAKARTA", "*", "Provinsi Daerah Istimewa Yogyakarta"),
        ("KOTABANDUNG", "*", "Kota Bandung"),
        ("BANDUNGBARAT", "Kabupaten", "Kabupaten Bandung Barat"),
        ("KOTABARU", "Kabupaten", "Kabupaten Kotabaru"),
        ("KABUPATENKOTABARU", "*", "Kabupaten Kotabaru"),
        ("KOTAWARINGINTIMUR", "Kabupaten", "Kabupaten Kotawaringin Timur"),
    ],
)
def test_places(letters: str, kind: str, name: str) -> None:
    found = find_place(letters, kind)
    assert found is not None
    assert found.name == name


def test_letters_spread_out() -> None:
    head = HEAD.replace("MEMUTUSKAN", "M E M U T U S K A N").replace("TENTANG", "T E N T A N G", 1)
    found = read(BODY.replace("Pasal 3", "P a s a l 3"), head)
    assert found.identity.title == "Pengelolaan Kebun Contoh"
    assert list(articles(found)) == ["1", "2", "3"]


def test_longer_place_name_wins() -> None:
    found = find_place("MINAHASASELATAN", "Kabupaten")
    assert found is not None
    assert found.name == "Kabupaten Minahasa Selatan"


# --- formats -----------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/></w:lvl><w:lvl w:ilvl="1"><w:start '
    'w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
)


def paragraph(text: str, numbered: str = "", level: int = 0) -> str:
    mark = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbered}"/></w:numPr></w:pPr>'
        if numbered
        else ""
    )
    return f"<w:p>{mark}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, extra: dict[str, str | bytes] | None = None, prolog: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml", f"{prolog}<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, content in {"word/numbering.xml": NUMBERING, **(extra or {})}.items():
            package.writestr(name, content)
    return out.getvalue()


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


def pdf(pages: list[list[str]], trailer: str = "") -> bytes:
    """Write a plain PDF, each line centred or at the margin as headings are."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for lines in pages:
        drawn = []
        for at, line in enumerate(lines):
            x = 280 if line.startswith(("Pasal", "BAB")) and len(line) < 12 else 72
            safe = line.replace("\\", "").replace("(", "\\(").replace(")", "\\)")
            drawn.append(f"BT /F1 11 Tf {x} {780 - 16 * at} Td ({safe}) Tj ET")
        stream = "\n".join(drawn)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
            f"<< /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n"
    return f"{out}startxref\n{start}\n%%EOF\n".encode("latin-1")


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


def scan() -> bytes:
    out = io.BytesIO()
    Image.new("L", (600, 800), 255).save(out, "PDF")
    return out.getvalue()


def test_scan_without_ocr_names_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(DocumentError, match="tesseract-ocr-ind"):
        read_regulation_file(scan(), "pindai.pdf")


def test_scan_is_read_by_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (HEAD + BODY + TAIL).splitlines()
    monkeypatch.setattr("bot.knowledge.importing.pdf.read_page_image", lambda image: text)
    found = read_regulation_file(scan(), "pindai.pdf")
    assert articles(found) == {"1": [], "2": [1, 2], "3": []}
    assert any("OCR" in warning for warning in found.warnings)


def test_stamp_on_a_scan_is_no_text_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = "Dokumen ini telah ditandatangani secara elektronik memakai sertifikat percobaan"
    plain = pdf([[stamp, "1"], [stamp, "2"], [stamp, "3"]])
    monkeypatch.setattr("bot.knowledge.importing.pdf._has_picture", lambda page: True)
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(DocumentError, match="OCR tidak terpasang"):
        read_regulation_file(plain, "a.pdf")


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


def test_zip_that_is_no_document() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("../../etc/passwd", "x")
    with pytest.raises(DocumentError, match="bukan dokumen Word"):
        read_regulation_file(out.getvalue(), "../../a.docx")


@pytest.mark.parametrize("text", ["Pasal", "BAB I\n" * 50, "(1)\n" * 500, "Pasal 1\n" * 500, "-"])
def test_strange_texts_do_not_fail(text: str) -> None:
    assert read_regulation_file(text.encode(), "a.txt").warnings


# --- command -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", copy)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(copy))
    (tmp_path / "naskah.txt").write_text(HEAD + BODY + TAIL, encoding="utf-8")
    return copy


def run(*arguments: str) -> Result:
    return CliRunner().invoke(import_, arguments)


def test_dry_run_prints_one_object(folder: Path) -> None:
    done = run("naskah.txt", "--dry-run", "--json")
    found = json.loads(done.output)
    assert found["pasal"][1] == {"nomor": "2", "ayat": [1, 2], "judul_bab": "PENGELOLAAN"}
    assert (found["jenis"], found["nomor"], found["tahun"]) == ("perbup", "7", 2024)
    assert (found["bab"], found["rancangan"], found["perubahan"]) == (2, False, False)
    assert found["seconds"] < 5
    assert not (folder / "regulasi/perbup-luwu-utara-7-2024.md").exists()


def test_import_writes_a_file_that_loads(folder: Path) -> None:
    done = run("naskah.txt")
    assert done.exit_code == 0, done.exception
    found = snapshot.load(folder)[0].regulations["perbup-luwu-utara-7-2024"]
    by = found.by_locator
    assert found.content == "naskah"
    assert found.region == "73.22"
    assert by["pasal-1-angka-2"].title == "Penjaga Kebun (Penjaga)"
    assert by["pasal-2-ayat-2"].text.splitlines()[1:] == ["- a. tanaman; dan", "- b. hasil panen."]
    assert by["pasal-2-ayat-2"].context[:2] == ("Pengelolaan", "Umum")


def test_import_never_overwrites_unasked(folder: Path) -> None:
    run("naskah.txt")
    target = folder / "regulasi/perbup-luwu-utara-7-2024.md"
    target.write_text(
        target.read_text(encoding="utf-8") + "\nCatatan: tangan.\n", encoding="utf-8"
    )
    assert isinstance(run("naskah.txt").exception, KnowledgeError)
    assert "tangan" in target.read_text(encoding="utf-8")
    assert run("naskah.txt", "--replace").exit_code == 0
    assert "tangan" not in target.read_text(encoding="utf-8")
    assert not list(folder.rglob("*.tmp"))


def test_import_needs_a_folder_of_ones_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KNOWLEDGE_DIR")
    caught = run("naskah.txt").exception
    assert isinstance(caught, KnowledgeError)
    assert "KNOWLEDGE_DIR" in str(caught)


def test_draft_is_not_stored(folder: Path) -> None:
    Path("rancangan.txt").write_text(HEAD.replace("NOMOR 7", "NOMOR ...") + BODY, encoding="utf-8")
    assert "bernomor" in str(run("rancangan.txt").exception)


def test_text_that_looks_like_the_knowledge_format(folder: Path) -> None:
    odd = BODY.replace("Selesai", "x") + "Pasal 4\n# judul palsu\nTanya:\n---\nDasar: tidak ada.\n"
    Path("aneh.txt").write_text(HEAD + odd + TAIL, encoding="utf-8")
    done = run("aneh.txt")
    assert done.exit_code == 0, done.exception
    found = snapshot.load(folder)[0].regulations["perbup-luwu-utara-7-2024"]
    assert "judul palsu" in found.by_locator["pasal-4"].text


def test_report_in_words(folder: Path) -> None:
    done = run("naskah.txt", "--dry-run")
    assert "2 bab" in done.output
    assert "3 pasal" in done.output


def test_bad_file_on_the_command_line(folder: Path) -> None:
    Path("kosong.pdf").write_bytes(b"")
    assert isinstance(run("kosong.pdf", "--dry-run").exception, SpbeError)


# --- real documents ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "number", "year_", "issuer", "pasal", "bab"),
    [
        ("perbup-kulon-progo-5-2020", "perbup", "5", 2020, "Kabupaten Kulon Progo", 16, 10),
        ("perbup-batu-bara-81-2021", "perbup", "81", 2021, "Kabupaten Batu Bara", 53, 10),
        ("ranperbup-lamongan-2021", "ranperbup", "", 2021, "Kabupaten Lamongan", 63, 7),
        ("pergub-sulut-23-2017", "pergub", "23", 2017, "Provinsi Sulawesi Utara", 37, 16),
        ("perda-surabaya-3-2018", "perda", "3", 2018, "Kota Surabaya", 41, None),
        ("perda-kulon-progo-10-2017", "perda", "10", 2017, "Kabupaten Kulon Progo", 2, None),
        ("pergub-bali-1-2021", "pergub", "1", 2021, "Provinsi Bali", 2, None),
        ("permendikbudristek-63-2023", "permen", "63", 2023, None, 2, None),
        ("uu-12-2011", "uu", "12", 2011, "Presiden Republik Indonesia", 104, None),
        ("perwali-kendari-7-2024", "perwali", "7", 2024, "Kota Kendari", 17, None),
        ("perbup-minahasa-selatan-15", "perbup", "15", 2025, "Kabupaten Minahasa Selatan", 44, 8),
    ],
)
def test_real_document(
    name: str, kind: str, number: str, year_: int, issuer: str | None, pasal: int, bab: int | None
) -> None:
    path = next(DOCUMENTS.glob(f"{name}*"), None)
    if path is None:
        pytest.skip("the real documents are not at hand")
    found = read_regulation_file(path.read_bytes(), path.name)
    identity = found.identity
    assert (identity.kind, identity.number, identity.year) == (kind, number, year_)
    assert issuer in (None, identity.issuer)
    assert len(found.pasal) == pasal
    assert bab in (None, len([c for c in found.chapters if c.kind == "bab"]))
