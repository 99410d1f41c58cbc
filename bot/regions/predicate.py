"""Predikat of an index and the distance to the next."""

from bot.knowledge.model import PredicateBand

# Since 2021 the index rests on 47 indicators (PermenPANRB 59/2020); before that on 35.
SERIES_BREAKS = (2021, 2026)


def predicate_of(index: float, bands: tuple[PredicateBand, ...]) -> str:
    """Return the predikat of an unrounded index (PermenPANRB 59/2020, Lampiran).

    A published, rounded figure may differ at a bound: keep the published predikat there.
    """
    for band in bands:
        if index >= band.least:
            return band.name
    return bands[-1].name


def next_band(predicate: str, bands: tuple[PredicateBand, ...]) -> PredicateBand | None:
    """Return the band above a predikat, or None at the top."""
    names = [band.name for band in bands]
    if predicate not in names:
        return None
    at = names.index(predicate)
    return bands[at - 1] if at else None


def breaks_between(first: int, last: int) -> list[int]:
    """Return the years between two years at which the instrument changed."""
    return [year for year in SERIES_BREAKS if first < year <= last]
