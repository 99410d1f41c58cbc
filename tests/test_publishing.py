"""Publishing: revisions, going back, the folder that people edit, several at once, crashes."""

import os
import random
import shutil
import threading
from datetime import UTC
from pathlib import Path

import pytest
from bot.administration.editing.report import revision_line
from bot.cli import cli
from bot.clock import Clock
from bot.errors import KnowledgeError
from bot.knowledge import snapshot
from bot.knowledge.folder import shipped_folder
from bot.knowledge.publishing import archive, tree
from bot.knowledge.publishing.base import FOLDER, Base
from bot.knowledge.publishing.difference import Change, line_difference, unit_changes
from bot.knowledge.publishing.model import FaultyError, MovedError, PublishError
from click.testing import CliRunner

from tests.knowledge_folder import copy_of_shipped, path_of, regulation
from tests.publisher import check_whole, publish_until_killed


@pytest.fixture
def base(tmp_path: Path) -> Base:
    """A base on a knowledge folder of one's own."""
    return Base(copy_of_shipped(tmp_path / "folder"), tmp_path / "data", Clock(UTC))


def put(base: Base, content: bytes | None = None, number: int = 90) -> int:
    return base.publish(
        {path_of(number): content or regulation(number=number)}, author="Ani (7)", note="kue"
    ).number


def test_a_publication_is_a_revision_and_reaches_the_folder(base: Base) -> None:
    before = base.start()
    revision = base.publish({path_of(): regulation()}, author="Ani (7)", note="kue")
    assert (before.number, revision.number) == (1, 2)
    assert revision.changed == (path_of(),)
    assert (revision.author, revision.note) == ("Ani (7)", "kue")
    assert (base.folder / path_of()).read_bytes() == regulation()
    found, faults = snapshot.load(base.served())
    assert "perwali-palopo-90-2024" in found.regulations
    assert not faults
    assert base.notice() is None


def test_nothing_is_written_before_the_first_publication(base: Base) -> None:
    assert base.served() == base.folder
    assert base.number == 0
    assert not base.started
    assert not (base.folder.parent / "data").exists()


def test_what_came_with_the_program_is_copied_never_changed(tmp_path: Path) -> None:
    base = Base(None, tmp_path, Clock(UTC))
    before = tree.read(shipped_folder())
    put(base)
    assert tree.read(shipped_folder()) == before
    assert base.folder == tmp_path / "pengetahuan"
    assert (base.folder / path_of()).is_file()
    assert Base(None, tmp_path, Clock(UTC)).number == 2


def test_a_change_with_faults_is_refused_whole(base: Base) -> None:
    put(base)
    broken = regulation(number=91).replace(b"status: berlaku", b"status: mungkin")
    with pytest.raises(FaultyError, match=r"perwali-palopo-91-2024.md:\d+: status"):
        base.publish({path_of(91): broken, path_of(): regulation("Lain.")}, author="x", note="x")
    assert base.number == 2
    assert (base.folder / path_of()).read_bytes() == regulation()


def test_known_faults_do_not_block_other_changes(base: Base) -> None:
    terms = base.folder / "istilah.yaml"
    terms.write_text(terms.read_text() + "- {arti: tanpa nama}\n", encoding="utf-8")
    assert put(base) == 2


def test_a_change_that_changes_nothing_is_refused(base: Base) -> None:
    put(base)
    with pytest.raises(PublishError, match="Tidak ada yang berubah"):
        put(base)


@pytest.mark.parametrize(
    "path", ["../luar.md", "/etc/x.md", "regulasi/.x.md", "a/b.exe", "c:\\x.md", "a\0.md"]
)
def test_paths_out_of_the_folder_are_refused(base: Base, path: str) -> None:
    with pytest.raises(KnowledgeError, match="bukan nama berkas"):
        base.publish({path: b"x"}, author="x", note="x")
    assert not base.started


def test_rolling_back_is_a_new_revision(base: Base) -> None:
    first = tree.read(base.folder)
    put(base)
    put(base, regulation("Lain."))
    changes = base.restoring(1)
    assert changes == {path_of(): None}
    revision = base.publish(changes, author="x", note="kembali", restores=1)
    assert (revision.number, revision.restores) == (4, 1)
    assert tree.read(base.folder) == first
    assert base.history.file(base.history.revision(3), path_of()) == regulation("Lain.")


