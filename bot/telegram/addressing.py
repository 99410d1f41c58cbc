"""Reads when and to whom an announcement is to go, as admins type it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.answering.question import Question, Reader
from bot.answering.schedule.periods import MONTHS
from bot.broadcasts.announcements import Recipients
from bot.broadcasts.subscriptions import ChoiceError
from bot.knowledge.deadline import AGENCY_KINDS, STAGES, ZONES
from bot.knowledge.model import Region
from bot.telegram import wording

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_DAYS = {"hari ini": 0, "besok": 1, "lusa": 2}
_TIME = re.compile(
    r"(?:(?:hari )?(?P<word>hari ini|besok|lusa|senin|selasa|rabu|kamis|jumat|sabtu|minggu)\b"
    r"|(?P<day>\d{1,2})(?:(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)|\s+(?P<name>[a-z]{3,9})\s*)"
    r"(?P<year>\d{4}|\d\d(?!\d|[.:]\d))?)?"
    r"[ ,]*(?P<said>pukul |jam |pkl\.? )?(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?"
    r"(?:\s+(?P<part>pagi|siang|sore|malam))?(?:\s+(?P<zone>wib|wita|wit))?"
)
_PAST_NOON = {"siang": (1, 4), "sore": (3, 6), "malam": (6, 11)}
"""Hours that a part of the day puts after noon, where they are told up to twelve."""
_EXCEPT = re.compile(r"\b(?:selain|kecuali|bukan|tanpa|di luar)\b")
_CODE = re.compile(r"\d\d(?:\.\d\d)?")
_ALL = frozenset("semua semuanya seluruh seluruhnya segenap".split())
_LOCAL, _CENTRAL = AGENCY_KINDS[:3], AGENCY_KINDS[3:]
_FILLERS = frozenset(
    """dan serta atau juga saja hanya khusus untuk ke kepada di pada yang para wilayah tahap topik
    obrolan chat langganan pelanggan berlangganan se instansi pemerintah pemda""".split()
)


def read_time(text: str, now: datetime) -> datetime | None:
    """Read ``besok jam 8``, ``senin 08.00`` or ``1 Desember 2026 08.00 WITA``.

    Args:
        text: What an admin typed.
        now: The present moment; its zone is meant where none is named. A weekday is the next one
            on which the hour is still to come, a day without a year the next such day.
    """
    found = _TIME.fullmatch(" ".join(text.lower().split()).rstrip("."))
    # A bare number may be a day as well as an hour.
    if found is None or not (found["said"] or found["minute"] or found["part"]):
        return None
    zone = ZONES[found["zone"].upper()] if found["zone"] else now.tzinfo
    here = now.astimezone(zone)
    try:
        clock = time(hour_of(int(found["hour"]), found["part"]), int(found["minute"] or 0))
        if found["day"]:
            return _dated(found, clock, here)
        at = datetime.combine(here.date(), clock, zone)
        word = found["word"]
        if word in WEEKDAYS:
            at += timedelta(days=(WEEKDAYS.index(word) - here.weekday()) % 7)
            return at if at > now else at + timedelta(days=7)
        return at + timedelta(days=_DAYS.get(word, 0))
    except (ValueError, KeyError, OverflowError):
        return None


def _dated(found: re.Match[str], clock: time, here: datetime) -> datetime:
    month = int(found["month"]) if found["month"] else _month(found["name"])
    year = int(found["year"] or here.year)
    at = datetime.combine(date(year + 2000 * (year < 100), month, int(found["day"])), clock)
    at = at.replace(tzinfo=here.tzinfo)
    return at if found["year"] or at > here else at.replace(year=year + 1)


def _month(name: str) -> int:
    """Return a month by its name or the first three letters of it.

    Raises:
        KeyError: There is none of that name.
    """
    return MONTHS[name] if name in MONTHS else {m[:3]: n for m, n in MONTHS.items()}[name]


def hour_of(hour: int, part: str | None) -> int:
    """Return the hour of the day that is meant by one with a part of the day, or none."""
    first, last = _PAST_NOON.get(part or "", (13, 12))
    return hour + 12 if first <= hour <= last else hour


@dataclass
class _Heard:
    """What was understood of the words that name recipients."""

    kinds: set[str]
    chats: tuple[str, ...]
    everyone: bool
    unknown: list[str]


def read_recipients(
    text: str, reader: Reader, regions: dict[str, Region], within: tuple[str, ...] = ()
) -> Recipients:
    """Read for whom: ``semua``, regions, kinds of agencies or chats, stages.

    Args:
        text: What an admin typed.
        reader: Finds regions.
        regions: All of them.
        within: Codes that are meant where no region is named.

    Raises:
        ChoiceError: It cannot be read, or not all of it.
    """
    if _EXCEPT.search(" ".join(text.lower().split())):
        raise ChoiceError(wording.NO_EXCEPTIONS)
    question = reader.read(text)
    for place in question.places:
        if len(place.codes) > 1:
            names = ", ".join(regions[code].name for code in place.codes)
            raise ChoiceError(wording.WHICH_REGION.format(names=names))
    line = " ".join(meant(question))
    topics = tuple(stage for stage in STAGES if re.search(rf"\b{stage}\b", line))
    rest = re.sub("|".join(rf"\b{stage}\b" for stage in topics), "|", line) if topics else line
    codes = [token for token in rest.split() if token in regions and _CODE.fullmatch(token)]
    named = tuple(dict.fromkeys((*question.every_code, *codes)))
    heard = _heard([t for t in rest.split() if t not in codes], bool(named))
    if heard.unknown:
        words = ", ".join(not_understood(text, heard.unknown, reader))
        raise ChoiceError(wording.RECIPIENTS_UNKNOWN.format(words=words))
    if not (named or heard.kinds or heard.chats or topics or heard.everyone):
        raise ChoiceError(wording.BAD_RECIPIENTS)
    kinds = tuple(kind for kind in AGENCY_KINDS if kind in heard.kinds)
    return Recipients(named or within, kinds, heard.chats, topics)


def _heard(tokens: list[str], placed: bool) -> _Heard:
    heard = _Heard(set(), (), False, [])
    for token in tokens:
        if token in AGENCY_KINDS:
            heard.kinds.add(token)
        elif token == "pusat":
            heard.kinds |= set(_CENTRAL)
        elif token == "daerah":
            # With a region named, it only says what that is.
            heard.kinds |= set() if placed else set(_LOCAL)
        elif token == "grup":
            heard.chats = (*heard.chats, "group", "supergroup")
        elif token == "pribadi":
            heard.chats = (*heard.chats, "private")
        elif token in _ALL:
            heard.everyone = True
        elif token not in _FILLERS and re.search(r"\w", token):
            heard.unknown.append(token)
    return heard


def not_understood(text: str, tokens: list[str], reader: Reader) -> list[str]:
    """Return words as they were typed, of those that were repaired to some tokens."""
    typed = re.findall(r"[\w.-]+", text)
    found = [word for word in typed if not set(tokens).isdisjoint(reader.read(word).tokens)]
    return found or tokens


def meant(question: Question) -> list[str]:
    """Return the words of a question, with a bar for each that belongs to a region."""
    return ["|" if at in question.named else t for at, t in enumerate(question.tokens)]
