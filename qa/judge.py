"""The shipped judge: which words of a text answer a question, and what evidence says to a statement."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding

from index.embedding import batches_by_length, load_tokenizer, sayable
from index.onnx import load_session, run
from models import files
from qa.reader import AnswerSpan, Reading, best_spans, whole

_MAX_TOKENS, _MAX_LEFT_TOKENS = files.JUDGE_MAX_TOKENS, 64  # as in training (models/train_judge.py)
_START, _PADDING, _SEPARATOR = 0, 1, 2
_QUESTION, _STATEMENT, _TEXT = 0, 1, 2  # whose words a token is of

Scores = npt.NDArray[np.float32]


class Verdict(NamedTuple):
    """What evidence says to a statement: three shares that add up to 1."""

    supported: float
    contradicted: float
    neither: float


class Verifier(Protocol):
    """What tells whether evidence supports a statement."""

    def verify(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]:
        """Return a verdict for each pair of a statement and its evidence; "neither" for what is too long to judge."""


class MPNetJudge:
    """Reads and verifies (models/MODEL_CARD.md): 208 tokens of both sides, and ignores what comes behind.

    It is a `qa.reader.Reader` and a `Verifier`. Safe to share between threads. Raises ModelFileError when a shipped
    file is missing or damaged.
    """

    def __init__(self, model: Path = files.JUDGE, tokenizer: Path = files.JUDGE_TOKENIZER, threads: int = 0) -> None:
        self._tokenizer = load_tokenizer(tokenizer)
        self._session = load_session(model, threads)

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """See `qa.reader.Reader`."""
        (asked,) = self._encoded([question])
        encodings = self._encoded(texts)
        readings = [Reading(-np.inf, ())] * len(texts)
        for batch in self._judged(_QUESTION, [(asked, encoding) for encoding in encodings]):
            for place, pair, (spans, answered, _) in batch:
                offsets = encodings[place].offsets
                answers = tuple(
                    AnswerSpan(whole(texts[place], offsets[start][0], offsets[end][1]), round(score, 4))
                    for start, end, score in best_spans(spans, pair.text_from, pair.size)
                )
                readings[place] = Reading(round(float(answered), 4), answers)
        return readings

    def verify(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]:
        """See Verifier."""
        statements, evidence = (self._encoded([pair[side] for pair in pairs]) for side in (0, 1))
        verdicts = [Verdict(0.0, 0.0, 1.0)] * len(pairs)
        for batch in self._judged(_STATEMENT, list(zip(statements, evidence, strict=True))):
            for place, pair, (_, _, scores) in batch:
                if pair.whole:
                    shares = np.exp(scores - scores.max())
                    verdicts[place] = Verdict(*(round(float(share), 4) for share in shares / shares.sum()))
        return verdicts

    def knows(self, word: str) -> bool:
        """Tell whether the vocabulary has this word, in lower case, whole: 30,000 common words and names are."""
        return self._tokenizer.token_to_id(word) is not None

    def _encoded(self, texts: Sequence[str]) -> list[Encoding]:
        found: list[Encoding] = self._tokenizer.encode_batch(
            [sayable(text) for text in texts], add_special_tokens=False
        )
        return found

    def _judged(
        self, side: int, pairs: Sequence[tuple[Encoding, Encoding]]
    ) -> Iterator[list[tuple[int, "_Pair", tuple[Scores, Scores, Scores]]]]:
        """Yield batches of (place among the pairs, the pair, its scores), pairs of alike length together."""
        made = [_Pair(left.ids, text.ids) for left, text in pairs]
        for batch in batches_by_length([len(pair.ids) for pair in made]):
            longest = len(made[batch[-1]].ids)
            ids = np.full((len(batch), longest), _PADDING, dtype=np.int64)
            sides = np.full_like(ids, _TEXT)
            for row, place in enumerate(batch):
                ids[row, : len(made[place].ids)] = made[place].ids
                sides[row, : made[place].text_from] = side
            feed = {"input_ids": ids, "attention_mask": (ids != _PADDING).astype(np.int64), "sides": sides}
            outputs = run(self._session, ["spans", "answered", "verdicts"], feed)
            yield [(place, made[place], tuple(one[row] for one in outputs)) for row, place in enumerate(batch)]


class _Pair:
    """`<s> left </s></s> text </s>` in tokens, cut to what is read."""

    __slots__ = ("ids", "size", "text_from", "whole")

    def __init__(self, left: Sequence[int], text: Sequence[int]) -> None:
        head = [_START, *left[:_MAX_LEFT_TOKENS], _SEPARATOR, _SEPARATOR]
        kept = text[: _MAX_TOKENS - len(head) - 1]
        self.ids = [*head, *kept, _SEPARATOR]
        self.text_from, self.size = len(head), len(kept)
        self.whole = len(left) <= _MAX_LEFT_TOKENS and len(kept) == len(text)
