"""Sizes, colours and letters that all pictures share."""

from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke
from matplotlib.textpath import text_to_path

DPI = 100
WIDTH = 10.8
# 28 pixels at this resolution, in points; nothing is smaller.
SMALL = 28 * 72 / DPI
MEDIUM = 32 * 72 / DPI
LARGE = 40 * 72 / DPI
# Height of a line of small and of large text, and the margin, in inches.
ROW, HEAD_ROW, MARGIN = 0.40, 0.55, 0.38
FONT = "DejaVu Sans"
INK, PALE, GRID = "#1f2933", "#52606d", "#d9dee4"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8a6d00", "#56B4E9")
# Keeps text readable over lines.
HALO = (withStroke(linewidth=6, foreground="white"),)
MARKERS = ("o", "s", "^", "D", "v", "P")
# Width of the text column, in inches.
COLUMN = 0.92 * WIDTH


def wrapped(text: str, size: float, weight: str = "normal", room: float = COLUMN) -> list[str]:
    """Break a text into lines that fit a room (inches) at a size (points)."""
    lines, used = [""], 0.0
    gap = width(" ", size, weight)
    for word in text.split():
        wide = width(word, size, weight)
        if lines[-1] and used + gap + wide > room * 72:
            lines.append("")
            used = 0.0
        elif lines[-1]:
            lines[-1] += " "
            used += gap
        # A word wider than the room is broken anywhere.
        pieces = [word] if wide <= room * 72 else list(word)
        for piece in pieces:
            step = width(piece, size, weight)
            if lines[-1] and used + step > room * 72:
                lines.append("")
                used = 0.0
            lines[-1] += piece
            used += step
    return lines


@cache
def font(weight: str) -> FontProperties:
    """Return the font of all texts in a weight."""
    return FontProperties(family=FONT, weight=weight)


@lru_cache(4096)
def width(text: str, size: float, weight: str) -> float:
    """Return the width of a text in points."""
    sized = font(weight)
    sized.set_size(size)
    points: float = text_to_path.get_text_width_height_descent(text, sized, ismath=False)[0]
    return points
