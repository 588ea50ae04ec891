"""Where words stand and what they weigh there: bm25, word by word, kept until the articles change."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.catalogue import Catalogue
from index.words import stems

# bm25's two constants as FTS5 has them (Robertson and Zaragoza 2009, section 3.4, call both usual). On MultiHop-RAG all
# figures stay within .01 for k1 of .8 to 2 and b of .4 to .9.
_K1, _B = 1.2, 0.75
_LEAST_IDF = 1e-6  # as in FTS5: a word in more than half of all chunks is no evidence against one
# Above this, how often a word stands in a chunk is not read, which takes three times as long as reading where it
# stands: each chunk that holds it counts as if it did once.
_COUNTED_IN = 10_000
_KEPT_FREQUENCIES = 50_000
_KEPT_POSTINGS = 4_000_000  # 12 bytes each

Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]


class Postings(NamedTuple):
    """Where a word stands: rows of chunks, rising, int64 [n], and its relevance to each, above 0, float32 [n]."""

    rows: Rows
    scores: Scores


class _Measured(NamedTuple):
    """What is kept of one generation of the catalogue."""

    generation: int
    chunks: int
    relative_lengths: npt.NDArray[np.float32]  # by row: words over the mean, [rows]
    frequencies: dict[str, int]


class PostingLists:
    """Reads postings from the catalogue and keeps those read last. Safe to share between threads.

    What belongs together is to be asked for inside one `Catalogue.reading()`.
    """

    def __init__(self, catalogue: Catalogue, kept_postings: int = _KEPT_POSTINGS) -> None:
        self._catalogue = catalogue
        self._kept = _KeptPostings(kept_postings)
        self._measured = _Measured(-1, 0, np.empty(0, np.float32), {})

    def frequencies(self, wanted: Collection[str]) -> tuple[int, dict[str, int]]:
        """Return how many chunks there are, and stem -> in how many it stands, 0 included."""
        held = self._current()
        return held.chunks, self._frequencies(wanted, held)

    def of_word(self, word: str) -> Postings:
        """Return where `word` stands in text, title or publisher: as a phrase, if it is of several stems."""
        held, parts = self._current(), stems(word)
        if len(parts) == 1 and self._frequencies(parts, held)[parts[0]] <= _COUNTED_IN:
            return self._read(parts[0], self._catalogue.occurrences, held)
        return self._read(word, self._catalogue.rows_with, held)

    def of_stem(self, stem: str) -> Postings:
        """Return where a stem stands in text, title or publisher."""
        return self._read(stem, self._catalogue.occurrences, self._current())

    def _frequencies(self, wanted: Collection[str], held: _Measured) -> dict[str, int]:
        known = held.frequencies
        if unknown := set(wanted) - known.keys():
            found = dict.fromkeys(unknown, 0) | self._catalogue.document_frequencies(unknown)
            full = len(known) >= _KEPT_FREQUENCIES
            known = known | found
            # One assignment of a whole, so that no thread sees a part.
            self._measured = held._replace(frequencies=found if full else known)
        return {stem: known[stem] for stem in wanted}

    def _read(self, key: str, read: Callable[[str], Rows], held: _Measured) -> Postings:
        kept = self._kept.get(key, held.generation)
        if kept is None:
            kept = _scored(read(key), held)
            self._kept.put(key, held.generation, kept)
        return kept

    def _current(self) -> _Measured:
        held, generation = self._measured, self._catalogue.generation()
        if held.generation != generation:
            rows, lengths = self._catalogue.chunk_lengths()
            relative = np.zeros(int(rows.max(initial=-1)) + 1, np.float32)
            relative[rows] = lengths / max(1.0, float(lengths.mean() if len(lengths) else 1.0))
            self._measured = held = _Measured(generation, len(rows), relative, {})
        return held


def _scored(occurrences: Rows, held: _Measured) -> Postings:
    """Return the bm25 of each chunk, of which `occurrences`, rising, names the row once for each that it holds."""
    first = np.flatnonzero(np.diff(occurrences, prepend=-1))
    rows, often = occurrences[first], np.diff(first, append=len(occurrences))
    idf = max(math.log((held.chunks - len(rows) + 0.5) / (len(rows) + 0.5)), _LEAST_IDF)
    saturation = _K1 * (1 - _B + _B * held.relative_lengths[rows])
    return Postings(rows, (idf * often * (_K1 + 1) / (often + saturation)).astype(np.float32))


class _KeptPostings:
    """The postings read last, up to a number of entries, of one generation of the catalogue."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Postings] = OrderedDict()
        self._generation = -1
        self._size = 0

    def get(self, word: str, generation: int) -> Postings | None:
        with self._lock:
            if generation != self._generation or word not in self._kept:
                return None
            self._kept.move_to_end(word)
            return self._kept[word]

    def put(self, word: str, generation: int, postings: Postings) -> None:
        with self._lock:
            if generation < self._generation or (word in self._kept and generation == self._generation):
                return
            if generation > self._generation:
                self._kept.clear()
                self._generation, self._size = generation, 0
            self._kept[word] = postings
            self._size += _room(postings)
            while self._size > self._capacity:
                _, oldest = self._kept.popitem(last=False)
                self._size -= _room(oldest)


def _room(postings: Postings) -> int:
    return 1 + len(postings.rows)  # a word that stands nowhere takes room, too
