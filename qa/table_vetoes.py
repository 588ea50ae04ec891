"""Places in tables where words would be a wrong answer, whatever a reader takes them for.

Where a question names a row, another row is no answer; no row tells that it is the first; a length is no depth.
"""

from collections.abc import Iterable

from index.records import Span
from index.words import content_stems, stems
from qa.heading_words import measure_asked_for
from qa.table_findings import COMPARES, asks_for_a_name, sets_against
from qa.table_orders import order_asked_for
from qa.table_questions import Asked, half_named_rows, heading_stems, named_columns, named_rows, unexplained
from qa.tables import Row, Table


def ruled_out(tables: Iterable[Table], asked: Asked) -> dict[str, list[Span]]:
    """Return by article the places in these tables that cannot answer a question."""
    found: dict[str, list[Span]] = {}
    for table in tables:
        found.setdefault(table.passage.chunk.article_id, []).extend(_wrong(table, asked))
    return found


def _wrong(table: Table, asked: Asked) -> list[Span]:
    every = [row.span for row in table.rows]
    if order := order_asked_for(asked.text):  # no row tells that it is the first, unless it says so
        return [one for one in every if order.word not in table.passage.chunk.words(*one).lower()]
    if COMPARES.search(asked.text):
        return []
    named = named_rows(table, asked)
    columns, literal = named_columns(table, asked)
    if not named and literal and len(columns) == 1 and _is_of_no_row(table, asked, columns[0]):
        return every
    if not named and asks_for_a_name(table, asked):
        return [row.span for row in table.rows if not _shares_a_word(table, row, asked)]
    wrong = _of_other_measures(table, asked)
    if len({table.name(row) for row in named}) != 1:
        return wrong
    is_empty = literal and len(columns) == 1 and not any(columns[0] in row.cells for row in named)
    # One cell tells no difference of two.
    is_half = literal and len(columns) > 1 and sets_against(table, asked)
    return wrong + [row.span for row in table.rows if row not in named or is_empty or is_half]


def _is_of_no_row(table: Table, asked: Asked, column: int) -> bool:
    """Tell whether a question names a column, and in the place of a row something of which the article has no word."""
    text = set(stems(table.passage.chunk.text))
    unknown = set[str]().union(*unexplained(table, asked, [table.columns[column]]))
    return any(text.isdisjoint(stems(word)) for word in unknown) and not half_named_rows(table, asked)


def _shares_a_word(table: Table, row: Row, asked: Asked) -> bool:
    """Tell whether a row holds a word of the question, beside those that head the columns."""
    heads = {stem for heading in table.columns for stem in heading_stems(heading)}
    return not (set(content_stems(asked.text)) - heads).isdisjoint(stems(table.passage.chunk.words(*row.span)))


def _of_other_measures(table: Table, asked: Asked) -> list[Span]:
    """Return the cells that measure something else than is asked for."""
    wanted = measure_asked_for(asked.stems)
    measured = {one: measure_asked_for(heading_stems(text)) for one, text in enumerate(table.columns)}
    others = [one for one, measure in measured.items() if wanted and measure and measure != wanted]
    return [row.cells[one].span for row in table.rows for one in others if one in row.cells]
