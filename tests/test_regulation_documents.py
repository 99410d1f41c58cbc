"""Real documents, where they are at hand."""

import pytest
from bot.knowledge.importing import read_regulation_file

from tests.regulation_files import DOCUMENTS


@pytest.mark.parametrize(
    ("name", "kind", "number", "year_", "issuer", "pasal", "bab"),
    [
        ("perbup-kulon-progo-5-2020", "perbup", "5", 2020, "Kabupaten Kulon Progo", 16, 10),
        ("perbup-batu-bara-81-2021", "perbup", "81", 2021, "Kabupaten Batu Bara", 53, 10),
        ("ranperbup-lamongan-2021", "ranperbup", "", 2021, "Kabupaten Lamongan", 63, 7),
        ("pergub-sulut-23-2017", "pergub", "23", 2017, "Provinsi Sulawesi Utara", 37, 16),
        ("perda-surabaya-3-2018", "perda", "3", 2018, "Kota Surabaya", 41, None),
        ("perda-kulon-progo-10-2017", "perda", "10", 2017, "Kabupaten Kulon Progo", 2, None),
        ("pergub-bali-1-2021", "pergub", "1", 2021, "Provinsi Bali", 2, None),
        ("permendikbudristek-63-2023", "permen", "63", 2023, None, 2, None),
        ("uu-12-2011", "uu", "12", 2011, "Presiden Republik Indonesia", 104, None),
        ("perwali-kendari-7-2024", "perwali", "7", 2024, "Kota Kendari", 17, None),
        ("perbup-minahasa-selatan-15", "perbup", "15", 2025, "Kabupaten Minahasa Selatan", 44, 8),
    ],
)
def test_real_document(
    name: str, kind: str, number: str, year_: int, issuer: str | None, pasal: int, bab: int | None
) -> None:
    path = next(DOCUMENTS.glob(f"{name}*"), None)
    if path is None:
        pytest.skip("the real documents are not at hand")
    found = read_regulation_file(path.read_bytes(), path.name)
    identity = found.identity
    assert (identity.kind, identity.number, identity.year) == (kind, number, year_)
    assert issuer in (None, identity.issuer)
    assert len(found.pasal) == pasal
    assert bab in (None, len([c for c in found.chapters if c.kind == "bab"]))
