"""Years and spans of years in a question."""

from dataclasses import dataclass

from bot.language.words import NUMBER_WORDS

_SHIFTS = {
    "sebelum": -1,
    "sebelumnya": -1,
    "lalu": -1,
    "kemarin": -1,
    "berikut": 1,
    "berikutnya": 1,
    "setelahnya": 1,
    "sesudahnya": 1,
}
_SPAN_WORDS = frozenset({"sampai", "hingga", "ke", "s", "-", "–"})


@dataclass(frozen=True, slots=True)
class Years:
    """What a question says of years.

    Attributes:
        years: Years named, in order, a span filled in.
        span: Whether they came as a span ("2021 sampai 2024").
        last: "4 tahun terakhir" gives 4.
        shift: "tahun sebelumnya" gives -1, "tahun berikutnya" 1: the year talked of is left to
            the conversation.
    """

    years: tuple[int, ...] = ()
    span: bool = False
    last: int = 0
    shift: int = 0

    def __bool__(self) -> bool:
        return bool(self.years or self.last or self.shift)


def find_years(tokens: list[str]) -> Years:
    """Find calendar years 2000–2099 and "n tahun terakhir" among tokens.

    A year right after ``/`` belongs to a regulation's number and is left alone, as is one that
    follows "nomor n tahun".
    """
    found: list[int] = []
    span = False
    for at, token in enumerate(tokens):
        if (
            len(token) != 4
            or not token.isdigit()
            or token[:2] != "20"
            or (at and tokens[at - 1] == "/")
        ):
            continue
        year = int(token)
        if found and at and tokens[at - 1] in _SPAN_WORDS:
            start = found[-1]
            if start < year and tokens[at - 1] != "ke":
                found.extend(range(start + 1, year + 1))
                span = True
                continue
        elif found and at > 1 and tokens[at - 1] == "tahun" and tokens[at - 2] in _SPAN_WORDS:
            start = found[-1]
            if start < year and tokens[at - 2] != "ke":
                found.extend(range(start + 1, year + 1))
                span = True
                continue
        found.append(year)
    last = 0
    for at, token in enumerate(tokens[:-2]):
        if tokens[at + 1] == "tahun" and tokens[at + 2] in ("terakhir", "belakangan", "ini"):
            last = NUMBER_WORDS.get(token, int(token) if token.isdigit() else 0)
    shift = 0
    for at, token in enumerate(tokens[:-1]):
        if token in ("tahun", "tahunnya") and tokens[at + 1] in _SHIFTS:
            shift = _SHIFTS[tokens[at + 1]]
    return Years(tuple(dict.fromkeys(found)), span, last if last < 20 else 0, shift)
