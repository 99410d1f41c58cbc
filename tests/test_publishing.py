"""Publishing: revisions, going back, the folder that people edit, several at once, crashes."""

import random
import threading
from datetime import UTC
from pathlib import Path

import pytest
from bot.clock import Clock
from bot.errors import KnowledgeError
from bot.knowledge import snapshot
from bot.knowledge.folder import shipped_folder
from bot.knowledge.publishing import archive, tree
from bot.knowledge.publishing.base import FOLDER, Base
from bot.knowledge.publishing.difference import Change, line_difference, unit_changes
from bot.knowledge.publishing.model import FaultyError, MovedError, PublishError

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
