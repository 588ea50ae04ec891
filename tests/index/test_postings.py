"""Where words stand: their scores are FTS5's own, and what is kept is neither too much nor out of date."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import postings
from index.catalogue import Catalogue
from index.postings import PostingLists
from index.schema import CATALOGUE_FILE
from tests.index.parts import put

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=40)

WORDS = ["anchor", "Beacons", "copper", "sea-salt", "U.S", "fjords", "garnet", "harbours", "naïve", "30-year"]
texts = st.lists(st.sampled_from(WORDS), max_size=300).map(" ".join)


def own_ranking(catalogue_file: Path, word: str) -> dict[int, float]:
    """Return row -> what FTS5 itself says the word weighs there."""
    connection = sqlite3.connect(catalogue_file)
    query = "SELECT rowid, -bm25(chunk_words) FROM chunk_words WHERE chunk_words MATCH ?"
    found = dict(connection.execute(query, (f'"{word}"',)).fetchall())
    connection.close()
    return found


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A catalogue without articles."""
    made = Catalogue(tmp_path / CATALOGUE_FILE, "model")
    yield made
    made.close()


class Counted:
    """Passes every call on to a catalogue, and keeps which words' places were read."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.read: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def occurrences(self, stem: str) -> npt.NDArray[np.int64]:
        self.read.append(stem)
        return self._catalogue.occurrences(stem)

    def rows_with(self, word: str) -> npt.NDArray[np.int64]:
        self.read.append(word)
        return self._catalogue.rows_with(word)


@pytest.fixture
def counted(catalogue: Catalogue) -> Any:
    """The same, whose readings are counted."""
    return Counted(catalogue)


class TestScores:
    @repeatable
    @given(articles=st.lists(texts, min_size=1, max_size=6), gone=st.integers(0, 9), word=st.sampled_from(WORDS))
    def test_of_one_stem_they_are_those_of_fts5(
        self, tmp_path_factory: pytest.TempPathFactory, articles: list[str], gone: int, word: str
    ) -> None:
        file = tmp_path_factory.mktemp("catalogue") / CATALOGUE_FILE
        catalogue = Catalogue(file, "model")
        for number, text in enumerate(articles):
            put(catalogue, str(number), text, title="Garnet " * number, publisher="Anchor")
        catalogue.remove([str(gone)])

        rows, scores = PostingLists(catalogue).of_word(word)

        catalogue.close()
        expected = own_ranking(file, word)
        assert rows.tolist() == sorted(expected)
        if "-" not in word and "." not in word:
            assert scores.tolist() == pytest.approx([expected[row] for row in sorted(expected)], rel=1e-5)

    def test_a_phrase_counts_once_for_each_chunk(self, catalogue: Catalogue) -> None:
        put(catalogue, "a", "sea-salt and sea-salt")
        put(catalogue, "b", "salt of the sea, whatever")
        put(catalogue, "c", "sea-salt but nothing else")

        rows, scores = PostingLists(catalogue).of_word("sea-salt")

        assert len(rows) == 2
        assert scores[0] == pytest.approx(scores[1])

    def test_beyond_ten_thousand_chunks_one_occurrence_is_as_good_as_two(
        self, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(catalogue, "a", "ferry ferry")
        put(catalogue, "b", "ferry boats")
        put(catalogue, "c", "other boats")
        put(catalogue, "d", "other ships")
        before = PostingLists(catalogue).of_word("ferry").scores
        monkeypatch.setattr(postings, "_COUNTED_IN", 1)

        after = PostingLists(catalogue).of_word("ferry").scores

        assert before[0] > before[1]
        assert after[0] == after[1] > 0

    def test_a_word_without_letters_or_digits_stands_nowhere(self, catalogue: Catalogue) -> None:
        put(catalogue, "a", "ferry -- ferry")

        assert len(PostingLists(catalogue).of_word("--").rows) == 0


class TestFrequencies:
    def test_they_are_numbers_of_chunks(self, catalogue: Catalogue) -> None:
        put(catalogue, "a", "ferry ferry")
        put(catalogue, "b", "ferry boats")

        assert PostingLists(catalogue).frequencies(["ferri", "boat", "ghost"]) == (
            2,
            {"ferri": 2, "boat": 1, "ghost": 0},
        )

    def test_they_follow_a_change(self, catalogue: Catalogue) -> None:
        lists = PostingLists(catalogue)
        before = lists.frequencies(["ferri"])
        put(catalogue, "a", "ferry")

        assert (before, lists.frequencies(["ferri"])) == ((0, {"ferri": 0}), (1, {"ferri": 1}))

    def test_they_are_right_when_more_was_asked_than_is_kept(
        self, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(postings, "_KEPT_FREQUENCIES", 2)
        put(catalogue, "a", "ferry boats")
        lists = PostingLists(catalogue)

        found = [lists.frequencies([one, "boat"])[1] for one in ("ferri", "a1", "a2", "a3", "ferri")]

        assert [one["boat"] for one in found] == [1] * 5
        assert found[0] == found[-1] == {"ferri": 1, "boat": 1}


class TestWhatIsKept:
    def test_a_word_is_read_once(self, catalogue: Catalogue, counted: Any) -> None:
        put(catalogue, "a", "sea-salt ferry")
        lists = PostingLists(counted)
        for word in ("ferry", "sea-salt", "ferries", "sea-salt", "ferry"):
            lists.of_word(word)

        assert counted.read == ["ferri", "sea-salt"]

    def test_after_a_change_it_is_read_again(self, catalogue: Catalogue, counted: Any) -> None:
        put(catalogue, "a", "ferry")
        lists = PostingLists(counted)
        lists.of_word("ferry")
        put(catalogue, "b", "goat")
        lists.of_word("ferry")

        assert counted.read == ["ferri", "ferri"]

    def test_where_there_is_no_more_room_the_word_asked_for_longest_ago_goes(
        self, catalogue: Catalogue, counted: Any
    ) -> None:
        words = ["anchor", "beacon", "copper", "garnet"]
        for word in words:
            put(catalogue, word, word)
        lists = PostingLists(counted, kept_postings=6)
        for word in [*words[:3], words[0], words[3]]:  # the second is the one that was not asked for again
            lists.of_word(word)
        counted.read.clear()

        for word in [words[0], words[2], words[3], words[1]]:
            lists.of_word(word)

        assert counted.read == ["beacon"]

    def test_words_that_stand_nowhere_take_room_too(self, catalogue: Catalogue, counted: Any) -> None:
        put(catalogue, "a", "ferry")
        lists = PostingLists(counted, kept_postings=10)
        for number in range(100):
            lists.of_word(f"{number}th")
        counted.read.clear()

        lists.of_word("0th")

        assert counted.read == ["0th"]

    @repeatable
    @given(asked=st.lists(st.sampled_from(WORDS), max_size=30), room=st.integers(0, 60))
    def test_no_more_is_kept_than_there_is_room(self, library: Catalogue, asked: list[str], room: int) -> None:
        lists = PostingLists(library, room)
        for word in asked:
            lists.of_word(word)

        assert sum(len(one.rows) for one in lists._kept._kept.values()) <= room


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """Forty articles of few words."""
    made = Catalogue(tmp_path_factory.mktemp("library") / CATALOGUE_FILE, "model")
    for number in range(40):
        put(made, f"article {number}", " ".join(WORDS[number * step % len(WORDS)] for step in range(1, 2 + number % 7)))
    yield made
    made.close()
