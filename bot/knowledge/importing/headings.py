"""What looks like the heading of an article, a chapter or a part, and how much."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from bot.knowledge.importing.chain import Candidate
from bot.knowledge.importing.model import Line
from bot.knowledge.importing.numerals import digits, roman, roman_readings

PASAL = r"(?:[PpF][aeuo4]s[ae4][l1iI!|t]|PASA[LI1])"
_NUMERAL = r"(?P<number>[0-9OolI|!SsBZ]{1,4}(?:\s[0-9])?)\s?(?P<suffix>[A-Z])?"
_JUNK = r"(?:[^\w(]{1,4}|[A-Za-z]\s|\d\s)?"
_ALONE = re.compile(rf"^{_JUNK}{PASAL}\s*{_NUMERAL}(?P<after>[\s.,:;'\"`*_/~|-]*)$")
_ROMAN_ALONE = re.compile(rf"^{_JUNK}{PASAL}\s+(?P<roman>[IVXl1i|T!]{{1,5}})[\s.,:;'\"`*_/-]*$")
_GLUED = re.compile(rf"^(?P<title>.{{3,140}}?)\s+{PASAL}\s*{_NUMERAL}\s*$")
_BEFORE = re.compile(
    rf"^{_JUNK}{PASAL}\s*(?P<number>\d{{1,4}})(?P<suffix>[A-Z])?\s*[.:]?\s+(?P<rest>\S.*)$"
)
_BAB = re.compile(
    r"^\W{0,3}B\s?A\s?B\s*\.?\s*(?P<number>[IVXLC1lit|!UJHT0-9]{1,6})\W{0,2}(?:\s(?P<title>.*))?$"
)
_PART = re.compile(
    r"^\W{0,3}(?P<kind>Bag[il1].?an|BAGIAN|Paragraf|PARAGRAF)\s+"
    r"(?P<name>(?:[Kk]e|KE)\s?[A-Za-z]+(?:\s(?:[Bb]elas|BELAS|[Pp]uluh(?:\s\w+)?))?|[Pp]ertama|PERTAMA"
    r"|[IVXl]{1,5}|\d{1,2})\.?(?=\s|$|:)\W*(?P<title>.*)$"
)
# Only an ordinal alone: "Kegiatan kesatu" in a sentence is no heading.
_PART_LIKE = re.compile(
    r"^\W{0,3}(?P<word>[A-Z]\S{4,8})\s+(?P<rest>(?:[Kk]e[a-z]{3,9}(?:\s[Bb]elas)?|\d{1,2})\.?)$"
)
AYAT = re.compile(
    r"^\W{0,2}[(\[{]\s?['’]?(?P<number>[0-9OolIi|!SsBZ]{1,3})\s?(?P<suffix>[a-z])?\s?[)\]}]\s*"
    r"(?:[.:][\s'-]+(?=[A-Z]))?(?P<rest>.*)$"  # "(1). Kebun" is printed, too
)
_CONNECTIVE = re.compile(
    r"(?i)(?:\b(?:dalam|pada|dan|atau|dengan|ketentuan|dimaksud|sampai|menurut|oleh|tentang|huruf"
    r"|ayat|angka|dari|jo|juncto|serta|yang|antara|melanggar|berdasarkan|diubah|sehingga|bahwa"
    r"|di|ke|adalah|untuk|nomor|terhadap|sesuai|pasal)|[,/(-])$"
)
_NAMED_ELSEWHERE = re.compile(
    r"(?i)^(?:ayat|huruf|angka|dan|atau|jo|s/d|undang|peraturan\s+\w+\s+nomor|KUHP|kitab)"
)
_SMALL = frozenset(
    "dan atau di ke dari yang untuk pada dalam dengan serta bagi oleh tentang atas".split()
)


def starts_like(text: str, phrase: str) -> bool:
    """Whether a line begins with a phrase, blanks and slips of recognition aside."""
    wanted = re.sub(r"[^a-z]", "", phrase.lower())
    start = re.sub(r"[^a-z]", "", text[:120].lower())[: len(wanted)]
    return len(start) >= len(wanted) - 1 and fuzz.ratio(start, wanted) >= 84


def part_heading(text: str) -> tuple[str, str, str] | None:
    """Read "Bagian Kesatu …" or "Paragraf 2 …" into kind, name and title on the same line."""
    found = _PART.match(text) or _PART.match(_mended_part(text))
    if found is None:
        return None
    title = found["title"].strip()
    if title and (title[0].islower() or title.endswith((".", ";", ","))):
        return None
    kind = "paragraf" if found["kind"].lower().startswith("p") else "bagian"
    name = re.sub(r"(?i)^ke\s", "ke", found["name"])
    return kind, f"{kind.capitalize()} {name[:1].upper()}{name[1:].lower()}", title


def _mended_part(text: str) -> str:
    """Write "Bagian" or "Paragraf" right where a letter or two of it are misread."""
    found = _PART_LIKE.match(text)
    if found is None:
        return ""
    word = found["word"]
    for right in ("Bagian", "Paragraf"):
        if Levenshtein.distance(word.lower(), right.lower()) <= len(right) // 4:
            return f"{right} {found['rest']}"
    return ""


def chapter_candidates(lines: Sequence[Line], start: int, end: int) -> list[Candidate]:
    """Return what may be headings of a BAB between two lines."""
    out = []
    for at in range(start, end):
        found = _BAB.match(lines[at].text)
        if found is None:
            continue
        title = (found["title"] or "").strip()
        penalty = 0.0
        if title:
            penalty = 1.0 if title.upper() == title else 3.0
        if runs_on(lines, at, start):
            penalty += 2.0
        for number, score in roman_readings(found["number"]).items():
            out.append(Candidate(at, number, score - penalty))
    return out


def chapter_title_on_line(text: str) -> str:
    """Return what stands after the numeral of a BAB heading."""
    found = _BAB.match(text)
    return (found["title"] or "").strip() if found else ""


def pasal_candidates(lines: Sequence[Line], start: int, end: int) -> list[Candidate]:
    """Return what may be headings of articles between two lines."""
    margin = body_margin(lines[start:end])
    out: list[Candidate] = []
    for at in range(start, end):
        text = lines[at].text
        if "as" not in text.lower() and "es" not in text.lower():
            continue
        alone = _ALONE.match(text)
        if alone is not None and ". ." not in alone["after"]:
            score = 4.0 if not alone["after"].strip(" '\"`*_/~|-") else 1.5
            score += _layout(lines, at, start, end, margin)
            out += _readings(at, alone["number"], alone["suffix"] or "", score)
            continue
        before = _BEFORE.match(text)
        if before is not None:
            score = _with_text_after(lines, at, start, before["rest"])
            if score > 0:
                out += _readings(at, before["number"], before["suffix"] or "", score)
            continue
        glued = _GLUED.match(text)
        if glued is not None and not _continues(lines, at, end):
            part = part_heading(glued["title"]) or (
                at > start and part_heading(lines[at - 1].text)
            )
            if not _is_title(glued["title"], least=0.7 if part else 1.0):
                continue
            score = 3.0 if part else 2.2
            out += _readings(at, glued["number"], glued["suffix"] or "", score)
    return out


def roman_candidates(lines: Sequence[Line], start: int, end: int) -> list[Candidate]:
    """Return what may be the Pasal I, II … of an amendment."""
    margin = body_margin(lines[start:end])
    out: list[Candidate] = []
    for at in range(start, end):
        found = _ROMAN_ALONE.match(lines[at].text)
        if found is None:
            continue
        following = " ".join(line.text for line in lines[at + 1 : at + 6]).lower()
        exact = roman(found["roman"])
        number = exact or roman(found["roman"].translate(str.maketrans("l1i|T!", "IIIIII")))
        if number is None or number > 9:
            continue
        score = (3.0 if exact else 0.0) + _layout(lines, at, start, end, margin)
        if number == 1 and re.search(r"diubah|ketentuan|mengubah|disisip|lampiran", following):
            score += 1.5
        if number > 1 and re.search(r"mulai\s+berlaku", following):
            score += 2.5
        out.append(Candidate(at, number, score))
    return out


def split_heading(text: str) -> tuple[str, str]:
    """Return what shares a heading's line: the title before it, and the text after it."""
    if _ALONE.match(text) or _ROMAN_ALONE.match(text):
        return "", ""
    before = _BEFORE.match(text)
    if before is not None:
        return "", before["rest"]
    glued = _GLUED.match(text)
    return (glued["title"], "") if glued is not None else ("", "")


