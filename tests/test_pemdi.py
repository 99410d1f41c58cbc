"""Indeks Pemdi: its 20 indicators, the mapping from the 47, and what is not known of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from bot.answering.answer import Kind
from bot.answering.assistant import Assistant
from bot.knowledge.faults import Faults
from bot.knowledge.pemdi import check_pemdi, read_pemdi


def test_a_number_with_pemdi_means_the_new_instrument(assistant: Assistant) -> None:
    answer, _ = assistant.ask("indikator 13 pemdi bobotnya berapa?")
    assert answer.kind is Kind.INDICATOR
    assert answer.text.startswith("Indikator Pemdi 13 – Aplikasi Pemdi.")
    assert "bobot 5%" in answer.text
    assert answer.citations[0].source == "permenpanrb-8-2026"
    assert any("tangan kedua" in note for note in answer.notes)


def test_the_same_number_without_pemdi_stays_with_the_47(assistant: Assistant) -> None:
    answer, _ = assistant.ask("indikator 13 bobotnya berapa?")
    assert answer.text.startswith("Indikator 13 – ")


@pytest.mark.parametrize(
    "question",
    ["indikator 19 SPBE di pemdi jadi apa?", "indikator 19 di pemdi menjadi indikator berapa"],
)
def test_what_became_of_an_old_indicator(assistant: Assistant, question: str) -> None:
    answer, _ = assistant.ask(question)
    assert answer.text.startswith("Indikator SPBE 19 – ")
    assert "Pemdi 4 – Kolaborasi Pemdi" in answer.text
    assert any("bukan ketentuan" in note for note in answer.notes)
    assert "roki-pemdi-2026" in {c.source for c in answer.citations}


def test_an_old_indicator_without_a_twin_says_so(assistant: Assistant) -> None:
    answer, _ = assistant.ask("indikator 2 SPBE di pemdi jadi apa?")
    assert "Tidak ada indikator Pemdi yang sepadan" in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("indikator 25 pemdi", "1 sampai 20"),
        ("aspek 9 pemdi", "1 sampai 7"),
        ("indikator 3 pemdi level 4 syaratnya apa", "belum saya pegang"),
    ],
)
def test_what_the_instrument_lacks_is_said(assistant: Assistant, question: str, said: str) -> None:
    answer, _ = assistant.ask(question)
    assert answer.abstained
    assert said in answer.text


def test_the_whole_mapping_names_all_twenty(assistant: Assistant) -> None:
    answer, _ = assistant.ask("pemetaan 47 indikator SPBE ke pemdi")
    assert answer.text.count("\n- Pemdi ") == 20


def test_an_aspect_lists_its_indicators(assistant: Assistant) -> None:
    answer, _ = assistant.ask("aspek 7 pemdi apa saja?")
    assert "25%" in answer.text
    assert answer.text.count("\n- Indikator ") == 2


def _faults(assistant: Assistant, tmp_path: Path, old: str, new: str) -> list[str]:
    shipped = Path(__file__).parents[1] / "knowledge/indikator/pemdi.yaml"
    path = tmp_path / "pemdi.yaml"
    text = shipped.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    faults = Faults(tmp_path)
    held = read_pemdi(path, faults)
    if held is not None:
        check_pemdi(replace(assistant.snapshot, pemdi=held), path, faults)
    return [f"{fault.field}: {fault.message}" for fault in faults.sorted()]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("bobot: 3\n", "bobot: 4\n", "aspek 3"),
        ("spbe: [25]", "spbe: [52]", "indikator 3"),
        ("dasar: lampiran-bagian-c", "dasar: lampiran-bagian-z", "indikator 1"),
        ("sumber_pemetaan: roki-pemdi-2026", "sumber_pemetaan: entah", "sumber_pemetaan"),
        ("indikator: [3, 4]", "indikator: [4, 4]", "indikator 3"),
        ("lingkup: statistik sektoral", "jangkauan: statistik", "indikator.6.lingkup"),
    ],
)
def test_a_fault_in_the_file_is_named(
    assistant: Assistant, tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert any(f.startswith(expected) for f in _faults(assistant, tmp_path, old, new))
