"""Structure of regulations: articles and chapters among look-alikes, in texts of our own."""

import pytest
from bot.knowledge.importing.chain import Candidate, best_chain, missing_numbers
from bot.knowledge.importing.clean import clean, join
from bot.knowledge.importing.model import Line, Pages
from bot.knowledge.importing.numerals import digits, roman_readings, year

from tests.regulation_files import BODY, HEAD, TAIL, articles, read


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


def test_last_heading_lost_is_told() -> None:
    body = BODY + "Pasal 4\nKebun dijaga.\nP4sul ?\nPeraturan Bupati ini mulai berlaku sekarang.\n"
    found = read(body)
    assert list(articles(found))[-1] == "4"
    assert any("judul Pasal terakhir mungkin tidak terbaca" in w for w in found.warnings)
    whole = BODY + "Pasal 4\nPeraturan Bupati ini mulai berlaku sekarang.\n"
    assert read(whole).warnings == ()


@pytest.mark.parametrize("printed", ["Eagian Kedua", "Bagi4n Kedua", "Pagian Kedua"])
def test_slips_in_parts(printed: str) -> None:
    found = read(BODY.replace("Pasal 3\n", f"{printed}\nLain\nPasal 3\n"))
    assert [h.name for h in found.pasal[2].headings] == ["BAB II", "Bagian Kedua"]
    assert articles(found)["2"] == [1, 2]


def test_articles_whose_numbers_were_lost_are_named() -> None:
    body = "".join(
        f"Pasal {n}\nKebun {n} dijaga oleh penjaga yang ditunjuk oleh pemilik kebun menurut "
        "kesepakatan yang dibuat secara tertulis dan disimpan.\nPenjaga sebagaimana dimaksud pada "
        "ayat (1) mencatat hasil panen setiap hari dalam buku yang disediakan pemilik kebun.\n"
        for n in range(1, 8)
    )
    found = read(body)
    assert articles(found) == {str(n): [1, 2] for n in range(1, 8)}
    assert any("hilang dari teks pada Pasal 1, 2, 3, 4, 5, 6, 7;" in w for w in found.warnings)
