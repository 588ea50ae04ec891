"""What the readers of RTF and OpenDocument share: paragraphs and tables become a text with its marks."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from index.cell_marks import Cell
from index.extraction import tidy, unbroken
from index.records import Mark
from index.superscripts import raised
from index.tables import rows_as_lines

_READ_AHEAD = 40  # characters behind a raised sign that tell what it is


class Run(NamedTuple):
    """A run of letters; `is_note` where it is the sign of a note."""

    text: str
    is_raised: bool = False
    is_note: bool = False


class Table(NamedTuple):
    """A table's rows of cells, each with its text; `heads` rows at the top are said to head the columns."""

    rows: Sequence[Sequence[str]]
    heads: int = 0


def joined(runs: Iterable[Run]) -> str:
    """Return what the runs of a paragraph say: a note's sign goes, a power stays readable."""
    whole = [
        Run("".join(run.text for run in same), *look) for look, same in groupby(runs, lambda run: (run[1], run[2]))
    ]
    text = ""
    for number, run in enumerate(whole):
        if run.is_raised or run.is_note:
            behind = "".join(one.text for one in whole[number + 1 : number + 4])[:_READ_AHEAD]
            text += raised(text[-_READ_AHEAD:], run.text, behind, is_note=run.is_note)
        else:
            text += run.text
    return unbroken(text)


def blocks_as_text(blocks: Iterable[str | Table]) -> tuple[str, tuple[Mark, ...]]:
    """Return paragraphs and tables as a text of one paragraph or row a line, and the marks of the cells."""
    lines: list[str] = []
    marks: list[Mark] = []
    start = 0
    for block in blocks:
        shown = [] if isinstance(block, str) else list(map(_shown, block.rows))
        if isinstance(block, str):
            new = list(filter(None, tidy([block]).split("\n")))
        elif all(len(row) < 2 for row in shown):  # a frame or a layout
            new = list(filter(None, tidy(cell for row in shown for cell in row).split("\n")))
        else:
            new, found = rows_as_lines(block.rows, start, block.heads)
            marks += found
        lines += new
        start += sum(len(line) + 1 for line in new)
    return "\n".join(lines), tuple(marks)


def _shown(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if cell.strip() and not (isinstance(cell, Cell) and cell.is_repeated)]
