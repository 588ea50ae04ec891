"""What one table says to a question: the cell that it names, rows that hold a value, the first of an order.

Nothing is guessed: where the table does not tell for sure, it says nothing, or shows the rows and picks none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.same_answer import answer_key
from qa.table_conditions import meeting
from qa.table_orders import order_asked_for, ordered
from qa.table_questions import (
    Asked,
    half_named_rows,
    heading_stems,
    holds_more,
    is_sum,
    named_columns,
    named_rows,
    narrowed,
    texts_of,
    unexplained,
)
from qa.tables import Cell, Row, Table

# How sure an answer is: of a row and a column that the question names in full, of one of them told by other words, and
# of rows that are shown since the question leaves open which cell it means.
NAMED, MEANT, OPEN = 0.85, 0.55, 0.5
NOT_COUNTED = "No number is stated; these rows say so:"
NOT_RECKONED = "This is not reckoned out; the numbers are:"
_MOST_LISTED, MOST_OPEN = 20, 3
_ASKS_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_CHOICE = re.compile(r"\bor\b", re.IGNORECASE)
_WHICH = re.compile(r"\bwhich\b", re.IGNORECASE)
_ADDS_UP = re.compile(r"\b(?:together|combined|altogether|in total|sum of)\b", re.IGNORECASE)
_SETS_AGAINST = re.compile(
    r"\b(?:differ\w*|(?:more|fewer|less|higher|lower)\b(?=.*\bthan\b)|than|grow|grew|grown|rise|rose|risen"
    r"|increased?|decreased?|changed?)\b",
    re.IGNORECASE,
)
COMPARES = re.compile(
    r"\b(?:above|below|before|after|than|next|ahead|behind|besides?|except|other|another|not|n't|no|without|over|under"
    r"|between|at least|at most|up to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a table that answer, and the cell that does alone; `unsure` are words of the question it lacks.

    `by` are the headings and values by which the cell was found, as a reader is shown them.
    """

    table: Table
    rows: tuple[Row, ...]
    cell: Cell | None
    sure: float
    note: str | None = None
    unsure: tuple[str, ...] = ()
    by: str = ""
    is_first: bool = False  # of an order

    @property
    def key(self) -> frozenset[frozenset[str]]:
        """What it says, to be compared with what another table does."""
        texts = [self.cell.text] if self.cell else [self.table.passage.chunk.words(*row.span) for row in self.rows]
        return frozenset(answer_key(text) for text in texts)


def found_in(table: Table, asked: Asked) -> Found | None:
    """Return what a table says to a question; None where it doesn't tell, or not for sure."""
    if found := _meeting(table, asked):
        return found
    if _CHOICE.search(asked.text):
        return None
    if order := order_asked_for(asked.text):
        first = ordered(table, asked, order)
        if first is None:
            return None
        cell = first.rows[0].cells[first.column if first.of_value else table.names] if len(first.rows) == 1 else None
        return Found(table, first.rows, cell, NAMED if first.literal else MEANT, is_first=True)
    if sets_against(table, asked) or _ADDS_UP.search(asked.text):
        if rows := _side_by_side(table, asked):
            return Found(table, tuple(rows), None, OPEN, NOT_RECKONED)
        if sets_against(table, asked):
            return None
    if asks_for_a_name(table, asked):
        return _listed(table, asked)
    return _cell(table, asked)


def _meeting(table: Table, asked: Asked) -> Found | None:
    """Return all rows that meet the condition of a question, none where there are more than can be told."""
    met = meeting(table, asked)
    if met is None or len(met.rows) > _MOST_LISTED:
        return None
    if _ASKS_HOW_MANY.search(asked.text):
        return Found(table, met.rows, None, MEANT, NOT_COUNTED)
    cell = met.rows[0].cells[table.names] if len(met.rows) == 1 else None
    return Found(table, met.rows, cell, NAMED if met.literal else MEANT)


def asks_for_a_name(table: Table, asked: Asked) -> bool:
    """Tell whether a question asks which row it is: "Which school ...?" of a table whose rows are schools."""
    return asked.noun in heading_stems(table.columns[table.names])


def sets_against(table: Table, asked: Asked) -> bool:
    """Tell whether a question sets two numbers against each other; where a river "rises", a heading may say."""
    headings = {stem for heading in table.columns for stem in heading_stems(heading)}
    return any(not Asked(one).stems <= headings for one in _SETS_AGAINST.findall(asked.text))


