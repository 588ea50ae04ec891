"""Make the catalogue and the vectors equal to a folder of articles.

For each group of changed articles: (1) the catalogue keeps their vectors and notes which chunks the vector store is
about to receive, (2) the vector store receives them, still invisible, (3) one transaction puts the articles in place,
(4) the vector store loses what was replaced. What was searchable stays so until (3); a process killed anywhere leaves
notes from which the next start makes both equal again, embedding nothing twice.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.catalogue import Catalogue
from index.embedding import Embedder, Vectors
from index.errors import UnreadableArticle
from index.reading import READER_VERSION, article_files, article_id, read_article
from index.records import Article, Chunk, SyncProgress, SyncReport
from index.splitting import SPLITTER_VERSION, Splitter
from index.vectors import VectorRecord, VectorStore

# Chunks embedded and committed together: enough to fill the embedder's batches, little enough that a kill costs
# seconds of work.
_CHUNKS_IN_GROUP = 256


@dataclass(frozen=True, slots=True)
class _Prepared:
    article: Article
    fingerprint: str
    chunks: list[tuple[Chunk, str]]  # each with its vector's key


class Synchroniser:
    """Joins the parts that a sync needs. `sync` and `repair` must not run at the same time."""

    def __init__(self, catalogue: Catalogue, vectors: VectorStore, embedder: Embedder, splitter: Splitter) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._embedder = embedder
        self._splitter = splitter

    def repair(self) -> int:
        """Make the vector store equal to the catalogue and return how many vectors were put right.

        Embeds nothing: the catalogue has every vector.
        """
        unsettled = self._catalogue.unsettled()
        self._settle(unsettled)
        wanted, present = set(self._catalogue.chunk_ids()), self._vectors.ids()
        astray = sorted(wanted ^ present)
        self._settle(astray)
        return len(unsettled) + len(astray)

    def sync(self, corpus: Path, on_progress: Callable[[SyncProgress], None] = lambda _: None) -> SyncReport:
        """Make the index equal to the folder `corpus` and say what changed.

        A file that cannot be read is reported and, when it was known, keeps its old passages. Raises CorpusError when
        the folder cannot be used, and then changes nothing.
        """
        report = SyncReport()
        known = self._catalogue.fingerprints()
        present = list(article_files(corpus))
        total, done = len(present), 0
        for group in self._groups(self._changed(corpus, present, known, report)):
            self._put_in_place(group, report)
            for prepared in group:
                file = prepared.article.file
                (report.replaced if file in known else report.added).append(file)
            done = report.unchanged + len(report.added) + len(report.replaced) + len(report.unreadable)
            on_progress(SyncProgress(done, total, report.embedded))
        vanished = sorted(set(known) - set(present))
        if vanished:
            self._catalogue.remove([article_id(file) for file in vanished])
            self._settle(self._catalogue.unsettled())
            report.removed.extend(vanished)
        if vanished or report.replaced:
            self._catalogue.prune_vectors()
        on_progress(SyncProgress(total, total, report.embedded))
        return report

    def _changed(
        self, corpus: Path, files: Iterable[str], known: dict[str, str], report: SyncReport
    ) -> Iterator[_Prepared]:
        for file in files:
            try:
                article = read_article(corpus, file)
            except UnreadableArticle as error:
                report.unreadable[error.file] = error.reason
                continue
            fingerprint = f"{article.sha256} reader={READER_VERSION} splitter={SPLITTER_VERSION}"
            if known.get(file) == fingerprint:
                report.unchanged += 1
                continue
            chunks = [(chunk, self._vector_key(article, chunk)) for chunk in self._splitter.split(article)]
            yield _Prepared(article, fingerprint, chunks)

    @staticmethod
    def _groups(prepared: Iterable[_Prepared]) -> Iterator[list[_Prepared]]:
        group: list[_Prepared] = []
        size = 0
        for one in prepared:
            group.append(one)
            size += len(one.chunks)
            if size >= _CHUNKS_IN_GROUP:
                yield group
                group, size = [], 0
        if group:
            yield group

    def _put_in_place(self, group: Sequence[_Prepared], report: SyncReport) -> None:
        new = self._missing_vectors(group, report)
        self._catalogue.stage(new, [chunk.id for one in group for chunk, _ in one.chunks])
        cached = self._catalogue.cached_vectors({key for one in group for _, key in one.chunks})
        self._vectors.upsert(
            [
                VectorRecord(chunk.id, cached[key], one.article.publisher, one.article.published)
                for one in group
                for chunk, key in one.chunks
            ]
        )
        for one in group:
            self._catalogue.replace(one.article, one.fingerprint, one.chunks)
        self._settle(self._catalogue.unsettled())

    def _missing_vectors(self, group: Sequence[_Prepared], report: SyncReport) -> dict[str, Vectors]:
        texts = {key: embedded_text(one.article, chunk) for one in group for chunk, key in one.chunks}
        for key in self._catalogue.cached_vectors(texts):
            del texts[key]
        vectors = self._embedder.embed(list(texts.values()))
        report.embedded += len(texts)
        return dict(zip(texts, vectors, strict=True))

    def _settle(self, chunk_ids: Sequence[str]) -> None:
        """Make the vector store hold those of these chunks that the catalogue has, and none of the others."""
        if not chunk_ids:
            return
        vectors = self._catalogue.vectors_of(chunk_ids)
        passages = self._catalogue.passages(vectors)
        self._vectors.upsert(
            [VectorRecord(key, vectors[key], passage.publisher, passage.published) for key, passage in passages.items()]
        )
        self._vectors.delete([chunk_id for chunk_id in chunk_ids if chunk_id not in vectors])
        self._catalogue.settled(chunk_ids)

    def _vector_key(self, article: Article, chunk: Chunk) -> str:
        return hashlib.sha256(f"{self._embedder.name}\n{embedded_text(article, chunk)}".encode()).hexdigest()


def embedded_text(article: Article, chunk: Chunk) -> str:
    """Return what is embedded for a chunk: title and publisher, where there are any, before the text."""
    return "\n".join(part for part in (article.title, article.publisher, chunk.text) if part)