def body_margin(lines: Sequence[Line]) -> float | None:
    """Return the left edge at which most lines start, None without positions."""
    edges = sorted(line.left for line in lines if line.left is not None)
    return edges[len(edges) // 4] if len(edges) >= 10 else None


def _readings(at: int, number: str, suffix: str, score: float) -> list[Candidate]:
    if number.isdecimal():
        out = [Candidate(at, int(number), score, suffix)]
        # A letter after the number may be a digit misread: 1O for 10, 1I for 11.
        read = digits(number + suffix) if suffix in ("O", "I", "S", "B", "Z") else None
        if suffix and read is not None:
            out.append(Candidate(at, read, score - 1.0))
        return out
    value = digits(number + suffix)
    return [Candidate(at, value, score - 0.5)] if value else []


def _layout(lines: Sequence[Line], at: int, start: int, end: int, margin: float | None) -> float:
    score = 0.0
    if runs_on(lines, at, start):
        score -= 3.5
    if at + 1 < end:
        first = lines[at + 1].text[:1]
        if first.islower() and not re.match(r"[a-z]\s?[.)]", lines[at + 1].text):
            score -= 2.0
    left = lines[at].left
    if margin is not None and left is not None:
        score += 1.0 if left > margin + 40 else -1.0
    return score


def runs_on(lines: Sequence[Line], at: int, start: int) -> bool:
    """Whether the sentence of the line before goes on in this one."""
    return at > start and bool(_CONNECTIVE.search(lines[at - 1].text.rstrip()))


def _with_text_after(lines: Sequence[Line], at: int, start: int, rest: str) -> float:
    if runs_on(lines, at, start) or _NAMED_ELSEWHERE.match(rest):
        return 0.0
    if AYAT.match(rest):
        return 3.0
    ended = at == start or lines[at - 1].text.rstrip().endswith((".", ";", ":"))
    heading_above = at > start and lines[at - 1].text.isupper()
    if rest[:1].isupper() and (ended or heading_above):
        return 1.2
    return 0.0


def _is_title(text: str, *, least: float) -> bool:
    words = re.findall(r"[^\W\d_][\w'-]*", text)
    if not words or words[-1].lower() in _SMALL or _CONNECTIVE.search(text) is not None:
        return False
    good = sum(1 for word in words if str(word)[0].isupper() or word in _SMALL)
    return bool(good >= least * len(words))


def _continues(lines: Sequence[Line], at: int, end: int) -> bool:
    return at + 1 < end and lines[at + 1].text[:1].islower()
