"""The offline engine: the sentences of the articles that answer best, in their own words.

A sentence is judged by the share of the question's words that it holds, rare words counting more, and by how near its
meaning is to the question's.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.embedding import Embedder
from index.records import Passage, Span
from index.words import content_stems, stems
from qa.records import Draft, DraftStatement, Support

# The least score with which a sentence counts as an answer, and the share of the best score that further sentences
# must reach to stand beside it. Threshold and weight are those that serve the open evaluation cases best: more of the
# one costs right answers, less lets in what the articles don't say.
ANSWER_THRESHOLD = 0.48
COMPANION_SHARE = 0.92
MAX_STATEMENTS = 3
# A word of the question that stands only in the sentence before ("He said ...") counts this much.
_CONTEXT_CREDIT = 0.5
_MEANING_WEIGHT = 0.65
_SENTENCES_JUDGED = 16  # of the most shared words; 40 find the answer in one case of 200 more, at 2.5 times the cost


class WordStatistics(Protocol):
    """How common words are in the index; the catalogue knows."""

    def counts(self) -> tuple[int, int]:
        """Return how many articles and how many chunks there are."""

    def document_frequencies(self, stems: Sequence[str]) -> dict[str, int]:
        """Return stem -> the number of chunks that hold it; unknown stems are left out."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: Passage
    span: Span
    text: str
    coverage: float


class ExtractiveEngine:
    """Answers with whole sentences of the passages; needs no model but the embedder."""

    name = "extractive"

    def __init__(self, embedder: Embedder, statistics: WordStatistics, threshold: float = ANSWER_THRESHOLD) -> None:
        self._embedder = embedder
        self._statistics = statistics
        self._threshold = threshold

    def draft(self, question: str, passages: Sequence[Passage]) -> Draft:
        """Return the best supporting sentences, or a draft without statements when none supports an answer."""
        weights = self._weights(question)
        candidates = [candidate for passage in passages for candidate in _candidates(passage, weights)]
        candidates.sort(key=lambda candidate: (-candidate.coverage, candidate.passage.chunk.id, candidate.span))
        candidates = candidates[:_SENTENCES_JUDGED]
        if not candidates:
            return Draft((), 0.0)
        question_vector, *vectors = self._embedder.embed([question, *(candidate.text for candidate in candidates)])
        nearness = np.asarray(vectors) @ question_vector
        scored = sorted(
            (
                (round(_score(candidate.coverage, float(near)), 4), candidate)
                for candidate, near in zip(candidates, nearness, strict=True)
            ),
            key=lambda pair: (-pair[0], pair[1].passage.chunk.id, pair[1].span),
        )
        best = scored[0][0]
        if best < self._threshold:
            return Draft((), best)
        return Draft(tuple(_statements(scored, max(self._threshold, best * COMPANION_SHARE))), best)

    def _weights(self, question: str) -> dict[str, float]:
        """Return the question's stems with their inverse document frequency (Robertson and Zaragoza 2009, eq. 3.1)."""
        wanted = content_stems(question)
        _, chunks = self._statistics.counts()
        frequencies = self._statistics.document_frequencies(wanted)
        return {
            stem: math.log(1 + (chunks - frequencies.get(stem, 0) + 0.5) / (frequencies.get(stem, 0) + 0.5))
            for stem in wanted
        }


def _candidates(passage: Passage, weights: Mapping[str, float]) -> list[_Candidate]:
    candidates = []
    before: set[str] = set()
    total = sum(weights.values()) or 1.0
    for span in passage.chunk.sentences:
        text = passage.chunk.text[span.start - passage.chunk.start : span.end - passage.chunk.start]
        here = set(stems(text))
        found = sum(
            weight * (1 if stem in here else _CONTEXT_CREDIT if stem in before else 0)
            for stem, weight in weights.items()
        )
        candidates.append(_Candidate(passage, span, text, found / total))
        before = here
    return candidates


def _score(coverage: float, nearness: float) -> float:
    return min(1.0, max(0.0, (1 - _MEANING_WEIGHT) * coverage + _MEANING_WEIGHT * nearness))


def _statements(scored: Sequence[tuple[float, _Candidate]], least: float) -> list[DraftStatement]:
    """Return the best sentences, at most one of each article, each distinct wording once with all who use it."""
    supports: dict[str, list[Support]] = {}
    articles: set[str] = set()
    for score, candidate in scored:
        article_id = candidate.passage.chunk.article_id
        wording = " ".join(candidate.text.split())
        if score < least or article_id in articles or (wording not in supports and len(supports) == MAX_STATEMENTS):
            continue
        articles.add(article_id)
        supports.setdefault(wording, []).append(Support(candidate.passage, candidate.span))
    return [DraftStatement(wording, tuple(found)) for wording, found in supports.items()]
