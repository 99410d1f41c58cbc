"""The graph of regulations: in force or not, what replaced what, what carries what out."""

import pytest
from bot.answering.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "source", "said"),
    [
        ("apakah perpres 95/2018 masih berlaku", "perpres-95-2018", "masih berlaku"),
        ("permenpan 962 masih berlaku?", "pedoman-menpanrb-6-2023", "Keputusan Menteri"),
        ("apa pengganti 962?", "pedoman-menpanrb-6-2023", "Pedoman Menteri PANRB 3/2024"),
        ("pedoman 6/2023 dicabut oleh apa", "pedoman-menpanrb-3-2024", "9 Juli 2024"),
        ("permenpan 59/2020 sudah dicabut belum", "permenpanrb-8-2026", "1 Juni 2026"),
        ("aturan apa yang dicabut permenpan 59/2020", "permenpanrb-59-2020", "5/2018"),
        ("aturan turunan perpres 95/2018 apa saja", "perpres-95-2018", "PermenPANRB 5/2020"),
        ("kapan perpres 95/2018 ditetapkan", "perpres-95-2018", "2 Oktober 2018"),
        (
            "mulai tanggal berapa permenpan 59/2020 berlaku",
            "permenpanrb-59-2020",
            "1 Januari 2021",
        ),
        ("aturan apa yang menggantikan permenpan 5/2018", "permenpanrb-59-2020", "Pasal 11"),
        ("permenpan 59/2020 menggantikan apa", "permenpanrb-59-2020", "5/2018"),
        ("perpers 95 tahun 2018 masih belaku?", "perpres-95-2018", "masih berlaku"),
    ],
)
def test_status_questions(assistant: Assistant, question: str, source: str, said: str) -> None:
    answer, _ = assistant.ask(question)
    assert answer.citations[0].source == source
    assert said in answer.text
    assert answer.status


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("indikator apa yang terkait pasal 48 perpres 95", "Indikator 22"),
        ("aturan pelaksana pasal 48 ayat 5 perpres 95", "BSSN 4/2021"),
        ("dasar hukum indikator 8", "Pasal 48"),
    ],
)
def test_cross_references(assistant: Assistant, question: str, said: str) -> None:
    answer, _ = assistant.ask(question)
    assert said in answer.text
    assert answer.citations
    assert answer.status


def test_a_unit_names_what_belongs_with_it(assistant: Assistant) -> None:
    answer, _ = assistant.ask("pasal 47 perpres 95")
    assert "indikator 21" in answer.related
    assert "Terkait: " in answer.plain()


def test_a_term_is_shown_as_each_regulation_defines_it(assistant: Assistant) -> None:
    answer, _ = assistant.ask("apa itu pusat data nasional menurut aturan spbe")
    answer, _ = assistant.ask("apa itu aplikasi umum")
    places = {c.source for c in answer.citations} | set(" ".join(answer.notes).split())
    assert {"perpres-95-2018", "4/2024."} & places
