"""What of the articles a language model is shown: the judge's findings choose, the model only words.

A small model is confused by what it takes long to read. It gets the sentences in which the judge finds answers, each
with one beside it, since "he" and "there" are understood from that. A strong one gets whole passages.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from index.records import Passage, Span
from qa.bylines import furniture_asked_for
from qa.comparison import Side
from qa.findings import findings
from qa.reader import Reader
from qa.records import Excerpt
from qa.rows import is_row
from qa.stretches import STRETCHES_READ, WordStatistics, stretches_to_read, word_weights

_MOST_TOGETHER = 4  # sentences under one number: more, and its citation says little
_OF_A_PASSAGE = 2  # sentences of each passage where no word of the question stands in any
_PASSAGES_THEN = 4


class Chooser(Protocol):
    """What chooses the excerpts that a model is shown."""

    def chosen(
        self, question: str, passages: Sequence[Passage], asked: str, sides: Sequence[Side] = ()
    ) -> list[Excerpt]:
        """Return excerpts, what matters most first; how many of them have room, the engine knows."""


class WholePassages:
    """The passages as they were found, those of the sides before all else."""

    def chosen(
        self,
        question: str,
        passages: Sequence[Passage],
        asked: str,  # noqa: ARG002 - for a reader
        sides: Sequence[Side] = (),
    ) -> list[Excerpt]:
        """See Chooser.chosen."""
        of_sides = [one.passage for side in sides for one in side.findings[:1]]
        asked_for = furniture_asked_for(question)
        return [Excerpt.whole(one, asked_for) for one in dict.fromkeys([*of_sides, *passages])]


class BearingSentences:
    """The sentences that bear on the question, by the judge's findings in what the offline engine reads too."""

    def __init__(self, reader: Reader, statistics: WordStatistics, stretches_read: int = STRETCHES_READ) -> None:
        self._reader = reader
        self._statistics = statistics
        self._stretches_read = stretches_read

    def chosen(
        self, question: str, passages: Sequence[Passage], asked: str, sides: Sequence[Side] = ()
    ) -> list[Excerpt]:
        """See Chooser.chosen."""
        weights = word_weights(question, self._statistics)
        stretches = stretches_to_read(passages, weights, self._stretches_read, furniture_asked_for(asked))
        found = [one for side in sides for one in side.findings[:1]] + findings(asked, stretches, self._reader)
        picked = [(one.passage, _with_the_one_beside(one.passage, one.sentence)) for one in found]
        # A question without a form, such as "What is the row about?", may have its answer in what the reader passed by.
        picked += [(one.passage, one.sentences) for one in stretches]
        if not picked:
            picked = [(one, tuple(one.chunk.told()[:_OF_A_PASSAGE])) for one in passages[:_PASSAGES_THEN]]
        return _joined(picked)


def _with_the_one_beside(passage: Passage, sentence: Span) -> tuple[Span, ...]:
    """Return the sentence with the one before it, or behind it where it is the first; a row is understood alone."""
    told = passage.chunk.told()
    if sentence not in told or is_row(passage.chunk, sentence):
        return (sentence,)
    place = told.index(sentence)
    return tuple(told[place - 1 : place + 1] if place else told[:2])


def _joined(picked: Iterable[tuple[Passage, tuple[Span, ...]]]) -> list[Excerpt]:
    """Return excerpts in which no sentence stands twice, neighbours under one number."""
    made: list[Excerpt] = []
    known: set[tuple[str, Span]] = set()  # passages of an article may overlap
    for passage, sentences in picked:
        new = tuple(one for one in sentences if (passage.chunk.article_id, one) not in known)
        known |= {(passage.chunk.article_id, one) for one in new}
        if not new:
            continue
        beside = next((place for place, one in enumerate(made) if _touches(one, passage, new)), None)
        if beside is None:
            made.append(Excerpt(passage, new))
        else:
            made[beside] = Excerpt(passage, tuple(sorted((*made[beside].sentences, *new))))
    return made


def _touches(excerpt: Excerpt, passage: Passage, new: Sequence[Span]) -> bool:
    told = passage.chunk.told()
    places = sorted(told.index(one) for one in (*excerpt.sentences, *new) if one in told)
    together = places == list(range(places[0], places[-1] + 1)) if places else False
    return excerpt.passage == passage and together and len(excerpt.sentences) + len(new) <= _MOST_TOGETHER
