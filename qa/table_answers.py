"""Answers that stand in a table: the cell that a question names, rows that hold a value, the first of an order.

What a table does not tell for sure is left to the reader, which is held to it: where a question names a row, another
row of that table is no answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from index.records import Article, Passage, Span
from index.words import stems
from qa.answer_types import asks_whether
from qa.article_sentences import as_passage
from qa.confidence import confidence
from qa.heading_words import measure_asked_for
from qa.question_kinds import asks_for_latest
from qa.reader import Reader
from qa.records import Draft, DraftStatement, Support
from qa.same_answer import answer_key
from qa.table_orders import is_sum, order_asked_for, ordered
from qa.table_questions import (
    Asked,
    half_named_rows,
    heading_stems,
    named_columns,
    named_rows,
    narrowed,
    texts_of,
    unexplained,
)
from qa.tables import Cell, Row, Table, tables_of

# How sure an answer is: of a row and a column that the question names in full, and of one of them told by other words.
NAMED, MEANT = 0.85, 0.55
_OPEN = 0.5  # of rows that are shown since the question leaves open which cell it means
# Where a table leaves words of a question unexplained: the reader's confidence in the cell, and the share that it must
# be of the same without them. "Currently" takes nothing off, "dismissed" more than half.
_LEAST_JUDGED, _LEAST_SHARE = 0.4, 0.85
NOT_COUNTED = "No number is stated; these rows say so:"
NOT_RECKONED = "This is not reckoned out; the numbers are:"
_ASKS_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_MOST_LISTED, _MOST_OPEN = 20, 3
_ADDS_UP = re.compile(
    r"\b(?:together|combined|altogether|in total|sum of|differ\w*|(?:more|fewer|less|higher|lower)\b.*\bthan)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:above|below|before|after|than|next|ahead|behind|besides?|except|other|another|not|n't|no|without|over|under"
    r"|between|at least|at most|up to)\b",
    re.IGNORECASE,
)


class ArticleSource(Protocol):
    """Where articles are looked up; the catalogue is one."""

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a table that answer, and the cell that does alone; `unsure` are words of the question it lacks."""

    table: Table
    rows: tuple[Row, ...]
    cell: Cell | None
    sure: float
    note: str | None = None
    unsure: tuple[str, ...] = ()

    @property
    def key(self) -> object:
        """What it says, to be compared with what another table does."""
        texts = [self.cell.text] if self.cell else [self.table.passage.chunk.words(*row.span) for row in self.rows]
        return frozenset(answer_key(text) for text in texts)


@dataclass(frozen=True, slots=True)
class Told:
    """What the tables of the passages tell: an answer, or places at which the reader's would be wrong.

    `ruled_out` maps an article to its places.
    """

    draft: Draft | None = None
    ruled_out: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    def rules_out(self, article_id: str, place: Span) -> bool:
        """Tell whether words at this place of an article cannot answer."""
        return any(one.start <= place.start < one.end for one in self.ruled_out.get(article_id, ()))