def test_an_unknown_revision_is_named(base: Base) -> None:
    put(base)
    with pytest.raises(KnowledgeError, match="Revisi 7 tidak ada; yang ada 1 sampai 2"):
        base.restoring(7)


def test_the_second_of_two_is_told_what_changed_meanwhile(base: Base) -> None:
    seen = base.start().number
    put(base)
    with pytest.raises(MovedError, match="revisi 2 oleh Ani") as caught:
        base.publish({path_of(91): regulation(number=91)}, author="x", note="x", expected=seen)
    assert [r.note for r in caught.value.since] == ["kue"]
    assert base.number == 2


def test_permission_is_asked_at_the_last_moment(base: Base) -> None:
    def refuse() -> None:
        raise PublishError("tidak boleh")

    with pytest.raises(PublishError, match="tidak boleh"):
        base.publish({path_of(): regulation()}, author="x", note="x", permit=refuse)
    assert base.number == 1


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path / "folder")
    Base(folder, tmp_path / "data", Clock(UTC)).start()
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            put(Base(folder, tmp_path / "data", Clock(UTC)), number=number)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(90, 96)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    base = Base(folder, tmp_path / "data", Clock(UTC))
    assert base.history.numbers() == list(range(1, 8))
    assert all(path_of(number) in base.head().files for number in range(90, 96))


# -- the folder that people edit -----------------------------------------------------------------


def test_an_edit_in_the_folder_is_noticed_and_published(base: Base) -> None:
    base.start()
    (base.folder / path_of()).write_bytes(regulation())
    (base.folder / "kosakata.txt").unlink()
    noticed = base.notice()
    assert noticed is not None
    assert noticed.revision is not None
    assert noticed.revision.author == FOLDER
    assert set(noticed.paths) == {path_of(), "kosakata.txt"}
    assert "perwali-palopo-90-2024" in snapshot.load(base.served())[0].regulations
    assert base.notice() is None


def test_a_broken_edit_is_refused_once_and_the_last_state_serves_on(base: Base) -> None:
    put(base)
    (base.folder / path_of()).write_bytes(b"rusak")
    noticed = base.notice()
    assert noticed is not None
    assert noticed.revision is None
    assert noticed.faults[0].path == path_of()
    assert base.notice() is None
    assert "perwali-palopo-90-2024" in snapshot.load(base.served())[0].regulations
    # Another process tells it again, and the mend is taken over.
    (base.folder / path_of()).write_bytes(regulation("Lain."))
    noticed = base.notice()
    assert noticed is not None
    assert noticed.revision is not None


def test_a_publication_spares_what_is_being_edited(base: Base) -> None:
    put(base)
    (base.folder / path_of()).write_bytes(b"setengah jadi")
    with pytest.raises(PublishError, match="sedang diubah langsung di folder"):
        put(base, regulation("Lain."))
    assert put(base, number=91) == 3
    assert (base.folder / path_of()).read_bytes() == b"setengah jadi"


def test_an_emptied_folder_is_refused(base: Base, tmp_path: Path) -> None:
    base.start()
    base.folder.rename(tmp_path / "elsewhere")
    base.folder.mkdir()
    noticed = base.notice()
    assert noticed is not None
    assert "Tidak ada berkas regulasi" in noticed.trouble
    assert snapshot.load(base.served())[0].regulations


def test_another_folder_is_taken_up_as_a_revision(base: Base, tmp_path: Path) -> None:
    put(base)
    other = Base(copy_of_shipped(tmp_path / "other"), tmp_path / "data", Clock(UTC))
    assert not other.started
    assert other.served() == tmp_path / "other"
    assert other.start().number == 3


def test_a_newer_program_renews_what_admins_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = copy_of_shipped(tmp_path / "shipped")
    for module in ("base", "editing_folder"):
        monkeypatch.setattr(f"bot.knowledge.publishing.{module}.shipped_folder", lambda: shipped)
    base = Base(None, tmp_path / "data", Clock(UTC))
    words = (shipped / "kosakata.txt").read_bytes()
    base.publish({"kosakata.txt": words + b"admin\n"}, author="x", note="x")
    assert base.renew() is None
    (shipped / "kosakata.txt").write_bytes(words + b"program\n")
    (shipped / path_of()).write_bytes(regulation())
    noticed = base.renew()
    assert noticed is not None
    assert noticed.paths == (path_of(),)
    assert noticed.kept == ("kosakata.txt",)
    assert (base.folder / "kosakata.txt").read_bytes() == words + b"admin\n"
    assert (base.folder / path_of()).read_bytes() == regulation()
    assert base.renew() is None
    assert base.notice() is None


