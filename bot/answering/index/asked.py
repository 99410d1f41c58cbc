"""What may be asked of the index history: the operations and their particulars."""

from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.model import Region
from bot.regions.history import Scope

ALL_REGIONS = Scope(())
CENTRAL = (
    "kementerian",
    "lembaga pemerintah nonkementerian",
    "lembaga nonstruktural",
    "sekretariat lembaga negara",
    "lembaga penyiaran publik",
    "alat negara",
    "instansi lainnya",
)
"""Every kind that is no region."""


LOCAL = ("kabupaten", "kota")
"""The kinds inside a province."""


class Operation(StrEnum):
    """The look-ups of the index desk."""

    LOOKUP = "lookup"
    HIGHEST = "highest"
    LOWEST = "lowest"
    RANK = "rank"
    CHANGE = "change"
    TREND = "trend"
    DISTANCE = "distance"
    DOMAINS = "domains"
    BEST_YEAR = "best year"
    WORST_YEAR = "worst year"
    NATIONAL = "national"
    BAND = "band"
    SPREAD = "spread"
    AVERAGE = "average"
    MOVERS = "movers"
    BOUND = "bound"
    THRESHOLD = "threshold"


OVER_MANY = frozenset(
    {
        Operation.HIGHEST,
        Operation.LOWEST,
        Operation.BAND,
        Operation.SPREAD,
        Operation.AVERAGE,
        Operation.MOVERS,
        Operation.THRESHOLD,
    }
)
"""Look-ups over all rows of a scope; a province named is their scope."""


@dataclass(frozen=True, slots=True)
class IndexIntent:
    """What is asked of the index history.

    Attributes:
        count: How many rows of a ranking ("tiga provinsi tertinggi"); 0 if unsaid.
        target: A predikat named, in its published spelling, or empty.
        at_least: Whether that predikat or a better one is meant ("minimal baik").
        below: Whether worse ones are meant ("belum baik").
        compare: Whether rows are to be set against each other.
        nationwide: Whether a rank among the whole country is asked for.
        fell: Whether those that fell are meant, of movers.
        by_band: Whether a change of predikat is meant, of movers.
        threshold: A figure and whether rows above it are meant (below it if not).
        most: Whether only those that moved farthest are wanted.
    """

    operation: Operation
    domains: tuple[int, ...] = ()
    scope: Scope = ALL_REGIONS
    count: int = 0
    target: str = ""
    compare: bool = False
    at_least: bool = False
    below: bool = False
    nationwide: bool = False
    fell: bool = False
    by_band: bool = False
    most: bool = False
    threshold: tuple[float, bool] | None = None


def within(province: str, kinds: tuple[str, ...] = ()) -> Scope:
    """Return the scope of a province: those of ``kinds`` that lie inside one, else all that do."""
    return Scope(tuple(k for k in kinds if k in LOCAL) or LOCAL, province)


def home_scope(region: Region) -> Scope:
    """Return among whom a region is ranked unless more is said: its kind, in its province."""
    return within(region.province) if region.kind in LOCAL else Scope((region.kind,))
