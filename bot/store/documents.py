"""A table of numbered documents in the store, for one owner."""

from collections.abc import Mapping
from typing import Any

from bot.store.store import Store


class StoredDocuments:
    """Documents by number in one table of the store.

    Args:
        store: The open store.
        table: Name of the table.
    """

    def __init__(self, store: Store, table: str) -> None:
        self._store = store
        self._table = table

    async def load(self) -> dict[int, dict[str, Any]]:
        """Return all documents."""
        return await self._store.load_documents(self._table)

    async def save(self, changed: Mapping[int, dict[str, Any] | None]) -> None:
        """Write many at once, None deletes; they are on disk when this returns."""
        await self._store.save_documents(self._table, changed)
