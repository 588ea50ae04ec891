"""Rows of a printed page whose cells stand in columns; a table is sure where words head columns of figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.cell_marks import Cell, Line, cell_marks, heading_rows, is_column_name, written_row
from index.pdf_gutters import Gap, Level, apart, cells_of, clear, is_parted, levels
from index.pdf_headings import Heading, headings_above
from index.pdf_rows import Row, Unit, said, unit_text
from index.pdf_wrapped import with_wrapped
from index.records import Mark

_NEAR = 3.0  # points
_LINES_APART = 1.6  # times the size of the text between the middles of two lines of one cell
_INDENT = 2.0  # times the size: what a group heads may be indented so far
_MAX_ROWS_APART = 3.0  # times the size of the text between the middles of two rows
_MOST_HEADINGS = 3  # rows that are tried as headings above a table
_HEADINGS_APART = 2.5  # times the size of the text between the middles of a row of headings and the next
_MOST_LOOKED_AT = 20  # times the rows of a page, where no table is found


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table as it is written, its cells with blanks between them, and their marks in it."""

    row: Row
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows of headings over several columns, the rows below, and the gutters between the columns of these."""

    heads: list[Heading]
    rows: Sequence[Level]
    gutters: Sequence[Gap]

    @property
    def shows(self) -> tuple[int, bool]:
        """How many gutters it has, and whether a heading reaches over one."""
        return len(self.gutters), any(len(run) > 1 for head in self.heads for _, run in head.cells)


class _Tried(NamedTuple):
    """How many rows are in the same columns, the gutters between these, and how many rows were looked at for that."""

    rows: int = 0
    gutters: Sequence[Gap] = ()
    seen: int = 1


def with_tables(rows: Sequence[Row]) -> Iterator[Row | TableRow]:
    """Yield rows in reading order, those of tables as such."""
    groups = with_wrapped(levels(rows))
    number, spare = 0, _MOST_LOOKED_AT * len(groups)
    while number < len(groups):
        tried = _tried(groups[number:]) if spare > 0 else _Tried()
        table, count = _with_headings(groups[number:], tried) if spare > 0 else (None, 0)
        if table:
            yield from _read(table)
        else:
            yield from groups[number].parts
            spare -= tried.seen
        number += count or 1


def _with_headings(rows: Sequence[Level], tried: _Tried) -> tuple[_Table | None, int]:
    """Return the table that begins with the first row, if one does, and of how many rows it is.

    Its first rows may be headings over several of its columns, or stand too evenly to show columns by themselves.
    """
    best, count = (_Table([], rows[: tried.rows], tried.gutters) if tried.rows else None), tried.rows
    for above in range(1, min(_MOST_HEADINGS, len(rows) - 2) + 1):
        if not _may_head(rows[above - 1], rows[above]):
            break
        below = _tried(rows[above:])
        if below.rows and len(below.gutters) >= (len(best.gutters) if best else 1):
            body = rows[above : above + below.rows]
            table = _Table(_headings(rows[:above], body, below.gutters), body, below.gutters)
            if table.heads and (not best or table.shows > best.shows):
                best, count = table, above + below.rows
    return best, count


def _may_head(row: Level, below: Level) -> bool:
    """Tell whether a row could be one of headings above another: near, mostly of words or of years."""
    is_near = row.block == below.block and apart(row, below) < _HEADINGS_APART * row.size
    return is_near and sum(map(is_column_name, map(unit_text, row.units))) * 2 > len(row.units)


def _headings(above: Sequence[Level], body: Sequence[Level], gutters: Sequence[Gap]) -> list[Heading]:
    """Return rows as headings of a table's columns, where these stand and read as such."""
    cells = [cells_of(row, gutters) for row in body if not _is_group(row, gutters)]
    parts = [part for level in above for part in ((level,) if level.is_wrapped else level.parts)]
    heads = headings_above(parts, cells, body[0].middle)
    grid = [head.as_read for head in heads]
    own = [[Cell(said(cell), place) for place, cell in enumerate(one)] for one in cells]
    return heads if heading_rows([*grid, *own]) >= len(heads) else []


def _tried(rows: Sequence[Level]) -> _Tried:
    """Return how many rows, from the first on, stand in the same columns, and the gutters between these."""
    gutters = rows[0].gaps
    whole = [rows[0]]  # the rows with words in two columns; others head a group, or are lines of the cell above
    count = filled = 1
    for number, (above, row) in enumerate(pairwise(rows), 1):
        if not gutters or row.block != above.block or apart(above, row) > _MAX_ROWS_APART * row.size:
            break
        left = clear(gutters, row)
        parts = any(is_parted(row, gutter) for gutter in left)
        within = not parts and len(left) == len(gutters) and _is_in_cell(above, row, left)
        below = rows[number + 1 : number + 2]
        goes_on = within or (bool(left) and row.right <= left[0][0] + 1 and row.text[0].islower())
        if not (parts or goes_on or (_is_group(row, gutters) and _heads_group(above, row, below, gutters))):
            break
        count += 1
        if parts:
            whole.append(row)
            left = _richer(left, row, whole)
        if parts or within:
            gutters, filled = left, count
    rows = rows[:filled]
    fullest = max(whole, key=lambda row: len(row.gaps))  # a heading row may have an empty corner
    gutters, are_sure = fullest.gaps, fullest.is_of_figures
    for row in rows:
        gutters = gutters if _is_group(row, gutters) else clear(gutters, row, are_sure=are_sure)
    gutters = [gutter for gutter in gutters if sum(is_parted(row, gutter) for row in whole) * 2 > len(whole)]
    gutters = _aligned(rows, gutters)
    begun = sum(row.parts[0].text[0].islower() for row in whole)
    even = sum(map(_is_even, whole))
    is_prose = begun + even > 0 if len(whole) < 4 else even * 2 > len(whole)
    is_table = len(whole) > 1 and bool(gutters) and not is_prose
    return _Tried(filled, gutters, count) if is_table else _Tried(seen=count)


