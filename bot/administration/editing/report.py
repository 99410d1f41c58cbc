"""Says in short lines what a proposal or a revision would change or has changed."""

from collections.abc import Iterable, Sequence

from bot.administration.editing import wording
from bot.administration.editing.proposal import Proposal
from bot.knowledge.publishing.difference import Change, UnitChange
from bot.knowledge.publishing.model import Revision

_ORDER = (Change.ADDED, Change.CHANGED, Change.REMOVED)
_MOST_GROUPS = 12
_MOST_NAMES = 6


def proposal_lines(proposal: Proposal, most: int) -> list[str]:
    """Say what a file is, what it would change, and what is wrong or doubtful about it.

    Args:
        proposal: What was understood.
        most: How many faults, and how many warnings, are told; the rest is counted.
    """
    lines = [proposal.title, *proposal.facts]
    if gone := sorted(path for path, content in proposal.changes.items() if content is None):
        lines.append(wording.DELETES.format(count=len(gone), paths=_named(gone).strip(" ()")))
    if proposal.units:
        lines += ["", wording.DIFFERENCE, *change_lines(proposal.units)]
    elif proposal.changes and not proposal.faults:
        lines += ["", wording.NO_UNITS.format(paths=", ".join(sorted(proposal.changes)[:5]))]
    if proposal.faults == (wording.SAME,):
        lines += ["", wording.SAME]
    else:
        lines += _section(wording.FAULTS, proposal.faults, most)
    lines += _section(wording.WARNINGS, proposal.warnings, most)
    return lines


def change_lines(units: Iterable[UnitChange]) -> list[str]:
    """Say a line a group how many units are new, changed or gone, and name the first."""
    groups: dict[str, dict[Change, list[str]]] = {}
    for unit in units:
        groups.setdefault(unit.group, {}).setdefault(unit.change, []).append(unit.name)
    lines = []
    for group, by_change in list(groups.items())[:_MOST_GROUPS]:
        told = "; ".join(
            f"{len(names)} {change}{_named(names)}"
            for change in _ORDER
            if (names := by_change.get(change))
        )
        lines.append(f"- {group}: {told}")
    if len(groups) > _MOST_GROUPS:
        lines.append(wording.MORE_GROUPS.format(count=len(groups) - _MOST_GROUPS))
    return lines


def revision_line(revision: Revision) -> str:
    """Say when, by whom and what, in a line."""
    if not revision.readable:
        return wording.REVISION_LOST.format(number=revision.number)
    return wording.REVISION.format(
        number=revision.number,
        time=f"{revision.time:%d-%m-%Y %H.%M}",
        author=_AUTHORS.get(revision.author, revision.author),
        note=revision.note,
    )


_AUTHORS = {"folder": wording.BY_FOLDER, "program": wording.BY_PROGRAM}


def _named(names: Sequence[str]) -> str:
    named = [name for name in names if name]
    if not named:
        return ""
    rest = len(named) - _MOST_NAMES
    shown = ", ".join(named[:_MOST_NAMES])
    return f" ({shown}, dan {rest} lagi)" if rest > 0 else f" ({shown})"


def _section(title: str, items: Sequence[str], most: int) -> list[str]:
    if not items:
        return []
    lines = ["", title.format(count=len(items)), *(f"- {item}" for item in items[:most])]
    if len(items) > most:
        lines.append(wording.MORE.format(count=len(items) - most))
    return lines
