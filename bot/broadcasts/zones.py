"""Indonesia's three zones: which province lies in which, and how a moment is told in one."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.knowledge.deadline import ZONES

DEFAULT_ZONE = "WIB"
"""For chats without a region: the zone of the ministries."""

# Keputusan Presiden 41/1987, by Kemendagri code of the province.
_WIB = "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62"
_WITA = "51 52 53 63 64 65 71 72 73 74 75 76"
_WIT = "81 82 91 92 93 94 95 96 97"
_ZONE_OF = {
    province: zone
    for zone, provinces in (("WIB", _WIB), ("WITA", _WITA), ("WIT", _WIT))
    for province in provinces.split()
}


def zone_of(region: str) -> str:
    """Return the zone of a region by its code; ``DEFAULT_ZONE`` for agencies and none."""
    return _ZONE_OF.get(region[:2], DEFAULT_ZONE)


def zone_info(name: str) -> ZoneInfo:
    """Return the zone that WIB, WITA or WIT names."""
    return ZONES[name]


def zone_name(zone: tzinfo | None, moment: datetime) -> str:
    """Return WIB, WITA or WIT for the zone of a moment; another zone by its own name."""
    for name, known in ZONES.items():
        if moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=known).utcoffset():
            return name
    return str(zone)
