"""The shipped model turns texts into vectors, the same for the same text, and says so when its files are broken."""

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedding import FootnoteEmbedding, MiniLMEmbedder, RememberingEmbedder, load_tokenizer
from index.errors import ModelFileError
from index.onnx import load_session
from models import files

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=25)

FERRY = "The ferry sailed again on Tuesday."
BOAT = "A boat left the port this week."
OVEN = "The baker built a new oven."


class TestVectors:
    def test_there_is_one_of_384_numbers_for_each_text(self, embedder: MiniLMEmbedder) -> None:
        assert embedder.embed([FERRY, BOAT, OVEN]).shape == (3, 384)

    def test_no_texts_have_no_vectors(self, embedder: MiniLMEmbedder) -> None:
        assert embedder.embed([]).shape == (0, 384)

    @repeatable
    @given(texts=st.lists(st.text(max_size=300), min_size=1, max_size=4))
    def test_each_has_length_one(self, embedder: MiniLMEmbedder, texts: list[str]) -> None:
        lengths = np.linalg.norm(embedder.embed(texts), axis=1)

        assert np.allclose(lengths, 1, atol=1e-5)

    @repeatable
    @given(others=st.lists(st.text(max_size=400), max_size=6), place=st.integers(0, 6))
    def test_a_text_has_the_same_in_any_company(self, embedder: MiniLMEmbedder, others: list[str], place: int) -> None:
        place = min(place, len(others))
        together = embedder.embed([*others[:place], FERRY, *others[place:]])

        assert np.allclose(together[place], embedder.embed([FERRY])[0], atol=1e-5)

    def test_they_come_in_the_order_of_the_texts(self, embedder: MiniLMEmbedder) -> None:
        texts = ["Long. " * (20 - number) + str(number) for number in range(20)]

        together = embedder.embed(texts)

        assert np.allclose(together, np.concatenate([embedder.embed([text]) for text in texts]), atol=1e-5)

    def test_the_same_text_twice_has_the_same_twice(self, embedder: MiniLMEmbedder) -> None:
        first, second = embedder.embed([FERRY, FERRY])

        assert np.array_equal(first, second)

    def test_texts_of_like_meaning_are_near(self, embedder: MiniLMEmbedder) -> None:
        ferry, boat, oven = embedder.embed([FERRY, BOAT, OVEN])

        assert ferry @ boat > ferry @ oven + 0.2

    @pytest.mark.parametrize(
        "text", ["", " ", "\x00", "\ud800", "a\udfffb", "👨‍👩‍👧", "\ufffe", "港" * 600, "a" * 100_000]
    )
    def test_any_text_has_one(self, embedder: MiniLMEmbedder, text: str) -> None:
        assert np.isfinite(embedder.embed([text])).all()

    def test_a_lone_surrogate_stands_for_a_question_mark(self, embedder: MiniLMEmbedder) -> None:
        broken, mended = embedder.embed(["the \ud800 ferry", "the ? ferry"])

        assert np.allclose(broken, mended, atol=1e-6)

    def test_text_behind_256_tokens_is_not_seen(self, embedder: MiniLMEmbedder) -> None:
        # One token a word, and the two that mark both ends.
        short, long = embedder.embed(["word " * 254, "word " * 254 + FERRY])

        assert np.allclose(short, long, atol=1e-6)

    def test_the_last_of_256_tokens_is_seen(self, embedder: MiniLMEmbedder) -> None:
        one, other = embedder.embed(["word " * 253 + "ferry", "word " * 253 + "oven"])

        assert not np.allclose(one, other, atol=1e-4)

    def test_progress_tells_of_every_text_once(self, embedder: MiniLMEmbedder) -> None:
        told: list[int] = []

        embedder.embed(["word " * 100] * 25, told.append)

        assert (sum(told), len(told) > 1) == (25, True)


class TestCountingTokens:
    def test_the_marks_of_both_ends_do_not_count(self, embedder: MiniLMEmbedder) -> None:
        assert embedder.count_tokens(["the ferry sailed", "", "ferry"]) == [3, 0, 1]

    def test_long_texts_are_counted_whole(self, embedder: MiniLMEmbedder) -> None:
        assert embedder.count_tokens(["word " * 1_000]) == [1_000]

    def test_no_texts_have_no_counts(self, embedder: MiniLMEmbedder) -> None:
        assert embedder.count_tokens([]) == []

    def test_a_lone_surrogate_counts(self, embedder: MiniLMEmbedder) -> None:
        assert embedder.count_tokens(["\ud800"]) == [1]


