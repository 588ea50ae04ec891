"""A table of comma- or tab-separated values becomes lines, one a row; each cell knows what heads its row and column."""

import csv
import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from index.cell_marks import Cell, cell_marks, heading_rows, is_heading, is_wordy, titles_above, width_of, written_row
from index.errors import UnreadableArticle
from index.extraction import Extraction, tidy
from index.headers import Header
from index.reading import decode
from index.records import Mark

MAX_CELLS = 200_000  # with text in them; as many are read in some seconds
MAX_PLACES = 2_000_000  # cells with those that are empty, of which a spreadsheet may write many
BETWEEN_CELLS = " | "

_DELIMITERS = ",;\t|"
_SAMPLE = 200_000  # characters in which a file shows what parts its cells
_SAMPLE_ROWS = 50
_LONGEST_CELL = 1_000_000  # characters; a quotation mark that is not closed makes one of all that follows

Rows = list[list[str]]


def extract_table(file: str, content: bytes) -> Extraction:
    """Return the rows of a .csv or .tsv file. Raises UnreadableArticle."""
    text = decode(content, file)
    # A spreadsheet program puts this first to say what parts the cells.
    stated = text[4] if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n") else None
    body = text[5:].lstrip("\r\n") if stated else text
    csv.field_size_limit(_LONGEST_CELL)
    rows = _rows(file, body, stated or _delimiter(file, body))
    lines, marks = rows_as_lines(rows)
    if not lines:
        raise UnreadableArticle(file, "its cells are empty. Remove it, or write something into it.")
    return Extraction("\n".join(lines), Header(), f"csv of Python {platform.python_version()}", marks)


def rows_as_lines(rows: Sequence[Sequence[str]], start: int = 0, heads: int = 0) -> tuple[list[str], tuple[Mark, ...]]:
    """Return rows as lines, without those that are empty, and their cells' marks; the first line begins at `start`.

    `heads` rows at the top are said to head the columns.
    """
    grid = [[_placed(cell, column) for column, cell in enumerate(row)] for row in rows]
    grid = [row for row in grid if any(cell and not cell.is_repeated for cell in row)]
    grid = _with_wide_groups(grid)
    lines = [written_row(row, BETWEEN_CELLS) for row in grid]
    marks: list[Mark] = []
    for line, own in zip(lines, cell_marks(lines, heading_rows(grid, heads) or _heading_rows(grid)), strict=True):
        marks += (Mark(start + mark.start, start + mark.end, mark.kind, mark.label) for mark in own)
        start += len(line.text) + 1
    return [line.text for line in lines], tuple(marks)


def _placed(cell: str, column: int) -> Cell:
    placed = cell if isinstance(cell, Cell) else Cell(cell, column)
    return placed.reworded(tidy([cell]).replace("\n", " "))


def _with_wide_groups(grid: list[list[Cell]]) -> list[list[Cell]]:
    """Return rows in which a group reaches over the blanks behind it: ",2023,,2024," over "Port,In,Out,In,Out"."""
    top = titles_above(grid)
    if len(grid) < top + 3:
        return grid
    first, second = grid[top], grid[top + 1]
    filled = [cell for cell in first if cell]
    ends = [cell.columns.start for cell in filled[1:]] + [len(second)]
    are_groups = all(map(is_heading, (*filled, *second))) and all(
        end - cell.columns.start == 1 + (end - cell.columns.stop) > 1 for cell, end in zip(filled, ends, strict=True)
    )
    are_all_named = bool(filled) and len(second) > 2 and all(second) and filled[0].columns.start < 2
    if not (are_groups and are_all_named):
        return grid
    wide = [Cell(cell, cell.columns.start, end - cell.columns.start) for cell, end in zip(filled, ends, strict=True)]
    return [*grid[:top], wide, *grid[top + 1 :]]


def _heading_rows(grid: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows head the columns where the last of them is a name for each, each another."""
    if len(grid) < 2:
        return 0
    top = titles_above(grid)
    first = [cell for cell in grid[top] if cell]
    width = width_of(grid)
    is_of_names = width > 1 and len(first) >= width - 1 and len(set(first)) == len(first) and is_wordy(first)
    return top + 1 if is_of_names and top < len(grid) - 1 else 0


def _rows(file: str, text: str, delimiter: str) -> Rows:
    try:
        return _within_bounds(file, csv.reader(_lines(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if delimiter == "\t":  # programs that part cells by tabs seldom know quotation marks
            with_marks = csv.reader(_lines(text), delimiter=delimiter, quoting=csv.QUOTE_NONE)
            return _within_bounds(file, with_marks)
        reason = f"its quotation marks do not match ({error}). Save it again from the program that it comes from."
        raise UnreadableArticle(file, reason) from None


def _within_bounds(file: str, reader: Iterable[list[str]]) -> Rows:
    rows, cells, places = [], 0, 0
    for row in reader:
        cells += sum(map(bool, row))
        places += len(row)
        if cells > MAX_CELLS or places > MAX_PLACES:
            limit = MAX_CELLS if cells > MAX_CELLS else MAX_PLACES
            raise UnreadableArticle(file, f"it has over {limit:,} cells. Split it.")
        rows.append(row)
    return rows


def _delimiter(file: str, text: str) -> str:
    """Return what parts the cells: what gives most rows the same number of them, and then the most."""
    if file.lower().endswith(".tsv"):
        return "\t"
    return max(_DELIMITERS, key=lambda delimiter: _evenness(text[:_SAMPLE], delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    counts: Counter[int] = Counter()
    try:
        for row in csv.reader(_lines(sample), delimiter=delimiter, strict=True):
            counts[len(row)] += bool(row)
            if counts.total() >= _SAMPLE_ROWS:
                break
    except csv.Error:  # the sample may break off within quotation marks
        pass
    counts.pop(1, None)
    columns, often = counts.most_common(1)[0] if counts else (0, 0)
    return (often / _SAMPLE_ROWS, columns)


def _lines(text: str) -> Iterator[str]:
    """Yield lines with their ends, as the csv module wants them; other line ends of Unicode may stand in a cell."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end
