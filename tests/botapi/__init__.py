"""A Bot API server for the tests: real HTTP on loopback, with the manners of Telegram's."""

from tests.botapi.server import BotApi, Fault

__all__ = ["BotApi", "Fault"]
