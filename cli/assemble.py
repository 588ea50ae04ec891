"""Settings become parts: the only place where parts are chosen and joined."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from api.service import Parts
from api.uploads import Uploads
from cli.settings import Settings
from index.catalogue import Catalogue
from index.embedding import MiniLMEmbedder, RememberingEmbedder
from index.lexical import LexicalSearch
from index.memory import refuse_too_little_memory
from index.postings import PostingLists
from index.records import SyncProgress, SyncReport
from index.retriever import HybridRetriever
from index.room import keep_reserve
from index.schema import CATALOGUE_FILE
from index.sources import SourceReader
from index.splitting import Splitter
from index.sync import Synchroniser
from index.upkeep import close_vectors, open_vectors, switch_over
from index.vectors import VectorStore
from qa.answerer import Answerer, StandAlone
from qa.authorship import Authorship
from qa.collection import Collection
from qa.collection_questions import CollectionQuestions
from qa.comparison import Comparison
from qa.confidence import ReadersJudgement
from qa.extractive import ExtractiveEngine
from qa.followups import stand_alone
from qa.generative import GenerativeEngine
from qa.grounding import Grounder
from qa.judge import MPNetJudge
from qa.lists import Lists
from qa.llm_calls import LLMCaller, Patience
from qa.llm_spec import LLMSpec
from qa.llms import connect
from qa.nearest import Nearest
from qa.opinions import Opinions
from qa.protocols import Engine
from qa.reader import RememberingReader
from qa.respelling import respelt
from qa.rewriting import LLMRewriter
from qa.summaries import Summaries
from qa.table_answers import Tables


@dataclass(frozen=True, slots=True)
class Index:
    """An open data folder; the caller owns it (see index.ownership) for as long as this is open."""

    catalogue: Catalogue
    vectors: VectorStore
    embedder: MiniLMEmbedder
    synchroniser: Synchroniser
    retriever: HybridRetriever
    postings: PostingLists
    reader: SourceReader
    threads: int

    def close(self) -> None:
        """Close the catalogue, the vector store and what reads files."""
        close_vectors(self.catalogue, self.vectors)
        self.catalogue.close()
        self.reader.close()


def open_index(data: Path, reader: SourceReader, threads: int = 0) -> Index:
    """Open the index in the folder `data`, which must exist; make it when it is empty, repair it when it must be.

    `threads`: with how many each model works, 0 for one on each core.
    """
    refuse_too_little_memory()
    embedder = MiniLMEmbedder(threads=threads)
    catalogue = Catalogue(data / CATALOGUE_FILE, embedder.name)
    try:
        vectors = open_vectors(catalogue, data)
    except Exception:
        catalogue.close()
        raise
    keep_reserve(data)
    synchroniser = Synchroniser(catalogue, vectors, embedder, Splitter(embedder.count_tokens), reader)
    postings = PostingLists(catalogue)
    retriever = HybridRetriever(catalogue, vectors, embedder, LexicalSearch(catalogue, postings))
    return Index(catalogue, vectors, embedder, synchroniser, retriever, postings, reader, threads)


def rebuild_index(settings: Settings, on_progress: Callable[[SyncProgress], None]) -> SyncReport:
    """Make the index anew from the articles, beside the old one, and switch over when it is complete."""
    building = settings.data / "rebuilding"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    index = open_index(building, settings.source_reader(), settings.threads)
    try:
        report = index.synchroniser.sync(settings.roots(), on_progress)
    except Exception:
        index.close()
        raise
    index.reader.close()
    close_vectors(index.catalogue, index.vectors)
    switch_over(index.catalogue, building, settings.data)
    return report


@contextmanager
def answering(index: Index, spec: LLMSpec | None) -> Iterator[Answerer]:
    """Yield what answers questions from an open index: a language model first, where one is named.

    Raises LLMNotUsable when the model cannot be used as it is set up; no request is made to it.
    """
    judge = MPNetJudge(threads=index.threads)
    reader = RememberingReader(judge)
    respell = partial(respelt, is_word=judge.knows)
    grounder = Grounder(judge)
    embedder = RememberingEmbedder(index.embedder)
    summaries = Summaries(index.catalogue, index.postings, index.embedder)
    extractive = ExtractiveEngine(
        reader,
        index.postings,
        verifier=judge,
        summaries=summaries,
        embedder=embedder,
        tables=Tables(index.catalogue, reader),
        lists=Lists(index.catalogue),
        opinions=Opinions(index.catalogue, index.embedder, judge),
    )
    comparison = Comparison(reader, index.postings, embedder)
    judgement = ReadersJudgement(reader)
    retriever, catalogue = index.retriever, index.catalogue
    collection = Collection(catalogue, CollectionQuestions(index.embedder))
    nearest = Nearest(index.postings, index.embedder)
    authorship = Authorship(catalogue, index.postings)

    def answerer(engines: list[Engine], stand_alone: StandAlone, stand_ins: ReadersJudgement | None = None) -> Answerer:
        return Answerer(
            retriever,
            catalogue,
            engines,
            grounder,
            judgement,
            comparison,
            stand_alone,
            respell,
            collection,
            nearest,
            stand_ins,
            authorship,
        )

    if spec is None:
        yield answerer([extractive], stand_alone)
        return
    model = connect(spec)
    try:
        caller = LLMCaller(model, Patience(total=spec.seconds))
        generative = GenerativeEngine.for_size(spec.size, caller, reader, index.postings)
        yield answerer([generative, extractive], LLMRewriter(caller), judgement)
    finally:
        model.close()


def open_parts(settings: Settings) -> Parts:
    """Open all that the HTTP service calls."""
    spec = settings.llm_spec()
    with ExitStack() as stack:
        index = open_index(settings.data, settings.source_reader(), settings.threads)
        stack.callback(index.close)
        answerer = stack.enter_context(answering(index, spec))

        corpus, uploads = settings.roots()

        def sync(on_progress: Callable[[SyncProgress], None]) -> SyncReport:
            return index.synchroniser.sync([corpus, uploads], on_progress)

        return Parts(
            answerer,
            index.retriever,
            index.catalogue,
            sync,
            stack.pop_all().close,
            uploads=Uploads(uploads.folder, index.reader),
            engines=answerer.engine_names,
        )
