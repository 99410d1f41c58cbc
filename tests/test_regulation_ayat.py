"""Ayat of an article: numbers that are wrapped, misread, printed otherwise or lost."""

import pytest
from bot.knowledge.importing.ayat import split_ayat
from bot.knowledge.importing.model import Line


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


def test_list_of_whole_sentences_ends_where_an_ayat_is_named() -> None:
    text = (
        "Kebun dikelola sebagai berikut:\nPenjaga menjaga kebun di siang hari.\n"
        "Pengawas menjaga kebun di malam hari.\n"
        "Jaga sebagaimana dimakşud pada ayat (1) dicatat.\n$etiap catatan disimpan."
    )
    assert ayat(text, lost=True)[0] == [1, 2, 3]


def test_paragraph_that_refers_back_needs_no_full_stop_before_it() -> None:
    text = "Kebun dijaga oleh penjaga\nPenjaga sebagaimana dimaksud pada ayat (1) mencatat."
    assert ayat(text, lost=True)[0] == [1, 2]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1) Kebun dijaga.\n2) Penjaga mencatat.", [1, 2]),
        (
            "1. Kebun dijaga.\n2. Penjaga mencatat:\na. hasil; dan\nb. benih.\n3. Selesai.",
            [1, 2, 3],
        ),
        ("(1). Kebun dijaga.\n(2). Penjaga mencatat.", [1, 2]),
        ("(1) Kebun dijaga.\n2) Penjaga mencatat.\n(3) Selesai.", [1, 2, 3]),
        ("(1) Kebun dijaga.\n(2 — Penjaga mencatat.\n(3) Selesai.", [1, 2, 3]),
        ("@) Kebun dijaga.\n(2) Penjaga mencatat.", [1, 2]),
        ("(1) Kebun dijaga.\n(8) Penjaga mencatat.\n(3) Selesai.", [1, 2, 3]),
        ("(1) Kebun dijaga.\n(2) Penjaga mencatat.\n(9) Selesai.", [1, 2, 3]),
        ("D Kebun dijaga.\n2) Penjaga mencatat.\n8) Panen.\n(4) Selesai.", [1, 2, 3, 4]),
        ("(1) Kebun dijaga.\nPenjaga mencatat.\n(3) Selesai.", [1, 2, 3]),
    ],
)
def test_numbers_printed_otherwise_or_misread_are_read_and_told(
    text: str, numbers: list[int]
) -> None:
    found, doubts = ayat(text)
    assert found == numbers
    assert doubts or text.startswith("(1).")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Kebun terdiri atas:\n1. tanaman;\n2. hewan; dan\n3. ikan.", []),
        ("Yang dimaksud dengan:\n1. Kebun adalah lahan.\n2. Panen adalah hasil.", []),
        ("(1) Kebun.\n(2) Jenisnya:\n1) Tanaman.\n2) Hewan.\n3) Ikan.", [1, 2]),
        ("(1) Kebun:\na. besar:\n1) Satu.\n2) Dua.\n3) Tiga.\nb. kecil.\n(2) Selesai.", [1, 2]),
        (
            "Kebun dijaga.\nPanen dicatat menurut Pasal 3 ayat\n(2) dan ayat\n(3) peraturan ini.",
            [],
        ),
        ("(1) Kebun dijaga bersama\n(TIK) Nasional.\n(2) Selesai.", [1, 2]),
    ],
)
def test_lists_and_references_are_no_ayat(text: str, numbers: list[int]) -> None:
    assert [number for number in ayat(text)[0] if number] == numbers


def placed(*lines: tuple[float, str]) -> list[int]:
    found, _ = split_ayat([Line(text, 1, left, left + 100) for left, text in lines])
    return [a.number for a in found if a.number]


def test_number_that_stands_out_is_an_ayat_after_any_word() -> None:
    lines = [
        (180.0, "(1) Kebun dinilai berdasarkan:"),
        (208.0, "a. hasil panen; dan/atau"),
        (180.0, "(2) penilaian sebagaimana dimaksud pada ayat"),
        (203.0, "(1) dilakukan setiap tahun."),
    ]
    assert placed(*lines) == [1, 2]
    lines[2] = (208.0, "(2) huruf c yang lain.")
    assert placed(*lines) == [1]


def test_bare_figure_is_an_ayat_only_at_the_margin_of_the_others() -> None:
    lines = [(180.0, "(1) Kebun dijaga."), (180.0, "2 Penjaga mencatat."), (180.0, "(3) Selesai.")]
    assert placed(*lines) == [1, 2, 3]
    lines = [(180.0, "(1) Anggota:"), (220.0, "1 Ketua."), (220.0, "2 Wakil."), (220.0, "3 Juru.")]
    assert placed(*lines) == [1]


def test_numbers_that_start_again_hint_at_a_lost_heading() -> None:
    numbers, doubts = ayat("(1) Satu.\n(2) Dua.\n(1) Pagar dicat.\n(2) Cat disimpan.")
    assert numbers == [1, 2]
    assert "judul Pasal" in doubts[0]
