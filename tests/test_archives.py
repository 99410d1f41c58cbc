"""ZIP archives of strangers: what is refused, and that nothing else is."""

import io
import stat
import struct
import zipfile
from collections.abc import Iterable

import pytest
from bot.knowledge import archives
from bot.knowledge.archives import (
    ArchiveError,
    Limits,
    Refusal,
    archive_names,
    archive_parts,
    declares_doctype,
    read_folder,
)
from hypothesis import given, settings
from hypothesis import strategies as st

LIMITS = Limits(unpacked=1_000_000, parts=20)


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return out.getvalue()


def named(*names: str) -> bytes:
    return zipped(*((name, b"x") for name in names))


def refused(data: bytes, limits: Limits = LIMITS) -> Refusal:
    with pytest.raises(ArchiveError) as caught:
        dict(archive_parts(data, limits))
    assert "Perbaikan: " in str(caught.value)
    return caught.value.refusal


def test_folder_is_read() -> None:
    data = zipped(("regulasi/", b""), ("regulasi/a.md", b"satu"), ("kata.csv", b"dua"))
    assert read_folder(data) == {"regulasi/a.md": b"satu", "kata.csv": b"dua"}


def test_folder_around_everything_is_left_out() -> None:
    data = named("knowledge/a.md", "knowledge/indeks/b.csv")
    assert sorted(read_folder(data)) == ["a.md", "indeks/b.csv"]


def test_litter_of_desktops_is_left_out() -> None:
    data = named(
        "k/a.md", "__MACOSX/k/._a.md", "k/.DS_Store", "k/Thumbs.db", "k/._a.md", "k/~$a.md"
    )
    assert read_folder(data) == {"a.md": b"x"}


def test_empty_archive_is_told() -> None:
    with pytest.raises(ArchiveError, match="kosong") as caught:
        read_folder(zipped())
    assert caught.value.refusal is Refusal.BROKEN


def test_only_wanted_parts_are_unpacked() -> None:
    data = named("a.xml", "b.xml")
    assert archive_names(data, LIMITS) == ("a.xml", "b.xml")
    assert dict(archive_parts(data, LIMITS, {"b.xml"}.__contains__)) == {"b.xml": b"x"}


@pytest.mark.parametrize(
    "name",
    [
        *("../a", "a/../../b", "/etc/passwd", "a/./b", "a//b", "..", ".", "a/..", "~/../a"),
        *("C:/a", "C:a", "a:b", "..\\a", "a\\b", "\\\\host\\a", "//host/a"),
        *("con", "a/NUL.txt", "com1.md", "a.", "a ", "a/ ", "a/... ", "x" * 300, "a\nb", "a?b"),
    ],
)
def test_path_tricks_are_refused(name: str) -> None:
    assert refused(named("baik.md", name)) is Refusal.UNSAFE


def test_name_cut_at_a_nul_is_refused() -> None:
    data = named("aman.md#jahat").replace(b"aman.md#jahat", b"aman.md\0jahat")
    assert refused(data) is Refusal.UNSAFE


@pytest.mark.parametrize(
    "names", [("a.md", "A.MD"), ("a", "a/b"), ("é.md", "e\u0301.md"), ("a/b/c", "a/b")]
)
def test_names_that_collide_are_refused(names: tuple[str, str]) -> None:
    assert refused(named(*names)) is Refusal.UNSAFE


def test_harmless_names_pass() -> None:
    names = ["a b.md", "regulasi/perbup-é.md", "x/console.md", "[Content_Types].xml", "a..b", ".x"]
    assert sorted(dict(archive_parts(named(*names), LIMITS))) == sorted(names)


def test_link_is_refused() -> None:
    entry = zipfile.ZipInfo("a.md")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    assert refused(out.getvalue()) is Refusal.UNSAFE


def test_locked_entry_is_refused() -> None:
    data = bytearray(named("a.md"))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data[at] |= 1
    assert refused(bytes(data)) is Refusal.LOCKED


def test_other_compression_is_refused() -> None:
    assert refused(zipped(("a", b"x" * 99), method=zipfile.ZIP_LZMA)) is Refusal.BROKEN
    assert refused(zipped(("a", b"x" * 99), method=zipfile.ZIP_BZIP2)) is Refusal.BROKEN


def test_bomb_is_refused_by_its_directory() -> None:
    data = zipped(("a", bytes(900_000)), ("b", bytes(200_000)))
    assert len(data) < 3_000
    assert refused(data) is Refusal.TOO_BIG


def lying(data: bytes, size: int) -> bytes:
    """State another size for the only entry, in both its headers."""
    out = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", out, out.index(signature) + offset, size)
    return bytes(out)


@pytest.mark.parametrize("size", [10, 5_000])
def test_stated_size_that_lies_is_refused(size: int) -> None:
    assert refused(lying(zipped(("a", b"x" * 1_000)), size)) is Refusal.BROKEN


def test_what_comes_out_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    # As if the directory were believed: the reading itself must stop at the limit.
    entries = {"a": zipfile.ZipInfo("a")}
    data = zipped(("a", bytes(2_000_000)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries["a"] = archive.getinfo("a")
    monkeypatch.setattr(archives, "_weighed", lambda archive, limits: entries)
    assert refused(data) is Refusal.TOO_BIG


def test_too_many_entries() -> None:
    assert refused(named(*map(str, range(21)))) is Refusal.TOO_MANY
    assert refused(named("a") + b"PK\x01\x02" * 500) is Refusal.TOO_MANY


@pytest.mark.parametrize("data", [b"", b"PK", b"teks", named("a")[:40], named("a")[:-30]])
def test_damage_is_told(data: bytes) -> None:
    assert refused(data) is Refusal.BROKEN


def test_damaged_content_is_told() -> None:
    data = bytearray(zipped(("a", bytes(range(256)) * 40)))
    data[60] ^= 0xFF
    assert refused(bytes(data)) is Refusal.BROKEN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("text", ["<!DOCTYPE x>", "<!doctype x>", '<!ENTITY a "b">'])
def test_declarations_are_seen(text: str, encoding: str) -> None:
    assert declares_doctype(f"<?xml version='1.0'?>{text}<a/>".encode(encoding))
    assert not declares_doctype("<a>&lt;!DOCTYPE x></a>".encode(encoding))


def paths(draw_from: str) -> st.SearchStrategy[str]:
    return st.text(alphabet=draw_from, min_size=1, max_size=12)


@settings(max_examples=200, deadline=None, database=None)
@given(st.lists(paths("ab./\\:~ \x00é"), max_size=5, unique=True))
def test_no_name_leads_outside(names: Iterable[str]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            archive.writestr(entry, b"x")
    try:
        found = read_folder(out.getvalue(), LIMITS)
    except ArchiveError:
        return
    for path in found:
        assert not path.startswith(("/", "~"))
        assert ".." not in path.split("/")
        assert not set(path) & set("\\:\x00")


@settings(max_examples=150, deadline=None, database=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=6))
def test_any_damage_gives_files_or_an_error(at: int, damage: bytes) -> None:
    whole = zipped(("a/b.md", b"teks " * 50), ("c.csv", b"1;2"))
    at %= len(whole)
    try:
        read_folder(whole[:at] + damage + whole[at + len(damage) :], LIMITS)
    except ArchiveError:
        return
