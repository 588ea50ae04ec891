"""The list of articles: paged, filtered, and what it can be filtered by."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from api.schemas import ArticleList, ArticleQuery, ArticleSummary, PublisherCount, PublisherList
from index.records import Article
from qa.examples import example_questions

_Row = tuple[Article, int]


class Articles(Protocol):
    """Where articles are listed and looked up; `index.catalogue.Catalogue` is one."""

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""

    def articles(self) -> list[tuple[Article, int]]:
        """Return every article with an empty text, and the length of the text it has, sorted by file."""

    def generation(self) -> int:
        """Return a number that grows whenever an article is added, changed or removed."""


class Listing:
    """Reads the list once and keeps it for as long as no article changes: to count every text's length takes long."""

    def __init__(self, catalogue: Articles) -> None:
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._generation: int | None = None
        self._rows: Sequence[_Row] = ()
        self._examples: list[str] | None = None

    def page(self, query: ArticleQuery) -> ArticleList:
        """Return the articles that `query` asks for, sorted by file."""
        found = list(_matching(self.rows(), query))
        shown = found[query.offset : query.offset + query.limit]
        return ArticleList(
            articles=[ArticleSummary.of(*row) for row in shown],
            total=len(found),
            offset=query.offset,
            limit=query.limit,
        )

    def publishers(self) -> PublisherList:
        """Return the publishers with how many articles each has, the most first, and the first and last day."""
        rows = self.rows()
        counts = Counter(article.publisher for article, _ in rows)
        days = [article.published for article, _ in rows if article.published]
        ordered = sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))
        return PublisherList(
            publishers=[PublisherCount(name=name, articles=count) for name, count in ordered],
            published_from=min(days, default=None),
            published_to=max(days, default=None),
        )

    def examples(self) -> list[str]:
        """Return questions that the articles can answer, for somebody who does not know what to ask."""
        rows = self.rows()
        with self._lock:
            if self._examples is None:
                self._examples = example_questions(rows, self._catalogue.article)
            return self._examples

    def rows(self) -> Sequence[_Row]:
        """Return every article with an empty text, and its text's length."""
        with self._lock:
            generation = self._catalogue.generation()
            if generation != self._generation:
                self._rows, self._generation, self._examples = self._catalogue.articles(), generation, None
            return self._rows


def _matching(rows: Sequence[_Row], query: ArticleQuery) -> Iterator[_Row]:
    words = query.query.casefold().split()
    publishers = set(query.publisher)
    for row in rows:
        article, _ = row
        if publishers and article.publisher not in publishers:
            continue
        if (query.published_from or query.published_to) and not article.published:
            continue
        if query.published_from and article.published and article.published < query.published_from:
            continue
        if query.published_to and article.published and article.published > query.published_to:
            continue
        said = "\n".join(filter(None, (article.title, article.publisher, article.file))).casefold()
        if all(word in said for word in words):
            yield row
