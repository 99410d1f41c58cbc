"""Says where the letters of a document look badly recognised."""

import re
from collections.abc import Sequence

from bot.knowledge.importing.model import Line

_POOR = 0.005
_WORST_PAGES = 0.04
_LONGEST = 40  # letters: longer words are addresses
_ODD = re.compile(
    r"(?:[A-Za-z]+\d+[A-Za-z]+|[a-z]+[A-Z][a-z]*|\w*[~\\|$^¢£<>]\w*|[a-z]+\.[a-z]+|\w*[^\x00-\x7f\W]\w*)$"
)


def legibility_warnings(lines: Sequence[Line]) -> list[str]:
    """Warn where more words than usual hold signs that no word holds."""
    pages: dict[int, list[int]] = {}
    for line in lines:
        words = [w.strip("()[],;:.\"'“”") for w in line.text.split() if len(w) < _LONGEST]
        counts = pages.setdefault(line.page, [0, 0])
        counts[0] += sum(len(word) > 2 for word in words)
        counts[1] += sum(len(word) > 2 and bool(_ODD.match(word)) for word in words)
    total = sum(count for count, _ in pages.values())
    odd = sum(count for _, count in pages.values())
    out = []
    if total > 200 and odd / total > _POOR:
        out.append(f"Keterbacaan rendah: {odd / total:.1%} kata tampak salah baca.")
    worst = [
        page
        for page, (count, strange) in sorted(pages.items())
        if page and count > 50 and strange / count > _WORST_PAGES
    ]
    if worst:
        out.append(f"Halaman {', '.join(map(str, worst[:12]))} sulit terbaca; cocokkan.")
    return out
