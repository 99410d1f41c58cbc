"""Reads what somebody wants to be reminded of, as they type it after ``/langganan``."""

import re
from dataclasses import dataclass

from bot.answering.question import Question
from bot.broadcasts.subscriptions import Subscription
from bot.knowledge.deadline import STAGES, ZONES
from bot.knowledge.model import Region

_HOUR = re.compile(r"\b(?:jam|pukul|pkl)\s*(\d{1,2})(?:[.:]\d\d)?\b", re.IGNORECASE)
_LEADS = re.compile(r"\bh\s*-\s*(\d{1,2})\b|\b(\d{1,2})(?=\s*(?:,|dan|hari kerja))", re.IGNORECASE)
_LAST_DAY = re.compile(r"\bhari (?:terakhir|h)\b|\bh\s*-?\s*0\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for; None where nothing was said.

    Attributes:
        places: Regions and agencies named, where not just one of them is meant.
    """

    region: Region | None = None
    hour: int | None = None
    zone: str | None = None
    leads: tuple[int, ...] | None = None
    topics: tuple[str, ...] | None = None
    places: tuple[str, ...] = ()


def read_wish(text: str, question: Question, regions: dict[str, Region]) -> Wish:
    """Read a wish such as ``palopo jam 7 wita h-7 h-1 interviu``.

    Args:
        text: What stands after the command.
        question: The same, read for the names of regions.
        regions: All of them.
    """
    codes = question.every_code
    hour = _HOUR.search(text)
    rest = _HOUR.sub(" ", text)
    leads = {int(one or other) for one, other in _LEADS.findall(rest)}
    if leads and _LAST_DAY.search(rest):
        leads.add(0)
    words = re.findall(r"[a-z]+", text.lower())
    topics = tuple(stage for stage in STAGES if stage in " ".join(words))
    return Wish(
        regions[codes[0]] if len(codes) == 1 else None,
        int(hour[1]) if hour else None,
        next((word.upper() for word in words if word.upper() in ZONES), None),
        tuple(leads) or None,
        topics or None,
        tuple(regions[code].name for code in codes) if len(codes) > 1 else (),
    )


def applied(wish: Wish, subscription: Subscription) -> Subscription:
    """Return a subscription with what was asked for.

    Raises:
        ChoiceError: A value is out of bounds.
    """
    region = (wish.region.code, wish.region.kind) if wish.region else None
    return subscription.choose(
        topics=wish.topics, region=region, hour=wish.hour, zone=wish.zone, leads=wish.leads
    )
