"""What can become of a message, as a sender tells it.

    DeliveryError
    ├── RetryLater    the server says how long to wait; nothing was delivered
    ├── Unreachable   no answer, or the server has trouble; may have been delivered
    ├── ChatGone      removed, blocked, deleted: never try this chat again
    ├── ChatMoved     the group has a new id
    ├── TopicGone     the topic was closed or deleted; the group is still there
    └── Refused       the server will not take this message, today or tomorrow

The texts are for reports to admins: short, Indonesian, without the token.
"""


class DeliveryError(Exception):
    """Base of what a sender raises; the message is the reason shown in a report."""


class RetryLater(DeliveryError):
    """The server asks to wait.

    Attributes:
        seconds: How long.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__("diminta menunggu oleh Telegram")
        self.seconds = seconds


class Unreachable(DeliveryError):
    """No usable answer; trying again later may help.

    Attributes:
        doubtful: Whether the message may have been delivered all the same: the request went out
            and only the answer is missing.
    """

    def __init__(self, reason: str, *, doubtful: bool) -> None:
        super().__init__(reason)
        self.doubtful = doubtful


class ChatGone(DeliveryError):
    """The bot was removed or blocked, or the chat no longer exists."""


class ChatMoved(DeliveryError):
    """The group became a supergroup.

    Attributes:
        chat: Its new id.
    """

    def __init__(self, chat: int) -> None:
        super().__init__("grup berganti id")
        self.chat = chat


class TopicGone(DeliveryError):
    """The topic is closed or deleted."""


class Refused(DeliveryError):
    """The server does not accept the message for this chat."""