def _side_by_side(table: Table, asked: Asked) -> list[Row]:
    """Return the rows of the two cells that a question wants summed or compared: they are shown, nothing is claimed."""
    rows, (columns, _) = named_rows(table, asked), named_columns(table, asked)
    is_whole = all(column in row.cells for row in rows for column in columns)
    if sorted((len(rows), len(columns))) != [1, 2] or not is_whole:
        return []
    plain = Asked(_SETS_AGAINST.sub(" ", _ADDS_UP.sub(" ", asked.text)))
    texts = [*map(table.name, rows), *(table.columns[one] for one in columns)]
    return [] if any(unexplained(table, plain, texts)) else rows


def _open(table: Table, rows: Sequence[Row]) -> Found:
    return Found(table, tuple(rows), None, OPEN)


def _listed(table: Table, asked: Asked) -> Found | None:
    """Return all rows whose cell in some column says what the question does."""
    rows = [row for row in table.rows if not is_sum(table, row)]
    kept, by = narrowed(table, rows, asked)
    headings = [table.columns[one] for one in by]
    others, literal = named_columns(table, asked)
    # "Which rivers flow into the Aske?" is no question for the column of where they rise.
    if not by or not kept or len(kept) > _MOST_LISTED or COMPARES.search(asked.text):
        return None
    if literal and set(others) - set(by):
        return None
    if holds_more(rows, kept[0], by):
        return None
    values = [kept[0].cells[one].text for one in by]
    unknown, unsure = unexplained(table, asked, [*values, *headings])
    if unknown or (unsure and len(kept) > 1):
        return None
    if _ASKS_HOW_MANY.search(asked.text):
        return Found(table, tuple(kept), None, MEANT, NOT_COUNTED)
    if len(kept) > 1:
        return Found(table, tuple(kept), None, NAMED)
    told = "; ".join(f"{heading} {value}" for heading, value in zip(headings, values, strict=True))
    return _single(table, kept[0], table.names, told, unsure, NAMED)


def _single(table: Table, row: Row, column: int, told: str, unsure: set[str], sure: float) -> Found | None:
    """Return what is found where one cell answers; none where it is empty."""
    cell = row.cells.get(column)
    if cell is None:
        return None
    own = f"{table.columns[table.names]} {table.name(row)}".strip()
    return Found(table, (row,), cell, MEANT if unsure else sure, None, tuple(sorted(unsure)), f"{own}: {told}")


def _cell(table: Table, asked: Asked) -> Found | None:
    """Return the cell of the row and the column that a question names, or the rows between which it leaves it open."""
    rows = named_rows(table, asked)
    columns, literal = named_columns(table, asked)
    halved = not rows
    rows = rows or half_named_rows(table, asked)
    rows, by = narrowed(table, rows, asked, columns, [table.name(row) for row in rows])
    names = {table.name(row) for row in rows}
    if not rows or len(names) > (MOST_OPEN if halved else 1) or (halved and len(names) < 2):
        return None
    texts = [*names, *(rows[0].cells[one].text for one in by), *(table.columns[one] for one in columns)]
    unknown, unsure = unexplained(table, asked, texts)
    if unknown:
        return None
    if len(rows) == 1 and len(columns) == 1:
        column = columns[0]
        if _WHICH.search(asked.text) and asked.noun not in heading_stems(table.columns[column]) | asked.heads:
            return None  # "Which hospital has ... beds?" is not answered by their number
        told = f"{table.columns[column]} {rows[0].cells[column].text}" if column in rows[0].cells else ""
        return _single(table, rows[0], column, told, unsure, NAMED if literal else MEANT)
    is_open = columns or (not halved and _leaves_columns_open(table, asked))
    return _open(table, rows) if is_open and not unsure and len(rows) <= MOST_OPEN else None


def _leaves_columns_open(table: Table, asked: Asked) -> bool:
    """Tell whether a question names no column at all, and several hold what it may ask for."""
    data = [one for one in range(len(table.columns)) if one != table.names]
    fitting = [one for one in data if asked.fits(texts_of(table, one))]
    return len(fitting) > 1 and all(heading_stems(table.columns[one]).isdisjoint(asked.stems) for one in data)
