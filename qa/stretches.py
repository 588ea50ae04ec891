"""Which stretches of the passages are worth reading: a few sentences around those that share most with the question.

Furniture is no part of them, unless the question asks for it (see qa.bylines).
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.records import Passage, Span
from index.words import content_stems, stems
from qa.rows import Shown, heads_rows, is_row, shown

STRETCHES_READ = 8  # the most promising; each takes the judge some 40 ms, so comparing reads the same ones
_AROUND = 1  # sentences on either side of the best one: "He said ..." is understood from the one before
_MOST_ROWS = 2  # of a passage that share as much with the question
_LONGEST = 900  # characters; about the tokens that the reader takes beside a question
# A word of the question that stands only in the sentence before ("He said ...") counts this much. Tried and not taken:
# the title's words too (of the newsroom's 210 answerable questions, 5 more have read what answers them, and one without
# an answer gets one), and nearness in meaning (18 more, but a question takes 1.4 times as long, and as many answers are
# right and wrong: where words find too little, what is near in meaning is read anyway).
_CONTEXT_CREDIT = 0.5
_SECOND_SHARE = 0.6  # of the best sentence's coverage, which another of the passage needs for a stretch of its own


class WordStatistics(Protocol):
    """How common words are in the index; `index.postings.PostingLists` knows."""

    def frequencies(self, wanted: Sequence[str]) -> tuple[int, dict[str, int]]:
        """Return how many chunks there are, and stem -> in how many it stands, 0 included."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences of a passage that follow one another, furniture aside; `promise` is what the choice went by."""

    passage: Passage
    sentences: tuple[Span, ...]
    promise: float

    @property
    def start(self) -> int:
        """Where it begins in the article."""
        return self.sentences[0].start

    @property
    def shown(self) -> Shown:
        """Its words, as a reader is given them."""
        return shown(self.passage.chunk, self.sentences)

    @property
    def text(self) -> str:
        """The same without the way back."""
        return self.shown.text


def word_weights(question: str, statistics: WordStatistics) -> dict[str, float]:
    """Return the question's stems with their inverse document frequency (Robertson and Zaragoza 2009, eq. 3.1)."""
    return weights_of(content_stems(question), statistics)


def weights_of(wanted: Sequence[str], statistics: WordStatistics) -> dict[str, float]:
    """Return these stems with their inverse document frequency."""
    chunks, frequencies = statistics.frequencies(wanted)
    return {stem: _weight(chunks, held) for stem, held in frequencies.items()}


def part_weights(question: str, part: str, statistics: WordStatistics) -> dict[str, float]:
    """Return the weights of a question's words for one part of it, whose own words count twice."""
    own = set(content_stems(part))
    return {stem: weight * (1 + (stem in own)) for stem, weight in word_weights(question, statistics).items()}


def known_word_weights(question: str, statistics: WordStatistics) -> dict[str, float]:
    """Return the same for those stems that stand in some article: what stands in none tells no two of them apart."""
    chunks, frequencies = statistics.frequencies(content_stems(question))
    return {stem: _weight(chunks, held) for stem, held in frequencies.items() if held}


def _weight(chunks: int, held: int) -> float:
    return math.log(1 + (chunks - held + 0.5) / (held + 0.5))


def stretches_to_read(
    passages: Sequence[Passage], weights: Mapping[str, float], most: int, asked_for: Collection[str] = ()
) -> list[Stretch]:
    """Return at most `most` stretches, the most promising first, ties by place.

    With each passage that holds furniture of the sorts `asked_for`, that is read, too.
    """
    found = [stretch for passage in passages for stretch in _of_passage(passage, weights)]
    found += [stretch for passage in passages for stretch in _with_furniture(passage, weights, asked_for)]
    found.sort(key=lambda one: (-one.promise, one.passage.chunk.id, one.start))
    return found[:most]


def coverage(weights: Mapping[str, float], words: str, before: str = "") -> float:
    """Return the share of a question, by its words' weights, that `words` hold, or those before them at a discount."""
    return share_held(weights, set(stems(words)), set(stems(before)))


def share_held(weights: Mapping[str, float], here: Collection[str], before: Collection[str] = ()) -> float:
    """Return the same of stems: which share of the weights stands here, or before at a discount."""
    shares = (
        weight * (1 if stem in here else _CONTEXT_CREDIT if stem in before else 0) for stem, weight in weights.items()
    )
    return sum(shares) / (sum(weights.values()) or 1.0)


def _of_passage(passage: Passage, weights: Mapping[str, float]) -> list[Stretch]:
    chunk = passage.chunk
    sentences = read_sentences(passage)
    held = coverages(passage, sentences, weights)
    rows = {place for place, one in enumerate(sentences) if is_row(chunk, one)}
    # Of a table, the row that the question names, or none: another's cell looks as much like an answer.
    best = max((held[place] for place in rows), default=0.0)
    named = {place for place in rows if held[place] == best}
    unread = rows - named if len(named) <= _MOST_ROWS else rows
    order = sorted(set(range(len(held))) - unread, key=lambda place: (-held[place], place))
    made: list[Stretch] = []
    taken: set[int] = set()
    for place in order[:2]:
        # What shares no word with the question is not read: of "Who won?" a reader takes any name for the answer.
        if not held[place] or place in taken or (made and held[place] < _SECOND_SHARE * held[order[0]]):
            continue
        around = window(sentences, place, rows)
        taken |= set(around)
        promise = round(passage.score + held[place], 6)
        made.append(Stretch(passage, sentences[around.start : around.stop], promise))
    return made


def read_sentences(passage: Passage) -> tuple[Span, ...]:
    """Return the sentences of a passage that may be read: what heads a table stands in its rows."""
    return tuple(one for one in passage.chunk.told() if not heads_rows(passage.chunk, one))


def window(sentences: Sequence[Span], place: int, rows: Collection[int]) -> range:
    """Return the places of the sentences that are read around one, as far as the reader takes them."""
    first, last = _around(place, rows, len(sentences))
    while last > first and sentences[last].end - sentences[first].start > _LONGEST:
        first, last = (first + 1, last) if first < place else (first, last - 1)
    return range(first, last + 1)


def _around(place: int, rows: Collection[int], size: int) -> tuple[int, int]:
    """Return the first and the last of the sentences around one; a row is understood alone, and explains no other."""
    if place in rows:
        return place, place
    first, last = max(0, place - _AROUND), min(size - 1, place + _AROUND)
    return place if first in rows else first, place if last in rows else last


def _with_furniture(passage: Passage, weights: Mapping[str, float], asked_for: Collection[str]) -> list[Stretch]:
    """Return the furniture that is asked for with the sentence that tells best what the article is about."""
    told = passage.chunk.told()
    own = [span for span in passage.chunk.told(asked_for) if span not in told] if asked_for else []
    held = coverages(passage, told, weights)
    if not own or not any(held):
        return []
    best = max(range(len(told)), key=lambda place: (held[place], -place))
    return [Stretch(passage, tuple(sorted([*own, told[best]])), round(passage.score + 2 * held[best], 6))]


def coverages(passage: Passage, sentences: Sequence[Span], weights: Mapping[str, float]) -> list[float]:
    """Return for each of a passage's sentences the share of the question that it holds, with the one before it."""
    shares = []
    before: set[str] = set()
    for span in sentences:
        here = set(stems(shown(passage.chunk, [span]).text))
        shares.append(share_held(weights, here, () if is_row(passage.chunk, span) else before))
        before = here
    return shares
