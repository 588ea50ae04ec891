"""The articles, and making the index equal to their folder."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.errors import REFUSALS, UnknownArticle
from api.routes.parts import parts_of, service_of
from api.schemas import ArticleList, ArticleOut, ArticleSummary
from api.service import Parts, Service
from index.records import SyncReport

router = APIRouter(prefix="/api", tags=["articles"], responses=REFUSALS)


@router.get("/articles")
def list_articles(parts: Annotated[Parts, Depends(parts_of)]) -> ArticleList:
    """List the articles, sorted by file."""
    return ArticleList(articles=[ArticleSummary.of(*row) for row in parts.catalogue.articles()])


@router.get("/articles/{article_id}")
def get_article(article_id: str, parts: Annotated[Parts, Depends(parts_of)]) -> ArticleOut:
    """Return an article with the text that citations point into."""
    article = parts.catalogue.article(article_id)
    if article is None:
        raise UnknownArticle(f'No article has the id "{article_id}". GET /api/articles lists them.')
    summary = ArticleSummary.of(article, len(article.text))
    return ArticleOut(**summary.model_dump(), text=article.text, sha256=article.sha256)


@router.post("/sync")
def sync(service: Annotated[Service, Depends(service_of)]) -> SyncReport:
    """Make the index equal to the folder of articles and say what changed."""
    return service.sync()
