"""What tells a right passage from a near one: the features that the ranking weighs."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from bot.retrieval.analysis import Analysis, field_terms
from bot.retrieval.index import FIELDS, Floats, Match
from bot.retrieval.passages import Passage, PassageKind

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

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._fixed: dict[int, tuple[float, ...]] = {}
        self._states: dict[int, frozenset[str]] = {}
        self._pairs: dict[int, frozenset[tuple[str, str]]] = {}

    def matrix(
        self,
        analysis: Analysis,
        numbers: Sequence[int],
        first: Floats,
        match: Match,
        defined: set[int],
    ) -> Floats:
        """Return a row of features for each candidate.

        Args:
            analysis: The question.
            numbers: The candidates, as places in the list of passages.
            first: First-stage score of every passage.
            match: What of the question each candidate holds.
            defined: Candidates that define the term asked for.
        """
        question_pairs = set(pairwise(analysis.terms))
        rows = []
        for at, number in enumerate(numbers):
            passage = self._passages[number]
            is_defined = number in defined
            stated, lacking, listed, unlisted = self._stated(number, analysis)
            rows.append(
                (
                    first[number],
                    match.fields[at],
                    match.coverage[at],
                    *match.shares[at],
                    self._shared_pairs(number, question_pairs),
                    float(is_defined),
                    float(bool(analysis.defines) and not is_defined),
                    float(bool(passage.term) and not analysis.defines),
                    *self._fixed_of(number),
                    stated,
                    lacking,
                    listed,
                    unlisted,
                )
            )
        return np.array(rows, np.float32)

    def _shared_pairs(self, number: int, asked: set[tuple[str, str]]) -> float:
        if not asked:
            return 0.0
        held = self._pairs.get(number)
        if held is None:
            passage = self._passages[number]
            texts = (passage.heading, passage.text, *passage.questions)
            held = frozenset(pair for terms in map(field_terms, texts) for pair in pairwise(terms))
            self._pairs[number] = held
        return len(asked & held) / len(asked)

    def _stated(self, number: int, analysis: Analysis) -> tuple[float, float, float, float]:
        """Whether a passage states what the kind of question asks for; lists are counted apart."""
        states = self._states.get(number)
        if states is None:
            text = self._passages[number].text
            states = frozenset(f for f, pattern in _STATES.items() if pattern.search(text))
            self._states[number] = states
        kinds = [f for f in analysis.features if f in _STATES and f != _LIST]
        stated = sum(f in states for f in kinds)
        if _LIST not in analysis.features:
            return float(stated), float(len(kinds) - stated), 0.0, 0.0
        listed = float(_LIST in states)
        return float(stated), float(len(kinds) - stated), listed, 1.0 - listed

    def _fixed_of(self, number: int) -> tuple[float, ...]:
        fixed = self._fixed.get(number)
        if fixed is None:
            passage = self._passages[number]
            fixed = (
                float(passage.root),
                float(passage.locator.startswith("pasal-") and passage.locator.count("-") == 1),
                float(passage.locator.startswith("lampiran")),
                float(passage.kind is PassageKind.INDICATOR),
            )
            self._fixed[number] = fixed
        return fixed
