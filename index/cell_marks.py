"""What heads the cells of a table, for documents that say little or nothing of it."""

import re
from collections.abc import Iterable, Sequence

from index.records import Mark

_LONGEST_HEADING = 120  # characters; a longer cell heads nothing
_LETTER = re.compile(r"[^\W\d_]")
_FIGURE = re.compile(r"[^\w]*\d[\d.,:/\s]*(?:[^\W\d_]{0,3}|million|billion)[^\w]*")


class Cell(str):
    """A cell's text; `columns` are those that it stands in, from 0."""

    __slots__ = ("columns",)
    columns: range

    def __new__(cls, text: str, column: int, width: int = 1) -> "Cell":
        made = super().__new__(cls, text)
        made.columns = range(column, column + max(1, width))
        return made


Line = tuple[str, list[tuple[int, int, Cell]]]  # a row as it is written, with where its cells stand in it


def written_row(cells: Iterable[Cell], between: str) -> Line:
    """Return a row on one line, and the offsets of its filled cells; an empty cell is not shown."""
    text, places = "", []
    for cell in filter(None, cells):
        text += between if text else ""
        places.append((len(text), len(text) + len(cell), cell))
        text += cell
    return text, places


def heading_rows(rows: Sequence[Sequence[Cell]], stated: int = 0) -> int:
    """Return how many rows at the top head the columns: as many as the document says, or one of words over figures."""
    if stated or len(rows) < 2:
        return min(stated, max(0, len(rows) - 1))
    first = [cell for cell in rows[0] if cell]
    if len(first) < 2 or not all(_LETTER.search(cell) and not _FIGURE.fullmatch(cell) for cell in first):
        return 0
    over = {column for cell in first for column in cell.columns}
    below = [cell for row in rows[1:] for cell in row[1:] if cell and over.intersection(cell.columns)]
    return int(any(_FIGURE.fullmatch(cell) for cell in below))


def cell_marks(lines: Sequence[Line], heads: int) -> list[list[Mark]]:
    """Return the marks of each row, with offsets into it: what heads a cell's row, then its columns."""
    above: dict[int, list[str]] = {}
    for _, places in lines[:heads]:
        for *_, cell in places:
            for column in cell.columns if len(cell) <= _LONGEST_HEADING else ():
                if cell not in above.setdefault(column, []):
                    above[column].append(str(cell))
    marks: list[list[Mark]] = [[] for _ in lines]
    for (_, places), found in zip(lines[heads:], marks[heads:], strict=True):
        beside = next((str(cell) for *_, cell in places if 0 in cell.columns and len(cell) <= _LONGEST_HEADING), "")
        for start, end, cell in places:
            own = dict.fromkeys(text for column in cell.columns for text in above.get(column, ()))
            label = ", ".join([*([beside] if beside and 0 not in cell.columns else []), *own])
            if label and len(places) > 1:
                found.append(Mark(start, end, "cell", label))
    return marks
