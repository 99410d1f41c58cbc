"""The desk where admins change the knowledge; Telegram and the command line both work at it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

from bot.administration.editing import submission, wording
from bot.administration.editing.drafts import Draft, Drafts
from bot.administration.editing.proposal import Proposal, permit, propose
from bot.administration.roles import NotAllowedError, Role, Roles
from bot.clock import Clock
from bot.collecting import collector_paused
from bot.errors import SpbeError, StoreError
from bot.knowledge import snapshot
from bot.knowledge.headers import Status
from bot.knowledge.publishing.base import Base
from bot.knowledge.publishing.candidate import try_out
from bot.knowledge.publishing.difference import UnitChange, unit_changes
from bot.knowledge.publishing.history import hash_of
from bot.knowledge.publishing.model import Changes, Revision
from bot.processes import Limits, call
from bot.store.journal import Journal

REMOVAL = "(hapus)"
"""The name of a draft whose content is the path of a file to take away; no file is called so."""
STATUSES: tuple[str, ...] = get_args(Status)
_READ = f"{submission.__name__}:{submission.read.__name__}"
_LONGEST = 400
_KEPT = 8
_STATUS_WORDS = {
    "tidak ditemukan pencabutannya": "tanpa_pencabutan",
    "belum diketahui": "tidak_diketahui",
    "sudah dicabut": "dicabut",
    "masih berlaku": "berlaku",
}
_Key = tuple[str, str, tuple[tuple[str, str], ...], str]


class EditingDesk:
    """Reads files, shows what they would change, publishes, rolls back. Blocks: use a worker."""

    def __init__(
        self,
        base: Base,
        roles: Roles,
        drafts: Drafts,
        audit: Journal,
        clock: Clock,
        limits: Limits | None = None,
    ) -> None:
        self.base = base
        self.roles = roles
        self.drafts = drafts
        self._audit = audit
        self._clock = clock
        self._limits = limits or Limits()
        # What was read lately: scans take long, and are looked at several times.
        self._read: dict[_Key, submission.Submission] = {}

    def look_at(self, content: bytes, name: str, options: Mapping[str, str]) -> Proposal:
        """Say what publishing a file would do; it is read in a process of its own.

        Raises:
            SpbeError: It cannot be read; the message names the mend.
        """
        if name == REMOVAL:
            path = content.decode()
            title = wording.REMOVAL_TITLE.format(path=path)
            gone = submission.Submission(kind="berkas", title=title, remove=[path])
            return propose(self.base, gone, {})
        checked = {key: checked_option(key, value) for key, value in options.items()}
        today = self._clock.today().isoformat()
        key = (hash_of(content), name, tuple(sorted(checked.items())), today)
        told = self._read.get(key)
        if told is None:
            found = call(_READ, content, name, checked, today, limits=self._limits)
            told = submission.Submission.model_validate(found)
            self._read[key] = told
            while len(self._read) > _KEPT:
                self._read.pop(next(iter(self._read)))
        proposal = propose(self.base, told, checked)
        idle = [key for key in checked if key not in told.options]
        notes = tuple(wording.IDLE_OPTION.format(option=key) for key in idle)
        return replace(proposal, warnings=(*notes, *proposal.warnings))

    def receive(self, role: Role, content: bytes, name: str, options: Mapping[str, str]) -> Draft:
        """Keep a file that an admin sent, until it is published or cancelled."""
        return self.drafts.add(role.user, name, content, dict(options))

    def view(self, draft: Draft) -> tuple[Draft, Proposal]:
        """Say what publishing a draft would do now, and note what it was held against.

        Raises:
            SpbeError: It cannot be read.
        """
        proposal = self.look_at(self.drafts.content(draft), draft.name, draft.options)
        seen = replace(draft, base=proposal.base)
        self.drafts.save(seen)
        return seen, proposal

    def look_again(self, draft: Draft) -> Proposal:
        """Say what publishing a draft would do now, to somebody who has seen it before.

        What it was last shown against stays: whoever publishes is told what came between.

        Raises:
            SpbeError: It cannot be read.
        """
        return self.look_at(self.drafts.content(draft), draft.name, draft.options)

    def draft_of(self, draft_id: str, user: int) -> Draft:
        """Return a draft for the one who sent it, who still is an admin.

        Raises:
            NotAllowedError: It is somebody else's, or the user is no admin (any more).
            DraftGoneError: There is none.
        """
        self.roles.need(user)
        draft = self.drafts.get(draft_id)
        if draft.user != user:
            raise NotAllowedError(wording.NOT_YOUR_DRAFT)
        return draft

    def amend(self, draft: Draft, option: str, value: str) -> Draft:
        """Say something about a draft in the place of what was read.

        Raises:
            SpbeError: The value cannot be; the message names the mend.
        """
        return self.note(draft, option, checked_option(option, value))

    def note(self, draft: Draft, option: str, value: str) -> Draft:
        """Note something about a draft that is no option of a file."""
        changed = replace(draft, options=draft.options | {option: value})
        self.drafts.save(changed)
        return changed

    def publish_draft(self, draft: Draft, name: str) -> Revision:
        """Publish a draft as it was last shown.

        Args:
            draft: From ``view``.
            name: What its sender is called.

        Raises:
            MovedError: Others published meanwhile; view it again.
            NotAllowedError: The sender may not (any more).
            SpbeError: It has faults or changes nothing.
        """
        proposal = self.look_at(self.drafts.content(draft), draft.name, draft.options)
        role = self.roles.need(draft.user, name)
        revision = self.publish(role, proposal, expected=draft.base)
        self.drafts.remove(draft)
        return revision

    def cancel(self, draft: Draft) -> None:
        """Forget a draft."""
        self.drafts.remove(draft)

    def publish(self, role: Role, proposal: Proposal, *, expected: int) -> Revision:
        """Publish a proposal if its author may at this moment.

        Args:
            role: Who publishes.
            proposal: What.
            expected: The revision that the author saw the difference against.

        Raises:
            MovedError: Another revision is the last one now.
            NotAllowedError: The author may not (any more).
            SpbeError: It has faults or changes nothing.
        """
        if proposal.faults:
            raise SpbeError("\n".join(proposal.faults))
        return self._publish(role, proposal.changes, proposal.units, proposal.title, expected)

    def roll_back(self, role: Role, number: int, *, expected: int | None = None) -> Revision:
        """Bring an earlier revision back, as a new revision.

        Raises:
            MovedError: Another revision than ``expected`` is the last one now.
            NotAllowedError: The author may not.
            SpbeError: There is no such revision, or it is what stands.
        """
        seen = self.base.head().number if expected is None else expected
        changes = self.base.restoring(number)
        note = wording.NOTE_RESTORED.format(number=number)
        return self._publish(role, changes, self.units(changes), note, seen, restores=number)

    def forget_audit_before(self, day: date) -> None:
        """Delete the lines of acts before a day."""
        self._audit.forget_before(day)

    def close(self) -> None:
        """Close the files."""
        self._audit.close()

    def units(self, changes: Changes) -> tuple[UnitChange, ...]:
        """Say what changes of files mean, unit by unit, against the last revision."""
        return _units(self.base.served(), changes) if changes else ()

    def _publish(
        self,
        role: Role,
        changes: Changes,
        units: tuple[UnitChange, ...],
        note: str,
        expected: int,
        restores: int = 0,
    ) -> Revision:
        def still() -> None:
            permit(self.roles.need(role.user, role.name) if role.user else role, units)
            # Before the act: what cannot be written down is not done.
            self._note_act(role, note, restores)

        return self.base.publish(
            changes,
            author=role.author,
            note=note[:_LONGEST],
            expected=expected,
            permit=still,
            restores=restores,
        )

    def _note_act(self, role: Role, note: str, restores: int) -> None:
        act = "pengetahuan: pulihkan" if restores else "pengetahuan: terbitkan"
        line = {"who": role.author, "what": act, "on": note[:_LONGEST]}
        try:
            self._audit.append(line | {"rev": self.base.number + 1})
        except OSError as error:
            raise StoreError(wording.NO_ROOM.format(why=error.strerror or error)) from error


def _units(folder: Path, changes: Changes) -> tuple[UnitChange, ...]:
    def compared() -> tuple[UnitChange, ...]:
        return unit_changes(snapshot.load(folder)[0], try_out(folder, changes).snapshot)

    # What is read to compare must be gone before garbage is collected again.
    with collector_paused():
        return compared()


def checked_option(option: str, value: str) -> str:
    """Return what was said about a file, tidied.

    Raises:
        SpbeError: The option or its value is none; the message names the mend.
    """
    if option not in submission.OPTIONS:
        raise SpbeError(
            wording.UNKNOWN_OPTION.format(
                option=option[:40], options=", ".join(submission.OPTIONS)
            )
        )
    text = " ".join(value.split())[:_LONGEST]
    if not text:
        raise SpbeError(wording.EMPTY_VALUE)
    if option == "tahun" and not re.fullmatch(r"(?:19|20)\d\d", text):
        raise SpbeError(wording.BAD_YEAR.format(value=text))
    if option == "nomor" and not re.fullmatch(r"\d[\w./-]{0,40}", text):
        raise SpbeError(wording.BAD_NUMBER.format(value=text))
    if option == "status":
        text = _STATUS_WORDS.get(text.lower(), text.lower().replace(" ", "_"))
        if text not in STATUSES:
            raise SpbeError(wording.BAD_STATUS.format(value=text, statuses=", ".join(STATUSES)))
    if option == "url" and not re.fullmatch(r"https?://\S+", text):
        raise SpbeError(wording.BAD_URL.format(value=text))
    return text
