"""What an admin of some regions may change: own units only, whatever file they stand in."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest
from bot.administration.editing.desk import EditingDesk
from bot.administration.editing.drafts import Drafts
from bot.administration.editing.proposal import Proposal, permit
from bot.administration.editing.report import proposal_lines
from bot.administration.roles import NotAllowedError, Role, Roles
from bot.clock import Clock
from bot.errors import SpbeError
from bot.knowledge import snapshot
from bot.knowledge.folder import shipped_folder
from bot.knowledge.publishing import tree
from bot.knowledge.publishing.base import Base
from bot.knowledge.publishing.difference import Change, unit_changes
from bot.store.journal import Journal

from tests.knowledge_folder import copy_of_shipped, path_of, regulation

OWN = "73.73"
LIMITED = Role(8, "Budi", regions=(OWN,))
FAQ = """---
judul: Uji
wilayah: "{region}"
---

## Kue apa yang dipakai untuk rapat?
{text}
Sumber: Dinas Kue, 2026
Tanya:
- Kue rapat apa?
- Rapat memakai kue apa?
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[EditingDesk]:
    """A desk on what came with the program."""
    clock = Clock(UTC)
    audit = Journal(tmp_path / "journal", "audit", clock)
    base = Base(None, tmp_path, clock)
    roles = Roles(tmp_path, (7,), clock, audit)
    yield EditingDesk(base, roles, Drafts(tmp_path, clock), audit, clock)
    audit.close()


Files = dict[str, bytes]


