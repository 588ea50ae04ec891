"""A table of a web page becomes lines, one a row; each cell knows what heads its row and its column.

An empty cell keeps its place between the bars, and what spans several columns or rows heads all of them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from index import cell_marks
from index.cell_marks import MOST_HEADINGS
from index.page_words import Stretch, Words

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_MAX_SPAN = 1_000  # as browsers have it
_MAX_PLACES = 150_000  # of a table with its spans; a few tags can claim millions
_LONGEST_HEADING = 120  # characters; a longer cell heads nothing
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")


@dataclass(slots=True, eq=False)
class Cell:
    """A cell with its words; `is_heading` where the page says so."""

    words: Words
    is_heading: bool
    columns: int
    rows: int
    is_bold: bool = False
    is_picture: bool = False
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = str(self.words)

    @property
    def heading(self) -> str:
        return self.text if len(self.text) <= _LONGEST_HEADING else ""


@dataclass(slots=True)
class _Row:
    element: "HtmlElement"
    in_head: bool
    places: dict[int, Cell] = field(default_factory=dict)
    own: dict[int, Cell] = field(default_factory=dict)  # the cells that begin in this row, by column

    @property
    def texts(self) -> list[Cell]:
        return [cell for cell in dict.fromkeys(self.places.values()) if cell.text]


def table_lines(
    table: "HtmlElement", words_of: Callable[["HtmlElement"], Words]
) -> list[tuple["HtmlElement", str, list[Stretch], int]]:
    """Return the rows of a table: the row, its line, the marks of its cells, the characters that are links."""
    rows = _grid(table, words_of)
    heads = _heading_rows(rows)
    columns = _column_headings(rows[:heads])
    place = _heading_column(rows[heads:])
    lines, group = [], ""
    for number, row in enumerate(rows):
        stretches: list[Stretch] = []
        is_head = number < heads
        if not is_head and _heads_anew(row, rows[number + 1 :]):
            columns, is_head = _column_headings([row]), True
        line = _row_line(row, None if is_head else stretches, columns, place, group)
        if number >= heads and len(rows) > 1 and _spans_all(row) and not row.texts[0].is_picture:
            group = row.texts[0].heading
        if line:
            linked = sum(cell.words.linked for cell in row.own.values())
            lines.append((row.element, line, stretches, linked))
    return lines


def _grid(table: "HtmlElement", words_of: Callable[["HtmlElement"], Words]) -> list[_Row]:
    rows: list[_Row] = []
    below: dict[int, tuple[Cell, int]] = {}  # by column, the cell that reaches down from above, and for how many rows
    places = 0
    for element in table.iter("tr"):
        parent = element.getparent()
        row = _Row(element, parent is not None and parent.tag == "thead")
        if rows and rows[-1].in_head != row.in_head:
            below = {}
        places += len(below)
        if places > _MAX_PLACES:
            below = {}
        row.places = {column: cell for column, (cell, _) in below.items()}
        below = {column: (cell, left - 1) for column, (cell, left) in below.items() if left > 1}
        column = 0
        for child in element:
            if child.tag not in ("td", "th"):
                continue
            while column in row.places:
                column += 1
            spans = _span(child, "colspan"), _span(child, "rowspan")
            cell = Cell(words_of(child), child.tag == "th", *spans, _is_bold(child), child.find(".//img") is not None)
            places += cell.columns
            cell.columns = width = cell.columns if places < _MAX_PLACES else 1
            row.own[column] = cell
            for taken in range(column, column + width):
                row.places[taken] = cell
                if cell.rows > 1 and places < _MAX_PLACES:
                    below[taken] = (cell, cell.rows - 1)
            column += width
        rows.append(row)
    return rows


def _is_bold(cell: "HtmlElement") -> bool:
    """Tell whether all that a cell says is set in bold."""
    style = f"{cell.get('style') or ''};{cell.getparent().get('style') or ''}".replace(" ", "").lower()
    if "font-weight:bold" in style or "font-weight:700" in style:
        return True
    bold = sum(len("".join(part.itertext()).split()) for part in cell.iter("b", "strong"))
    return bold > 0 and bold >= len("".join(cell.itertext()).split())


def _span(cell: "HtmlElement", name: str) -> int:
    stated = (cell.get(name) or "").strip()
    # 0 means "to the end": browsers do so for rows.
    number = int(stated) if stated.isdecimal() and len(stated) < 6 else 1
    return max(1, min(number or (_MAX_SPAN if name == "rowspan" else 1), _MAX_SPAN))


def _spans_all(row: _Row) -> bool:
    return len(row.places) > 1 and len(set(row.places.values())) == 1 and len(row.texts) == 1


def _heads_anew(row: _Row, below: list[_Row]) -> bool:
    """Tell whether a row within a table heads those below it: all of its cells are headings, as of no other there."""
    cells = [cell for cell in row.own.values() if cell.text]
    return len(cells) > 1 and all(cell.is_heading for cell in cells) and bool(below) and not _is_headed(below[0])


def _heading_rows(rows: list[_Row]) -> int:
    """Return how many rows at the top head the columns."""
    top = 0
    while top < len(rows) - 1 and (rows[top].in_head or (rows[top].texts and _is_headed(rows[top]))):
        top += 1
    if top > 1 and _spans_all(rows[top - 1]) and not rows[top - 1].in_head:  # it heads the rows below it
        top -= 1
    if top or len(rows) < 2:
        return top
    # No cell is said to be a heading: bold ones above others are, and so are words or years over figures.
    if any(cell.is_heading for row in rows for cell in row.own.values()):
        return 0
    first = rows[0].texts
    if len(first) > 1 and all(cell.is_bold for cell in first) and not all(cell.is_bold for cell in rows[1].texts):
        return 1
    return cell_marks.heading_rows(
        [[cell_marks.Cell(cell.text, column, cell.columns) for column, cell in row.own.items()] for row in rows]
    )


def _is_headed(row: _Row) -> bool:
    """Tell whether all that a row says is headings; a corner may be an empty cell, and so may others."""
    is_above_several = len(row.texts) > 1 or any(cell.columns > 1 for cell in row.texts)
    return all(cell.is_heading for cell in row.texts) and is_above_several


def _column_headings(rows: list[_Row]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        if _spans_all(row) and len(rows) > 1:  # it heads the table
            continue
        for column, cell in row.places.items():
            above = found.get(column, ())
            if cell.heading and len(above) < MOST_HEADINGS and cell.heading not in above:
                found[column] = (*above, cell.heading)
    return found


def _heading_column(rows: list[_Row]) -> int | None:
    """Return the column that heads the rows where no cell is said to: the first with words, else the first."""
    if any(cell.is_heading for row in rows if not _spans_all(row) for cell in row.own.values()):
        return None
    counts: dict[int, int] = {}
    for row in rows:
        for column, cell in row.places.items():
            counts[column] = counts.get(column, 0) + bool(_LETTER.search(cell.text))
    wordy = [column for column, count in sorted(counts.items()) if count * 2 > len(rows)]
    return wordy[0] if wordy else min(counts, default=None)


def _row_line(
    row: _Row, stretches: list[Stretch] | None, columns: dict[int, tuple[str, ...]], place: int | None, group: str
) -> str:
    """Return a row's cells between bars; puts the marks of its cells into `stretches`."""
    heading_cells = {
        cell: None
        for column, cell in sorted(row.places.items())
        if (cell.is_heading if place is None else column == place) and cell.heading
    }
    heads = tuple(filter(None, (group, *(cell.heading for cell in islice(heading_cells, MOST_HEADINGS)))))
    pieces: list[str] = []
    length = -1  # no space stands before the first piece
    for column in range(max((column for column, cell in row.own.items() if cell.text), default=-1) + 1):
        cell = row.own.get(column)
        new = ["|"] * (column > 0) + ([cell.text] if cell and cell.text else [])
        pieces += new
        length += sum(map(len, new)) + len(new)
        if cell and cell.text and stretches is not None:
            spanned = range(column, column + cell.columns) if columns else ()
            over = islice((heading for one in spanned for heading in columns.get(one, ())), MOST_HEADINGS)
            label = ", ".join(dict.fromkeys((*(() if cell in heading_cells else heads), *over)))
            if label and label != cell.text:
                stretches.append(Stretch(length - len(cell.text), length, "cell", label))
    return " ".join(pieces)
