"""Search by words: each word's passages are scored once, then added up for the whole question and for its clauses.

bm25 is a sum over words (Robertson and Zaragoza 2009, section 3), so one reading of a word's passages serves every
clause that holds it. What was read is kept until the articles change: the words that most passages hold, which cost
most to read, are those that most questions share.
"""

import math
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from index.catalogue import Catalogue, Postings
from index.clauses import clauses
from index.records import Filters
from index.spelling import can_vary, corrections, other_spellings
from index.words import content_words, names, stems

# A passage that another spelling finds counts this much: less than the word itself, more than nothing.
SPELLING_WEIGHT = 0.6
# Words in more passages than this, and than every tenth, are left out where a question has others. On MultiHop-RAG all
# figures stay within .01 without them, and they are most of what there is to read.
_COMMON, _COMMON_SHARE = 10_000, 0.1
# Above this, how often a word stands in a passage is not asked: reading that takes eight times as long as reading where
# it stands. At 1.6 % of the passages, MultiHop-RAG's hits at 4 fall by .03 and all else by .01; with fewer than 125,000
# passages the share is larger and the loss smaller, with fewer than 20,000 there is none.
_SCORED_ONE_BY_ONE = 2_000
_KEPT_FREQUENCIES = 50_000
_KEPT_POSTINGS = 4_000_000  # 12 bytes each

Scores = npt.NDArray[np.float32]


class WordHit(NamedTuple):
    """A chunk that lexical search found; `score` grows with relevance and is 1 for the best."""

    chunk_id: str
    score: float


class WordSearch(Protocol):
    """What the retriever needs of lexical search."""

    def search(self, query: str, limit: int, filters: Filters = Filters()) -> list[WordHit]:
        """Return at most `limit` chunks that hold words of `query`, best first, ties by id."""


