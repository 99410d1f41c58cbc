"""What tells a right passage from a near one: the features that the ranking weighs."""

import re
from collections.abc import Sequence

import numpy as np

from bot.retrieval.analysis import Analysis
from bot.retrieval.index import FIELDS, Match
from bot.retrieval.passages import Passage, PassageKind
from bot.retrieval.postings import Flags, Floats

# How many passages' readings are kept.
_REMEMBERED = 20_000
_LIST = "?daftar"
# What a passage must state to answer a kind of question.
_STATES = {
    _LIST: re.compile(r"(?m)^\s*- "),
    "?siapa": re.compile(
        r"(?i)menteri|kepala|presiden|pimpinan|bupati|sekretaris|koordinator|tim |lembaga|walidata"
    ),
    "?berapa": re.compile(r"\d"),
    "?kapan": re.compile(r"(?i)\d|paruh waktu|sewaktu|setiap|tanggal|sebelum|setelah|sampai"),
    "?wajib": re.compile(r"(?i)\b(?:wajib|harus|setiap)\b"),
    "?boleh": re.compile(r"(?i)\b(?:dapat|boleh)\b"),
    "?bagaimana": re.compile(r"(?i)melalui|dengan cara|tahap|langkah|- "),
    "?kenapa": re.compile(r"(?i)\b(?:karena|agar|untuk|supaya|guna|bertujuan)\b"),
}

NAMES = (
    "first",
    "fields",
    "coverage",
    *(f"in_{name}" for name in FIELDS),
    "pairs",
    "defined",
    "undefined",
    "idle_definition",
    "root",
    "whole_pasal",
    "annex",
    "indicator",
    "states",
    "lacks",
    "list_stated",
    "list_lacking",
)
"""Names of the features, in the order of the columns of ``matrix``."""


class Features:
    """Computes the features of candidates; what never changes is read once a passage."""

    def __init__(self) -> None:
        self._known: dict[int, _Reading] = {}

    def matrix(
        self,
        analysis: Analysis,
        numbers: Sequence[int],
        passages: Sequence[Passage],
        first: Floats,
        fields: Floats,
        match: Match,
        neighbours: Floats,
        defined: Flags,
    ) -> Floats:
        """Return a row of features for each candidate.

        Args:
            analysis: The question.
            numbers: The candidates, as places in the list of passages.
            passages: The candidates themselves.
            first: First-stage score of each.
            fields: Share of the query that the fields of each hold.
            match: What of the question each holds.
            neighbours: Share of the question's neighbouring terms that meet in each.
            defined: Whether each defines the term asked for.
        """
        kinds = [f for f in analysis.features if f in _STATES and f != _LIST]
        lists = _LIST in analysis.features
        defines = bool(analysis.defines)
        readings = [self._reading(n, p) for n, p in zip(numbers, passages, strict=True)]
        rows = []
        for at, (passage, reading) in enumerate(zip(passages, readings, strict=True)):
            stated = sum(reading.states(kind) for kind in kinds)
            listed = lists and reading.states(_LIST)
            is_defined = bool(defined[at])
            rows.append(
                (
                    is_defined,
                    defines and not is_defined,
                    bool(passage.term) and not defines,
                    *reading.fixed,
                    stated,
                    len(kinds) - stated,
                    listed,
                    lists and not listed,
                )
            )
        head = np.column_stack((first, fields, match.coverage, match.shares, neighbours))
        return np.hstack((head, np.array(rows, np.float32))).astype(np.float32)

    def _reading(self, number: int, passage: Passage) -> "_Reading":
        reading = self._known.get(number)
        if reading is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            reading = self._known[number] = _Reading(passage)
        return reading


class _Reading:
    """What never changes of a passage: the kinds of question it can answer, flags."""

    def __init__(self, passage: Passage) -> None:
        self._states: dict[str, bool] = {}
        self.fixed = (
            passage.root,
            passage.locator.startswith("pasal-") and passage.locator.count("-") == 1,
            passage.locator.startswith("lampiran"),
            passage.kind is PassageKind.INDICATOR,
        )
        self._text = passage.text

    def states(self, kind: str) -> bool:
        """Whether the text states what a kind of question asks for."""
        found = self._states.get(kind)
        if found is None:
            found = self._states[kind] = _STATES[kind].search(self._text) is not None
        return found
