"""The tables of a Word file: a row is a line, and each cell knows what heads its row and its column."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from index.cell_marks import Cell, Line, cell_marks, heading_rows, is_wordy, written_row
from index.records import Mark
from index.word_xml import attribute, select

if TYPE_CHECKING:
    from index.word_xml import Element

_MAX_COLUMNS = 1_000  # what a cell claims to span is a number in the file
_FIRST_ROW = 0x20  # the bit of a table's look that sets its first row off

Texts = Callable[["Element"], str]


def table_lines(rows: list["Element"], cell_text: Texts) -> list[tuple[str, tuple[Mark, ...]]]:
    """Return a table's rows as lines with their marks; a sole cell is given as it is, its paragraphs lines."""
    grid: list[list[Cell]] = []
    lines: list[Line] = []
    carried: dict[int, str] = {}  # what cells merged downwards say in the rows below
    for row in rows:
        cells = _cells(row, cell_text, carried)
        flat = [cell.reworded(" ".join(cell.split())) for cell in cells]
        shown = [cell for cell in cells if cell and not cell.is_repeated]
        line = written_row(flat, " | ")
        grid.append(flat)
        lines.append(line if len(shown) != 1 else line._replace(text=str(shown[0])))
    marks = cell_marks(lines, heading_rows(grid, _stated(rows, grid)))
    return [(line.text, tuple(found)) for line, found in zip(lines, marks, strict=True)]


def _cells(row: "Element", cell_text: Texts, carried: dict[int, str]) -> list[Cell]:
    """Return a row's cells, with what is merged into them from above."""
    column = _number(select(row, "./w:trPr/w:gridBefore/@w:val"), 0)
    cells = []
    for cell in select(row, "./w:tc|./w:sdt/w:sdtContent/w:tc"):
        width = _number(select(cell, "./w:tcPr/w:gridSpan/@w:val"), 1)
        merged = select(cell, "./w:tcPr/w:vMerge")
        text = cell_text(cell)
        begins = not merged or attribute(merged[0], "val") == "restart" or column not in carried
        if not merged:
            carried.pop(column, None)
        elif begins:
            carried[column] = text
        is_repeated = not begins and not text
        said = carried[column] if is_repeated else text
        cells.append(Cell(said, column, width, is_merged=bool(merged), is_repeated=is_repeated))
        column += width
    return cells


def _number(stated: list[str], otherwise: int) -> int:
    text = str(stated[0]) if stated else ""
    return min(int(text), _MAX_COLUMNS) if text.isdecimal() and len(text) < 6 else otherwise


def _stated(rows: list["Element"], grid: list[list[Cell]]) -> int:
    """Return how many rows the document says to head the columns."""
    heads = 0
    while heads < len(rows) and select(rows[heads], "./w:trPr/w:tblHeader[not(@w:val='0' or @w:val='false')]"):
        heads += 1
    if heads or not rows:
        return heads
    looks = select(rows[0], "ancestor::w:tbl[1]/w:tblPr/w:tblLook")
    if not looks:
        return 0
    flags = attribute(looks[0], "firstRow"), attribute(looks[0], "val")
    try:
        sets_off = flags[0] in ("1", "true", "on") or bool(not flags[0] and int(flags[1] or "0", 16) & _FIRST_ROW)
    except ValueError:
        return 0
    filled = [cell for cell in grid[0] if cell]
    return int(sets_off and len(filled) > 1 and is_wordy(filled))
