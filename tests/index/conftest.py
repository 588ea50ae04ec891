from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.index.parts import HashingEmbedder, OpenIndex, open_index


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of three short articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour.txt").write_text("The harbour of Quillon froze. Ships waited for nine days.", encoding="utf-8")
    (folder / "bridge.txt").write_text("A bridge fell in Marwick. Nobody was hurt. Trains stopped.", encoding="utf-8")
    (folder / "mayor.txt").write_text("Mayor Odile Tarn resigned on Monday. A vote follows.", encoding="utf-8")
    return folder


@pytest.fixture
def hashing() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def opened(tmp_path: Path, articles: Path, hashing: HashingEmbedder) -> Iterator[Callable[[], OpenIndex]]:
    """Opens the index of `articles`, again and again; each opening closes the one before."""
    current: list[OpenIndex] = []

    def open_again() -> OpenIndex:
        while current:
            current.pop().close()
        current.append(open_index(tmp_path / "data", articles, hashing))
        return current[-1]

    yield open_again
    while current:
        current.pop().close()
