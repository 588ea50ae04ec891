"""The source of truth: articles, chunks, their vectors and their words, in one SQLite file. The only SQL is here.

Writes come from one thread at a time and commit whole; each thread reads through a connection of its own, and never
waits for a writer (SQLite's write-ahead log). `reading` holds one state of the catalogue for as long as a question
takes, so that a question never sees half of a change.
"""

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.embedding import Vectors
from index.errors import CatalogueError
from index.records import Article, Chunk, Filters, Passage, Span
from index.schema import SCHEMA, SCHEMA_VERSION

_IN_ONE_QUERY = 500  # SQLite allows 32,766 variables; smaller lists keep its statement cache useful
# Weights of bm25 for a chunk's text, title and publisher. A hit in a title says more than one in the text; 2 is the
# value with which words alone were measured on MultiHop-RAG (.784 hits at 4).
_FIELD_WEIGHTS = "1.0, 2.0, 2.0"


class WordHit(NamedTuple):
    """A chunk that lexical search found; `score` grows with relevance."""

    chunk_id: str
    score: float


class Catalogue:
    """Opens or makes the catalogue in `path`; raises CatalogueError, as every method does when SQLite fails."""

    def __init__(self, path: Path, embedding_model: str) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._write_lock = threading.RLock()
        self._connections_lock = threading.Lock()
        with _translated(path):
            self._prepare(embedding_model)

    def close(self) -> None:
        """Close every thread's connection."""
        with self._connections_lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    def _prepare(self, embedding_model: str) -> None:
        connection = self._connection()
        connection.execute("PRAGMA journal_mode = WAL")
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            with self._writing() as writer:
                for statement in SCHEMA:
                    writer.execute(statement)
                writer.execute("INSERT INTO meta VALUES ('embedding_model', ?)", (embedding_model,))
                writer.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise CatalogueError(
                f"{self._path} was written by a newer Footnote (schema {version}, this one knows {SCHEMA_VERSION}). "
                "Use that version, or remove the data folder and index again."
            )
        (model,) = connection.execute("SELECT value FROM meta WHERE key = 'embedding_model'").fetchone()
        if model != embedding_model:
            raise CatalogueError(
                f"{self._path} holds vectors of the model {model}, but this Footnote uses {embedding_model}. "
                "Remove the data folder and index again."
            )

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            # Threads share no connection; only `close` touches one from another thread.
            connection = sqlite3.connect(self._path, isolation_level=None, timeout=30, check_same_thread=False)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            self._local.connection = connection
            with self._connections_lock:
                self._connections.append(connection)
        return connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: everything done with the connection it yields happens, or nothing does."""
        with self._write_lock, _translated(self._path):
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one state of the catalogue: all that this thread reads inside belongs together. May be nested."""
        with _translated(self._path):
            connection = self._connection()
            if connection.in_transaction:
                yield
                return
            connection.execute("BEGIN")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")

    def _rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with _translated(self._path):
            return self._connection().execute(query, parameters).fetchall()

    def _rows_in(self, query: str, values: Collection[object]) -> Iterator[tuple]:  # type: ignore[type-arg]
        """Run `query`, which holds `IN (?)`, over any number of values."""
        listed = list(values)
        for first in range(0, len(listed), _IN_ONE_QUERY):
            part = listed[first : first + _IN_ONE_QUERY]
            yield from self._rows(query.replace("(?)", f"({','.join('?' * len(part))})"), part)

    # --- articles ---

    def fingerprints(self) -> dict[str, str]:
        """Return file -> the fingerprint it was stored with."""
        return dict(self._rows("SELECT file, fingerprint FROM articles"))

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""
        rows = self._rows(
            "SELECT id, file, title, publisher, published, text, sha256 FROM articles WHERE id = ?", (article_id,)
        )
        return _article(rows[0]) if rows else None

    def articles(self) -> list[tuple[Article, int]]:
        """Return every article with an empty text, and the length of the text it has, sorted by file."""
        rows = self._rows(
            "SELECT id, file, title, publisher, published, '', sha256, length(text) FROM articles ORDER BY file"
        )
        return [(_article(row[:7]), row[7]) for row in rows]

    def counts(self) -> tuple[int, int]:
        """Return how many articles and how many chunks there are."""
        articles, chunks = self._rows("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM chunks)")[0]
        return articles, chunks

    # --- writing ---

    def stage(self, vectors: Mapping[str, Vectors], chunk_ids: Iterable[str]) -> None:
        """Keep new vectors, by key, and note that the vector store is about to receive these chunks."""
        with self._writing() as writer:
            writer.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                [(key, np.asarray(vector, dtype="<f4").tobytes()) for key, vector in vectors.items()],
            )
            writer.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", [(chunk_id,) for chunk_id in chunk_ids])

    def replace(self, article: Article, fingerprint: str, chunks: Sequence[tuple[Chunk, str]]) -> None:
        """Put an article and its chunks, each with its vector's key, in the place of what its file held before.

        The vector store must hold the new chunks already; it is noted that it still has those they replace.
        """
        a = article
        published = a.published.isoformat() if a.published else None
        article_row = (a.id, a.file, a.title, a.publisher, published, a.text, a.sha256, fingerprint)
        chunk_rows = [
            (c.id, a.id, c.ordinal, c.start, c.end, c.text, a.title, a.publisher, json.dumps(c.sentences), key)
            for c, key in chunks
        ]
        with self._writing() as writer:
            self._forget(writer, [article.id])
            writer.execute(
                "INSERT INTO articles (id, file, title, publisher, published, text, sha256, fingerprint) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                article_row,
            )
            writer.executemany(
                "INSERT INTO chunks (id, article_id, ordinal, start, end, text, title, publisher, sentences, "
                "vector_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                chunk_rows,
            )
            writer.executemany("DELETE FROM unsettled WHERE chunk_id = ?", [(row[0],) for row in chunk_rows])

    def remove(self, article_ids: Collection[str]) -> None:
        """Remove these articles and their chunks, and note that the vector store still has the chunks."""
        with self._writing() as writer:
            self._forget(writer, article_ids)

    @staticmethod
    def _forget(writer: sqlite3.Connection, article_ids: Iterable[str]) -> None:
        for article_id in article_ids:
            writer.execute("INSERT OR IGNORE INTO unsettled SELECT id FROM chunks WHERE article_id = ?", (article_id,))
            writer.execute("DELETE FROM chunks WHERE article_id = ?", (article_id,))
            writer.execute("DELETE FROM articles WHERE id = ?", (article_id,))

    # --- keeping the vector store equal ---

    def unsettled(self) -> list[str]:
        """Return the ids of chunks whose presence in the vector store may not match the catalogue, sorted."""
        return [chunk_id for (chunk_id,) in self._rows("SELECT chunk_id FROM unsettled ORDER BY chunk_id")]

    def settled(self, chunk_ids: Iterable[str]) -> None:
        """Note that the vector store now matches the catalogue for these chunks."""
        with self._writing() as writer:
            writer.executemany("DELETE FROM unsettled WHERE chunk_id = ?", [(chunk_id,) for chunk_id in chunk_ids])

    def chunk_ids(self) -> list[str]:
        """Return the ids of all chunks, sorted."""
        return [chunk_id for (chunk_id,) in self._rows("SELECT id FROM chunks ORDER BY id")]

    def vectors_of(self, chunk_ids: Collection[str]) -> dict[str, Vectors]:
        """Return the stored vectors, shape [width], of those of these chunks that the catalogue has."""
        query = "SELECT chunks.id, vector FROM chunks JOIN vectors ON key = vector_key WHERE chunks.id IN (?)"
        return {chunk_id: np.frombuffer(vector, dtype="<f4") for chunk_id, vector in self._rows_in(query, chunk_ids)}

    def cached_vectors(self, keys: Collection[str]) -> dict[str, Vectors]:
        """Return those of these vectors that are stored, by key, each of shape [width]."""
        rows = self._rows_in("SELECT key, vector FROM vectors WHERE key IN (?)", keys)
        return {key: np.frombuffer(vector, dtype="<f4") for key, vector in rows}

    def prune_vectors(self) -> None:
        """Forget the vectors that no chunk uses."""
        with self._writing() as writer:
            writer.execute("DELETE FROM vectors WHERE key NOT IN (SELECT vector_key FROM chunks)")

    # --- searching ---

    def passages(self, chunk_ids: Collection[str]) -> dict[str, Passage]:
        """Return these chunks as passages without score and ranks; ids that the catalogue doesn't have are left out."""
        query = (
            "SELECT chunks.id, article_id, ordinal, start, end, chunks.text, sentences, file, articles.title, "
            "articles.publisher, published FROM chunks JOIN articles ON articles.id = article_id WHERE chunks.id IN (?)"
        )
        return {row[0]: _passage(row) for row in self._rows_in(query, chunk_ids)}

    def search_words(self, words: Sequence[str], limit: int, filters: Filters = Filters()) -> list[WordHit]:
        """Return at most `limit` chunks that hold any of `words`, best bm25 first, ties by id."""
        if not words:
            return []
        match = " OR ".join('"' + word.replace('"', '""') + '"' for word in words)
        condition, parameters = _condition(filters)
        query = (
            f"SELECT chunks.id, -bm25(chunk_words, {_FIELD_WEIGHTS}) AS relevance FROM chunk_words "
            "JOIN chunks ON chunks.row = chunk_words.rowid JOIN articles ON articles.id = article_id "
            f"WHERE chunk_words MATCH ? {condition} ORDER BY relevance DESC, chunks.id LIMIT ?"
        )
        return [WordHit(*row) for row in self._rows(query, (match, *parameters, limit))]

    def document_frequencies(self, stems: Collection[str]) -> dict[str, int]:
        """Return stem -> the number of chunks that hold it; stems that none holds are left out."""
        return dict(self._rows_in("SELECT term, doc FROM chunk_terms WHERE term IN (?)", stems))


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise CatalogueError(f"The catalogue {path} cannot be used: {error}. `footnote doctor` tells more.") from error


def _condition(filters: Filters) -> tuple[str, list[str]]:
    parts, parameters = [], []
    if filters.published_from:
        parts.append("AND published >= ?")
        parameters.append(filters.published_from.isoformat())
    if filters.published_to:
        parts.append("AND published <= ?")
        parameters.append(filters.published_to.isoformat())
    if filters.publishers:
        parts.append(f"AND articles.publisher IN ({','.join('?' * len(filters.publishers))})")
        parameters.extend(filters.publishers)
    return " ".join(parts), parameters


def _article(row: tuple) -> Article:  # type: ignore[type-arg]
    article_id, file, title, publisher, published, text, sha256 = row
    return Article(article_id, file, title, publisher, _date(published), text, sha256)


def _passage(row: tuple) -> Passage:  # type: ignore[type-arg]
    chunk_id, article_id, ordinal, start, end, text, sentences, file, title, publisher, published = row
    spans = tuple(Span(*span) for span in json.loads(sentences))
    chunk = Chunk(chunk_id, article_id, ordinal, start, end, text, spans)
    return Passage(chunk, file, title, publisher, _date(published), 0.0, None, None)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
