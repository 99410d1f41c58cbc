"""Reads ``jadwal/<tahun>.yaml``: the calendar of the evaluation, an event an item."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.knowledge.calendar_file import EventItem, has_time, moment, precision
from bot.knowledge.check import resolves
from bot.knowledge.deadline import STAGES, ZONES, Audience, Deadline, Moment
from bot.knowledge.faults import Faults
from bot.knowledge.locator import Ref
from bot.knowledge.model import Snapshot
from bot.knowledge.reading import parse_mapping, read_text

_EXAMPLE = "Ikuti contoh di jadwal/2027.yaml.contoh."
_FORMS = "Tulis 2027-08-02, 2027-08-02 23:59, 2027-08 minggu 1, atau 2027-08."
# By field first, by kind of fault else.
_MENDS = {
    "buka": ("bukan tanggal.", _FORMS),
    "tutup": ("bukan tanggal.", _FORMS),
    "tautan": ("bukan alamat web.", "Tulis lengkap, misalnya https://eval.spbe.go.id."),
    "id": ("bentuknya salah.", "Tulis tahun lalu kata kecil bertanda hubung: 2027-interviu."),
    "untuk.wilayah": ("bukan kode.", 'Apit kode dengan tanda kutip, misalnya ["73.22"].'),
    "missing": ("wajib ada.", "Tambahkan kunci ini."),
    "extra_forbidden": ("tidak dikenal.", "Periksa ejaannya; daftar kunci ada di README.md."),
    "literal_error": ("nilainya di luar pilihan.", "Pakai salah satu: {expected}."),
}
_Lines = dict[str, int]


def read_calendar(folder: Path, faults: Faults) -> tuple[Deadline, ...]:
    """Read the files of all years; an event with a fault is noted and left out.

    Files that do not end in ``.yaml``, such as the template for next year, are not looked at.
    """
    found: dict[str, Deadline] = {}
    for path in sorted(folder.glob("*.yaml")):
        for event in _file(path, faults):
            if event.id in found:
                faults.add(
                    path,
                    event.line,
                    "id",
                    f"“{event.id}” sudah dipakai di {found[event.id].path}.",
                    "Beri id lain; id tidak boleh dipakai dua kali.",
                )
                continue
            found[event.id] = event
    return tuple(sorted(found.values(), key=_order))


def check_calendar(snapshot: Snapshot, folder: Path, faults: Faults) -> None:
    """Note sources, regions and agencies that the other files do not know."""
    for event in snapshot.deadlines:
        path = folder / event.path
        if not resolves(Ref.parse(event.source), snapshot):
            faults.add(
                path,
                _below(path, event.line, "sumber:"),
                f"{event.id} sumber",
                f"Sumber “{event.source}” tidak dikenal.",
                "Tambahkan ke indeks/sumber.csv, atau tulis id dari regulasi/.",
            )
        for code in event.audience.regions:
            if code not in snapshot.regions:
                faults.add(
                    path,
                    _below(path, event.line, code),
                    f"{event.id} untuk.wilayah",
                    f"“{code}” tidak dikenal.",
                    "Pakai kode dari wilayah.csv atau instansi.csv.",
                )


def _order(event: Deadline) -> tuple[int, date, int, str]:
    """By year, then by when it begins or ends, then by stage; what has no date comes last."""
    day = event.first_day or event.last_day or date.max
    return event.year, day, STAGES.index(event.stage), event.id


def _file(path: Path, faults: Faults) -> Iterator[Deadline]:
    text = read_text(path, faults)
    data = None if text is None else parse_mapping(text, path, faults)
    if text is None or data is None:
        return
    items = data.get("acara")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        faults.add(path, 1, "acara", "Bukan daftar acara.", _EXAMPLE)
        return
    for key in data.keys() - {"tahun", "acara"}:
        mend = "Di luar acara hanya ada tahun dan acara."
        faults.add(path, _below(path, 1, f"{key}:"), str(key), "Kunci ini tidak dikenal.", mend)
    year = data.get("tahun")
    if not isinstance(year, int) or str(year) != path.stem:
        faults.add(
            path,
            _below(path, 1, "tahun:"),
            "tahun",
            f"“{year}” tidak sama dengan nama berkas.",
            f"Tulis tahun: {path.stem}, atau ganti nama berkasnya.",
        )
        return
    for item, lines in zip(items, _event_lines(text, path, faults), strict=True):
        event = _event(item, year, path, lines, faults)
        if event is not None:
            yield event


def _event_lines(text: str, path: Path, faults: Faults) -> Iterator[_Lines]:
    """Give the line of each key of each event, and of the event itself under an empty key."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    # Of two lists the last is read, as YAML has it.
    events = {key.value: value.value for key, value in pairs if key.value == "acara"}
    for event in events.get("acara", ()):
        lines = {"": event.start_mark.line + 1}
        for name, _ in event.value if isinstance(event, yaml.MappingNode) else ():
            line = name.start_mark.line + 1
            if name.value in lines:
                mend = "Hapus salah satunya."
                faults.add(path, line, str(name.value), "Kunci ini ada dua kali.", mend)
            lines[str(name.value)] = line
        yield lines


