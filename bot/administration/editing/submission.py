"""Reads what an admin sends: says what it is and takes it apart. Runs in a process of its own."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import Literal

import yaml
from pydantic import BaseModel, Field

from bot.administration.editing import tables, wording
from bot.errors import SpbeError
from bot.knowledge.archives import read_folder
from bot.knowledge.importing import DocumentError, ImportedRegulation, read_regulation_file
from bot.knowledge.importing.identity import read_identity
from bot.knowledge.importing.model import MOST_BYTES, Identity, Line
from bot.knowledge.importing.writing import knowledge_file, knowledge_id
from bot.knowledge.publishing import tree
from bot.knowledge.reading import load_yaml
from bot.regions.sheets import read_sheet

OPTIONS = ("judul", "nomor", "tahun", "jenis", "status", "url", "sumber", "dasar")
"""What an admin may say about a file: of a regulation, or of the rows of a table."""
_HEADER = ("judul", "status", "url")
# Files that are known by their keys, wherever they were saved.
_YAML = {
    "istilah.yaml": {"istilah"},
    "indeks/predikat.yaml": {"spbe", "pemdi"},
    "indikator/pemdi.yaml": {"aspek", "indikator", "regulasi"},
    "indikator/struktur.yaml": {"aspek", "domain"},
}


class Submission(BaseModel):
    """What a file holds; plain JSON, since it comes from another process.

    Attributes:
        kind: ``naskah`` (a regulation read from a document), ``berkas`` (knowledge files),
            ``tabel`` (figures), ``arsip`` (a whole base).
        title: What it is, in a line.
        facts: What was recognised, a line each.
        files: Knowledge files by path.
        rows: The rows of a table.
        remove: Knowledge files to take away.
        merge: Whether rows of ``files`` are to be put into the table that stands.
        warnings: What a person should look at.
        faults: Why it cannot be published as it is.
        options: What of ``OPTIONS`` can be said about it.
    """

    kind: Literal["naskah", "berkas", "tabel", "arsip"]
    title: str
    facts: list[str] = Field(default_factory=list)
    files: dict[str, str] = Field(default_factory=dict)
    rows: list[list[str]] = Field(default_factory=list)
    merge: bool = False
    remove: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
    faults: list[str] = Field(default_factory=list)
    options: list[str] = Field(default_factory=list)


def read(content: bytes, name: str, options: dict[str, str], today: str) -> dict[str, object]:
    """Read a file.

    Args:
        content: Its bytes, at most ``MOST_BYTES``.
        name: Its name; not trusted, only the ending and the bare name count.
        options: What was said about it, by a key of ``OPTIONS``.
        today: The day, for what is written into the header, in ISO form.

    Returns:
        A ``Submission`` as plain JSON.

    Raises:
        SpbeError: It cannot be read; the message names the mend.
    """
    if len(content) > MOST_BYTES:
        raise DocumentError(wording.TOO_LARGE.format(megabytes=MOST_BYTES // 1_000_000))
    bare = _plain_name(name)
    told = _read(content, bare, options, date.fromisoformat(today))
    for path, text in told.files.items():
        _check_yaml(path, text)
    return told.model_dump()


def _plain_name(name: str) -> str:
    """Return the bare name, without the number that phones add to a second copy."""
    path = PurePath(name.replace("\\", "/"))
    return re.sub(r"\s*\(\d+\)$", "", path.stem)[:200] + path.suffix


def _check_yaml(path: str, text: str) -> None:
    """Refuse YAML that grows when it is read, or cannot be: readers elsewhere have no limits."""
    if path.endswith(".md"):
        text = text.split("---", 2)[1] if text.count("---") > 1 else ""
    elif not path.endswith(".yaml"):
        return
    try:
        events = yaml.parse(text, Loader=yaml.SafeLoader)
        if any(isinstance(event, yaml.AliasEvent) for event in events):
            raise DocumentError(wording.YAML_ALIAS.format(path=path))
        load_yaml(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"{path}, baris {mark.line + 1}" if mark else path
        raise DocumentError(wording.BAD_YAML.format(place=line)) from None


def _read(content: bytes, name: str, options: Mapping[str, str], today: date) -> Submission:
    suffix = PurePath(name).suffix.lower()
    if suffix == ".zip":
        return _archive(content)
    if suffix == ".xlsx":
        return _table(read_sheet(content, name))
    if suffix == ".csv":
        rows = read_sheet(content, name)
        path = tables.table_of(rows[0])
        if path:
            return Submission(
                kind="berkas",
                title=wording.TABLE_TITLE.format(path=path, count=len(rows) - 1),
                files={path: tables.written(rows)},
                merge=True,
            )
        return _table(rows)
    if suffix in (".yaml", ".yml"):
        return _yaml(content, name)
    if suffix == ".md" and content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"---"):
        return _knowledge(_text(content), name, options, today)
    if PurePath(name).stem.upper() == "README":
        raise DocumentError(wording.IS_README)
    if name == "kosakata.txt":
        return _file("kosakata.txt", _text(content))
    return _regulation(read_regulation_file(content, name), name, options, today)


def _table(rows: list[list[str]]) -> Submission:
    title = wording.FIGURES_TITLE.format(count=max(len(rows) - 1, 0))
    return Submission(kind="tabel", title=title, rows=rows, options=["sumber", "tahun", "dasar"])


def _archive(content: bytes) -> Submission:
    files = read_folder(content)
    kept = {tree.safe_path(path): _text(c) for path, c in files.items() if _kept(path)}
    if not any(path.startswith("regulasi/") for path in kept):
        raise DocumentError(wording.NO_BASE)
    return Submission(
        kind="arsip", title=wording.ARCHIVE_TITLE.format(count=len(kept)), files=kept
    )


def _kept(path: str) -> bool:
    hidden = any(part.startswith(".") for part in path.split("/"))
    return not hidden and PurePath(path).suffix in tree.SUFFIXES


def _yaml(content: bytes, name: str) -> Submission:
    text = _text(content)
    _check_yaml(name if name.endswith(".yaml") else f"{name}.yaml", text)
    data = load_yaml(text)
    if not isinstance(data, dict):
        raise DocumentError(wording.UNKNOWN_YAML)
    keys = {str(key) for key in data}
    path = next((p for p, wanted in _YAML.items() if wanted <= keys), "")
    if {"tahun", "acara"} <= keys and str(data["tahun"]).isdigit():
        path = f"jadwal/{data['tahun']}.yaml"
    if not path and name == "ejaan.yaml":
        path = name
    if not path:
        raise DocumentError(wording.UNKNOWN_YAML)
    return _file(path, text)


def _knowledge(text: str, name: str, options: Mapping[str, str], today: date) -> Submission:
    """A knowledge file: what its header says tells where it belongs."""
    head = text.lstrip("\ufeff \r\n").split("---", 2)[1]
    try:
        header = load_yaml(head)
    except yaml.YAMLError:
        raise DocumentError(wording.BAD_HEADER) from None
    except ValueError as error:  # a date that cannot be
        raise DocumentError(wording.BAD_DATE.format(why=error)) from None
    if not isinstance(header, dict):
        raise DocumentError(wording.BAD_HEADER)
    stem = re.sub(r"[^a-z0-9]+", "-", PurePath(name).stem.lower()).strip("-") or "tanpa-nama"
    if "bobot" in header:
        return _file(f"indikator/{stem}.md", text)
    if "id" in header or "status" in header:
        found = re.sub(r"[^a-z0-9-]", "", str(header.get("id", "")).lower())
        changed = _with_header(text, options, today)
        told = _file(f"regulasi/{found or stem}.md", changed)
        name = str(header.get("sebutan", found or stem))
        facts = [_status_fact(changed)]
        return told.model_copy(update={"title": name, "options": [*_HEADER], "facts": facts})
    return _file(f"tanya-jawab/{stem}.md", text)


def _regulation(
    read_: ImportedRegulation, name: str, options: Mapping[str, str], today: date
) -> Submission:
    identity = _identity(read_.identity, options)
    regulation = replace(read_, identity=identity)
    ayat = sum(len(p.numbers) for p in regulation.pasal)
    told = Submission(
        kind="naskah",
        title=wording.REGULATION_TITLE.format(
            kind=identity.kind_name or "Jenis tidak dikenali",
            number=identity.number or "(belum ada)",
            year=identity.year or "(belum ada)",
            title=identity.title or "(judul tidak ditemukan)",
        ),
        facts=[
            wording.ISSUER.format(name=identity.issuer or "(tidak dikenali)"),
            wording.COUNTS.format(
                chapters=len(regulation.chapters),
                pasal=len(regulation.pasal),
                ayat=ayat,
                annexes=len(regulation.annexes),
            ),
        ],
        warnings=list(regulation.warnings),
        options=[o for o in OPTIONS if o not in ("sumber", "dasar")],
    )
    if identity.draft:
        told.facts.append(wording.IS_DRAFT)
    if identity.amendment:
        told.facts.append(wording.IS_AMENDMENT)
    if not regulation.pasal:
        told.faults.append(wording.NO_PASAL)
        return told
    try:
        path = f"regulasi/{knowledge_id(identity)}.md"
    except DocumentError as error:
        told.faults.append(str(error))
        return told
    text = _with_header(knowledge_file(regulation, name, today), options, today)
    told.files[path] = text
    told.facts.append(_status_fact(text))
    return told


def _status_fact(text: str) -> str:
    """Say which status and link a knowledge file of a regulation carries."""
    header = load_yaml(text.split("---", 2)[1])
    checked = header.get("status_diperiksa")
    source = checked.get("sumber", "") if isinstance(checked, dict) else ""
    status = str(header.get("status", "")).replace("_", " ") or "belum ada"
    return wording.STATUS_FACT.format(
        status=status, source=source or "-", url=header.get("url") or "belum ada"
    )


def _identity(read_: Identity, options: Mapping[str, str]) -> Identity:
    """Put what an admin said in the place of what was read."""
    out = read_
    if "jenis" in options:
        heading = [Line(options["jenis"].upper()), Line("NOMOR 1 TAHUN 2000"), Line("TENTANG X")]
        said = read_identity(heading)
        if not said.kind:
            raise SpbeError(wording.UNKNOWN_KIND.format(kind=options["jenis"]))
        out = replace(
            out, kind=said.kind, kind_name=said.kind_name, issuer=said.issuer, region=said.region
        )
    if "nomor" in options:
        # What bears a number is no draft any more.
        out = replace(out, number=options["nomor"], draft=False, kind=out.kind.removeprefix("ran"))
    if "tahun" in options:
        out = replace(out, year=int(options["tahun"]))
    return replace(out, title=options.get("judul", out.title))


def _with_header(text: str, options: Mapping[str, str], today: date) -> str:
    """Set keys of the front matter; the rest of the text stays as it is."""
    wanted = {key: options[key] for key in _HEADER if key in options}
    if not wanted:
        return text
    start, head, body = text.split("---", 2)
    lines = head.strip("\n").split("\n")
    if "status" in wanted:
        checked = yaml.safe_dump(
            {"tanggal": today, "sumber": wording.STATUS_SOURCE},
            allow_unicode=True,
            default_flow_style=True,
            width=10_000,
        )
        lines = _set_key(lines, "status_diperiksa", checked.strip())
    for key, value in wanted.items():
        lines = _set_key(
            lines,
            key,
            yaml.safe_dump(value, allow_unicode=True, width=10_000).removesuffix("...\n").strip(),
        )
    return "---".join([start, "\n" + "\n".join(lines) + "\n", body])


def _set_key(lines: list[str], key: str, value: str) -> list[str]:
    out: list[str] = []
    dropping = done = False
    for line in lines:
        if re.match(r"[A-Za-z_]+:", line):
            dropping = line.startswith(f"{key}:")
            if dropping:
                out.append(f"{key}: {value}")
                done = True
        if not dropping:
            out.append(line)
    return out if done else [*out, f"{key}: {value}"]


def _file(path: str, text: str) -> Submission:
    tree.safe_path(path)
    return Submission(
        kind="berkas", title=wording.FILE_TITLE.format(path=path), files={path: text}
    )


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise DocumentError(wording.NOT_UTF8) from None
