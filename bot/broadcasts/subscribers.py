"""The chats the bot knows: one owner of their state, in memory and in a small store."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

from bot.broadcasts.subscriptions import Subscription, from_fields, to_fields
from bot.clock import Clock


class Documents(Protocol):
    """Keeps documents by number. A store of TinyDB is one; a table with a JSON column another."""

    async def load(self) -> dict[int, dict[str, Any]]:
        """Return all documents."""
        ...

    async def save(self, changed: Mapping[int, dict[str, Any] | None]) -> None:
        """Write many at once, None deletes; they are on disk when this returns."""
        ...


class Subscribers:
    """All chats by id. Every change is on disk when its method returns.

    Changes that come while one is being written go out together with the next write.
    """

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents = documents
        self._clock = clock
        self._chats: dict[int, Subscription] = {}
        self._moved: dict[int, int] = {}
        self._dirty: set[int] = set()
        self._writing = asyncio.Lock()
        self.changes = 0
        """Counts up with every change, so that a planner sees that there is something new."""

    async def load(self) -> None:
        """Read what is stored."""
        for fields in (await self._documents.load()).values():
            self._keep(from_fields(fields))

    def find(self, chat: int) -> Subscription | None:
        """Return a chat by its id or one that it had before."""
        return self._chats.get(self._moved.get(chat, chat))

    def where(self, chat: int) -> tuple[int, int] | None:
        """Return the id and the topic that a chat has now."""
        known = self.find(chat)
        return (known.chat, known.thread) if known else None

    def active(self) -> Iterator[Subscription]:
        """Yield the chats that want to be told and can be."""
        return (s for s in self._chats.values() if s.active)

    def has_group(self, title: str) -> bool:
        """Whether the bot is in a basic group of that name."""
        return any(
            s.present and s.kind == "group" and s.title == title for s in self._chats.values()
        )

    async def added(self, chat: int, kind: str, title: str = "") -> bool:
        """Note that the bot is in a chat; return whether to greet it, which is once for ever.

        A subscription that was on when the bot was removed is on again from now.
        """
        known = self.find(chat)
        if known is not None and known.present:
            if (known.kind, known.title) != (kind, title):
                await self._put(replace(known, kind=kind, title=title))
            return False
        fresh = known or Subscription(chat, kind)
        await self._put(
            replace(
                fresh,
                kind=kind,
                title=title,
                present=True,
                ended="",
                since=self._clock.now(),
                greeted=True,
            )
        )
        return not fresh.greeted

    async def switch_on(self, subscription: Subscription) -> None:
        """Keep a subscription and switch it on, or keep changed choices of one that is on."""
        known = self.find(subscription.chat)
        running = known is not None and known.active
        since = known.since if known is not None and running else self._clock.now()
        await self._put(
            replace(subscription, present=True, wanted=True, since=since, greeted=True)
        )

    async def switch_off(self, chat: int) -> bool:
        """End a subscription at once; return whether there was one."""
        known = self.find(chat)
        if known is None or not known.wanted:
            return False
        await self._put(replace(known, wanted=False))
        return True

    async def forget(self, chat: int) -> bool:
        """Delete all that is kept of a chat; return whether it had a subscription."""
        known = self._chats.pop(chat, None)
        if known is None:
            return False
        self._dirty.add(chat)
        await self._write()
        return known.wanted

    async def gone(self, chat: int, reason: str) -> None:
        """Note that the bot is no longer in a chat: nothing is tried until it is added again.

        An id that the chat had before is empty since the upgrade: it says nothing about the chat.
        """
        known = self.find(chat)
        if known is not None and known.chat == chat and known.present:
            await self._put(replace(known, present=False, ended=reason))

    async def moved(self, old: int, new: int) -> None:
        """Follow a group that became a supergroup; topics it had are unknown there."""
        known = self.find(old)
        if old == new or known is None or known.chat == new:
            return
        there = self._chats.get(new)
        if there is not None and there.wanted:
            await self._put(replace(there, formerly=_united(there, known)), known.chat)
            return
        await self._put(
            replace(
                known,
                chat=new,
                kind="supergroup",
                formerly=(known.chat, *known.formerly),
                present=True,
            ),
            known.chat,
        )

    async def topic_gone(self, chat: int, thread: int) -> None:
        """Fall back to the general topic."""
        known = self.find(chat)
        if known is not None and known.thread == thread:
            await self._put(replace(known, thread=0))

    async def _put(self, subscription: Subscription, gone: int | None = None) -> None:
        if gone is not None and gone != subscription.chat:
            self._chats.pop(gone, None)
            self._dirty.add(gone)
        self._keep(subscription)
        self._dirty.add(subscription.chat)
        await self._write()

    async def _write(self) -> None:
        self.changes += 1
        async with self._writing:
            if not self._dirty:
                return  # went out with the write that was waited for
            changed = {
                chat: to_fields(self._chats[chat]) if chat in self._chats else None
                for chat in self._dirty
            }
            self._dirty.clear()
            try:
                await self._documents.save(changed)
            except BaseException:
                self._dirty |= changed.keys()
                raise

    def _keep(self, subscription: Subscription) -> None:
        self._chats[subscription.chat] = subscription
        self._moved |= dict.fromkeys(subscription.formerly, subscription.chat)


def _united(one: Subscription, other: Subscription) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*one.formerly, *other.ids)))
