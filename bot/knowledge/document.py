"""Reads the line-based Markdown of knowledge files: front matter, headings, labelled fields.

A file is a YAML front matter between ``---`` lines, then blocks. A block starts at a heading and
holds body lines, followed by labelled fields (``Tanya:``, ``Kata:`` ...). A field is one line, or
a list of ``- `` lines below its label.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from bot.knowledge.faults import Faults
from bot.knowledge.reading import parse_mapping, read_text

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
_LABEL = re.compile(r"^([A-Z][a-z]+):(?:\s+(.*))?$")
LABELS = frozenset(
    {"Beda", "Bukti", "Catatan", "Dasar", "Istilah", "Kata", "Sumber", "Tanya", "Terkait"}
)


@dataclass(slots=True)
class Block:
    """A heading with what stands below it, up to the next heading.

    Attributes:
        level: Number of ``#`` of the heading; 0 for text before the first heading.
        title: Heading text.
        line: Line of the heading, from 1.
        body: Body lines, outer blank lines removed.
        fields: Label -> its lines (one line for ``Kata:``, a line an item for lists).
    """

    level: int
    title: str
    line: int
    body: list[str] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The body as one string; a blank line separates paragraphs."""
        return "\n".join(self.body).strip()

    def words(self, label: str) -> tuple[str, ...]:
        """Return a field of comma-separated words, such as ``Kata:``."""
        joined = ",".join(self.fields.get(label, ()))
        return tuple(word for part in joined.split(",") if (word := part.strip(" .")))

    def items(self, label: str) -> tuple[str, ...]:
        """Return a list field, such as ``Tanya:``."""
        return tuple(self.fields.get(label, ()))

    def sentence(self, label: str) -> str:
        """Return a field of running text, such as ``Catatan:``."""
        return " ".join(self.fields.get(label, ()))


@dataclass(slots=True)
class Document:
    """A knowledge file taken apart: its header, where each key stands, and its blocks."""

    path: Path
    header: dict[str, Any]
    key_lines: dict[str, int]
    blocks: list[Block]


def read_document(path: Path, faults: Faults) -> Document | None:
    """Read one Markdown file; what cannot be read is noted in ``faults``.

    Returns:
        The document, or None when it has no usable header.
    """
    text = read_text(path, faults)
    if text is None:
        return None
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---":
        faults.add(
            path,
            1,
            "---",
            "Berkas tidak dimulai dengan kepala (front matter).",
            "Mulailah berkas dengan baris “---”, isi kepala, lalu “---” lagi.",
        )
        return None
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        faults.add(
            path,
            1,
            "---",
            "Kepala berkas tidak ditutup.",
            "Tambahkan baris “---” di akhir kepala.",
        )
        return None
    header = parse_mapping("\n".join(lines[1:end]), path, faults, field="kepala", first=2)
    if header is None:
        return None
    key_lines = {
        found[1]: number
        for number, line in enumerate(lines[1:end], 2)
        if (found := re.match(r"^([A-Za-z_]+):", line))
    }
    blocks = list(_blocks(lines, end + 1, path, faults))
    return Document(path, header, key_lines, blocks)


def _blocks(lines: list[str], start: int, path: Path, faults: Faults) -> Iterator[Block]:
    block = Block(0, "", start + 1)
    label: str | None = None
    for number, line in enumerate(lines[start:], start + 1):
        heading = _HEADING.match(line)
        if heading:
            yield from _finished(block)
            block, label = Block(len(heading[1]), heading[2], number), None
            continue
        found = _LABEL.match(line)
        if found and found[1] in LABELS:
            label = found[1]
            if label in block.fields:
                faults.add(
                    path,
                    number,
                    label,
                    "Isian ini ada dua kali pada satu bagian.",
                    "Gabungkan keduanya.",
                )
            block.fields.setdefault(label, [])
            if found[2]:
                block.fields[label].append(found[2].strip())
            continue
        if found and _near_label(found[1]):
            faults.add(
                path,
                number,
                found[1],
                "Nama isian tidak dikenal.",
                f"Pakai salah satu: {', '.join(sorted(LABELS))}.",
            )
        if label is None:
            block.body.append(line.rstrip())
        elif line.strip():
            item = line.strip()
            block.fields[label].append(item[2:].strip() if item.startswith("- ") else item)
    yield from _finished(block)


def _near_label(word: str) -> bool:
    """Whether a word before a colon is a label misspelt rather than running text."""
    return any(OSA.distance(word, label) <= 1 for label in LABELS)


def _finished(block: Block) -> Iterator[Block]:
    while block.body and not block.body[0]:
        block.body.pop(0)
    while block.body and not block.body[-1]:
        block.body.pop()
    if block.level or block.body:
        yield block
