"""`footnote doctor`."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing

from llama_index.core.base.llms.types import ChatMessage

from cli import remote
from cli.assemble import open_index
from cli.remembered import corpus_of
from cli.settings import Settings
from index.embedding import MiniLMEmbedder
from index.errors import CorpusError, DataFolderError, DataFolderInUse, IndexingError, UnreadableArticle
from index.ownership import Ownership
from index.schema import CATALOGUE_FILE
from qa.errors import AnsweringError, LLMFailure, LLMNotUsable
from qa.judge import MPNetJudge
from qa.llm_calls import LLMCaller, Patience, Reply
from qa.llms import connect

Check = Callable[[Settings], Iterator[str]]
_LLM_SECONDS = 20.0  # for one word; who asks the doctor waits


def examine(settings: Settings) -> bool:
    """Print a line for each thing looked at, with the remedy where something is wrong; tell whether all is well."""
    checks: dict[str, Check] = {
        "models": _models,
        "articles": _articles,
        "index": _index,
        "language model": _llm,
    }
    well = True
    for name, check in checks.items():
        try:
            for line in check(settings):
                print(f"ok     {name}: {line}")
        except (IndexingError, AnsweringError) as error:
            well = False
            print(f"wrong  {name}: {error}")
    return well


def _models(_settings: Settings) -> Iterator[str]:
    embedder = MiniLMEmbedder()
    vectors = embedder.embed(["A question and its answer."])
    yield f"{embedder.name} answers, {vectors.shape[1]} wide"
    (reading,) = MPNetJudge().read("Who answers?", ["The reader answers."])
    yield f"the reader answers, with {len(reading.spans)} findings"


def _llm(settings: Settings) -> Iterator[str]:
    spec = settings.llm_spec()
    if spec is None:
        yield "none is named; the articles answer in their own words"
        return
    model = connect(spec)
    try:
        begun = time.perf_counter()
        caller = LLMCaller(model, Patience(total=min(spec.seconds, _LLM_SECONDS), retries=0))
        words = "".join(caller.stream([ChatMessage(role="user", content="Reply with one word: ready")], Reply()))
        yield f"{spec.name} answers after {time.perf_counter() - begun:.1f} s: {' '.join(words.split())[:60]}"
    except LLMFailure as error:
        raise LLMNotUsable(f"{spec.name} does not answer: {error}") from error
    finally:
        model.close()


def _articles(settings: Settings) -> Iterator[str]:
    faults: dict[str, str] = {}
    count = 0
    with closing(settings.source_reader()) as reader:
        for root in settings.roots():
            for file in root.files(faults):
                try:
                    articles, unreadable = reader.articles(reader.load(root, file))
                except UnreadableArticle as error:
                    faults[error.file] = error.reason
                else:
                    count += len(articles)
                    faults.update(unreadable)
    if faults:
        raise CorpusError("some cannot be read. " + " ".join(f"{file}: {reason}" for file, reason in faults.items()))
    if not count:
        raise CorpusError(f"{settings.corpus} holds no article. Put some there, or name another folder.")
    yield f"{count} in {settings.corpus}, all readable"


def _index(settings: Settings) -> Iterator[str]:
    if not (settings.data / CATALOGUE_FILE).exists():
        raise DataFolderError(f"There is none in {settings.data}. Make one: footnote index {settings.corpus}")
    try:
        ownership = Ownership(settings.data)
    except DataFolderInUse as error:
        if not error.address or not remote.is_ready(error.address):
            raise
        yield f"in use by the server at {error.address}, which is ready"
        return
    with ownership:
        known = corpus_of(settings.data)
        if known and known != settings.corpus.resolve():
            raise DataFolderError(f"The index in {settings.data} was made of {known}, not of {settings.corpus}.")
        opened = open_index(settings.data, settings.source_reader(), settings.threads)
        try:
            articles, chunks = opened.catalogue.counts()
            yield f"{articles} articles and {chunks} passages in {settings.data}"
            yield f"{opened.vectors.count()} vectors, equal to the catalogue"
        finally:
            opened.close()
