"""What admins decided about events: kept on disk, shared by the bot and the command line."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from tinydb import Query

from bot.broadcasts.plan import Decisions, Held
from bot.store.shared import SharedDb

LOST = "hilang"
"""The reason for which an event is held that left the calendar."""
_TABLE, _ASKED = "acara", "ditanyakan"
_ESTIMATE, _CANCELLED = "setuju", "batal"


def mark_of(version: str) -> str:
    """Return a version as six hexadecimal digits: what fits on a button beside the longest id."""
    return sha256(version.encode()).hexdigest()[:6]


class EventDecisions:
    """Approved estimates and cancelled events. Blocks on the disk."""

    def __init__(self, data: Path) -> None:
        self._db = SharedDb(data / "jadwal.json")

    def load(self) -> Decisions:
        """Return what is decided now."""
        with self._db.open() as db:
            rows = db.table(_TABLE).all()
        return Decisions(
            frozenset((r["event"], r["version"]) for r in rows if r["what"] == _ESTIMATE),
            frozenset(
                (r["event"], r["version"]) if r["version"] else r["event"]
                for r in rows
                if r["what"] == _CANCELLED
            ),
        )

    def approve(self, event: str, version: str, by: str, at: datetime) -> None:
        """Let an event be told with one date; another date needs another word.

        That it was cancelled holds no more.
        """
        self._put(event, version, _ESTIMATE, by, at)

    def cancel(self, event: str, by: str, at: datetime, version: str = "") -> None:
        """Say that an event will not take place.

        Args:
            event: Its id.
            by: Who says so.
            at: When.
            version: The closing that it has in the calendar; empty when it has left it.
        """
        self._put(event, version, _CANCELLED, by, at)

    def undo(self, event: str, mark: str | None = None) -> bool:
        """Take decisions on an event back, so that admins are asked anew.

        Args:
            event: Its id.
            mark: Only the approval of the date with this mark, or with an empty one only the
                cancellation; None takes all back.

        Returns:
            Whether there were any.
        """
        with self._db.open() as db:
            table = db.table(_TABLE)
            gone = [
                row.doc_id
                for row in table.search(Query().event == event)
                if mark is None or mark == _mark(row)
            ]
            if not gone:
                return False
            table.remove(doc_ids=gone)
            db.table(_ASKED).remove(Query().event == event)
            return True

    def decided_by(self, event: str, mark: str) -> str:
        """Return who decided on an event, with the mark as in ``undo``; empty for nobody yet."""
        with self._db.open() as db:
            rows = db.table(_TABLE).search(Query().event == event)
        return next((str(row["by"]) for row in rows if _mark(row) == mark), "")

    def asked(self, held: Held) -> bool:
        """Whether the last that admins were asked about an event is just this."""
        with self._db.open() as db:
            rows = db.table(_ASKED).search(_same(held))
        return bool(rows) and rows[-1]["version"] == held.version

    def note_asked(self, held: Held) -> None:
        """Note what admins were asked about an event."""
        with self._db.open() as db:
            table = db.table(_ASKED)
            table.remove(_same(held))
            table.insert(asdict(held))

    def came_back(self, events: Collection[str]) -> None:
        """Forget that admins were asked about lost events: who is lost again is asked again."""
        with self._db.open() as db:
            table = db.table(_ASKED)
            back = [r.doc_id for r in table if r["reason"] == LOST and r["event"] in events]
            if back:
                table.remove(doc_ids=back)

    def _put(self, event: str, version: str, what: str, by: str, at: datetime) -> None:
        row = {"event": event, "version": version, "what": what, "by": by, "at": at.isoformat()}
        # Each date has an approval of its own, which holds when the date comes back; but the last
        # word counts of an approval and a cancellation.
        with self._db.open() as db:
            table = db.table(_TABLE)
            same = [
                found.doc_id
                for found in table.search(Query().event == event)
                if not (found["what"] == what == _ESTIMATE and found["version"] != version)
            ]
            table.remove(doc_ids=same)
            table.insert(row)
            db.table(_ASKED).remove(Query().event == event)


def _mark(row: Mapping[str, Any]) -> str:
    return mark_of(row["version"]) if row["what"] == _ESTIMATE else ""


def _same(held: Held) -> Any:
    return (Query().event == held.event) & (Query().reason == held.reason)
