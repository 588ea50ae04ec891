"""What stretches of an article are goes with it: into the catalogue, to its chunks, and back."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalogue import Catalogue
from index.records import Article, Mark, Span
from index.rows import marks_of, stored_marks
from index.schema import CATALOGUE_FILE, MIGRATIONS
from index.sentences import sentence_spans
from index.splitting import Splitter
from index.sync import embedded_text
from tests.index.parts import BEFORE_MARKS, OpenIndex, count_words, lexical_search

Opened = Callable[[], OpenIndex]
repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=100)
KINDS = st.sampled_from(["furniture", "cell", "page"])
WORDS = "The ferry sails. By Ada Lind\nSeals, 57 | 14 crowns | 3.50 a child. Read also: more\n🦭 Ende.\n\n"


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, tuple[Mark, ...]]:
    """Draw a text and marks that follow one another in it."""
    text = "".join(draw(st.lists(st.sampled_from(WORDS.split(" ")), min_size=1, max_size=60).map(" ".join)))
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=20)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return text, tuple(Mark(one, other, draw(KINDS), draw(st.text(max_size=12))) for one, other in pairs)


def article(text: str, marks: tuple[Mark, ...] = ()) -> Article:
    return Article("a", "a.txt", None, None, None, text, "0", marks=marks)


@repeatable
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), KINDS, st.text().filter(str.isprintable))))
def test_marks_are_read_as_they_were_stored(drawn: list[tuple[int, int, str, str]]):
    marks = tuple(Mark(*one) for one in drawn)
    assert marks_of(stored_marks(marks)) == marks


def test_the_catalogue_gives_back_an_article_and_its_chunks_as_they_were(tmp_path: Path):
    catalogue = Catalogue(tmp_path / CATALOGUE_FILE, "m")
    catalogue.stage({"key": np.zeros(1, np.float32)}, [])

    @repeatable
    @given(marked())
    def holds(drawn: tuple[str, tuple[Mark, ...]]) -> None:
        given_article = replace(article(*drawn), author="Ada Lind")
        chunks = Splitter(count_words, max_tokens=12).split(given_article)
        catalogue.replace("a.txt", "1", [(given_article, [(chunk, "key") for chunk in chunks])])
        assert catalogue.article("a") == given_article
        passages = catalogue.passages([chunk.id for chunk in chunks])
        assert [passages[chunk.id].chunk for chunk in chunks] == chunks
        assert {one.author for one in passages.values()} <= {"Ada Lind"}

    holds()
    catalogue.close()


@repeatable
@given(marked())
def test_a_chunk_has_just_the_marks_that_overlap_it(drawn: tuple[str, tuple[Mark, ...]]):
    for chunk in Splitter(count_words, max_tokens=12).split(article(*drawn)):
        assert chunk.marks == tuple(mark for mark in drawn[1] if mark.overlaps(chunk.start, chunk.end))


@repeatable
@given(marked())
def test_no_sentence_is_part_furniture_and_no_word_is_lost(drawn: tuple[str, tuple[Mark, ...]]):
    text, marks = drawn
    spans = sentence_spans(text, marks)
    for mark in marks:
        if mark.kind == "furniture":
            assert all(
                mark.start <= one.start and one.end <= mark.end for one in spans if mark.overlaps(one.start, one.end)
            )
    covered = {place for one in spans for place in range(*one)}
    assert all(place in covered for place, character in enumerate(text) if character.isalnum())


def test_a_line_of_furniture_is_not_joined_to_a_sentence_of_the_story():
    text = "The bridge is shut. Photo: Echo/Brill"
    marks = (Mark(20, len(text), "furniture", "credit"),)
    chunk = Splitter(count_words).split(article(text, marks))[0]
    assert chunk.text == text
    assert [chunk.words(*one) for one in chunk.told()] == ["The bridge is shut."]


def test_furniture_of_the_sort_that_is_asked_for_tells_something():
    text = "By Ada Lind\nThe bridge is shut.\n3 May"
    marks = (Mark(0, 11, "furniture", "byline"), Mark(32, 37, "furniture", "dateline"))
    chunk = Splitter(count_words).split(article(text, marks))[0]
    assert [chunk.words(*one) for one in chunk.told({"byline"})] == ["By Ada Lind", "The bridge is shut."]


def test_a_row_is_one_sentence_whatever_stops_its_cells_have():
    text = "Yes. The board said so. | No. It did not."
    marks = (Mark(0, 23, "cell", "Claim"), Mark(26, 41, "cell", "Verdict"))
    assert sentence_spans(text, marks) == [Span(0, 41)]


class TestATableThatBeganInTheChunkBefore:
    TEXT = "Ticket | Return\n" + "\n".join(f"Zone {number} of the old town | {number}.40" for number in range(9))

    @pytest.fixture
    def table(self) -> Article:
        marks = []
        for line in self.TEXT.splitlines()[1:]:
            start = self.TEXT.index(line)
            middle = start + line.index(" | ")
            row = self.TEXT[start:middle]
            marks += [
                Mark(start, middle, "cell", "Ticket"),
                Mark(middle + 3, start + len(line), "cell", f"{row}, Return"),
            ]
        return article(self.TEXT, tuple(marks))

    def test_the_headings_that_a_chunk_lacks_go_with_it_each_once(self, table: Article):
        first, second, *_ = Splitter(count_words, max_tokens=40).split(table)
        assert first.headings == ()
        assert second.headings == ("Ticket", "Return")

    def test_they_are_embedded_with_it(self, table: Article):
        second = Splitter(count_words, max_tokens=40).split(table)[1]
        assert embedded_text(table, second) == f"Ticket Return\n{second.text}"

    def test_the_chunk_is_found_by_them(self, table: Article, tmp_path: Path):
        catalogue = Catalogue(tmp_path / CATALOGUE_FILE, "m")
        catalogue.stage({"key": np.zeros(1, np.float32)}, [])
        chunks = Splitter(count_words, max_tokens=40).split(table)
        catalogue.replace("a.txt", "1", [(table, [(chunk, "key") for chunk in chunks])])
        assert {hit.chunk_id for hit in lexical_search(catalogue).search("return", 10)} == {one.id for one in chunks}
        catalogue.close()


def test_an_index_from_before_marks_is_read_again_by_the_next_sync_and_embeds_nothing(
    opened: Opened, articles: Path, tmp_path: Path
):
    index = opened()
    index.sync()
    index.close()
    with sqlite3.connect(tmp_path / "data" / CATALOGUE_FILE) as connection:
        connection.executescript(f"{BEFORE_MARKS}; {MIGRATIONS[3][0]}; PRAGMA user_version = 5")
        connection.execute("UPDATE sources SET fingerprint = 'of an older reader'")
    connection.close()
    index = opened()
    assert lexical_search(index.catalogue).search("harbour", 10)
    report = index.sync()
    assert sorted(report.replaced) == ["bridge.txt", "harbour.txt", "mayor.txt"]
    assert report.embedded == 0
    index.assert_whole()
