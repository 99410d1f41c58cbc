"""The desk of simulations: opens a scenario, changes it, finds the way to a goal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering import wording
from bot.answering.answer import Answer, Citation, Kind, Topic
from bot.answering.citing import cite, status_lines
from bot.answering.index.writing import Writer
from bot.answering.question import Question
from bot.answering.simulation import writing
from bot.answering.simulation.forms import read_levels
from bot.answering.simulation.reading import Wish, read_wish
from bot.knowledge.locator import Ref
from bot.regions import scoring
from bot.regions.predicate import next_band, predicate_of
from bot.regions.scoring import HIGHEST, LOWEST, Instrument, members
from bot.regions.sheets import read_sheet
from bot.regions.steps import fewest_steps
from bot.regions.whatif import Figures, Levels, Raise, Scenario, index_of, least_steps, score_of

_FORMULA = {
    "spbe": Ref("permenpanrb-59-2020", "lampiran-bab-2-bagian-b"),
    "pemdi": Ref("permenpanrb-8-2026", "lampiran-bagian-h"),
}
# "simulasi wakanda": so few words can only name where to start.
_NAMES_A_PLACE = 3
# Half of the last decimal that reports print.
_VISIBLE = 0.005


@dataclass(frozen=True, slots=True)
class Told:
    """An answer and the scenario after it; None where there is none any more."""

    answer: Answer
    scenario: Scenario | None


class SimulationDesk:
    """Answers what-if questions."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._snapshot = snapshot = writer.snapshot
        found = (scoring.spbe(snapshot), scoring.pemdi(snapshot))
        self.instruments = {i.name: i for i in found if i is not None and i.bands}

    def answer(self, question: Question, topic: Topic) -> Told | None:
        """Answer a message that opens or goes on with a simulation; None for any other."""
        scenario = topic.scenario
        instrument = self._instrument(scenario, question.has("pemdi", "pemerintah digital"))
        if instrument is None:
            return None
        wish = read_wish(question.text, instrument.bands)
        if wish.opened:
            started = self._start(question, wish, scenario)
            if started is not None and started.scenario is None:
                return replace(started, scenario=scenario)
            if started is not None:
                rest = replace(wish, uniform=None)
                return self._go_on(started.scenario, rest) if rest.acts else started
        elif question.places or question.refs.regulations:
            # Another region or a regulation makes it a question of its own.
            return None
        return self._go_on(scenario, wish) if wish.acts else None

    def start_levels(self, instrument: str, levels: dict[int, int], start: str) -> Told:
        """Open a scenario from a level for every indicator."""
        pairs = tuple(sorted(levels.items()))
        return self._show(Levels(instrument, start, pairs, pairs))

    def start_figures(self, code: str, year: int | None = None) -> Told:
        """Open a scenario from the published domain figures of an agency."""
        name = self._snapshot.regions[code].name
        known = [r for r in self._writer.history.of(code) if all(d is not None for d in r.domains)]
        record = next((r for r in known if r.year == year), None)
        if record is None and (year is not None or not known):
            years = wording.listing([str(r.year) for r in known])
            nearest = f" Yang ada: {years}." if known else ""
            text = wording.NO_DOMAINS.format(name=name, year=f" {year}" if year else "")
            return Told(Answer(Kind.UNKNOWN, text + nearest, suggestions=wording.SIMULATE), None)
        record = record or known[-1]
        pairs = tuple((n, d) for n, d in enumerate(record.domains, 1) if d is not None)
        start = f"{name} {record.year}"
        return self._show(Figures(start, record.source, record.table, record.index, pairs, pairs))

    def template(self, instrument: str) -> Answer:
        """Return the form for levels, to be filled in and sent back."""
        kind = self.instruments[instrument]
        text = wording.SIMULATION_TEMPLATE.format(count=len(kind.indicators), title=kind.title)
        return self._cited(kind, Answer(Kind.INDEX, text, table=writing.template(kind)))

    def start_file(self, data: bytes, name: str) -> Told:
        """Open a scenario from a filled-in form: CSV or XLSX.

        Raises:
            SheetError: The file cannot be read, or levels are missing or wrong; says the mend.
        """
        return self.start_rows(read_sheet(data, name))

    def start_rows(self, rows: Sequence[Sequence[str]]) -> Told:
        """Open a scenario from the rows of a filled-in form.

        Raises:
            SheetError: Levels are missing or wrong; says the mend.
        """
        instrument, levels = read_levels(rows, self.instruments)
        return self.start_levels(instrument, levels, "dari berkas Anda")

    def change(self, scenario: Scenario, wish: Wish) -> Told:
        """Set levels or domain figures; what cannot be is said and nothing is changed."""
        fault = self._fault(scenario, wish)
        if fault:
            return Told(Answer(Kind.UNKNOWN, fault), scenario)
        instrument = self._of(scenario)
        wanted = {n: after for n, _, after in wish.changes}
        if wish.uniform is not None:
            kept = self._fixed(instrument, wish)
            every = {n: wish.uniform for n in instrument.indicators if n not in kept}
            wanted = {**every, **wanted}
        if wish.shifts and isinstance(scenario, Figures):
            return Told(Answer(Kind.UNKNOWN, wording.SHIFT_OF_FIGURES), scenario)
        if isinstance(scenario, Levels):
            now = dict(scenario.now)
            moved = {n: min(max(now[n] + by, LOWEST), HIGHEST) for n, by in wish.shifts}
            wanted = {**moved, **wanted}
            if wish.domains:
                return Told(Answer(Kind.UNKNOWN, wording.BY_INDICATOR), scenario)
            return self._show(scenario.changed(wanted))
        domains = {**_whole_domains(instrument, wanted), **dict(wish.domains)}
        after = scenario.with_domains(instrument, domains) if domains else scenario
        whole = {n for d in domains for n in members(instrument.domains[d])}
        befores = {n: before for n, before, _ in wish.changes}
        for number, level in wanted.items():
            if number in whole:
                continue
            before = befores.get(number)
            known = before or next((r.before for r in after.raised if r.indicator == number), None)
            possible = after.possible(instrument, number)
            if known is None and len(possible) > 1:
                return Told(self._ask_before(instrument, after, number, level), scenario)
            raised = after.with_raise(instrument, Raise(number, known or possible[0], level))
            if raised is None:
                shown = wording.listing([str(n) for n in possible])
                text = wording.BEYOND_DOMAIN.format(number=number, possible=shown)
                return Told(Answer(Kind.UNKNOWN, text), scenario)
            after = raised
        return self._show(after)

    def reach(self, scenario: Scenario, wish: Wish) -> Told:
        """Find the fewest steps to a goal."""
        goal = wish.goal
        if goal is None or not LOWEST <= goal <= HIGHEST:
            return Told(Answer(Kind.UNKNOWN, wording.GOAL_RANGE), scenario)
        instrument = self._of(scenario)
        name = wording.number(goal)
        name = f"{wish.goal_name} ({name})" if wish.goal_name else f"indeks {name}"
        title = f"{name[0].upper()}{name[1:]}"
        fixed = self._fixed(instrument, wish)

        def told(text: str) -> Told:
            return Told(self._cited(instrument, Answer(Kind.INDEX, text), scenario), scenario)

        if self._index(scenario) >= goal:
            now = writing.figure(instrument, self._index(scenario))
            return told(f"{title} sudah tercapai: {now}.")
        if isinstance(scenario, Figures):
            count = least_steps(instrument, scenario, goal, fixed)
            if count is None:
                return told(wording.OUT_OF_REACH.format(goal=title))
            return Told(self._bound(instrument, scenario, goal, name, count, fixed), scenario)
        plan = fewest_steps(instrument, dict(scenario.now), goal, fixed)
        if plan is None:
            return told(wording.OUT_OF_REACH.format(goal=title))
        text, more = writing.of_plan(self._snapshot, instrument, scenario, plan, name)
        raised = {s.indicator: s.level for s in plan.steps}
        answer = Answer(
            Kind.INDEX,
            text,
            more=more if more != text else "",
            table=writing.table(instrument, scenario.changed(raised)),
            suggestions=tuple(f"Indikator {n} jadi {to}" for n, to in list(raised.items())[:3]),
        )
        return Told(self._cited(instrument, answer, scenario), scenario)

    # -- parts -----------------------------------------------------------------------------------

    def _start(self, question: Question, wish: Wish, scenario: Scenario | None) -> Told | None:
        """Open what "simulasi ..." names; None where it names nothing to start from."""
        name = "pemdi" if wish.pemdi and "pemdi" in self.instruments else "spbe"
        instrument = self.instruments[name]
        if wish.template:
            return Told(self.template(name), None)
        if wish.levels or wish.uniform is not None:
            given = wish.levels or (wish.uniform or 0,) * len(instrument.indicators)
            if len(given) != len(instrument.indicators):
                text = wording.LEVEL_COUNT.format(
                    title=instrument.title, count=len(instrument.indicators), given=len(given)
                )
                return Told(Answer(Kind.UNKNOWN, text), None)
            levels = dict(zip(instrument.indicators, given, strict=True))
            wrong = [n for n, level in levels.items() if not LOWEST <= level <= HIGHEST]
            if wrong:
                text = wording.NO_SUCH_LEVEL.format(level=levels[wrong[0]])
                return Told(Answer(Kind.UNKNOWN, text), None)
            start = f"semua tingkat {wish.uniform}" if not wish.levels else "dari tingkat Anda"
            return self.start_levels(name, levels, start)
        if question.places and name == "pemdi":
            return Told(Answer(Kind.UNKNOWN, wording.NO_PEMDI_FIGURES), None)
        if question.places and len(question.places[0].codes) > 1:
            names = [self._snapshot.regions[c].name for c in question.places[0].codes]
            text = wording.WHICH_REGION.format(names=" atau ".join(names))
            asks = tuple(f"Simulasi {n}" for n in names[:4])
            return Told(Answer(Kind.UNKNOWN, text, suggestions=asks), None)
        if question.places:
            years = question.years.years
            return self.start_figures(question.codes[0], years[-1] if years else None)
        if wish.bare and scenario is not None and not wish.pemdi:
            return self._show(scenario)
        if wish.bare or (wish.acts and scenario is None):
            how = Answer(
                Kind.INDEX,
                (wording.PEMDI_HOW if name == "pemdi" else wording.SIMULATION_HOW).format(
                    title=instrument.title, count=len(instrument.indicators)
                ),
                suggestions=wording.SIMULATE_PEMDI if name == "pemdi" else wording.SIMULATE,
            )
            return Told(self._cited(instrument, how), None)
        if question.years or len(question.tokens) <= _NAMES_A_PLACE:
            return Told(Answer(Kind.UNKNOWN, wording.UNKNOWN_REGION), None)
        return None

    def _go_on(self, scenario: Scenario | None, wish: Wish) -> Told | None:
        if scenario is None:
            return None
        if wish.stop:
            return Told(Answer(Kind.SMALLTALK, wording.SIMULATION_ENDED), None)
        if wish.reset:
            return self._show(scenario.reset())
        if wish.show:
            return self._show(scenario)
        if wish.goal is not None:
            return self.reach(scenario, wish)
        return self.change(scenario, wish)

    def _show(self, scenario: Scenario) -> Told:
        instrument = self._of(scenario)
        if isinstance(scenario, Levels):
            text, more = writing.of_levels(instrument, scenario)
            table = writing.table(instrument, scenario)
        else:
            text, more, table = writing.of_figures(instrument, scenario), "", None
        answer = Answer(
            Kind.INDEX, text, more=more, table=table, suggestions=self._suggest(scenario)
        )
        return Told(self._cited(instrument, answer, scenario), scenario)

    def _suggest(self, scenario: Scenario) -> tuple[str, ...]:
        instrument = self._of(scenario)
        name = predicate_of(self._index(scenario), instrument.bands)
        band = next_band(name, instrument.bands)
        out = [f"Apa yang paling mudah menaikkan ke {band.name}?"] if band else []
        if band is not None and isinstance(scenario, Levels):
            plan = fewest_steps(instrument, dict(scenario.now), band.least)
            steps = plan.steps[:2] if plan is not None else ()
            out += [f"Indikator {s.indicator} jadi {s.level}" for s in steps]
        if scenario != scenario.reset():
            out.append("Ulangi dari awal")
        return tuple(out)

    def _bound(
        self,
        instrument: Instrument,
        figures: Figures,
        goal: float,
        name: str,
        count: int,
        fixed: frozenset[int],
    ) -> Answer:
        """Tell how many steps a goal takes at least, and what one of each weight is worth."""
        missing = goal - index_of(instrument, figures)
        text = wording.AT_LEAST.format(
            start=figures.start, gap=wording.number(missing, 3), goal=name, count=count
        )
        for weight, numbers in _by_weight(instrument, fixed):
            worth = writing.signed(weight / 100)
            text += f"\n- Indikator {wording.spans(numbers)}: {worth} tiap tingkat"
        text += f"\n{wording.SEND_LEVELS}"
        answer = Answer(Kind.INDEX, text, suggestions=("Simulasi templat",))
        return self._cited(instrument, answer, figures)

    def _ask_before(
        self, instrument: Instrument, figures: Figures, number: int, after: int
    ) -> Answer:
        """Tell what a change is worth from each level, since the present one is not known."""
        name = instrument.indicators[number].name
        froms = [n for n in figures.possible(instrument, number) if n != after]
        weight = instrument.indicators[number].weight
        text = wording.WHICH_LEVEL.format(number=number, name=name) + "".join(
            f"\n- dari {n} jadi {after}: {writing.signed(weight * (after - n) / 100)}"
            for n in froms
        )
        near = sorted(froms, key=lambda n: abs(n - after))
        asks = tuple(f"Indikator {number} dari {n} jadi {after}" for n in sorted(near[:4]))
        return self._cited(instrument, Answer(Kind.INDEX, text, suggestions=asks), figures)

    @staticmethod
    def _fixed(instrument: Instrument, wish: Wish) -> frozenset[int]:
        """Return the indicators that are to stay: by number, or by their domain."""
        parts = [instrument.domains[d] for d in wish.fixed_domains if d in instrument.domains]
        return wish.fixed | {n for part in parts for n in members(part)}

    def _fault(self, scenario: Scenario, wish: Wish) -> str:
        indicators = self._of(scenario).indicators
        asked = [*wish.changes, *((n, None, LOWEST) for n, _ in wish.shifts)]
        for number, before, after in asked:
            if number not in indicators:
                return wording.NO_INDICATOR_HERE.format(number=number, last=len(indicators))
            for level in (before, after):
                if level is not None and not LOWEST <= level <= HIGHEST:
                    return wording.NO_SUCH_LEVEL.format(level=level)
        if wish.uniform is not None and not LOWEST <= wish.uniform <= HIGHEST:
            return wording.NO_SUCH_LEVEL.format(level=wish.uniform)
        if any(not LOWEST <= figure <= HIGHEST for _, figure in wish.domains):
            return wording.DOMAIN_RANGE
        return ""

    def _cited(
        self, instrument: Instrument, answer: Answer, scenario: Scenario | None = None
    ) -> Answer:
        """Put below where the figures and the formula are from, and that nobody evaluated this."""
        ref = _FORMULA[instrument.name]
        regulation = self._snapshot.regulations.get(ref.source)
        notes = [] if scenario is None else [wording.ONLY_SIMULATED]
        if isinstance(scenario, Figures):
            computed = index_of(instrument, scenario, start=True)
            if round(abs(computed - scenario.published), 3) >= _VISIBLE:
                shown = wording.number(scenario.published)
                notes.append(wording.ROUNDED.format(start=scenario.start, index=shown))
        if regulation is not None and regulation.second_hand:
            notes.append(wording.SECOND_HAND.format(short=regulation.short))
        formula = cite(self._snapshot, ref)
        source = self._source(scenario)
        return replace(
            answer,
            citations=(formula,) if source is None else (source, formula),
            status=status_lines(self._snapshot, [ref.source]),
            notes=tuple(notes),
        )

    def _source(self, scenario: Scenario | None) -> Citation | None:
        if not isinstance(scenario, Figures):
            return None
        return self._writer.cite(scenario.source, scenario.table)

    def _instrument(self, scenario: Scenario | None, pemdi: bool) -> Instrument | None:
        if scenario is not None and not pemdi:
            return self._of(scenario)
        return self.instruments.get("pemdi" if pemdi else "spbe")

    def _of(self, scenario: Scenario) -> Instrument:
        return self.instruments[scenario.instrument if isinstance(scenario, Levels) else "spbe"]

    def _index(self, scenario: Scenario) -> float:
        instrument = self._of(scenario)
        if isinstance(scenario, Levels):
            return score_of(instrument, scenario).index
        return index_of(instrument, scenario)


def _whole_domains(instrument: Instrument, levels: dict[int, int]) -> dict[int, float]:
    """Return the figures of domains of which every indicator gets a level, whatever it had."""
    out = {}
    for number, part in instrument.domains.items():
        inside = members(part)
        if all(n in levels for n in inside):
            weights = {n: instrument.indicators[n].weight for n in inside}
            total = sum(weights[n] * levels[n] for n in inside)
            out[number] = total / sum(weights.values())
    return out


def _by_weight(instrument: Instrument, fixed: frozenset[int]) -> list[tuple[float, list[int]]]:
    """Return the weights, heaviest first, with the indicators of each that may be raised."""
    groups: dict[float, list[int]] = {}
    for indicator in instrument.indicators.values():
        if indicator.number not in fixed:
            groups.setdefault(indicator.weight, []).append(indicator.number)
    return sorted(groups.items(), reverse=True)
