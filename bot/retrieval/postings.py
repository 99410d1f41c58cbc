"""Postings: which documents hold a term, how much it counts there, and in which fields.

All of it lies in a few NumPy arrays, so that a saved index can be mapped instead of read.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Bits = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Span = tuple[int, int]
Query = Sequence[tuple[str, float]]


class Rows:
    """Collects the terms of documents, a row a field of a document, for ``Postings``."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}
        self._held = array("i")
        self._lengths = array("i")

    def add(self, terms: Iterable[str]) -> None:
        """Append one row."""
        known = self.terms
        before = len(self._held)
        self._held.extend([known.setdefault(term, len(known)) for term in terms])
        self._lengths.append(len(self._held) - before)

    @property
    def held(self) -> Ints:
        """The number of every term of every row, in order."""
        return np.array(self._held, np.int32)

    @property
    def lengths(self) -> Ints:
        """How many terms each row has."""
        return np.array(self._lengths, np.int32)


# A term and a document as one number: the term in the high half.
_HIGH = 32
_LOW = 0xFFFFFFFF


def _grouped(
    major: Ints, minor: Ints
) -> tuple[NDArray[np.int64], NDArray[np.intp], NDArray[np.intp]]:
    """Return the different pairs in order, where each begins in the order, and the order."""
    keys = major.astype(np.int64) << _HIGH | minor
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[firsts], firsts, order


@dataclass(frozen=True, slots=True)
class Forward:
    """Document -> its terms, with bits of the fields that hold them."""

    starts: NDArray[np.int64]
    terms: Ints
    bits: Bits
    vocabulary: int

    @classmethod
    def build(cls, held: Ints, documents: Ints, bits: Bits, size: int) -> "Forward":
        """Gather occurrences; the bits of one term in one document are joined."""
        vocabulary = int(held.max(initial=-1)) + 1
        keys, firsts, order = _grouped(documents, held)
        bounds = np.searchsorted(keys >> _HIGH, np.arange(size + 1))
        joined = np.bitwise_or.reduceat(bits[order], firsts) if len(keys) else bits
        return cls(bounds.astype(np.int64), (keys & _LOW).astype(np.int32), joined, vocabulary)

    def bits_of(self, terms: Sequence[int], documents: Ints) -> Bits:
        """Return the fields that hold each of some terms (a row each) in some documents."""
        out = np.zeros((len(terms), len(documents)), np.uint8)
        if not len(terms) or not len(documents):
            return out
        lows, highs = self.starts[documents], self.starts[documents + 1]
        spans = [slice(low, high) for low, high in zip(lows.tolist(), highs.tolist(), strict=True)]
        inside = np.concatenate([self.terms[span] for span in spans])
        owner = np.repeat(np.arange(len(spans)), highs - lows)
        row_of = np.zeros(self.vocabulary, np.int16)
        row_of[terms] = np.arange(1, len(terms) + 1)
        rows = row_of[inside]
        found = np.flatnonzero(rows)
        bits = np.concatenate([self.bits[span] for span in spans])
        out[rows[found] - 1, owner[found]] = bits[found]
        return out


@dataclass(frozen=True, slots=True)
class Postings:
    """Term -> documents in ascending order, with weights."""

    terms: dict[str, int]
    starts: NDArray[np.int64]
    ids: Ints
    weights: Floats
    size: int

    @classmethod
    def build(
        cls, terms: dict[str, int], held: Ints, documents: Ints, shares: Floats, size: int
    ) -> "Postings":
        """Gather occurrences.

        Args:
            terms: Number of each term.
            held: The term of each occurrence.
            documents: The document it stands in.
            shares: What it counts; those of one term in one document are added up.
            size: Number of documents.
        """
        keys, firsts, order = _grouped(held, documents)
        bounds = np.searchsorted(keys >> _HIGH, np.arange(len(terms) + 1))
        added = np.add.reduceat(shares[order], firsts) if len(keys) else shares
        ids = (keys & _LOW).astype(np.int32)
        return cls(terms, bounds.astype(np.int64), ids, added.astype(np.float32), size)

    def span(self, term: str) -> Span:
        """Where a term's documents stand; empty for an unknown term."""
        number = self.terms.get(term)
        if number is None:
            return 0, 0
        return int(self.starts[number]), int(self.starts[number + 1])

    def scores(self, query: Query, ranges: Sequence[Span]) -> Floats:
        """Return the weighted sum of a query's terms for each document of some ranges."""
        size = sum(high - low for low, high in ranges)
        places: list[Ints] = []
        shares: list[Floats] = []
        for term, weight in query:
            start, end = self.span(term)
            if start == end:
                continue
            if size == self.size:
                places.append(self.ids[start:end])
                shares.append(self.weights[start:end] * np.float32(weight))
                continue
            offset = 0
            ids = self.ids[start:end]
            for low, high in ranges:
                first, last = np.searchsorted(ids, (low, high)).tolist()
                if first < last:
                    places.append(ids[first:last] + np.int32(offset - low))
                    held = self.weights[start + first : start + last]
                    shares.append(held * np.float32(weight))
                offset += high - low
        if not places:
            return np.zeros(size, np.float32)
        added = np.bincount(np.concatenate(places), np.concatenate(shares), size)
        return added.astype(np.float32)

    def scores_of(self, query: Query, documents: Ints) -> Floats:
        """Return the weighted sum of a query's terms for some documents."""
        out = np.zeros(len(documents), np.float32)
        for term, weight in query:
            start, end = self.span(term)
            if start == end:
                continue
            ids = self.ids[start:end]
            at = np.minimum(np.searchsorted(ids, documents), end - start - 1)
            out += np.where(ids[at] == documents, weight * self.weights[start + at], 0)
        return out

    def likeliest(self, query: Query, most: int, budget: int) -> Ints:
        """Return documents that may score best over a large base, without scoring all.

        The rarest terms are read whole, until ``budget`` postings are read; the others count
        only for the documents found by then. A document that holds none but frequent terms is
        missed: it could hardly be told from thousands of others.

        Args:
            query: Terms and their weights.
            most: How many documents to return at most.
            budget: How many postings to read before only those found are looked at; at least
                one term is read.
        """
        spans = sorted(
            (
                (end - start, term, weight)
                for term, weight in query
                for start, end in [self.span(term)]
            ),
        )
        spans = [s for s in spans if s[0]]
        if not spans:
            return np.empty(0, np.int32)
        rare = [spans[0]]
        read = spans[0][0]
        for item in spans[1:]:
            if read + item[0] > budget:
                break
            rare.append(item)
            read += item[0]
        out = np.zeros(self.size, np.float32)
        touched = []
        for _, term, weight in rare:
            start, end = self.span(term)
            ids = self.ids[start:end]
            out[ids] += weight * self.weights[start:end]
            touched.append(ids)
        ids = np.concatenate(touched)
        if len(ids) > 4 * most:
            ids = ids[np.argpartition(-out[ids], 4 * most)[: 4 * most]]
        ids = np.unique(ids)
        rest = [(term, weight) for _, term, weight in spans[len(rare) :]]
        scores = out[ids] + self.scores_of(rest, ids)
        if len(ids) > most:
            ids = np.sort(ids[np.argpartition(-scores, most)[:most]])
        return ids
