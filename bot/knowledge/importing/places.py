"""Recognises the region in a heading, also where blanks are lost or letters misread."""

import csv
import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from bot.knowledge.folder import shipped_folder

_MOST_SLIPS = 2
_KINDS = {"Provinsi": "PROVINSI", "Kabupaten": "KABUPATEN", "Kota": "KOTA"}


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the list of the Ministry of Home Affairs."""

    code: str
    name: str


def find_place(letters: str, kind: str) -> Place | None:
    """Find a region by the capitals of a heading without blanks.

    Args:
        letters: Such as ``KULONPROGO``, or ``KABUPATENKULONPROGO`` for kind ``*``.
        kind: Provinsi, Kabupaten or Kota; ``*`` where the letters say which.
    """
    if not letters:
        return None
    best: tuple[float, Place] | None = None
    # "KOTABARU" is a name, "KOTABANDUNG" a kind and a name: try both readings.
    for kinds, bare in (((*_KINDS,), letters), _said(letters)):
        for own, name, place in _places():
            if own not in (kinds if kind == "*" else (kind,)):
                continue
            slips = Levenshtein.distance(bare[: len(name)], name, score_cutoff=_MOST_SLIPS)
            if slips > min(_MOST_SLIPS, len(name) // 5):
                continue
            # Letters left over count too: "LUWUUTARJ" is LUWUUTARA rather than LUWU.
            cost = slips + 0.3 * abs(len(bare) - len(name))
            if best is None or cost < best[0]:
                best = (cost, place)
    return best[1] if best else None


def _said(letters: str) -> tuple[tuple[str, ...], str]:
    """Take the kind of region off the front, as in ``KABUPATENKULONPROGO``."""
    for kind, word in _KINDS.items():
        front = letters[: len(word)]
        # "PROPINSI" is the old spelling; of four letters none may be wrong.
        if Levenshtein.distance(front, word) <= (2 if len(word) > 5 else 0):
            return (kind,), letters[len(word) :]
    return tuple(_KINDS), letters


@cache
def _places() -> tuple[tuple[str, str, Place], ...]:
    out = []
    with (shipped_folder() / "wilayah.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            kind = row["jenis"].strip().capitalize()
            name = row["nama"].strip()
            bare = re.sub(r"^(?:Provinsi|Kabupaten|Kota)\s+(?:Administrasi\s+)?", "", name)
            full = name if name.startswith(kind) else f"{kind} {name}"
            out.append((kind, _squeeze(bare), Place(row["kode"].strip(), full)))
    return tuple(out)


def _squeeze(text: str) -> str:
    return re.sub(r"[^A-Z]", "", text.upper())
