"""Texts and files of regulations that several tests build on; all of our own making."""

import io
import zipfile

from bot.knowledge.importing import ImportedRegulation, read_regulation_file

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
