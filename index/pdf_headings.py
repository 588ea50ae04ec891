"""What stands above a printed table's columns: which of them a heading reaches over, where lines show nothing of it.

A heading over several columns is set in the middle of them or at their first or last edge, none reaches into columns of
another, and no two columns of one heading have the same name. Of all ways to share out the columns, the one is taken
by which the headings stand nearest to where they would be.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.cell_marks import Cell, is_column_name, is_heading
from index.pdf_gutters import in_lines
from index.pdf_rows import Row, Unit, said, unit_text

_BLANK = 0.38  # times the size of the text: a wider room between two words parts cells
_BLANK_OF_TYPEWRITERS = 0.75  # in which all letters are as wide as a blank
_BESIDE = 0.85  # times the size: rows whose middles are nearer stand beside one another
_HALFWAY = 0.3
_MOST_BESIDE = 1.5
_OWN_ROW = 1.3  # times the size: lines of one cell stand nearer
_SLACK = 3.0  # points that a heading may reach into columns of another
_BARE = 1.0  # times the size: what a column costs that nothing is said to head
_NEAR = 0.6  # times the size: a heading that stands as far off its columns' middle is surely theirs
_FLUSH = 0.2  # times the size: edges that are as near stand at one place
_NEAR_SHARE = 0.25  # of their width: and so it is, where figures stand at one edge of wide columns
_MOST_COLUMNS = 40  # of which headings over several are looked for

Placed = tuple[tuple[Unit, ...], range]  # a cell's words and the columns, from 0, that it stands over


class Column(NamedTuple):
    """Where a column's cells stand; `lean` is below 0 where they end at one place rather than begin there.

    `name` is what the uppermost of its cells says; None where nothing may stand above it.
    """

    left: float
    right: float
    lean: float
    name: str | None


class Heading(NamedTuple):
    """A row of headings: its words as they stand, and its cells."""

    row: Row
    cells: list[Placed]

    @property
    def as_read(self) -> list[Cell]:
        """Its cells as the readers of tables have them."""
        return [Cell(said(cell), run.start, len(run)) for cell, run in self.cells]


class _Share(NamedTuple):
    """Columns shared out to headings, and how far these stand off, in points."""

    cost: float
    runs: tuple[range, ...]


def headings_above(rows: Sequence[Row], body: Sequence[Sequence[Sequence[Unit]]], first: float) -> list[Heading]:
    """Return rows as headings of the columns below them, or none where one of them doesn't stand as headings do.

    `body` are the cells of the rows below, `first` is where the middle of the first of these stands. What stands beside
    two rows, halfway, is read with the upper one.
    """
    given = [_column([cell for cell in column if cell]) for column in zip(*body, strict=True)]
    columns = [column for column in given if column]
    found: list[Heading] = []
    beside = _beside(rows)
    for number, row in reversed(list(enumerate(rows))):
        with_next = number + 1 in beside
        free = _without(columns, found[0].cells) if with_next else columns
        cells = placed_over(row, free) if len(columns) == len(given) else None
        if not cells:
            return []
        heading = Heading(row, cells)
        if with_next:
            heading = _joined(heading, found.pop(0))
        if _may_be_lines_of_cells(heading, columns, found[0].row.middle if found else first):
            return []
        found.insert(0, heading)
        columns = _with(columns, heading.cells)
    is_title = any(len(cells) == 1 and cells[0][1].start == 0 for _, cells in found)
    return [] if is_title else found


def _beside(rows: Sequence[Row]) -> set[int]:
    """Return the numbers of rows that stand halfway between two others, or nearly as high as the one above."""
    found: set[int] = set()
    for number, (above, row) in enumerate(pairwise(rows), 1):
        apart = above.middle - row.middle
        below = row.middle - rows[number + 1].middle if number + 1 < len(rows) else apart
        near = _MOST_BESIDE if number + 1 < len(rows) and abs(apart - below) < _HALFWAY * row.size else _BESIDE
        if number - 1 not in found and apart < near * row.size:
            found.add(number)
    return found


def _joined(one: Heading, other: Heading) -> Heading:
    units = sorted((*one.row.units, *other.row.units), key=lambda unit: unit[0].left)
    return Heading(Row(tuple(units), one.row.block), sorted((*one.cells, *other.cells), key=lambda cell: cell[1].start))


def _may_be_lines_of_cells(heading: Heading, columns: Sequence[Column], below: float) -> bool:
    """Tell whether cells that seem to stand over several columns may be first lines of cells of one."""
    if heading.row.middle - below > _OWN_ROW * heading.row.size:
        return False
    names = [column.name for column in columns if column.name and is_heading(column.name)]
    wide = [_edges(cell) for cell, run in heading.cells if len(run) > 1]
    over = [sum(left < column.right and right > column.left for column in columns) for left, right in wide]
    return len(set(names)) == len(names) and any(count < 2 for count in over)


def _without(columns: Sequence[Column], cells: Iterable[Placed]) -> list[Column]:
    """Return columns with those unnamed, and so closed, that cells stand in."""
    taken = {place for _, run in cells for place in run}
    return [column._replace(name=None) if place in taken else column for place, column in enumerate(columns)]


def _column(cells: Sequence[Sequence[Unit]]) -> Column | None:
    if not cells:
        return None
    lefts, rights = zip(*map(_edges, cells), strict=True)
    lean = sum(max(rights) - right for right in rights) - sum(left - min(lefts) for left in lefts)
    return Column(min(lefts), max(rights), lean, said(cells[0]))


def _with(columns: Sequence[Column], cells: Iterable[Placed]) -> list[Column]:
    """Return columns as the next row above has them below it: as wide as their headings, and named by these."""
    found = list(columns)
    for cell, run in cells:
        for place in run:
            column = found[place]
            if len(run) > 1:
                found[place] = column._replace(name=f"{column.name} below {said(cell)}")
                continue
            left, right = _edges(cell)
            lean = column.lean + abs(right - column.right) - abs(left - column.left)
            found[place] = Column(min(left, column.left), max(right, column.right), lean, said(cell))
    return found


def placed_over(row: Row, columns: Sequence[Column]) -> list[Placed] | None:
    """Return which columns each cell of a row heads; None where the row doesn't stand as headings do."""
    cells = list(_parted(row))
    if not cells or len(cells) > len(columns) or len(columns) > _MOST_COLUMNS:
        return None
    shares = (_shared(cells, columns, row.size, edge) for edge in ("middle", "left", "right"))
    best = min((share for share in shares if share), default=None, key=lambda share: share.cost)
    return [(tuple(in_lines(row, cell)), run) for cell, run in zip(cells, best.runs, strict=True)] if best else None


