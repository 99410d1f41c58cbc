"""Reads a filled-in form: one row an indicator, with its level."""

import re
from collections.abc import Mapping, Sequence

from bot.answering import wording
from bot.language.text import fold
from bot.regions.scoring import HIGHEST, LOWEST, Instrument
from bot.regions.sheets import SheetError

_NUMBER = ("indikator", "no", "nomor", "no indikator", "nomor indikator")
_LEVEL = ("tingkat", "level", "tingkat kematangan", "nilai", "skor")
# A title may stand above the head of the table.
_HEAD_WITHIN = 10
_NAMED = 5


def read_levels(
    rows: Sequence[Sequence[str]], instruments: Mapping[str, Instrument]
) -> tuple[str, dict[int, int]]:
    """Return the instrument whose indicators the rows name, and their levels.

    Raises:
        SheetError: The columns are not there, or indicators are missing, double or have no
            level of 1 to 5.
    """
    head, number_at, level_at = _head(rows)
    levels: dict[int, int] = {}
    wrong: list[str] = []
    for row in rows[head + 1 :]:
        number = _whole(row[number_at] if number_at < len(row) else "")
        if number is None:
            continue
        cell = row[level_at] if level_at < len(row) else ""
        level = _whole(cell)
        if number in levels:
            raise SheetError(wording.FORM_TWICE.format(number=number))
        if level is None or not LOWEST <= level <= HIGHEST:
            wrong.append(f"indikator {number} (“{cell}”)" if cell else f"indikator {number}")
        levels[number] = level or 0
    name = next((n for n, i in instruments.items() if i.indicators.keys() == levels.keys()), "")
    if not name:
        raise SheetError(_missing(levels, instruments))
    if wrong:
        shown = wording.listing(wrong[:_NAMED])
        more = f" dan {len(wrong) - _NAMED} lainnya" if len(wrong) > _NAMED else ""
        raise SheetError(wording.FORM_LEVELS.format(which=shown + more))
    return name, levels


def _head(rows: Sequence[Sequence[str]]) -> tuple[int, int, int]:
    for at, row in enumerate(rows[:_HEAD_WITHIN]):
        names = [fold(cell).strip() for cell in row]
        number = next((i for i, name in enumerate(names) if name in _NUMBER), None)
        # The last of them: "Tingkat awal" stands before "Tingkat" in a file of ours.
        level = next((i for i in reversed(range(len(names))) if names[i] in _LEVEL), None)
        if number is not None and level is not None:
            return at, number, level
    raise SheetError(wording.FORM_COLUMNS)


def _whole(cell: str) -> int | None:
    found = re.fullmatch(r"\s*(?:indikator\s*)?(\d{1,2})(?:[.,]0*)?\s*", cell.lower())
    return int(found[1]) if found else None


def _missing(levels: Mapping[int, int], instruments: Mapping[str, Instrument]) -> str:
    nearest = min(instruments.values(), key=lambda i: len(i.indicators.keys() ^ levels.keys()))
    lacking = wording.spans(nearest.indicators.keys() - levels.keys())
    beyond = wording.spans(levels.keys() - nearest.indicators.keys())
    return wording.FORM_INDICATORS.format(
        title=nearest.title, lacking=lacking or "tidak ada", beyond=beyond or "tidak ada"
    )
