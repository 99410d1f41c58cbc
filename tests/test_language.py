"""Tokens, spelling, years and places as people type them."""

import pytest
from bot.answering.assistant import Assistant
from bot.language.text import stem, tokenize
from bot.language.years import find_years


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Pasal46 ayat(2)", ["pasal", "46", "ayat", "2"]),
        ("rata2 nasional", ["rata", "rata", "nasional"]),
        ("pasal2", ["pasal", "2"]),
        ("indeks 2,90 & 59/2020", ["indeks", "2,90", "59", "/", "2020"]),
        ("S.P.B.E. itu é", ["spbe", "itu", "e"]),
        ("2021-2024", ["2021", "-", "2024"]),
        ("\u200b🙂", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokenize(text) == tokens


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("plopo", "palopo"),
        ("arsitetkur", "arsitektur"),
        ("indkes", "indeks"),
        ("perkmbangan", "perkembangan"),
        ("yg", "yang"),
        ("gmn", "bagaimana"),
        ("terendh", "terendah"),
        ("infrastruktr", "infrastruktur"),
        ("pngguna", "pengguna"),
        ("aap", "apa"),
        ("yagn", "yang"),
        ("pengantinya", "pengganti"),
        ("kepegawain", "kepegawaian"),
        ("perpers", "perpres"),
        ("dongg", "dong"),
    ],
)
def test_slips_are_repaired(assistant: Assistant, typed: str, meant: str) -> None:
    assert assistant.reader.read(f"apa {typed} spbe").tokens[1] == meant


@pytest.mark.parametrize("word", "mengira didatangi gedung antrean formulir kopi".split())
def test_everyday_words_are_not_mended_into_words_of_the_law(
    assistant: Assistant, word: str
) -> None:
    assert word in assistant.reader.read(f"apa {word} itu").tokens


@pytest.mark.parametrize("word", "pasal paser luwuk luwu wakanda singapura".split())
def test_known_and_foreign_words_stay(assistant: Assistant, word: str) -> None:
    assert word in assistant.reader.read(f"indeks {word} 2023").tokens


@pytest.mark.parametrize(
    ("text", "shift"),
    [("tahun sebelumnya", -1), ("tahun lalu", -1), ("tahun berikutnya", 1), ("tahun 2023", 0)],
)
def test_years_told_from_another(text: str, shift: int) -> None:
    assert find_years(text.split()).shift == shift


@pytest.mark.parametrize(
    ("text", "years", "span", "last"),
    [
        ("dari 2021 sampai 2024", (2021, 2022, 2023, 2024), True, 0),
        ("2021 ke 2023", (2021, 2023), False, 0),
        ("4 tahun terakhir", (), False, 4),
        ("empat tahun terakhir", (), False, 4),
        ("perpres 95 / 2018", (), False, 0),
        ("2023", (2023,), False, 0),
    ],
)
def test_years(text: str, years: tuple[int, ...], span: bool, last: int) -> None:
    found = find_years(text.split())
    assert (found.years, found.span, found.last) == (years, span, last)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("indeks lutra 2023", [("73.22",)]),
        ("indeks luwu 2023", [("73.17",)]),
        ("indeks luwuk 2023", []),
        ("kab bogor 2024", [("32.01",)]),
        ("kota bogor 2024", [("32.71",)]),
        ("indeks bogor 2024", [("32.01", "32.71")]),
        ("penajam paser utara", [("64.09",)]),
        ("pemprov sulsel dan kota makassar", [("73",), ("73.71",)]),
        ("kabupaten / kota sulawesi selatan", [("73",)]),
        ("kemenkeu 2024", [("kementerian-keuangan",)]),
    ],
)
def test_places(assistant: Assistant, text: str, codes: list[tuple[str, ...]]) -> None:
    assert [place.codes for place in assistant.reader.read(text).places] == codes


@pytest.mark.parametrize(
    "words",
    [
        "tetapkan menetapkan ditetapkan penetapan ketetapan",
        "kelola mengelola dikelola pengelolaan pengelola",
        "nilai menilai dinilai penilaian",
        "memuat dimuat muatan",
        "periksa memeriksa diperiksa pemeriksaan",
        "menyatakan dinyatakan nyata",
        "terapkan menerapkan penerapan diterapkan",
    ],
)
def test_forms_of_one_root_meet(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("tingkat", "peningkatan"), ("tata", "penataan"), ("anda", "tanda")]
)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_short_names_read_as_the_words_they_stand_for() -> None:
    assert tokenize("Diskominfo pemda") == ["dinas", "kominfo", "pemerintah", "daerah"]
