"""The shipped judge gives the scores of the torch network that it was made from, as far as 7-bit integers can.

`judge_scores.json` holds that network's scores, in 32-bit floats, for a few made-up pairs.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embedding import load_tokenizer
from index.onnx import load_session
from models import files

PAIRS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "judge_scores.json").read_text(encoding="utf-8"))
# Logits, which spread over about 20 within a text; verdicts are shares.
MEAN_TOLERANCE, LARGEST_ANSWERED_TOLERANCE, LARGEST_SHARE_TOLERANCE = 0.8, 1.5, 0.25
START, SEPARATOR = 0, 2

Scores = tuple[Any, float, Any]


@pytest.fixture(scope="module")
def scores() -> list[Scores]:
    session, tokenizer = load_session(files.JUDGE), load_tokenizer(files.JUDGE_TOKENIZER)
    found = []
    for pair in PAIRS:
        left, text = (tokenizer.encode(pair[key], add_special_tokens=False).ids for key in ("left", "text"))
        ids = np.array([[START, *left, SEPARATOR, SEPARATOR, *text, SEPARATOR]], dtype=np.int64)
        sides = np.array([[pair["side"]] * (len(left) + 3) + [2] * (len(text) + 1)], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "sides": sides}
        spans, answered, verdicts = session.run(["spans", "answered", "verdicts"], feed)
        found.append((spans[0], float(answered[0]), shares(verdicts[0])))
    return found


def shares(logits: Any) -> Any:
    exponents = np.exp(np.asarray(logits) - np.max(logits))
    return exponents / exponents.sum()


@pytest.mark.parametrize("number", [number for number, pair in enumerate(PAIRS) if pair["side"] == 0])
def test_readings_are_near_the_networks(scores: list[Scores], number: int) -> None:
    spans, answered, _ = scores[number]

    assert np.abs(spans - np.array(PAIRS[number]["spans"])).mean() <= MEAN_TOLERANCE
    assert abs(answered - PAIRS[number]["answered"]) <= LARGEST_ANSWERED_TOLERANCE


@pytest.mark.parametrize("number", [number for number, pair in enumerate(PAIRS) if pair["side"] == 1])
def test_verdicts_are_near_the_networks(scores: list[Scores], number: int) -> None:
    assert np.abs(scores[number][2] - shares(PAIRS[number]["verdicts"])).max() <= LARGEST_SHARE_TOLERANCE
