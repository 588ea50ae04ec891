"""Make the catalogue and the vectors equal to the folders of articles.

For each group of changed sources: (1) the catalogue keeps their vectors and notes which chunks the vector store is
about to receive, (2) the vector store receives them, still invisible, (3) one transaction a source puts its articles
in place, (4) the vector store loses what was replaced. What was searchable stays so until (3); a process killed
anywhere leaves notes from which the next start makes both equal again, embedding nothing twice.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.catalogue import Catalogue
from index.embedding import Embedder, Vectors
from index.errors import CorpusError, UnreadableArticle
from index.records import Article, Chunk, SyncProgress, SyncReport
from index.sources import Root, SourceReader
from index.splitting import SPLITTER_VERSION, Splitter
from index.upkeep import settle
from index.vectors import VectorRecord, VectorStore

# Chunks embedded and committed together: enough to fill the embedder's batches, little enough that a kill costs
# seconds of work.
_CHUNKS_IN_GROUP = 256
_LONGEST_HEADINGS = 120  # characters of a wide table's headings, which must leave the text its room in the model


@dataclass(frozen=True, slots=True)
class _Prepared:
    file: str
    fingerprint: str
    articles: list[tuple[Article, list[tuple[Chunk, str]]]]  # each chunk with its vector's key

    def chunks(self) -> Iterator[tuple[Article, Chunk, str]]:
        for article, chunks in self.articles:
            for chunk, key in chunks:
                yield article, chunk, key


class Synchroniser:
    """Joins the parts that a sync needs. One sync runs at a time; questions may be asked meanwhile."""

    def __init__(
        self,
        catalogue: Catalogue,
        vectors: VectorStore,
        embedder: Embedder,
        splitter: Splitter,
        reader: SourceReader,
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._embedder = embedder
        self._splitter = splitter
        self._reader = reader

    def sync(self, roots: Sequence[Root], on_progress: Callable[[SyncProgress], None] = lambda _: None) -> SyncReport:
        """Make the index equal to the folders `roots` and say what changed.

        What cannot be read is reported and, when it was known, keeps its old passages. Raises CorpusError when a
        folder cannot be used, and then changes nothing.
        """
        report = SyncReport()
        known = self._catalogue.fingerprints()
        present = [(root, file) for root in roots for file in root.files(report.unreadable)]
        _refuse_if_emptied(roots, known, present)

        def tell() -> None:
            done = report.unchanged + len(report.added) + len(report.replaced) + len(report.unreadable)
            on_progress(SyncProgress(min(done, len(present)), len(present), report.embedded))

        tell()
        for group in self._groups(self._changed(present, known, report)):
            self._put_in_place(group, report, tell)
            for prepared in group:
                (report.replaced if prepared.file in known else report.added).append(prepared.file)
            tell()
        self._remove_vanished(known, {file for _, file in present}, report)
        if report.removed or report.replaced:
            self._catalogue.prune_vectors()
        on_progress(SyncProgress(len(present), len(present), report.embedded))
        return report

    def _changed(
        self, present: Iterable[tuple[Root, str]], known: dict[str, str], report: SyncReport
    ) -> Iterator[_Prepared]:
        for root, file in present:
            try:
                source = self._reader.load(root, file)
                fingerprint = f"{source.sha256} reader={self._reader.version} splitter={SPLITTER_VERSION}"
                if known.get(file) == fingerprint:
                    report.unchanged += 1
                    continue
                articles, faults = self._reader.articles(source)
            except UnreadableArticle as error:
                report.unreadable[error.file] = error.reason
                continue
            report.unreadable.update(faults)
            yield _Prepared(file, fingerprint, [(article, self._keyed_chunks(article)) for article in articles])

    def _keyed_chunks(self, article: Article) -> list[tuple[Chunk, str]]:
        chunks = self._splitter.split(article)
        return [(chunk, vector_key(self._embedder.name, embedded_text(article, chunk))) for chunk in chunks]

    @staticmethod
    def _groups(prepared: Iterable[_Prepared]) -> Iterator[list[_Prepared]]:
        group: list[_Prepared] = []
        size = 0
        for one in prepared:
            group.append(one)
            size += sum(len(chunks) for _, chunks in one.articles)
            if size >= _CHUNKS_IN_GROUP:
                yield group
                group, size = [], 0
        if group:
            yield group

    def _put_in_place(self, group: Sequence[_Prepared], report: SyncReport, tell: Callable[[], None]) -> None:
        chunks = [keyed for one in group for keyed in one.chunks()]
        # One file may hold thousands of articles: its vectors are kept as they come, so that a kill loses few.
        for first in range(0, len(chunks), _CHUNKS_IN_GROUP):
            part = chunks[first : first + _CHUNKS_IN_GROUP]
            self._catalogue.stage(self._missing_vectors(part, report, tell), [chunk.id for _, chunk, _ in part])
            cached = self._catalogue.cached_vectors({key for _, _, key in part})
            self._vectors.upsert(
                [
                    VectorRecord(chunk.id, cached[key], article.publisher, article.published)
                    for article, chunk, key in part
                ]
            )
        for one in group:
            self._catalogue.replace(one.file, one.fingerprint, one.articles)
        settle(self._catalogue, self._vectors, self._catalogue.unsettled())

    def _missing_vectors(
        self, chunks: Iterable[tuple[Article, Chunk, str]], report: SyncReport, tell: Callable[[], None]
    ) -> dict[str, Vectors]:
        texts = {key: embedded_text(article, chunk) for article, chunk, key in chunks}
        for key in self._catalogue.cached_vectors(texts):
            del texts[key]

        def count(embedded: int) -> None:
            report.embedded += embedded
            tell()

        vectors = self._embedder.embed(list(texts.values()), count)
        return dict(zip(texts, vectors, strict=True))

    def _remove_vanished(self, known: Iterable[str], present: set[str], report: SyncReport) -> None:
        # A folder that cannot be looked into is reported with a slash behind its name; what it held is not gone.
        closed = tuple(name for name in report.unreadable if name.endswith("/"))
        report.removed.extend(file for file in sorted(known) if file not in present and not file.startswith(closed))
        if report.removed:
            self._catalogue.remove(report.removed)
            settle(self._catalogue, self._vectors, self._catalogue.unsettled())


def _refuse_if_emptied(roots: Sequence[Root], known: Iterable[str], present: Iterable[tuple[Root, str]]) -> None:
    """Raise CorpusError when a folder that held articles holds none: more likely a disk that is not mounted."""
    filled = {root.prefix for root, _ in present}
    prefixes = tuple(root.prefix for root in roots if root.prefix)
    for root in roots:
        held = [file for file in known if file.startswith(root.prefix or prefixes) is bool(root.prefix)]
        if held and root.prefix not in filled and not root.optional:
            raise CorpusError(
                f"{root.folder} holds no article any more, but {len(held)} of its files are indexed. Is it the right "
                "folder, and is its disk mounted? If they are really gone: footnote index --rebuild"
            )


def embedded_text(article: Article, chunk: Chunk) -> str:
    """Return what is embedded for a chunk: title, publisher and its table's headings, if any, before the text."""
    headings = " ".join(chunk.headings)[:_LONGEST_HEADINGS]
    return "\n".join(part for part in (article.title, article.publisher, headings, chunk.text) if part)


def vector_key(embedding_model: str, text: str) -> str:
    """Return the key under which the vector of `text` is kept: equal texts are embedded once."""
    return hashlib.sha256(f"{embedding_model}\n{text}".encode()).hexdigest()
