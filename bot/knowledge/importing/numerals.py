"""What number a printed numeral may stand for, slips of optical recognition included."""

import re

_DIGITS = str.maketrans("OoQDlIi|!LtSsBZzGg", "000011111115582" + "266")
_ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_SLIPS = str.maketrans("l1i|!JTtUYvxHn", "IIIIIIIIIVVXII")


def digits(text: str) -> int | None:
    """Read an arabic numeral; letters that look like digits count as such."""
    squeezed = re.sub(r"[\s.,]", "", text)
    if not squeezed or len(squeezed) > 5:
        return None
    if squeezed.isdecimal():
        return int(squeezed)
    # A numeral of look-alikes alone would be a word.
    read = squeezed.translate(_DIGITS)
    return int(read) if read.isdecimal() else None


def year(text: str) -> int | None:
    """Read a year such as ``2019`` or ``2OL9``."""
    found = digits(text)
    return found if found is not None and 1945 <= found <= 2100 else None


def roman(text: str) -> int | None:
    """Read a proper roman numeral up to 99."""
    if not re.fullmatch(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", text) or not text:
        return None
    total = 0
    for at, sign in enumerate(text):
        worth = _ROMANS[sign]
        following = _ROMANS[text[at + 1]] if at + 1 < len(text) else 0
        total += -worth if worth < following else worth
    return total


def to_roman(number: int) -> str:
    """Write a roman numeral up to 99."""
    tens, ones = divmod(number, 10)
    high = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"][tens]
    return high + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]


def roman_readings(text: str) -> dict[int, float]:
    """Say which numbers a chapter's numeral may mean, with a score for each.

    ``II`` is 2; ``ll`` or ``U`` most likely too; ``11`` may be 2 or 11.
    """
    squeezed = re.sub(r"[\s.,]", "", text)
    found: dict[int, float] = {}
    exact = roman(squeezed)
    if exact is not None:
        return {exact: 3.0}
    if squeezed.isdecimal() and len(squeezed) <= 2:
        found[int(squeezed)] = 2.0
    for reading in (squeezed, squeezed.replace("U", "II").replace("u", "II")):
        number = roman(reading.translate(_ROMAN_SLIPS).upper())
        if number is not None:
            found.setdefault(number, 2.2 if reading != squeezed else 2.5)
    return found
