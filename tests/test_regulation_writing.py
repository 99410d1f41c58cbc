"""The command that imports a regulation, and the knowledge file it writes."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from bot.cli.knowledge_import import import_
from bot.errors import SpbeError
from bot.knowledge import snapshot
from bot.knowledge.importing import DocumentError, read_regulation_file
from bot.knowledge.importing.writing import knowledge_file, knowledge_id
from bot.knowledge.model import Regulation
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from tests.regulation_files import BODY, HEAD, TAIL


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", copy)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(copy))
    (tmp_path / "naskah.txt").write_text(HEAD + BODY + TAIL, encoding="utf-8")
    return copy


def run(*arguments: str) -> Result:
    return CliRunner().invoke(import_, arguments)


def test_dry_run_prints_one_object(folder: Path) -> None:
    done = run("naskah.txt", "--dry-run", "--json")
    found = json.loads(done.output)
    assert found["pasal"][1] == {"nomor": "2", "ayat": [1, 2], "judul_bab": "PENGELOLAAN"}
    assert (found["jenis"], found["nomor"], found["tahun"]) == ("perbup", "7", 2024)
    assert (found["bab"], found["rancangan"], found["perubahan"]) == (2, False, False)
    assert found["seconds"] < 5
    assert not (folder / "regulasi/perbup-luwu-utara-7-2024.md").exists()


def written(folder: Path, text: str) -> Regulation:
    """Write a regulation into a knowledge folder and load it from there."""
    found = read_regulation_file(text.encode(), "naskah.txt")
    id_ = knowledge_id(found.identity)
    path = folder / "regulasi" / f"{id_}.md"
    path.write_text(knowledge_file(found, "naskah.txt", date(2026, 1, 2)), encoding="utf-8")
    return snapshot.load(folder)[0].regulations[id_]


def test_file_that_is_written_loads(folder: Path) -> None:
    found = written(folder, HEAD + BODY + TAIL)
    by = found.by_locator
    assert found.id == "perbup-luwu-utara-7-2024"
    assert found.content == "naskah"
    assert found.region == "73.22"
    assert by["pasal-1-angka-2"].title == "Penjaga Kebun (Penjaga)"
    assert by["pasal-2-ayat-2"].text.splitlines()[1:] == ["- a. tanaman; dan", "- b. hasil panen."]
    assert by["pasal-2-ayat-2"].context[:2] == ("Pengelolaan", "Umum")


def test_text_that_looks_like_the_knowledge_format(folder: Path) -> None:
    odd = BODY.replace("Selesai", "x") + "Pasal 4\n# judul palsu\nTanya:\n---\nDasar: tidak ada.\n"
    found = written(folder, HEAD + odd + TAIL)
    assert "judul palsu" in found.by_locator["pasal-4"].text


def test_draft_has_no_id() -> None:
    draft = HEAD.replace("NOMOR 7", "NOMOR ...") + BODY
    with pytest.raises(DocumentError, match="bernomor"):
        knowledge_id(read_regulation_file(draft.encode(), "a.txt").identity)


def command(folder: Path, environment: dict[str, str], *arguments: str) -> int:
    """Run the command as a process of its own, as a person does."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "knowledge", "import", "naskah.txt", *arguments],
        env=environment | {"KNOWLEDGE_DIR": str(folder), "DATA_DIR": str(folder.parent / "data")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.returncode


def test_command_publishes_after_a_yes(folder: Path, environment: dict[str, str]) -> None:
    target = folder / "regulasi/perbup-luwu-utara-7-2024.md"
    assert command(folder, environment) == 1  # nobody said yes
    assert not target.exists()
    assert command(folder, environment, "--yes") == 0
    assert target.stem in snapshot.load(folder)[0].regulations
    assert not list(folder.rglob("*.tmp"))
    with target.open("a", encoding="utf-8") as file:
        file.write("\nCatatan: tangan.\n")
    assert command(folder, environment) == 1
    assert "tangan" in target.read_text(encoding="utf-8")


def test_command_does_not_publish_a_draft(folder: Path) -> None:
    Path("rancangan.txt").write_text(HEAD.replace("NOMOR 7", "NOMOR ...") + BODY, encoding="utf-8")
    done = run("rancangan.txt", "--yes")
    assert done.exit_code == 1
    assert "bernomor" in done.output


def test_report_in_words(folder: Path) -> None:
    done = run("naskah.txt", "--dry-run")
    assert "2 bab" in done.output
    assert "3 pasal" in done.output


def test_bad_file_on_the_command_line(folder: Path) -> None:
    Path("kosong.pdf").write_bytes(b"")
    assert isinstance(run("kosong.pdf", "--dry-run").exception, SpbeError)
