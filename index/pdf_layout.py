"""The words of a printed page become lines in the order in which they are read: column by column.

A gutter is a strip that many rows leave free. What stands on both sides of it is columns when each side reads as prose,
or when the rows of the two sides don't stand at the same heights; otherwise it is a table, which is read row by row.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from index.pdf_words import Word
from index.superscripts import raised

_BIN = 2.0  # points; how finely gutters are looked for
_MAX_BINS = 4_000
_MAX_GUTTERS = 64  # that are tried
_MIN_ROWS = 4  # that a gutter must part
_MAX_DEPTH = 8  # columns beside columns
_DROP = 1.7  # times the size of the text: a letter that begins a paragraph over several lines

Flags = npt.NDArray[np.bool_]
Unit = tuple[Word, ...]  # words with no blank between them, as a number and the raised sign of its note


@dataclass(frozen=True)
class Row:
    """Units that stand on one line, from left to right; `block` numbers the column that they are in."""

    units: tuple[Unit, ...]
    block: int = 0

    @cached_property
    def left(self) -> float:
        return self.units[0][0].left

    @cached_property
    def right(self) -> float:
        return max(unit[-1].right for unit in self.units)

    @cached_property
    def bottom(self) -> float:
        return median(unit[0].bottom for unit in self.units)

    @cached_property
    def middle(self) -> float:
        return _middle(self.units[0])

    @cached_property
    def size(self) -> float:
        return median(unit[0].size for unit in self.units)

    @cached_property
    def is_bold(self) -> bool:
        return all(word.bold for unit in self.units for word in unit)

    @cached_property
    def text(self) -> str:
        return " ".join(map(unit_text, self.units))


def unit_text(unit: Unit) -> str:
    """Return the words of a unit as they are read: a note's sign goes, a power stays one."""
    if len(unit) == 1:
        return unit[0].text
    text = ""
    for number, word in enumerate(unit):
        if word.raised:
            behind = "".join(part.text for part in unit[number + 1 :])
            is_label = not text and len(behind) > 2  # of the note that begins here
            text += f"{word.text} " if is_label else raised(text, word.text, behind, is_note=False)
        else:
            text += word.text
    return text or "".join(word.text for word in unit)


def page_rows(words: Sequence[Word]) -> list[Row]:
    """Return the rows of a page from top to bottom, each over all columns."""
    units = _units(words)
    if not units:
        return []
    usual = median(unit[0].size for unit in units for _ in unit[0].text)
    drops = [unit for unit in units if _is_drop(unit, usual)]
    large = [unit for unit in units if unit[0].size > _DROP * usual]
    drops = [drop for drop in drops if not any(other != drop and _is_level(drop, other) for other in large)]
    rows = _rows(unit for unit in units if unit not in drops) if len(drops) < len(units) else _rows(units)
    known = {unit_text(unit).lower().strip(".,;:") for unit in units}
    for drop in drops if len(drops) < len(units) else ():
        rows = _with_drop(rows, drop, known)
    return rows


def in_reading_order(rows: list[Row]) -> list[Row]:
    """Return the rows of a page column by column."""
    return [replace(row, block=number) for number, block in enumerate(_blocks(rows, 0)) for row in block]


def _units(words: Iterable[Word]) -> list[Unit]:
    units: list[list[Word]] = []
    for word in words:
        if word.glued and units:
            units[-1].append(word)
        else:
            units.append([word])
    return [tuple(unit) for unit in units]


def _middle(unit: Unit) -> float:
    word = next((word for word in unit if not word.raised), unit[0])
    return (word.bottom + word.top) / 2


def _rows(units: Iterable[Unit]) -> list[Row]:
    rows: list[list[Unit]] = []
    for unit in sorted(units, key=lambda unit: (-_middle(unit), unit[0].left)):
        height = unit[0].top - unit[0].bottom
        if rows and abs(_middle(rows[-1][0]) - _middle(unit)) < 0.4 * min(height, _height(rows[-1][0])):
            rows[-1].append(unit)
        else:
            rows.append([unit])
    return [Row(tuple(sorted(row, key=lambda unit: unit[0].left))) for row in rows]


