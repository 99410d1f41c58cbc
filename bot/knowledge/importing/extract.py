"""Turns the bytes of a document into pages of lines, whatever its format."""

from pathlib import PurePosixPath

from bot.knowledge.importing.model import MOST_BYTES, MOST_PAGES, DocumentError, Line, Pages

_LONG = 110  # letters: a text file with lines this long keeps a paragraph on a line
_KINDS = "PDF, DOCX, TXT, atau MD"
_OLE = b"\xd0\xcf\x11\xe0"


def extract(content: bytes, name: str) -> Pages:
    """Read a document. What the bytes are decides; the name only tells texts apart.

    Raises:
        DocumentError: Empty, too large, of a wrong type, broken or locked.
    """
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if not content.strip():
        raise DocumentError("Berkas ini kosong. Perbaikan: unduh atau simpan ulang berkasnya.")
    if len(content) > MOST_BYTES:
        raise DocumentError(
            f"Berkas ini lebih dari {MOST_BYTES // 1_000_000} MB. "
            "Perbaikan: kecilkan atau pecah berkasnya."
        )
    if b"%PDF-" in content[:1024]:
        from bot.knowledge.importing.pdf import read_pdf

        return read_pdf(content)
    if content.startswith(b"PK") or suffix in (".docx", ".docm"):
        from bot.knowledge.importing.docx import read_docx

        return read_docx(content, suffix)
    if content.startswith(_OLE):
        raise DocumentError(
            "Berkas ini Word lama (.doc) atau terkunci. Perbaikan: simpan ulang sebagai .docx "
            "tanpa kata sandi."
        )
    if suffix == ".pdf":
        raise DocumentError("Isi berkas ini bukan PDF. Perbaikan: unduh ulang berkasnya.")
    if suffix not in (".txt", ".md", ""):
        raise DocumentError(f"Jenis berkas ini tidak dikenal. Perbaikan: kirim {_KINDS}.")
    return _read_text(content)


def _read_text(content: bytes) -> Pages:
    text = _decode(content)
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(pages) > MOST_PAGES:
        raise DocumentError(
            f"Teks ini {len(pages)} halaman; paling banyak {MOST_PAGES}. "
            "Perbaikan: pecah berkasnya."
        )
    lines = tuple(
        tuple(
            Line(clean, number if len(pages) > 1 else 0)
            for line in page.split("\n")
            if (clean := " ".join(line.split()))
        )
        for number, page in enumerate(pages, 1)
    )
    lengths = sorted(len(line.text) for page in lines for line in page)
    long = bool(lengths) and lengths[len(lengths) * 9 // 10] > _LONG
    return Pages(lines, paragraphs=long)


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        if b"\0" in content:
            raise DocumentError(
                f"Berkas ini bukan teks (memuat byte nol). Perbaikan: kirim {_KINDS}."
            )
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentError("Pengodean teks ini tidak dikenal. Perbaikan: simpan ulang sebagai UTF-8.")
