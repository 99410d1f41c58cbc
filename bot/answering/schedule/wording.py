"""What the desk of the calendar says; every sentence of it stands here."""

from datetime import date, datetime, tzinfo

from bot.answering.wording import _MONTHS
from bot.answering.wording import day as day
from bot.knowledge.deadline import ZONES, Deadline, Moment

MONTHS = _MONTHS
_WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_ORDINALS = ("", "I", "II", "III", "IV", "V")

AHEAD = "{count} {unit} ke depan"
TITLE = "Jadwal evaluasi {year}"
LISTED = "Jadwal evaluasi {year} yang saya ketahui:"
OF_STAGE = "{stage} {year}:"
UNKNOWN_DATE = "tanggalnya tidak diketahui"
UNTIL = "sampai {day}"
FROM = "mulai {day}"
NO_SUCH_DAY = "hari persisnya tidak diketahui"
OPEN = "Sedang berjalan; sisa {left}."
LAST_DAY = "Hari ini hari terakhir."
LAST_HOURS = "Ditutup hari ini pukul {time}."
CLOSED = "Sudah lewat: ditutup {ago} yang lalu."
LONG_CLOSED = "Sudah lewat."
CLOSED_TODAY = "Sudah ditutup hari ini."
OPENS_TODAY = "Belum dibuka; dibuka hari ini pukul {time}."
TO_COME = "Belum dibuka; dibuka {left} lagi."
TO_COME_DEADLINE = "Batasnya {left} lagi."
BEGUN = "Sudah dibuka; tanggal tutupnya tidak diketahui."
WORKDAYS = "{count} hari kerja"
WITH_DAYS = "{count} hari kerja ({days} hari kalender)"
ACTION = "Yang perlu dilakukan: {action}"
DUE_HEAD = "Yang jatuh tempo {name}:"
GOING_ON = "Yang berlangsung {name}:"
NOTHING_DUE = "Tidak ada yang jatuh tempo {name} menurut jadwal yang saya ketahui."
NOTHING_ON = "Tidak ada acara {name} menurut jadwal yang saya ketahui."
STILL_OPEN = "Yang sedang berjalan:"
NEXT = "Berikutnya:"
NO_YEAR = (
    "Jadwal evaluasi {year} belum ada pada saya, jadi saya tidak akan menebak. Tunggu surat resmi "
    "Kementerian PANRB, atau tanyakan kepada Koordinator SPBE instansi Anda."
)
NO_PAST_YEAR = "Jadwal evaluasi {year} tidak ada pada saya, jadi saya tidak akan menebak."
NO_STAGE = (
    "Tanggal {stage} {year} tidak ada pada saya, jadi saya tidak akan menebak. Pastikan pada surat "
    "resmi Kementerian PANRB."
)
NOTHING_AHEAD = "Tidak ada tenggat di depan menurut jadwal yang saya ketahui."
ESTIMATE = "Perkiraan, bukan jadwal resmi (keyakinan {confidence}); pastikan pada surat Kementerian PANRB."
ESTIMATES = "Yang bertanda perkiraan bukan jadwal resmi; pastikan pada surat Kementerian PANRB."
DOUBTFUL = "Tanggal ini berkeyakinan {confidence}."
UNDECREED = (
    "Cuti bersama {years} belum ditetapkan dalam daftar yang saya pakai, jadi hitungan hari kerja "
    "dapat bergeser."
)
FIVE_DAYS = "Hari kerja dihitung Senin–Jumat tanpa libur nasional dan cuti bersama."
ASK_SCHEDULE = "Jadwal evaluasi {year}"
ASK_STAGE = "Jadwal {stage} {year}"
ASK_LEFT = "Sisa berapa hari kerja lagi?"
ASK_DUE = "Apa yang jatuh tempo bulan ini?"
CALENDAR_NAME = "Jadwal evaluasi SPBE"
SOURCE = "Sumber: {source}"
STATE = {"past": "sudah lewat", "open": "sedang berjalan", "ahead": "belum dibuka"}


def weekday(value: date) -> str:
    """Write a date with its day of the week: ``Selasa, 15 Desember 2026``."""
    return f"{_WEEKDAYS[value.weekday()]}, {day(value)}"


