"""Writes pictures and tables to files; the ending of the name says the kind."""

from collections.abc import Callable
from pathlib import Path

from bot.errors import SpbeError
from bot.regions.charts.spec import Chart
from bot.regions.tables import Table, to_csv, to_xlsx

TABLES: dict[str, Callable[[Table], bytes]] = {"csv": to_csv, "xlsx": to_xlsx}
PICTURES = ("png", "pdf")


def kind_of(out: Path, kinds: tuple[str, ...]) -> str:
    """Return the ending of a file's name.

    Raises:
        SpbeError: It is none of ``kinds``.
    """
    kind = out.suffix.lower().removeprefix(".")
    if kind not in kinds:
        raise SpbeError(f"Akhiri nama berkas dengan .{' atau .'.join(kinds)}.")
    return kind


def read_limited(file: Path, most: int) -> bytes:
    """Read a file, and no more of it than a byte above a limit: enough to be refused.

    Raises:
        SpbeError: It cannot be read.
    """
    try:
        with file.open("rb") as opened:
            return opened.read(most + 1)
    except OSError as error:
        raise SpbeError(
            f"{file} tidak terbaca ({error.strerror}). Perbaikan: periksa izin berkasnya."
        ) from error


def write_picture(picture: Chart, out: Path) -> None:
    """Draw a picture into a file.

    Raises:
        SpbeError: The kind is unknown or the file cannot be written.
    """
    kind = kind_of(out, PICTURES)
    from bot.regions.charts.draw import render

    _write(out, render(picture, kind))


def write_table(table: Table, out: Path) -> None:
    """Write a table into a file.

    Raises:
        SpbeError: The kind is unknown or the file cannot be written.
    """
    _write(out, TABLES[kind_of(out, tuple(TABLES))](table))


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise SpbeError(f"{out} tidak dapat ditulis: {error.strerror}.") from error
