"""Reads text and YAML; what cannot be read is noted with its line and its mend."""

import re
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.faults import Faults

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SAFE):  # type: ignore[misc]
    """YAML 1.2 booleans: only true and false, so that "no" and "y" stay words."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _SAFE.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$", re.IGNORECASE), list("tTfF")
)


def read_text(path: Path, faults: Faults) -> str | None:
    """Read a UTF-8 text file, or note why it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add(
            path,
            0,
            "berkas",
            f"Bukan teks UTF-8 (byte ke-{error.start}).",
            "Simpan ulang berkas dengan pengodean UTF-8.",
        )
    except OSError as error:
        faults.add(
            path,
            0,
            "berkas",
            f"Tidak dapat dibuka ({error.strerror}).",
            "Periksa nama dan izin berkas.",
        )
    return None


def load_yaml(text: str) -> Any:
    """Parse YAML safely, with the C parser where it is there."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader


def parse_mapping(
    text: str, path: Path, faults: Faults, field: str = "berkas", first: int = 1
) -> dict[str, Any] | None:
    """Return the mapping that YAML holds, an empty one where it holds nothing.

    Args:
        text: The YAML.
        path: The file that it stands in.
        faults: Where what is wrong is noted.
        field: What the YAML is in that file.
        first: The line of the file that it begins at.

    Returns:
        None where it holds something else, or nothing that can be read.
    """
    try:
        data = load_yaml(text)
    except (yaml.YAMLError, ValueError) as error:  # a ValueError: a date that cannot be
        mark = getattr(error, "problem_mark", None)
        faults.add(
            path,
            mark.line + first if mark else 1,
            field,
            "YAML tidak dapat dibaca.",
            "Periksa titik dua, tanda kutip, dan lekukan pada baris ini."
            if mark
            else "Periksa tanggalnya: TTTT-BB-HH.",
        )
        return None
    if data is None:
        return {}
    if not isinstance(data, dict):
        faults.add(
            path,
            1,
            field,
            f"{field.capitalize()} bukan daftar “kunci: nilai”.",
            "Tulis tiap isian sebagai “kunci: nilai”.",
        )
        return None
    return data


def read_mapping(path: Path, faults: Faults) -> dict[str, Any] | None:
    """Return the mapping that a YAML file holds; None where it holds none, which is noted."""
    text = read_text(path, faults)
    return None if text is None else parse_mapping(text, path, faults)
