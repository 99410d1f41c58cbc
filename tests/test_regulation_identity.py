"""What a regulation is called: kind, number, year, title, issuer, draft or not."""

from datetime import date

import pytest
from bot.knowledge.importing.places import find_place

from tests.regulation_files import BODY, HEAD, articles, read


def test_identity() -> None:
    found = read(BODY).identity
    assert (found.kind, found.number, found.year) == ("perbup", "7", 2024)
    assert (found.title, found.issuer) == ("Pengelolaan Kebun Contoh", "Kabupaten Luwu Utara")
    assert (found.region, found.enacted, found.draft) == ("73.22", date(2024, 5, 3), False)


def test_identity_with_slips() -> None:
    head = HEAD.replace("PERATURAN BUPATI LUWU UTARA", "PERATURANBUPATILUWUUTARJ")
    found = read(BODY, head.replace("2024", "2O24").replace("TENTANG\n", "TENT ANG\n", 1)).identity
    assert (found.kind, found.year, found.issuer) == ("perbup", 2024, "Kabupaten Luwu Utara")
    assert found.title == "Pengelolaan Kebun Contoh"


def test_draft() -> None:
    found = read(BODY, "RANCANGAN\n" + HEAD.replace("NOMOR 7", "NOMOR ..."), "").identity
    assert (found.kind, found.number, found.draft) == ("ranperbup", "", True)
    assert any("Rancangan" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("heading", "kind", "issuer"),
    [
        ("PERATURAN DAERAH KOTA PALOPO", "perda", "Kota Palopo"),
        ("PERATURAN WALI KOTA PALOPO", "perwali", "Kota Palopo"),
        ("PERATURAN GUBERNUR SULAWESI SELATAN", "pergub", "Provinsi Sulawesi Selatan"),
        ("PERATURAN PRESIDEN REPUBLIK INDONESIA", "perpres", "Presiden Republik Indonesia"),
        ("PERATURAN MENTERI KEBUN\nREPUBLIK INDONESIA", "permen", "Kementerian Kebun"),
        ("UNDANG-UNDANG REPUBLIK INDONESIA", "uu", "Presiden Republik Indonesia"),
    ],
)
def test_kinds(heading: str, kind: str, issuer: str) -> None:
    head = HEAD.replace("BUPATI LUWU UTARA\nPERATURAN BUPATI LUWU UTARA", heading)
    found = read(BODY, head).identity
    assert (found.kind, found.issuer, found.number) == (kind, issuer, "7")


def test_numbers_of_ministries() -> None:
    head = HEAD.replace("NOMOR 7 TAHUN 2024", "NOMOR 12/PMK.07/2022")
    found = read(BODY, head).identity
    assert (found.number, found.year) == ("12/PMK.07/2022", 2022)


@pytest.mark.parametrize(
    ("letters", "kind", "name"),
    [
        ("PROPINSIJAWATIMUR", "*", "Provinsi Jawa Timur"),
        ("DAERAHISTIMEWAYOGYAKARTA", "*", "Provinsi Daerah Istimewa Yogyakarta"),
        ("KOTABANDUNG", "*", "Kota Bandung"),
        ("BANDUNGBARAT", "Kabupaten", "Kabupaten Bandung Barat"),
        ("KOTABARU", "Kabupaten", "Kabupaten Kotabaru"),
        ("KABUPATENKOTABARU", "*", "Kabupaten Kotabaru"),
        ("KOTAWARINGINTIMUR", "Kabupaten", "Kabupaten Kotawaringin Timur"),
    ],
)
def test_places(letters: str, kind: str, name: str) -> None:
    found = find_place(letters, kind)
    assert found is not None
    assert found.name == name


def test_letters_spread_out() -> None:
    head = HEAD.replace("MEMUTUSKAN", "M E M U T U S K A N").replace("TENTANG", "T E N T A N G", 1)
    found = read(BODY.replace("Pasal 3", "P a s a l 3"), head)
    assert found.identity.title == "Pengelolaan Kebun Contoh"
    assert list(articles(found)) == ["1", "2", "3"]


def test_longer_place_name_wins() -> None:
    found = find_place("MINAHASASELATAN", "Kabupaten")
    assert found is not None
    assert found.name == "Kabupaten Minahasa Selatan"


def test_number_written_by_hand_is_told_and_is_no_draft() -> None:
    found = read(BODY, HEAD.replace("NOMOR 7", "NOMOR $"))
    assert (found.identity.number, found.identity.draft) == ("", False)
    assert any("“$” tidak terbaca" in warning for warning in found.warnings)


def test_title_ends_where_the_issuer_signs() -> None:
    head = HEAD.replace("DENGAN RAHMAT TUHAN YANG MAHA ESA\n", "")
    assert read(BODY, head).identity.title == "Pengelolaan Kebun Contoh"


def test_misread_word_of_the_running_text_does_not_spoil_the_title() -> None:
    body = BODY + "Pasal 4\nDalam pengelolaam ini, pengelolaam dicatat.\n"
    assert read(body).identity.title == "Pengelolaan Kebun Contoh"


@pytest.mark.parametrize(
    ("title", "amends"),
    [
        ("PERUBAHAN ATAS PERATURAN BUPATI NOMOR 1 TAHUN 2020", True),
        ("PERUBAHAN KEDUA ATAS PERATURAN BUPATI NOMOR 1 TAHUN 2020", True),
        ("PERUBAHAN AT4S PERATURAN BUPATI NOMOR 1 TAHUN 2020", True),
        ("PENANGANAN PERUBAHAN IKLIM", False),
        ("PERUBAHAN IKLIM DI DAERAH", False),
        ("PENCABUTAN ATAS PERATURAN BUPATI NOMOR 1 TAHUN 2020", False),
    ],
)
def test_amendments_by_title(title: str, amends: bool) -> None:
    head = HEAD.replace("PENGELOLAAN KEBUN CONTOH\nDENGAN", f"{title}\nDENGAN")
    assert read(BODY, head).identity.amendment is amends
