"""Imports point downwards only."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

# A layer may import itself and what stands after it.
ORDER = [
    "cli",
    "telegram",
    "broadcasts",
    "administration",
    "evaluation",
    "answering",
    "regions",
    "retrieval",
    "language",
    "knowledge",
]
SIDE = {"store": {"clock", "errors"}}


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return {n.split(".")[1] for n in names if n.startswith("bot.")}


@pytest.mark.parametrize("layer", ORDER)
def test_no_import_upwards(layer: str) -> None:
    above = set(ORDER[: ORDER.index(layer)])
    if layer == "telegram":
        above.add("cli")
    for path in (ROOT / "bot" / layer).rglob("*.py"):
        assert not imported(path) & above, path


def test_store_stands_alone() -> None:
    for path in (ROOT / "bot/store").rglob("*.py"):
        assert imported(path) <= SIDE["store"] | {"store"}, path


def test_asking_does_not_load_telegram(tmp_path: Path, environment: dict[str, str]) -> None:
    code = (
        "import sys; from bot.cli import cli; "
        "cli.main(['ask', 'apa itu spbe'], standalone_mode=False); "
        "sys.exit(any(m == 'telegram' or m.startswith('telegram.') for m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