class Tables:
    """Looks questions up in the tables of the articles whose passages were found."""

    def __init__(self, articles: ArticleSource, reader: Reader, articles_read: int = 6) -> None:
        """At most `articles_read` articles with tables are looked at, those of the best passages."""
        self._articles_read = articles_read
        self._articles = articles
        self._reader = reader

    def told(self, question: str, passages: Sequence[Passage]) -> Told:
        """Return what the tables of these passages' articles tell of a question that asks for one thing."""
        if asks_whether(question):
            return Told()
        asked = Asked(question)
        tables = [table for passage in self._with_tables(passages) for table in tables_of(passage)]
        found = [one for table in tables if (one := found_in(table, asked))]
        kept = [one for one in found if not one.unsure or self._judged(asked, one)]
        least = min((len(one.unsure) for one in kept), default=0)
        kept = [one for one in kept if len(one.unsure) == least]
        kept = [one for one in kept if one.sure == max(other.sure for other in kept)]
        if kept and len({one.key for one in kept}) == 1 and not asks_for_latest(question):
            return Told(_draft(kept))
        return Told(None, _ruled_out(tables, asked))

    def _with_tables(self, passages: Sequence[Passage]) -> list[Passage]:
        """Return the articles, whole, of the best passages that hold a row."""
        ids = dict.fromkeys(
            one.chunk.article_id for one in passages if any(mark.kind == "cell" for mark in one.chunk.marks)
        )
        found = [self._articles.article(one) for one in list(ids)[: self._articles_read]]
        return [as_passage(one) for one in found if one]

    def _judged(self, asked: Asked, found: Found) -> bool:
        """Tell whether the reader takes a cell, shown with its headings, for an answer, and no word makes it doubt."""
        if found.cell is None or len(found.rows) != 1:
            return False
        table, (row,) = found.table, found.rows
        column = next(one for one, cell in row.cells.items() if cell == found.cell)
        text = f"{table.columns[table.names]} {table.name(row)}: {table.columns[column]} {found.cell.text}".strip()
        left_out = re.compile(rf"\b(?:{'|'.join(map(re.escape, found.unsure))})\b\s*", re.IGNORECASE)
        sure, without = (self._confidence(one, text) for one in (asked.text, left_out.sub("", asked.text)))
        return sure >= max(_LEAST_JUDGED, _LEAST_SHARE * without)

    def _confidence(self, question: str, text: str) -> float:
        (reading,) = self._reader.read(question, [text])
        return max((confidence(reading.answerable, one, 1.0) for one in reading.spans), default=0.0)


def found_in(table: Table, asked: Asked) -> Found | None:
    """Return what a table says to a question; None where it doesn't tell, or not for sure."""
    if order := order_asked_for(asked.text):
        first = ordered(table, asked, order)
        if first is None:
            return None
        cell = first.rows[0].cells[first.column if first.of_value else table.names]
        return Found(table, first.rows, cell if len(first.rows) == 1 else None, NAMED if first.literal else MEANT)
    if _ADDS_UP.search(asked.text):
        return _added_up(table, asked)
    if asked.noun and asked.noun in heading_stems(table.columns[table.names]):
        return _listed(table, asked)
    return _cell(table, asked)


def _added_up(table: Table, asked: Asked) -> Found | None:
    """Return the rows whose cells a question wants summed or compared: they are shown, and nothing is claimed."""
    rows, (columns, _) = named_rows(table, asked), named_columns(table, asked)
    if len(rows) != 2 or len(columns) != 1 or not all(columns[0] in row.cells for row in rows):
        return None
    plain = Asked(_ADDS_UP.sub(" ", asked.text))
    names = [table.name(row) for row in rows]
    if any(unexplained(table, plain, [*names, table.columns[columns[0]]])):
        return None
    return Found(table, tuple(rows), None, _OPEN, NOT_RECKONED)


def _open(table: Table, rows: Sequence[Row]) -> Found:
    return Found(table, tuple(rows), None, _OPEN)


def _listed(table: Table, asked: Asked) -> Found | None:
    """Return all rows whose cell in some column says what the question does."""
    rows = [row for row in table.rows if not is_sum(table, row)]
    kept, by = narrowed(table, rows, asked)
    headings = [table.columns[one] for one in by]
    others, literal = named_columns(table, asked)
    # "Which rivers flow into the Aske?" is no question for the column of where they rise.
    if not by or not kept or len(kept) > _MOST_LISTED or _COMPARES.search(asked.text):
        return None
    if literal and set(others) - set(by):
        return None
    said = {one: heading_stems(kept[0].cells[one].text) for one in by}
    if any(said[one] < heading_stems(row.cells[one].text) for row in rows for one in by if one in row.cells):
        return None  # "against, by two votes" may say the same
    values = [kept[0].cells[one].text for one in by]
    if any(unexplained(table, asked, [*values, *headings])):
        return None
    if _ASKS_HOW_MANY.search(asked.text):
        return Found(table, tuple(kept), None, MEANT, NOT_COUNTED)
    return Found(table, tuple(kept), kept[0].cells[table.names] if len(kept) == 1 else None, NAMED)


