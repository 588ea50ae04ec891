"""The tables of a Markdown text: which stretches of it are cells, and what heads each one's row and column."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from index.records import HEADINGS_JOINED_BY, Mark, Span

TableLine = Literal["head", "rule", "row"]
_LINE = re.compile(r"[^\r\n]+")
_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*")
_SIGNS = re.compile(r"[*_`]+|\\(?=\|)")


def table_cells(text: str) -> tuple[Mark, ...]:
    """Return a mark for each filled cell below a table's head, and one for the head, in order of place.

    The head is furniture: it stands in the label of each cell, and says nothing by itself.
    What a row's first cell says heads the row; the first cell itself has its column's heading alone.
    """
    marks: list[Mark] = []
    columns: list[str] = []
    for line, sort in table_lines(text):
        cells = cells_of(text, line)
        if sort == "row":
            marks += _of_row(text, cells, columns)
        elif sort == "head":
            columns = [_shown(text, cell) for cell in cells]
            if filled := [cell for cell in cells if cell.start < cell.end]:
                marks.append(Mark(filled[0].start, filled[-1].end, "furniture", "table head"))
    return tuple(marks)


def table_lines(text: str) -> Iterator[tuple[Span, TableLine]]:
    """Yield the lines of all tables, in order: each table's head, its rule, its rows."""
    before: Span | None = None
    in_table = False
    for match in _LINE.finditer(text):
        line = Span(*match.span())
        if in_table and len(cells_of(text, line)) > 1:
            yield line, "row"
            continue
        may_head, in_table = not in_table, False
        if before and may_head and _is_rule(text, line) and len(cells_of(text, before)) > 1:
            in_table = True
            yield before, "head"
            yield line, "rule"
        before = line


def _is_rule(text: str, line: Span) -> bool:
    return "|" in text[slice(*line)] and _RULE.fullmatch(text, *line) is not None


def cells_of(text: str, line: Span) -> list[Span]:
    """Return where a row's cells stand, also empty ones, without the blanks around them."""
    start, end = line
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    start += text[start:end].startswith("|")
    end -= end > start and text[end - 1] == "|" and text[end - 2 : end - 1] != "\\"
    bars = [place for place in range(start, end) if text[place] == "|" and text[place - 1] != "\\"]
    edges = [start - 1, *bars, end]
    cells = [Span(one + 1, other) for one, other in pairwise(edges)]
    return [_trimmed(text, cell) for cell in cells]


def _trimmed(text: str, cell: Span) -> Span:
    start, end = cell
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _shown(text: str, cell: Span) -> str:
    return " ".join(_SIGNS.sub("", text[slice(*cell)]).split())


def _of_row(text: str, cells: Sequence[Span], columns: Sequence[str]) -> Iterator[Mark]:
    row = _shown(text, cells[0])
    for number, cell in enumerate(cells):
        column = columns[number] if number < len(columns) else ""
        heads = [column] if number == 0 else [row, column]
        if cell.start < cell.end:
            yield Mark(*cell, "cell", HEADINGS_JOINED_BY.join(filter(None, heads)))
