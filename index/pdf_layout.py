"""The rows of a printed page are put in the order in which they are read: column by column.

A gutter is a strip that many rows leave free. What stands on both sides of it is columns when each side reads as prose,
or when the rows of the two sides don't stand at the same heights; otherwise it is a table, which is read row by row.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from index.pdf_rows import Row

_BIN = 2.0  # points; how finely gutters are looked for
_MAX_BINS = 4_000
_MAX_GUTTERS = 64  # that are tried
_MIN_ROWS = 3  # that a gutter must part
_MAX_ROWS = 2_000  # of a page in columns; no print is as fine
_MAX_DEPTH = 8  # columns beside columns
_ALIKE = 1.0  # points between the places where lines of one column begin
_MOST_ALIKE = 0.6  # of a column's lines begin alike; paragraphs may be indented
_MIN_BOTH = 5  # rows that must have words on both sides of a gutter which is no wider than blanks

Flags = npt.NDArray[np.bool_]


def in_reading_order(rows: list[Row]) -> list[Row]:
    """Return the rows of a page column by column."""
    return [replace(row, block=number) for number, block in enumerate(_blocks(rows, 0)) for row in block]


def _blocks(rows: list[Row], depth: int) -> Iterator[list[Row]]:
    """Yield runs of rows that are read from top to bottom."""
    found = _columns(rows) if depth < _MAX_DEPTH and _MIN_ROWS <= len(rows) <= _MAX_ROWS else None
    if not found:
        if rows:
            yield rows
        return
    first, last, place = found
    yield from _blocks(rows[:first], depth + 1)
    for side in _sides(rows[first:last], place):
        yield from _blocks(side, depth + 1)
    yield from _blocks(rows[last:], depth + 1)


def _sides(rows: Iterable[Row], place: float) -> tuple[list[Row], list[Row]]:
    left, right = [], []
    for row in rows:
        before = tuple(unit for unit in row.units if unit[0].left < place)
        behind = tuple(unit for unit in row.units if unit[0].left >= place)
        left += [Row(before)] if before else []
        right += [Row(behind)] if behind else []
    return left, right


def _columns(rows: list[Row]) -> tuple[int, int, float] | None:
    """Return where the rows that stand in columns begin and end, and a place in the gutter between the columns."""
    covered, origin = _coverage(rows)
    left = np.maximum.accumulate(covered, axis=1)
    right = np.maximum.accumulate(covered[:, ::-1], axis=1)[:, ::-1]
    counts = np.minimum((left & ~covered).sum(axis=0), (right & ~covered).sum(axis=0))
    shapes: dict[bytes, int] = {}  # a gutter is many places that the same rows leave free
    # Of places that all rows leave free, a blank between words is the narrower.
    for place in np.lexsort((-_widths(covered), -counts)).tolist():
        if counts[place] < _MIN_ROWS or len(shapes) == _MAX_GUTTERS:
            break
        shapes.setdefault(covered[:, place].tobytes(), place)
    bands = {
        (*band, place)
        for place in shapes.values()
        for run in _runs(~covered[:, place])
        if (band := _live(rows, left[:, place], right[:, place], *run))
    }
    for begin, end, place in sorted(bands, key=lambda band: (band[0] - band[1], band)):
        free = covered[begin:end].sum(axis=0) == 0
        start, stop = place, place + 1
        while start and free[start - 1]:
            start -= 1
        while stop < len(free) and free[stop]:
            stop += 1
        middle = origin + (start + stop) / 2 * _BIN
        if _are_columns(rows[begin:end], middle, (stop - start + 1) * _BIN):
            return begin, end, middle
    return None


def _coverage(rows: list[Row]) -> tuple[Flags, float]:
    """Return which places of a line each row has words in, and where the first of these places is."""
    origin = min(row.left for row in rows)
    width = min(_MAX_BINS, int((max(row.right for row in rows) - origin) / _BIN) + 1)
    covered = np.zeros((len(rows), width), bool)
    for number, row in enumerate(rows):
        for unit in row.units:
            covered[number, int((unit[0].left - origin) / _BIN) : int((unit[-1].right - origin) / _BIN) + 1] = True
    return covered, origin


def _widths(covered: Flags) -> npt.NDArray[np.intp]:
    """Return for each place how many beside one another, with it, the same rows leave free."""
    begins = np.concatenate(([False], (covered[:, 1:] != covered[:, :-1]).any(axis=0)))
    numbers = np.cumsum(begins)
    widths: npt.NDArray[np.intp] = np.bincount(numbers)[numbers]
    return widths


def _runs(free: Flags) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _live(rows: list[Row], left: Flags, right: Flags, first: int, last: int) -> tuple[int, int] | None:
    """Return the rows of a run between whose first and last there are words on both sides of the gutter.

    With them go those above and below on one side alone, as long as they follow as lines of one column do.
    """
    sides = [[place for place in range(first, last) if side[place]] for side in (left, right)]
    if min(map(len, sides)) < _MIN_ROWS:
        return None
    begin, end = max(side[0] for side in sides), min(side[-1] for side in sides) + 1
    if end - begin < _MIN_ROWS:
        return None
    inner = [[place for place in side if begin <= place < end] for side in sides]
    # The widest gap on either side is one between paragraphs.
    widest = max((gap for side in inner for gap in _gaps(rows, side)), default=0.0)
    for side, own in zip(sides, inner, strict=True):
        usual = median(_gaps(rows, own) or [1.2 * rows[begin].size])
        pitch = max(1.4 * usual, 1.05 * min(widest, 3 * usual))
        before = [place for place in side if place <= (own or side)[0]]
        behind = [place for place in side if place >= (own or side)[-1]]
        begin = min(begin, _reach(rows, before[::-1], pitch))
        # Where nothing wider stands below, it is the column that goes on.
        end = max(end, _reach(rows, behind, max(pitch, 2 * usual) if last == len(rows) else pitch) + 1)
    return begin, end


def _gaps(rows: list[Row], places: list[int]) -> list[float]:
    return [rows[one].middle - rows[other].middle for one, other in pairwise(places)]


def _reach(rows: list[Row], places: list[int], pitch: float) -> int:
    """Return the last of places, from the first on, that follows as a line of one column does."""
    for one, other in pairwise(places):
        is_near = abs(rows[one].middle - rows[other].middle) <= pitch
        if not is_near or abs(rows[one].size - rows[other].size) > 0.12 * rows[one].size:
            return one
    return places[-1]


def _are_columns(rows: list[Row], place: float, width: float) -> bool:
    left, right = _sides(rows, place)
    both = len(left) + len(right) - len(rows)
    size = median(row.size for row in rows)
    blanks = [other[0].left - one[-1].right for row in (*left, *right) for one, other in pairwise(row.units)]
    usual = median(blanks) if blanks else 0.25 * size
    if min(len(left), len(right)) < _MIN_ROWS:
        return False
    if not _begin_alike(rows, place) and (width < (0.7 if both >= 10 else 1.0) * size or width < 1.8 * usual):
        return False
    if width < 0.5 * size:
        return False
    if _is_prose(left) and _is_prose(right):
        return True
    return both < 0.4 * min(len(left), len(right)) and _are_lines(left) and _are_lines(right)


def _begin_alike(rows: list[Row], place: float) -> bool:
    """Tell whether lines begin at one place behind a gutter, as words right of the blanks of justified lines don't.

    The first and the last must be lines of a column, not a headline or a note over both with a blank at that place.
    """
    both = [(row, right[0].left) for row in rows for left, right in [_sides([row], place)] if left and right]
    if len(both) < _MIN_BOTH:
        return False
    usual = median(left for _, left in both)
    size = median(row.size for row, _ in both)
    ends = all(left > usual - _ALIKE and abs(row.size - size) < 0.12 * size for row, left in (both[0], both[-1]))
    return ends and sum(abs(left - usual) < _ALIKE for _, left in both) >= _MOST_ALIKE * len(both)


def _are_lines(rows: list[Row]) -> bool:
    """Tell whether rows stand at the distance of lines, unlike the cells of a table."""
    gaps = [above.middle - below.middle for above, below in pairwise(rows)]
    usual = median(gaps)
    near = sum(abs(gap - usual) < 0.1 * usual for gap in gaps)
    return usual < 1.8 * median(row.size for row in rows) and near >= 0.6 * len(gaps)


def _is_prose(rows: list[Row]) -> bool:
    """Tell whether lines go on one in the other: they fill their column, or begin in the middle of a sentence."""
    texts = [row.text for row in rows]
    within = sum(text[0].islower() for text in texts) / len(texts)
    words = median(len(row.units) for row in rows)
    edge = sorted(row.right for row in rows)[int(len(rows) * 0.9)]
    width = edge - min(row.left for row in rows)
    full = sum(row.right > edge - 0.2 * width for row in rows) / len(rows)
    return words >= 2 and (within >= 0.3 or (words >= 3 and full >= 0.6 and within > 0.1))
