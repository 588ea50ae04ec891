"""What heads the cells of a table, for documents that say little or nothing of it."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from index.records import Mark

_LONGEST_HEADING = 120  # characters; a longer cell heads nothing
_MOST_EMPTY = 12  # cells in a row whose places are shown; a spreadsheet may have thousands
MOST_HEADINGS = 8  # of a cell's columns; no reader keeps more in mind
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d\d)?")
# A year, a day, a span of ages.
_PERIOD = re.compile(
    rf"{_YEAR.pattern}|\d{{4}}-\d\d(?:-\d\d)?|\d{{1,2}}[./]\d{{1,2}}[./](?:\d\d){{1,2}}|\d{{1,3}}[–-]\d{{1,3}}|\d{{1,3}}\+"
)
_UNIT = re.compile(r"[(]?[£$€¥%]?\s?[’']?(?:0{3}s?|m|bn|k|mn)?[)]?")  # in which a column counts: "£000"
_LETTER = re.compile(r"[^\W\d_]")
_FIGURE = re.compile(r"[^\w]*\d[\d.,:/\s]*(?:[^\W\d_]{0,3}|million|billion)[^\w]*")


class Cell(str):
    """A cell's text; `columns` are those that it stands in, from 0.

    One that reaches over several rows `is_merged`; in the rows below its first it `is_repeated`: it heads these, and
    isn't shown again.
    """

    __slots__ = ("columns", "is_merged", "is_repeated")
    columns: range
    is_merged: bool
    is_repeated: bool

    def __new__(
        cls, text: str, column: int, width: int = 1, *, is_merged: bool = False, is_repeated: bool = False
    ) -> "Cell":
        made = super().__new__(cls, text)
        made.columns = range(column, column + max(1, width))
        made.is_merged, made.is_repeated = is_merged or is_repeated, is_repeated
        return made

    def reworded(self, text: str) -> "Cell":
        """Return a cell in the same place that says `text`."""
        merged, repeated = self.is_merged, self.is_repeated
        return Cell(text, self.columns.start, len(self.columns), is_merged=merged, is_repeated=repeated)


class Line(NamedTuple):
    """A table's row as it is written, where its cells stand in it, and what heads it."""

    text: str
    places: list[tuple[int, int, Cell]]
    heading: str


def written_row(cells: Iterable[Cell], between: str) -> Line:
    """Return a row on one line, headed by its first column; between bars an empty cell keeps its place."""
    row = [cell for cell in cells if cell]
    bar, text, places, end = between.strip(), "", [], 0
    for cell in row:
        if cell.is_repeated:
            continue
        empty = cell.columns.start - end if bar else 0
        text += between if text else ""
        text += f"{bar} " * (empty if empty <= _MOST_EMPTY else 0)
        places.append((len(text), len(text) + len(cell), cell))
        text += cell
        end = cell.columns.stop
    return Line(text, places, _heading_of(row))


def _heading_of(row: Sequence[Cell]) -> str:
    """Return what heads a row: its first column, and where that is a group's name beside several rows, the next."""
    first = [cell for cell in row if 0 in cell.columns]
    if any(cell.is_merged for cell in first):
        behind = max(cell.columns.stop for cell in first)
        first += [cell for cell in row if cell.columns.start == behind and is_wordy([cell])]
    heading = ", ".join(first)
    return heading if len(heading) <= _LONGEST_HEADING else ""


def heading_rows(rows: Sequence[Sequence[Cell]], stated: int = 0) -> int:
    """Return how many rows at the top head the columns: as many as the document says, or those of words over figures.

    A title above them is counted with them.
    """
    if stated or len(rows) < 2:
        return min(stated, max(0, len(rows) - 1))
    titles = titles_above(rows)
    below = _headings_at_top(rows[titles:]) if titles < len(rows) - 1 else 0
    return titles + below + _has_units(rows[titles + below :]) if below else 0


