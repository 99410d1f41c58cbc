"""Logging set-up: readable lines, and never a secret in them."""

import logging
import re


class Redactor(logging.Formatter):
    """Formats as usual, then blots out the secrets wherever they stand, tracebacks included."""

    def __init__(self, secrets: list[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        # Libraries change the case of what they quote, so case does not count.
        parts = [re.escape(secret) for secret in secrets if secret]
        self._secrets = re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def format(self, record: logging.LogRecord) -> str:
        """Format one record."""
        text = super().format(record)
        return self._secrets.sub("<token>", text) if self._secrets else text


def configure(level: str, secrets: list[str]) -> None:
    """Log to standard error at ``level``; every occurrence of a secret becomes ``<token>``."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redactor(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # httpx logs every URL at INFO, and the URL of the Bot API holds the token.
    logging.getLogger("httpx").setLevel(max(logging.WARNING, logging.getLevelName(level)))
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
