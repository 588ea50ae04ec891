"""Small runs of what the growth benchmark is made of."""

import gzip
import json
from argparse import Namespace

import pytest

from bench.growth import alteration, altered, ask, build, copies, originals
from index.embedding import MiniLMEmbedder
from index.splitting import Splitter

TEXT = "Harbour masters met in Larkspur. They spoke of Dunmore, of tides and of grain.\n\n" * 12


@pytest.fixture
def docs(tmp_path):
    path = tmp_path / "docs.jsonl.gz"
    lines = [{"text": TEXT, "title": f"Tides {n}", "source": "The Quay", "date": "2021-05-06"} for n in range(2)]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    return path


@pytest.fixture(scope="module")
def splitter():
    return Splitter(MiniLMEmbedder().count_tokens)


def test_a_copy_is_always_the_same_and_of_its_own_words():
    once, again, other = (alteration(copy)(TEXT) for copy in (3, 3, 4))
    assert once == again != other
    assert set(once.split()) - set(TEXT.split())
    assert len(once.split()) < len(TEXT.split())


def test_the_spans_of_a_copy_hold_its_sentences(docs, splitter):
    article, chunks = next(originals(docs, splitter))
    copied, made = altered(article, chunks, 2, alteration(2))
    assert {chunk.id for chunk in made}.isdisjoint(chunk.id for chunk in chunks)
    assert copied.id != article.id
    for chunk, original in zip(made, chunks, strict=True):
        assert chunk.text == copied.text[chunk.start : chunk.end]
        assert len(chunk.sentences) == len(original.sentences)
        for start, end in chunk.sentences:
            assert copied.text[start:end] == copied.text[start:end].strip() != ""


def test_the_vectors_of_copies_stay_near_and_have_length_1(docs, splitter):
    import numpy as np

    documents = list(originals(docs, splitter))
    count = sum(len(chunks) for _, chunks in documents)
    vectors = np.eye(384, dtype=np.float32)[:count]
    placed = list(copies(documents, vectors, 2))
    assert [len(chunks) for _, chunks, _ in placed] == [len(rows) for *_, rows in placed]
    rows = np.concatenate([rows for *_, rows in placed])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert (rows[count:] * vectors).sum(axis=1) == pytest.approx(0.97, abs=0.02)


def test_an_index_is_built_and_asked(docs, tmp_path):
    questions = tmp_path / "questions.jsonl.gz"
    asked = ["Who met in Larkspur?", "What of Dunmore?"] * 2
    questions.write_bytes(gzip.compress("\n".join(json.dumps({"question": text}) for text in asked).encode()))
    options = Namespace(docs=docs, questions=questions, queries=4)
    place = tmp_path / "key.x2"
    place.mkdir()
    assert build(options, place, 2)["articles"] == "4"
    assert {"open, s", "whole, ms", "words, cold, ms", "FTS5, ms"} <= set(ask(options, place))
