"""What publishing a file would do: changed files, faults, and what differs from what stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.administration.editing import tables, wording
from bot.administration.editing.submission import Submission
from bot.administration.roles import NotAllowedError, Role
from bot.collecting import collector_paused
from bot.errors import SpbeError
from bot.knowledge import snapshot
from bot.knowledge.publishing import tree
from bot.knowledge.publishing.base import Base
from bot.knowledge.publishing.candidate import try_out
from bot.knowledge.publishing.difference import Change, UnitChange, line_difference, unit_changes
from bot.knowledge.publishing.model import Changes
from bot.regions.importing import ImportPlan, Outcome, plan_import, planned_tables

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change as it can be shown and published.

    Attributes:
        title: What it is, in a line.
        facts: What was recognised, a line each.
        changes: New content by path; None removes.
        units: What differs, unit by unit.
        faults: Why it cannot be published.
        warnings: What a person should look at.
        options: What can still be said about it.
        base: The revision that it was held against; 0 before there is a history.
    """

    title: str
    facts: tuple[str, ...]
    changes: Changes
    units: tuple[UnitChange, ...]
    faults: tuple[str, ...]
    warnings: tuple[str, ...]
    options: tuple[str, ...]
    base: int

    @property
    def publishable(self) -> bool:
        """Whether it may be published as it is."""
        return bool(self.changes) and not self.faults


def propose(base: Base, told: Submission, options: Mapping[str, str]) -> Proposal:
    """Hold what was read against what is published; nothing is written.

    Raises:
        SpbeError: The rows of a table cannot be read, or the history cannot.
    """
    # What is read to compare must be gone before garbage is collected again.
    with collector_paused():
        return _propose(base, told, options)


def _propose(base: Base, told: Submission, options: Mapping[str, str]) -> Proposal:
    folder, number = base.served(), base.number
    faults, warnings = list(told.faults), list(told.warnings)
    changes: dict[str, bytes | None] = {path: text.encode() for path, text in told.files.items()}
    changes.update(dict.fromkeys(told.remove))
    if told.kind == "tabel":
        plan = _plan(folder, told.rows, options)
        changes.update(planned_tables(folder, plan))
        warnings += _row_notes(plan)
        if not plan.to_write:
            faults.append(wording.NO_ROWS if plan.of(Outcome.PROBLEM) else wording.SAME)
    elif told.merge:
        for path, text in told.files.items():
            changes[path] = tables.merged(
                path, (_standing(folder, path) or b"").decode("utf-8-sig"), text
            ).encode()
    elif told.kind == "arsip":
        changes.update({path: None for path in tree.listed(folder) if path not in changes})
    changes = {
        path: content for path, content in changes.items() if content != _standing(folder, path)
    }
    units: tuple[UnitChange, ...] = ()
    if changes:
        candidate = try_out(folder, changes)
        units = unit_changes(snapshot.load(folder)[0], candidate.snapshot)
        faults += [str(fault) for fault in candidate.faults]
    elif not faults:
        faults.append(wording.SAME)
    return Proposal(
        told.title,
        tuple(told.facts),
        changes,
        units,
        tuple(faults),
        tuple(dict.fromkeys(warnings)),
        tuple(told.options),
        number,
    )


def full_difference(folder: Path, changes: Changes) -> str:
    """Return the difference of changed files from those in a folder, line by line."""
    return line_difference({path: _standing(folder, path) for path in changes}, changes)


def permit(role: Role, units: tuple[UnitChange, ...]) -> None:
    """Let an admin of some regions change only what belongs to them.

    A source that figures come from is nobody's, but new figures need one: adding is allowed.

    Raises:
        NotAllowedError: Something else is changed too.
    """
    if not role.limited:
        return
    others = [
        f"{unit.group} {unit.name}".strip()
        for unit in units
        if unit.region not in role.regions
        and not (unit.group == "Sumber angka" and unit.change is Change.ADDED)
    ]
    if others or not units:
        shown = ", ".join(others[:_NAMED]) or "berkas umum"
        rest = len(others) - _NAMED
        raise NotAllowedError(
            wording.NOT_YOURS.format(
                regions=", ".join(role.regions),
                units=f"{shown}, dan {rest} lainnya" if rest > 0 else shown,
            )
        )


def _plan(folder: Path, rows: list[list[str]], options: Mapping[str, str]) -> ImportPlan:
    return plan_import(
        snapshot.load(folder)[0],
        rows,
        source=options.get("sumber", ""),
        basis=options.get("dasar", ""),
        year=int(options["tahun"]) if options.get("tahun") else None,
    )


def _row_notes(plan: ImportPlan) -> list[str]:
    out = []
    for row in plan.rows:
        if row.outcome is Outcome.PROBLEM:
            out.append(
                wording.ROW_PROBLEM.format(
                    line=row.line, name=row.name, message=row.message, mend=row.mend
                )
            )
        elif row.outcome is Outcome.CONFLICT:
            out.append(
                wording.ROW_CONFLICT.format(line=row.line, name=row.name, message=row.message)
            )
        out += [
            wording.ROW_WARNING.format(line=row.line, name=row.name, warning=warning)
            for warning in row.warnings
        ]
    return out


def _standing(folder: Path, path: str) -> bytes | None:
    try:
        return (folder / path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SpbeError(f"{path} tidak terbaca ({error.strerror}).") from error
