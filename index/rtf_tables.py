"""Where the cells of an RTF table stand: each row says how far from the left its cells end, and which are merged."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import takewhile

from index.blocks import Table
from index.cell_marks import Cell

_NEAR = 30  # twentieths of a point; edges this near to each other are one
_MERGED = frozenset("clmrg clvmgf clvmrg".split())


@dataclass(slots=True)
class RowShape:
    """What is said of a row: where its cells end, in twentieths of a point, how they are merged, whether it heads."""

    ends: list[int] = field(default_factory=list)
    merged: list[frozenset[str]] = field(default_factory=list)
    is_heading: bool = False
    _said: set[str] = field(default_factory=set)  # of the cell whose end is not known yet

    def take(self, word: str, number: int | None) -> bool:
        """Take a word of RTF that tells of a row; return whether it was one."""
        if word == "trowd":
            self.ends, self.merged, self.is_heading, self._said = [], [], False, set()
        elif word == "trhdr":
            self.is_heading = True
        elif word in _MERGED:
            self._said.add(word)
        elif word == "cellx":
            self.ends.append(number or 0)
            self.merged.append(frozenset(self._said))
            self._said = set()
        else:
            return False
        return True

    def copy(self) -> "RowShape":
        """Return what is said of this row; the next may say otherwise."""
        return replace(self, ends=[*self.ends], merged=[*self.merged])


def table_of(rows: Iterable[tuple[list[str], RowShape]]) -> Table:
    """Return the table of rows with their shapes; a row whose shape is not told for each cell has one column a cell."""
    known = list(rows)
    edges: list[int] = []
    for end in sorted({end for _, shape in known for end in shape.ends}):
        if not edges or end - edges[-1] > _NEAR:
            edges.append(end)
    carried: dict[int, str] = {}  # by column, what a cell merged over several rows says
    placed = [_placed(texts, shape, edges, carried) for texts, shape in known]
    return Table(placed, sum(1 for _ in takewhile(lambda row: row[1].is_heading, known)))


def _placed(texts: list[str], shape: RowShape, edges: list[int], carried: dict[int, str]) -> list[Cell]:
    if len(texts) != len(shape.ends):
        return [Cell(text, column) for column, text in enumerate(texts)]
    cells: list[Cell] = []
    column = 0
    for own, end, merged in zip(texts, shape.ends, shape.merged, strict=True):
        stop = max(column + 1, sum(edge <= end for edge in edges))
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