def _height(unit: Unit) -> float:
    return unit[0].top - unit[0].bottom


def _is_drop(unit: Unit, usual: float) -> bool:
    text = unit_text(unit)
    return len(text) <= 2 and text[-1].isalpha() and text[-1].isupper() and unit[0].size > _DROP * usual


def _is_level(one: Unit, other: Unit) -> bool:
    return abs(_middle(one) - _middle(other)) < 0.4 * _height(one)


def _with_drop(rows: list[Row], drop: Unit, known: set[str]) -> list[Row]:
    """Put a large first letter before the first word of the line at its head; a letter alone is a row of its own."""
    letter = drop[0]
    beside = [
        number
        for number, row in enumerate(rows)
        if letter.bottom < row.middle < letter.top
        and any(0 <= unit[0].left - letter.right + 1 < letter.size * 0.8 for unit in row.units)
    ]
    if len(beside) < 2:
        return sorted([*rows, Row((drop,))], key=lambda row: -row.middle)
    row = rows[beside[0]]
    # The letter stands in the middle of a row where there is a column to the left of it.
    at = next(place for place, unit in enumerate(row.units) if unit[0].left >= letter.right - 1)
    first = row.units[at]
    begun, behind = unit_text(drop), unit_text(first)
    is_word = begun in ("A", "I", "O") and behind.lower() in known and (begun + behind).lower() not in known
    glued = (letter._replace(left=first[0].left, top=first[0].top, bottom=first[0].bottom, size=first[0].size),)
    units = [(glued + first)] if not is_word else [glued, first]
    rows[beside[0]] = Row((*row.units[:at], *units, *row.units[at + 1 :]))
    return rows


def _blocks(rows: list[Row], depth: int) -> Iterator[list[Row]]:
    """Yield runs of rows that are read from top to bottom."""
    found = _columns(rows) if depth < _MAX_DEPTH and len(rows) >= _MIN_ROWS else None
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
    for place in np.argsort(-counts, kind="stable").tolist():
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
    for side in sides:
        gaps = [rows[one].middle - rows[other].middle for one, other in pairwise(side) if begin <= one and other < end]
        pitch = (
            max(1.4 * rows[begin].size, *(1.4 * median(gaps), 1.05 * min(max(gaps), 3 * median(gaps)))) if gaps else 0.0
        )
        inner = [place for place in side if begin <= place < end]
        head, foot = inner[0] if inner else side[0], inner[-1] if inner else side[-1]
        for below, above in pairwise([place for place in reversed(side) if place <= head]):
            if not _follows(rows[above], rows[below], pitch):
                break
            begin = min(begin, above)
        for above, below in pairwise([place for place in side if place >= foot]):
            if not _follows(rows[above], rows[below], pitch):
                break
            end = max(end, below + 1)
    return begin, end


def _follows(above: Row, below: Row, pitch: float) -> bool:
    return above.middle - below.middle <= pitch and abs(above.size - below.size) <= 0.12 * above.size


def _are_columns(rows: list[Row], place: float, width: float) -> bool:
    left, right = _sides(rows, place)
    both = len(left) + len(right) - len(rows)
    size = median(row.size for row in rows)
    blanks = [
        other[0].left - one[-1].right
        for row in (*left, *right)
        for one, other in zip(row.units, row.units[1:], strict=False)
    ]
    usual = median(blanks) if blanks else 0.25 * size
    if width < (0.7 if both >= 10 else 1.0) * size or width < 1.8 * usual or min(len(left), len(right)) < _MIN_ROWS:
        return False
    if _is_prose(left) and _is_prose(right):
        return True
    return both < 0.4 * min(len(left), len(right)) and _are_lines(left) and _are_lines(right)


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
