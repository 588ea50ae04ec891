"""Which sentences tell a story: chosen one by one, the most telling first, none that repeats another.

Which ones those are shows in what the story rests on: how each article begins, what its headline says, what other
articles say too, and what the question names (the positions and cue words of Edmundson 1969, and the choice against
repetition of Carbonell and Goldstein 1998).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from index.embedding import Vectors
from index.records import Passage, Span
from index.words import content_stems, stems
from qa.article_sentences import telling_sentences
from qa.spoken import is_said
from qa.stretches import share_held

MOST_SENTENCES = 5
_OF_ONE_ARTICLE, _OF_THE_NEWEST, _LEAST_SENTENCES = 4, 3, 3
_SAME = 0.6  # of the shorter sentence's weight, which makes two sentences one
# What a sentence gains by its place in the article, for its headline's words, and where others say it, too.
_PLACES = (0.7, 0.35, 0.2)
_BY_HEADLINE, _BY_OTHERS, _BY_QUESTION = 0.5, 0.5, 0.7
_DEPENDS = 0.35  # taken off what is understood from the sentence before: "He", "But", "That"
_LONG = 55  # words
# Of a long article: how many of its first sentences are looked at, and how many that hold most of what is asked about;
# to how many of another's first sentences each is compared.
_FIRST, _HOLDING, _COMPARED = 40, 60, 20
_QUOTES = re.compile(r"[“”\"«»]")
_LEANS = re.compile(
    r"[”\"],? (?:he|she|they) |^\W*(?:he|she|it|they|this|that|these|those|but|and|so|his|her|their|its|there|then|yet|"
    r"such|both|here)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """An article of the story: its telling sentences with the weights of their stems."""

    passage: Passage
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, passage: Passage) -> "Told":
        """Return an article's telling sentences."""
        return cls(passage, tuple(telling_sentences(passage)))

    @property
    def published(self) -> date:
        return self.passage.published or date.min

    def about(self, weights: Mapping[str, float]) -> "Told":
        """Return the same without what of a long article is far from its beginning and from what is asked about."""
        if len(self.spans) <= _FIRST + _HOLDING:
            return self
        later = range(_FIRST, len(self.spans))
        holding = sorted(later, key=lambda place: (-share_held(weights, self.stems[place]), place))[:_HOLDING]
        return Told(self.passage, tuple(self.spans[place] for place in (*range(_FIRST), *sorted(holding))))

    @cached_property
    def sentences(self) -> list[str]:
        """Their words."""
        return [self.words(place) for place in range(len(self.spans))]

    def words(self, place: int) -> str:
        return self.passage.chunk.words(*self.spans[place])

    @cached_property
    def stems(self) -> list[frozenset[str]]:
        return [frozenset(content_stems(self.words(place))) for place in range(len(self.spans))]

    @cached_property
    def all_stems(self) -> frozenset[str]:
        told = f"{self.passage.title or ''} {self.passage.author or ''} {self.passage.chunk.text}"
        return frozenset(stems(told))

    @cached_property
    def headline(self) -> frozenset[str]:
        return frozenset(content_stems(self.passage.title or ""))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the story, with how telling it is."""

    number: int  # of its article
    place: int
    score: float
    said: bool  # whether the one who was asked about says it


class Choice:
    """Chooses the sentences of a story one by one, the most telling first, none that repeats another."""

    def __init__(
        self, story: Sequence[Told], topic: Mapping[str, float], of_words: Mapping[str, float], by: str
    ) -> None:
        """`by` is who says what is wanted, "" where the article does."""
        self._story = story
        self._topic = topic
        self._weights = of_words
        self._by = by
        places = [(number, place) for number, one in enumerate(story) for place in range(len(one.spans))]
        self.candidates = sorted((self._candidate(*one) for one in places), key=_most_telling)

    def near(self, vectors: Vectors) -> None:
        """Let the meaning count: `vectors` are the question's and those of the first candidates."""
        likeness = vectors[1:] @ vectors[0]
        compared = [
            replace(one, score=round(one.score + float(like), 4))
            for one, like in zip(self.candidates, likeness, strict=False)
        ]
        self.candidates = sorted(compared, key=_most_telling)

    def words(self, candidate: Candidate) -> str:
        """Return a candidate's sentence."""
        return self._story[candidate.number].words(candidate.place)

    def made(self, *, strictly: bool) -> list[tuple[Told, int]]:
        """Return the sentences in the order of the story: by article, the earliest first, then by place.

        `strictly` leaves out what somebody else says; otherwise it fills up where there is little else.
        """
        said = [one for one in self.candidates if one.said]
        chosen = self._chosen(said, [])
        if self._by and not strictly and len(chosen) < _LEAST_SENTENCES:
            told = {one.number for one in said}
            others = [one for one in self.candidates if one.number in told and not _QUOTES.search(self.words(one))]
            chosen = self._chosen(others, chosen)
        return [(self._story[number], place) for number, place in sorted((one.number, one.place) for one in chosen)]

    def newest(self) -> list[tuple[Told, int]]:
        """Return the sentences of a story whose articles come newest first: most of the first, one of each other."""
        chosen = self._chosen([one for one in self.candidates if one.number == 0], [], _OF_THE_NEWEST)
        others = [one for one in self.candidates if one.number and one.place < len(_PLACES)]
        chosen = self._chosen(others, chosen, len(self._story) - 1 + len(chosen))
        return [(self._story[number], place) for number, place in sorted((one.number, one.place) for one in chosen)]

    def _chosen(
        self, candidates: Sequence[Candidate], chosen: list[Candidate], most: int | None = None
    ) -> list[Candidate]:
        most = most or (MOST_SENTENCES if len(self._story) > 1 else _OF_ONE_ARTICLE)
        for one in candidates:  # each article has its say before one has a second
            heard = any(one.number == other.number for other in chosen)
            if len(chosen) < most and not heard and not self._repeats(one, chosen):
                chosen.append(one)
        for one in sorted(candidates, key=self._adding_most):
            if len(chosen) < most and one not in chosen and not self._repeats(one, chosen):
                chosen.append(one)
        return chosen

    def _adding_most(self, one: Candidate) -> tuple[float, int, int]:
        """Order by what is left of the score without the question's own words: the first sentences have told them."""
        asked = share_held(self._topic, self._story[one.number].stems[one.place])
        return round(_BY_QUESTION * asked - one.score, 4), one.number, one.place

    def _candidate(self, number: int, place: int) -> Candidate:
        article, words = self._story[number], self._story[number].words(place)
        held, said = article.stems[place], not self._by or is_said(article.sentences, place, self._by)
        score = _BY_QUESTION * share_held(self._topic, held)
        score += _BY_HEADLINE * self._weight(held & article.headline, article.headline)
        others = (other for n, one in enumerate(self._story) if n != number for other in one.stems[:_COMPARED])
        score += _BY_OTHERS * max((self._weight(held & other, held) for other in others), default=0.0)
        if not self._by and place < len(_PLACES):
            score += _PLACES[place]
        score -= _DEPENDS * bool(_LEANS.match(words)) + _DEPENDS * (len(words.split()) > _LONG)
        return Candidate(number, place, round(score, 4), said)

    def _repeats(self, one: Candidate, chosen: Iterable[Candidate]) -> bool:
        held = self._story[one.number].stems[one.place]
        for two in chosen:
            other = self._story[two.number].stems[two.place]
            if self._weight(held & other, min(held, other, key=len)) >= _SAME:
                return True
        return False

    def _weight(self, shared: frozenset[str], whole: frozenset[str]) -> float:
        """Return the share of `whole` that `shared` is, by the words' weights."""
        total = sum(self._weights.get(stem, 1.0) for stem in whole)
        return sum(self._weights.get(stem, 1.0) for stem in shared) / total if total else 0.0


def _most_telling(one: Candidate) -> tuple[float, int, int]:
    return -one.score, one.number, one.place
