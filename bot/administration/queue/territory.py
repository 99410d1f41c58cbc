"""Which questions an admin of some regions may decide: those that name one of the regions."""

from collections.abc import Iterable

from bot.administration.queue import wording
from bot.administration.roles import NotAllowedError, Role
from bot.answering.assistant import Assistant


def own_region(assistant: Assistant, role: Role, asked: Iterable[str]) -> str:
    """Return the admin's region that questions name, as they were asked; empty without a limit.

    Raises:
        NotAllowedError: They name none of the regions that the admin is limited to.
    """
    if not role.limited:
        return ""
    for text in asked:
        for code in assistant.reader.read(text).every_code:
            if code in role.regions:
                return code
    raise NotAllowedError(_refusal(wording.NOT_YOUR_QUESTION, role))


def need_own_wording(assistant: Assistant, role: Role, title: str) -> None:
    """Let an admin of some regions publish only questions that name one of them.

    An answer holds for whoever asks its question in the same words, so a question without the
    region would answer for all.

    Raises:
        NotAllowedError: The question names none of them.
    """
    if not names_own(assistant, role, title):
        raise NotAllowedError(_refusal(wording.NOT_YOUR_WORDING, role))


def names_own(assistant: Assistant, role: Role, text: str) -> bool:
    """Whether a question may be published by an admin: it names a region of theirs."""
    if not role.limited:
        return True
    return not set(role.regions).isdisjoint(assistant.reader.read(text).every_code)


def _refusal(text: str, role: Role) -> str:
    return text.format(regions=", ".join(role.regions))
