"""Settings become parts: the only place where parts are chosen and joined."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api.service import Parts
from cli.settings import Settings
from index.catalogue import Catalogue
from index.embedding import MiniLMEmbedder
from index.records import SyncProgress, SyncReport
from index.retriever import HybridRetriever
from index.splitting import Splitter
from index.sync import Synchroniser
from index.vectors import VectorStore
from qa.answerer import Answerer
from qa.extractive import ExtractiveEngine


@dataclass(frozen=True, slots=True)
class Index:
    """An open data folder; the caller owns it (see index.ownership) for as long as this is open."""

    catalogue: Catalogue
    vectors: VectorStore
    embedder: MiniLMEmbedder
    synchroniser: Synchroniser
    retriever: HybridRetriever

    def close(self) -> None:
        """Close the catalogue and the vector store."""
        self.vectors.close()
        self.catalogue.close()


def catalogue_file(data: Path) -> Path:
    """Return where the catalogue of a data folder lies."""
    return data / "catalogue.sqlite3"


def open_index(data: Path) -> Index:
    """Open the index in the folder `data`, which must exist; make it when it is empty, repair it when it must be."""
    embedder = MiniLMEmbedder()
    catalogue = Catalogue(catalogue_file(data), embedder.name)
    vectors = VectorStore(data / "chroma")
    synchroniser = Synchroniser(catalogue, vectors, embedder, Splitter(embedder.count_tokens))
    synchroniser.repair()
    return Index(catalogue, vectors, embedder, synchroniser, HybridRetriever(catalogue, vectors, embedder))


def make_answerer(index: Index) -> Answerer:
    """Return what answers questions from an open index."""
    engine = ExtractiveEngine(index.embedder, index.catalogue)
    return Answerer(index.retriever, index.catalogue, [engine])


def open_parts(settings: Settings) -> Parts:
    """Open all that the HTTP service calls."""
    index = open_index(settings.data)

    def sync(on_progress: Callable[[SyncProgress], None]) -> SyncReport:
        return index.synchroniser.sync(settings.corpus, on_progress)

    return Parts(make_answerer(index), index.retriever, index.catalogue, sync, index.close)
