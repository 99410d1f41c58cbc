"""Reads every document of a folder as a regulation and prints what was found, next to a gold.

``python -m bench.regulation_import FOLDER [--gold FOLDER]``. A gold file ``<stem>.json`` holds
``pasal``, a list of ``{"nomor": "5", "ayat": [1, 2]}``, and ``nomor``, ``tahun``, ``judul``,
``teu``.
"""

import argparse
import json
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from bot.errors import SpbeError
from bot.knowledge.importing import ImportedRegulation, read_regulation_file

_KINDS = (".pdf", ".docx", ".txt", ".md")
_OCR = re.compile(r"\bOCR\b|Nomor ayat hilang")


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one document; ``right`` counts gold articles with the same ayat."""

    name: str
    pages: int
    expected: int | None
    found: int
    right: int
    head: str
    doubts: int
    recognised: bool
    seconds: float

    def shown(self) -> str:
        """Write the row of the table."""
        expected = "-" if self.expected is None else str(self.expected)
        right = "-" if self.expected is None else str(self.right)
        kind = "OCR" if self.recognised else "digital"
        return (
            f"{self.name[:48]:48} {kind:8}{self.pages or '-':>5} {expected:>6} {self.found:>6} "
            f"{right:>6}  {self.head:12}{self.doubts:>6} {self.seconds:>8.2f}"
        )


def measure(path: Path, gold: dict[str, Any] | None) -> Row:
    content = path.read_bytes()
    pages = 0
    if path.suffix.lower() == ".pdf":
        document = pdfium.PdfDocument(content)
        pages = len(document)
        document.close()
    started = time.perf_counter()
    found = read_regulation_file(content, path.name)
    seconds = time.perf_counter() - started
    numbers = {p.number: p.numbers for p in found.pasal}
    expected = None if gold is None else len(gold["pasal"])
    right = 0
    if gold is not None:
        right = sum(numbers.get(p["nomor"]) == p["ayat"] for p in gold["pasal"])
    return Row(
        path.name,
        pages,
        expected,
        len(found.pasal),
        right,
        "" if gold is None else _head(found, gold),
        len(found.warnings),
        any(_OCR.search(warning) for warning in found.warnings),
        seconds,
    )


def _head(found: ImportedRegulation, gold: dict[str, Any]) -> str:
    """Name what of the title page differs from the gold, nothing where all is the same."""
    identity = found.identity
    pairs = {
        "nomor": (identity.number, gold.get("nomor_teks") or gold["nomor"]),
        "tahun": (str(identity.year or ""), gold["tahun"]),
        "judul": (identity.title, gold["judul"]),
        "teu": (identity.issuer, gold["teu"]),
    }
    wrong = [name for name, (is_, should) in pairs.items() if _bare(is_) != _bare(should)]
    return ",".join(wrong) or "benar"


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text.lower())


def _gold(folder: Path | None, path: Path) -> dict[str, Any] | None:
    if folder is None:
        return None
    stem = path.name.removesuffix(path.suffix)
    file = folder / f"{stem}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold", type=Path, help="folder of gold JSON files")
    asked = parser.parse_args()
    print(
        f"{'file':48} {'kind':8}{'pages':>5} {'gold':>6} {'pasal':>6} {'right':>6}  "
        f"{'title page':12}{'doubts':>6} {'seconds':>8}"
    )
    rows = []
    for path in sorted(asked.folder.iterdir()):
        if path.suffix.lower() not in _KINDS or path.name == "GOLD.md":
            continue
        try:
            row = measure(path, _gold(asked.gold, path))
        except SpbeError as error:
            print(f"{path.name[:48]:48} {error}")
            continue
        rows.append(row)
        print(row.shown(), flush=True)
    for recognised, kind in ((False, "digital"), (True, "OCR")):
        scored = [row for row in rows if row.recognised is recognised and row.expected]
        total = sum(row.expected or 0 for row in scored)
        if total:
            right = sum(row.right for row in scored)
            print(f"{kind}: {right} of {total} pasal right with their ayat, {right / total:.1%}")


if __name__ == "__main__":
    main()
