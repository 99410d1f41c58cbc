"""The command line: ask, ask --json, chat, knowledge."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

KEYS = {
    "question",
    "kind",
    "answer",
    "confidence",
    "citations",
    "values",
    "suggestions",
    "elapsed_ms",
}
KINDS = {"regulation", "indicator", "index", "status", "deadline", "faq", "smalltalk", "unknown"}


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path):
    def call(*args: str, text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *args],
            input=text,
            capture_output=True,
            text=True,
            env={**environment, "DATA_DIR": str(tmp_path / "data")},
            cwd=tmp_path,
            check=False,
        )

    return call


def test_ask_prints_answer_citation_and_status(run) -> None:
    done = run("ask", "siapa yang menetapkan arsitektur spbe di daerah?")
    assert done.returncode == 0
    assert "Dasar (ringkasan kami): Pasal 12 ayat (3) Perpres 95/2018" in done.stdout
    assert "Status: Perpres 95/2018 berlaku" in done.stdout


def test_json_contract(run) -> None:
    questions = [
        "indeks palopo 2023",
        "apa itu spbe",
        "halo",
        "resep coto",
        "indikator 19 level 4",
        "permenpan 59/2020 masih berlaku?",
        "x" * 5000,
        "🙂",
        "'; DROP TABLE",
    ]
    done = run("ask", "--json", text="\n".join(questions) + "\n\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["question"] for r in rows] == questions
    for row in rows:
        assert set(row) == KEYS
        assert row["kind"] in KINDS
        assert 0 <= row["confidence"] <= 1
        assert row["elapsed_ms"] >= 0
        for citation in row["citations"]:
            assert set(citation) == {"source", "locator", "label", "url"}
        for value in row["values"]:
            assert set(value) == {
                "region",
                "region_name",
                "year",
                "index",
                "predicate",
                "source",
                "basis",
            }
    assert rows[0]["values"][0]["index"] == 3.31


def test_session_is_one_conversation_and_without_it_none(run) -> None:
    text = "indeks palopo 2023\nkalau 2024?\n"
    one = run("ask", "--json", "--session", text=text).stdout.splitlines()
    many = run("ask", "--json", text=text).stdout.splitlines()
    assert json.loads(one[1])["values"][0]["index"] == 3.12
    assert json.loads(many[1])["values"] == []


def test_chat_answers_and_tells_the_way_to_telegram(run) -> None:
    done = run("chat", text="indeks palopo 2024\n1\nkeluar\n")
    assert "TELEGRAM_BOT_TOKEN" in done.stdout
    assert "3,12" in done.stdout
    assert "1,88" in done.stdout, "typing a number asks the offered question"
    assert done.returncode == 0


def test_bare_command_without_token_is_the_chat(run) -> None:
    done = run(text="")
    assert done.returncode == 0
    assert "Asisten SPBE" in done.stdout


def test_run_without_token_says_how_to_get_one(run) -> None:
    done = run("run")
    assert done.returncode == 2
    assert "@BotFather" in done.stderr


def test_knowledge_check_exit_codes(run, tmp_path: Path) -> None:
    good = run("knowledge", "check")
    assert good.returncode == 0
    assert "0 kesalahan" in good.stdout
    folder = tmp_path / "k"
    (folder / "regulasi").mkdir(parents=True)
    (folder / "regulasi/perpres-1-2020.md").write_text("tanpa kepala")
    bad = run("knowledge", "check", str(folder))
    assert bad.returncode == 1
    assert "regulasi/perpres-1-2020.md:1: ---" in bad.stdout
    none = run("knowledge", "check", str(tmp_path / "kosong"))
    assert none.returncode == 2
