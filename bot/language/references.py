"""References to law, parsed by grammar and never fuzzed: regulation, pasal, ayat, indikator.

Words have had their spelling repaired before; numbers are taken as they stand.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.locator import segments
from bot.knowledge.model import Regulation
from bot.language.lexicon import REVOKING_WORDS, STATUS_WORDS
from bot.language.text import longest_by_first, tokenize

# Ways to say a kind of regulation -> family. A family holds the kinds people mix up.
_KINDS: dict[tuple[str, ...], str] = {}


def _kinds(family: str, *names: str) -> None:
    for name in names:
        _KINDS[tuple(name.split())] = family


_kinds("perpres", "perpres", "peraturan presiden")
_kinds(
    "panrb",
    "permenpan",
    "permenpanrb",
    "permenpan rb",
    "permen pan",
    "permen panrb",
    "permen pan rb",
    "peraturan menteri panrb",
    "peraturan menpan",
    "peraturan menpan rb",
    "peraturan menpanrb",
    "peraturan menteri pan",
    "peraturan menteri pan rb",
    "peraturan panrb",
    "permenpanrebe",
    "peraturan menteri pendayagunaan aparatur negara dan reformasi birokrasi",
    "kepmenpan",
    "kepmenpanrb",
    "kepmenpan rb",
    "kepmen pan",
    "kepmen panrb",
    "kepmen pan rb",
    "keputusan menteri panrb",
    "keputusan menpan",
    "keputusan menpanrb",
    "keputusan menteri pan rb",
    "pedoman menpan",
    "pedoman menpanrb",
    "pedoman menpan rb",
    "pedoman menteri panrb",
    "pedoman menteri pan rb",
    "pedoman menteri",
    "pedoman panrb",
    "pedoman",
    "se menpan",
    "se menpanrb",
    "se menpan rb",
    "se menteri panrb",
    "surat edaran menpan",
    "surat edaran menpanrb",
    "surat edaran menteri panrb",
    "surat edaran menpan rb",
    "menpan",
    "menpanrb",
    "menpan rb",
    "panrb",
)
_kinds(
    "kominfo",
    "permenkominfo",
    "permen kominfo",
    "peraturan menteri kominfo",
    "permenkomdigi",
    "peraturan menteri komunikasi dan informatika",
    "permen komdigi",
    "permenkominpo",
    "peraturan menkominfo",
    "permen kominpo",
)
_kinds(
    "bssn",
    "bssn",
    "peraturan bssn",
    "perbssn",
    "per bssn",
    "perban bssn",
    "perka bssn",
    "peraturan badan siber dan sandi negara",
    "peraturan kepala bssn",
)
_kinds(
    "ppn",
    "permen ppn",
    "permenppn",
    "peraturan menteri ppn",
    "permen bappenas",
    "peraturan bappenas",
    "permenppn bappenas",
    "permen ppn bappenas",
    "ppn",
)
_kinds(
    "brin",
    "brin",
    "peraturan brin",
    "perbrin",
    "perban brin",
    "per brin",
    "peraturan badan riset dan inovasi nasional",
)
_kinds("perwali", "perwali", "perwako", "perwal", "peraturan wali kota", "peraturan walikota")
_kinds("perbup", "perbup", "peraturan bupati")
_kinds("pergub", "pergub", "peraturan gubernur")
_kinds("perda", "perda", "peraturan daerah")
_kinds("uu", "uu", "undang undang", "uud")
_kinds("pp", "pp", "peraturan pemerintah")
_kinds("inpres", "inpres", "instruksi presiden")
_kinds("keppres", "keppres", "keputusan presiden")
_kinds("permendagri", "permendagri", "peraturan menteri dalam negeri", "permen dagri")
_kinds("permenkeu", "pmk", "permenkeu", "peraturan menteri keuangan")
_kinds(
    "permen",
    "permen",
    "peraturan menteri",
    "kepmen",
    "keputusan menteri",
    "peraturan",
    "se",
    "surat edaran",
    "perka",
    "perban",
    "permendikbud",
    "permenkes",
    "permendesa",
)

KIND_WORDS = frozenset(word for name in _KINDS for word in name)
"""Words that names of kinds of regulation are made of."""

_ID_FAMILIES = {
    "perpres": "perpres",
    "permenpanrb": "panrb",
    "kepmenpanrb": "panrb",
    "pedoman-menpanrb": "panrb",
    "se-menpanrb": "panrb",
    "permenkominfo": "kominfo",
    "peraturan-bssn": "bssn",
    "permenppn": "ppn",
    "peraturan-brin": "brin",
}
# Laws that are called by name: "UU ITE", "PP PSTE". None of them is ours.
_UNNUMBERED = frozenset({"uu", "pp"})
_REACH = longest_by_first(_KINDS)
_ORDER = ("pasal", "ayat", "huruf", "angka")
_PARTS = ("bab", "bagian", "angka", "butir", "huruf")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
# What may stand between "indikator" and its number.
_BEFORE_NUMBER = frozenset({"nomor", "ke", "spbe", "pemdi"})
# A number beside these counts or addresses something and names no regulation.
_COUNTED = frozenset({*_ORDER, "indikator", "level", "tingkat", "domain", "aspek", "bab", "tahun"})
UNITS = frozenset("hari bulan tahun persen indikator daerah kabupaten kota provinsi orang".split())
_ASKS_STATUS = STATUS_WORDS | REVOKING_WORDS


@dataclass(frozen=True, slots=True)
class RegulationMention:
    """A regulation named in a question.

    Attributes:
        id: Id in the knowledge, or empty when it is not there.
        name: What was said, to repeat it: ``perpres 96/2018``.
        family: Kind family as said; empty for a bare number or nickname.
        start: First token.
        end: Token after the last.
        candidates: Ids it may mean when the year was left out.
        near: Ids of others of the same region where the one named is not known.
    """

    id: str
    name: str
    family: str
    start: int
    end: int
    candidates: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class References:
    """All that a question points at by name or number.

    Attributes:
        locator: A pasal and what lies below it.
        part: Any other place, such as ``bab-3-bagian-b``; a text may hold it or not.
    """

    regulations: tuple[RegulationMention, ...] = ()
    locator: str = ""
    part: str = ""
    indicator: int | None = None
    level: int | None = None
    used: frozenset[int] = frozenset()

    @property
    def regulation(self) -> RegulationMention | None:
        """The first regulation named."""
        return self.regulations[0] if self.regulations else None


class ReferenceParser:
    """Parses references against the regulations that the knowledge holds."""

    def __init__(self, regulations: Iterable[Regulation]) -> None:
        self._by_number: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._by_alias: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._family: dict[str, str] = {}
        self._local: set[str] = set()
        for regulation in regulations:
            prefix = re.sub(r"-\d+[a-z]?-\d{4}$", "", regulation.id)
            family = _ID_FAMILIES.get(prefix, prefix.split("-")[0])
            self._family[regulation.id] = family
            if regulation.region:
                self._local.add(regulation.id)
            self._by_number[(regulation.number.lower(), regulation.year)].append(regulation.id)
            for alias in regulation.aliases:
                key = tuple(tokenize(alias))
                if len(key) > 1 and not any(t.isdigit() for t in key):
                    self._by_alias[key].append(regulation.id)
        self._alias_reach = longest_by_first(self._by_alias)

    def parse(self, tokens: list[str], local: Iterable[RegulationMention] = ()) -> References:
        """Find every reference among repaired tokens.

        Args:
            tokens: The question.
            local: Rules of regions that were found in it before.
        """
        regulations: list[RegulationMention] = []
        used: set[int] = set()
        known = {mention.start: mention for mention in local}
        at = 0
        while at < len(tokens):
            mention = known.get(at) or self._regulation_at(tokens, at)
            if mention is None:
                at += 1
                continue
            regulations.append(mention)
            used.update(range(mention.start, mention.end))
            at = mention.end
        locator = _locator(tokens, used)
        part = "" if locator else _part(tokens, used)
        indicator, level = _indicator(tokens, used)
        return References(tuple(regulations), locator, part, indicator, level, frozenset(used))

    def _regulation_at(self, tokens: list[str], at: int) -> RegulationMention | None:
        for length in range(min(_REACH.get(tokens[at], 0), len(tokens) - at), 0, -1):
            family = _KINDS.get(tuple(tokens[at : at + length]))
            if family is None:
                continue
            number = number_at(tokens, at + length)
            if number is not None and tokens[at] in _AGENCIES and _is_figure(tokens, at):
                break
            if number is not None:
                return self._resolve(family, tokens, at, *number)
            if family in _UNNUMBERED and at + length < len(tokens):
                name = " ".join(tokens[at : at + length + 1])
                return RegulationMention("", name, family, at, at + length + 1)
            break
        alias = self._alias_at(tokens, at)
        if alias is not None:
            return alias
        if (
            tokens[at].isdigit()
            and len(tokens[at]) <= 4
            and (at == 0 or tokens[at - 1] not in _ORDER)
        ):
            number = number_at(tokens, at)
            if number is not None and number[1] and tokens[at + 1] in ("/", "tahun"):
                return self._resolve("", tokens, at, *number)
            if self._called_by_number(tokens, at):
                return self._resolve("", tokens, at, tokens[at], 0, at + 1)
        return None

    def _called_by_number(self, tokens: list[str], at: int) -> bool:
        """Whether a bare number is what people call a regulation by: "apa pengganti 962?"."""
        before = tokens[at - 1] if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if before in _COUNTED or after in UNITS or after in ("/", "-", "–"):
            return False
        held = [
            ids
            for (number, _), found in self._by_number.items()
            if number == tokens[at] and (ids := [i for i in found if i not in self._local])
        ]
        asks_status = not _ASKS_STATUS.isdisjoint(tokens)
        long_enough = len(tokens[at]) == 3 or (len(tokens[at]) == 2 and asks_status)
        return len(held) == 1 and len(held[0]) == 1 and long_enough

    def _alias_at(self, tokens: list[str], at: int) -> RegulationMention | None:
        for length in range(min(self._alias_reach.get(tokens[at], 0), len(tokens) - at), 1, -1):
            key = tuple(tokens[at : at + length])
            ids = self._by_alias.get(key)
            if ids:
                chosen = ids[0] if len(ids) == 1 else ""
                return RegulationMention(chosen, " ".join(key), "", at, at + length, tuple(ids))
        return None

    def _resolve(
        self, family: str, tokens: list[str], start: int, number: str, year: int, end: int
    ) -> RegulationMention:
        name = " ".join(tokens[start:end]).replace(" / ", "/")
        if not year and re.fullmatch(r"20\d\d", number):
            # "pedoman 2024" gives the year where a number is meant.
            ids = [
                i for (_, y), found in self._by_number.items() if y == int(number) for i in found
            ]
        elif year:
            ids = self._by_number.get((number, year), [])
        else:
            ids = [i for (n, _), found in self._by_number.items() if n == number for i in found]
        if family and family != "permen":
            ids = [i for i in ids if self._family[i] == family]
        national = [i for i in ids if i not in self._local]
        ids = national or ids
        if len(ids) != 1 and (not year or not national):
            # Rules of several regions share a number and a year.
            return RegulationMention("", name, family, start, end, tuple(ids))
        said = tokens[start]
        exact = [i for i in ids if i.startswith(_prefix_said(said))] if len(ids) > 1 else ids
        chosen = (exact or ids)[0] if ids else ""
        return RegulationMention(chosen, name, family, start, end, tuple(ids))


def _prefix_said(word: str) -> str:
    if word.startswith("kepmen") or word == "keputusan":
        return "kepmen"
    if word == "pedoman":
        return "pedoman"
    return "se-" if word in ("se", "surat") else "permen"


_AGENCIES = ("bssn", "brin", "menpan", "panrb", "pmk")
_FIGURE_OF = ("indeks", "nilai", "skor", "spbe", "peringkat", "kemenko")


def _is_figure(tokens: list[str], at: int) -> bool:
    """Whether an agency's name stands for the agency itself: "indeks bssn 2023"."""
    return bool(at) and tokens[at - 1] in _FIGURE_OF


