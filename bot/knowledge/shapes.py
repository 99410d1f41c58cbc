"""Checks what a knowledge file holds against the shape that its kind has."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.knowledge.faults import Faults, find_line
from bot.knowledge.reading import read_mapping

Shape = TypeVar("Shape", bound=BaseModel)
_EXAMPLE = "Ikuti contoh di knowledge/README.md."
# By kind of fault.
_MESSAGES = {
    "missing": ("wajib ada.", "Tambahkan kunci ini pada {place}."),
    "extra_forbidden": (
        "tidak dikenal.",
        "Periksa ejaannya; daftar kunci ada di knowledge/README.md.",
    ),
    "literal_error": ("nilainya di luar pilihan.", "Pakai salah satu: {expected}."),
    "string_pattern_mismatch": ("bentuknya salah.", _EXAMPLE),
    "too_short": ("isinya terlalu sedikit.", "Tambah hingga sedikitnya {min_length}."),
    "string_too_short": ("isinya terlalu pendek.", "Lengkapi isinya."),
    "list_type": ("tidak dapat dibaca: bukan daftar.", "Awali tiap butirnya dengan “- ”."),
}


class Strict(BaseModel):
    """A shape with the keys it names and no others."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def read_shape(kind: type[Shape], path: Path, faults: Faults) -> Shape | None:
    """Return what a YAML file holds; None where it has another shape, which is noted."""
    data = read_mapping(path, faults)
    if data is None:
        return None
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        note_invalid(error, path, "berkas", lambda key: find_line(path, f"{key}:"), faults)
    return None


def note_invalid(
    error: ValidationError,
    path: Path,
    place: str,
    line_of: Callable[[str], int],
    faults: Faults,
) -> None:
    """Note what is wrong with a shape.

    Args:
        error: What pydantic says.
        path: The file.
        place: What in the file has the shape.
        line_of: Returns the line of one of its keys.
        faults: Where it is noted.
    """
    for detail in error.errors(include_url=False):
        context = dict(detail.get("ctx") or {"expected": "", "min_length": ""}) | {"place": place}
        context["expected"] = str(context.get("expected", "")).replace("' or '", "', atau '")
        message, mend = _MESSAGES.get(detail["type"], ("nilainya tidak sah.", _EXAMPLE))
        where = ".".join(str(part) for part in detail["loc"])
        key = str(detail["loc"][0]) if detail["loc"] else place
        faults.add(
            path, line_of(key), where, f"Isian “{where}” {message}", mend.format_map(context)
        )
