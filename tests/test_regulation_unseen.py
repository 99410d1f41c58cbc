"""Regulations of kinds that no shared document shows, as text, PDF and DOCX."""

import pytest
from bot.knowledge.importing import ImportedRegulation, read_regulation_file

from tests import regulation_unseen as unseen
from tests.regulation_files import articles, docx, paragraph, pdf


def as_text(text: str) -> ImportedRegulation:
    return read_regulation_file(text.encode(), "naskah.txt")


def as_docx(text: str) -> ImportedRegulation:
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    return read_regulation_file(docx("".join(map(paragraph, safe.splitlines()))), "naskah.docx")


def as_pdf(text: str) -> ImportedRegulation:
    lines = text.splitlines()
    pages = [lines[at : at + 45] for at in range(0, len(lines), 45)]
    return read_regulation_file(pdf(pages), "naskah.pdf")


EVERY = pytest.mark.parametrize("form", [as_text, as_docx, as_pdf])
FORM = "ImportedRegulation"


def test_perwali_with_parts_pages_and_elucidation() -> None:
    pages = [page.splitlines() for page in unseen.PERWALI_PAGES]
    found = read_regulation_file(pdf(pages), "perwali.pdf")
    assert articles(found) == unseen.PERWALI
    identity = found.identity
    assert (identity.kind, identity.number, identity.year) == ("perwali", "31", 2023)
    assert identity.title == "Pengelolaan Taman Baca dan Ruang Bermain Ramah Anak"
    assert identity.issuer == "Kota Palopo"
    assert [c.title for c in found.chapters] == [
        "KETENTUAN UMUM",
        "PENGELOLAAN TAMAN BACA DAN RUANG BERMAIN",
        "PEMBIAYAAN",
        "KETENTUAN PENUTUP",
    ]
    assert [h.name for h in found.pasal[4].headings] == ["BAB II", "Bagian Kedua", "Paragraf 2"]
    assert [h.name for h in found.pasal[5].headings] == ["BAB II", "Bagian Ketiga", "Paragraf 1"]
    assert "menyediakan buku" in found.pasal[2].note
    text = " ".join(line.text for a in found.pasal[2].ayat for line in a.lines)
    assert ". . ." not in text
    assert found.warnings == ()


@EVERY
def test_amendment(form: object) -> None:
    found = form(unseen.AMENDMENT)  # type: ignore[operator]
    assert articles(found) == {"I": [], "II": []}
    identity = found.identity
    assert (identity.kind, identity.number, identity.year) == ("perda", "2", 2022)
    assert identity.issuer == "Kabupaten Luwu"
    assert identity.amendment
    assert not identity.draft
    assert identity.title.startswith(
        "Perubahan Kedua atas Peraturan Daerah Kabupaten Luwu Nomor 9"
    )


@EVERY
def test_draft_without_number_and_year(form: object) -> None:
    found = form(unseen.DRAFT)  # type: ignore[operator]
    assert articles(found) == {"1": [], "2": [1, 2], "3": [1], "4": [], "5": []}
    identity = found.identity
    assert (identity.kind, identity.number, identity.year) == ("ranperda", "", None)
    assert identity.draft
    assert identity.issuer == "Provinsi Sulawesi Selatan"
    assert identity.title == "Penyelenggaraan Kearsipan"
    assert any("Rancangan" in warning for warning in found.warnings)


@EVERY
def test_scan_with_slips(form: object) -> None:
    found = form(unseen.SCAN)  # type: ignore[operator]
    assert articles(found) == unseen.SCANNED
    identity = found.identity
    assert (identity.kind, identity.number, identity.year) == ("perbup", "28", 2019)
    assert identity.issuer == "Kabupaten Wajo"
    assert identity.title == "Pengelolaan Barang Persediaan"
    assert [c.name for c in found.chapters] == ["BAB I", "BAB II", "BAB III", "BAB IV", "BAB V"]
    assert any("Pasal 6" in warning for warning in found.warnings)  # "@" taken for (2)


@EVERY
def test_decree_with_diktum(form: object) -> None:
    found = form(unseen.DECREE)  # type: ignore[operator]
    assert articles(found) == {}
    identity = found.identity
    assert (identity.kind, identity.number, identity.year) == ("kepmen", "1503", 2021)
    assert identity.title == "Tim Koordinasi Layanan Terpadu"
    assert "Pendayagunaan Aparatur Negara" in identity.issuer
    assert any("diktum" in w and "KESATU" in w and "KEEMPAT" in w for w in found.warnings)


@EVERY
def test_agency_with_plain_numbers(form: object) -> None:
    found = form(unseen.AGENCY)  # type: ignore[operator]
    assert articles(found) == {"1": [1, 2, 3], "2": [], "3": [1, 2], "4": []}
    identity = found.identity
    assert (identity.kind, identity.number, identity.year) == ("peraturan-badan", "6", 2022)
    assert identity.issuer == "Badan Kepegawaian Negara"
    assert any("Pasal 1" in warning for warning in found.warnings)


@EVERY
def test_sample_articles_in_an_annex(form: object) -> None:
    found = form(unseen.MINISTRY)  # type: ignore[operator]
    assert articles(found) == {"1": [], "2": [], "3": [1, 2], "4": []}
    identity = found.identity
    assert (identity.kind, identity.number, identity.year) == ("permen", "20", 2021)
    assert identity.issuer == "Kementerian Dalam Negeri"
    assert [c.name for c in found.chapters] == ["BAB I", "BAB II", "BAB III"]


@EVERY
def test_repeal_is_no_amendment(form: object) -> None:
    found = form(unseen.REPEAL)  # type: ignore[operator]
    assert articles(found) == {"1": [], "2": []}
    identity = found.identity
    assert (identity.kind, identity.number, identity.year) == ("pergub", "17", 2020)
    assert not identity.amendment
    assert identity.issuer == "Provinsi Sulawesi Selatan"
    assert found.warnings == ()