def _is_in_cell(above: Level, row: Level, gutters: Sequence[Gap]) -> bool:
    """Tell whether a row is one more line of one cell of the row above, and not of the first."""
    own, other = cells_of(row, gutters), cells_of(above, gutters)
    (place, *others) = [place for place, cell in enumerate(own) if cell]
    return (
        not others
        and place > 0
        and row.text[0].islower()
        and bool(other[place])
        and abs(own[place][0][0].left - min(unit[0].left for unit in other[place])) < _NEAR
        and apart(above, row) < _LINES_APART * row.size
    )


def _is_group(row: Level, gutters: Sequence[Gap]) -> bool:
    """Tell whether a row has one cell that begins in the first column, and may reach over others."""
    in_cells = any(is_parted(row, gutter) for gutter in clear(gutters, row))
    begins = not row.text[0].islower() and bool(gutters) and row.left < gutters[0][0]
    return begins and not in_cells and not row.gaps and len(row.parts) == 1


def _heads_group(above: Level, row: Level, below: Sequence[Level], gutters: Sequence[Gap]) -> bool:
    """Tell whether a row stands among others of a table, as far from the one above as from the one below."""
    if not below or below[0].block != row.block or len(clear(gutters, below[0])) < len(gutters):
        return False
    over, under = apart(above, row), apart(row, below[0])
    goes_over = any(is_parted(below[0], gutter) for gutter in gutters)
    return (
        goes_over and max(over, under) < 1.2 * min(over, under) and abs(row.left - below[0].left) < _INDENT * row.size
    )


def _richer(gutters: list[Gap], row: Level, rows: Sequence[Level]) -> list[Gap]:
    """Return the gutters of a row where all rows leave more of them free than are known: another had an empty cell."""
    found = row.gaps
    for one in rows:
        if len(found) <= len(gutters):
            break
        found = clear(found, one, are_sure=row.is_of_figures)
    return found if len(found) > len(gutters) else gutters


def _aligned(rows: Sequence[Level], gutters: Sequence[Gap]) -> list[Gap]:
    """Return the gutters behind which cells begin, end or are centred at one place; words of justified lines don't."""
    cells = [cells_of(row, gutters) for row in rows]
    found = []
    for number, gutter in enumerate(gutters, 1):
        column = [one[number] for one in cells if one[number]]
        lefts = [min(unit[0].left for unit in cell) for cell in column]
        rights = [max(unit[-1].right for unit in cell) for cell in column]
        centres = [(left + right) / 2 for left, right in zip(lefts, rights, strict=True)]
        if any(_are_near(places) for places in (lefts, rights, centres)):
            found.append(gutter)
    return found


def _is_even(row: Row) -> bool:
    """Tell whether all words of a row stand equally far apart: it is justified."""
    gaps = [other[0].left - one[-1].right for one, other in pairwise(row.units)]
    words = sum(not unit[0].text[0].isdigit() for unit in row.units)
    return len(gaps) > 1 and max(gaps) < 1.3 * min(gaps) and words * 2 > len(row.units)


def _are_near(places: list[float]) -> bool:
    usual = median(places)
    return sum(abs(place - usual) < _NEAR for place in places) >= 0.75 * len(places)


def _read(table: _Table) -> Iterator[TableRow]:
    gutters = table.gutters
    joined: list[tuple[Level, list[list[Unit]]]] = []
    for row in table.rows:
        cells = cells_of(row, gutters)
        goes_on = sum(map(bool, cells)) == 1 and row.text[0].islower()  # does the cell above
        if joined and goes_on and not _is_group(joined[-1][0], gutters):
            for cell, units in zip(joined[-1][1], cells, strict=True):
                cell.extend(units)
        else:
            joined.append((row, cells))
    lines = [written_row(head.as_read, " ") for head in table.heads] + _lines(joined, gutters)
    heads = heading_rows([[cell for *_, cell in line.places] for line in lines])
    # Where two columns are taken for one, as below a heading over both, who heads what is unsure.
    merged = sum(len(row.gaps) >= sum(map(bool, cells)) for row, cells in joined)
    heads = 0 if merged * 3 > len(joined) else heads
    marks = cell_marks(lines, heads) if heads else [[] for _ in lines]
    written: list[Row] = [*(head.row for head in table.heads), *(level for level, _ in joined)]
    for one, line, found in zip(written, lines, marks, strict=True):
        yield TableRow(one, line.text, tuple(found))


def _lines(rows: Iterable[tuple[Level, list[list[Unit]]]], gutters: Sequence[Gap]) -> list[Line]:
    """Return rows as they are written; what names a group of them heads each, before its own first cell."""
    lines, group = [], ""
    for row, units in rows:
        is_group = _is_group(row, gutters)
        texts = [row.text] if is_group else list(map(said, units))
        line = written_row([Cell(text, place) for place, text in enumerate(texts)], " ")
        group = row.text if is_group else group
        lines.append(line._replace(heading=", ".join(filter(None, (group, line.heading)))))
    return lines