def days(first: date, last: date) -> str:
    """Write a span of days: ``1–30 Oktober 2026``, ``28 April – 17 Juni 2021``."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def dates(event: Deadline, zone: tzinfo) -> str:
    """Write the dates of an event as exactly as they are known; times in their own zone too."""
    if not event.known:
        return UNKNOWN_DATE
    if event.precision == "bulan":
        return _months(event.first_day, event.last_day)
    if event.precision == "minggu":
        return _weeks(event.first_day, event.last_day)
    if event.opens is None or event.closes is None:
        at = event.closes or event.opens
        form = UNTIL if event.closes else FROM
        return form.format(day=moment(at, event.zone, zone)) if at else UNKNOWN_DATE
    if not (isinstance(event.opens, datetime) or isinstance(event.closes, datetime)):
        return days(event.opens, event.closes)
    if event.opens == event.closes:
        return moment(event.closes, event.zone, zone)
    opens, closes = (moment(m, event.zone, zone) for m in (event.opens, event.closes))
    return f"{opens} – {closes}"


def moment(value: Moment, name: str, zone: tzinfo) -> str:
    """Write a day, or a moment in its own zone and, where it differs, in the reader's.

    Args:
        value: The day or moment.
        name: Name of its zone, such as WIB.
        zone: The reader's zone.
    """
    if not isinstance(value, datetime):
        return day(value)
    told = f"{day(value)} pukul {value:%H.%M} {name}"
    here = value.astimezone(zone)
    if here.utcoffset() == value.utcoffset():
        return told
    other = next((n for n, z in ZONES.items() if here.utcoffset() == _offset(value, z)), "")
    if not other:
        return told
    shown = f"{here:%H.%M} {other}"
    return f"{told} ({shown})" if here.date() == value.date() else f"{told} ({day(here)} {shown})"


def stage(name: str) -> str:
    """Write a stage at the beginning of a sentence."""
    return name[:1].upper() + name[1:]


def _offset(value: datetime, zone: tzinfo) -> object:
    return value.astimezone(zone).utcoffset()


def _months(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        known = last or first
        form = UNTIL if last else FROM
        return form.format(day=f"{MONTHS[known.month - 1]} {known.year}") if known else ""
    end = f"{MONTHS[last.month - 1]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    start = MONTHS[first.month - 1] + (f" {first.year}" if first.year != last.year else "")
    return f"{start}–{end}"


def _weeks(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        known = last or first
        return (UNTIL if last else FROM).format(day=_week(known)) if known else ""
    if (first.year, first.month) == (last.year, last.month):
        numbers = dict.fromkeys((_number(first), _number(last)))
        return f"minggu {'–'.join(numbers)} {MONTHS[last.month - 1]} {last.year}"
    start = _week(first)
    return f"{start.removesuffix(f' {last.year}')} – {_week(last)}"


def _week(value: date) -> str:
    return f"minggu {_number(value)} {MONTHS[value.month - 1]} {value.year}"


def _number(value: date) -> str:
    """Return which week of its month a day lies in."""
    return _ORDINALS[(value.day - 1) // 7 + 1]


def short_dates(event: Deadline) -> str:
    """Write the dates of an event for a picture of its year: days in its own zone, no time."""
    if not event.known:
        return UNKNOWN_DATE
    told = _days_only(event).removesuffix(f" {event.year}")
    return told if event.official else f"{told} ({event.status})"


def calendar_title(event: Deadline) -> str:
    """Write the title of an event in a phone's calendar; an estimate says that it is one."""
    if event.official and event.exact:
        return event.title
    return f"{event.title} ({event.status if event.exact else short_dates(event)})"


def calendar_note(event: Deadline, source: str) -> str:
    """Write what stands below an event in a phone's calendar."""
    estimate = "" if event.official else ESTIMATE.format(confidence=event.confidence)
    action = ACTION.format(action=event.action) if event.action else ""
    lines = (estimate, event.note, action, SOURCE.format(source=source))
    return "\n".join(line for line in lines if line)


def _days_only(event: Deadline) -> str:
    first, last = event.first_day, event.last_day
    if event.precision == "bulan":
        return _months(first, last)
    if event.precision == "minggu":
        return _weeks(first, last)
    if first is None or last is None:
        known = last or first
        return (UNTIL if last else FROM).format(day=day(known)) if known else UNKNOWN_DATE
    return days(first, last)
