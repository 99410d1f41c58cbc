"""What a summary claims that a program can look up: numbers, named officials, copied wording."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Addresses of provisions and names of regulations: the links check those.
_ADDRESS = re.compile(
    r"(?i)\b(?:pasal|ayat|huruf|angka|bab|lampiran|bagian|indikator|tingkat|level|formulir|tabel)"
    r"\s+\(?[\divxlc]+(?:\.\d+)*\)?(?:\s*(?:,|dan|atau|sampai|–|-|s\.d\.)\s*\(?\d+(?:\.\d+)*\)?)*"
)
_LAW = re.compile(
    r"(?i)\b(?:nomor\s+\d+\s+tahun\s+\d{4}|(?:\w+\s+)?\d+/\d{4}|(?:uu|pp|iso|sni)[\s/\w]*\s\d[\d:-]*)"
)
_MARK = re.compile(r"(?m)^\s*- (?:[a-z]|\d+)\. ?")
_WORD = re.compile(r"[a-z0-9]+")
_WORDS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
COPIED_WORDS = 12
# Names of offices and things are about this long.
_NAME_WORDS = 4.5
_PART = re.compile(r"[,;:()/]|\bdan\b|\batau\b|\bserta\b")

# As we call an official -> what must stand in the law for it (any of them).
OFFICIALS: dict[str, tuple[str, ...]] = {
    r"Presiden(?! Nomor| Republik)": ("presiden",),
    r"Wakil Presiden": ("wakil presiden",),
    r"Menteri PANRB": ("aparatur negara", "menteri"),
    r"Menteri Kominfo|Menteri Komdigi": ("komunikasi dan informatika", "menteri"),
    r"Menteri PPN|Kepala Bappenas": ("perencanaan pembangunan", "menteri"),
    r"Menteri Dalam Negeri|Mendagri": ("dalam negeri",),
    r"Menteri Keuangan": ("keuangan",),
    r"Kepala BSSN": ("siber", "kepala badan", "badan"),
    r"\bBSSN\b": ("siber", "badan", "bssn"),
    r"Kepala BRIN|\bBRIN\b": (
        "riset",
        "inovasi",
        "pengkajian dan penerapan teknologi",
        "badan",
        "brin",
    ),
    r"Gubernur|[Gg]ubernur": ("gubernur", "kepala daerah", "pemerintah daerah"),
    r"[Bb]upati": ("bupati", "kepala daerah", "pemerintah daerah"),
    r"[Ww]ali [Kk]ota": ("wali kota", "walikota", "kepala daerah", "pemerintah daerah"),
    r"[Ss]ekretaris [Dd]aerah": (
        "sekretaris daerah",
        "sekretariat daerah",
        "koordinator spbe",
    ),
    r"\bBPS\b": ("statistik",),
    r"\bBIG\b": ("geospasial",),
    r"Komite(?! Akreditasi)": ("komite",),
    r"Komite Akreditasi": ("akreditasi lembaga penilaian kesesuaian", "komite akreditasi"),
    r"Inspektorat": ("inspektorat", "pengawas"),
    r"Panglima": ("panglima", "tentara nasional"),
    r"Kapolri": ("kepolisian", "kapolri"),
    r"Jaksa Agung": ("kejaksaan", "jaksa agung"),
}


def unknown_numbers(text: str, source: str) -> list[str]:
    """Return the numbers of a summary that its source does not hold."""
    bare = _LAW.sub(" ", _ADDRESS.sub(" ", _MARK.sub(" ", text)))
    known = {_plain(n) for n in _NUMBER.findall(source)}
    words = set(_WORD.findall(source.lower()))
    out = []
    for number in dict.fromkeys(_NUMBER.findall(bare)):
        value = _plain(number)
        spelled = value.isdigit() and int(value) < len(_WORDS) and _WORDS[int(value)] in words
        if value not in known and not spelled:
            out.append(number)
    return out


def unknown_officials(text: str, source: str) -> list[str]:
    """Return the officials that a summary names and nothing in its source stands for."""
    low = " ".join(source.lower().split())
    return [
        found[0]
        for pattern, needed in OFFICIALS.items()
        if (found := re.search(pattern, text)) and not any(word in low for word in needed)
    ]


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return every run of ``COPIED_WORDS`` words of a text."""
    words = _WORD.findall(text.lower())
    return {tuple(words[at : at + COPIED_WORDS]) for at in range(len(words) - COPIED_WORDS + 1)}


def copied_runs(text: str, source: set[tuple[str, ...]]) -> list[str]:
    """Return the longest runs, of twelve words or more within a line, that a source holds too.

    A mere list of names is no sentence: it counts only where its parts are long themselves.
    """
    out = []
    for line in text.splitlines():
        found = list(_WORD.finditer(line.lower()))
        words = [m[0] for m in found]
        at = 0
        while at <= len(words) - COPIED_WORDS:
            end = at
            while tuple(words[end : end + COPIED_WORDS]) in source:
                end += 1
            if end == at:
                at += 1
                continue
            last = end + COPIED_WORDS - 2
            run = line[found[at].start() : found[last].end()]
            if len(words[at : last + 1]) / len(_PART.split(run)) > _NAME_WORDS:
                out.append(run)
            at = last + 1
    return out


def joined(parts: Iterable[str]) -> str:
    """Join texts with blank lines, so that no run spans two of them."""
    return "\n\n".join(part for part in parts if part)


def _plain(number: str) -> str:
    """Write a number alike in both texts: ``2,60`` as ``2.6``, ``1.000`` as ``1000``."""
    text = number.strip(".,")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
        return text.replace(".", "")
    text = text.replace(",", ".")
    if text.count(".") == 1:
        return text.rstrip("0").rstrip(".")
    return text.lstrip("0") or "0"
