"""The tables of an article, built again from its text and the marks of its cells: what stands where, and below what.

All readers of files write a table a row to a line, and mark each cell with what heads its row and its columns. That is
enough to tell which cells stand below one another, also where an empty cell is not shown.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.records import HEADINGS_JOINED_BY, Chunk, Mark, Passage, Span

_MOST_CELLS = 6_000  # of an article, half a second's work; a longer table is data, whose rows are read as sentences
_SENTENCES_ABOVE = 2  # of a table, in which its caption stands
_LONGEST_CAPTION = 300  # characters
_NAMES_ALONE, _LONGEST_NAME = 3, 60  # rows that follow one another without a figure, and characters
_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: its place in the article, and its words."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its place in the article, and its filled cells by column.

    What heads it and those around it is a cell of the last column, and its place that of the row.
    """

    span: Span
    cells: dict[int, Cell]


@dataclass(frozen=True)
class Table:
    """A table of `passage`, the whole article; `columns` are what heads each, empty where nothing does.

    `above` are the words right before it: a caption, its head, what introduces it.
    """

    passage: Passage
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    above: str

    @cached_property
    def names(self) -> int:
        """The column that names the rows: the first of words that are not the same twice, else the first."""
        for column in range(len(self.columns)):
            texts = [row.cells[column].text for row in self.rows if column in row.cells]
            wordy = sum(bool(_LETTER.search(text)) for text in texts)
            if 2 * wordy > len(self.rows) and len(set(texts)) == len(self.rows):
                return column
        return 0

    def name(self, row: Row) -> str:
        """Return what names a row."""
        return row.cells[self.names].text if self.names in row.cells else ""


@dataclass(frozen=True, slots=True)
class _Written:
    """A row before its columns are known: each cell with the parts of its label that don't head its row."""

    span: Span
    cells: tuple[tuple[Cell, str], ...]
    group: str
    heads: int | None  # which cell heads the others


def tables_of(passage: Passage) -> list[Table]:
    """Return the tables of a whole article (see qa.article_sentences.as_passage), in order of place."""
    chunk = passage.chunk
    cells = [mark for mark in chunk.marks if mark.kind == "cell"]
    if not cells or len(cells) > _MOST_CELLS:
        return []
    made: list[Table] = []
    rows: list[_Written] = []
    between: list[
        _Written
    ] = []  # sentences behind those rows; of them, rows that have nothing but a name are not marked
    above = ""
    for sentence, own in _with_cells(chunk.sentences, cells):
        row = _written(chunk, sentence, own)
        if not own:
            between.append(row)
        elif rows and _goes_on(chunk, rows, between, row):
            rows += [*between, row]
            between = []
        else:
            made += _table(passage, rows, above)
            above = _above(chunk, rows[-1].span.end if rows else chunk.start, sentence)
            rows, between = [row], []
    return [*made, *_table(passage, rows, above)]


def _with_cells(sentences: Sequence[Span], cells: Sequence[Mark]) -> Iterator[tuple[Span, list[Mark]]]:
    """Yield each sentence with the cells in it. Both come in order of place."""
    first = 0
    for sentence in sentences:
        while first < len(cells) and cells[first].end <= sentence.start:
            first += 1
        last = first
        while last < len(cells) and cells[last].start < sentence.end:
            last += 1
        yield sentence, list(cells[first:last])


def _above(chunk: Chunk, last: int, first: Span) -> str:
    """Return the words right before a table, as far as they stand behind the last one."""
    before = [one for one in chunk.sentences if last <= one.start and one.end <= first.start][-_SENTENCES_ABOVE - 1 :]
    words = [chunk.words(*one) for one in before]
    return "\n".join(one for one in words if len(one) <= _LONGEST_CAPTION)