def number_at(tokens: list[str], at: int) -> tuple[str, int, int] | None:
    """Read ``[nomor] 95[/| tahun ]2018``: number, year (0 if unsaid), end."""
    if at < len(tokens) and tokens[at] in ("nomor", "no"):
        at += 1
    if at >= len(tokens) or not re.fullmatch(r"\d{1,4}", tokens[at]):
        return None
    number, after = tokens[at].lstrip("0") or "0", at + 1
    while after < len(tokens) and tokens[after] in ("/", "-", "–", "tahun", "thn"):
        after += 1
    if after < len(tokens) and re.fullmatch(r"(19|20)\d\d", tokens[after]):
        return number, int(tokens[after]), after + 1
    return number, 0, at + 1


def _locator(tokens: list[str], used: set[int]) -> str:
    """Read ``pasal 13 ayat 2 huruf a``, in any order of the parts."""
    found: dict[str, str] = {}
    places: set[int] = set()
    for at, token in enumerate(tokens[:-1]):
        if token not in _ORDER or token in found:
            continue
        value = tokens[at + 1]
        wanted = r"[a-z]" if token == "huruf" else r"\d{1,3}"
        if re.fullmatch(wanted, value) and at + 1 not in used:
            found[token] = value.lstrip("0") or "0"
            places.update((at, at + 1))
    if "pasal" not in found:
        return ""
    used |= places
    return "-".join(f"{kind}-{found[kind]}" for kind in _ORDER if kind in found)