@pytest.fixture
def shipped(tmp_path: Path) -> Base:
    """A base on our copy of what came with the program, with one publication."""
    base = Base(None, tmp_path / "data", Clock(UTC))
    put(base)
    return base


@pytest.mark.parametrize("emptied", [False, True])
def test_our_copy_is_laid_out_again_when_it_was_deleted(shipped: Base, emptied: bool) -> None:
    before = tree.read(shipped.folder)
    shutil.rmtree(shipped.folder)
    if emptied:
        shipped.folder.mkdir()
    assert shipped.folder != shipped_folder()
    noticed = shipped.notice()
    assert noticed is not None
    assert noticed.laid_out
    assert "terhapus" in noticed.trouble
    assert tree.read(shipped.folder) == before
    assert shipped.notice() is None
    assert shipped.number == 2


def test_a_publication_too_lays_a_deleted_copy_out_again(shipped: Base) -> None:
    shutil.rmtree(shipped.folder)
    assert put(shipped, number=91) == 3
    assert (shipped.folder / path_of()).is_file()
    noticed = shipped.notice()
    assert noticed is not None
    assert noticed.laid_out
    shipped.untold(noticed)
    again = shipped.notice()
    assert again is not None
    assert again.laid_out
    assert shipped.notice() is None


@pytest.mark.parametrize("emptied", [False, True])
@pytest.mark.parametrize("looked", [False, True])
def test_a_folder_that_is_not_mounted_is_left_and_brought_up_when_it_is_back(
    base: Base, tmp_path: Path, emptied: bool, looked: bool
) -> None:
    put(base)
    base.notice()
    base.folder.rename(tmp_path / "elsewhere")
    if emptied:
        base.folder.mkdir()
    if looked:
        assert base.notice() is not None
    assert put(base, regulation("Baru.")) == 3
    assert put(base, number=91) == 4
    assert not list(base.folder.rglob("*"))
    if emptied:
        base.folder.rmdir()
    (tmp_path / "elsewhere").rename(base.folder)
    (base.folder / "kosakata.txt").unlink()
    noticed = base.notice()
    assert noticed is not None
    assert noticed.paths == ("kosakata.txt",)
    assert (base.folder / path_of()).read_bytes() == regulation("Baru.")
    assert (base.folder / path_of(91)).is_file()
    assert base.number == 5


def test_a_folder_that_cannot_be_written_is_told_once_and_follows_later(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(contents: object) -> None:
        raise OSError(30, "Read-only file system")

    base.start()
    with monkeypatch.context() as patched:
        where = "bot.knowledge.publishing.editing_folder.replace_files"
        patched.setattr(where, full)
        assert put(base) == 2
        noticed = base.notice()
        assert noticed is not None
        assert "tidak dapat ditulis (Read-only file system)" in noticed.trouble
        assert "revisi 2" in noticed.trouble
        assert base.notice() is None
        base.untold(noticed)
        assert base.notice() == noticed
    assert base.notice() is None
    assert (base.folder / path_of()).read_bytes() == regulation()
    assert base.number == 2


# -- what must not slip in -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        *("istilah.yaml", "kosakata.txt", "indeks/indeks.csv", "indikator/struktur.yaml"),
        *("tanya-jawab/opd.md", "README.md", "wilayah.csv", "jadwal/2026.yaml"),
    ],
)
def test_an_unfinished_merge_is_a_fault_with_its_line(base: Base, path: str) -> None:
    base.start()
    target = base.folder / path
    lines = target.read_text().splitlines()
    merge = ["<<<<<<< HEAD", lines[-1], "=======", lines[-1], ">>>>>>> cabang"]
    target.write_text("\n".join([*lines[:-1], *merge]) + "\n")
    noticed = base.notice()
    assert noticed is not None
    assert noticed.revision is None
    found = [fault for fault in noticed.faults if fault.field == "penggabungan"]
    assert [fault.line for fault in found] == [len(lines), len(lines) + 2, len(lines) + 4]
    assert all(fault.path == path and "hapus baris <<<<<<<" in fault.mend for fault in found)
    assert snapshot.load(base.folder)[1]


