"""Superlatives over a column of a table: "Which site has the most staff?", "the second longest river".

A column is put in order only where each of its numbers has one reading, all have one unit, and no cell is empty: what
is not known might be the most. Rows that sum the others up are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.words import stems
from qa.cell_values import values
from qa.table_questions import Asked, heading_stems, is_sum, named_columns, named_rows, narrowed, unexplained
from qa.tables import Row, Table

_HIGH = (
    "most highest largest biggest greatest longest tallest deepest widest heaviest oldest fastest hottest warmest "
    "wettest dearest newest"
)
_LOW = "fewest least lowest smallest shortest cheapest lightest coldest driest youngest slowest earliest"
_NTH = ("second", "third", "fourth", "fifth")
_SUPERLATIVE = re.compile(
    rf"\b(?:(?P<nth>{'|'.join(_NTH)})[\s-]+)?(?P<word>{'|'.join((_HIGH + ' ' + _LOW).split())})\b(?:\s+expensive\b)?",
    re.IGNORECASE,
)
_NO_ORDER = re.compile(
    r"\b(?:at|not|than)\s+(?:the\s+)?(?:most|least|latest|earliest)\b|\bmost of\b|\bor\b", re.IGNORECASE
)
_BEHIND = re.compile(r"\b(?:which|what|who)\s+(?:is|are|was|were)\s+the\b", re.IGNORECASE)
_VALUE = re.compile(r"^\W*(?:what|how much|how many)\s+(?:is|was)\s+the\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_ROWS = 2
_OF_AGE = frozenset({"oldest", "newest", "youngest"})
_BEGUN = frozenset(stems("opened built founded established completed inaugurated"))


@dataclass(frozen=True, slots=True)
class Order:
    """What a superlative asks for: the most or the least, the `nth` of them, from 1; `word` is how it says so."""

    word: str
    most: bool
    nth: int


def order_asked_for(question: str) -> Order | None:
    """Return what the one superlative of a question asks for; None where it has none, or several."""
    found = [] if _NO_ORDER.search(question) else list(_SUPERLATIVE.finditer(question))
    if len(found) != 1:
        return None
    word, nth = found[0]["word"].lower(), (found[0]["nth"] or "").lower()
    return Order(word, word in _HIGH.split(), _NTH.index(nth) + 2 if nth else 1)


@dataclass(frozen=True, slots=True)
class Ordered:
    """The rows that come first, and the column by which they do; `literal` where the question names it in full."""

    rows: tuple[Row, ...]
    column: int
    literal: bool
    of_value: bool


def ordered(table: Table, asked: Asked, order: Order) -> Ordered | None:
    """Return the rows that a superlative is true of; None where the table doesn't tell for sure."""
    plain = Asked(_SUPERLATIVE.sub(" ", asked.text))
    columns, literal = named_columns(table, asked)
    if not columns and order.word in _OF_AGE:
        columns, order = _beginnings(table), Order(order.word, order.word != "oldest", order.nth)
    if len(columns) != 1 or named_rows(table, plain):
        return None
    column = columns[0]
    rows = [row for row in table.rows if not is_sum(table, row)]
    rows, by = narrowed(table, rows, plain, but=[column])
    told = values_in(rows, column)
    of_value = _asks_for_the_value(table, asked)
    if told is None or len(told) < _LEAST_ROWS or not (of_value or asks_for_a_row(table, asked, _noun(asked, order))):
        return None
    texts = [*(rows[0].cells[one].text for one in by), table.columns[column]]
    if any(unexplained(table, plain, texts)):
        return None
    ranks = sorted(set(told), reverse=order.most)
    place = order.nth - 1
    # "The second" is not sure where two share the first place.
    if place >= len(ranks) or sum(told.count(one) for one in ranks[:place]) != place:
        return None
    first = tuple(row for row, value in zip(rows, told, strict=True) if value == ranks[place])
    return None if len(first) > len(rows) // 2 and len(first) > 1 else Ordered(first, column, literal, of_value)


def _beginnings(table: Table) -> list[int]:
    """Return the columns that tell since when something has been there."""
    return [one for one, text in enumerate(table.columns) if not heading_stems(text).isdisjoint(_BEGUN)]


def values_in(rows: Sequence[Row], column: int) -> list[float] | None:
    """Return the numbers of a column; None where a cell is empty or in doubt, or one is the sum of all others."""
    if not all(column in row.cells for row in rows):
        return None
    told = values(row.cells[column].text for row in rows)
    if told and len(told) > _LEAST_ROWS and abs(2 * max(told) - sum(told)) < 1e-9 * max(1.0, abs(sum(told))):
        return None
    return told


def _asks_for_the_value(table: Table, asked: Asked) -> bool:
    """Tell whether the number itself is wanted: "What was the highest turnout?"."""
    named = not heading_stems(table.columns[table.names]).isdisjoint(asked.stems)
    return _VALUE.search(asked.text) is not None and not named


def asks_for_a_row(table: Table, asked: Asked, noun: str) -> bool:
    """Tell whether what is wanted, by its stem `noun`, are the things that the rows are named for, and no other's."""
    heads = heading_stems(table.columns[table.names])
    others = {stem for one, text in enumerate(table.columns) if one != table.names for stem in heading_stems(text)}
    if noun in heads or asked.text.lower().startswith("who "):
        return True
    about = {*stems(table.above), *stems(table.passage.title or "")}
    return bool(noun) and noun not in others and noun in about


def _noun(asked: Asked, order: Order) -> str:
    """Return the stem of what is asked for: the word behind "which", or behind its superlative."""
    if not _BEHIND.search(asked.text):
        return asked.noun
    behind = _WORD.findall(asked.text.lower().split(order.word, 1)[-1])
    return stems(behind[0])[0] if behind else ""
