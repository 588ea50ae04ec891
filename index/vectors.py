"""Dense search over chunk vectors, in Chroma. The only module that knows chromadb.

Chroma holds ids, vectors and what filters need, no text: everything here can be made again from the catalogue.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.api.types import Metadata
from chromadb.config import Settings

from index.embedding import Vectors
from index.errors import DiskFull, TooLittleMemory, VectorStoreError
from index.memory import is_want_of_memory
from index.records import Filters
from index.room import is_full

COLLECTION = "passages"
# The vendor's guide advises 50 to 250 a batch; the hard limit is above 5,000.
_BATCH = 200
_NO_DATE = 0
# Links of a vector in the graph, twice the default: where every passage stands there 60 times, nearly alike, a quarter
# of the vectors are not found with 16, and all with 32 (30,000 vectors). It takes no more time, and 128 bytes each.
_NEIGHBOURS = 32


@dataclass(frozen=True, slots=True)
class VectorRecord:
    """A chunk's vector, shape [width] and length 1, with what filters look at."""

    chunk_id: str
    vector: Vectors
    publisher: str | None
    published: date | None


class VectorStore:
    """Opens or makes the collection in `folder`.

    One process may own the folder, and the store must be made after any fork. Every method raises VectorStoreError
    when Chroma fails, or DiskFull.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with self._translated():
            self._client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
            self._collection = self._client.get_or_create_collection(
                COLLECTION,
                embedding_function=None,  # the default one downloads a model at first use
                configuration={"hnsw": {"space": "cosine", "max_neighbors": _NEIGHBOURS}},
            )
            configuration = self._collection.configuration_json
        # Asking for another space of an existing collection is ignored without a word.
        space = (configuration.get("hnsw") or {}).get("space")
        if space != "cosine":
            raise VectorStoreError(f"The vectors in {folder} were stored for the distance {space!r}, not 'cosine'.")

    def close(self) -> None:
        """Let go of the folder."""
        with self._translated():
            self._client.close()  # type: ignore[attr-defined]  # there at run time, not in ClientAPI's declaration

    def upsert(self, records: Sequence[VectorRecord]) -> None:
        """Store these vectors in place of any with the same ids."""
        for first in range(0, len(records), _BATCH):
            batch = records[first : first + _BATCH]
            with self._translated():
                self._collection.upsert(
                    ids=[record.chunk_id for record in batch],
                    embeddings=np.stack([record.vector for record in batch]),
                    metadatas=[_metadata(record) for record in batch],
                )

    def delete(self, chunk_ids: Sequence[str]) -> None:
        """Remove these vectors; ids that are not there are no error."""
        for first in range(0, len(chunk_ids), _BATCH):
            with self._translated():
                self._collection.delete(ids=list(chunk_ids[first : first + _BATCH]))

    def count(self) -> int:
        """Return how many vectors there are."""
        with self._translated():
            return int(self._collection.count())

    def ids(self) -> set[str]:
        """Return the ids of all vectors."""
        with self._translated():
            return set(self._collection.get(include=[])["ids"])

    def vectors(self, chunk_ids: Sequence[str]) -> dict[str, Vectors]:
        """Return those of these vectors that are there, each of shape [width]."""
        with self._translated():
            found = self._collection.get(ids=list(chunk_ids), include=["embeddings"])
        embeddings = found["embeddings"]
        return dict(zip(found["ids"], np.asarray(embeddings, dtype=np.float32), strict=True)) if found["ids"] else {}

    def search(self, vector: Vectors, limit: int, filters: Filters = Filters()) -> list[tuple[str, float]]:
        """Return at most `limit` pairs of chunk id and cosine, best first, ties by id."""
        if filters.publishers and not any(filters.publishers):
            return []  # no article is of a publisher without a name
        with self._translated():
            found = self._collection.query(
                query_embeddings=np.asarray(vector)[np.newaxis],
                n_results=limit,
                where=_where(filters),
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        hits = [
            (chunk_id, round(1 - distance, 6)) for chunk_id, distance in zip(found["ids"][0], distances[0], strict=True)
        ]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # Chroma's Rust core raises without a common root; its panics are no Exception
            if is_full(self.folder.parent):
                raise DiskFull(self.folder.parent) from error
            if is_want_of_memory(error):
                raise TooLittleMemory from error
            raise VectorStoreError(f"The vector store {self.folder} cannot be used: {error}") from error


def _metadata(record: VectorRecord) -> Metadata:
    # Both keys are always set: an upsert merges metadata, so a key that is left out would keep its old value.
    return {
        "publisher": record.publisher or "",
        "published": _number(record.published) if record.published else _NO_DATE,
    }


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _where(filters: Filters) -> dict[str, Any] | None:
    terms: list[dict[str, Any]] = []
    if filters.published_from or filters.published_to:
        first = _number(filters.published_from) if filters.published_from else _NO_DATE + 1
        terms.append({"published": {"$gte": first}})
    if filters.published_to:
        terms.append({"published": {"$lte": _number(filters.published_to)}})
    if filters.publishers:
        terms.append({"publisher": {"$in": [name for name in filters.publishers if name]}})
    return {"$and": terms} if len(terms) > 1 else (terms[0] if terms else None)
