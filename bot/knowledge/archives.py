"""Reads ZIP archives that somebody sent: DOCX, XLSX, or a folder; nothing in them is trusted.

An archive is refused whole: before anything is unpacked when its directory tells, and while
unpacking when the directory lied. Nothing is ever written to disk.
"""

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import SpbeError

_CHUNK = 1 << 16
_ENTRY = b"PK\x01\x02"
_SPARE = 10  # stored archives within an archive have entries of their own
_LOCKED = 0x1 | 0x40 | 0x2000  # encrypted, strongly encrypted, directory masked
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LONGEST_NAME = 240
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
# Windows opens a device under these names, whatever the ending.
_DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_DOCTYPE = re.compile(
    rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE
)
# What desktops leave behind in folders.
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX(?:/|$)|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._|~\$)")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, OSError, OverflowError),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold.

    Attributes:
        unpacked: Bytes of all entries together.
        parts: Number of entries, folders included.
    """

    unpacked: int
    parts: int


FOLDER_LIMITS = Limits(unpacked=100_000_000, parts=5_000)


class Refusal(StrEnum):
    """Why an archive was refused."""

    BROKEN = "broken"
    LOCKED = "locked"
    TOO_BIG = "too_big"
    TOO_MANY = "too_many"
    UNSAFE = "unsafe"


class ArchiveError(SpbeError):
    """An archive was refused; the message names the mend, in Indonesian.

    Attributes:
        refusal: Why, for callers that say it in words of their own.
    """

    def __init__(self, refusal: Refusal, message: str) -> None:
        super().__init__(message)
        self.refusal = refusal


def archive_names(data: bytes, limits: Limits) -> tuple[str, ...]:
    """Return the names of the files in an archive, weighed by its directory alone.

    Raises:
        ArchiveError: Broken, locked, too big, too many entries or unsafe names.
    """
    with _opened(data, limits) as archive:
        return tuple(_weighed(archive, limits))


def archive_parts(
    data: bytes, limits: Limits, wanted: Callable[[str], bool] = lambda name: True
) -> Iterator[tuple[str, bytes]]:
    """Give the files of an archive one by one, as safe relative posix path and content.

    Args:
        data: The archive.
        limits: What it may hold. The bytes that really come out are counted, for the sizes that
            the directory states may lie.
        wanted: Which names to unpack; the others are weighed all the same.

    Raises:
        ArchiveError: Broken, locked, too big, too many entries or unsafe names.
    """
    with _opened(data, limits) as archive:
        left = limits.unpacked
        for name, entry in _weighed(archive, limits).items():
            if wanted(name):
                content = _content(archive, entry, left, limits)
                left -= len(content)
                yield name, content


def read_folder(data: bytes, limits: Limits = FOLDER_LIMITS) -> dict[str, bytes]:
    """Read a zipped folder: relative posix path to content.

    What desktops leave behind (``__MACOSX``, ``.DS_Store``) is left out, and so is a folder that
    holds everything else.

    Raises:
        ArchiveError: As in :func:`archive_parts`, or nothing is in it.
    """
    found = dict(archive_parts(data, limits, lambda name: not _LITTER.search(name)))
    if not found:
        raise ArchiveError(
            Refusal.BROKEN, "Arsip ZIP ini kosong. Perbaikan: kirim folder yang berisi."
        )
    tops = {name.partition("/")[0] for name in found}
    if len(tops) == 1 and all("/" in name for name in found):
        return {name.partition("/")[2]: content for name, content in found.items()}
    return found


def declares_doctype(xml: bytes) -> bool:
    """Whether XML, in any encoding of its parser, declares a document type or an entity.

    Such declarations may grow without end when parsed; no DOCX or XLSX needs them.
    """
    return bool(_DOCTYPE.search(xml))


def _opened(data: bytes, limits: Limits) -> zipfile.ZipFile:
    # The directory is read whole on opening: a forged one must not hold entries by the million.
    if data.count(_ENTRY) > _SPARE * limits.parts:
        raise _too_many(limits)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise _broken() from error


def _weighed(archive: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """Check the directory; return its files by safe name."""
    entries = archive.infolist()
    if len(entries) > limits.parts:
        raise _too_many(limits)
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise _too_big(limits)
    out: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for entry in entries:
        if entry.flag_bits & _LOCKED:
            raise ArchiveError(
                Refusal.LOCKED,
                "Arsip ZIP ini dikunci. Perbaikan: buat ulang tanpa kata sandi.",
            )
        name = _safe_name(entry)
        if entry.compress_type not in _METHODS:
            raise ArchiveError(
                Refusal.BROKEN,
                f"“{name}” dimampatkan dengan cara yang tidak didukung. "
                "Perbaikan: buat ulang arsipnya sebagai ZIP biasa (deflate).",
            )
        if entry.is_dir():
            continue
        key = name.casefold()
        if key in seen:
            raise _unsafe(name, "tercantum dua kali")
        seen.add(key)
        out[name] = entry
    for key in seen:
        at = key.find("/")
        while at >= 0:
            if key[:at] in seen:
                raise _unsafe(key[:at], "berkas sekaligus folder")
            at = key.find("/", at + 1)
    return out


def _safe_name(entry: zipfile.ZipInfo) -> str:
    """Return the path of an entry, or refuse it.

    A name is refused rather than mended: an honest archive has none of these.
    """
    raw = entry.orig_filename
    if entry.filename != raw:  # cut at a NUL, or with the separators of this system
        raise _unsafe(raw, "namanya tidak lazim")
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _unsafe(raw, "tautan, bukan berkas")
    name = unicodedata.normalize("NFC", raw).removesuffix("/")
    if not name or len(name) > _LONGEST_NAME or _FORBIDDEN.search(name):
        raise _unsafe(raw, "namanya tidak lazim")
    for segment in name.split("/"):
        home = segment.startswith("~") and not segment.startswith("~$")
        if home or not segment.strip(". ") or segment != segment.rstrip(". "):
            raise _unsafe(raw, "menunjuk ke luar folder")
        if _DEVICE.match(segment):
            raise _unsafe(raw, "namanya tidak lazim")
    return name


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, limits: Limits) -> bytes:
    out = bytearray()
    try:
        with archive.open(entry) as opened:
            while chunk := opened.read(_CHUNK):
                out += chunk
                if len(out) > left:
                    raise _too_big(limits)
    except _BROKEN as error:
        raise _broken() from error
    if len(out) != entry.file_size:
        raise _broken()
    return bytes(out)


def _broken() -> ArchiveError:
    return ArchiveError(
        Refusal.BROKEN,
        "Arsip ZIP ini rusak atau terpotong. Perbaikan: unduh atau buat ulang arsipnya.",
    )


def _too_many(limits: Limits) -> ArchiveError:
    return ArchiveError(
        Refusal.TOO_MANY,
        f"Arsip ZIP ini memuat lebih dari {limits.parts} berkas. "
        "Perbaikan: sisakan berkas yang perlu.",
    )


def _too_big(limits: Limits) -> ArchiveError:
    return ArchiveError(
        Refusal.TOO_BIG,
        f"Isi arsip ZIP ini lebih dari {limits.unpacked // 1_000_000} MB setelah dibuka. "
        "Perbaikan: sisakan berkas yang perlu.",
    )


def _unsafe(name: str, why: str) -> ArchiveError:
    shown = re.sub(r"[^\w./\\ -]", "?", name)[:80]
    return ArchiveError(
        Refusal.UNSAFE,
        f"Arsip ZIP ini memuat nama berkas yang tidak diterima: “{shown}” ({why}). "
        "Perbaikan: buat ulang arsip dari foldernya.",
    )
