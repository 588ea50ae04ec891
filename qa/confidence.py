"""How sure the reader is that words of an article answer a question, between 0 and 1."""

import math
from collections.abc import Sequence

from index.records import Span
from qa.answer_types import has_the_form
from qa.bylines import furniture_asked_for
from qa.reader import AnswerSpan, Reader
from qa.records import Support
from qa.rows import shown
from qa.same_answer import answer_key

# A finding's logit is the reader's verdict on the stretch, plus these shares of the span's and the retriever's scores.
# The question's words in the sentence and the nearness of its meaning were tried beside them: with either, fewer right
# answers stand above 95 % of the wrong ones.
_SPAN_SHARE, _RETRIEVED_SHARE = 0.24, 10.0
# Confidence = sigmoid(slope x logit + shift), all four fitted on the open cases of both suites (Platt 1999). Of the
# answers surer than .7, 93 of 103 were right; of those from .5 to .7, 71 of 86.
_SLOPE, _SHIFT = 0.316, -4.134


def confidence(answerable: float, answer: AnswerSpan, retrieved: float) -> float:
    """Return the confidence in one of a reading's answers, of a passage with this score of the retriever."""
    logit = answerable + _SPAN_SHARE * answer.score + _RETRIEVED_SHARE * retrieved
    return round(1 / (1 + math.exp(-_SLOPE * logit - _SHIFT)), 4)


class ReadersJudgement:
    """Asks the reader whether what a statement rests on answers the question: true is not yet to the point."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def confidence(self, question: str, statement: str, supports: Sequence[Support]) -> float:
        """Return the confidence that a statement that rests on these words answers; 0 where its form forbids it."""
        if not has_the_form(question, statement):
            return 0.0
        said = answer_key(statement)
        return max((self._of(question, said, one) for one in supports), default=0.0)

    def _of(self, question: str, said: frozenset[str], support: Support) -> float:
        chunk, own = support.passage.chunk, support.span
        told = chunk.told(furniture_asked_for(question))
        place = next((n for n, span in enumerate(told) if span.start <= own.start < span.end), None)
        if place is None:  # furniture, which answers nothing
            return 0.0
        text = shown(chunk, told[max(0, place - 1) : place + 2])  # "He said ..." is understood from the one before
        (reading,) = self._reader.read(question, [text.text])
        answers = [
            one
            for one in reading.spans
            if _overlap(text.place(*one.span), own) and _says(said, text.text[slice(*one.span)])
        ]
        return max((confidence(reading.answerable, one, support.passage.score) for one in answers), default=0.0)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _says(said: frozenset[str], answer: str) -> bool:
    """Tell whether a statement of these words gives most of this answer: others may be as true, and beside it."""
    given = answer_key(answer)
    return 2 * len(given & said) >= max(1, len(given))
