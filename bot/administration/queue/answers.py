"""Writes what an admin answers as an entry of questions and answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.administration.queue import wording
from bot.answering.told import ADMIN_FILES
from bot.errors import SpbeError
from bot.knowledge.document import LABELS

LONGEST = 3_000
_LONGEST_QUESTION = 300
_FIELD = re.compile(r"^(Pertanyaan|Dasar|Sumber)\s*:\s*(.*)$", re.IGNORECASE)
_REF = re.compile(r"^[a-z0-9-]+(?:#[a-z0-9-]+)?$")


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as an admin gave it.

    Attributes:
        question: What it answers, in clean words.
        text: The answer.
        refs: What it rests on, as ``id#locator``.
        office: Who says so, if it rests on no text.
        variants: Other ways it was asked, published with it so that these find the answer too.
    """

    question: str
    text: str
    refs: tuple[str, ...] = ()
    office: str = ""
    variants: tuple[str, ...] = ()


def read_answer(reply: str, question: str, variants: Sequence[str] = ()) -> GivenAnswer:
    """Read an admin's reply: the answer, with ``Pertanyaan:``, ``Dasar:``, ``Sumber:`` lines.

    Args:
        reply: What the admin wrote.
        question: The leader of the item; it stays among the variants when it is rephrased.
        variants: Other ways it was asked.

    Raises:
        SpbeError: There is no answer in it, or a reference cannot be one.
    """
    fields: dict[str, str] = {}
    lines = []
    for line in reply.splitlines():
        found = _FIELD.match(line.strip())
        if found:
            fields[found[1].lower()] = found[2].strip()
        else:
            lines.append(line.rstrip())
    text = "\n".join(lines).strip()
    if not text:
        raise SpbeError(wording.NO_ANSWER)
    if len(text) > LONGEST:
        raise SpbeError(wording.too_long(len(text), LONGEST))
    refs = tuple(
        part.strip().lower() for part in fields.get("dasar", "").split(",") if part.strip()
    )
    if wrong := [ref for ref in refs if not _REF.fullmatch(ref)]:
        raise SpbeError(wording.BAD_REF.format(ref=wrong[0][:60]))
    title = clean(fields.get("pertanyaan") or question)
    others = dict.fromkeys(clean(asked) for asked in (question, *variants))
    return GivenAnswer(
        title,
        text,
        refs,
        " ".join(fields.get("sumber", "").split())[:_LONGEST_QUESTION],
        tuple(other for other in others if other != title),
    )


def with_office(given: GivenAnswer, today: date) -> GivenAnswer:
    """Mark an answer that rests on no text as the office's own word."""
    if given.refs or given.office:
        return given
    return replace(given, office=wording.OFFICE.format(day=wording.day(today)))


def file_of(region: str) -> str:
    """Return the file that answers about a region, or about no single one, stand in."""
    return f"tanya-jawab/{ADMIN_FILES}{f'-{region}' if region else ''}.md"


def appended(standing: str | None, given: GivenAnswer, region: str) -> str:
    """Return a file with an answer added; an earlier answer to the same question gives way.

    Args:
        standing: The file as it is; None where there is none yet.
        given: The answer.
        region: Code of the region that the file is about; empty for none.
    """
    head = ["---", f"judul: {wording.FILE_TITLE}"]
    if region:
        head.append(f'wilayah: "{region}"')
    text = standing if standing is not None else "\n".join([*head, "---"]) + "\n"
    start, *entries = re.split(r"(?m)^(?=## )", text)
    kept = [e for e in entries if e.splitlines()[0] != f"## {given.question}"]
    return "".join(
        [start.rstrip("\n") + "\n\n", *(e.rstrip("\n") + "\n\n" for e in kept)]
    ) + _entry(given)


def clean(question: str) -> str:
    """Return a question as it can be published: in one line, of bounded length."""
    text = " ".join(question.replace("#", " ").split())[:_LONGEST_QUESTION].strip()
    return text or wording.NAMELESS


def _entry(given: GivenAnswer) -> str:
    lines = [f"## {given.question}", *(_guarded(line) for line in given.text.splitlines())]
    if given.refs:
        lines.append(f"Dasar: {', '.join(given.refs)}")
    if given.office:
        lines.append(f"Sumber: {given.office}")
    if given.variants:
        lines += ["Tanya:", *(f"- {variant}" for variant in given.variants)]
    return "\n".join(lines) + "\n"


def _guarded(line: str) -> str:
    """Keep a line from being read as a heading or a field of the knowledge format."""
    word = re.match(r"\s*([A-Z][a-z]+):", line)
    if line.startswith(("#", "---")) or (word and word[1] in LABELS):
        return f" {line.lstrip('#- ')}" if line.startswith(("#", "---")) else f" {line}"
    return line
