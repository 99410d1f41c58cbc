"""Who wants to be told what, where and when: the model, its bounds and its defaults."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from bot.broadcasts.slots import DAY_BEGINS, NIGHT
from bot.broadcasts.zones import DEFAULT_ZONE, zone_of
from bot.errors import SpbeError
from bot.knowledge.deadline import STAGES, ZONES

HOURS = range(DAY_BEGINS, NIGHT - 1)
"""Hours to choose from; the last leaves two before night for a late or long run."""
DEFAULT_HOUR = 8
LEADS = (14, 7, 3, 1, 0)
"""Default lead times in working days; 0 is the morning of the last day."""
MAX_LEAD = 30
MAX_LEADS = 8


class ChoiceError(SpbeError, ValueError):
    """A setting that cannot be; the message is Indonesian and names the mend."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat that the bot is or was in, and what it is told.

    Attributes:
        chat: Telegram's id of the chat.
        kind: private, group, supergroup or channel.
        title: Name of the group, for reports.
        present: Whether the bot is in the chat; where it is not, nothing is tried.
        wanted: Whether the subscription is switched on.
        since: When it was switched on, or the bot was added again: nothing that fell due on an
            earlier day is owed.
        thread: Topic of a forum that messages go to; 0 is the general one.
        topics: Stages of the evaluation it wants; empty means all.
        region: Code or slug of its agency; empty for none.
        region_kind: Kind of that agency, as ``Region.kind`` has it.
        tags: Labels given by admins, such as ``asesor``.
        hour: Hour of the day at which it wants to be told, in its zone.
        zone: WIB, WITA or WIT.
        leads: Working days before a closing at which it is reminded.
        greeted: Whether it was greeted.
        ended: Why the bot is not in the chat.
        formerly: Ids the chat had before; what was told there was told here.
    """

    chat: int
    kind: str
    title: str = ""
    present: bool = True
    wanted: bool = False
    since: datetime | None = None
    thread: int = 0
    topics: tuple[str, ...] = ()
    region: str = ""
    region_kind: str = ""
    tags: tuple[str, ...] = ()
    hour: int = DEFAULT_HOUR
    zone: str = DEFAULT_ZONE
    leads: tuple[int, ...] = LEADS
    greeted: bool = False
    ended: str = ""
    formerly: tuple[int, ...] = ()

    @property
    def active(self) -> bool:
        """Whether anything may be sent."""
        return self.present and self.wanted

    @property
    def is_group(self) -> bool:
        """Whether many read it; Telegram allows fewer messages a minute there."""
        return self.kind != "private"

    @property
    def ids(self) -> tuple[int, ...]:
        """The chat's id and those it had before."""
        return (self.chat, *self.formerly)

    def choose(
        self,
        *,
        topics: tuple[str, ...] | None = None,
        region: tuple[str, str] | None = None,
        hour: int | None = None,
        zone: str | None = None,
        leads: tuple[int, ...] | None = None,
        thread: int | None = None,
    ) -> "Subscription":
        """Return it with other choices; a region brings its zone unless one is given.

        Args:
            topics: Stages; empty means all.
            region: Code and kind of the agency.
            hour: Of ``HOURS``.
            zone: WIB, WITA or WIT.
            leads: Working days before the closing; 0 is the last day.
            thread: Topic to write to.

        Raises:
            ChoiceError: A value is out of bounds.
        """
        changed: dict[str, Any] = {}
        if topics is not None:
            changed["topics"] = _topics(topics)
        if region is not None:
            changed |= {"region": region[0], "region_kind": region[1], "zone": zone_of(region[0])}
        if hour is not None:
            changed["hour"] = _hour(hour)
        if zone is not None:
            changed["zone"] = _zone(zone)
        if leads is not None:
            changed["leads"] = _leads(leads)
        if thread is not None:
            changed["thread"] = thread
        return replace(self, **changed)


def to_fields(subscription: Subscription) -> dict[str, Any]:
    """Return a subscription as a document to store."""
    fields = asdict(subscription)
    fields["since"] = subscription.since.isoformat() if subscription.since else None
    return fields


def from_fields(fields: dict[str, Any]) -> Subscription:
    """Read a stored document; what it lacks gets its default."""
    known = {k: v for k, v in fields.items() if k in Subscription.__dataclass_fields__}
    for name in ("topics", "tags", "leads", "formerly"):
        if name in known:
            known[name] = tuple(known[name])
    if known.get("since"):
        known["since"] = datetime.fromisoformat(known["since"])
    return Subscription(**known)


def _topics(topics: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [t for t in topics if t not in STAGES]
    if unknown:
        raise ChoiceError(f"Topik “{unknown[0]}” tidak ada. Pilih dari: {', '.join(STAGES)}.")
    return tuple(t for t in STAGES if t in topics)


def _hour(hour: int) -> int:
    if hour not in HOURS:
        raise ChoiceError(f"Pilih jam antara {HOURS[0]:02d}.00 dan {HOURS[-1]:02d}.00.")
    return hour


def _zone(zone: str) -> str:
    if zone.upper() not in ZONES:
        raise ChoiceError("Pilih zona WIB, WITA, atau WIT.")
    return zone.upper()


def _leads(leads: tuple[int, ...]) -> tuple[int, ...]:
    chosen = tuple(sorted(set(leads), reverse=True))
    if not chosen or len(chosen) > MAX_LEADS or chosen[0] > MAX_LEAD or chosen[-1] < 0:
        raise ChoiceError(
            f"Pilih 1 sampai {MAX_LEADS} waktu pengingat, masing-masing 0 (hari terakhir) sampai "
            f"{MAX_LEAD} hari kerja sebelum batas akhir."
        )
    return chosen
