"""The form of ``jadwal/<tahun>.yaml``: which keys an event has, and how dates are written."""

import re
from calendar import monthrange
from datetime import date, datetime, tzinfo
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from bot.knowledge.deadline import Moment
from bot.knowledge.shapes import Strict

# Year and month, then a day with or without a time, or the week of the month. Plain groups: the
# editors that complete from the schema read the pattern as JavaScript does.
_FORM = r"(\d{4})-(\d{2})(?:-(\d{2})(?: (\d{2})[:.](\d{2}))?| minggu ([1-5]))?"
_ID = r"\d{4}(-[a-z0-9]+)+"
_DATE_HELP = "TTTT-BB-HH, TTTT-BB-HH JJ:MM (dengan zona), TTTT-BB minggu N, atau TTTT-BB"

Stage = Literal[
    "persiapan",
    "sosialisasi",
    "penilaian mandiri",
    "penilaian dokumen",
    "interviu",
    "visitasi",
    "reviu",
    "finalisasi",
    "pengumuman",
    "lainnya",
]


def _as_text(value: Any) -> Any:
    """Undo what YAML makes of a date, so that one rule reads all forms."""
    if isinstance(value, datetime):
        return value.isoformat() if value.tzinfo else f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else value


When = Annotated[str, Field(pattern=f"^{_FORM}$"), BeforeValidator(_as_text)]
Texts = Annotated[
    list[str],
    BeforeValidator(
        lambda v: [v] if isinstance(v, str) else v, json_schema_input_type=str | list[str]
    ),
]


class AudienceItem(Strict):
    """Whom an event concerns; left out means everyone."""

    wilayah: Texts = Field(default=[], description="Kode (diberi tanda kutip) atau id instansi")
    jenis: list[Literal["provinsi", "kabupaten", "kota", "kementerian", "lembaga"]] = Field(
        default=[]
    )
    label: Texts = Field(default=[], description="Label obrolan, misalnya asesor")


class EventItem(Strict):
    """One event of a year."""

    id: str = Field(
        pattern=f"^{_ID}$", max_length=54, description="Tetap selamanya, diawali tahunnya"
    )
    tahap: Stage
    judul: str = Field(min_length=3)
    buka: When | None = Field(None, description=f"{_DATE_HELP}; kosong bila tidak diketahui")
    tutup: When | None = Field(None, description=f"{_DATE_HELP}; kosong bila tidak diketahui")
    zona: Literal["WIB", "WITA", "WIT", ""] = Field("", description="Wajib bila ada jam")
    untuk: AudienceItem = Field(default=AudienceItem(), description="Kosong: semua")
    tautan: str = Field("", pattern=r"^(https?://[^\s/]+\.[^\s]+)?$")
    sumber: str = Field(description="Id dari indeks/sumber.csv atau regulasi/")
    status: Literal["resmi", "perkiraan"]
    keyakinan: Literal["tinggi", "sedang", "rendah"]
    catatan: str = ""
    tindakan: str = Field("", description="Apa yang perlu dilakukan, satu kalimat")
    revisi: int = Field(0, ge=0, description="Naikkan satu setiap tanggalnya berubah")


class CalendarFile(Strict):
    """The file of one year."""

    tahun: int = Field(ge=2000, le=2100)
    acara: list[EventItem]


def precision(text: str) -> str:
    """Return how exactly a date is written: ``hari``, ``minggu`` or ``bulan``."""
    _, _, day, _, _, week = _parts(text)
    return "hari" if day else "minggu" if week else "bulan"


def has_time(text: str) -> bool:
    """Whether a date is written with a time."""
    return bool(_parts(text)[3])


def moment(text: str, zone: tzinfo | None, *, end: bool) -> Moment:
    """Read a date; of a week or month the first day, or the last with ``end``.

    Week n of a month is its days 7n-6 to 7n, the fifth what is left over.

    Raises:
        ValueError: There is no such day or time, or a time without a zone.
    """
    year, month, day, hour, minute, week = _parts(text)
    first = date(int(year), int(month), int(day or 1))
    if hour:
        if zone is None:
            raise ValueError("a time without a zone")
        return datetime(*first.timetuple()[:3], int(hour), int(minute), tzinfo=zone)
    if day:
        return first
    last = monthrange(first.year, first.month)[1]
    if not week:
        return first.replace(day=last) if end else first
    start = 7 * int(week) - 6
    if start > last:
        raise ValueError(f"no week {week}")
    return first.replace(day=min(start + 6, last) if end else start)


def _parts(text: str) -> tuple[str, ...]:
    found = re.fullmatch(_FORM, text)
    if found is None:
        raise ValueError(f"no date: {text}")
    return tuple(part or "" for part in found.groups())
