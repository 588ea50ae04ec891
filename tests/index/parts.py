"""An open index for tests, with a quick embedder, and a way to make any step of it fail."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from index.catalogue import Catalogue
from index.embedding import Embedder, Vectors
from index.lexical import LexicalSearch
from index.postings import PostingLists
from index.records import Article, Chunk, Span, SyncReport
from index.retriever import HybridRetriever
from index.schema import CATALOGUE_FILE, MIGRATIONS
from index.sources import Root, SourceReader
from index.splitting import Splitter
from index.sync import Synchroniser
from index.upkeep import close_vectors, examine, open_vectors
from index.vectors import VectorStore

WIDTH = 64
# Leads a catalogue back to before marks were kept, down to the tables that the first schema had.
BEFORE_MARKS = f"""
    DROP TRIGGER chunks_added;
    DROP TRIGGER chunks_removed;
    DROP TABLE chunk_terms;
    DROP TABLE chunk_occurrences;
    DROP TABLE chunk_words;
    ALTER TABLE articles DROP COLUMN author;
    ALTER TABLE articles DROP COLUMN marks;
    ALTER TABLE chunks DROP COLUMN marks;
    ALTER TABLE chunks DROP COLUMN headings;
    {"".join(statement + ";" for statement in MIGRATIONS[0] if "chunk_words" in statement)}
    INSERT INTO chunk_words (chunk_words) VALUES ('rebuild');
"""


class HashingEmbedder:
    """Vectors from words' hashes: texts of the same words are near each other, and nothing is loaded."""

    name = "hashing"

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        self.embedded.extend(texts)
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()) or [text]:
                digest = hashlib.sha256(word.encode("utf-8", "replace")).digest()
                vectors[row, digest[0] % WIDTH] += 1.0 if digest[1] % 2 else -1.0
                vectors[row, digest[2] % WIDTH] += 0.5
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if on_progress and texts:
            on_progress(len(texts))
        normalised: Vectors = (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
        return normalised


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


class Watched:
    """Passes every call on to `part`, and calls `before` and `after` with the call's name around it."""

    def __init__(self, part: Any, label: str, before: Callable[[str], None], after: Callable[[str], None]) -> None:
        self._part, self._label, self._before, self._after = part, label, before, after

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        if not callable(found):
            return found

        def call(*arguments: Any, **options: Any) -> Any:
            self._before(f"{self._label}.{name}")
            result = found(*arguments, **options)
            self._after(f"{self._label}.{name}")
            return result

        return call


@dataclass
class OpenIndex:
    data: Path
    corpus: Path
    embedder: Embedder
    catalogue: Catalogue
    vectors: VectorStore
    synchroniser: Synchroniser
    retriever: HybridRetriever

    def sync(self) -> SyncReport:
        return self.synchroniser.sync([Root(self.corpus)])

    def files_found(self, query: str) -> set[str]:
        return {passage.file for passage in self.retriever.search(query, top_k=1_000)}

    def indexed(self) -> dict[str, str]:
        """File -> the text that the catalogue has for it."""
        found: dict[str, str] = {}
        for summary, _ in self.catalogue.articles():
            article = self.catalogue.article(summary.id)
            assert article is not None
            found[article.file] = article.text
        return found

    def assert_whole(self) -> None:
        """Catalogue and vectors hold the same chunks, each once, and every chunk is exactly its place in the text."""
        assert self.catalogue.unsettled() == []
        ids = self.catalogue.chunk_ids()
        assert self.vectors.ids() == set(ids)
        assert self.vectors.count() == len(ids)
        assert examine(self.catalogue, self.vectors) is None
        for passage in self.catalogue.passages(ids).values():
            article = self.catalogue.article(passage.chunk.article_id)
            assert article is not None
            assert article.text[passage.chunk.start : passage.chunk.end] == passage.chunk.text

    def close(self) -> None:
        close_vectors(self.catalogue, self.vectors)
        self.catalogue.close()


def open_index(
    data: Path,
    corpus: Path,
    embedder: Embedder | None = None,
    before: Callable[[str], None] = lambda _: None,
    after: Callable[[str], None] = lambda _: None,
    max_words: int = 12,
) -> OpenIndex:
    """Open the index in `data`; a sync calls `before` and `after` around each call to a part of it."""
    data.mkdir(parents=True, exist_ok=True)
    embedder = embedder or HashingEmbedder()
    catalogue = Catalogue(data / CATALOGUE_FILE, embedder.name)
    vectors = open_vectors(catalogue, data)
    synchroniser = Synchroniser(
        Watched(catalogue, "catalogue", before, after),  # type: ignore[arg-type]
        Watched(vectors, "vectors", before, after),  # type: ignore[arg-type]
        embedder,
        Splitter(count_words, max_words),
        SourceReader(),
    )
    retriever = HybridRetriever(catalogue, vectors, embedder, lexical_search(catalogue))
    return OpenIndex(data, corpus, embedder, catalogue, vectors, synchroniser, retriever)


def lexical_search(catalogue: Catalogue, *kept_postings: int) -> LexicalSearch:
    """Return a search of the words of `catalogue` that has kept nothing yet."""
    return LexicalSearch(catalogue, PostingLists(catalogue, *kept_postings))


def put(
    catalogue: Catalogue,
    name: str,
    text: str,
    publisher: str | None = None,
    published: date | None = None,
    title: str | None = None,
) -> None:
    """Put in place the article `name` of one chunk, which has the same id."""
    article = Article(name, name, title, publisher, published, text, "0" * 64)
    chunk = Chunk(name, name, 0, 0, len(text), text, (Span(0, len(text)),))
    catalogue.replace(name, "fingerprint", [(article, [(chunk, "key")])])