def test_a_line_under_a_heading_is_no_merge(base: Base) -> None:
    base.start()
    readme = base.folder / "README.md"
    readme.write_text(f"Judul\n======\n{readme.read_text()}\n======== x\n")
    noticed = base.notice()
    assert noticed is not None
    assert noticed.revision is not None


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (b"CATATAN.MD", "CATATAN.MD:0: berkas: Akhiran .MD memakai huruf besar"),
        (b"regulasi/perwali-palopo-90-2024.Md", "Ganti akhirannya menjadi .md."),
        (b"catatan.md", "Di luar susunan folder pengetahuan"),
        (b"regulasi/\xff\xfe.md", "regulasi/��.md:0: berkas: Nama berkas ini berisi huruf"),
        (b"a\nb.md", "a�b.md:0: berkas: Nama berkas"),
    ],
)
def test_a_file_that_would_not_be_read_is_named(base: Base, name: bytes, told: str) -> None:
    target = base.folder / os.fsdecode(name)
    target.write_bytes(regulation())
    faults = snapshot.load(base.folder)[1]
    assert any(told in str(fault) for fault in faults)
    target.unlink()
    base.start()
    target.write_bytes(regulation())
    noticed = base.notice()
    assert noticed is not None
    assert noticed.revision is None
    assert any(told in str(fault) for fault in noticed.faults)
    "".join(map(str, noticed.faults)).encode()
    assert base.notice() is None
    target.unlink()
    assert base.notice() is None


def test_a_name_that_cannot_be_written_does_not_keep_the_history_from_beginning(
    base: Base,
) -> None:
    (base.folder / os.fsdecode(b"regulasi/\xff.md")).write_bytes(b"x")
    assert put(base) == 2
    assert "regulasi/\udcff.md" not in base.head().files
    assert archive.packed(base.folder)


def test_many_deleted_files_wait_for_a_word(base: Base) -> None:
    base.start()
    gone = sorted((base.folder / "tanya-jawab").glob("*.md"))[:11]
    for path in gone:
        path.unlink()
    noticed = base.notice()
    assert noticed is not None
    assert (noticed.revision, len(noticed.held)) == (None, 11)
    assert "11 berkas dihapus di folder" in noticed.trouble
    assert "spbe-bot knowledge publish --yes" in noticed.trouble
    assert base.notice() is None
    assert base.number == 1
    confirmed = base.notice(confirmed=True)
    assert confirmed is not None
    assert confirmed.revision is not None
    assert confirmed.revision.note.startswith("11 berkas dihapus di folder: tanya-jawab/")
    assert base.notice() is None


