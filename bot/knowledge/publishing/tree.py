"""The files of a knowledge folder, read and written as a whole."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from bot.errors import KnowledgeError
from bot.knowledge.faults import printable

SUFFIXES = frozenset({".md", ".csv", ".yaml", ".txt", ".json"})
MOST_FILE_BYTES = 20_000_000


def listed(folder: Path) -> dict[str, Path]:
    """Return the files of a knowledge folder by path in it.

    Hidden ones, those of other kinds, and those whose names cannot be written are left out.
    """
    return {name: path for name, path in _found(folder).items() if name.isprintable()}


def unnamed(folder: Path) -> tuple[str, ...]:
    """Return the files whose names cannot be written, as near as they can be shown."""
    return tuple(printable(name) for name in _found(folder) if not name.isprintable())


def is_knowledge(folder: Path) -> bool:
    """Whether a folder holds knowledge, rather than being gone, emptied or not mounted."""
    return any((folder / "regulasi").glob("*.md"))


def _found(folder: Path) -> dict[str, Path]:
    out = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix.lower() in SUFFIXES and not _hidden(inside) and path.is_file():
            out[inside.as_posix()] = path
    return out


def read(folder: Path) -> dict[str, bytes]:
    """Return the content of all files by path.

    Raises:
        KnowledgeError: A file cannot be read, or is too large to be knowledge.
    """
    out = {}
    for name, path in listed(folder).items():
        try:
            size = path.stat().st_size
            out[name] = path.read_bytes() if size <= MOST_FILE_BYTES else b""
        except OSError as error:
            raise KnowledgeError(
                f"{name} tidak terbaca ({error.strerror}). Perbaikan: periksa izin berkasnya."
            ) from error
        if size > MOST_FILE_BYTES:
            raise KnowledgeError(
                f"{name} lebih dari {MOST_FILE_BYTES // 1_000_000} MB. "
                "Perbaikan: pindahkan dari folder pengetahuan."
            )
    return out


def state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return name, size and time of change of each file: cheap, and equal if nothing changed."""
    out = []
    for name, path in _found(folder).items():
        try:
            found = path.stat()
        except FileNotFoundError:  # removed while looking
            continue
        out.append((name, found.st_size, found.st_mtime_ns))
    return tuple(out)


def write_new(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Make a folder that does not stand yet, whole or not at all.

    Raises:
        OSError: It cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        fill(scratch, contents)
        scratch.replace(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def fill(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder that nobody else uses."""
    for name, content in contents.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def safe_path(name: str) -> str:
    """Return a path of a knowledge file as it is kept.

    Raises:
        KnowledgeError: It would lead out of the folder, is hidden, or of another kind.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if (
        path.is_absolute()
        or ".." in path.parts
        or ":" in name
        or not name.isprintable()
        or _hidden(path)
        or path.suffix.lower() not in SUFFIXES
    ):
        raise KnowledgeError(
            f"“{printable(name[:80])}” bukan nama berkas pengetahuan. "
            f"Perbaikan: pakai nama biasa yang berakhiran {', '.join(sorted(SUFFIXES))}."
        )
    return path.as_posix()


def writable(folder: Path) -> bool:
    """Whether files in a folder may be replaced."""
    return os.access(folder, os.W_OK)


def _hidden(path: PurePosixPath | Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
