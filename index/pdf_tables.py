"""Rows of a printed page whose cells stand in columns; a table is sure where words head columns of figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

from index.cell_marks import Cell, Line, cell_marks, heading_rows, written_row
from index.pdf_rows import Row, Unit, unit_text
from index.records import Mark

_GAP = 0.8  # times the size of the text: a narrower gap may be a blank in a justified line
_OVERLAP = 0.85  # times the size: rows that are nearer don't stand one below the other
_NEAR = 3.0  # points
_LINES_APART = 1.6  # times the size of the text between the middles of two lines of one cell
_INDENT = 2.0  # times the size: what a group heads may be indented so far
_MAX_ROWS_APART = 3.0  # times the size of the text between the middles of two rows

Gap = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table as it is written, its cells with blanks between them, and their marks in it."""

    row: Row
    text: str
    marks: tuple[Mark, ...]


def with_tables(rows: Sequence[Row]) -> Iterator[Row | TableRow]:
    """Yield rows in reading order, those of tables as such."""
    groups = _level(rows)
    number = 0
    while number < len(groups):
        count, gutters = _table(groups[number:])
        if count:
            yield from _read(groups[number : number + count], gutters)
        else:
            yield from groups[number].parts
        number += count or 1


@dataclass(frozen=True)
class _Level(Row):
    """Rows that overlap: a cell of two lines beside a cell of one, which stands between them."""

    parts: tuple[Row, ...] = ()


def _level(rows: Sequence[Row]) -> list[_Level]:
    groups: list[list[Row]] = []
    for row in rows:
        last = groups[-1][-1] if groups else row
        if groups and row.block == last.block and 0 <= last.middle - row.middle < _OVERLAP * row.size:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [_Level(_in_order(group), group[0].block, tuple(group)) for group in groups]


def _in_order(rows: Iterable[Row]) -> tuple[Unit, ...]:
    return tuple(sorted((unit for row in rows for unit in row.units), key=lambda unit: unit[0].left))


def _table(rows: Sequence[_Level]) -> tuple[int, list[Gap]]:
    """Return how many rows, from the first on, stand in the same columns, and the gutters between these."""
    gutters = _gaps(rows[0])
    whole = [rows[0]]  # the rows with words in two columns; others head a group, or are lines of the cell above
    count = filled = 1
    for number, (above, row) in enumerate(pairwise(rows), 1):
        if not gutters or row.block != above.block or _apart(above, row) > _MAX_ROWS_APART * row.size:
            break
        left = _clear(gutters, row)
        parts = any(_is_parted(row, gutter) for gutter in left)
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
    gutters = max(map(_gaps, whole), key=len)  # a heading row may have an empty corner
    for row in rows:
        gutters = gutters if _is_group(row, gutters) else _clear(gutters, row)
    gutters = [gutter for gutter in gutters if sum(_is_parted(row, gutter) for row in whole) * 2 > len(whole)]
    gutters = _aligned(rows, gutters)
    begun = sum(row.parts[0].text[0].islower() for row in whole)
    even = sum(map(_is_even, whole))
    is_prose = begun + even > 0 if len(whole) < 4 else even * 2 > len(whole)
    return (filled, gutters) if len(whole) > 1 and gutters and not is_prose else (0, [])


def _is_in_cell(above: _Level, row: _Level, gutters: list[Gap]) -> bool:
    """Tell whether a row is one more line of one cell of the row above, and not of the first."""
    own, other = _cells(row, gutters), _cells(above, gutters)
    (place, *others) = [place for place, cell in enumerate(own) if cell]
    return (
        not others
        and place > 0
        and row.text[0].islower()
        and bool(other[place])
        and abs(own[place][0][0].left - min(unit[0].left for unit in other[place])) < _NEAR
        and _apart(above, row) < _LINES_APART * row.size
    )


def _is_group(row: _Level, gutters: list[Gap]) -> bool:
    """Tell whether a row has one cell that begins in the first column, and may reach over others."""
    is_parted = any(_is_parted(row, gutter) for gutter in _clear(gutters, row))
    begins = not row.text[0].islower() and bool(gutters) and row.left < gutters[0][0]
    return begins and not is_parted and not _gaps(row) and len(row.parts) == 1


