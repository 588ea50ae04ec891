"""The source of truth: sources, articles, chunks, their vectors and their words. The only queries are here."""

import json
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.copies import Sketch, sketch
from index.database import Database, Writer
from index.embedding import Vectors
from index.errors import CatalogueError
from index.records import Article, Chunk, Filters, Passage
from index.rows import article_of, day_of, passage_of, row_of, stored_marks
from index.spelling import can_vary, consonants
from index.words import stems

_GENERATION = "generation"  # of what is searched: a note that every change of the chunks raises
_ARTICLE = "id, file, title, publisher, published, text, sha256, extractor, marks, author"
_ARTICLE_WITHOUT_TEXT = _ARTICLE.replace("text", "''").replace("marks", "'[]'")

_NEXT_GENERATION = (
    f"INSERT INTO meta VALUES ('{_GENERATION}', 1) ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
)

# An article with its chunks, each with the key of its vector.
KeyedArticle = tuple[Article, Sequence[tuple[Chunk, str]]]


class Catalogue:
    """Opens or makes the catalogue in `path` for vectors of `embedding_model`.

    Every method raises CatalogueError when SQLite fails, or DiskFull; so does opening a catalogue that is damaged, of
    a newer schema, or of another embedding model.
    """

    def __init__(self, path: Path, embedding_model: str) -> None:
        self._database = Database(path)
        model = self.note("embedding_model")
        if model is None:
            self.keep_note("embedding_model", embedding_model)
        elif model != embedding_model:
            self.close()
            raise CatalogueError(
                f"{path} holds vectors of the model {model}, but this Footnote uses {embedding_model}. "
                "Make the index anew: footnote index --rebuild"
            )
        if self.note(_GENERATION) is None:  # a new catalogue, or one of a schema that had no spellings
            with self._database.writing() as writer:
                _insert_spellings(writer, [stem for (stem,) in self._database.rows("SELECT term FROM chunk_terms")])
                writer.do(_NEXT_GENERATION)

    def close(self) -> None:
        """Close every thread's connection."""
        self._database.close()

    def reading(self) -> AbstractContextManager[None]:
        """Hold one state of the catalogue: all that this thread reads inside belongs together. May be nested."""
        return self._database.reading()

    def note(self, key: str) -> str | None:
        """Return what was kept under `key`, or None."""
        rows = self._database.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    def keep_note(self, key: str, value: str) -> None:
        """Keep `value` under `key`."""
        with self._database.writing() as writer:
            writer.do("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # --- sources and articles ---

    def fingerprints(self) -> dict[str, str]:
        """Return source file -> the fingerprint with which it was put in place."""
        return dict(self._database.rows("SELECT file, fingerprint FROM sources"))

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""
        query = f"SELECT {_ARTICLE} FROM articles WHERE id = ?"
        rows = self._database.rows(query, (article_id,))
        return article_of(rows[0]) if rows else None

    def articles(self) -> list[tuple[Article, int]]:
        """Return every article with an empty text and no marks, and the length of its text, sorted by file."""
        query = f"SELECT {_ARTICLE_WITHOUT_TEXT}, length(text) FROM articles ORDER BY file"
        return [(article_of(row[:-1]), row[-1]) for row in self._database.rows(query)]

    def sketches(self, article_ids: Collection[str]) -> dict[str, Sketch]:
        """Return what near copies are known by (see index.copies), for those of these articles that are there."""
        query = "SELECT id, sketch, CASE WHEN sketch IS NULL THEN text END FROM articles WHERE id IN (?)"
        rows = self._database.rows_in(query, article_ids)
        return {key: Sketch.from_bytes(stored) if stored else sketch(text) for key, stored, text in rows}

    def counts(self) -> tuple[int, int]:
        """Return how many articles and how many chunks there are."""
        articles, chunks = self._database.rows("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM chunks)")[
            0
        ]
        return articles, chunks

    # --- writing ---

    def stage(self, vectors: Mapping[str, Vectors], chunk_ids: Iterable[str]) -> None:
        """Keep new vectors, by key, and note that the vector store is about to receive these chunks."""
        rows = [(key, np.asarray(vector, dtype="<f4").tobytes()) for key, vector in vectors.items()]
        with self._database.writing() as writer:
            writer.do_each("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            writer.do_each("INSERT OR IGNORE INTO unsettled VALUES (?)", [(chunk_id,) for chunk_id in chunk_ids])

    def replace(
        self, source: str, fingerprint: str, articles: Sequence[tuple[Article, Sequence[tuple[Chunk, str]]]]
    ) -> None:
        """Put a source's articles, with their chunks and these with their vectors' keys, in place of what it held.

        The vector store must hold the new chunks already; it is noted that it still has those they replace.
        """
        with self._database.writing() as writer:
            self._forget(writer, source)
            writer.do("INSERT INTO sources VALUES (?, ?)", (source, fingerprint))
            for article, chunks in articles:
                _insert(writer, source, article, chunks)
            writer.do(_NEXT_GENERATION)

    def remove(self, sources: Collection[str]) -> None:
        """Remove all that these sources held, and note that the vector store still has the chunks."""
        with self._database.writing() as writer:
            for source in sources:
                self._forget(writer, source)
            writer.do(_NEXT_GENERATION)

    @staticmethod
    def _forget(writer: Writer, source: str) -> None:
        of_source = "WHERE article_id IN (SELECT id FROM articles WHERE source = ?)"
        writer.do(f"INSERT OR IGNORE INTO unsettled SELECT id FROM chunks {of_source}", (source,))
        writer.do(f"DELETE FROM chunks {of_source}", (source,))
        writer.do("DELETE FROM articles WHERE source = ?", (source,))
        writer.do("DELETE FROM sources WHERE file = ?", (source,))

    # --- keeping the vector store equal ---

    def unsettled(self) -> list[str]:
        """Return the ids of chunks whose presence in the vector store may not match the catalogue, sorted."""
        return [chunk_id for (chunk_id,) in self._database.rows("SELECT chunk_id FROM unsettled ORDER BY chunk_id")]

    def settled(self, chunk_ids: Iterable[str]) -> None:
        """Note that the vector store now matches the catalogue for these chunks."""
        with self._database.writing() as writer:
            writer.do_each("DELETE FROM unsettled WHERE chunk_id = ?", [(chunk_id,) for chunk_id in chunk_ids])

    def chunk_ids(self) -> list[str]:
        """Return the ids of all chunks, sorted."""
        return [chunk_id for (chunk_id,) in self._database.rows("SELECT id FROM chunks ORDER BY id")]

    def vectors_of(self, chunk_ids: Collection[str]) -> dict[str, Vectors]:
        """Return the stored vectors, shape [width], of those of these chunks that the catalogue has."""
        query = "SELECT chunks.id, vector FROM chunks JOIN vectors ON key = vector_key WHERE chunks.id IN (?)"
        return {
            chunk_id: np.frombuffer(vector, dtype="<f4")
            for chunk_id, vector in self._database.rows_in(query, chunk_ids)
        }

    def cached_vectors(self, keys: Collection[str]) -> dict[str, Vectors]:
        """Return those of these vectors that are stored, by key, each of shape [width]."""
        rows = self._database.rows_in("SELECT key, vector FROM vectors WHERE key IN (?)", keys)
        return {key: np.frombuffer(vector, dtype="<f4") for key, vector in rows}

    def prune_vectors(self) -> None:
        """Forget the vectors that no chunk uses."""
        with self._database.writing() as writer:
            writer.do("DELETE FROM vectors WHERE key NOT IN (SELECT vector_key FROM chunks)")

    # --- searching ---

    def passages(self, chunk_ids: Collection[str]) -> dict[str, Passage]:
        """Return these chunks as passages without score and ranks; ids that the catalogue doesn't have are left out."""
        query = (
            "SELECT chunks.id, article_id, ordinal, start, end, chunks.text, sentences, chunks.marks, file, "
            "articles.title, articles.publisher, published, author "
            "FROM chunks JOIN articles ON articles.id = article_id WHERE chunks.id IN (?)"
        )
        return {row[0]: passage_of(row) for row in self._database.rows_in(query, chunk_ids)}

    def generation(self) -> int:
        """Return a number that grows whenever what is searched changes."""
        return int(self.note(_GENERATION) or 0)

    def occurrences(self, stem: str) -> npt.NDArray[np.int64]:
        """Return the row of a chunk for each time that `stem` stands in it or its title and the like, int64, rising."""
        # One string of all rows: to take them one by one from SQLite is most of the time. And not by bm25(), which
        # takes five times as long.
        return self._rows_in_one("SELECT group_concat(doc) FROM chunk_occurrences WHERE term = ?", stem)

    def rows_with(self, word: str) -> npt.NDArray[np.int64]:
        """Return the rows of the chunks that hold `word` (a phrase, if it is of several stems), int64, rising."""
        phrase = '"' + word.replace('"', '""') + '"'  # quoted, so that FTS5 reads nothing in it as an operator
        return self._rows_in_one("SELECT group_concat(rowid) FROM chunk_words WHERE chunk_words MATCH ?", phrase)

    def _rows_in_one(self, query: str, asked: str) -> npt.NDArray[np.int64]:
        ((joined,),) = self._database.rows(query, (asked,))
        return np.fromstring(joined or "", np.int64, sep=",")

    def chunk_lengths(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return the rows of all chunks, int64 [n], and how many words each holds with title and the like, int64 [n].

        FTS5 keeps them as a row's numbers of words by column, in SQLite's variable-length integers.
        """
        found = self._database.rows("SELECT id, sz FROM chunk_words_docsize ORDER BY id")
        if not found:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        rows, sizes = zip(*found, strict=True)
        septets = np.frombuffer(b"".join(sizes), np.uint8).astype(np.int64)
        ends = np.flatnonzero(septets < 128)
        behind = np.repeat(ends, np.diff(ends, prepend=-1)) - np.arange(len(septets))
        firsts = np.cumsum([0, *map(len, sizes[:-1])])
        return np.array(rows, np.int64), np.add.reduceat((septets & 127) << (7 * behind), firsts)

    def rows_within(self, filters: Filters) -> npt.NDArray[np.int64]:
        """Return the rows of the chunks of the articles that `filters` let through, in no order."""
        condition, parameters = _condition(filters)
        query = f"SELECT row FROM chunks JOIN articles ON articles.id = article_id WHERE 1 {condition}"
        return np.array([row for (row,) in self._database.rows(query, parameters)], dtype=np.int64)

    def chunk_ids_of(self, rows: Collection[int]) -> dict[int, str]:
        """Return row -> chunk id."""
        return dict(self._database.rows_in("SELECT row, id FROM chunks WHERE row IN (?)", rows))

    def origins(self, chunk_ids: Collection[str]) -> dict[str, tuple[str | None, date | None]]:
        """Return chunk id -> publisher and date of its article."""
        query = (
            "SELECT chunks.id, articles.publisher, published FROM chunks "
            "JOIN articles ON articles.id = article_id WHERE chunks.id IN (?)"
        )
        found = self._database.rows_in(query, chunk_ids)
        return {chunk_id: (publisher, day_of(published)) for chunk_id, publisher, published in found}

    def publishers(self) -> list[str]:
        """Return the publishers that articles name, sorted."""
        # From each to the next in the index: DISTINCT walks through all articles.
        query = """
            WITH RECURSIVE named (publisher) AS (
                SELECT min(publisher) FROM articles
                UNION ALL
                SELECT (SELECT min(publisher) FROM articles WHERE publisher > named.publisher) FROM named
                WHERE named.publisher IS NOT NULL
            )
            SELECT publisher FROM named WHERE publisher IS NOT NULL
        """
        return [publisher for (publisher,) in self._database.rows(query)]

    def stems_that_sound_like(self, stem: str) -> list[str]:
        """Return the stems that share their consonants with `stem` (see index.spelling)."""
        query = "SELECT stem FROM spellings WHERE consonants = ?"
        return [found for (found,) in self._database.rows(query, (consonants(stem),))]

    def stems_that_share_half_of(self, stem: str) -> list[str]:
        """Return the stems that begin as `stem` does, or end as it does, up to its two middle letters.

        Up to those, because they may be the two that were swapped.
        """
        half = len(stem) // 2
        first, last = stem[: half - 1], stem[half + 1 :][::-1]
        query = "SELECT stem FROM spellings WHERE {} BETWEEN ? AND ? AND length(stem) BETWEEN ? AND ?"
        end, lengths = chr(sys.maxunicode), (len(stem) - 2, len(stem) + 2)
        rows = self._database.rows(query.format("stem"), (first, first + end, *lengths))
        rows += self._database.rows(query.format("backwards"), (last, last + end, *lengths))
        return sorted({found for (found,) in rows})

    def document_frequencies(self, stems: Collection[str]) -> dict[str, int]:
        """Return stem -> the number of chunks that hold it; stems that none holds are left out."""
        return dict(self._database.rows_in("SELECT term, doc FROM chunk_terms WHERE term IN (?)", stems))


def _insert(writer: Writer, source: str, article: Article, chunks: Sequence[tuple[Chunk, str]]) -> None:
    a = article
    writer.do(
        f"INSERT INTO articles ({_ARTICLE}, source, sketch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row_of(a), source, sketch(a.text).to_bytes()),
    )
    rows = [
        (c.id, a.id, c.ordinal, c.start, c.end, c.text, a.title, a.publisher, *_worded(c), key) for c, key in chunks
    ]
    writer.do_each(
        "INSERT INTO chunks (id, article_id, ordinal, start, end, text, title, publisher, headings, "
        "sentences, marks, vector_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    writer.do_each("DELETE FROM unsettled WHERE chunk_id = ?", [(row[0],) for row in rows])
    words = " ".join([a.title or "", a.publisher or "", *(" ".join([c.text, *c.headings]) for c, _ in chunks)])
    _insert_spellings(writer, set(stems(words)))


def _worded(chunk: Chunk) -> tuple[str | None, str, str]:
    return " ".join(chunk.headings) or None, json.dumps(chunk.sentences), stored_marks(chunk.marks)


def _insert_spellings(writer: Writer, found: Collection[str]) -> None:
    """Spellings that no chunk holds any longer stay: they are looked up in the word index anyway, and cost little."""
    rows = [(stem, stem[::-1], consonants(stem)) for stem in sorted(found) if can_vary(stem)]
    writer.do_each("INSERT OR IGNORE INTO spellings VALUES (?, ?, ?)", rows)


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
