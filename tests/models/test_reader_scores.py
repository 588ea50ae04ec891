"""The shipped reader gives the scores of the torch network that it was made from, as far as 7-bit integers can.

`reader_scores.json` holds that network's scores, in 32-bit floats, for every token of a few made-up pairs.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embedding import load_tokenizer
from index.onnx import load_session
from models import files

PAIRS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "reader_scores.json").read_text(encoding="utf-8"))
# Logits, which spread over about 20 within a text.
MEAN_TOLERANCE, LARGEST_VERDICT_TOLERANCE = 0.35, 0.8
CLS, SEP = 101, 102

Scores = tuple[Any, float]


@pytest.fixture(scope="module")
def scores() -> list[Scores]:
    session, tokenizer = load_session(files.READER), load_tokenizer(files.TOKENIZER)
    found = []
    for pair in PAIRS:
        question, text = (tokenizer.encode(pair[key], add_special_tokens=False).ids for key in ("question", "text"))
        ids = np.array([[CLS, *question, SEP, *text, SEP]], dtype=np.int64)
        segments = np.array([[0] * (len(question) + 2) + [1] * (len(text) + 1)], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "segments": segments}
        spans, answerable = session.run(["spans", "answerable"], feed)
        found.append((spans[0], float(answerable[0])))
    return found


@pytest.mark.parametrize("number", range(len(PAIRS)))
def test_span_scores_are_near_the_networks(scores: list[Scores], number: int) -> None:
    expected = np.stack([PAIRS[number]["starts"], PAIRS[number]["ends"]], axis=1)

    assert np.abs(scores[number][0] - expected).mean() <= MEAN_TOLERANCE


@pytest.mark.parametrize("number", range(len(PAIRS)))
def test_the_verdict_is_near_the_networks(scores: list[Scores], number: int) -> None:
    assert abs(scores[number][1] - PAIRS[number]["answerable"]) <= LARGEST_VERDICT_TOLERANCE