def _event(
    item: dict[str, Any], year: int, path: Path, lines: _Lines, faults: Faults
) -> Deadline | None:
    name = str(item.get("id", "acara"))

    def fault(key: str, message: str, mend: str) -> None:
        line = lines.get(key.partition(".")[0], lines[""])
        faults.add(path, line, f"{name} {key}".strip(), message, mend)

    try:
        read = EventItem.model_validate(item)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            key = ".".join(str(part) for part in detail["loc"] if not isinstance(part, int))
            kind = detail["type"]
            known = kind if kind in ("missing", "extra_forbidden") else key
            default = _MENDS.get(kind, ("nilainya tidak sah.", _EXAMPLE))
            message, mend = _MENDS.get(known, default)
            fault(key, f"Isian “{key}” {message}", mend.format_map(detail.get("ctx") or {}))
        return None
    if not read.id.startswith(f"{year}-"):
        fault("id", "Tidak diawali tahun berkasnya.", f"Awali dengan {year}-.")
        return None
    dates = _dates(read, fault)
    if dates is None:
        return None
    opens, closes = dates
    written = read.buka or read.tutup
    return Deadline(
        id=read.id,
        stage=read.tahap,
        title=read.judul,
        year=year,
        opens=opens,
        closes=closes,
        precision=precision(written) if written else "hari",
        zone=read.zona,
        audience=Audience(
            tuple(read.untuk.wilayah), tuple(read.untuk.jenis), tuple(read.untuk.label)
        ),
        link=read.tautan,
        source=read.sumber,
        status=read.status,
        confidence=read.keyakinan,
        note=read.catatan,
        action=read.tindakan,
        revision=read.revisi,
        path=f"{path.parent.name}/{path.name}",
        line=lines[""],
    )


def _dates(read: EventItem, fault: Any) -> tuple[Moment | None, Moment | None] | None:
    """Return opening and closing; None where they are wrong, which is noted."""
    texts = {"buka": read.buka, "tutup": read.tutup}
    timed = [key for key, text in texts.items() if text and has_time(text)]
    if timed and not read.zona:
        fault(timed[0], "Ada jam tanpa zona.", "Tambahkan zona: WIB, WITA, atau WIT.")
        return None
    if read.zona and not timed:
        fault("zona", "Ada zona tanpa jam.", "Hapus zona, atau tulis jamnya.")
        return None
    zone = ZONES.get(read.zona)
    found: dict[str, Moment | None] = {}
    for key, text in texts.items():
        try:
            found[key] = moment(text, zone, end=key == "tutup") if text else None
        except ValueError:
            fault(key, f"“{text}” tidak ada dalam kalender.", _FORMS)
            return None
    opens, closes = found["buka"], found["tutup"]
    if read.buka and read.tutup and precision(read.buka) != precision(read.tutup):
        mend = "Tulis buka dan tutup sama telitinya: keduanya hari, minggu, atau bulan."
        fault("tutup", "Ketelitiannya lain dari buka.", mend)
        return None
    if opens is not None and closes is not None and _at(opens, "00:00") > _at(closes, "24:00"):
        fault("tutup", "Lebih awal daripada buka.", "Periksa kedua tanggal.")
        return None
    return opens, closes


def _at(value: Moment, whole_day: str) -> tuple[date, str]:
    """Return what orders days and moments of one zone; ``whole_day`` stands in for the time."""
    if isinstance(value, datetime):
        return value.date(), f"{value:%H:%M}"
    return value, whole_day


def _below(path: Path, line: int, needle: str) -> int:
    """Return the first line from ``line`` on that holds a text; ``line`` when none does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pattern = re.compile(rf"(?<![\w.-]){re.escape(needle)}")
    at = (n for n, text in enumerate(lines[line - 1 :], line) if pattern.search(text))
    return next(at, line)
