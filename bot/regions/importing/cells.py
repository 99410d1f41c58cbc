"""What cells hold: figures, years, predikat, basis and short texts."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from bot.knowledge.model import PredicateBand
from bot.regions.predicate import predicate_of

FIRST_YEAR, LAST_YEAR = 2018, 2100
LONGEST_TEXT = 300

_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,17})?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_EMPTY = frozenset({"", "-", "–", "—", "n/a", "na", "#n/a", "null", "none"})
# A spreadsheet would run a text that begins with one of these.
_FORMULA = "=+-@' \t"
_CENT = Decimal("0.01")
# Spreadsheets store 1.8 as 1.7999999999999998: what lies below this is noise.
_FINEST = Decimal("0.000001")


def is_empty(text: str) -> bool:
    """Whether a cell holds nothing, or a sign for it such as a dash."""
    return text.lower() in _EMPTY


def number(text: str) -> Decimal | None:
    """Read a figure with decimal comma or point; None when it is none."""
    found = _NUMBER.fullmatch(text.lstrip("'"))
    return Decimal(found[0].replace(",", ".")).quantize(_FINEST) if found else None


def rounded(value: Decimal) -> float:
    """Return a figure at the two decimals in which indices are published."""
    return float(value.quantize(_CENT, ROUND_HALF_UP))


def year_of(text: str) -> int | None:
    """Read a year of SPBE evaluation; None when it is none."""
    if not _YEAR.fullmatch(text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        return None
    return int(text)


def plain(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula, shortened where it is too long."""
    return text.lstrip(_FORMULA)[:LONGEST_TEXT].rstrip()


def band_named(text: str, bands: Iterable[PredicateBand]) -> str:
    """Return a predikat as the instrument spells it; empty when it has none of that name."""
    wanted = " ".join(text.lower().split())
    return next((band.name for band in bands if band.name.lower() == wanted), "")


def earned(value: Decimal, bands: tuple[PredicateBand, ...]) -> tuple[str, ...]:
    """Return the predikat that a figure earns, the likelier first.

    A figure published with two decimals may lie below a bound that it is rounded to: 1.80 is
    Cukup, or Kurang where the index was 1.7985.
    """
    found = [predicate_of(float(value), bands)]
    if value == value.quantize(_CENT):
        found.append(predicate_of(float(value) - 0.005, bands))
    return tuple(dict.fromkeys(found))


def basis_of(text: str) -> str:
    """Return the basis that a cell names, in short or as answers word it; empty when none."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    for basis in ("disimpulkan", "disebut"):
        if basis in words:
            return basis
    return "resmi" if "resmi" in words and not words & {"bukan", "tidak", "belum"} else ""
