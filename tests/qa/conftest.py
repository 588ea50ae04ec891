from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from index.catalogue import Catalogue
from index.embedding import MiniLMEmbedder
from index.postings import PostingLists
from index.records import Article, Chunk, Passage
from index.retriever import HybridRetriever
from index.schema import CATALOGUE_FILE
from index.sentences import sentence_spans
from index.sources import Root, SourceReader
from index.splitting import Splitter
from index.sync import Synchroniser
from index.upkeep import close_vectors, open_vectors
from qa.answerer import Answerer
from qa.comparison import Comparison
from qa.confidence import ReadersJudgement
from qa.extractive import ExtractiveEngine
from qa.grounding import Grounder
from qa.judge import MPNetJudge
from tests.index.parts import lexical_search
from tests.qa.doubles import Shelf

NEWS = {
    "ferry.md": """---
title: Crossing resumes
publisher: Harbour Herald
date: 2024-03-05
---
The ferry to Sundholm sailed again on Tuesday after a storm had closed the harbour for nine days.
Captain Ilse Brandt said that the engine room had been flooded twice. "We pumped for two nights," she said.
A ticket will cost 14 crowns until the end of the summer.
""",
    "bridge.md": """---
publisher: Harbour Herald
date: 2024-03-09
---
Engineers found rust in the cables of the Kettering bridge during an inspection in January.
The repair of the Kettering bridge will take eleven weeks.
""",
    "repairs.md": """---
publisher: Coast Gazette
date: 2024-03-10
---
The mayor was not pleased.\r
The repair of the Kettering bridge will take eleven weeks.\r
Buses will run instead. Buses will run instead.\r
""",
    "bakery.txt": "The bakery on Mill Street sells 400 loaves of rye bread a day.\n"
    "Its oven was built in 1911 by a potter named Anselm Krug.\n",
    "island.txt": "\ufeff🦭 Seals 🦭 have come back to the island of Faro\u0308, and wardens counted 57 of them.\r\n"
    "The cafe\u0301 at the pier 🍰 gave seal-shaped biscuits to every visitor.\r\n",
}


@dataclass(frozen=True)
class Newsroom:
    """A real index over NEWS, and what answers from it."""

    catalogue: Catalogue
    retriever: HybridRetriever
    engine: ExtractiveEngine
    answerer: Answerer


@pytest.fixture(scope="session")
def reader() -> MPNetJudge:
    """The shipped reader."""
    return MPNetJudge(threads=1)


@pytest.fixture(scope="session")
def newsroom(
    tmp_path_factory: pytest.TempPathFactory, embedder: MiniLMEmbedder, reader: MPNetJudge
) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "articles").mkdir()
    for file, text in NEWS.items():
        (folder / "articles" / file).write_bytes(text.encode())
    (folder / "data").mkdir()
    catalogue = Catalogue(folder / "data" / CATALOGUE_FILE, embedder.name)
    vectors = open_vectors(catalogue, folder / "data")
    splitter = Splitter(embedder.count_tokens)
    Synchroniser(catalogue, vectors, embedder, splitter, SourceReader()).sync([Root(folder / "articles")])
    retriever = HybridRetriever(catalogue, vectors, embedder, lexical_search(catalogue))
    engine = ExtractiveEngine(reader, PostingLists(catalogue))
    comparison = Comparison(reader, PostingLists(catalogue), embedder)
    answerer = Answerer(retriever, catalogue, [engine], Grounder(reader), ReadersJudgement(reader), comparison)
    yield Newsroom(catalogue, retriever, engine, answerer)
    close_vectors(catalogue, vectors)
    catalogue.close()


@pytest.fixture
def shelf() -> Shelf:
    """Articles to look up, none at first."""
    return Shelf()


@pytest.fixture
def put(shelf: Shelf) -> Callable[..., Passage]:
    """Puts an article on the shelf, and returns the passage that holds all of its sentences."""

    def put_article(text: str, file: str = "a.txt", publisher: str | None = None) -> Passage:
        shelf.articles[file] = Article(file, file, None, publisher, None, text, "0" * 64)
        sentences = tuple(sentence_spans(text))
        start, end = sentences[0].start, sentences[-1].end
        chunk = Chunk(f"chunk of {file}", file, 0, start, end, text[start:end], sentences)
        return Passage(chunk, file, None, publisher, None, 1.0, 1, 1)

    return put_article


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy that the shell names stands before the servers of this machine."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
