"""Index figures: lookups, comparison, ranking, distances, what there is no data for."""

import pytest
from bot.answering.answer import Kind
from bot.answering.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("indeks spbe plopo 2023", ["3,31", "Baik"]),
        # A figure counted, ranked or averaged by hand from indeks.csv.
        ("peringkat sulsel nasional 2024", ["peringkat 10 dari 38 provinsi"]),
        ("peringkat bandung di jabar 2024", ["peringkat 10 dari 27", "peringkat 1 dari 27"]),
        ("peringkat palopo domain manajemen 2024", ["14 dari 24", "bersama 10 yang lain"]),
        ("tata kelola maros berapa 2023", ["1,90"]),
        ("provinsi dengan tata kelola terendah 2024", ["Papua Selatan, 1,00"]),
        ("rata-rata domain manajemen sulsel 2024", ["24 kabupaten/kota", "1,41"]),
        ("siapa saja yg kurang di sulsel 2023", ["1 dari 24", "Tana Toraja"]),
        ("top 3 kota domain layanan di jawa tengah 2024", ["Surakarta: 4,70", "Magelang: 4,39"]),
        ("daftar indeks semua kab/kota di sulsel 2024", ["24 indeks", "Toraja Utara: 2,31"]),
        ("peringkat 5 terendah sulsel 2024", ["Toraja Utara: 2,31", "Parepare: 2,62"]),
        ("berapa pemda yg memuaskan 2024 nasional", ["29 dari 523"]),
        ("instansi pusat yg memuaskan 2024 brp", ["19 dari 92 instansi pusat"]),
        ("kab/kota sulsel yang naik predikat 2024", ["8 dari 24", "Bantaeng"]),
        ("luwu 2024 kurang brp ke baik", ["masih Cukup", "sebelum dibulatkan"]),
        ("makassar jarak ke predikat berikutnya", ["0,18", "tata kelola dari 3,50 ke 4,22"]),
        ("jeneponto kurang berapa supaya baik thn 2024", ["sudah tercapai"]),
        ("indeks nasional naik berapa dari 2023", ["naik 0,44", "3,23"]),
        ("tren indeks spbe nasional", ["1,98", "3,23"]),
        ("sulsel dibanding rata-rata nasional", ["3,94", "0,82"]),
        ("rata-rata kementerian 2024", ["34 kementerian", "4,03"]),
        ("ada berapa daerah yang dievaluasi 2024", ["523"]),
        ("palopo, gowa, bone 2024", ["Kabupaten Bone 2024: 3,18"]),
        ("bkn vs lan vs anri 2024", ["Lembaga Administrasi Negara 2024", "3,88"]),
        ("indeks bssn 2023 dan 2024", ["3,94", "4,06"]),
        (
            "indeks kementerian pendayagunaan aparatur negara dan reformasi birokrasi 2024",
            ["4,33"],
        ),
        ("penurunan terbesar se indonesia 2024", ["26 dari 517", "Bolaang Mongondow"]),
        ("siapa tertinggi 2025", ["Banyuwangi", "4,87"]),
        ("indeks spbe pemprov maluku utara 2024", ["Provinsi Maluku Utara 2024: 2,69"]),
        ("indeks taput tapteng tapsel 2024", ["Tapanuli Utara 2024: 2,85", "Tapanuli Selatan"]),
        ("indeks kab bener meriah 2024", ["Bener Meriah 2024: 2,66"]),
        ("urutkan kab kota di banten 2024", ["8 indeks", "Kabupaten Tangerang"]),
        ("indeks spbe se-bali 2024", ["9 indeks", "Denpasar"]),
        ("kab mana saja yg indeksnya di atas 4 di jateng 2024", ["7 dari 29", "Sukoharjo"]),
        ("kab/kota di jabar yg di bawah 3,5 tahun 2024", ["2 dari 27", "Majalengka: 2,94"]),
        ("10 terbawah nasional 2024", ["Asmat: 1,03"]),
        ("rata2 domain layanan nasional 2024", ["3,78"]),
        ("berapa kab/kota di jatim di atas rata2 nasional 2024", ["35 dari 38"]),
        ("kenapa sabu raijua anjlok 2024", ["turun 0,59", "layanan turun 1,73"]),
        ("kenapa indeks kota surabaya naik", ["2023", "tata kelola naik 0,40"]),
        ("10 pemda terbaik 2024", ["10 indeks"]),
        # 1,855 exactly: halves go up.
        ("rata2 spbe kabupaten di papua tengah 2024", ["1,86"]),
        ("indeks kab luwu 2024", ["2,60", "Cukup", "2,5968"]),
        ("indeks paser 2022", ["2,13", "2,83"]),
        ("tren indeks palopo 2018 sampai 2024", ["1,88", "3,12", "2021"]),
        ("luwu utara naik berapa dari 2022 ke 2023", ["naik 0,25"]),
        ("palopo turun berapa dari 2023 ke 2024", ["turun 0,19"]),
        ("bandingkan paser dan balikpapan 2024", ["3,27", "3,96", "0,69"]),
        ("kab/kota tertinggi di kaltim 2023", ["Balikpapan", "3,75"]),
        ("tiga provinsi tertinggi 2024", ["Jawa Barat", "Yogyakarta"]),
        ("peringkat luwu utara di antara kabupaten/kota sulsel 2023", ["peringkat 3 dari"]),
        ("palopo kurang berapa lagi ke sangat baik 2024", ["0,38"]),
        ("domain paling lemah palopo 2024", ["manajemen", "1,00"]),
        ("rincian domain luwu utara 2024", ["kebijakan", "1,82"]),
        ("apakah luwu utara 2022 di atas rata-rata nasional", ["2,93", "2,34", "di atas"]),
        ("indeks nasional 2021 sampai 2024", ["2,24", "3,12"]),
        ("tahun berapa indeks paser paling rendah", ["2021", "1,36"]),
        ("kementerian dengan indeks tertinggi 2024", ["Komunikasi dan Informatika", "4,75"]),
        ("indeks spbe bandung 2024", ["Kota Bandung", "Kabupaten Bandung"]),
        (
            "kab/kota sulsel predikat sangat baik 2024",
            ["3 dari 24", "Makassar", "Bantaeng", "Gowa"],
        ),
        ("berapa provinsi yang dapat predikat memuaskan 2024", ["6 dari 38"]),
        ("berapa instansi pusat dan pemda berpredikat memuaskan 2024", ["48 dari 615"]),
        ("kab/kota sulsel yang belum baik 2024", ["4 dari 24", "Toraja Utara"]),
        ("sebaran predikat kabupaten kota di jawa timur 2024", ["Memuaskan: 11 (29%)"]),
        ("rata-rata indeks kabupaten kota di sulsel 2024", ["3,02", "bukan angka resmi"]),
        ("palopo di atas rata rata sulsel tidak 2024", ["0,10 poin di atas"]),
        ("kabupaten mana yang paling naik dari 2023 ke 2024", ["Banyuasin: naik 1,66"]),
        (
            "daerah di sulsel yang turun dari 2023 ke 2024",
            ["1 dari 24", "Kota Palopo: turun 0,19"],
        ),
        ("kenapa indeks palopo turun 2024", ["manajemen turun 0,55", "tidak menyebut sebab lain"]),
        ("peringkat luwu utara 2023 dan 2024", ["peringkat 5 dari 24", "Pada 2023: peringkat 3"]),
        ("peringkat palopo domain layanan 2024", ["domain layanan 4,24"]),
        ("berapa lagi palopo ke sangat baik 2024", ["tata kelola dari 2,20 ke 3,72"]),
        ("indeks nasional 2022 dan 2024", ["naik 0,78 poin"]),
        ("provinsi mana yang paling tinggi indeks spbenya 2024", ["Jawa Barat", "4,73"]),
        ("di koran palopo dapat 2,90 tahun 2023 benar tidak", ["tahun 2022, bukan 2023", "3,31"]),
        ("kota bogor 2024 brp? kotanya lho bkn kabupaten", ["Kota Bogor 2024: 4,08"]),
    ],
)
def test_answers(assistant: Assistant, question: str, shown: list[str]) -> None:
    answer, _ = assistant.ask(question)
    assert answer.kind is Kind.INDEX
    for part in shown:
        assert part in answer.plain()


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("indeks spbe palopo 2020", "2019 (2,62)"),
        ("indeks spbe paser 2031", "tidak meramal"),
        ("indeks spbe kabupaten wakanda 2023", "tidak mengenal"),
        ("nilai spbe kecamatan masamba 2023", "tidak untuk kecamatan"),
        ("indeks reformasi birokrasi palopo 2023", "hanya punya data Indeks SPBE"),
        ("indeks literasi digital sumbar 2022", "hanya punya data Indeks SPBE"),
        ("nilai kepatuhan ombudsman kota bandung 2023", "bukan yang Anda sebut (kepatuhan)"),
        ("tahu skor kota toleran singkawang 2024", "hanya punya data Indeks SPBE"),
    ],
)
def test_no_data_is_said_plainly(assistant: Assistant, question: str, shown: str) -> None:
    answer, _ = assistant.ask(question)
    assert answer.abstained
    assert shown in answer.text
    assert not answer.values


