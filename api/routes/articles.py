"""The articles: list them, read one, add and remove uploads, and make the index equal to their folders."""

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request, Response, UploadFile

from api.errors import UnknownArticle, UploadTooLarge, refusals
from api.routes.parts import parts_of, service_of
from api.schemas import (
    ArticleList,
    ArticleOut,
    ArticleQuery,
    ArticleSummary,
    PublisherList,
    RemovedOut,
    UploadOut,
)
from api.service import Parts, Service
from index.looks import looks
from index.records import SyncReport

router = APIRouter(prefix="/api", tags=["articles"], responses=refusals(401, 429, 503))


@router.get("/articles", responses=refusals(422))
def list_articles(
    query: Annotated[ArticleQuery, Query()], service: Annotated[Service, Depends(service_of)]
) -> ArticleList:
    """List articles, sorted by file."""
    return service.listing.page(query)


@router.get("/publishers")
def list_publishers(service: Annotated[Service, Depends(service_of)]) -> PublisherList:
    """List what articles can be filtered by: their publishers, and the first and last day."""
    return service.listing.publishers()


@router.get("/articles/{article_id}", responses=refusals(404))
def get_article(article_id: str, parts: Annotated[Parts, Depends(parts_of)]) -> ArticleOut:
    """Return an article with the text that citations point into."""
    article = parts.catalogue.article(article_id)
    if article is None:
        raise UnknownArticle(article_id)
    summary = ArticleSummary.of(article, len(article.text))
    return ArticleOut(**summary.model_dump(), text=article.text, sha256=article.sha256, looks=list(looks(article)))


@router.post(
    "/articles",
    status_code=201,
    responses={
        200: {"model": UploadOut, "description": "The very same file was there already."},
        **refusals(400, 403, 409, 411, 413, 415, 422, 507),
    },
)
async def add_article(
    file: UploadFile, request: Request, response: Response, service: Annotated[Service, Depends(service_of)]
) -> UploadOut:
    """Add a file of any kind that is read: text, Markdown, a web page, PDF, Word, or JSON with many articles.

    It is kept beside the folder of articles, which is never touched, and answers questions when this returns.
    """
    name, limit = file.filename or "", request.app.state.policy.max_upload_bytes
    if (file.size or 0) > limit:
        raise UploadTooLarge(name, file.size or 0, limit)
    async with service.upload_turn:
        added = await to_thread.run_sync(lambda: service.add_upload(name, file.file.read()))
    if not added.upload.new:
        response.status_code = 200
    articles = [ArticleSummary.of(*row) for row in added.articles]
    return UploadOut(file=added.upload.file, articles=articles, left_out=added.left_out)


@router.delete("/articles/{article_id}", responses=refusals(403, 404, 409, 507))
async def remove_article(article_id: str, service: Annotated[Service, Depends(service_of)]) -> RemovedOut:
    """Remove an upload, with all articles that its file holds. Those of the folder of articles are never touched."""
    async with service.upload_turn:
        return RemovedOut(removed=await to_thread.run_sync(service.remove_upload, article_id))


@router.post("/sync", responses=refusals(403, 409))
def sync(service: Annotated[Service, Depends(service_of)]) -> SyncReport:
    """Make the index equal to the folders of articles and say what changed."""
    return service.sync()
