"""Finds what a regulation is called: kind, number, year, title, issuer, draft, amendment."""

import re
from collections.abc import Sequence
from datetime import date

from rapidfuzz.distance import Levenshtein

from bot.knowledge.importing.clean import join
from bot.knowledge.importing.headings import starts_like
from bot.knowledge.importing.issuer import capitals, issuer_of
from bot.knowledge.importing.kinds import KINDS, Kind
from bot.knowledge.importing.model import Identity, Line
from bot.knowledge.importing.numerals import year as read_year
from bot.knowledge.importing.titles import casing, title_case

_HEAD = 80
_MOST_ISSUER_LINES = 4
_OFFICES = (
    *("BUPATI", "GUBERNUR", "WALIKOTA", "PRESIDEN", "MENTERI", "KEPALA", "KETUA", "SEKRETARIS"),
    *("DIREKTUR", "REKTOR", "JAKSA", "PANGLIMA", "PIMPINAN", "DEWAN"),
)
_LONGEST = 2_000
_NUMBER = re.compile(
    r"(?i)^\W*(?:N\s?O\s?M\s?[O0]\s?R|NO\b\.?)\s*[:.;]?\s*(?P<number>.*?)"
    r"\s*T\s?A\s?H\s?U\s?N\s*[:.]?\s*(?P<year>[0-9OolLIiSsBZ ]{4,6})\b"
)
# Ministries number thus: "NOMOR 204/PMK.07/2022".
_CODED = re.compile(
    r"(?i)^\W*NOMOR\s*:?\s*(?P<number>[\w.-]+(?:/[\w.-]+)*/(?P<year>(?:19|20)\d\d))\W*$"
)
_DAY = re.compile(
    r"(?i)tanggal\s*[:,]?\s*(?P<day>\d{1,2})\s+(?P<month>[a-z]{3,9})\s+(?P<year>\d\S{3})"
)
_MONTHS = (
    "januari februari maret april mei juni juli agustus september oktober november desember"
).split()
_ENACTED = re.compile(
    r"(?i)(?:di\s?tetapkan|di\s?sahkan)\s+di\s+(?P<place>[^,\d]{3,40}?)\s*(?:pada\b.*)?$"
)


def read_identity(lines: Sequence[Line]) -> Identity:
    """Read what a regulation is called from its opening and its closing lines."""
    warnings: list[str] = []
    end = next(
        (
            at
            for at, line in enumerate(lines[: 2 * _HEAD])
            if starts_like(line.text, "DENGAN RAHMAT") or starts_like(line.text, "Menimbang")
        ),
        min(_HEAD, len(lines)),
    )
    head = [line.with_text(line.text[:_LONGEST]) for line in lines[:end]]
    kind, at, rest = _kind(head)
    if kind is None:
        warnings.append("Jenis peraturan tidak dikenali dari judulnya.")
    number, year, number_at, number_shown = _number(head, at)
    shouted = _title(head, max(at, number_at))
    cased = casing(lines)
    title = title_case(shouted, cased)
    if not title:
        warnings.append("Judul (“TENTANG …”) tidak ditemukan.")
    between = head[at + 1 : number_at if number_at > at else at + 3]
    issuer, region = issuer_of(kind, rest, between, head, lines, cased)
    if kind and not issuer:
        warnings.append("Lembaga atau daerah penetapnya tidak dikenali.")
    draft = _draft(head, number or number_shown, lines, warnings)
    if number_shown and not number:
        warnings.append(f"Nomor “{number_shown}” tidak terbaca; isi nomornya menurut naskah.")
    elif not number and not draft:
        warnings.append("Nomor peraturan tidak ditemukan.")
    if year is None:
        warnings.append("Tahun peraturan tidak ditemukan.")
    place, enacted = _enacted(lines)
    if enacted is None and not draft:
        warnings.append("Tanggal penetapan tidak ditemukan.")
    elif enacted and year and enacted.year != year:
        warnings.append(f"Tanggal penetapan ({enacted.isoformat()}) tidak sesuai tahun {year}.")
    if number and not re.fullmatch(r"[0-9]+[A-Za-z]?|\d+/\S+", number_shown):
        warnings.append(f"Nomor “{number_shown}” dibaca sebagai {number}; cocokkan dengan naskah.")
    id_ = kind.id if kind else ""
    return Identity(
        kind=f"ran{id_}" if draft and id_ else id_,
        kind_name=kind.name if kind else "",
        number=number,
        year=year,
        title=title,
        issuer=issuer,
        region=region,
        draft=draft,
        amendment=_amends(shouted),
        enacted=enacted,
        place=place,
        warnings=tuple(warnings),
    )


def _kind(head: Sequence[Line]) -> tuple[Kind | None, int, str]:
    """Return the kind, its line and what follows it there."""
    best: tuple[float, Kind | None, int, str] = (0.0, None, -1, "")
    for at, line in enumerate(head):
        letters = capitals(line.text).removeprefix("RANCANGAN").removeprefix("SALINAN")
        if not line.text.isupper() and sum(c.islower() for c in line.text) > 3:
            continue
        for kind in KINDS:
            start = letters[: len(kind.heading)]
            if abs(len(start) - len(kind.heading)) > 2:
                continue
            slips = Levenshtein.distance(start, kind.heading)
            score = 1 - slips / len(kind.heading)
            if score >= 0.88 and score > best[0] + 0.001:
                best = (score, kind, at, letters[len(kind.heading) :])
    return best[1], best[2], best[3]


