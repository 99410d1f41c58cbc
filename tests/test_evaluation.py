"""Judging answers, summing up, comparing runs, making noise."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bot.answering.answer import Answer, Citation, Kind, Value
from bot.evaluation.compare import compare, sign_test
from bot.evaluation.judge import Verdict, judge
from bot.evaluation.noise import KINDS, Noise
from bot.evaluation.questions import QuestionFileError, read_questions
from bot.evaluation.report import Result, abstention, brier, reliability, score

from tests.conftest import ROOT

DEV = ROOT / "tests/data/questions_dev.jsonl"


def questions(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "soal.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def line(**expect: object) -> str:
    return json.dumps({"id": "1", "category": "uji", "question": "apa?", "expect": expect})


def answer(kind: Kind = Kind.REGULATION, *locators: str, text: str = "isi 5 tahun") -> Answer:
    return Answer(kind, text, tuple(Citation("perpres-1-2020", at, at) for at in locators))


@pytest.mark.parametrize(
    ("expect", "given", "rank", "hit"),
    [
        (
            {"cite": [["perpres-1-2020", "pasal-3"]]},
            answer(Kind.REGULATION, "pasal-3-ayat-1"),
            1,
            True,
        ),
        (
            {"cite": [["perpres-1-2020", "pasal-3-ayat-1"]]},
            answer(Kind.REGULATION, "pasal-3"),
            1,
            True,
        ),
        ({"cite": [["perpres-1-2020", "pasal-3"]]}, answer(Kind.REGULATION, "pasal-31"), 0, False),
        (
            {"cite": [["perpres-1-2020", "pasal-3"]]},
            answer(Kind.REGULATION, "pasal-9", "pasal-3"),
            2,
            False,
        ),
        ({"cite": [["perpres-1-2020"]], "include": ["5 tahun"]}, answer(Kind.STATUS, ""), 1, True),
        (
            {"cite": [["perpres-1-2020"]], "include": ["6 tahun"]},
            answer(Kind.STATUS, ""),
            0,
            False,
        ),
        ({"cite": [["perpres-1-2020"]], "exclude": ["tahun"]}, answer(Kind.STATUS, ""), 0, False),
        ({"cite": [["perpres-1-2020"]]}, answer(Kind.UNKNOWN), 0, False),
        ({"abstain": True}, answer(Kind.UNKNOWN), 1, True),
        ({"abstain": True}, answer(Kind.SMALLTALK), 1, True),
        ({"abstain": True}, answer(Kind.REGULATION, "pasal-1"), 0, False),
    ],
)
def test_judging(
    tmp_path: Path, expect: dict[str, object], given: Answer, rank: int, hit: bool
) -> None:
    asked = read_questions(questions(tmp_path, line(**expect)))[0]
    verdict = judge(asked, given)
    assert (verdict.rank, verdict.hit) == (rank, hit)


def test_figures_are_compared_to_the_hundredth(tmp_path: Path) -> None:
    wanted = {"region": "73.73", "year": 2024, "index": 3.12, "predicate": "Baik"}
    asked = read_questions(questions(tmp_path, line(values=[wanted])))[0]
    for index, hit in ((3.12, True), (3.13, False)):
        value = Value("73.73", "Kota Palopo", 2024, index, "Baik", "laporan", "resmi")
        assert judge(asked, Answer(Kind.INDEX, "x", values=(value,))).hit is hit


@pytest.mark.parametrize(
    "broken", ["{", '{"category": "a", "question": "b"}', line(include=["("]), "[]"]
)
def test_a_broken_line_is_named(tmp_path: Path, broken: str) -> None:
    path = questions(tmp_path, line(abstain=True), broken)
    with pytest.raises(QuestionFileError, match=re.escape(f"{path}:2")):
        read_questions(path)


def results(tmp_path: Path, *rows: tuple[bool, bool, float]) -> list[Result]:
    """Rows of (shown, right, confidence)."""
    asked = read_questions(questions(tmp_path, line(cite=[["a"]])))[0]
    return [
        Result(asked, Verdict(int(right), "" if right else "no", shown), sure, 1.0)
        for shown, right, sure in rows
    ]


def test_sums(tmp_path: Path) -> None:
    found = results(tmp_path, (True, True, 0.95), (True, False, 0.95), (False, False, 0.1))
    whole = score(found)
    assert (whole.count, whole.hit1, whole.wrong_shown) == (3, 1 / 3, 1 / 3)
    assert abstention(found) == (0.0, 1.0)
    assert brier(found) == pytest.approx((0.05**2 + 0.95**2) / 2)
    assert reliability(found) == [(0.9, 2, 0.95, 0.5)]


def test_two_runs_are_compared_by_the_questions_that_differ() -> None:
    old = {str(n): n < 5 for n in range(20)}
    new = {str(n): n < 15 for n in range(20)}
    found = compare(old, new)
    assert (len(found.better), len(found.worse)) == (10, 0)
    assert found.p == pytest.approx(2 / 2**10)
    assert sign_test(0, 0) == 1.0
    assert sign_test(5, 5) == 1.0


@pytest.mark.parametrize("kind", KINDS)
def test_noise_changes_words_and_never_numbers(kind: str) -> None:
    text = "Siapa yang menetapkan arsitektur pemerintah daerah pasal 12 ayat 3 tahun 2024?"
    one, same = (Noise({"yg": "yang"}, seed=4).make(text, kind) for _ in range(2))
    assert one == same
    assert one != text
    assert re.findall(r"\d+", one) == re.findall(r"\d+", text)


def test_the_command_reports_and_guards(tmp_path: Path, environment: dict[str, str]) -> None:
    def run(*options: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "bot", "evaluate", str(DEV), "--only", "indeks", *options]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    saved = tmp_path / "hasil.json"
    assert run("--floor", "indeks=0.9", "--save", str(saved)).returncode == 0
    again = run("--against", str(saved), "--floor", "ALL=1.01")
    assert "0 better, 0 worse" in again.stdout
    assert again.returncode == 1
    assert run("--floor", "indeks").returncode == 2