class LexicalSearch:
    """Searches the catalogue's words. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue, kept_postings: int = _KEPT_POSTINGS) -> None:
        self._catalogue = catalogue
        self._kept = _KeptPostings(kept_postings)
        self._counted: tuple[int, int, dict[str, int]] = (-1, 0, {})

    def search(self, query: str, limit: int, filters: Filters = Filters()) -> list[WordHit]:
        """See WordSearch.search. Names are found in other spellings too, unknown words in the nearest known ones.

        score = whole / max(whole) + max over clauses (clause / max(clause)), divided by the best; the second part is
        missing where a question has one clause. On MultiHop-RAG it lifts hits at 4 from .79 to .83.
        """
        with self._catalogue.reading():
            postings = self._postings_of(query, self._catalogue.generation())
            size = 1 + max((int(found.rows.max()) for found in postings.values() if len(found.rows)), default=-1)
            if not size:
                return []
            within = self._within(filters, size)
            total = _summed(postings, postings, size, within)
            best_part = np.zeros_like(total)
            for words in clauses(query):
                np.maximum(best_part, _summed(postings, words, size, within), out=best_part)
            return self._best(total + best_part, limit)

    def _postings_of(self, query: str, generation: int) -> dict[str, Postings]:
        """Return word of the query -> where it stands, other spellings included; words too common are left out."""
        words = content_words(query)
        chunks, frequencies = self._frequencies({stem for word in words for stem in stems(word)}, generation)
        most = max(_COMMON, round(chunks * _COMMON_SHARE))
        rarest = {word: min((frequencies.get(stem, 0) for stem in stems(word)), default=0) for word in words}
        kept = [word for word in words if rarest[word] <= most] or words
        named = names(query)
        found = {}
        for word in kept:
            own = self._read(word, generation, common_among=chunks if rarest[word] > _SCORED_ONE_BY_ONE else 0)
            others = self._spellings(word, known=rarest[word] > 0, name=word in named)
            found[word] = (
                _best_of(own, [self._read(_word_of(other), generation) for other in others]) if others else own
            )
        return found

    def _frequencies(self, wanted: set[str], generation: int) -> tuple[int, dict[str, int]]:
        """Return how many chunks there are, and in how many each stem stands; counting is what is kept, too."""
        held, chunks, known = self._counted
        if held != generation:
            chunks, known = self._catalogue.counts()[1], {}
        if unknown := wanted - known.keys():
            known = {**known, **dict.fromkeys(unknown, 0), **self._catalogue.document_frequencies(unknown)}
            if len(known) > _KEPT_FREQUENCIES:
                known = {stem: known[stem] for stem in wanted}
        self._counted = generation, chunks, known  # one assignment, so that threads see a whole or another whole
        return chunks, known

    def _spellings(self, word: str, *, known: bool, name: bool) -> list[str]:
        (stem, *more) = stems(word) or [""]
        if more or not can_vary(stem) or (known and not name):
            return []
        found = other_spellings(stem, self._catalogue.stems_that_sound_like(stem))
        return found if known or found else corrections(stem, self._catalogue.stems_that_share_half_of(stem))

    def _read(self, word: str, generation: int, *, common_among: int = 0) -> Postings:
        kept = self._kept.get(word, generation)
        if kept is None:
            kept = self._common(word, common_among) if common_among else self._catalogue.postings(word)
            self._kept.put(word, generation, kept)
        return kept

    def _common(self, word: str, chunks: int) -> Postings:
        """Score every passage with a common word alike: by bm25 of one occurrence in a passage of average length."""
        rows = self._catalogue.rows_with(word)
        idf = math.log((chunks - len(rows) + 0.5) / (len(rows) + 0.5))
        return Postings(rows, np.full(len(rows), max(idf, 1e-6), dtype=np.float32))

    def _within(self, filters: Filters, size: int) -> npt.NDArray[np.bool_] | None:
        if not filters:
            return None
        rows = self._catalogue.rows_within(filters)
        within = np.zeros(size, dtype=np.bool_)
        within[rows[rows < size]] = True
        return within

    def _best(self, scores: Scores, limit: int) -> list[WordHit]:
        count = min(limit, int(np.count_nonzero(scores)))
        if not count:
            return []
        least = np.partition(scores, len(scores) - count)[len(scores) - count]
        rows = np.flatnonzero(scores >= least)
        ids = self._catalogue.chunk_ids_of(rows.tolist())
        best = scores.max()
        hits = [WordHit(ids[row], round(float(scores[row] / best), 6)) for row in rows.tolist()]
        return sorted(hits, key=lambda hit: (-hit.score, hit.chunk_id))[:limit]


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


def _word_of(stem: str) -> str:
    """Return a word whose stem this is: the word index stems what it is asked for, and some stems have stems."""
    forms = (stem + ending for ending in ("", "e", "s", "ed", "ing", "y", "es"))
    return next((form for form in forms if stems(form) == [stem]), stem)


def _room(postings: Postings) -> int:
    return 1 + len(postings.rows)  # a word that stands nowhere takes room, too


def _best_of(own: Postings, others: Iterable[Postings]) -> Postings:
    """A passage counts by the spelling that scores best in it; another never scores above the one asked for."""
    best: dict[int, float] = dict(zip(own.rows.tolist(), own.scores.tolist(), strict=True))
    most = SPELLING_WEIGHT * max(best.values(), default=float("inf"))
    for other in others:
        # A rare spelling weighs more than a common one: without the scaling it would come before what was asked for.
        scale = min(SPELLING_WEIGHT, most / float(other.scores.max())) if len(other.scores) else 0.0
        for row, score in zip(other.rows.tolist(), other.scores.tolist(), strict=True):
            best[row] = max(best.get(row, 0.0), scale * score)
    rows = sorted(best)
    return Postings(np.array(rows, dtype=np.int64), np.array([best[row] for row in rows], dtype=np.float32))


def _summed(
    postings: Mapping[str, Postings], words: Iterable[str], size: int, within: npt.NDArray[np.bool_] | None
) -> Scores:
    """Add up the scores of these words by row, [size], where `within` is True, and scale them to a best of 1."""
    scores = np.zeros(size, dtype=np.float32)
    for word in words:
        if found := postings.get(word):
            scores[found.rows] += found.scores
    if within is not None:
        scores[~within] = 0
    best = scores.max()
    return scores / best if best > 0 else scores