def test_few_files_with_many_provisions_wait_too(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(base)
    monkeypatch.setattr("bot.knowledge.publishing.base._MOST_LOST_SHARE", 0.0001)
    (base.folder / path_of()).unlink()
    noticed = base.notice()
    assert noticed is not None
    assert noticed.held == (path_of(),)
    assert "2 ketentuan hilang" in noticed.trouble


def test_the_note_of_a_revision_tells_changes_from_deletions(base: Base) -> None:
    base.start()
    (base.folder / path_of()).write_bytes(regulation())
    (base.folder / "kosakata.txt").unlink()
    noticed = base.notice()
    assert noticed is not None
    assert noticed.revision is not None
    assert noticed.revision.note == (
        f"Diubah di folder: {path_of()}; 1 berkas dihapus di folder: kosakata.txt"
    )


def test_the_command_line_lists_what_goes_and_takes_a_yes(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str) -> str:
        return CliRunner().invoke(cli, ["knowledge", *words]).output

    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KNOWLEDGE_DIR", str(base.folder))
    put(base)
    gone = sorted((base.folder / "tanya-jawab").glob("*.md"))[:12]
    for path in gone:
        path.unlink()
    told = run("publish")
    assert all(f"- dihapus: tanya-jawab/{path.name}" in told for path in gone)
    assert base.number == 2
    assert "Terbit sebagai revisi 3" in run("publish", "--yes")
    assert "12 berkas dihapus di folder" in run("log")
    (tmp_path / "data/revisi/000002.json").write_text("{")
    assert "Revisi 2: tidak terbaca" in run("log")


@pytest.mark.parametrize(
    ("words", "number"), [(["9"], 9), (["10"], 10), (["2", "9"], 9), (["9", "2"], 9), (["0"], 0)]
)
def test_a_difference_names_the_revision_that_is_not_there(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], number: int
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KNOWLEDGE_DIR", str(base.folder))
    put(base)
    with pytest.raises(KnowledgeError, match=f"Revisi {number} tidak ada"):
        cli.main(["knowledge", "diff", *words], standalone_mode=False)


# -- a damaged history ---------------------------------------------------------------------------


def damage(base: Base, number: int) -> Base:
    (base.history._folder / f"{number:06d}.json").write_text("{")
    return Base(base.folder, base.history._folder.parent, Clock(UTC))


def test_a_damaged_revision_in_the_middle_is_listed_and_not_used(base: Base) -> None:
    put(base)
    put(base, number=91)
    base = damage(base, 2)
    assert [revision_line(base.history.revision(n))[:22] for n in base.history.numbers()] == [
        revision_line(base.history.revision(1))[:22],
        "Revisi 2: tidak terbac",
        revision_line(base.history.revision(3))[:22],
    ]
    assert base.history.damaged() == (2,)
    with pytest.raises(KnowledgeError, match="Revisi 2 tidak terbaca"):
        base.restoring(2)
    assert put(base, number=92) == 4
    with pytest.raises(MovedError, match=r"revisi 2 oleh .*tidak terbaca"):
        base.publish({path_of(93): regulation(number=93)}, author="x", note="x", expected=1)


def test_a_damaged_last_revision_does_not_block_and_what_it_held_comes_back(base: Base) -> None:
    put(base)
    put(base, number=91)
    base = damage(base, 3)
    assert base.number == 2
    assert base.history.damaged() == (3,)
    assert put(base, number=92) == 4
    assert path_of(91) not in base.head().files
    # The folder still holds it, as if it were edited there.
    noticed = base.notice()
    assert noticed is not None
    assert noticed.revision is not None
    assert noticed.revision.number == 5
    assert {path_of(), path_of(91), path_of(92)} <= set(base.head().files)
    assert base.history.numbers() == [1, 2, 3, 4, 5]
    assert base.notice() is None


# -- differences and archives --------------------------------------------------------------------


def test_units_that_differ_are_named_with_their_region(base: Base) -> None:
    before, _ = snapshot.load(base.folder)
    put(base)
    table = base.folder / "indeks/indeks.csv"
    table.write_text(table.read_text().replace("2024,3.12,Baik", "2024,3.13,Baik"))
    (base.folder / "regulasi/perwali-palopo-26-2020.md").touch()
    after, _ = snapshot.load(base.folder)
    changes = unit_changes(before, after)
    told = {(c.group, c.name): (c.change, c.region) for c in changes}
    assert told[("Perwali Palopo 90/2024", "Pasal 1")] == (Change.ADDED, "73.73")
    assert told[("Angka indeks", "Kota Palopo 2024")] == (Change.CHANGED, "73.73")
    back = {(c.group, c.name): c.change for c in unit_changes(after, before)}
    assert back[("Perwali Palopo 90/2024", "Pasal 2")] is Change.REMOVED
    assert unit_changes(after, after) == ()


def test_the_full_difference_is_line_by_line() -> None:
    text = line_difference({"a.md": b"satu\ndua\n", "b.md": b"x\n"}, {"a.md": b"satu\ntiga\n"})
    assert "-dua\n+tiga\n" in text
    assert "(dihapus)" in text
    assert line_difference({"a.md": b"x"}, {"a.md": b"x"}) == ""


def test_an_archive_holds_everything_and_is_the_same_again(base: Base, tmp_path: Path) -> None:
    from bot.knowledge.archives import read_folder

    put(base)
    packed = archive.packed(base.served())
    assert archive.packed(base.folder) == packed
    elsewhere = tmp_path / "elsewhere"
    tree.write_new(elsewhere, read_folder(packed))
    assert snapshot.fingerprint(elsewhere) == snapshot.fingerprint(base.folder)


# -- crashes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
async def test_a_kill_leaves_the_old_or_the_new_state_whole(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    folder, data = copy_of_shipped(tmp_path / "folder"), tmp_path / "data"
    Base(folder, data, Clock(UTC)).start()
    for _ in range(3):
        await publish_until_killed(folder, data, rng)
        check_whole(folder, data)
