"""Importing index figures: the command, and what is written."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bot.cli import index_import
from bot.errors import SpbeError
from bot.knowledge import snapshot
from bot.knowledge.model import Snapshot
from bot.regions.importing import (
    ImportPlan,
    IndexImportError,
    plan_import,
    planned_tables,
)
from bot.regions.sheets import SheetError
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from tests.index_files import PRESS, free_year, official, table, tables, workbook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder that a test may change."""
    return Path(shutil.copytree(ROOT / "knowledge", tmp_path / "pengetahuan"))


@pytest.fixture
def command(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder))

    def run(*args: str, answer: str = "") -> Result:
        return CliRunner().invoke(index_import.import_, args, input=answer)

    return run


@pytest.fixture
def file(tmp_path: Path, knowledge: Snapshot) -> Path:
    """One row of each outcome; the new one in a region, and one in an agency."""
    old = official(knowledge)
    path = tmp_path / "nilai.csv"
    disclosed = next(r for r in knowledge.records if r.basis == "disebut" and r.year == 2022)
    agency = "badan-pusat-statistik"
    rows = [
        f"73.73;{free_year(knowledge, '73.73')};2,71;;=HYPERLINK(1)",
        f"{agency};{free_year(knowledge, agency)};2,20;;",
        f"73.73;2024;{old.index - 0.1:.2f};;",
        f"{disclosed.region};2022;{disclosed.index - 0.01:.2f};;",
        "73.22;2018;9;;",
    ]
    path.write_text("kode;tahun;indeks;predikat;catatan\n" + "\n".join(rows) + "\n")
    return path


def test_import_writes_and_a_second_one_changes_nothing(
    command: Callable[..., Result], folder: Path, file: Path, knowledge: Snapshot
) -> None:
    before = tables(folder)
    done = command(str(file), "--source", PRESS, "--yes")
    assert done.exit_code == 1, "the row out of range"
    assert "2 baru, 0 sama, 1 berubah, 1 konflik, 1 bermasalah." in done.output
    assert "baris 6" in done.output
    assert "4 baris terbit" in done.output
    after = tables(folder)
    for old, new, added, gone in zip(before, after, (3, 1), (1, 0), strict=True):
        old_lines, new_lines = old.splitlines(), new.splitlines()
        assert new_lines[0] == old_lines[0]
        assert len(set(new_lines) - set(old_lines)) == added
        assert len(set(old_lines) - set(new_lines)) == gone
        kept = set(old_lines)
        assert [x for x in new_lines if x in kept] == [x for x in old_lines if x in set(new_lines)]
    year = free_year(knowledge, "73.73")
    line = f"73.73,Kota Palopo,{year},2.71,,,,,,disebut,{PRESS},,HYPERLINK(1)"
    lines = after[0].decode().splitlines()
    at = lines.index(line)
    assert lines[at - 1] < line < lines[at + 1]
    found, faults = snapshot.load(folder)
    assert [str(f) for f in faults] == []
    assert len(found.conflicts) == len(knowledge.conflicts) + 1

    done = command(str(file), "--source", PRESS, "--yes")
    assert "0 baru, 4 sama, 0 berubah, 0 konflik, 1 bermasalah." in done.output
    assert tables(folder) == after


@pytest.mark.parametrize(("option", "answer"), [("--dry-run", ""), ("", "n\n"), ("", "\n")])
def test_nothing_is_written_without_consent(
    command: Callable[..., Result], folder: Path, file: Path, option: str, answer: str
) -> None:
    before = tables(folder)
    done = command(str(file), "--source", PRESS, *filter(None, [option]), answer=answer)
    assert done.exit_code == 1
    assert tables(folder) == before


def test_consent_writes(command: Callable[..., Result], folder: Path, file: Path) -> None:
    before = tables(folder)
    done = command(str(file), "--source", PRESS, answer="y\n")
    assert "Terbitkan 4 baris? [y/N]" in done.output
    assert tables(folder) != before


def test_xlsx_through_the_command(
    command: Callable[..., Result], folder: Path, tmp_path: Path, knowledge: Snapshot
) -> None:
    path = tmp_path / "nilai.xlsx"
    path.write_bytes(
        workbook(
            ["Rekap"],
            [],
            ["Kode", "Nama", "Tahun", "Indeks", "Predikat", "Sumber"],
            [73.73, "Kota Palopo", free_year(knowledge, "73.73"), 2.7, "Baik", PRESS],
        )
    )
    done = command(str(path), "--yes")
    assert (done.exit_code, "1 baru" in done.output) == (0, True), done.output
    assert b"73.73,Kota Palopo,%d,2.70,Baik," % free_year(knowledge, "73.73") in tables(folder)[0]


def test_long_lists_are_cut(command: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "nilai.csv"
    path.write_text("kode;tahun;indeks\n" + "".join(f"x{n};2020;2\n" for n in range(60)))
    done = command(str(path))
    assert "… dan 10 lagi" in done.output
    assert "Tidak ada yang perlu ditulis." in done.output


def test_a_file_that_cannot_be_read_ends_in_a_known_error(
    command: Callable[..., Result], folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "nilai.xlsx"
    path.write_bytes(b"PK\x03\x04 rusak")
    before = tables(folder)
    assert isinstance(command(str(path), "--yes").exception, SheetError)
    assert tables(folder) == before


def test_line_ends_and_other_columns_are_kept(folder: Path) -> None:
    path = folder / "indeks/indeks.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = "\r\n".join([lines[0] + ",asal", *(f"{line},x" for line in lines[1:])])
    path.write_bytes(changed.encode())
    found, _ = snapshot.load(folder)
    rows = table(["televisi-republik-indonesia", "", "2022", "2,00", "", PRESS])
    written = planned_tables(folder, plan_import(found, rows))
    assert list(written) == ["indeks/indeks.csv"]
    new = written["indeks/indeks.csv"].decode()
    agency = "televisi-republik-indonesia,Televisi Republik Indonesia"
    added = f"{agency},2022,2.00,,,,,,disebut,{PRESS},,,"
    assert set(new.split("\r\n")) - set(changed.split("\r\n")) == {added}


def test_new_faults_leave_the_old_files(
    command: Callable[..., Result], folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoiled(root: Path, plan: ImportPlan) -> dict[str, bytes]:
        path = root / "indeks/indeks.csv"
        return {"indeks/indeks.csv": path.read_bytes() + b"99.99,X,2020,2.00\n"}

    before = tables(folder)
    monkeypatch.setattr(index_import, "planned_tables", spoiled)
    done = command(str(file), "--source", PRESS, "--yes")
    assert isinstance(done.exception, SpbeError)
    assert "menimbulkan kesalahan" in str(done.exception)
    assert tables(folder) == before


def test_a_broken_table_is_named(folder: Path) -> None:
    found, _ = snapshot.load(folder)
    year = str(free_year(found, "73.73"))
    plan = plan_import(found, table(["73.73", "", year, "2,00", "", PRESS]))
    (folder / "indeks/indeks.csv").write_text("tanpa,kolom\n")
    with pytest.raises(IndexImportError, match=r"indeks.csv: tanpa kolom kode"):
        planned_tables(folder, plan)
