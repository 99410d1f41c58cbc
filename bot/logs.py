"""Logging set-up: readable lines, and never a secret in them."""

import logging


class Redactor(logging.Formatter):
    """Formats as usual, then blots out the secrets wherever they stand, tracebacks included."""

    def __init__(self, secrets: list[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "<token>")
        return text


def configure(level: str, secrets: list[str]) -> None:
    """Log to standard error at ``level``; every occurrence of a secret becomes ``<token>``."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redactor(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # httpx logs every URL at INFO, and the URL of the Bot API holds the token.
    logging.getLogger("httpx").setLevel(max(logging.WARNING, logging.getLevelName(level)))
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
