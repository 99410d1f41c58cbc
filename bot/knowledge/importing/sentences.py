"""Counts the ayat of an article whose numbers are lost, by its sentences."""

import re
import unicodedata
from collections.abc import Sequence

from bot.knowledge.importing.headings import AYAT
from bot.knowledge.importing.marks import REFERRING
from bot.knowledge.importing.model import Ayat, Line

_REFERS_BACK = re.compile(r"(?i)^.{3,160}?(?:dimaksud|tersebut)\s+(?:pada|dalam)\s+ayat\s*\(")
_OPENS_SENTENCES = re.compile(r"(?i)sebagai\s+berikut\s*:$")


def by_sentences(lines: Sequence[Line]) -> tuple[Ayat, ...]:
    """Count the paragraphs of an article whose numbers are lost.

    A paragraph is a new ayat when the one before ended with a full stop and this one begins with
    a capital; what follows a colon is a list until it ends. A list of whole sentences ("sebagai
    berikut:") ends where a paragraph refers back to an ayat, which items do not.
    """
    if any("dimaksud dengan" in line.text for line in lines[:2]):
        return ()
    groups: list[list[Line]] = []
    done, listing, sentences = True, False, False
    for line in lines:
        text = line.text.strip(" /|")
        mark = AYAT.match(text)
        start = (mark["rest"] if mark else text).lstrip("'\"“‘")[:1].replace("$", "S")
        refers = _refers_back(text) and not (groups and _goes_on(groups[-1][-1].text))
        unended = groups and not listing and _is_sentence(groups[-1][-1].text, text)
        begins = start.isupper() and (refers or ((done or unended) and not sentences))
        if not groups or begins:
            groups.append([])
            sentences = False
        groups[-1].append(line.with_text(mark["rest"] if mark and mark["rest"] else text))
        tail = text.rstrip(" /|*_'\"`")
        if len(groups[-1]) > 1 and _OPENS_SENTENCES.search(groups[-1][-2].text.rstrip()):
            sentences = tail.endswith(".")
        done = tail.endswith(".") or (done and len(text) < 3)
        listing = tail.endswith((":", ";")) or (listing and not done)
    return tuple(Ayat(number, tuple(group)) for number, group in enumerate(groups, 1))


def _refers_back(text: str) -> bool:
    """Whether it begins "... sebagaimana dimaksud pada ayat (1)", accents of OCR aside."""
    return bool(_REFERS_BACK.match(unicodedata.normalize("NFKD", text).replace("\u0327", "")))


def _goes_on(before: str) -> bool:
    text = before.rstrip(" /|")
    return text.endswith((";", ":")) or bool(REFERRING.search(text))


def _is_sentence(before: str, text: str) -> bool:
    """Whether a sentence of its own follows one whose full stop was not recognised."""
    whole = len(text.split()) >= 6 and text.rstrip(" /|").endswith((".", ":"))
    return whole and len(before) >= 40 and not REFERRING.search(before.rstrip(" /|"))
