"""Small runs of what the embedding benchmark is made of."""

import gzip
import json

import numpy as np
import pytest

from bench.embedding import (
    FOOTNOTE,
    TORCH,
    Embed,
    Missing,
    chroma_with,
    measure,
    onnx_threads,
    passages,
    table,
    torch_embedder,
)
from index.embedding import MiniLMEmbedder

SENTENCE = "Harbour masters met in Larkspur and spoke of Dunmore, of tides and of grain. "


def test_passages_are_full_and_fit_every_embedder(tmp_path):
    docs = tmp_path / "docs.jsonl.gz"
    docs.write_bytes(gzip.compress(json.dumps({"text": SENTENCE * 60}).encode()))
    with onnx_threads(1):
        embedder = MiniLMEmbedder()
    cut = passages(docs, 3, embedder.count_tokens)
    assert all(200 <= count <= 254 for count in embedder.count_tokens(cut))
    with pytest.raises(SystemExit, match="300 are needed"):
        passages(docs, 300, embedder.count_tokens)


def test_every_embedder_is_measured_in_every_round():
    turns = []

    def embedder(name: str) -> Embed:
        def embed(texts):
            turns.append(name)
            return np.ones((len(texts), 1), dtype=np.float32)

        return embed

    rates = measure({FOOTNOTE: embedder("ours"), TORCH: embedder("theirs")}, ["text"] * 3, rounds=2)
    assert {name: len(each) for name, each in rates.items()} == {FOOTNOTE: 2, TORCH: 2}
    assert turns == ["ours", "theirs", "ours", "theirs", "theirs", "ours"]
    ones = np.ones((3, 1), dtype=np.float32)
    assert table(rates, {FOOTNOTE: ones, TORCH: ones}).row_count == 2


def test_a_peer_without_weights_is_missing(tmp_path):
    with pytest.raises(Missing, match="--onnx-fp32"):
        chroma_with(None, None, tmp_path)
    with pytest.raises(Missing, match="there is no --weights"):
        chroma_with(tmp_path / "model.onnx", None, tmp_path)
    with pytest.raises(Missing, match="--weights"):
        torch_embedder(None, threads=2)
