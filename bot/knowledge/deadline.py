"""The calendar of the evaluation: events with a stage, their dates, whom they concern."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

Moment = date | datetime
"""A whole day, or a moment with its zone."""

ZONES = {
    "WIB": ZoneInfo("Asia/Jakarta"),
    "WITA": ZoneInfo("Asia/Makassar"),
    "WIT": ZoneInfo("Asia/Jayapura"),
}
STAGES = (
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
)
"""Stages as files write them, in the order of the evaluation (PermenPANRB 59/2020, Bab III)."""
STATUSES = ("resmi", "perkiraan")
CONFIDENCES = ("tinggi", "sedang", "rendah")
AGENCY_KINDS = ("provinsi", "kabupaten", "kota", "kementerian", "lembaga")


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an event concerns; all fields empty means everyone.

    The fields narrow each other down, the values within one add up: regions ``73`` with kind
    ``kabupaten`` is every kabupaten of that province.

    Attributes:
        regions: Kemendagri codes or slugs of agencies; the code of a province takes in its
            kabupaten and kota.
        kinds: Of ``AGENCY_KINDS``.
        tags: Labels that chats are given, such as ``asesor``.
    """

    regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def everyone(self) -> bool:
        """Whether nobody is left out."""
        return not (self.regions or self.kinds or self.tags)

    def includes(self, code: str, kind: str, tags: frozenset[str] = frozenset()) -> bool:
        """Whether an agency (its code and kind) that carries some tags is meant."""
        if self.regions and not any(
            code == r or (len(r) == 2 and code.startswith(f"{r}.")) for r in self.regions
        ):
            return False
        if self.kinds and agency_kind(kind) not in self.kinds:
            return False
        return not self.tags or not tags.isdisjoint(self.tags)


@dataclass(frozen=True, slots=True)
class Deadline:
    """An event of the calendar.

    Attributes:
        id: Stable and unique over all years, such as ``2026-interviu``; never used again.
        stage: Of ``STAGES``.
        title: Short name of the event.
        year: Year of the evaluation that it belongs to, not always that of its dates.
        opens: First day, or the moment it opens; None when not known.
        closes: Last day (whole), or the moment it closes; None when not known.
        precision: ``hari``, ``minggu`` or ``bulan``: how exactly the source tells the dates.
            Where it is not ``hari``, opens and closes are the ends of what the source says, and
            no day may be counted from them.
        zone: WIB, WITA or WIT for moments; empty for whole days, which hold in every zone.
        link: Where one acts, or the announcement; may be empty.
        source: Id of a ``Source`` or of a regulation.
        status: ``resmi`` (set by who holds the evaluation) or ``perkiraan``; what is no more
            than that is never broadcast unless an admin says so.
        confidence: tinggi, sedang or rendah: how sure the dates are.
        note: What a reader should know about the dates.
        action: What to do now, one sentence; may be empty.
        revision: Counted up by the editor whenever the dates are changed.
        path: The file, relative to the knowledge folder.
        line: Where it stands in that file.
    """

    id: str
    stage: str
    title: str
    year: int
    opens: Moment | None = None
    closes: Moment | None = None
    precision: str = "hari"
    zone: str = ""
    audience: Audience = field(default_factory=Audience)
    link: str = ""
    source: str = ""
    status: str = "perkiraan"
    confidence: str = "sedang"
    note: str = ""
    action: str = ""
    revision: int = 0
    path: str = ""
    line: int = 0

    @property
    def version(self) -> str:
        """A fingerprint of the dates and nothing else: it tells a moved event apart."""
        told = "|".join(
            (*(m.isoformat() if m else "" for m in (self.opens, self.closes)), self.precision)
        )
        return hashlib.sha256(told.encode()).hexdigest()[:8]

    @property
    def known(self) -> bool:
        """Whether any date is known."""
        return self.opens is not None or self.closes is not None

    @property
    def exact(self) -> bool:
        """Whether the source names days, so that working days may be counted."""
        return self.known and self.precision == "hari"

    @property
    def official(self) -> bool:
        """Whether who holds the evaluation has set the dates."""
        return self.status == "resmi"

    def starts_at(self, zone: tzinfo) -> datetime | None:
        """Return the moment it opens; a whole day begins at midnight in ``zone``."""
        if self.opens is None or isinstance(self.opens, datetime):
            return self.opens
        return datetime.combine(self.opens, time.min, zone)

    def ends_at(self, zone: tzinfo) -> datetime | None:
        """Return the moment it is over; a whole day ends with the day in ``zone``."""
        if self.closes is None or isinstance(self.closes, datetime):
            return self.closes
        return datetime.combine(self.closes + timedelta(days=1), time.min, zone)

    @property
    def first_day(self) -> date | None:
        """The day it opens, in its own zone."""
        return day_of(self.opens)

    @property
    def last_day(self) -> date | None:
        """The day it closes, in its own zone."""
        return day_of(self.closes)


def day_of(moment: Moment | None) -> date | None:
    """Return the day of a moment, in the moment's own zone."""
    return moment.date() if isinstance(moment, datetime) else moment


def agency_kind(kind: str) -> str:
    """Return the kind that an audience names for a kind of ``Region``."""
    return kind if kind in AGENCY_KINDS else "lembaga"