def _goes_on(chunk: Chunk, rows: Sequence[_Written], between: Sequence[_Written], row: _Written) -> bool:
    """Tell whether a row belongs to the table of these, with what stands between: names alone, and no second head."""
    if not between:
        return True
    known = {heading for one in rows for _, heading in one.cells}
    words = {word for heading in known for word in _WORD.findall(heading)}
    lines = [chunk.words(*one.span) for one in between]
    return (
        len(between) <= _NAMES_ALONE
        and row.cells[0][1] in known
        and all(len(line) <= _LONGEST_NAME and not words.issuperset(_WORD.findall(line)) for line in lines)
    )


def _written(chunk: Chunk, sentence: Span, marks: Sequence[Mark]) -> _Written:
    """Return a row with what heads the columns of its cells: their labels without what heads the row."""
    places = list(_places(chunk, sentence, marks))
    texts = [_WORD.findall(cell.text) for cell, _ in places]
    found = [_parted(label, texts, number) for number, (_, label) in enumerate(places)]
    heads = next((by for by, _, _ in found if by is not None), None)
    group = next((group for by, group, _ in found if by is not None), "")
    return _Written(sentence, tuple((cell, column) for (cell, _), (_, _, column) in zip(places, found, strict=True)),
                    group, heads)  # fmt: skip


def _places(chunk: Chunk, sentence: Span, marks: Sequence[Mark]) -> Iterator[tuple[Cell, str]]:
    """Yield a row's cells with their labels, also one that is not marked since nothing heads it."""
    place = sentence.start
    for mark in (*marks, None):
        end = mark.start if mark else sentence.end
        bare = [place + one.start() for one in re.finditer(r"[^\s|]", chunk.words(place, end))] if place < end else []
        if bare and _WORD.search(chunk.words(place, end)):
            between = Span(bare[0], bare[-1] + 1)
            yield Cell(between, chunk.words(*between)), ""
        if mark:
            own = Span(max(mark.start, sentence.start), min(mark.end, sentence.end))
            yield Cell(own, chunk.words(*own)), mark.label
            place = mark.end


def _parted(label: str, texts: Sequence[list[str]], own: int) -> tuple[int | None, str, str]:
    """Return which cell heads this one, what heads its row beside that, and what heads its column."""
    parts = label.split(HEADINGS_JOINED_BY) if label else []
    for end in range(len(parts), 0, -1):
        for start in range(end):
            words = _WORD.findall(HEADINGS_JOINED_BY.join(parts[start:end]))
            for number, text in enumerate(texts):
                if number != own and words and text == words:
                    group, column = parts[:start], parts[end:]
                    return number, HEADINGS_JOINED_BY.join(group), HEADINGS_JOINED_BY.join(column)
    return None, "", label


def _table(passage: Passage, rows: Sequence[_Written], above: str) -> list[Table]:
    """Return the table of these rows; none where two columns of it have one heading, and cannot be told apart."""
    known = dict.fromkeys(column for row in rows if row.heads is not None for _, column in row.cells)
    groups = {row.group for row in rows if row.group}
    columns: dict[str, int] = {}
    made = []
    for row in rows:
        headings = [_heading(heading, row, known) for _, heading in row.cells]
        # What heads those below it stands in their labels.
        if len(headings) == 1 and (headings[0] not in known or row.cells[0][0].text in groups):
            continue
        cells = dict(
            zip((columns.setdefault(one, len(columns)) for one in headings), (one for one, _ in row.cells), strict=True)
        )
        if len(cells) < len(headings):
            return []
        made.append((row, cells))
    if len(columns) < 2:
        return []
    for row, cells in made:
        if row.group:
            cells[len(columns)] = Cell(row.span, row.group)
    headings = [*columns, *([""] if groups else [])]
    return [Table(passage, tuple(headings), tuple(Row(row.span, cells) for row, cells in made), above)]


def _heading(written: str, row: _Written, known: Mapping[str, None]) -> str:
    """Return what heads a cell's column where what heads its row stands in a row above, or nowhere."""
    if row.heads is not None or written in known:
        return written
    if not written and len(row.cells) == 1:  # a name alone
        return next(iter(known), "")
    if len(row.cells) == 1:
        return written
    tails = [one for one in known if one and written.endswith(HEADINGS_JOINED_BY + one)]
    return max(tails, key=len, default=written)
