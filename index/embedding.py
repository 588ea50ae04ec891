"""Text becomes vectors, with the shipped all-MiniLM-L6-v2 in ONNX Runtime. No network, no download."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr
from tokenizers import Tokenizer

from index.errors import ModelFileError
from index.onnx import load_session, run
from models import files

Vectors = npt.NDArray[np.float32]

# Tokens in one forward pass, padding included: small batches of alike length waste little on padding and keep the
# activations near the processor's cache. On 2 cores, passages a second with 512 / 1,024 / 2,048: 31.9 / 29.9 / 28.2.
_TOKENS_IN_BATCH = 512
_KEPT_LISTS = 16  # of some 5 questions, a few hundred kilobytes each at most


class TextEmbedder(Protocol):
    """What tells how near the meanings of texts are."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a vector of length 1 for each text, shape [texts, width]: a dot product is the cosine."""


class RememberingEmbedder:
    """Embeds no list of texts twice that was embedded lately: a comparison and an engine ask for the same ones.

    A whole list is remembered, as vectors differ in their last digits with what is embedded beside them. Safe to share
    between threads where `embedder` is.
    """

    def __init__(self, embedder: TextEmbedder, kept: int = _KEPT_LISTS) -> None:
        self._embedder = embedder
        self._remembered = lru_cache(maxsize=kept)(self._embedded)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See TextEmbedder.embed; the vectors are shared, and not to be written to."""
        return self._remembered(tuple(texts))

    def _embedded(self, texts: tuple[str, ...]) -> Vectors:
        vectors = self._embedder.embed(texts)
        vectors.flags.writeable = False
        return vectors


class Embedder(Protocol):
    """What the index needs of an embedding model; vectors have length 1, so a dot product is the cosine."""

    @property
    def name(self) -> str:
        """The model's name; vectors of different names are never mixed."""

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Return an array of shape [len(texts), width]; `on_progress` hears how many texts each step finished."""


class MiniLMEmbedder:
    """all-MiniLM-L6-v2: 384 wide, reads 256 tokens of a text and ignores the rest (see models/MODEL_CARD.md).

    Safe to share between threads. Raises ModelFileError when a shipped file is missing or damaged.
    """

    name = files.EMBEDDER_NAME

    def __init__(self, model: Path = files.EMBEDDER, tokenizer: Path = files.TOKENIZER, threads: int = 0) -> None:
        self._tokenizer = load_tokenizer(tokenizer)
        self._tokenizer.enable_truncation(files.EMBEDDER_MAX_TOKENS)
        self._counter = load_tokenizer(tokenizer)
        self._session = load_session(model, threads)

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """See Embedder.embed. The result for a text doesn't depend on which texts come with it."""
        vectors = np.zeros((len(texts), files.EMBEDDER_WIDTH), dtype=np.float32)
        encoded = [encoding.ids for encoding in self._tokenizer.encode_batch([sayable(text) for text in texts])]
        for batch in batches_by_length([len(ids) for ids in encoded]):
            longest = len(encoded[batch[-1]])
            ids = np.zeros((len(batch), longest), dtype=np.int64)
            mask = np.zeros((len(batch), longest), dtype=np.int64)
            for row, position in enumerate(batch):
                ids[row, : len(encoded[position])] = encoded[position]
                mask[row, : len(encoded[position])] = 1
            (vectors[batch],) = run(self._session, None, {"input_ids": ids, "attention_mask": mask})
            if on_progress:
                on_progress(len(batch))
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has, the two that mark its ends not counted."""
        encodings = self._counter.encode_batch([sayable(text) for text in texts], add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]


class FootnoteEmbedding(BaseEmbedding):
    """An Embedder as a LlamaIndex embedding model, for chains of one's own."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **settings: Any) -> None:  # noqa: ANN401 - LlamaIndex's own keyword settings
        super().__init__(model_name=embedder.name, **settings)
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed(texts).tolist()
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, query)


def load_tokenizer(path: Path) -> Tokenizer:
    """Return the tokenizer in `path`, without truncation or padding. Raises ModelFileError."""
    try:
        tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelFileError(f"The model file {path.name} is missing. Install Footnote again.") from None
    except Exception as error:  # tokenizers raises bare Exception for a damaged file
        raise ModelFileError(f"The model file {path.name} is damaged ({error}). Install Footnote again.") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def sayable(text: str) -> str:
    """Replace lone surrogates, which the tokenizer cannot encode."""
    return text.encode("utf-8", "replace").decode()


def batches_by_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield positions in batches of alike length in tokens, shortest first, each within the token budget."""
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[position] > _TOKENS_IN_BATCH:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch
