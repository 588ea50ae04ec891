"""Rows that overlap on a printed page become one; the gutters between its cells, and the cells between its gutters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from statistics import median

from index.pdf_rows import Row, Unit

_GAP = 0.8  # times the size of the text: a narrower gap may be a blank in a justified line
_ROOM = 0.6 * _GAP  # times the size: what a row must leave of a gutter between cells of words
_ROOM_AT_SURE = 0.4  # times the size, between cells of words in columns of figures
_ROOM_AT_FIGURES = 0.33  # times the size; a blank between two words is 0.25 to 0.32
_OVERLAP = 0.85  # times the size: rows that are nearer don't stand one below the other
_LEADERS = ".·…_"

Gap = tuple[float, float]


@dataclass(frozen=True)
class Level(Row):
    """Rows that overlap: a cell of two lines beside a cell of one, which stands between them."""

    parts: tuple[Row, ...] = ()
    is_wrapped: bool = False  # surely lines of one row

    @cached_property
    def middle(self) -> float:
        return self.parts[0].middle

    @cached_property
    def heights(self) -> tuple[float, float]:
        """Where its first and its last line stand, in points; what is halfway beside one of them doesn't count."""
        first, last = (_height(part) for part in (self.parts[0], self.parts[-1]))
        return first, last

    @cached_property
    def is_of_figures(self) -> bool:
        """Whether at least half of its words are figures: no blanks between words of a sentence part these."""
        return sum(map(is_figure, self.units)) * 2 >= len(self.units)

    @cached_property
    def gaps(self) -> list[Gap]:
        """The rooms in it that are wider than blanks between words."""
        return _gaps(self)


def levels(rows: Sequence[Row]) -> list[Level]:
    """Return rows, those that overlap as one."""
    groups: list[list[Row]] = []
    for row in rows:
        last = groups[-1][-1] if groups else row
        if groups and row.block == last.block and 0 <= last.middle - row.middle < _OVERLAP * row.size:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [Level(_in_order(group), group[0].block, tuple(group)) for group in groups]


def joined_levels(lines: Sequence[Level]) -> Level:
    """Return the lines of one row's cells as one."""
    if len(lines) == 1:
        return lines[0]
    parts = tuple(part for line in lines for part in line.parts)
    return Level(_in_order(parts), lines[0].block, parts, is_wrapped=True)


def _in_order(rows: Iterable[Row]) -> tuple[Unit, ...]:
    return tuple(sorted((unit for row in rows for unit in row.units), key=lambda unit: unit[0].left))


def _height(row: Row) -> float:
    return median((word.top + word.bottom) / 2 for word, *_ in row.units)


def apart(above: Level, below: Level) -> float:
    """Return how far the middles of the last line of one row and the first of the next are apart, in points."""
    return above.parts[-1].middle - below.parts[0].middle


def _gaps(row: Level) -> list[Gap]:
    reached = accumulate((unit[-1].right for unit in row.units), max)
    pairs = [(right, unit[0].left) for right, unit in zip(reached, row.units[1:], strict=False)]
    blanks = [end - start for start, end in pairs if end > start]
    usual = median(blanks) if len(blanks) > 3 and not row.is_of_figures else 0.0
    widest = max(_GAP * row.size, 1.5 * usual)
    if not row.is_of_figures:
        return [(start, end) for start, end in pairs if end - start > widest]
    at_figures = [any(map(is_figure, pair)) for pair in pairwise(row.units)]
    least = [_ROOM_AT_FIGURES * row.size if is_near else widest for is_near in at_figures]
    return [(start, end) for (start, end), room in zip(pairs, least, strict=True) if end - start > room]


def clear(gutters: Sequence[Gap], row: Level, *, are_sure: bool = False) -> list[Gap]:
    """Return the widest room that the words of a row leave of each gutter, where that is wide enough.

    Gutters that figures show `are_sure`: words that head these may stand nearer.
    """
    left = []
    room = _ROOM_AT_SURE if are_sure else _ROOM
    least = (_ROOM_AT_FIGURES if gutters and row.is_of_figures else room) * row.size
    for start, end in gutters:
        edges = [start]
        for unit in row.units:
            if unit[-1].right > start and unit[0].left < end:
                edges += (unit[0].left, unit[-1].right)
        edges.append(end)
        begin, stop = max(zip(edges[::2], edges[1::2], strict=True), key=lambda room: room[1] - room[0])
        if stop - begin > least or (are_sure and stop - begin > least / 4 and _room(row, begin, stop) > least):
            left.append((begin, stop))
    return left


def _room(row: Row, begin: float, stop: float) -> float:
    """Return how far the words of a row are apart that stand around a place."""
    before = max((unit[-1].right for unit in row.units if unit[-1].right <= begin), default=float("-inf"))
    return min((unit[0].left for unit in row.units if unit[0].left >= stop), default=float("inf")) - before


def is_figure(unit: Unit) -> bool:
    """Tell whether a word has no letters, and is none of the dots that lead to a page's number."""
    text = unit[0].text
    return not text[0].isalpha() and bool(text.strip(_LEADERS)) and not any(map(str.isalpha, text))


def is_parted(row: Row, gutter: Gap) -> bool:
    """Tell whether a row has words on both sides of a gutter."""
    return row.left < gutter[0] + 1 and row.right > gutter[1] - 1


def cells_of(row: Level, gutters: Sequence[Gap]) -> list[list[Unit]]:
    """Return the words between gutters, by column; there may be none."""
    cells: list[list[Unit]] = [[] for _ in range(len(gutters) + 1)]
    for unit in row.units:
        middle = (unit[0].left + unit[-1].right) / 2
        cells[sum(middle > (start + end) / 2 for start, end in gutters)].append(unit)
    return [in_lines(row, cell) for cell in cells]


def in_lines(row: Row, units: Iterable[Unit]) -> list[Unit]:
    """Return a cell's words line by line."""
    parts = row.parts if isinstance(row, Level) else ()
    if len(parts) < 2:
        return list(units)
    return sorted(units, key=lambda unit: (next(n for n, part in enumerate(parts) if unit in part.units), unit[0].left))
