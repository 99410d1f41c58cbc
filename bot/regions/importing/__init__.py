"""Brings figures from a table into ``indeks.csv``: plan first, then write."""

from bot.regions.importing.files import planned_tables
from bot.regions.importing.model import (
    Change,
    ImportPlan,
    ImportRow,
    IndexImportError,
    Outcome,
)
from bot.regions.importing.planning import plan_import

__all__ = [
    "Change",
    "ImportPlan",
    "ImportRow",
    "IndexImportError",
    "Outcome",
    "plan_import",
    "planned_tables",
]