def _heads_group(above: _Level, row: _Level, below: Sequence[_Level], gutters: list[Gap]) -> bool:
    """Tell whether a row stands among others of a table, as far from the one above as from the one below."""
    if not below or below[0].block != row.block or len(_clear(gutters, below[0])) < len(gutters):
        return False
    over, under = _apart(above, row), _apart(row, below[0])
    is_parted = any(_is_parted(below[0], gutter) for gutter in gutters)
    return (
        is_parted and max(over, under) < 1.2 * min(over, under) and abs(row.left - below[0].left) < _INDENT * row.size
    )


def _richer(gutters: list[Gap], row: _Level, rows: Sequence[_Level]) -> list[Gap]:
    """Return the gutters of a row where all rows leave more of them free than are known: another had an empty cell."""
    found = _gaps(row)
    for one in rows if len(found) > len(gutters) else ():
        found = _clear(found, one)
    return found if len(found) > len(gutters) else gutters


def _aligned(rows: Sequence[_Level], gutters: list[Gap]) -> list[Gap]:
    """Return the gutters behind which cells begin, end or are centred at one place; words of justified lines don't."""
    cells = [_cells(row, gutters) for row in rows]
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


def _apart(above: _Level, below: _Level) -> float:
    return above.parts[-1].middle - below.parts[0].middle


def _gaps(row: Row) -> list[Gap]:
    reached = accumulate((unit[-1].right for unit in row.units), max)
    pairs = [(right, unit[0].left) for right, unit in zip(reached, row.units[1:], strict=False)]
    blanks = [end - start for start, end in pairs if end > start]
    usual = median(blanks) if len(blanks) > 3 else 0.0
    return [(start, end) for start, end in pairs if end - start > max(_GAP * row.size, 1.5 * usual)]


def _clear(gutters: list[Gap], row: Row) -> list[Gap]:
    """Return the widest room that the words of a row leave of each gutter, where that is wide enough."""
    left = []
    for start, end in gutters:
        edges = [start]
        for unit in row.units:
            if unit[-1].right > start and unit[0].left < end:
                edges += (unit[0].left, unit[-1].right)
        edges.append(end)
        begin, stop = max(zip(edges[::2], edges[1::2], strict=True), key=lambda room: room[1] - room[0])
        if stop - begin > _GAP * 0.6 * row.size:
            left.append((begin, stop))
    return left


def _is_parted(row: Row, gutter: Gap) -> bool:
    return row.left < gutter[0] + 1 and row.right > gutter[1] - 1


def _read(rows: Sequence[_Level], gutters: list[Gap]) -> Iterator[TableRow]:
    joined: list[tuple[_Level, list[list[Unit]]]] = []
    for row in rows:
        cells = _cells(row, gutters)
        if joined and sum(map(bool, cells)) == 1 and row.text[0].islower():  # the cell above goes on
            for cell, units in zip(joined[-1][1], cells, strict=True):
                cell.extend(units)
        else:
            joined.append((row, cells))
    lines = _lines(joined, gutters)
    heads = heading_rows([[cell for *_, cell in line.places] for line in lines])
    # Where two columns are taken for one, as below a heading over both, who heads what is unsure.
    merged = sum(len(_gaps(row)) >= sum(map(bool, cells)) for row, cells in joined)
    heads = 0 if merged * 3 > len(joined) else heads
    marks = cell_marks(lines, heads) if heads else [[] for _ in lines]
    for (level, _), line, found in zip(joined, lines, marks, strict=True):
        yield TableRow(level, line.text, tuple(found))


def _lines(rows: Iterable[tuple[_Level, list[list[Unit]]]], gutters: list[Gap]) -> list[Line]:
    """Return rows as they are written; what names a group of them heads each, before its own first cell."""
    lines, group = [], ""
    for row, units in rows:
        is_group = _is_group(row, gutters)
        texts = [row.text] if is_group else [" ".join(map(unit_text, cell)) for cell in units]
        line = written_row([Cell(text, place) for place, text in enumerate(texts)], " ")
        group = row.text if is_group else group
        lines.append(line._replace(heading=", ".join(filter(None, (group, line.heading)))))
    return lines


def _cells(row: _Level, gutters: list[Gap]) -> list[list[Unit]]:
    cells: list[list[Unit]] = [[] for _ in range(len(gutters) + 1)]
    for unit in row.units:
        middle = (unit[0].left + unit[-1].right) / 2
        cells[sum(middle > (start + end) / 2 for start, end in gutters)].append(unit)
    if len(row.parts) > 1:  # line by line within a cell
        for cell in cells:
            cell.sort(
                key=lambda unit: (next(n for n, part in enumerate(row.parts) if unit in part.units), unit[0].left)
            )
    return cells
