"""What the tests of all packages share: a small made-up newspaper, the shipped model, and real indexes over them."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType

import pytest

from api.service import Parts
from cli.assemble import open_parts as open_real_parts
from cli.settings import Settings
from index.embedding import MiniLMEmbedder
from tests.api.servers import serving_parts

# File -> content. Two publishers, three dates, one file without either; one with a byte order mark, Windows line ends,
# emoji (two UTF-16 units each) and a letter made of two code points before the words that answers quote.
_ARTICLES = {
    "ferry.md": """---
title: The ferry sails again
publisher: Harbour Herald
date: 2024-03-05
---
The ferry to Sundholm sailed again on Tuesday after a storm had closed the harbour for nine days.
Captain Ilse Brandt said that the engine room had been flooded twice. "We pumped for two nights," she said.
A ticket will cost 14 crowns until the end of the summer.
""",
    "lighthouse.md": """---
title: A lighthouse goes dark
publisher: Coast Gazette
date: 2024-03-06
---
The lighthouse of Ravnsund will close in October because its lamp was sold to a museum.
Keeper Jonas Weil has lived in the tower for 31 years.
""",
    "towns/bridge.md": """---
title: Rust in the cables
publisher: Harbour Herald
date: 2024-03-09
---
Engineers found rust in the cables of the Kettering bridge during an inspection in January.
The repair of the bridge will take eleven weeks and cost 2.4 million crowns.
""",
    "bakery.txt": """The bakery on Mill Street sells 400 loaves of rye bread a day.
Its oven was built in 1911 by a potter named Anselm Krug.
""",
    "island.txt": "\ufeff🦭 Seals 🦭 have come back to the island of Faro\u0308, and wardens counted 57 of them.\r\n"
    "The cafe\u0301 at the pier 🍰 gave seal-shaped biscuits to every visitor.\r\n",
}


@pytest.fixture(autouse=True)
def _settings_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a developer has set in the shell decides no test; the tests run in as many processes as there are cores."""
    for name in [name for name in os.environ if name.upper().startswith("FOOTNOTE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("FOOTNOTE_THREADS", "1")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the shipped articles."""
    return Path(__file__).resolve().parent.parent / "seeds"


@pytest.fixture(scope="session")
def embedder() -> MiniLMEmbedder:
    """The shipped embedding model."""
    return MiniLMEmbedder(threads=1)


@pytest.fixture(scope="session")
def articles() -> Mapping[str, str]:
    """The made-up articles: file -> content, byte order marks included."""
    return MappingProxyType(_ARTICLES)


@pytest.fixture(scope="session")
def write_articles(articles: Mapping[str, str]) -> Callable[[Path], Path]:
    """Writes the made-up articles into a folder, and returns the folder."""

    def write(folder: Path) -> Path:
        for file, content in articles.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(content.encode())
        return folder

    return write


@pytest.fixture
def corpus(tmp_path: Path, write_articles: Callable[[Path], Path]) -> Path:
    """A folder of the made-up articles, to do with as one likes."""
    return write_articles(tmp_path / "articles")


@pytest.fixture(scope="session")
def open_parts_in(embedder: MiniLMEmbedder) -> Callable[[Path, Path], Parts]:
    """Opens the real parts over a corpus and a data folder; the caller closes them."""

    def open_over(corpus: Path, data: Path) -> Parts:
        data.mkdir(parents=True, exist_ok=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("cli.assemble.MiniLMEmbedder", lambda threads: embedder)  # loading it once is slow enough
            return open_real_parts(Settings(corpus=corpus, data=data))

    return open_over


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory,
    write_articles: Callable[[Path], Path],
    open_parts_in: Callable[[Path, Path], Parts],
) -> Iterator[str]:
    """Where a service over the made-up articles is served, for the tests of one module."""
    folder = tmp_path_factory.mktemp("served")
    corpus = write_articles(folder / "articles")
    with serving_parts(lambda: open_parts_in(corpus, folder / "data")) as address:
        yield address


@pytest.fixture
def open_parts(tmp_path: Path, open_parts_in: Callable[[Path, Path], Parts]) -> Iterator[Callable[[Path], Parts]]:
    """Opens the real parts over a corpus, with their index in `tmp_path`, and closes them after the test."""
    with ExitStack() as stack:

        def open_over(corpus: Path) -> Parts:
            parts = open_parts_in(corpus, tmp_path / "data")
            stack.callback(parts.close)
            return parts

        yield open_over
