"""Fetching updates: one that cannot be parsed must not stop the others."""

import logging
from typing import Any

from telegram.request import HTTPXRequest

from telegram import Update

_log = logging.getLogger(__name__)


class UpdatesRequest(HTTPXRequest):
    """Transport for ``getUpdates`` that replaces unreadable updates by empty ones.

    The library parses a batch as a whole: one bad update would be fetched again for ever. An
    update with nothing but its id is confirmed like any other and handled by nobody.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse the response and empty the updates that the library cannot read."""
        response = HTTPXRequest.parse_json_payload(payload)
        updates = response.get("result")
        if isinstance(updates, list):
            response["result"] = [_readable(u) for u in updates if _has_id(u)]
        return response


def _has_id(update: Any) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    try:
        Update.de_json(dict(update), None)
    except Exception:
        _log.exception("update %s cannot be parsed and is skipped", update["update_id"])
        return {"update_id": update["update_id"]}
    return update
