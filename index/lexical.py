"""Search by words: each word's passages are scored once, then added up for the whole question and for its clauses.

bm25 is a sum over words (Robertson and Zaragoza 2009, section 3), so one reading of a word's passages serves every
clause that holds it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from index.catalogue import Catalogue
from index.clauses import clauses
from index.postings import PostingLists, Postings, Scores
from index.records import Filters
from index.spelling import can_vary, corrections, other_spellings
from index.words import content_words, names, stems

# A passage that another spelling finds counts this much: less than the word itself, more than nothing.
SPELLING_WEIGHT = 0.6
# Words in more passages than this, and than every tenth, are left out where a question has others. On MultiHop-RAG all
# figures stay within .01 without them, and they are most of what there is to read.
_COMMON, _COMMON_SHARE = 10_000, 0.1
# Of the others, the rarest are read until the passages that they stand in are so many, or so many for each passage that
# there is; one word always is. Among 16 altered copies of MultiHop-RAG (127,360 passages) 100,000 lose nothing, and of
# the questions that read most (p95) take a quarter of the time; .4 of the passages (50,000) lose .01.
_READ, _READ_SHARE = 100_000, 0.4


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

    def __init__(self, catalogue: Catalogue, postings: PostingLists) -> None:
        self._catalogue = catalogue
        self._postings = postings

    def search(self, query: str, limit: int, filters: Filters = Filters()) -> list[WordHit]:
        """See WordSearch.search. Names are found in other spellings too, unknown words in the nearest known ones.

        score = whole / max(whole) + max over clauses (clause / max(clause)), divided by the best; the second part is
        missing where a question has one clause. On MultiHop-RAG it lifts hits at 4 from .79 to .83.
        """
        with self._catalogue.reading():
            postings = self._postings_of(query)
            size = 1 + max((int(found.rows.max()) for found in postings.values() if len(found.rows)), default=-1)
            if not size:
                return []
            within = self._within(filters, size)
            total = _summed(postings, postings, size, within)
            best_part = np.zeros_like(total)
            for words in clauses(query):
                np.maximum(best_part, _summed(postings, words, size, within), out=best_part)
            return self._best(total + best_part, limit)

    def _postings_of(self, query: str) -> dict[str, Postings]:
        """Return word of the query -> where it stands, other spellings included; words too common are left out."""
        words = content_words(query)
        chunks, frequencies = self._postings.frequencies({stem for word in words for stem in stems(word)})
        rarest = {word: min((frequencies[stem] for stem in stems(word)), default=0) for word in words}
        named = names(query)
        found = {}
        for word in _worth_reading(rarest, chunks):
            others = self._spellings(word, known=rarest[word] > 0, name=word in named)
            found[word] = _best_of(self._postings.of_word(word), [self._postings.of_stem(other) for other in others])
        return found

    def _spellings(self, word: str, *, known: bool, name: bool) -> list[str]:
        (stem, *more) = stems(word) or [""]
        if more or not can_vary(stem) or (known and not name):
            return []
        found = other_spellings(stem, self._catalogue.stems_that_sound_like(stem))
        return found if known or found else corrections(stem, self._catalogue.stems_that_share_half_of(stem))

    def _within(self, filters: Filters, size: int) -> npt.NDArray[np.bool_] | None:
        if not filters:
            return None
        rows = self._catalogue.rows_within(filters)
        within = np.zeros(size, dtype=np.bool_)
        within[rows[rows < size]] = True
        return within

    def _best(self, scores: Scores, limit: int) -> list[WordHit]:
        found = np.flatnonzero(scores)
        if not len(found):
            return []
        count = min(limit, len(found))
        rows = found[scores[found] >= np.partition(scores[found], -count)[-count]]
        ids = self._catalogue.chunk_ids_of(rows.tolist())
        best = scores.max()
        hits = [WordHit(ids[row], round(float(scores[row] / best), 6)) for row in rows.tolist()]
        return sorted(hits, key=lambda hit: (-hit.score, hit.chunk_id))[:limit]


def _worth_reading(frequencies: Mapping[str, int], chunks: int) -> list[str]:
    """Return the words to search with, given in how many of all chunks each stands: as given, common ones left out."""
    most, room = max(_COMMON, chunks * _COMMON_SHARE), max(_READ, chunks * _READ_SHARE)
    rising = sorted(frequencies, key=lambda word: frequencies[word])
    rising = [word for word in rising if frequencies[word] <= most] or rising
    read = accumulate(frequencies[word] for word in rising)
    kept = {word for word, so_far in zip(rising, read, strict=True) if so_far <= room} | set(rising[:1])
    return [word for word in frequencies if word in kept]


def _best_of(own: Postings, others: Sequence[Postings]) -> Postings:
    """A passage counts by the spelling that scores best in it; another never scores above the one asked for."""
    others = [other for other in others if len(other.rows)]
    if not others:
        return own
    most = SPELLING_WEIGHT * float(own.scores.max(initial=0.0)) or math.inf
    # A rare spelling weighs more than a common one: without the scaling it would come before what was asked for.
    scaled = [other.scores * min(SPELLING_WEIGHT, most / float(other.scores.max())) for other in others]
    rows, place = np.unique(np.concatenate([own.rows, *(other.rows for other in others)]), return_inverse=True)
    best = np.zeros(len(rows), np.float32)
    np.maximum.at(best, place, np.concatenate([own.scores, *scaled]))
    return Postings(rows, best)


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