def _cell(table: Table, asked: Asked) -> Found | None:
    """Return the cell of the row and the column that a question names, or the rows between which it leaves it open."""
    rows = named_rows(table, asked)
    columns, literal = named_columns(table, asked)
    halved = not rows
    if halved:
        rows = half_named_rows(table, asked)
    rows, by = narrowed(table, rows, asked, columns, [table.name(row) for row in rows])
    if not rows or len({table.name(row) for row in rows}) > (_MOST_OPEN if halved else 1):
        return None
    if halved and len(rows) < 2:
        return None
    names = {table.name(row) for row in rows}
    texts = [*names, *(rows[0].cells[one].text for one in by), *(table.columns[one] for one in columns)]
    unknown, others = unexplained(table, asked, texts)
    if unknown:
        return None
    if len(rows) > 1 or len(columns) != 1:
        is_open = columns or (not halved and len(_fitting(table, asked)) > 1)
        return _open(table, rows) if is_open and not others and len(rows) <= _MOST_OPEN else None
    cell = rows[0].cells.get(columns[0])
    if cell is None:
        return None
    return Found(table, (rows[0],), cell, NAMED if literal and not others else MEANT, None, tuple(sorted(others)))


def _fitting(table: Table, asked: Asked) -> list[int]:
    return [one for one in range(len(table.columns)) if one != table.names and asked.fits(texts_of(table, one))]


def _ruled_out(tables: Sequence[Table], asked: Asked) -> dict[str, tuple[Span, ...]]:
    """Return the places where the reader may not take words for an answer."""
    found: dict[str, list[Span]] = {}
    for table in tables:
        found.setdefault(table.passage.chunk.article_id, []).extend(_wrong(table, asked))
    return {article_id: tuple(spans) for article_id, spans in found.items()}


def _wrong(table: Table, asked: Asked) -> list[Span]:
    """Return where the reader's answer would be wrong: in rows of other names, and in columns of other measures."""
    every = [row.span for row in table.rows]
    if order := order_asked_for(asked.text):  # no row tells that it is the first, unless it says so
        return [one for one in every if order.word not in table.passage.chunk.words(*one).lower()]
    if _COMPARES.search(asked.text):
        return []
    named = named_rows(table, asked)
    columns, literal = named_columns(table, asked)
    is_sure = literal and len(columns) == 1
    if not named and is_sure and _is_of_no_row(table, asked, columns[0]):
        return every
    if len({table.name(row) for row in named}) != 1:
        return _of_other_measures(table, asked)
    is_empty = is_sure and not any(columns[0] in row.cells for row in named)
    return [row.span for row in table.rows if row not in named or is_empty] + _of_other_measures(table, asked)


def _is_of_no_row(table: Table, asked: Asked, column: int) -> bool:
    """Tell whether a question names a column, and in the place of a row something of which the article has no word."""
    text = set(stems(table.passage.chunk.text))
    unknown = set[str]().union(*unexplained(table, asked, [table.columns[column]]))
    return any(text.isdisjoint(stems(word)) for word in unknown) and not half_named_rows(table, asked)


def _of_other_measures(table: Table, asked: Asked) -> list[Span]:
    """Return the cells that measure something else than is asked for: a length is no depth."""
    wanted = measure_asked_for(asked.stems)
    measured = {one: measure_asked_for(heading_stems(text)) for one, text in enumerate(table.columns)}
    others = [one for one, measure in measured.items() if wanted and measure and measure != wanted]
    return [row.cells[one].span for row in table.rows for one in others if one in row.cells]


def _draft(found: Sequence[Found]) -> Draft:
    """Return the rows as statements, each wording once, with the tables that have it."""
    supports: dict[str, dict[Support, None]] = {}
    for one in found:
        for row in one.rows:
            wording = " ".join(one.table.passage.chunk.words(*row.span).split())
            supports.setdefault(wording, {})[Support(one.table.passage, row.span)] = None
    statements = tuple(DraftStatement(wording, tuple(own)) for wording, own in supports.items())
    return Draft(statements, found[0].sure, found[0].cell.text if found[0].cell else None, found[0].note)
