"""Sentences as a reader is given them: a table's row says what heads its cells, and each place leads back to its own.

"Child | 4.20 | 7.40" is read as "Ticket Child: Single 4.20; Return 7.40" where the table has these heads; "7.40" in it
is the cell, and the quote is the row as it stands in the article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.records import HEADINGS_JOINED_BY, Chunk, Mark, Span
from index.words import stems

_WORD = re.compile(r"\w+")


class _Piece(NamedTuple):
    """A part of what is shown: `size` characters from `at` on, the article's own from `place.start` on, or added.

    What is added stands for all of `place`.
    """

    at: int
    size: int
    place: Span
    own: bool


def is_row(chunk: Chunk, sentence: Span) -> bool:
    """Tell whether a sentence is a row of a table, which is read with what heads its cells."""
    return any(mark.kind == "cell" and mark.label and mark.overlaps(*sentence) for mark in chunk.marks)


def heads_rows(chunk: Chunk, sentence: Span) -> bool:
    """Tell whether a sentence is a table's head: it says nothing but what each row below it is read with."""
    headings = {word for mark in chunk.marks if mark.kind == "cell" for word in _WORD.findall(mark.label)}
    return bool(headings) and not is_row(chunk, sentence) and headings.issuperset(_WORD.findall(chunk.words(*sentence)))


def cell_asked_for(question: str, chunk: Chunk, words: Span) -> Span:
    """Return the cell that a question names among those that these words hold; the words as they are elsewhere."""
    cells = [mark for mark in chunk.marks if mark.kind == "cell" and mark.overlaps(*words)]
    asked = set(stems(question))
    named = [len(asked.intersection(stems(cell.label))) for cell in cells]
    if len(cells) < 2 or named.count(max(named)) > 1:
        return words
    cell = cells[named.index(max(named))]
    return Span(max(words.start, cell.start), min(words.end, cell.end))


@dataclass(frozen=True, slots=True)
class Shown:
    """A text made of an article's sentences, with the way back."""

    text: str
    pieces: tuple[_Piece, ...]

    def place(self, start: int, end: int) -> Span:
        """Return where in the article the words `text[start:end]` stand: those of them that are its own.

        Where none is, they are a heading, and the place is that of the cell below it.
        """
        met = [one for one in self.pieces if one.at < end and start < one.at + one.size]
        own = [one for one in met if one.own]
        if not own:
            return met[0].place if met else self.pieces[-1].place
        first, last = own[0], own[-1]
        return Span(
            first.place.start + max(0, start - first.at),
            last.place.start + min(last.size, end - last.at),
        )


def shown(chunk: Chunk, sentences: Sequence[Span]) -> Shown:
    """Return these sentences of a chunk, in order, one text: with all that stands between those that are neighbours."""
    writer = _Writer(chunk)
    for number, sentence in enumerate(sentences):
        if number:
            between = Span(sentences[number - 1].end, sentence.start)
            if _WORD.search(chunk.words(*between)):  # a sentence is left out
                writer.add("\n", between)
            else:
                writer.copy(*between)
        _show(chunk, sentence, writer)
    return Shown("".join(writer.parts), tuple(writer.pieces))


class _Writer:
    """Puts a text together and notes where its parts come from."""

    def __init__(self, chunk: Chunk) -> None:
        self._chunk = chunk
        self._size = 0
        self.parts: list[str] = []
        self.pieces: list[_Piece] = []

    def copy(self, start: int, end: int) -> None:
        """Add the article's own words."""
        self._put(self._chunk.words(start, end), Span(start, end), own=True)

    def add(self, words: str, stands_for: Span) -> None:
        """Add words that do not stand there."""
        self._put(words, stands_for, own=False)

    def _put(self, words: str, place: Span, *, own: bool) -> None:
        if words:
            self.pieces.append(_Piece(self._size, len(words), place, own))
            self.parts.append(words)
            self._size += len(words)


def _show(chunk: Chunk, sentence: Span, writer: _Writer) -> None:
    cells = [
        mark._replace(start=max(mark.start, sentence.start), end=min(mark.end, sentence.end))
        for mark in chunk.marks
        if mark.kind == "cell" and mark.overlaps(*sentence)
    ]
    if not any(cell.label for cell in cells):
        writer.copy(*sentence)
        return
    row = chunk.words(cells[0].start, cells[0].end)
    heads_the_row = any(_below(row, cell.label) is not None for cell in cells[1:])
    place = sentence.start
    for number, cell in enumerate(cells):
        between, here = Span(place, cell.start), Span(cell.start, cell.end)
        if _WORD.search(chunk.words(*between)):
            writer.copy(*between)
        elif number:
            writer.add(": " if number == 1 and heads_the_row else "; ", here)
        heading = _heading(cell, row) if heads_the_row else cell.label
        writer.add(f"{heading} " if heading else "", here)
        writer.copy(*here)
        place = cell.end
    if _WORD.search(chunk.words(place, sentence.end)):
        writer.copy(place, sentence.end)


def _heading(cell: Mark, row: str) -> str:
    """Return what heads a cell's column; the first cell says itself what the row is about."""
    below = _below(row, cell.label)
    return cell.label if below is None else below


def _below(row: str, label: str) -> str | None:
    """Return a label without its row's heading; None where it has another."""
    parts = label.split(HEADINGS_JOINED_BY)
    wanted = _WORD.findall(row)
    for size in range(1, len(parts) + 1):
        if _WORD.findall(HEADINGS_JOINED_BY.join(parts[:size])) == wanted:
            return HEADINGS_JOINED_BY.join(parts[size:])
    return None
