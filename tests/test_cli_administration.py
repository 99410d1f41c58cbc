"""Administration from the command line alone: import, history, queue, admins, statistics."""

import json
from pathlib import Path

import pytest
from bot.cli import cli
from bot.errors import SpbeError
from click.testing import CliRunner, Result

from tests.knowledge_folder import path_of, regulation

QUESTION = "berapa lama garansi mesin absensi sidik jari?"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of one's own."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "d"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "d"


def run(*words: str, input: str | None = None) -> Result:  # noqa: A002 - click's name
    return CliRunner().invoke(cli, list(words), input=input)


def done(*words: str, input: str | None = None) -> str:  # noqa: A002
    result = run(*words, input=input)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> str:
    result = run(*words)
    assert result.exit_code != 0
    error = result.exception
    return f"{result.output}{error if isinstance(error, SpbeError) else ''}"


def file(tmp_path: Path, content: bytes, name: str = "kue.md") -> str:
    path = tmp_path / name
    path.write_bytes(content)
    return str(path)


def test_import_shows_asks_and_publishes(tmp_path: Path, data: Path) -> None:
    sent = file(tmp_path, regulation())
    shown = done("knowledge", "import", sent, input="n\n")
    assert "Perwali Palopo 90/2024: 3 baru" in shown
    assert "Tidak ada yang diterbitkan" in shown
    assert not (data / "pengetahuan").exists()
    assert "Terbit sebagai revisi 2" in done("knowledge", "import", sent, input="y\n")
    assert (data / "pengetahuan" / path_of()).read_bytes() == regulation()
    assert "juru kue" in done("ask", "pasal 1 perwali palopo 90/2024")
    assert "sama dengan yang sudah terbit" in refused("knowledge", "import", sent)


def test_what_is_read_can_be_corrected(tmp_path: Path, data: Path) -> None:
    text = (
        "PERATURAN WALI KOTA PALOPO\nNOMOR ... TAHUN 2025\nTENTANG\nKUE\nMenimbang: ya;\n"
        "MEMUTUSKAN:\nPasal 1\nKue adalah kue.\nPasal 2\nKue dimakan.\n"
    )
    sent = file(tmp_path, text.encode(), "kue.txt")
    assert "Kesalahan" in refused("knowledge", "import", sent, "--dry-run")
    out = done("knowledge", "import", sent, "--yes", "--set", "nomor=5", "--set", "status=berlaku")
    assert "Terbit sebagai revisi 2" in out
    header = (data / "pengetahuan/regulasi/perwali-palopo-5-2025.md").read_text()
    assert "status: berlaku" in header
    assert "bukan nomor" in refused("knowledge", "import", sent, "--set", "nomor=lima")
    assert "tidak dikenal" in refused("knowledge", "import", sent, "--set", "warna=biru")


def test_history_is_listed_compared_and_rolled_back(tmp_path: Path, data: Path) -> None:
    assert "Belum ada revisi" in done("knowledge", "log")
    done("knowledge", "import", file(tmp_path, regulation()), "--yes")
    done("knowledge", "import", file(tmp_path, regulation("Lain.")), "--yes")
    listed = done("knowledge", "log")
    assert listed.index("Revisi 3") < listed.index("Revisi 1")
    assert "cli:" in listed
    assert "1 berubah (Pasal 1)" in done("knowledge", "diff")
    assert "3 baru" in done("knowledge", "diff", "2")
    assert "+Lain." in done("knowledge", "diff", "2", "3", "--lines")
    assert "Tidak ada yang diubah" in done("knowledge", "rollback", "1", input="n\n")
    assert "Terbit sebagai revisi 4" in done("knowledge", "rollback", "1", "--yes")
    assert not (data / "pengetahuan" / path_of()).exists()
    assert "Revisi 9 tidak ada" in refused("knowledge", "rollback", "9", "--yes")
    lines = [
        json.loads(line)
        for path in (data / "journal").glob("audit-*.jsonl")
        for line in path.read_text().splitlines()
    ]
    assert [line["rev"] for line in lines] == [2, 3, 4]


def test_a_file_is_taken_away(tmp_path: Path, data: Path) -> None:
    done("knowledge", "import", file(tmp_path, regulation()), "--yes")
    assert "3 dihapus" in done("knowledge", "remove", path_of(), input="n\n")
    assert "Terbit sebagai revisi 3" in done("knowledge", "remove", path_of(), "--yes")
    assert not (data / "pengetahuan" / path_of()).exists()
    assert "harus dibetulkan" in refused("knowledge", "remove", "regulasi/perpres-95-2018.md")
    assert "sama dengan yang sudah terbit" in refused("knowledge", "remove", "regulasi/tiada.md")


def test_the_folder_may_be_edited_by_hand(tmp_path: Path, data: Path) -> None:
    done("knowledge", "import", file(tmp_path, regulation()), "--yes")
    edited = data / "pengetahuan" / path_of()
    edited.write_bytes(regulation("Disunting tangan."))
    assert "Terbit sebagai revisi 3" in done("knowledge", "publish")
    assert "Tidak ada perubahan" in done("knowledge", "publish")
    edited.write_bytes(b"rusak")
    assert "1 kesalahan; tidak diterbitkan" in refused("knowledge", "publish")
    assert "Disunting tangan." in done("ask", "pasal 1 perwali palopo 90/2024")
    edited.write_bytes(regulation("Dibetulkan."))
    assert "Dibetulkan." in done("ask", "pasal 1 perwali palopo 90/2024")


