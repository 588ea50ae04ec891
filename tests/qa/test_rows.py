"""A table's row is read with what heads its cells, and every place in it leads back to the same characters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Article, Chunk, Mark, Span
from index.splitting import Splitter
from qa.rows import cell_asked_for, shown
from tests.index.parts import count_words

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=200)
ROW = "Child | 4.20 | 7.40"


def chunk_of(text: str, marks: tuple[Mark, ...]) -> Chunk:
    (chunk,) = Splitter(count_words, max_tokens=10_000).split(
        Article("a", "a", None, None, None, text, "0", marks=marks)
    )
    return chunk


def cell(text: str, words: str, label: str) -> Mark:
    start = text.index(words)
    return Mark(start, start + len(words), "cell", label)


def read(text: str, *cells: tuple[str, str]) -> str:
    chunk = chunk_of(text, tuple(cell(text, words, label) for words, label in cells))
    return shown(chunk, chunk.sentences).text


@pytest.mark.parametrize(
    ("row", "cells", "expected"),
    [
        (
            ROW,
            [("Child", "Ticket"), ("4.20", "Child, Single"), ("7.40", "Child, Return")],
            "Ticket Child: Single 4.20; Return 7.40",
        ),
        (ROW, [("Child", ""), ("4.20", "Child, Single"), ("7.40", "Child, Return")], "Child: Single 4.20; Return 7.40"),
        (ROW, [("4.20", "Child, Single"), ("7.40", "Child, Return")], "ChildChild, Single 4.20; Child, Return 7.40"),
        (ROW, [("Child", ""), ("4.20", ""), ("7.40", "")], ROW),
        ("*Child* | 4.20", [("*Child*", ""), ("4.20", "Child, Single")], "*Child*: Single 4.20"),
        ("Lead, tin | 4.20", [("Lead, tin", ""), ("4.20", "Lead, tin, Price")], "Lead, tin: Price 4.20"),
        ("Child 4.20 7.40", [("Child", ""), ("4.20", "Child, Single"), ("7.40", "Child, Return")],
         "Child: Single 4.20; Return 7.40"),
        ("9 May | Odeon", [("9 May", "Day"), ("Odeon", "Place")], "Day 9 May; Place Odeon"),
        ("Child | 7.40", [("Child", ""), ("7.40", "Child")], "Child: 7.40"),
    ],
)  # fmt: skip
def test_a_row_says_what_its_cells_are(row: str, cells: list[tuple[str, str]], expected: str):
    assert read(row, *cells) == expected.replace("ChildChild", "Child | Child")


def test_words_beside_the_cells_stay():
    assert read("from May: Child | 4.20 each", ("Child", ""), ("4.20", "Child, Single")) == (
        "from May: Child: Single 4.20 each"
    )


def test_an_answer_leads_to_its_cell():
    chunk = chunk_of(
        ROW, (cell(ROW, "Child", ""), cell(ROW, "4.20", "Child, Single"), cell(ROW, "7.40", "Child, Return"))
    )
    text = shown(chunk, chunk.sentences)
    for words in ("7.40", "Return 7.40", "Return", "rn 7.40", "; Return 7"):
        start = text.text.index(words)
        place = text.place(start, start + len(words))
        assert ROW[slice(*place)] in {"7.40", "7"}


def test_of_several_cells_the_one_that_is_asked_for_answers():
    cells = (cell(ROW, "Child", ""), cell(ROW, "4.20", "Child, Single"), cell(ROW, "7.40", "Child, Return"))
    chunk = chunk_of(ROW, cells)
    assert cell_asked_for("What is a single ticket?", chunk, Span(8, 19)) == Span(8, 12)
    assert cell_asked_for("What does a child pay?", chunk, Span(8, 19)) == Span(8, 19)


def test_sentences_that_are_not_neighbours_stand_on_lines_of_their_own():
    text = "The walrus came. Photo: Echo/Brill\nIt slept."
    chunk = chunk_of(text, (Mark(17, 34, "furniture", "credit"),))
    assert shown(chunk, chunk.told()).text == "The walrus came.\nIt slept."


def test_neighbours_keep_what_stands_between_them():
    text = "The walrus came.\n* * *\nIt slept."
    chunk = chunk_of(text, ())
    assert shown(chunk, chunk.sentences).text == text


@st.composite
def tables(draw: st.DrawFn) -> Chunk:
    """Draw lines of sentences, rows and furniture, with the marks of these."""
    words = st.text("abcé🦭. ", min_size=1, max_size=8).filter(lambda word: any(map(str.isalpha, word)))
    text, marks = "", []
    for kind in draw(st.lists(st.sampled_from(["sentence", "row", "furniture"]), min_size=1, max_size=8)):
        for _ in range(draw(st.integers(1, 3))):
            word = draw(words).strip()
            if kind != "sentence":
                label = draw(st.sampled_from(["", "a", "a, b", word, f"{word}, c"]))
                marks.append(Mark(len(text), len(text) + len(word), "cell" if kind == "row" else kind, label))
            text += word + (" | " if kind == "row" else " ")
        text += "\n"
    return chunk_of(text, tuple(marks))


@repeatable
@given(tables(), st.data())
def test_every_place_leads_back_to_the_same_characters(chunk: Chunk, data: st.DataObject):
    told = chunk.told()
    if not told:
        return
    text = shown(chunk, told)
    assert "".join(text.text[one.at : one.at + one.size] for one in text.pieces) == text.text
    for piece in text.pieces:
        if piece.own:
            for offset in range(piece.size):
                place = text.place(piece.at + offset, piece.at + offset + 1)
                assert chunk.words(*place) == text.text[piece.at + offset]
    start = data.draw(st.integers(0, len(text.text) - 1))
    place = text.place(start, data.draw(st.integers(start + 1, len(text.text))))
    assert chunk.start <= place.start < place.end <= chunk.end


@repeatable
@given(tables())
def test_no_letter_that_is_told_is_lost(chunk: Chunk):
    told = chunk.told()
    if told:
        own = [one.place for one in shown(chunk, told).pieces if one.own]
        held = {place for span in own for place in range(*span)}
        letters = {n for span in told for n in range(*span) if chunk.text[n - chunk.start].isalnum()}
        assert letters <= held


@repeatable
@given(tables())
def test_a_text_without_cells_and_furniture_is_shown_as_it_is(chunk: Chunk):
    plain = Chunk(chunk.id, "a", 0, chunk.start, chunk.end, chunk.text, chunk.sentences)
    assert shown(plain, plain.sentences).text == chunk.text


def test_a_span_of_nothing_but_a_sentence_is_a_span_of_the_article():
    chunk = chunk_of("  The walrus came. It slept.", ())
    assert shown(chunk, chunk.sentences[1:]).place(3, 8) == Span(22, 27)