def archive(change: Callable[[Files], object]) -> bytes:
    files = tree.read(shipped_folder())
    change(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for path, content in files.items():
            packed.writestr(path, content)
    return out.getvalue()


def sent(desk: EditingDesk, change: Callable[[Files], object]) -> Proposal:
    return desk.look_at(archive(change), "semua.zip", {})


def refused(proposal: Proposal) -> str:
    with pytest.raises(NotAllowedError) as caught:
        permit(LIMITED, proposal.units)
    return str(caught.value)


def put(path: str, content: bytes) -> Callable[[Files], object]:
    return lambda files: files.update({path: content})


def test_files_without_units_are_refused_and_shown(desk: EditingDesk) -> None:
    def change(files: Files) -> None:
        files["README.md"] = b"# Lain\n"
        files["istilah.yaml"] += b"# catatan\n"
        files[path_of()] = regulation(region=OWN)
        for path in [path for path in files if path.startswith("skema/")]:
            del files[path]

    proposal = sent(desk, change)
    assert proposal.publishable
    told = "\n".join(proposal_lines(proposal, 5))
    assert "Menghapus 4 berkas: skema/" in told
    assert "- Berkas lain: 2 berubah (README.md, istilah.yaml); 4 dihapus (skema/" in told
    assert "Berkas lain README.md" in refused(proposal)


@pytest.mark.parametrize(
    ("path", "content"),
    [("README.md", b"# Lain\n"), ("skema/regulasi.schema.json", b"{}")],
)
def test_one_general_file_beside_own_units_is_enough(
    desk: EditingDesk, path: str, content: bytes
) -> None:
    both = {path: content, path_of(): regulation(region=OWN)}
    assert path in refused(sent(desk, lambda files: files.update(both)))


def test_own_units_pass_in_files_of_everybody(desk: EditingDesk) -> None:
    def change(files: Files) -> None:
        files[path_of()] = regulation(region=OWN)
        table = files["indeks/indeks.csv"]
        files["indeks/indeks.csv"] = re.sub(rb"(?m)^(73\.73,.*2024,3\.1)2,", rb"\g<1>3,", table)
        local = files["tanya-jawab/lokal-palopo.md"]
        files["tanya-jawab/lokal-palopo.md"] = local.replace(b"\n\n## ", b"\nJuga itu.\n\n## ", 2)

    proposal = sent(desk, change)
    assert {unit.path for unit in proposal.units} >= {path_of(), "indeks/indeks.csv"}
    permit(LIMITED, proposal.units)


def test_figures_of_the_own_region_may_be_imported(desk: EditingDesk) -> None:
    table = b"kode,tahun,indeks,sumber\n73.73,2025,3.45,laporan-spbe-2024\n"
    proposal = desk.look_at(table, "angka.csv", {})
    assert proposal.units
    permit(LIMITED, proposal.units)


def test_paths_outside_the_layout_are_faults_for_everybody(desk: EditingDesk) -> None:
    for path in ("apa/saja.md", "catatan.txt", "regulasi/dalam/x.md", "indeks/lain.csv"):
        faults = sent(desk, put(path, b"x\n")).faults
        assert any(f.startswith(f"{path}:0: berkas: Di luar susunan") for f in faults), path


def test_an_entry_of_the_same_title_elsewhere_does_not_hide_the_general_one(
    desk: EditingDesk,
) -> None:
    general, own = "tanya-jawab/aaa.md", "tanya-jawab/zzz.md"
    desk.base.publish(
        {
            general: FAQ.format(region="", text="Kue umum.").encode(),
            own: FAQ.format(region=OWN, text="Kue Palopo.").encode(),
        },
        author="x",
        note="x",
    )
    changed = FAQ.format(region="", text="Kue siapa pun.").encode()
    units = desk.units({general: changed})
    assert [(u.group, u.name, u.path) for u in units] == [
        ("Tanya jawab", "Kue apa yang dipakai untuk rapat?", general)
    ]
    with pytest.raises(NotAllowedError):
        permit(LIMITED, units)
    permit(LIMITED, desk.units({own: changed.replace(b'""', b'"73.73"')}))


def test_a_regulation_of_the_same_name_does_not_hide_another(desk: EditingDesk) -> None:
    twin = regulation(number=91).replace(
        b"sebutan: Perwali Palopo 91", b"sebutan: Perwali Palopo 90"
    )
    desk.base.publish({path_of(): regulation(region=""), path_of(91): twin}, author="x", note="x")
    units = desk.units({path_of(): regulation("Lain.", region="")})
    assert [(u.group, u.name, u.region) for u in units] == [
        ("Perwali Palopo 90/2024", "Pasal 1", "")
    ]
    with pytest.raises(NotAllowedError):
        permit(LIMITED, units)


def test_units_of_one_name_in_one_file_are_counted(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path / "folder")
    twice = (
        FAQ.format(region="", text="Satu.") + FAQ.format(region="", text="Dua.").split("---\n")[2]
    )
    (folder / "tanya-jawab/aaa.md").write_text(twice)
    before, _ = snapshot.load(folder)
    (folder / "tanya-jawab/aaa.md").write_text(twice.replace("Satu.", "Lain."))
    found = unit_changes(before, snapshot.load(folder)[0])
    assert [(u.change, u.path) for u in found] == [(Change.CHANGED, "tanya-jawab/aaa.md")]


def test_going_back_counts_files_without_units_too(desk: EditingDesk) -> None:
    desk.base.publish({"README.md": b"# Lain\n"}, author="x", note="x")
    with pytest.raises(NotAllowedError, match=r"README\.md"):
        permit(LIMITED, desk.units(desk.base.restoring(1)))


# -- a damaged list of admins --------------------------------------------------------------------


def entry(name: str = "Budi") -> dict[str, object]:
    return {"name": name, "regions": [OWN], "since": "2026-01-02"}


@pytest.mark.parametrize(
    "bad",
    [
        *({}, {"name": "x"}, entry() | {"regions": None}, entry() | {"regions": "73"}),
        *(entry() | {"since": "kemarin"}, entry() | {"since": 5}, entry() | {"regions": [1]}),
    ],
)
def test_a_damaged_entry_gives_no_rights_and_spares_the_rest(
    desk: EditingDesk, tmp_path: Path, bad: dict[str, object]
) -> None:
    content = json.dumps({"admin": {"8": entry(), "9": bad}})
    (tmp_path / "admin.json").write_text(content)
    assert desk.roles.of(9) is None
    assert desk.roles.everybody() == [7, 8]
    assert [role.user for role in desk.roles.admins()] == [8]
    assert desk.roles.set_aside is None
    assert desk.roles.dismiss(Role(7, "x", owner=True), 9).user == 9


@pytest.mark.parametrize(
    ("content", "left"),
    [
        ("{", [7]),
        ("[]", [7]),
        (json.dumps({"admin": [1]}), [7]),
        (json.dumps({"admin": {"8": entry(), "9": [1]}}), [7, 8]),
        (json.dumps({"admin": {"8": entry(), "sembilan": entry()}}), [7, 8]),
    ],
)
def test_what_is_no_list_of_admins_is_set_aside_and_the_readable_part_kept(
    desk: EditingDesk, tmp_path: Path, content: str, left: list[int]
) -> None:
    (tmp_path / "admin.json").write_text(content)
    assert desk.roles.everybody() == left
    aside = desk.roles.set_aside
    assert aside is not None
    assert aside.read_text() == content
    assert desk.roles.everybody() == left
    assert desk.roles.set_aside == aside


def test_a_refused_publication_of_a_limited_admin_changes_nothing(desk: EditingDesk) -> None:
    desk.roles.appoint(
        Role(7, "x", owner=True), 8, "Budi", [OWN], snapshot.load(shipped_folder())[0].regions
    )
    proposal = sent(desk, put("README.md", b"# Lain\n"))
    with pytest.raises(SpbeError, match=r"Berkas lain README\.md"):
        desk.publish(LIMITED, proposal, expected=0)
    assert desk.base.number == 1
