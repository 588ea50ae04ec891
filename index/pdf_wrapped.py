"""Rows of a printed table whose cells have several lines, which stand nearer than rows do or go on in small letters.

Nothing on the page says so. What is joined must leave room between the same cells on each line, and no column may have
figures on two of them.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.cell_marks import is_column_name
from index.pdf_gutters import Gap, Level, cells_of, clear, is_figure, is_parted, joined_levels
from index.pdf_rows import Unit, said, unit_text

_TIGHT = 1.45  # times the size of the text between the middles of two lines of a cell
_LOOSE = 1.12  # times as far stand rows apart
_FAR = 3.0  # times the size: no row of the same table
_MOST_LINES = 5  # of a cell
_OTHER_SIZE = 0.06  # the share by which the sizes of lines of one row may differ


def with_wrapped(rows: Sequence[Level]) -> list[Level]:
    """Return rows, the lines of a row of cells as one."""
    found: list[Level] = []
    number = 0
    while number < len(rows):
        lines = _run(rows, number)
        in_cells = len(lines) > 1 and any(row.gaps for row in rows[number : number + len(lines) + 1])
        count = (_lines_of_headings(rows, number, lines) or _lines_of_row(rows, number, lines) or 1) if in_cells else 1
        found.append(joined_levels(rows[number : number + count]))
        number += count
    return found


def _apart(above: Level, row: Level) -> float:
    """Return how far two lines are apart, in points."""
    return above.heights[1] - row.heights[0]


def _is_tight(above: Level, row: Level) -> bool:
    alike = abs(above.size - row.size) < _OTHER_SIZE * row.size and above.is_bold == row.is_bold
    return above.block == row.block and alike and _apart(above, row) < _TIGHT * row.size


def _run(rows: Sequence[Level], start: int) -> Sequence[Level]:
    """Return rows from one on that stand as near to one another as the first two, one more than a cell has at most."""
    stop = start + 1
    while stop < len(rows) and stop - start <= _MOST_LINES and _goes_on(rows, start, stop):
        stop += 1
    return rows[start:stop]


def _goes_on(rows: Sequence[Level], start: int, stop: int) -> bool:
    is_near = _apart(rows[stop - 1], rows[stop]) < _LOOSE * _apart(rows[start], rows[start + 1])
    return is_near and _is_tight(rows[stop - 1], rows[stop])


def _begins(rows: Sequence[Level], start: int) -> bool:
    """Tell whether the row above stands farther off than the row below."""
    return not start or not _goes_on(rows, start, start)


def _lines_of_row(rows: Sequence[Level], start: int, lines: Sequence[Level]) -> int:
    """Return how many lines a row of cells has of which few have more than one."""
    if len(lines) > _MOST_LINES or not _begins(rows, start):
        return 0
    gutters = _gutters(lines)
    beside = [_is_row_beside(lines, *one, gutters) for one in _beside(rows, start, len(lines))] if gutters else []
    cells = [cells_of(line, gutters) for line in lines]
    by_fill = sorted(cells, key=lambda one: sum(map(bool, one)))
    width, (*others, fullest) = len(gutters) + 1, [sum(map(bool, one)) for one in by_fill]
    has_figures = any(cell and all(map(is_figure, cell)) for cell in by_fill[-1][1:])
    is_sure = any(beside) and (has_figures or (width > 2 and start > 0 and beside[0]))  # below words in three columns
    are_parts = fullest * 2 > width and all(count * 2 <= width for count in others)
    return len(lines) if is_sure and are_parts and _are_lines(lines, cells) else 0


def _lines_of_headings(rows: Sequence[Level], start: int, run: Sequence[Level]) -> int:
    """Return how many lines a row of headings has, above a row that is none."""
    stop = next((place for place, line in enumerate(run) if not _is_of_names(line)), len(run))
    behind = start + stop
    if (
        not 1 < stop <= _MOST_LINES
        or behind >= len(rows)
        or _is_of_names(rows[behind])
        or rows[behind].block != rows[start].block
    ):
        return 0
    lines = rows[start:behind]
    gutters = rows[behind].gaps
    for line in lines:
        gutters = clear(gutters, line, are_sure=rows[behind].is_of_figures)
    if not gutters or len(gutters) < len(rows[behind].gaps):
        return 0
    cells = [cells_of(line, gutters) for line in lines]
    is_title = not any(cells[0][1:]) and not (_begins(rows, start) and _go_on(cells))
    if is_title or sum(map(any, zip(*cells, strict=True))) < 2:
        return 0
    is_apart = _apart(rows[behind - 1], rows[behind]) > _LOOSE * max(_apart(*pair) for pair in pairwise(lines))
    return stop if _are_lines(lines, cells) and (is_apart or _go_on(cells)) else 0


def _gutters(lines: Sequence[Level]) -> Sequence[Gap]:
    """Return the gutters of the line that shows most cells, where all lines leave these free."""
    most = found = max((line.gaps for line in lines), key=len)
    for line in lines:
        found = clear(found, line)
    return found if len(found) == len(most) else []


def _beside(rows: Sequence[Level], start: int, count: int) -> Iterable[tuple[Level, float]]:
    """Yield the rows above and below some lines, and how far off they are."""
    if start:
        yield rows[start - 1], _apart(rows[start - 1], rows[start])
    if start + count < len(rows):
        yield rows[start + count], _apart(rows[start + count - 1], rows[start + count])


def _is_row_beside(lines: Sequence[Level], row: Level, distance: float, gutters: Sequence[Gap]) -> bool:
    """Tell whether a row has the same columns as some lines, and stands farther from them than they do."""
    is_apart = _LOOSE * max(_apart(*pair) for pair in pairwise(lines)) < distance < _FAR * row.size
    left = clear(list(gutters), row)
    return is_apart and row.block == lines[0].block and len(left) == len(gutters) and is_parted(row, left[-1])


def _is_of_names(line: Level) -> bool:
    cells = cells_of(line, line.gaps)
    return all(is_column_name(said(cell)) for cell in cells)


def _are_lines(lines: Sequence[Level], cells: Sequence[Sequence[Sequence[Unit]]]) -> bool:
    """Tell whether a column has words on several lines, near one another, and none has figures on two."""
    several = False
    for column in zip(*cells, strict=True):
        filled = [(line, cell) for line, cell in zip(lines, column, strict=True) if cell]
        far = any(_apart(one, other) > _TIGHT * one.size for (one, _), (other, _) in pairwise(filled))
        if far or sum(all(map(is_figure, cell)) for _, cell in filled) > 1:
            return False
        several = several or len(filled) > 1
    return several


def _go_on(cells: Sequence[Sequence[Sequence[Unit]]]) -> bool:
    """Tell whether lines below the first of a cell begin in small letters, and all first ones don't."""
    columns = [[unit_text(cell[0]) for cell in column if cell] for column in zip(*cells, strict=True)]
    begun = [column[0] for column in columns if column]
    below = [text for column in columns for text in column[1:]]
    are_small = bool(below) and all(text[0].islower() or text[0] == "(" for text in below)
    return are_small and not any(text[0].islower() for text in begun)