class TestBrokenModelFiles:
    @pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
    def test_a_missing_file_is_named(self, tmp_path: Path, missing: str) -> None:
        paths = {"model.onnx": files.EMBEDDER, "tokenizer.json": files.TOKENIZER} | {missing: tmp_path / missing}

        with pytest.raises(ModelFileError, match=rf"{missing} is missing\. Install Footnote again\."):
            MiniLMEmbedder(paths["model.onnx"], paths["tokenizer.json"])

    @pytest.mark.parametrize(
        "content",
        [b"", b"{}", b"not JSON", b"\xff\xfe", b'{"model": null}', files.TOKENIZER.read_bytes()[:10_000]],
        ids=["empty", "no keys", "words", "bytes", "no model", "half"],
    )
    def test_a_damaged_tokenizer_is_named(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "tokenizer.json").write_bytes(content)

        with pytest.raises(ModelFileError, match=r"tokenizer\.json is damaged"):
            load_tokenizer(tmp_path / "tokenizer.json")

    @pytest.mark.parametrize(
        "content",
        [b"", b"not a model", files.EMBEDDER.read_bytes()[:100_000]],
        ids=["empty", "words", "half"],
    )
    def test_a_damaged_model_is_named(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "model.onnx").write_bytes(content)

        with pytest.raises(ModelFileError, match=r"model\.onnx is damaged"):
            load_session(tmp_path / "model.onnx")

    def test_a_session_works_with_as_many_threads_as_it_is_told(self) -> None:
        told = load_session(files.EMBEDDER, threads=1).get_session_options()

        assert told.intra_op_num_threads == 1

    def test_a_folder_is_no_model(self, tmp_path: Path) -> None:
        with pytest.raises(ModelFileError, match="is missing"):
            load_session(tmp_path)

    def test_a_tokenizer_that_cuts_and_pads_is_kept_from_it(self, tmp_path: Path) -> None:
        stated = json.loads(files.TOKENIZER.read_text(encoding="utf-8"))
        stated["truncation"] = {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0}
        stated["padding"] = {
            "strategy": {"Fixed": 128},
            "direction": "Right",
            "pad_to_multiple_of": None,
            "pad_id": 0,
            "pad_type_id": 0,
            "pad_token": "[PAD]",
        }
        (tmp_path / "tokenizer.json").write_text(json.dumps(stated), encoding="utf-8")

        tokenizer = load_tokenizer(tmp_path / "tokenizer.json")

        assert len(tokenizer.encode("word " * 10).ids) == 12


class TestAsALlamaIndexModel:
    def test_a_text_has_the_embedders_vector(self, embedder: MiniLMEmbedder) -> None:
        assert FootnoteEmbedding(embedder).get_text_embedding(FERRY) == embedder.embed([FERRY])[0].tolist()

    def test_a_query_has_the_embedders_vector(self, embedder: MiniLMEmbedder) -> None:
        assert FootnoteEmbedding(embedder).get_query_embedding(FERRY) == embedder.embed([FERRY])[0].tolist()

    def test_texts_come_in_order(self, embedder: MiniLMEmbedder) -> None:
        found = FootnoteEmbedding(embedder, embed_batch_size=2).get_text_embedding_batch([FERRY, OVEN, BOAT])

        assert np.allclose(found, embedder.embed([FERRY, OVEN, BOAT]), atol=1e-5)

    def test_a_query_may_be_awaited(self, embedder: MiniLMEmbedder) -> None:
        found = asyncio.run(FootnoteEmbedding(embedder).aget_query_embedding(FERRY))

        assert found == embedder.embed([FERRY])[0].tolist()

    def test_a_text_may_be_awaited(self, embedder: MiniLMEmbedder) -> None:
        found = asyncio.run(FootnoteEmbedding(embedder).aget_text_embedding(FERRY))

        assert found == embedder.embed([FERRY])[0].tolist()

    def test_texts_may_be_awaited(self, embedder: MiniLMEmbedder) -> None:
        found = asyncio.run(FootnoteEmbedding(embedder).aget_text_embedding_batch([FERRY, OVEN]))

        assert np.allclose(found, embedder.embed([FERRY, OVEN]), atol=1e-5)

    def test_it_has_the_embedders_name(self, embedder: MiniLMEmbedder) -> None:
        assert FootnoteEmbedding(embedder).model_name == embedder.name


def test_a_list_of_texts_is_embedded_once_as_long_as_it_is_remembered(embedder: MiniLMEmbedder):
    asked: list[list[str]] = []

    class Counting:
        def embed(self, texts):
            asked.append(list(texts))
            return embedder.embed(texts)

    remembering = RememberingEmbedder(Counting(), kept=1)
    first = remembering.embed(["seals", "boats"])
    again = remembering.embed(("seals", "boats"))
    assert np.array_equal(first, again)
    assert np.array_equal(first, embedder.embed(["seals", "boats"]))
    remembering.embed(["seals"])
    remembering.embed(["seals", "boats"])
    assert asked == [["seals", "boats"], ["seals"], ["seals", "boats"]]
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0] = 1.0
