"""A start from the cache gives the same assistant, and never an old or a broken one."""

import shutil
from pathlib import Path

import pytest
from bot.answering import prepared
from bot.answering.prepared import prepare

from tests.conftest import ROOT

QUESTION = "siapa yang menetapkan arsitektur spbe kabupaten?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small knowledge folder of real files."""
    target = tmp_path / "pengetahuan"
    for name in ("wilayah.csv", "instansi.csv", "istilah.yaml", "ejaan.yaml"):
        target.mkdir(exist_ok=True)
        shutil.copy(ROOT / "knowledge" / name, target)
    for name in ("indeks", "indikator", "tanya-jawab"):
        shutil.copytree(ROOT / "knowledge" / name, target / name)
    (target / "regulasi").mkdir()
    shutil.copy(ROOT / "knowledge/regulasi/perpres-95-2018.md", target / "regulasi")
    return target


def test_the_second_start_reads_no_knowledge_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = prepare(folder, 2026, tmp_path / "cache")
    monkeypatch.setattr(prepared, "_build", lambda *_: pytest.fail("read anew"))
    second = prepare(folder, 2026, tmp_path / "cache")
    assert second.faults == first.faults
    assert second.assistant.ask(QUESTION)[0] == first.assistant.ask(QUESTION)[0]


def test_a_changed_file_is_read(folder: Path, tmp_path: Path) -> None:
    prepare(folder, 2026, tmp_path / "cache")
    path = folder / "regulasi/perpres-95-2018.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kepala daerah (gubernur", "kepala daerah uji (gubernur"))
    answer, _ = prepare(folder, 2026, tmp_path / "cache").assistant.ask(QUESTION)
    assert "kepala daerah uji" in answer.text
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_broken_cache_is_read_anew(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    prepare(folder, 2026, cache)
    next(cache.iterdir()).write_bytes(b"rusak")
    answer, _ = prepare(folder, 2026, cache).assistant.ask(QUESTION)
    assert answer.citations


def test_a_cache_that_others_may_write_is_not_trusted(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    prepare(folder, 2026, cache)
    cache.chmod(0o777)
    built = []
    real = prepared._build
    monkeypatch.setattr(prepared, "_build", lambda *a: built.append(a) or real(*a))
    prepare(folder, 2026, cache)
    assert built


def test_an_unwritable_cache_is_no_fault(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("")
    assert prepare(folder, 2026, tmp_path / "berkas" / "cache").assistant