def test_a_series_break_is_told(assistant: Assistant) -> None:
    answer, _ = assistant.ask("tren indeks paser 2018 - 2024")
    assert any("berganti pada 2021" in note for note in answer.notes)
    inside, _ = assistant.ask("tren indeks paser 2021 - 2024")
    assert not any("berganti" in note for note in inside.notes)


def test_figures_carry_basis_and_source(assistant: Assistant) -> None:
    answer, _ = assistant.ask("indeks palopo 2022")
    assert answer.values[0].basis == "disimpulkan"
    assert "disimpulkan" in answer.text
    assert answer.citations


def test_conversation_fills_what_is_left_unsaid(assistant: Assistant) -> None:
    answer, topic = assistant.ask("indeks kota makassar 2024")
    answer, topic = assistant.ask("kalau tahun 2023?", topic)
    assert answer.values[0].year == 2023
    answer, topic = assistant.ask("jadi naik berapa?", topic)
    assert "0,61" in answer.text
    answer, topic = assistant.ask("kalau palopo?", topic)
    assert answer.values[-1].region == "73.73"
    answer, topic = assistant.ask("tertinggi di sulsel 2024 siapa", topic)
    answer, topic = assistant.ask("kalau yang terendah?", topic)
    assert "Toraja Utara" in answer.text


def test_names_that_are_not_known_are_said_to_be_left_out(assistant: Assistant) -> None:
    answer, _ = assistant.ask("indeks gowa dan wakanda 2024")
    assert "3,63" in answer.text
    assert "wakanda" in answer.notes[0]


def test_pictures_of_a_domain_say_so(assistant: Assistant) -> None:
    for question in (
        "5 kabupaten dengan domain tata kelola tertinggi 2024",
        "peringkat palopo domain tata kelola 2024",
    ):
        answer, _ = assistant.ask(question)
        assert answer.chart is not None
        assert "domain tata kelola 2024" in answer.chart.title
