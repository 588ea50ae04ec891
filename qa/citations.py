"""The words that a drafted statement rests on become a citation: exact, and checked against the article itself."""

from typing import Protocol

from index.records import Article
from qa.readable import readable
from qa.records import Citation, Support
from qa.relative_days import days_said


class ArticleSource(Protocol):
    """Where articles are looked up; the catalogue is one."""

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""


class CitationLedger:
    """Numbers the citations of one answer, from 1, in the order in which they are first used."""

    def __init__(self, articles: ArticleSource) -> None:
        self._source = articles
        self._articles: dict[str, Article | None] = {}
        self._citations: dict[tuple[str, int, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, in the order of their numbers."""
        return tuple(self._citations.values())

    def quote(self, support: Support) -> str | None:
        """Return the words themselves, or None when the article doesn't hold the passage at that place."""
        chunk, span = support.passage.chunk, support.span
        article = self._article(chunk.article_id)
        if article is None or not 0 <= chunk.start <= span.start < span.end <= chunk.end <= len(article.text):
            return None
        if article.text[chunk.start : chunk.end] != chunk.text:
            return None
        return article.text[span.start : span.end]

    def locate(self, support: Support) -> Citation | None:
        """Return the citation of these words, with its number, or None where `quote` is None."""
        article, span, quote = self._article(support.passage.chunk.article_id), support.span, self.quote(support)
        if article is None or quote is None:
            return None
        key = (article.id, span.start, span.end)
        if key not in self._citations:
            self._citations[key] = Citation(
                number=len(self._citations) + 1,
                article_id=article.id,
                file=article.file,
                title=article.title,
                publisher=article.publisher,
                published=article.published,
                start=span.start,
                end=span.end,
                quote=quote,
                page=_page(article, span.start),
                days=days_said(quote, article.published),
                shown=readable(article, support),
            )
        return self._citations[key]

    def _article(self, article_id: str) -> Article | None:
        if article_id not in self._articles:
            self._articles[article_id] = self._source.article(article_id)
        return self._articles[article_id]


def _page(article: Article, place: int) -> str | None:
    return next((mark.label for mark in article.marks if mark.kind == "page" and mark.start <= place < mark.end), None)
