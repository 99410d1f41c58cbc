"""What admins decided about events: kept on disk, shared by the bot and the command line."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from tinydb import Query

from bot.broadcasts.plan import Decisions, Held
from bot.store.shared import SharedDb

_TABLE, _ASKED = "acara", "ditanyakan"
_ESTIMATE, _CANCELLED = "setuju", "batal"


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
            frozenset(r["event"] for r in rows if r["what"] == _CANCELLED),
        )

    def approve(self, event: str, version: str, by: str, at: datetime) -> None:
        """Let an estimate be told as it is dated now; another date needs another word."""
        self._put(event, version, _ESTIMATE, by, at)

    def cancel(self, event: str, by: str, at: datetime) -> None:
        """Say that an event will not take place."""
        self._put(event, "", _CANCELLED, by, at)

    def undo(self, event: str) -> bool:
        """Take all decisions on an event back; return whether there were any."""
        with self._db.open() as db:
            return bool(db.table(_TABLE).remove(Query().event == event))

    def ask_once(self, held: Held) -> bool:
        """Note that admins are asked about an event; return whether that is new."""
        row = asdict(held)
        same = Query().fragment(row)
        with self._db.open() as db:
            table = db.table(_ASKED)
            if table.contains(same):
                return False
            table.insert(row)
            return True

    def _put(self, event: str, version: str, what: str, by: str, at: datetime) -> None:
        row = {"event": event, "version": version, "what": what, "by": by, "at": at.isoformat()}
        with self._db.open() as db:
            table = db.table(_TABLE)
            table.remove((Query().event == event) & (Query().what == what))
            table.insert(row)
