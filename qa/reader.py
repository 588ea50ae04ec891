"""A question and a stretch of text become the words that answer, and how sure it is that the text answers at all."""

import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from index.embedding import batches_by_length, load_tokenizer, sayable
from index.onnx import load_session
from index.records import Span
from models import files

_MAX_QUESTION_TOKENS = 40  # as in training (models/train_reader.py), as are the next two
_MAX_TOKENS = files.READER_MAX_TOKENS
_CLS, _SEP = 101, 102
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


class MiniLMReader:
    """The shipped reader (models/MODEL_CARD.md): reads 208 tokens of question and text, and ignores what comes behind.

    Safe to share between threads. Raises ModelFileError when a shipped file is missing or damaged.
    """

    def __init__(self, model: Path = files.READER, tokenizer: Path = files.TOKENIZER) -> None:
        self._tokenizer = load_tokenizer(tokenizer)
        self._session = load_session(model)

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """See Reader.read."""
        asked = self._tokenizer.encode(sayable(question), add_special_tokens=False).ids[:_MAX_QUESTION_TOKENS]
        head = [_CLS, *asked, _SEP]
        room = _MAX_TOKENS - len(head) - 1
        encodings = self._tokenizer.encode_batch([sayable(text) for text in texts], add_special_tokens=False)
        encoded = [encoding.ids[:room] for encoding in encodings]
        readings = [Reading(-np.inf, ())] * len(texts)
        for batch in batches_by_length([len(head) + len(ids) + 1 for ids in encoded]):
            spans, answerable = self._scores(head, [encoded[position] for position in batch])
            for row, position in enumerate(batch):
                size = len(encoded[position])
                found = _best_spans(spans[row], len(head), size)
                offsets = encodings[position].offsets
                answers = tuple(
                    AnswerSpan(_whole(texts[position], offsets[start][0], offsets[end][1]), round(score, 4))
                    for start, end, score in found
                )
                readings[position] = Reading(round(float(answerable[row]), 4), answers)
        return readings

    def knows(self, word: str) -> bool:
        """Tell whether the vocabulary has this word, in lower case, whole: 30,000 common words and names are."""
        return self._tokenizer.token_to_id(word) is not None

    def _scores(self, head: Sequence[int], texts: Sequence[Sequence[int]]) -> tuple[Scores, Scores]:
        longest = len(head) + max(map(len, texts)) + 1
        ids = np.zeros((len(texts), longest), dtype=np.int64)
        segments, mask = np.zeros_like(ids), np.zeros_like(ids)
        for row, text in enumerate(texts):
            size = len(head) + len(text) + 1
            ids[row, :size] = [*head, *text, _SEP]
            segments[row, len(head) : size] = 1
            mask[row, :size] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "segments": segments}
        spans, answerable = self._session.run(["spans", "answerable"], feed)
        return spans, answerable


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


def _whole(text: str, start: int, end: int) -> Span:
    """Take in the accents behind the last letter, which the tokenizer leaves out."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return Span(start, end)


def _best_spans(scores: Scores, first: int, size: int) -> list[tuple[int, int, float]]:
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
