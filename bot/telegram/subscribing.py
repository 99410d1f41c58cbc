"""Reads what somebody wants to be reminded of, as they type it after ``/langganan``."""

import re
from dataclasses import dataclass

from bot.answering.question import Question
from bot.broadcasts.subscriptions import Subscription
from bot.knowledge.deadline import STAGES, ZONES
from bot.knowledge.model import Region
from bot.telegram.addressing import hour_of, meant

_HOUR = re.compile(
    r"\b(?:jam|pukul|pkl) (\d{1,2})(?:[.:]\d\d)?(?: (pagi|siang|sore|malam)\b)?(?! hari)"
)
_LAST_DAY = re.compile(r"\b(?:pagi )?(?:hari (?:terakhir|h)\b|h 0\b)")
_LEAD = re.compile(r"\bh (\d{1,2})\b")
_LEADS = re.compile(r"\b((?:\d{1,2} (?:dan )?)+)hari\b(?: kerja\b)?")
_EVERY_REGION = re.compile(r"\b(?:semua|seluruh) (?:daerah|wilayah|instansi)\b")
_EVERY_TOPIC = re.compile(r"\b(?:semua|seluruh) (?:topik|tahap|acara)\b")
_EVERYTHING = re.compile(r"\b(?:semua|semuanya|seluruhnya)\b")
_STOP = re.compile(r"\b(?:berhenti|hentikan|stop|matikan|batalkan)\b")
_STAGE = re.compile(rf"\b(?:{'|'.join(STAGES)})\b")
_ZONE = re.compile(rf"\b(?:{'|'.join(ZONES)})\b", re.IGNORECASE)
_FILLERS = frozenset(
    """dan serta juga saja hanya khusus untuk di pada dengan yang tolong mohon mau ingin saya kami
    ingatkan diingatkan pengingat langganan berlangganan daerah wilayah topik tahap zona waktu
    setiap tiap sebelum batas akhir hari kerja mulai""".split()
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for; None where nothing was said.

    Attributes:
        region: A region.
        hour: Hour of the day.
        zone: WIB, WITA or WIT.
        leads: Working days before a closing.
        topics: Stages; empty means all.
        places: Regions and agencies named, where not just one of them is meant.
        everywhere: Whether a region that was chosen is to count no more.
        stop: Whether nothing is wanted any more.
        unknown: Words that were not understood.
    """

    region: Region | None = None
    hour: int | None = None
    zone: str | None = None
    leads: tuple[int, ...] | None = None
    topics: tuple[str, ...] | None = None
    places: tuple[str, ...] = ()
    everywhere: bool = False
    stop: bool = False
    unknown: tuple[str, ...] = ()


class _Line:
    """Words from which what was understood is taken out."""

    def __init__(self, words: list[str]) -> None:
        self.text = " ".join(words)

    def take(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        found = list(pattern.finditer(self.text))
        self.text = pattern.sub("|", self.text)
        return found


def read_wish(text: str, question: Question, regions: dict[str, Region]) -> Wish:
    """Read a wish such as ``palopo jam 7 wita h-7 h-1 interviu``.

    Args:
        text: What stands after the command.
        question: The same, read for its words and the names of regions.
        regions: All of them.
    """
    codes = question.every_code
    line = _Line(meant(question))
    hour = line.take(_HOUR)
    leads = {0} if line.take(_LAST_DAY) else set()
    leads |= {int(found[1]) for found in line.take(_LEAD)}
    leads |= {int(n) for found in line.take(_LEADS) for n in re.findall(r"\d+", found[1])}
    zones = line.take(_ZONE)
    everywhere, every_topic = bool(line.take(_EVERY_REGION)), bool(line.take(_EVERY_TOPIC))
    topics = {found[0] for found in line.take(_STAGE)}
    stop = bool(line.take(_STOP))
    if line.take(_EVERYTHING):
        everywhere, every_topic = everywhere or not codes, every_topic or not topics
    left = [word for word in re.findall(r"[\w.]+", line.text) if word not in _FILLERS]
    return Wish(
        regions[codes[0]] if len(codes) == 1 else None,
        hour_of(int(hour[0][1]), hour[0][2]) if hour else None,
        zones[0][0].upper() if zones else None,
        tuple(leads) or None,
        tuple(stage for stage in STAGES if stage in topics) or (() if every_topic else None),
        tuple(regions[code].name for code in codes) if len(codes) > 1 else (),
        everywhere,
        stop,
        tuple(left),
    )


def applied(wish: Wish, subscription: Subscription) -> Subscription:
    """Return a subscription with what was asked for.

    Raises:
        ChoiceError: A value is out of bounds.
    """
    region = (wish.region.code, wish.region.kind) if wish.region else None
    zone = wish.zone
    if wish.everywhere and region is None:
        # The zone is where people live, whatever they are told about.
        region, zone = ("", ""), zone or subscription.zone
    return subscription.choose(
        topics=wish.topics, region=region, hour=wish.hour, zone=zone, leads=wish.leads
    )
