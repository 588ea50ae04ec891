"""Where the cells of an RTF table stand: each row says how far from the left its cells end, and which are merged."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from index.blocks import Table
from index.cell_marks import Cell

_NEAR = 30  # twentieths of a point; edges this near to each other are one
_MOST_CELLS = 1_000  # that a row is said to have; programs write up to 63
_MOST_COLUMNS = 200  # into which the rows of a table part it
_MERGED = frozenset("clmrg clvmgf clvmrg".split())


class RowShape(NamedTuple):
    """What is said of a row: where its cells end, in twentieths of a point, how they are merged, whether it heads."""

    ends: tuple[int, ...] = ()
    merged: tuple[frozenset[str], ...] = ()
    is_heading: bool = False


@dataclass(slots=True)
class RowShapes:
    """Takes the words of RTF that tell of rows; a row that nothing new is said of is shaped as the one before."""

    _ends: list[int] = field(default_factory=list)
    _merged: list[frozenset[str]] = field(default_factory=list)
    _is_heading: bool = False
    _said: set[str] = field(default_factory=set)  # of the cell whose end is not known yet
    _shape: RowShape | None = field(default_factory=RowShape)  # None where more was said since

    def take(self, word: str, number: int | None) -> bool:
        """Take a word of RTF that tells of a row; return whether it was one."""
        if word == "trowd":
            self._ends, self._merged, self._is_heading, self._said = [], [], False, set()
        elif word == "trhdr":
            if self._is_heading:
                return True
            self._is_heading = True
        elif word in _MERGED:
            self._said.add(word)
            return True
        elif word == "cellx":
            self._ends.append(number or 0)
            self._merged.append(frozenset(self._said))
            self._said = set()
        else:
            return False
        self._shape = None
        return True

    @property
    def shape(self) -> RowShape:
        """What is said of the row that ends here; a shape of more cells than any table has says nothing."""
        if self._shape is None:
            known = len(self._ends) <= _MOST_CELLS
            said = (tuple(self._ends), tuple(self._merged)) if known else ((), ())
            self._shape = RowShape(*said, self._is_heading)
        return self._shape


def table_of(rows: Iterable[tuple[list[str], RowShape]]) -> Table:
    """Return the table of rows with their shapes; a row whose shape is not told for each cell has one column a cell."""
    known = list(rows)
    edges: list[int] = []
    for end in sorted({end for shape in {shape for _, shape in known} for end in shape.ends}):
        if not edges or end - edges[-1] > _NEAR:
            edges.append(end)
    if len(edges) > _MOST_COLUMNS:
        edges = []
    carried: dict[int, str] = {}  # by column, what a cell merged over several rows says
    placed = [_placed(texts, shape, edges, carried) for texts, shape in known]
    return Table(placed, sum(1 for _ in takewhile(lambda row: row[1].is_heading, known)))


def _placed(texts: list[str], shape: RowShape, edges: list[int], carried: dict[int, str]) -> list[Cell]:
    if len(texts) != len(shape.ends) or not edges:
        return [Cell(text, column) for column, text in enumerate(texts)]
    cells: list[Cell] = []
    column = 0
    for own, end, merged in zip(texts, shape.ends, shape.merged, strict=True):
        stop = max(column + 1, bisect_right(edges, end))
        text = own
        if "clmrg" in merged and cells:
            before = cells.pop()
            text, column = f"{before} {own}".strip(), before.columns.start
        if "clvmrg" in merged and column in carried and not text:
            cells.append(Cell(carried[column], column, stop - column, is_repeated=True))
        else:
            cells.append(Cell(text, column, stop - column, is_merged="clvmgf" in merged))
            carried |= {column: text} if "clvmgf" in merged else {}
        column = stop
    return cells
