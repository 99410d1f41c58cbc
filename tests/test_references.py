"""References to law are parsed by grammar, never fuzzed."""

import pytest
from bot.answering.assistant import Assistant


@pytest.mark.parametrize(
    ("text", "regulation", "locator"),
    [
        ("psl 13 ay 2 perpres 95", "perpres-95-2018", "pasal-13-ayat-2"),
        ("pasal 58", None, "pasal-58"),
        ("962/2021", "kepmenpanrb-962-2021", ""),
        ("permenpan 962/2021", "kepmenpanrb-962-2021", ""),
        ("perpres spbe", "perpres-95-2018", ""),
        ("Perpres Nomor 95 Tahun 2018 Pasal 1 angka 6", "perpres-95-2018", "pasal-1-angka-6"),
        ("pasal46 ayt 1 perpres 95 th 2018", "perpres-95-2018", "pasal-46-ayat-1"),
        ("ayat (2) pasal 9 permen pan rb 59/2020", "permenpanrb-59-2020", "pasal-9-ayat-2"),
        ("perpes 95 psal 4 ayat 2 huruf b", "perpres-95-2018", "pasal-4-ayat-2-huruf-b"),
        ("peraturan bssn no 4 tahun 2021 pasal 5", "peraturan-bssn-4-2021", "pasal-5"),
        ("pedoman menteri panrb 3/2024", "pedoman-menpanrb-3-2024", ""),
        ("permen ppn/bappenas 16 2020 pasal 20", "permenppn-16-2020", "pasal-20"),
    ],
)
def test_parsed(assistant: Assistant, text: str, regulation: str | None, locator: str) -> None:
    refs = assistant.reader.read(text).refs
    assert (refs.regulation.id if refs.regulation else None) == regulation
    assert refs.locator == locator


@pytest.mark.parametrize(
    ("text", "indicator", "level"),
    [
        ("indikator 19 level 4", 19, 4),
        ("indikator nomor 7 tingkat 2", 7, 2),
        ("indktor 12 lvl 3", 12, 3),
        ("indikator 48", 48, None),
        ("level 3 pada indikator 42", 42, 3),
    ],
)
def test_indicators(assistant: Assistant, text: str, indicator: int, level: int | None) -> None:
    refs = assistant.reader.read(text).refs
    assert (refs.indicator, refs.level) == (indicator, level)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pasal 99 perpres 95", "hanya sampai Pasal 77"),
        ("pasal 0 perpres 95", "tidak ada"),
        ("pasal 12 ayat 40 perpres 95/2018", "Pasal 12 ayat (40) tidak ada"),
        ("indikator 48", "Indikator 48 tidak ada"),
        ("indikator 0", "Indikator 0 tidak ada"),
        ("indikator 5 level 6", "Tingkat 6 tidak ada"),
        ("perpres 96/2018", "tidak ada di basis"),
        ("isi pp 71/2019 pasal 14", "tidak ada di basis"),
        ("uu nomor 27 tahun 2022 pasal 5", "tidak ada di basis"),
        ("pasal 32 permenkominfo 16/2022", "tidak ada dalam naskah resmi"),
    ],
)
def test_what_does_not_exist_is_said_not_to_exist(
    assistant: Assistant, text: str, shown: str
) -> None:
    answer, _ = assistant.ask(text)
    assert answer.abstained
    assert shown in answer.text


def test_years_of_a_trend_are_not_a_regulation(assistant: Assistant) -> None:
    question = assistant.reader.read("tren indeks palopo 2018 - 2024")
    assert question.refs.regulations == ()
    assert question.years.years == tuple(range(2018, 2025))


def test_pasal_without_regulation_says_which_one_it_took(assistant: Assistant) -> None:
    answer, _ = assistant.ask("pasal 58")
    assert answer.citations[0].source == "perpres-95-2018"
    assert any("Anda tidak menyebut" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("angka 5 huruf d se menpan 18/2022", "angka-5-huruf-d"),
        ("lampiran bab iii bagian b permenpan 59/2020", "lampiran-bab-3-bagian-b"),
        ("bagian b bab 3 pedoman 3/2024", "bab-3-bagian-b"),
        ("bagian organisasi menurut perpres 95/2018", ""),
        ("pasal 4 huruf d perpres 95/2018", ""),
    ],
)
def test_parts_of_texts_without_pasal(assistant: Assistant, question: str, part: str) -> None:
    assert assistant.reader.read(question).refs.part == part


def test_a_part_of_a_circular_is_shown(assistant: Assistant) -> None:
    answer, _ = assistant.ask("angka 5 huruf d SE Menpan 18 2022")
    assert answer.citations[0].locator == "angka-5-huruf-d"
