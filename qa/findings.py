"""What the reader points at in the passages: the words that may answer, in their sentence, with a confidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Passage, Span
from qa.answer_types import has_the_form
from qa.confidence import confidence
from qa.orders import is_order
from qa.reader import Reader, Reading
from qa.rows import Shown, cell_asked_for
from qa.short_answers import is_short, uncut
from qa.stretches import Stretch


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of a passage that may answer; spans point into the article."""

    passage: Passage
    sentence: Span
    span: Span
    confidence: float

    @property
    def answer(self) -> str:
        """The words that may answer."""
        return self.passage.chunk.words(*self.span)

    @property
    def alone(self) -> str | None:
        """The same as it may be shown without its sentence (see qa.short_answers); None where it may not."""
        begin = self.sentence.start
        shown = uncut(self.words, self.span.start - begin, self.span.end - begin)
        return None if shown is None else self.words[shown.start : shown.end]

    def short_answer(self, question: str) -> str | None:
        """Return them as the short answer to a question; None where they may not stand alone, or are too many."""
        return self.alone if self.alone and is_short(question, self.alone) else None

    @property
    def words(self) -> str:
        """Their sentence."""
        return self.passage.chunk.words(*self.sentence)

    @property
    def wording(self) -> str:
        """Their sentence, on one line."""
        return " ".join(self.words.split())

    @property
    def article_id(self) -> str:
        """The article that says so."""
        return self.passage.chunk.article_id


def findings(question: str, stretches: Sequence[Stretch], reader: Reader) -> list[Finding]:
    """Return what the reader finds in the stretches that has the form of an answer, the surest first, ties by place."""
    texts = [stretch.shown for stretch in stretches]
    readings = reader.read(question, [text.text for text in texts])
    found = [one for triple in zip(stretches, texts, readings, strict=True) for one in _of_stretch(question, *triple)]
    found = [one for one in found if has_the_form(question, one.answer) and not is_order(one.words)]
    return sorted(found, key=lambda one: (-one.confidence, one.passage.chunk.id, one.sentence))


def _of_stretch(question: str, stretch: Stretch, text: Shown, reading: Reading) -> list[Finding]:
    made = []
    for answer in reading.spans:
        start, end = cell_asked_for(question, stretch.passage.chunk, text.place(*answer.span))
        place = next((n for n, one in enumerate(stretch.sentences) if start < one.end), len(stretch.sentences) - 1)
        sentence = stretch.sentences[place]
        span = Span(max(start, sentence.start), min(end, sentence.end))
        sure = confidence(reading.answerable, answer, stretch.passage.score)
        made.append(Finding(stretch.passage, sentence, span, sure))
    return made