def _number(head: Sequence[Line], after: int) -> tuple[str, int | None, int, str]:
    """Return number, year, the line they stand on and the number as printed."""
    order = [*range(max(after, 0), len(head)), *range(max(after, 0))]
    for at in order:
        text = head[at].text
        found = _NUMBER.match(text) or _NUMBER.match(re.sub(r"^.*?(?=NOMOR\b)", "", text))
        if found is None:
            found = _NUMBER.match(_mended(text))
        if found is None and at + 1 < len(head) and re.match(r"(?i)^\W*nomor\b", text):
            found = _NUMBER.match(f"{text} {head[at + 1].text}")
        coded = _CODED.match(text) if found is None else None
        if coded is not None:
            return coded["number"], int(coded["year"]), at, coded["number"]
        if found is None:
            continue
        printed = found["number"].strip(" :.…_-")
        year = read_year(found["year"])
        return _plain_number(printed), year, at, printed
    return "", None, -1, ""


def _mended(text: str) -> str:
    """Write NOMOR and TAHUN right where they are misread or stuck to the figures."""
    spaced = re.sub(r"(?<=[A-Z]{4})(?=\d)|(?<=\d)(?=T\S{4}\b)", " ", text)
    words = spaced.split()
    for at, word in enumerate(words):
        for right in ("NOMOR", "TAHUN"):
            if len(word) >= 4 and Levenshtein.distance(word.upper(), right) <= 2:
                words[at] = right
    return " ".join(words)


def _plain_number(printed: str) -> str:
    if not printed or re.fullmatch(r"[\s.…_-]*", printed):
        return ""
    squeezed = printed.replace(" ", "")
    if re.fullmatch(r"\d+[A-Za-z]?", squeezed) or "/" in squeezed:
        return squeezed
    from bot.knowledge.importing.numerals import digits

    read = digits(squeezed)
    return str(read) if read else ""


def _title(head: Sequence[Line], after: int) -> str:
    start = None
    for at in range(max(after, 0), len(head)):
        letters = capitals(head[at].text)
        if letters == "TENTANG" or re.search(r"TAHUN\S*\s+\d{4}\s+TENTANG\s*$", head[at].text):
            start = at + 1
            break
        same = re.search(r"TAHUN\S*\s+\d{4}\s+TENTANG\s+(\S.*)$", head[at].text)
        if same is not None:
            return join([same[1], *_title_lines(head, at + 1)])
        if letters.startswith("TENTANG"):
            parts = [re.sub(r"(?i)^\W*T\s?E\s?N\s?T\s?A\s?N\s?G\W*", "", head[at].text)]
            return join([*parts, *_title_lines(head, at + 1)])
    return join(_title_lines(head, start)) if start is not None else ""


def _title_lines(head: Sequence[Line], start: int) -> list[str]:
    out = []
    end = min(len(head), start + 14)
    for at in range(start, end):
        letters = capitals(head[at].text)
        # The issuer's line follows the title where the words of grace are lost or not used.
        if letters.startswith("DENGANRAHMAT") or _signs(head, at):
            break
        out.append(head[at].text)
    return out


def _signs(head: Sequence[Line], at: int) -> bool:
    """Whether the issuer's own line starts here: "MENTERI …," up to the considerations."""
    last = head[-1].text.rstrip(" _*'")
    few = len(head) - at <= _MOST_ISSUER_LINES
    return few and last.endswith(",") and capitals(head[at].text).startswith(_OFFICES)


def _amends(title: str) -> bool:
    """Whether a title begins "PERUBAHAN (KEDUA) ATAS"; slips of recognition aside."""
    return bool(re.match(r"PERUBAHAN\w{0,2}(?:KE\w+)?ATAS", capitals(title))) or any(
        starts_like(title, f"PERUBAHAN {time} ATAS") for time in ("", "KEDUA", "KETIGA", "KEEMPAT")
    )


def _draft(head: Sequence[Line], number: str, lines: Sequence[Line], warnings: list[str]) -> bool:
    said = any(re.match(r"^(?:RANCANGAN|DRAFT?|KONSEP)\b", li.text.strip(" *_")) for li in head)
    copied = any(capitals(line.text) == "SALINAN" for line in head)
    if not number:
        if said or not _enacted(lines)[1]:
            warnings.append("Rancangan: belum bernomor atau belum ditetapkan.")
            return True
        return False
    if said and (copied or _enacted(lines)[1]):
        warnings.append(
            "Naskah memuat tulisan “RANCANGAN” tetapi sudah bernomor dan ditetapkan atau berupa "
            "salinan; dibaca sebagai peraturan. Pastikan berkasnya."
        )
        return False
    if said:
        warnings.append("Naskah bertulisan “RANCANGAN”.")
    return said


def _enacted(lines: Sequence[Line]) -> tuple[str, date | None]:
    for at, line in enumerate(lines):
        found = _ENACTED.search(line.text)
        if found is None:
            continue
        for following in lines[at : at + 4]:
            day = _DAY.search(following.text)
            month = _month(day["month"]) if day else None
            year = read_year(day["year"].strip(" ,.")) if day else None
            if day and month and year:
                try:
                    return found["place"].strip(" ."), date(year, month, int(day["day"]))
                except ValueError:
                    continue
    return "", None


def _month(word: str) -> int | None:
    distances = [Levenshtein.distance(word.lower(), month) for month in _MONTHS]
    least = min(distances)
    return distances.index(least) + 1 if least <= 2 and distances.count(least) == 1 else None
