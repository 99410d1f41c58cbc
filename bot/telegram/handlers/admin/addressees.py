"""Whom an announcement is for and when it goes out: who may address them, how it is written."""

from datetime import datetime

from bot.administration.roles import NotAllowedError, Role
from bot.answering.wording import day
from bot.broadcasts.announcements import Recipients
from bot.broadcasts.zones import zone_name
from bot.telegram import wording
from bot.telegram.addressing import WEEKDAYS
from bot.telegram.handlers.common import Context, services


def whom(recipients: Recipients, context: Context) -> str:
    """Write whom an announcement is for."""
    known = services(context).regions
    parts = [
        ", ".join(known[code].name if code in known else code for code in recipients.regions),
        ", ".join(f"semua {kind}" for kind in recipients.agencies),
        "grup saja" if "group" in recipients.chats else "",
        "obrolan pribadi" if "private" in recipients.chats else "",
        ", ".join(recipients.topics),
    ]
    return "; ".join(part for part in parts if part) or "semua"


def when(at: datetime) -> str:
    """Write a moment with its weekday and zone."""
    weekday = WEEKDAYS[at.weekday()].capitalize()
    return f"{weekday}, {day(at)} pukul {at:%H.%M} {zone_name(at.tzinfo, at)}"


def may(role: Role, recipients: Recipients) -> bool:
    """Whether all that are meant lie in the regions of an admin; a province takes in its own."""
    return not role.limited or (
        bool(recipients.regions)
        and all(
            any(code == own or code.startswith(f"{own}.") for own in role.regions)
            for code in recipients.regions
        )
    )


def permit(role: Role, recipients: Recipients) -> None:
    """Let an admin of some regions write to them only.

    Raises:
        NotAllowedError: Others are meant too.
    """
    if not may(role, recipients):
        raise NotAllowedError(wording.OWN_REGIONS_ONLY)