def _part(tokens: list[str], used: set[int]) -> str:
    """Read ``lampiran bab 3 bagian b`` or ``angka 5 huruf d``, in any order of the parts."""
    found: dict[str, str] = {}
    for at, token in enumerate(tokens[:-1]):
        value = tokens[at + 1]
        if token not in _PARTS or token in found or at + 1 in used:
            continue
        if token == "bab" and value in _ROMAN:
            value = str(_ROMAN.index(value) + 1)
        if re.fullmatch(r"[a-z]|\d{1,2}", value):
            found[token] = value.lstrip("0") or "0"
    chain = [f"{kind}-{found[kind]}" for kind in _PARTS if kind in found]
    if "lampiran" not in tokens:
        return "-".join(chain)
    at = tokens.index("lampiran") + 1
    number = tokens[at] if at < len(tokens) and at not in used else ""
    if number in _ROMAN:
        number = str(_ROMAN.index(number) + 1)
    if re.fullmatch(r"\d{1,2}", number):
        return "-".join([f"lampiran-{number}", *chain])
    return "-".join(["lampiran", *chain]) if chain else ""


def _indicator(tokens: list[str], used: set[int]) -> tuple[int | None, int | None]:
    indicator = level = None
    for at, token in enumerate(tokens[:-1]):
        place = at + 1
        while tokens[place] in _BEFORE_NUMBER and place + 1 < len(tokens):
            place += 1
        value = tokens[place]
        if not re.fullmatch(r"\d{1,3}", value):
            continue
        if token == "indikator" and indicator is None:
            indicator = int(value)
            used.update((at, place))
        elif token in ("level", "tingkat") and level is None and len(value) == 1:
            if tokens[place + 1 : place + 2] in (["-"], ["–"], ["sampai"], ["hingga"]):
                continue  # "level 1 - 5" speaks of all of them
            level = int(value)
            used.update((at, place))
    return indicator, level


def is_prefix(locator: str) -> bool:
    """Whether a locator names a pasal without anything below it."""
    return len(segments(locator)) == 1
