"""Rows of the catalogue become records."""

import json
from datetime import date

from index.database import Row
from index.records import Article, Chunk, Passage, Span


def article_of(row: Row) -> Article:
    """Return the article in a row of its columns, in the order of the record."""
    article_id, file, title, publisher, published, text, sha256, extractor = row
    return Article(article_id, file, title, publisher, day_of(published), text, sha256, extractor)


def passage_of(row: Row) -> Passage:
    """Return the passage in a row of a chunk's columns and its article's, with no score and no ranks."""
    chunk_id, article_id, ordinal, start, end, text, sentences, file, title, publisher, published = row
    spans = tuple(Span(*span) for span in json.loads(sentences))
    chunk = Chunk(chunk_id, article_id, ordinal, start, end, text, spans)
    return Passage(chunk, file, title, publisher, day_of(published), 0.0, None, None)


def day_of(text: str | None) -> date | None:
    """Return a day as it is stored."""
    return date.fromisoformat(text) if text else None
