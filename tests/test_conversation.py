"""Follow-ups: what a question leaves unsaid comes from the conversation."""

import pytest
from bot.answering.answer import Answer, Kind, Topic
from bot.answering.assistant import Assistant


def talk(assistant: Assistant, *turns: str) -> Answer:
    """Return the answer to the last of some questions asked one after the other."""
    topic = Topic()
    for turn in turns:
        answer, topic = assistant.ask(turn, topic)
    return answer


@pytest.mark.parametrize(
    ("turns", "locator"),
    [
        (["apa itu arsitektur spbe", "yang menetapkan di daerah siapa?"], "pasal-12-ayat-3"),
        (["siapa yang menetapkan arsitektur spbe daerah", "kapan direviu?"], "pasal-12-ayat-5"),
        (["siapa yang menetapkan arsitektur spbe daerah", "berlaku berapa tahun?"], "pasal-12"),
        (["pasal 12 perpres 95", "ayat 3?"], "pasal-12-ayat-3"),
        (["pasal 12 perpres 95", "pasal selanjutnya"], "pasal-13"),
        (["pasal 12 perpres 95", "klo pasal setelahnya isinya apa"], "pasal-13"),
        (["pasal 12 ayat 3 perpres 95", "selengkapnya dong"], "pasal-12"),
    ],
)
def test_a_pasal_is_gone_on_about(assistant: Assistant, turns: list[str], locator: str) -> None:
    answer = talk(assistant, *turns)
    assert answer.citations[0].source == "perpres-95-2018"
    assert answer.citations[0].locator.startswith(locator)


def test_the_other_level_of_government_takes_its_place(assistant: Assistant) -> None:
    answer = talk(
        assistant,
        "siapa yang menetapkan arsitektur spbe daerah",
        "kapan direviu?",
        "kalau di kementerian?",
    )
    assert answer.citations[0].locator.startswith("pasal-11")


def test_the_ground_of_an_answer_with_several_is_listed(assistant: Assistant) -> None:
    first = talk(assistant, "apa beda pemantauan dan evaluasi spbe")
    ground = talk(assistant, "apa beda pemantauan dan evaluasi spbe", "dasar hukumnya apa")
    assert first.kind is Kind.FAQ
    assert {c.source for c in ground.citations} == {c.source for c in first.citations}


@pytest.mark.parametrize(
    ("turns", "shown"),
    [
        (["indeks spbe makassar 2024", "tahun sebelumnya?"], ["Makassar 2023", "3,41"]),
        (["indeks kab bogor 2024", "bukan, maksud saya kota bogor"], ["Kota Bogor 2024", "4,08"]),
        (["indeks kota bogor 2024", "peringkatnya di jabar?"], ["Kota Bogor peringkat 8 dari 27"]),
        (["indeks kota bogor 2024", "bandingkan sama depok"], ["Kota Depok lebih tinggi 0,24"]),
        (["indeks kota bogor 2024", "domain terlemahnya?"], ["manajemen, 3,64"]),
        (["kabupaten tertinggi 2024", "kalau yang paling rendah?"], ["terendah kabupaten"]),
    ],
)
def test_index_questions_go_on(assistant: Assistant, turns: list[str], shown: list[str]) -> None:
    text = talk(assistant, *turns).plain()
    for part in shown:
        assert part in text


def test_a_question_for_how_long_is_not_one_for_the_status(assistant: Assistant) -> None:
    answer = talk(assistant, "arsitektur spbe pemerintah daerah", "berlaku berapa tahun?")
    assert answer.kind is not Kind.STATUS


@pytest.mark.parametrize(
    ("turns", "shown"),
    [
        (["peringkat palopo di sulsel 2024", "kalau 2023?"], ["peringkat 2 dari 24"]),
        (["peringkat palopo di sulsel 2023", "kalau nasional?"], ["98 dari 491"]),
        (["peringkat palopo nasional 2023", "domain layanan?"], ["33 dari 491", "4,36"]),
        (["rata-rata sulsel 2024", "kalau sulbar?"], ["6 kabupaten/kota", "2,69"]),
        (["rata-rata kabupaten di sulsel 2024", "kalau kota?"], ["3 kota", "3,25"]),
        (["rata-rata sulbar 2023", "yang tertinggi?"], ["Polewali Mandar, 3,86"]),
        (["kenaikan terbesar di sulsel 2024", "kalau yang turun?"], ["1 dari 24", "Palopo"]),
        (["5 kabupaten tertinggi di sulsel 2024", "kalau 2023?"], ["5 indeks", "Luwu Utara"]),
        (["5 kabupaten tertinggi di sulsel 2024", "10 besar"], ["10 indeks"]),
        (["5 kota terendah 2024", "di jawa barat?"], ["5 indeks", "Kota Sukabumi"]),
        (["kabupaten mana saja yang memuaskan 2024", "kalau kota?"], ["8 dari 93"]),
        (["kabupaten yang memuaskan 2024", "di jawa tengah?"], ["4 dari 29"]),
        (["palopo kurang berapa ke sangat baik", "ke memuaskan?"], ["1,08"]),
        (["palopo kurang berapa ke sangat baik", "kalau 2023?"], ["0,19"]),
        (["domain palopo 2024", "kalau makassar?"], ["Kota Makassar", "2,55"]),
        (["domain palopo 2024", "yang terendah apa?"], ["manajemen, 1,00"]),
        (["bandingkan palopo dan makassar 2024", "domain manajemennya?"], ["1,00", "2,55"]),
        (["bandingkan palopo dan makassar 2024", "tambah gowa"], ["3,12", "4,02", "3,63"]),
        (["peringkat kota padang nasional 2024", "di sumbar?"], ["peringkat 2 dari 19"]),
        (["indeks kota semarang 2024", "rata-rata provinsinya?"], ["35 kabupaten/kota", "3,74"]),
        (["provinsi terendah 2024", "10 besar"], ["10 indeks", "tertinggi"]),
        (["kab/kota memuaskan di jateng 2024", "rata-ratanya?"], ["35", "3,74"]),
        (["indeks kab kediri 2024", "bandingkan dengan blitar"], ["Kediri 2024: 4,63", "Blitar"]),
        (["kota batam naik atau turun", "kenapa?"], ["Menurut indeks domainnya"]),
        (["bandingkan domain layanan medan dan surabaya 2024", "selisihnya?"], ["0,20 poin"]),
        # Back from a question of law.
        (
            ["indeks pontianak 2024", "apa itu arsitektur spbe", "terus singkawang?"],
            ["Singkawang"],
        ),
        # A whole question takes nothing over.
        (["peringkat palopo di sulsel 2024", "indeks makassar 2023"], ["Makassar 2023: 3,41"]),
    ],
)
def test_details_of_an_index_question_are_changed(
    assistant: Assistant, turns: list[str], shown: list[str]
) -> None:
    text = talk(assistant, *turns).text
    assert all(part in text for part in shown), text
