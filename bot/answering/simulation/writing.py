"""How a simulation is told: what changed, what it earns, what a plan asks."""

from bot.answering import wording
from bot.knowledge.model import Part, Snapshot
from bot.regions.predicate import next_band, predicate_of
from bot.regions.scoring import Instrument
from bot.regions.steps import Plan
from bot.regions.tables import Table
from bot.regions.whatif import Figures, Levels, gain, index_of, score_of

# Steps of a plan told at once; the rest stands behind "lebih lengkap".
_TOLD = 5


def figure(instrument: Instrument, index: float) -> str:
    """Write an index with its predikat; with a third decimal where two would deceive."""
    name = predicate_of(index, instrument.bands)
    for digits in (2, 3, 4):
        shown = wording.number(index, digits)
        if predicate_of(float(shown.replace(",", ".")), instrument.bands) == name:
            break
    return f"{shown} ({name})"


def headline(instrument: Instrument, start: str, before: float, after: float) -> str:
    """Say what the index was and becomes, and how far the next predikat is."""
    title = f"Simulasi {instrument.title} {start}"
    text = f"{title}: {figure(instrument, after)}"
    if after != before:
        way = "naik" if after > before else "turun"
        gap = wording.number(abs(after - before), 3)
        text = f"{title}: {figure(instrument, before)} → {figure(instrument, after)}, {way} {gap}"
    band = next_band(predicate_of(after, instrument.bands), instrument.bands)
    if band is None:
        return f"{text}."
    return f"{text}; kurang {wording.number(band.least - after, 3)} ke {band.name}."


def of_levels(instrument: Instrument, levels: Levels) -> tuple[str, str]:
    """Tell a scenario of levels: shortly, and with its aspects."""
    before, after = score_of(instrument, levels, start=True), score_of(instrument, levels)
    base = dict(levels.base)
    lines = [headline(instrument, levels.start, before.index, after.index)]
    for number, level in levels.now:
        if level != base[number]:
            points = gain(instrument, number, level - base[number])
            lines.append(
                f"- Indikator {number} ({instrument.indicators[number].name}): tingkat "
                f"{base[number]} → {level}, {signed(points)}"
            )
    if instrument.domains:
        lines.append("Domain: " + _parts(instrument.domains, before.domains, after.domains) + ".")
    aspects = "Aspek:\n" + "\n".join(
        f"- {_part(part, before.aspects[n], after.aspects[n])}"
        for n, part in instrument.aspects.items()
    )
    text = "\n".join(lines)
    return text, f"{text}\n{aspects}"


def of_figures(instrument: Instrument, figures: Figures) -> str:
    """Tell a scenario of domain figures."""
    before = index_of(instrument, figures, start=True)
    lines = [headline(instrument, figures.start, before, index_of(instrument, figures))]
    lines += [
        f"- Indikator {r.indicator} ({instrument.indicators[r.indicator].name}): tingkat "
        f"{r.before} → {r.after}, {signed(gain(instrument, r.indicator, r.after - r.before))}"
        for r in figures.raised
    ]
    domains = _parts(instrument.domains, dict(figures.base), dict(figures.now))
    lines.append(f"Domain: {domains}.")
    return "\n".join(lines)


def of_plan(
    snapshot: Snapshot, instrument: Instrument, levels: Levels, plan: Plan, goal: str
) -> tuple[str, str]:
    """Tell a plan: shortly, and with every step and what it asks."""
    now = score_of(instrument, levels).index
    head = (
        f"Paling sedikit {len(plan.steps)} kenaikan satu tingkat untuk mencapai {goal}: "
        f"{figure(instrument, now)} → {figure(instrument, plan.index)}."
    )
    steps = [
        f"- Indikator {s.indicator} ({instrument.indicators[s.indicator].name}): "
        f"{s.level - 1} → {s.level}, {signed(gain(instrument, s.indicator))}"
        f"{demand(snapshot, instrument, s.indicator, s.level)}"
        for s in plan.steps
    ]
    ties = (
        "Setara (bobot dan tingkatnya sama, boleh menggantikan): indikator "
        f"{wording.spans(plan.ties)}."
        if plan.ties
        else ""
    )
    chosen = (
        "Dipilih langkah paling sedikit; bila seri, yang tingkat tujuannya paling rendah. Mudah "
        "atau tidaknya di instansi Anda tidak terbaca dari bobot."
    )
    rest = len(steps) - _TOLD
    more = [f"- … dan {rest} langkah lagi."] if rest > 0 else []
    foot = [line for line in (ties, chosen) if line]
    return "\n".join([head, *steps[:_TOLD], *more, *foot]), "\n".join([head, *steps, *foot])


def demand(snapshot: Snapshot, instrument: Instrument, number: int, level: int) -> str:
    """Return what a level asks, where the criteria are held."""
    if instrument.name != "spbe":
        return ""
    held = next((one for one in snapshot.indicators[number].levels if one.number == level), None)
    if held is None:
        return ""
    return f". Syarat: {held.difference or held.text}"


def table(instrument: Instrument, levels: Levels) -> Table:
    """Return the levels as a table; a simulation can be started from the file of it."""
    base = dict(levels.base)
    return Table(
        f"Simulasi {instrument.title} {levels.start}",
        ("Indikator", "Nama", "Bobot (%)", "Tingkat awal", "Tingkat"),
        tuple(
            (n, instrument.indicators[n].name, instrument.indicators[n].weight, base[n], level)
            for n, level in levels.now
        ),
    )


def template(instrument: Instrument) -> Table:
    """Return the form to fill in: one row an indicator, its level left empty."""
    return Table(
        f"Templat tingkat {instrument.title}",
        ("Indikator", "Nama", "Bobot (%)", "Tingkat"),
        tuple((i.number, i.name, i.weight, None) for i in instrument.indicators.values()),
    )


def signed(points: float) -> str:
    """Write index points with their sign: ``+0,025``."""
    return ("+" if points >= 0 else "−") + wording.number(abs(points), 4).rstrip("0").rstrip(",")


def _parts(parts: dict[int, Part], before: dict[int, float], after: dict[int, float]) -> str:
    return "; ".join(_part(part, before[n], after[n]) for n, part in parts.items())


def _part(part: Part, before: float, after: float) -> str:
    name = part.name.removesuffix(" SPBE")
    if before == after:
        return f"{name} {wording.number(after)}"
    return f"{name} {wording.number(before)} → {wording.number(after)}"
