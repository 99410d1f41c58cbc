"""Who may change the knowledge: owners from the settings, admins appointed by them."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tinydb.table import Document

from bot.administration import wording
from bot.clock import Clock
from bot.errors import SpbeError
from bot.knowledge.model import Region
from bot.store.journal import Journal
from bot.store.shared import SharedDb

_TABLE = "admin"
_log = logging.getLogger(__name__)


class NotAllowedError(SpbeError):
    """Somebody may not do what they asked for."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a person may do.

    Attributes:
        user: Telegram id; 0 for whoever has the command line of the machine.
        name: For people to read.
        owner: May appoint admins and do everything.
        regions: Codes that an admin is limited to; empty for no limit.
        since: When an admin was appointed.
    """

    user: int
    name: str
    owner: bool = False
    regions: tuple[str, ...] = ()
    since: date | None = None

    @property
    def author(self) -> str:
        """How the person stands in histories."""
        return f"{self.name} ({self.user})" if self.user else self.name

    @property
    def limited(self) -> bool:
        """Whether only knowledge of some regions may be changed."""
        return bool(self.regions) and not self.owner


class Roles:
    """Owners and admins. Each question is answered from the disk, so a dismissal holds at once.

    Blocks on the disk: call it from a worker.
    """

    def __init__(self, data: Path, owners: Iterable[int], clock: Clock, audit: Journal) -> None:
        self._owners = frozenset(owners)
        self._db = SharedDb(data / "admin.json")
        self._clock = clock
        self._audit = audit
        self._damaged: set[int] = set()

    @property
    def owners(self) -> list[int]:
        """Ids of the owners."""
        return sorted(self._owners)

    @property
    def set_aside(self) -> Path | None:
        """Where the list of admins was moved, because it could not be read."""
        return self._db.set_aside

    def of(self, user: int, name: str = "") -> Role | None:
        """Return the role of a Telegram user; None for everybody else."""
        if user in self._owners:
            return Role(user, name or "Pemilik", owner=True)
        with self._db.open() as db:
            found = db.table(_TABLE).get(doc_id=user)
        return self._role(found) if isinstance(found, Document) else None

    def need(self, user: int, name: str = "", *, owner: bool = False) -> Role:
        """Return the role of a user who must have one.

        Raises:
            NotAllowedError: The user has none, or is no owner where one is needed.
        """
        role = self.of(user, name)
        if role is None or (owner and not role.owner):
            raise NotAllowedError(wording.OWNERS_ONLY if owner else wording.ADMINS_ONLY)
        return role

    def admins(self) -> list[Role]:
        """Return the appointed admins, the first appointed first."""
        with self._db.open() as db:
            found = db.table(_TABLE).all()
        return [role for one in found if (role := self._role(one)) is not None]

    def everybody(self) -> list[int]:
        """Return the ids of all owners and admins."""
        return sorted(self._owners | {role.user for role in self.admins()})

    def appoint(
        self, by: Role, user: int, name: str, regions: Iterable[str], known: dict[str, Region]
    ) -> Role:
        """Appoint an admin, or change the regions of one.

        Args:
            by: Who does; must be an owner.
            user: Telegram id of the admin.
            name: For people to read.
            regions: Codes that the admin is limited to; none for no limit.
            known: All regions.

        Raises:
            NotAllowedError: ``by`` is no owner, or the user is one.
            SpbeError: A region is not known.
        """
        _owner(by)
        codes = tuple(dict.fromkeys(regions))
        if unknown := [code for code in codes if code not in known]:
            raise SpbeError(wording.NO_SUCH_REGION.format(codes=", ".join(unknown)))
        if user in self._owners:
            raise NotAllowedError(wording.IS_OWNER)
        role = Role(user, name or f"Admin {user}", False, codes, self._clock.today())
        with self._db.open() as db:
            db.table(_TABLE).upsert(
                Document(
                    {
                        "name": role.name,
                        "regions": list(codes),
                        "since": self._clock.today().isoformat(),
                    },
                    doc_id=user,
                )
            )
        self._audit.append(
            {"who": by.author, "what": "admin: angkat", "on": role.author, "regions": list(codes)}
        )
        return role

    def dismiss(self, by: Role, user: int) -> Role:
        """Dismiss an admin.

        Raises:
            NotAllowedError: ``by`` is no owner.
            SpbeError: The user is no admin.
        """
        _owner(by)
        with self._db.open() as db:
            table = db.table(_TABLE)
            found = table.get(doc_id=user)
            if not isinstance(found, Document):
                raise SpbeError(wording.NO_SUCH_ADMIN.format(user=user))
            table.remove(doc_ids=[user])
        role = self._role(found) or Role(user, f"Admin {user}")
        self._audit.append({"who": by.author, "what": "admin: berhentikan", "on": role.author})
        return role

    def _role(self, found: Document) -> Role | None:
        """Read an entry; None for a damaged one, which gives no rights at all."""
        try:
            regions = found["regions"]
            if not isinstance(regions, list) or not all(isinstance(code, str) for code in regions):
                raise TypeError("regions")
            since = date.fromisoformat(found["since"])
            return Role(found.doc_id, str(found["name"]), False, tuple(regions), since)
        except (KeyError, TypeError, ValueError) as error:
            if found.doc_id not in self._damaged:
                _log.error("admin %d is unreadable: %r", found.doc_id, error)
            self._damaged.add(found.doc_id)
            return None


def _owner(role: Role) -> None:
    if not role.owner:
        raise NotAllowedError(wording.OWNERS_ONLY)
