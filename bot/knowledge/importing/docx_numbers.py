"""The numbers that Word prints before the paragraphs of automatic lists."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LEVELS = 9
_MOST = 3999  # a forged start value must not print letters by the million


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _List:
    """A list and where its counters stand; several ``num`` may share one."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document's automatic lists, paragraph by paragraph."""

    def __init__(self, numbering: ET.Element | None, styles: ET.Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[str, str, str]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def label(self, paragraph: ET.Element) -> str:
        """Return what Word prints before a paragraph, or nothing; moves the counters on."""
        number, level_text = self._place(paragraph)
        found = self._lists.get(number)
        if found is None or not level_text.isdecimal():
            return ""
        at = int(level_text)
        level = found.levels.get(at)
        if level is None or level.form in ("bullet", "none"):
            return ""
        start = self._starts.get(number, {}).pop(at, None)
        if start is not None:
            found.counts[at] = start
        elif at in found.counts:
            found.counts[at] += 1
        else:
            found.counts[at] = level.start
        for deeper in range(at + 1, _LEVELS):
            found.counts.pop(deeper, None)
        return _PLACE.sub(lambda m: self._shown(found, int(m[1]) - 1), level.text).strip()

    @staticmethod
    def _shown(found: _List, at: int) -> str:
        level = found.levels.get(at, _Level())
        return _formed(found.counts.get(at, level.start), level.form)

    def _place(self, paragraph: ET.Element) -> tuple[str, str]:
        number, level = "", ""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "", ""
        direct = properties.find(f"{W}numPr")
        if direct is not None:
            number, level = _value(direct, "numId"), _value(direct, "ilvl")
        style = _value(properties, "pStyle")
        for _ in range(20):  # a chain of styles, guarded against a circle
            if number or style not in self._styles:
                break
            number, own_level, style = self._styles[style]
            level = level or own_level
        return number, level or "0"

    def _read_lists(self, numbering: ET.Element) -> None:
        kinds: dict[str, _List] = {}
        for item in numbering.iter(f"{W}abstractNum"):
            kinds[item.get(f"{W}abstractNumId", "")] = _List(
                {
                    at: level
                    for level_item in item.iter(f"{W}lvl")
                    for at, level in _level(level_item)
                }
            )
        for item in numbering.iter(f"{W}num"):
            number = item.get(f"{W}numId", "")
            kind = kinds.get(_value(item, "abstractNumId"))
            if kind is None:
                continue
            self._lists[number] = kind
            for override in item.iter(f"{W}lvlOverride"):
                at, start = override.get(f"{W}ilvl", ""), _value(override, "startOverride")
                if at.isdecimal() and start.isdecimal():
                    self._starts.setdefault(number, {})[int(at)] = int(start)

    def _read_styles(self, styles: ET.Element) -> None:
        for style in styles.iter(f"{W}style"):
            properties = style.find(f"{W}pPr/{W}numPr")
            number = _value(properties, "numId") if properties is not None else ""
            level = _value(properties, "ilvl") if properties is not None else ""
            name = style.get(f"{W}styleId", "")
            self._styles[name] = (number, level, _value(style, "basedOn"))


def _level(item: ET.Element) -> list[tuple[int, _Level]]:
    at = item.get(f"{W}ilvl", "")
    if not at.isdecimal():
        return []
    start = _value(item, "start")
    level = _Level(
        int(start) if start.isdecimal() else 1,
        _value(item, "numFmt") or "decimal",
        _value(item, "lvlText"),
    )
    return [(int(at), level)]


def _value(item: ET.Element, name: str) -> str:
    found = item.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _formed(count: int, form: str) -> str:
    count = min(count, _MOST)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman, rest = "", count
        for worth, sign in _ROMAN:
            roman += sign * (rest // worth)
            rest %= worth
        return roman.upper() if form == "upperRoman" else roman
    return str(count)
