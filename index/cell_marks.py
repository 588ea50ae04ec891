"""What heads the cells of a table, for documents that say little or nothing of it."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from index.records import Mark

_LONGEST_HEADING = 120  # characters; a longer cell heads nothing
MOST_HEADINGS = 8  # of a cell's columns; no reader keeps more in mind
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d\d)?")
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


class Line(NamedTuple):
    """A table's row as it is written, where its cells stand in it, and what heads it."""

    text: str
    places: list[tuple[int, int, Cell]]
    heading: str


def written_row(cells: Iterable[Cell], between: str, heading: str = "") -> Line:
    """Return a row on one line; an empty cell is not shown. The first column heads it where nothing else is said to."""
    text, places = "", []
    for cell in filter(None, cells):
        text += between if text else ""
        places.append((len(text), len(text) + len(cell), cell))
        text += cell
    first = next((str(cell) for *_, cell in places if 0 in cell.columns), "")
    return Line(text, places, heading or (first if len(first) <= _LONGEST_HEADING else ""))


def heading_rows(rows: Sequence[Sequence[Cell]], stated: int = 0) -> int:
    """Return how many rows at the top head the columns: as many as the document says, or one of words over figures."""
    if stated or len(rows) < 2:
        return min(stated, max(0, len(rows) - 1))
    first = [cell for cell in rows[0] if cell]
    if are_years_over_figures(first, [cell for row in rows[1:] for cell in row]):
        return 1
    if len(first) < 2 or not is_wordy(first):
        return 0
    over = {column for cell in first for column in cell.columns}
    below = [cell for row in rows[1:] for cell in row if cell and 0 not in cell.columns]
    return int(any(_FIGURE.fullmatch(cell) for cell in below if over.intersection(cell.columns)))


def are_years_over_figures(first: Sequence[str], below: Iterable[str]) -> bool:
    """Tell whether a table's first row is of years, beside words in the corner, over figures that are none."""
    years = [cell for cell in first if _YEAR.fullmatch(cell)]
    corner = [cell for cell in first if not _YEAR.fullmatch(cell)]
    figures = [cell for cell in below if _FIGURE.fullmatch(cell)]
    is_of_years = len(years) > 1 and len(set(years)) == len(years) and len(corner) < 2 and is_wordy(corner)
    return is_of_years and bool(figures) and not any(map(_YEAR.fullmatch, figures))


def is_wordy(cells: Iterable[str]) -> bool:
    """Tell whether all cells hold words rather than figures, as those at the head of columns do."""
    return all(_LETTER.search(cell) and not _FIGURE.fullmatch(cell) for cell in cells)


def cell_marks(lines: Sequence[Line], heads: int) -> list[list[Mark]]:
    """Return the marks of each row, with offsets into it: what heads a cell's row, then its columns."""
    above: dict[int, list[str]] = {}
    for line in lines[:heads]:
        for *_, cell in line.places:
            for column in cell.columns if len(cell) <= _LONGEST_HEADING else ():
                known = above.setdefault(column, [])
                if len(known) < MOST_HEADINGS and cell not in known:
                    known.append(str(cell))
    marks: list[list[Mark]] = [[] for _ in lines]
    for line, found in zip(lines[heads:], marks[heads:], strict=True):
        for start, end, cell in line.places:
            over = (text for column in cell.columns for text in above.get(column, ()))
            own = dict.fromkeys(islice(over, MOST_HEADINGS))
            label = ", ".join([*([line.heading] if line.heading and 0 not in cell.columns else []), *own])
            if label and len(line.places) > 1:
                found.append(Mark(start, end, "cell", label))
    return marks