def _has_units(rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether the first row says, above others and beside no name, in which units the columns count."""
    filled = [cell for cell in rows[0] if cell] if len(rows) > 1 else []
    return bool(filled) and all(_UNIT.fullmatch(cell) and 0 not in cell.columns for cell in filled)


def titles_above(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows at the top say one thing of the whole table."""
    width = width_of(rows)
    return next((number for number, row in enumerate(rows) if not is_title(row, width)), 0)


def width_of(rows: Iterable[Iterable[Cell]]) -> int:
    """Return how many columns a table has."""
    return max((cell.columns.stop for row in rows for cell in row if cell), default=0)


def is_title(row: Iterable[Cell], width: int) -> bool:
    """Tell whether a row says one thing of a table this wide: in its first cell alone, or in one over all columns."""
    filled = [cell for cell in row if cell]
    return len(filled) == 1 and width > 1 and filled[0].columns.start == 0 and len(filled[0].columns) in (1, width)


def _headings_at_top(rows: Sequence[Sequence[Cell]]) -> int:
    first = [cell for cell in rows[0] if cell]
    if _are_two_rows_of_headings(first, rows):
        return 1 + max(1, _headings_at_top(rows[1:]))
    if are_years_over_figures(first, [cell for row in rows[1:] for cell in row if 0 not in cell.columns]):
        return 1
    if len(first) < 2 or not is_wordy(first):
        return 0
    over = {column for cell in first for column in cell.columns}
    below = [cell for row in rows[1:] for cell in row if cell and 0 not in cell.columns]
    return int(any(is_figure(cell) for cell in below if over.intersection(cell.columns)))


def _are_two_rows_of_headings(first: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether the second row says what a wide cell of the first is parted into, above rows with figures."""
    width = width_of(rows)
    wide = [cell for cell in first if 1 < len(cell.columns) < width]
    below = [cell for cell in rows[1] if cell and not cell.is_repeated]
    parted = {column for cell in wide for column in cell.columns}
    is_parted = bool(parted) and parted <= {column for cell in below for column in cell.columns}
    are_headings = all(map(is_column_name, (*first, *below)))
    figures = (cell for row in rows[2:] for cell in row if parted.intersection(cell.columns))
    return is_parted and are_headings and any(map(is_figure, figures))


def are_years_over_figures(first: Sequence[str], below: Iterable[str]) -> bool:
    """Tell whether a table's first row is of years, days or ages, beside words, over figures that are none."""
    periods = [cell for cell in first if _PERIOD.fullmatch(cell)]
    beside = [cell for cell in first if not _PERIOD.fullmatch(cell)]
    figures = [cell for cell in below if is_figure(cell)]
    are_periods = len(periods) > 1 and len(set(periods)) == len(periods) and is_wordy(beside)
    return are_periods and bool(figures) and not any(map(_PERIOD.fullmatch, figures))


def is_figure(text: str) -> bool:
    """Tell whether a cell says a figure and no more than its unit."""
    return bool(_FIGURE.fullmatch(text))


def is_heading(text: str) -> bool:
    """Tell whether a cell could head a column: by words, or by a year, a day, a span of ages."""
    return is_wordy([text]) or bool(_PERIOD.fullmatch(text))


def is_column_name(text: str) -> bool:
    """Tell whether a cell could stand below a heading over several columns: a heading itself, or a unit."""
    return is_heading(text) or bool(_UNIT.fullmatch(text))


def is_wordy(cells: Iterable[str]) -> bool:
    """Tell whether all cells hold words rather than figures, as those at the head of columns do."""
    return all(_LETTER.search(cell) and not _FIGURE.fullmatch(cell) for cell in cells)


def cell_marks(lines: Sequence[Line], heads: int) -> list[list[Mark]]:
    """Return the marks of each row, with offsets into it: what heads a cell's row, then its columns."""
    above: dict[int, list[str]] = {}
    width = width_of([cell for *_, cell in line.places] for line in lines)
    for line in (one for one in lines[:heads] if not is_title((cell for *_, cell in one.places), width)):
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
            beside = [line.heading] if line.heading and 0 not in cell.columns else []
            if beside and line.heading.endswith(f", {cell}"):  # a cell does not head itself
                beside = [line.heading.removesuffix(f", {cell}")]
            label = ", ".join([*beside, *own])
            if label and len(line.places) > 1:
                found.append(Mark(start, end, "cell", label))
    return marks
