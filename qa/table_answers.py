"""Answers that stand in a table of an article whose passages were found, also where another passage holds the row.

What no table tells for sure is left to the reader, which is held to the tables: see qa.table_vetoes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from index.records import Article, Passage, Span
from qa.answer_types import asks_whether
from qa.article_sentences import as_passage
from qa.citations import ArticleSource
from qa.confidence import confidence
from qa.question_kinds import asks_for_latest
from qa.reader import Reader
from qa.records import Draft, Support, as_statements
from qa.table_findings import MOST_OPEN, OPEN, Found, found_in
from qa.table_questions import Asked
from qa.table_vetoes import ruled_out
from qa.tables import Table, tables_of

# Where a table leaves words of a question unexplained: the reader's confidence in the cell, and the share that it must
# be of the same without them. "Currently" takes nothing off, "dismissed" more than half.
_LEAST_JUDGED, _LEAST_SHARE = 0.4, 0.85
_ARTICLES_READ, _ARTICLES_KEPT = 6, 64


@dataclass(frozen=True, slots=True)
class Told:
    """What the tables of the passages tell: an answer, or by article the places where the reader's would be wrong."""

    draft: Draft | None = None
    ruled_out: dict[str, list[Span]] = field(default_factory=dict)

    def rules_out(self, article_id: str, place: Span) -> bool:
        """Tell whether words at this place of an article cannot answer."""
        return any(one.start <= place.start < one.end for one in self.ruled_out.get(article_id, ()))


class Tables:
    """Looks questions up in the tables of the articles whose passages were found."""

    def __init__(self, articles: ArticleSource, reader: Reader, articles_read: int = _ARTICLES_READ) -> None:
        """At most `articles_read` articles with tables are looked at, those of the best passages."""
        self._articles = articles
        self._reader = reader
        self._articles_read = articles_read

    def told(self, question: str, passages: Sequence[Passage]) -> Told:
        """Return what the tables of these passages' articles tell of a question that asks for one thing."""
        if asks_whether(question):
            return Told()
        asked = Asked(question)
        tables = [table for article in self._with_tables(passages) for table in _tables_of(article)]
        found = [one for table in tables if (one := found_in(table, asked))]
        held = [one for one in found if not one.unsure or self._judged(asked, one)]
        draft = None if asks_for_latest(question) else _agreed(held)
        if draft:
            return Told(draft)
        places = ruled_out(tables, asked)
        for one in found:
            if one not in held and one.cell:
                places[one.table.passage.chunk.article_id].append(one.cell.span)
        return Told(None, places)

    def _with_tables(self, passages: Sequence[Passage]) -> list[Article]:
        """Return the articles of the best passages that hold a row."""
        ids = dict.fromkeys(
            one.chunk.article_id for one in passages if any(mark.kind == "cell" for mark in one.chunk.marks)
        )
        found = [self._articles.article(one) for one in list(ids)[: self._articles_read]]
        return [one for one in found if one]

    def _judged(self, asked: Asked, found: Found) -> bool:
        """Tell whether the reader takes a cell, shown with its headings, for an answer, and no word makes it doubt."""
        left_out = re.compile(rf"\b(?:{'|'.join(map(re.escape, found.unsure))})\b\s*", re.IGNORECASE)
        sure, without = (self._confidence(one, found.by) for one in (asked.text, left_out.sub("", asked.text)))
        return sure >= max(_LEAST_JUDGED, _LEAST_SHARE * without)

    def _confidence(self, question: str, text: str) -> float:
        (reading,) = self._reader.read(question, [text])
        return max((confidence(reading.answerable, one, 1.0) for one in reading.spans), default=0.0)


@lru_cache(maxsize=_ARTICLES_KEPT)
def _tables_of(article: Article) -> list[Table]:
    return tables_of(as_passage(article))


def _agreed(found: Sequence[Found]) -> Draft | None:
    """Return what the tables that say most surely say; where their cells differ, the rows, and none is picked."""
    least = min((len(one.unsure) for one in found), default=0)
    found = [one for one in found if len(one.unsure) == least]
    found = [one for one in found if one.sure == max(other.sure for other in found)]
    if not found:
        return None
    differ = len({one.key for one in found}) > 1
    if differ and (len(found) > MOST_OPEN or any(one.is_first or one.cell is None for one in found)):
        return None
    draft = _draft(found)
    return replace(draft, confidence=OPEN, short_answer=None) if differ else draft


def _draft(found: Sequence[Found]) -> Draft:
    """Return the rows as statements, each wording once, with the tables that have it."""
    statements = as_statements(Support(one.table.passage, row.span) for one in found for row in one.rows)
    return Draft(statements, found[0].sure, found[0].cell.text if found[0].cell else None, found[0].note)
