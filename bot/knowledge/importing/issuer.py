"""Finds who enacts a regulation: a region, or an agency of the centre."""

import re
from collections.abc import Sequence

from bot.knowledge.importing.clean import join
from bot.knowledge.importing.kinds import Kind
from bot.knowledge.importing.model import Line
from bot.knowledge.importing.places import find_place
from bot.knowledge.importing.titles import Casing, title_case


def capitals(text: str) -> str:
    """Return the letters of a text in capitals, without anything between them."""
    return re.sub(r"[^A-Z]", "", text.upper())


def issuer_of(
    kind: Kind | None,
    rest: str,
    between: Sequence[Line],
    head: Sequence[Line],
    lines: Sequence[Line],
    cased: Casing,
) -> tuple[str, str]:
    """Return the region or agency that enacts, and the region's code."""
    if kind is None:
        return "", ""
    if kind.issuer:
        return kind.issuer, ""
    following = [line.text for line in between if line.text.isupper()]
    if not kind.placed:
        return _agency(kind, following, head, cased), ""
    name = capitals(rest + "".join(following))
    place = find_place(name, kind.placed)
    for line in (*head, *lines[len(head) : len(head) + 4]):
        words = re.match(r"(?i)^\W*(?:bupati|wali\s?kota|gubernur)\s+(.*)$", line.text)
        if place is None and words:
            place = find_place(capitals(words[1]), kind.placed)
    if place is not None:
        return place.name, place.code
    return _unlisted(kind, name, head), ""


def _agency(kind: Kind, following: list[str], head: Sequence[Line], cased: Casing) -> str:
    first = [line.text for line in head if kind.heading in capitals(line.text)][:1]
    heading = re.sub(r"(?i)\s*(?:REPUBLIK INDONESIA|NOMOR\b.*)$", "", join([*first, *following]))
    words = re.sub(r"^(?:Rancangan\s+)?(?:Peraturan|Keputusan)\s+", "", title_case(heading, cased))
    words = re.sub(r"(?<=\s)(?!dan\b|dan/)[a-z]", lambda m: m[0].upper(), words)
    return re.sub(r"^Menteri\s+", "Kementerian ", words).strip(" ,")


def _unlisted(kind: Kind, name: str, head: Sequence[Line]) -> str:
    """A place that is not on the list of regions: take the heading's own words."""
    for line in head:
        found = re.match(
            r"(?i)^\W*peraturan\s+(?:bupati|wali\s?kota|gubernur|daerah)\s+(.+)$", line.text
        )
        if found and name:
            words = found[1].strip(" ,").title()
            return words if kind.placed == "*" else f"{kind.placed} {words}"
    return ""
