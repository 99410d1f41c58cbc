"""What the import of a regulation passes from step to step, and its limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.errors import SpbeError

MOST_BYTES = 20_000_000
MOST_PAGES = 1_000
MOST_LETTERS = 10_000_000
MOST_UNPACKED = 100_000_000
MOST_PARTS = 5_000
MOST_OCR_PAGES = 120
MOST_OCR_SECONDS = 900


class DocumentError(SpbeError):
    """A document cannot be read; the message says why and names the mend, in Indonesian."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    Attributes:
        text: The line without outer blanks.
        page: Page from 1; 0 where a format has no pages.
        left: Left edge in points, None where the format does not tell.
        right: Right edge in points.
    """

    text: str
    page: int = 0
    left: float | None = None
    right: float | None = None

    def say(self) -> str:
        """Name the place for a person."""
        return f"halaman {self.page}" if self.page else "naskah"

    def with_text(self, text: str) -> "Line":
        """Return the line with other text at the same place."""
        return Line(text, self.page, self.left, self.right)


@dataclass(frozen=True, slots=True)
class Printed:
    """A word, or words of one line, with edges in pixels."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Pages:
    """The lines of a document, page by page.

    Attributes:
        lines: Per page, from top to bottom.
        paragraphs: Whether a line is a whole paragraph (DOCX, converted text).
        warnings: Doubts met while reading.
    """

    lines: tuple[tuple[Line, ...], ...]
    paragraphs: bool = False
    warnings: tuple[str, ...] = ()

    def all(self) -> Iterator[Line]:
        """Give all lines in order."""
        for page in self.lines:
            yield from page


@dataclass(frozen=True, slots=True)
class Identity:
    """What a regulation is called. Texts are empty and numbers None where not found."""

    kind: str = ""
    kind_name: str = ""
    number: str = ""
    year: int | None = None
    title: str = ""
    issuer: str = ""
    region: str = ""
    draft: bool = False
    amendment: bool = False
    enacted: date | None = None
    place: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ayat:
    """A numbered paragraph of an article; number 0 for text that bears none."""

    number: int
    lines: tuple[Line, ...]
    suffix: str = ""

    @property
    def label(self) -> str:
        """The number as printed, such as ``2`` or ``2a``."""
        return f"{self.number}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading above articles: BAB, Bagian or Paragraf."""

    kind: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Pasal:
    """An article of the body.

    Attributes:
        number: As printed, ``5``, ``5A`` or ``II``.
        headings: The BAB, Bagian and Paragraf above it, outermost first.
        ayat: Its paragraphs in order.
        line: Where its heading stands.
        note: What the official elucidation says about it.
    """

    number: str
    headings: tuple[Chapter, ...]
    ayat: tuple[Ayat, ...]
    line: Line
    note: str = ""

    @property
    def chapter(self) -> str:
        """Title of the BAB it stands in, or nothing."""
        return next((h.title for h in self.headings if h.kind == "bab"), "")

    @property
    def numbers(self) -> list[int]:
        """The numbers of its ayat."""
        return list(dict.fromkeys(a.number for a in self.ayat if a.number))


@dataclass(frozen=True, slots=True)
class ImportedRegulation:
    """A regulation read from a document, with all doubts."""

    identity: Identity
    chapters: tuple[Chapter, ...]
    pasal: tuple[Pasal, ...]
    annexes: tuple[str, ...]
    warnings: tuple[str, ...]
