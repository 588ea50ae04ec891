"""What comes nearest to a question that the articles don't answer, and which of its words stand in none of them.

A help for whoever asks on, never an answer: where a name stands nowhere, nothing will be found under it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.embedding import TextEmbedder
from index.records import Passage, Span
from index.verbs import with_other_forms
from index.words import content_words, stems
from qa.article_sentences import telling_sentences
from qa.question_kinds import wanted
from qa.records import Support
from qa.stretches import WordStatistics, coverage, known_word_weights

_MOST, _MOST_WORDS = 3, 5
_AMOUNTS = frozenset("many much".split())  # "how many?" asks for a number, and no article need say so
_TRIED = 24  # sentences whose meaning is compared: those that share most words with the question
# Below both, a sentence is about something else: the cosine to the question, its words' share by their weights.
_LEAST_LIKENESS, _LEAST_COVERAGE = 0.35, 0.5


@dataclass(frozen=True, slots=True)
class _Candidate:
    support: Support
    covered: float

    @property
    def words(self) -> str:
        return self.support.passage.chunk.words(*self.support.span)


class Nearest:
    """Finds them by the words that a sentence shares with the question, and by its meaning."""

    def __init__(self, statistics: WordStatistics, embedder: TextEmbedder) -> None:
        self._statistics = statistics
        self._embedder = embedder

    def unknown_words(self, question: str) -> tuple[str, ...]:
        """Return the words of a question, as it writes them, that stand in no article; at most five."""
        asked = wanted(question).about or question  # "summarise" is no word of an article's
        parts = {word: with_other_forms(stems(word)) for word in content_words(asked)}
        _, held = self._statistics.frequencies(sorted({stem for own in parts.values() for stem in own}))
        unknown = [
            word for word, own in parts.items() if word not in _AMOUNTS and own and not any(held[stem] for stem in own)
        ]
        return tuple(_as_written(word, question) for word in unknown[:_MOST_WORDS])

    def sentences(self, question: str, passages: Sequence[Passage]) -> list[Support]:
        """Return the nearest sentence of each of the nearest few articles, the nearest first, ties by place."""
        weights = known_word_weights(question, self._statistics)
        found = [
            _Candidate(Support(passage, span), coverage(weights, passage.chunk.words(*span)))
            for passage in passages
            for span in telling_sentences(passage)
        ]
        found.sort(key=lambda one: (-one.covered, -one.support.passage.score, *_place(one)))
        tried = found[:_TRIED]
        if not tried:
            return []
        vectors = np.asarray(self._embedder.embed([question, *(one.words for one in tried)]))
        likeness = [round(float(one), 4) for one in vectors[1:] @ vectors[0]]
        near = [
            (-(cosine + one.covered), *_place(one), one)
            for cosine, one in zip(likeness, tried, strict=True)
            if cosine >= _LEAST_LIKENESS or one.covered >= _LEAST_COVERAGE
        ]
        best: dict[str, Support] = {}
        for *_, one in sorted(near, key=lambda each: each[:3]):
            best.setdefault(one.support.passage.chunk.article_id, one.support)
        return list(best.values())[:_MOST]


def _place(one: _Candidate) -> tuple[str, Span]:
    return one.support.passage.chunk.id, one.support.span


def _as_written(word: str, question: str) -> str:
    found = re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", question, re.IGNORECASE)
    return found[0] if found else word
