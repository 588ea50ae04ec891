"""Rows of the catalogue become records."""

import json
from collections.abc import Iterable
from datetime import date

from index.database import Row
from index.records import Article, Chunk, Mark, Passage, Span


def article_of(row: Row) -> Article:
    """Return the article in a row of its columns, in the order of the record."""
    article_id, file, title, publisher, published, text, sha256, extractor, marks, author = row
    day = day_of(published)
    return Article(article_id, file, title, publisher, day, text, sha256, extractor, marks_of(marks), author)


def row_of(article: Article) -> tuple[str | None, ...]:
    """Return the columns of an article, in the order in which `article_of` takes them."""
    a = article
    published = a.published.isoformat() if a.published else None
    marks = stored_marks(a.marks)
    return a.id, a.file, a.title, a.publisher, published, a.text, a.sha256, a.extractor, marks, a.author


def passage_of(row: Row) -> Passage:
    """Return the passage in a row of a chunk's columns and its article's, with no score and no ranks."""
    chunk_id, article_id, ordinal, start, end, text, sentences, marks, file, title, publisher, published, author = row
    spans = tuple(Span(*span) for span in json.loads(sentences))
    chunk = Chunk(chunk_id, article_id, ordinal, start, end, text, spans, marks_of(marks))
    return Passage(chunk, file, title, publisher, day_of(published), 0.0, None, None, author)


def stored_marks(marks: Iterable[Mark]) -> str:
    """Return marks as they are stored; `marks_of` reads them."""
    return json.dumps(list(marks), separators=(",", ":"))


def marks_of(stored: str) -> tuple[Mark, ...]:
    """Return the marks that `stored_marks` wrote."""
    return tuple(Mark(*mark) for mark in json.loads(stored))


def day_of(text: str | None) -> date | None:
    """Return a day as it is stored."""
    return date.fromisoformat(text) if text else None