def _parted(row: Row) -> Iterable[tuple[Unit, ...]]:
    """Yield the cells of a row, as far as rooms that are wider than blanks show them."""
    letters = [(unit[-1].right - unit[0].left) / len(unit_text(unit)) for unit in row.units]
    is_even = len(letters) > 1 and max(letters) < min(letters) * 1.02
    blank = (_BLANK_OF_TYPEWRITERS if is_even else _BLANK) * row.size
    cell = [row.units[0]]
    for unit in row.units[1:]:
        if unit[0].left - max(one[-1].right for one in cell) > blank:
            yield tuple(cell)
            cell = []
        cell.append(unit)
    yield tuple(cell)


def _shared(cells: Sequence[tuple[Unit, ...]], columns: Sequence[Column], size: float, edge: str) -> _Share | None:
    """Return how the columns are best shared out when headings over several stand at this edge of them."""
    bare = _BARE * size
    known: dict[int, _Share] = {0: _Share(0.0, ())}  # by the first column that is left
    for cell in cells:
        found: dict[int, _Share] = {}
        for first, share in known.items():
            for start in range(first, len(columns)):
                skipped = bare * (start - max(first, 1)) if start else 0.0
                for stop in _stops(cell, start, columns):
                    off = _off(cell, columns[start:stop], size, edge)
                    cost = share.cost + max(0.0, skipped) + off
                    if off < float("inf") and (stop not in found or cost < found[stop].cost):
                        found[stop] = _Share(cost, (*share.runs, range(start, stop)))
        known = found
    ends = [_Share(share.cost + bare * (len(columns) - stop), share.runs) for stop, share in known.items()]
    return min(ends, default=None, key=lambda share: share.cost)


def _stops(cell: Sequence[Unit], start: int, columns: Sequence[Column]) -> Iterable[int]:
    """Yield behind which columns a cell's own may end, where they begin with `start`."""
    left, right = _edges(cell)
    if start and left < columns[start - 1].right - _SLACK:
        return
    names: list[str] = []
    for stop in range(start + 1, len(columns) + 1):
        name = columns[stop - 1].name
        if name is None:
            return
        names.append(name)
        is_wide = len(names) > 1
        if is_wide and (start == 0 or len(set(names)) < len(names) or not all(map(is_column_name, names))):
            return
        if stop == len(columns) or right < columns[stop].left + _SLACK:
            yield stop


def _off(cell: Sequence[Unit], columns: Sequence[Column], size: float, edge: str) -> float:
    """Return how far a cell stands off where it would be over these columns; too far is without end."""
    (left, right), start, end = _edges(cell), columns[0].left, columns[-1].right
    if len(columns) == 1:
        off = min(abs((left + right) - (start + end)) / 2, abs(left - start), abs(right - end))
        return off if off < _NEAR * size or (left < end and right > start) else float("inf")
    if edge != "middle":
        off = abs(left - start) if edge == "left" else abs(right - end)
        return off if off < _FLUSH * size else float("inf")
    places = [(start, end), _room(columns)]
    off = min(abs((left + right) - (begin + stop)) / 2 for begin, stop in places)
    return off if off < max(_NEAR * size, _NEAR_SHARE * (end - start)) else float("inf")


def _room(columns: Sequence[Column]) -> tuple[float, float]:
    """Return where columns begin and end that are wider than what stands at one edge of them."""
    one, other = columns[0], columns[1]
    before, last = columns[-2], columns[-1]
    if sum(column.lean for column in columns) < 0:
        return one.right - (other.right - one.right), last.right
    return one.left, last.left + (last.left - before.left)


def _edges(cell: Sequence[Unit]) -> tuple[float, float]:
    return min(unit[0].left for unit in cell), max(unit[-1].right for unit in cell)
