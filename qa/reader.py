"""A question and a stretch of text become the words that answer, and how sure it is that the text answers at all."""

import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from index.records import Span

_MAX_ANSWER_TOKENS = 30  # the usual bound of extractive readers; 99 % of the answers trained on are shorter
_ANSWERS_OF_A_TEXT = 3
_KEPT_READINGS = 1_000  # of some 20 questions, about 1 KB each with its text

Scores = npt.NDArray[np.float32]


class AnswerSpan(NamedTuple):
    """Words of a text that may answer, code points; `score` is by how much they beat "no answer", in logits."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader finds in one text: a logit for "it answers the question", and the best spans.

    They come best first, and none overlaps another.
    """

    answerable: float
    spans: tuple[AnswerSpan, ...]


class Reader(Protocol):
    """What finds answers in texts."""

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """Return a reading for each text; offsets are code points into it."""


class RememberingReader:
    """Reads no text twice for a question, as long as it remembers: engines and comparisons read many of the same.

    Safe to share between threads where `reader` is; two may then read the same text at the same time.
    """

    def __init__(self, reader: Reader, kept: int = _KEPT_READINGS) -> None:
        self._reader = reader
        self._kept = kept
        self._readings: OrderedDict[tuple[str, str], Reading] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """See Reader.read."""
        with self._lock:
            known = {text: self._readings[question, text] for text in texts if (question, text) in self._readings}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known |= zip(new, self._reader.read(question, new), strict=True)
        with self._lock:
            for text in new:
                self._readings[question, text] = known[text]
            while len(self._readings) > self._kept:
                self._readings.popitem(last=False)
        return [known[text] for text in texts]


def whole(text: str, start: int, end: int) -> Span:
    """Take in the accents behind the last letter, which the tokenizer leaves out."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return Span(start, end)


def best_spans(scores: Scores, first: int, size: int) -> list[tuple[int, int, float]]:
    """Return start token, end token (of the text, inclusive) and score of the best spans; `scores` is [S, 2]."""
    if not size:
        return []
    no_answer = float(scores[0].sum())
    here = scores[first : first + size]
    joined = here[:, 0][:, None] + here[:, 1][None, :]
    length = np.arange(size)[None, :] - np.arange(size)[:, None]
    joined[(length < 0) | (length >= _MAX_ANSWER_TOKENS)] = -np.inf
    found: list[tuple[int, int, float]] = []
    while len(found) < _ANSWERS_OF_A_TEXT:
        start, end = np.unravel_index(int(joined.argmax()), joined.shape)
        score = float(joined[start, end])
        if not np.isfinite(score):
            break
        found.append((int(start), int(end), score - no_answer))
        joined[: end + 1, start:] = -np.inf  # whatever shares a token with it
    return found