def test_everything_goes_to_another_place_as_an_archive(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("knowledge", "import", file(tmp_path, regulation()), "--yes")
    archive = str(tmp_path / "semua.zip")
    done("knowledge", "export", archive)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "lain"))
    shown = done("knowledge", "import", archive, "--yes")
    assert "Seluruh basis pengetahuan" in shown
    assert "3 baru" in shown
    there = str(tmp_path / "sama.zip")
    done("knowledge", "export", there)
    assert Path(there).read_bytes() == Path(archive).read_bytes()
    assert ".zip" in refused("knowledge", "export", str(tmp_path / "x.tar"))


def test_index_figures_become_a_revision(tmp_path: Path, data: Path) -> None:
    table = file(
        tmp_path, b"kode,tahun,indeks,sumber\n73.73,2025,3.45,laporan-spbe-2024\n", "a.csv"
    )
    assert "1 baris terbit sebagai revisi 2" in done("index", "import", table, "--yes")
    assert "3,45" in done("ask", "indeks palopo 2025")
    assert "dari a.csv" in done("knowledge", "log")


def test_admins_are_appointed_and_dismissed(data: Path) -> None:
    assert "Belum ada admin" in done("admin", "list")
    assert "--everywhere" in refused("admin", "add", "12345", "--name", "Budi")
    done("admin", "add", "12345", "--region", "73.73", "--name", "Budi")
    assert "Budi (12345): 73.73" in done("admin", "list")
    assert "99.99 tidak dikenal" in refused("admin", "add", "5", "--region", "99.99")
    done("admin", "remove", "12345")
    assert "bukan admin" in refused("admin", "remove", "12345")


@pytest.fixture
def asked(data: Path) -> Path:
    """Two questions without an answer."""
    journal = data / "journal" / "pertanyaan-2026-11-27.jsonl"
    journal.parent.mkdir(parents=True)
    rows = [
        {"answer": f"aaaaaaa{at}", "question": text, "kind": "unknown", "ms": 1.0, "cited": []}
        for at, text in enumerate([QUESTION, "warna seragam linmas apa?"])
    ]
    journal.write_text(
        "".join(json.dumps({"time": "2026-11-27T10:00:00+08:00"} | row) + "\n" for row in rows)
    )
    return data


def test_questions_are_shown_answered_and_closed(asked: Path) -> None:
    assert QUESTION in done("queue", "list")
    assert "#pasal-" in done("queue", "show", "aaaaaaa0")
    out = done("queue", "answer", "aaaaaaa0", "Dua tahun.", "--yes")
    assert "Terbit sebagai revisi 2" in out
    told = done("ask", QUESTION)
    assert "Dua tahun." in told
    assert "bukan kutipan peraturan" in told
    done("queue", "dismiss", "aaaaaaa1")
    assert "Tidak ada pertanyaan" in done("queue", "list")
    assert "[diabaikan]" in done("queue", "list", "--all")
    done("queue", "reopen", "aaaaaaa1")
    assert "linmas" in done("queue", "list")
    assert "tidak pernah ditutup" in refused("queue", "reopen", "aaaaaaa1")
    done("queue", "no-rule", "aaaaaaa1")
    assert "Sudah dicatat" in done("queue", "no-rule", "aaaaaaa1")
    assert "sudah dinyatakan belum ada aturannya" in refused("queue", "dismiss", "aaaaaaa1")
    assert "sudah dijawab oleh cli:" in done("queue", "answer", "aaaaaaa0", "Tiga.", input="n\n")
    assert "sudah tidak ada" in refused("queue", "show", "ffffffff")


def test_an_answer_with_a_reference_carries_citation_and_status(asked: Path) -> None:
    ref = "perpres-95-2018#pasal-39-ayat-3"
    done("queue", "answer", "aaaaaaa0", "Dua tahun.", "--ref", ref, "--yes")
    told = done("ask", QUESTION)
    assert "Pasal 39 ayat (3) Perpres 95/2018" in told
    assert "Status: Perpres 95/2018 berlaku" in told
    bad = refused("queue", "answer", "aaaaaaa1", "Biru.", "--ref", "perpres-1-1900", "--yes")
    assert "belum dapat diterbitkan" in bad


def test_questions_are_merged(asked: Path) -> None:
    done("queue", "merge", "aaaaaaa0", "aaaaaaa1")
    assert "2 kali" in done("queue", "list")
    assert "pilih yang lain" in refused("queue", "merge", "aaaaaaa1", "aaaaaaa1")


def test_statistics_as_text_and_picture(asked: Path, tmp_path: Path) -> None:
    chart = tmp_path / "pemakaian.png"
    told = done("stats", "--days", "366", "--chart", str(chart))
    assert "Pertanyaan: 2" in told
    assert chart.read_bytes().startswith(b"\x89PNG")
