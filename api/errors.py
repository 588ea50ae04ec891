"""Every error leaves as an RFC 9457 problem, mapped in one table.

ApiError
├── NotReady           the first sync is not done
├── Busy               too many questions are at work, or too many requests came
├── SyncRunning        another sync is under way
├── UnknownArticle     no article has this id
└── UploadRefused      a file cannot be added or removed
    ├── UnusableName   its name cannot be a file's name everywhere
    ├── UploadTooLarge it has more bytes than are taken
    ├── UploadExists   another upload has its name
    ├── NotAnUpload    the article lies in the corpus, which is never touched
    └── UploadsOff     this service takes no files
"""

import logging
from collections.abc import Mapping
from contextvars import ContextVar
from math import ceil
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount

from api.security import SECURITY_HEADERS
from index.errors import CorpusError, DataFolderError, IndexingError, UnreadableArticle
from qa.errors import EngineNotConfigured, QuestionError

if TYPE_CHECKING:
    from api.service import Readiness

log = logging.getLogger(__name__)

PROBLEM = "application/problem+json"
_PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
_REFUSALS = {
    400: "The body cannot be read.",
    401: "An API key is needed.",
    403: "The caller, or a page of another site, may not do this.",
    404: "There is no such article.",
    409: "Something stands in the way; `detail` says what.",
    411: "The body's length is not declared.",
    413: "The body is too large.",
    415: "The body is not declared as what it must be.",
    422: "The request is not valid.",
    429: "Too many requests; the header Retry-After says when to ask again.",
    503: "The index is not ready yet, or too many questions are at work.",
    507: "The file could not be stored.",
}
_RETRY_AFTER_SECONDS = 2
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
# What every problem of a request carries, so that the log tells more of it; whoever gives requests ids sets it.
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
# Paths that no problem tells, each with what it says instead; set beside it.
folders: ContextVar[tuple[tuple[str, str], ...]] = ContextVar("folders", default=())


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return, for the description of the API, what refusals with these statuses look like (RFC 9457)."""
    return {
        status: {"description": _REFUSALS[status], "content": {PROBLEM: {"schema": _PROBLEM_SCHEMA}}}
        for status in statuses
    }


class ApiError(Exception):
    """The root of the API's own errors; `str(error)` is fit for a user."""


class NotReady(ApiError):
    """Questions cannot be answered yet."""

    def __init__(self, readiness: "Readiness") -> None:
        progress = f" ({readiness.done} of {readiness.total} articles)" if readiness.total else ""
        said = f"The index is not ready: {(readiness.reason or readiness.status).removesuffix('.')}{progress}."
        super().__init__(said if readiness.status == "failed" else said + " Ask again in a moment.")


class Busy(ApiError):
    """Too much is asked at once; asking again after `retry_after` seconds may help."""

    def __init__(self, message: str, retry_after: float = _RETRY_AFTER_SECONDS) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SyncRunning(ApiError):
    """A sync is under way already."""


class UnknownArticle(ApiError):
    """No article has this id."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f'No article has the id "{article_id}". GET /api/articles lists them.')


class UploadRefused(ApiError):
    """A file cannot be added or removed."""


class UnusableName(UploadRefused):
    """The name cannot be a file's name on every system, or is of no kind that is read."""


class UploadTooLarge(UploadRefused):
    """The file has more bytes than are taken."""

    def __init__(self, name: str, size: int, limit: int) -> None:
        super().__init__(f"{name} has {size / 1e6:.1f} MB; {limit / 1e6:.1f} MB are taken. Split it.")


class UploadExists(UploadRefused):
    """Another upload has this name."""


class NotAnUpload(UploadRefused):
    """The article was not uploaded: it lies in the corpus, which is never touched."""


class UploadsOff(UploadRefused):
    """This service takes no files."""


# error -> status, the problem's type, its title. The first class that fits counts.
_PROBLEMS: tuple[tuple[type[Exception], int, str, str], ...] = (
    (QuestionError, 422, "invalid-question", "The question cannot be asked as it is"),
    (EngineNotConfigured, 422, "engine-not-configured", "The engine is not configured"),
    (UnknownArticle, 404, "unknown-article", "There is no such article"),
    (UnreadableArticle, 422, "unreadable-article", "The file cannot be read as an article"),
    (UnusableName, 422, "unusable-name", "The file's name cannot be used"),
    (UploadTooLarge, 413, "upload-too-large", "The file is too large"),
    (UploadExists, 409, "upload-exists", "Another upload has this name"),
    (NotAnUpload, 409, "not-an-upload", "The article was not uploaded"),
    (UploadsOff, 403, "uploads-off", "No files are taken here"),
    (SyncRunning, 409, "sync-running", "A sync is under way"),
    (CorpusError, 409, "corpus-unusable", "The folder of articles cannot be used"),
    (NotReady, 503, "not-ready", "The index is not ready"),
    (Busy, 503, "busy", "Too many questions are at work"),
    (DataFolderError, 507, "storage", "The data folder cannot be changed"),
    (IndexingError, 500, "index-broken", "The index cannot be used"),
)


def add_error_handlers(app: FastAPI) -> None:
    """Make `app` answer every error with a problem."""
    for kind, *_ in _PROBLEMS:
        app.add_exception_handler(kind, _known)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)


def describe(error: Exception) -> dict[str, Any]:
    """Return the problem that tells of `error`, and log it where it is ours to mend."""
    for kind, status, slug, title in _PROBLEMS:
        if isinstance(error, kind):
            if status in {500, 507}:
                log.error("%s", error, exc_info=error)
            return _described(status, slug, title, str(error))
    log.error("unexpected error", exc_info=error)
    return _described(
        500, "unexpected", "Something broke", "Something broke. The server's log says what; please report it."
    )


def problem(
    status: int, slug: str, title: str, detail: str, *, retry_after: float = _RETRY_AFTER_SECONDS, **extra: object
) -> JSONResponse:
    """Return a problem response; `slug` is the last part of its type. `retry_after` is said with a 429 or 503."""
    return _response(_described(status, slug, title, detail, **extra), retry_after)


def _described(status: int, slug: str, title: str, detail: str, **extra: object) -> dict[str, Any]:
    for path, name in folders.get():
        detail = detail.replace(path, name)
    body = {"type": f"urn:footnote:problem:{slug}", "title": title, "status": status, "detail": detail, **extra}
    return body | ({"request_id": known} if (known := request_id.get()) else {})


def _response(body: Mapping[str, Any], retry_after: float = _RETRY_AFTER_SECONDS) -> JSONResponse:
    status = body["status"]
    headers = SECURITY_HEADERS | ({"Retry-After": str(ceil(retry_after))} if status in {429, 503} else {})
    if known := body.get("request_id"):
        headers["X-Request-Id"] = known  # a defect's problem is sent outside of the middleware that sets it
    return JSONResponse(body, status_code=status, media_type=PROBLEM, headers=headers)


async def _known(_request: Request, error: Exception) -> JSONResponse:
    return _response(describe(error), error.retry_after if isinstance(error, Busy) else _RETRY_AFTER_SECONDS)


async def _invalid_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    sent = request.headers.get("content-type", "nothing").partition(";")[0].strip().lower()
    wanted = "multipart/form-data" if found[0]["loc"] == ("body", "file") else "application/json"
    if request.method == "POST" and sent != wanted:
        detail = f"The body was sent as {sent}. Send it with the header content-type: {wanted}."
        return problem(415, "unsupported-media-type", f"The body is not declared as {wanted}", detail)
    if any(one["type"] == "json_invalid" for one in found):
        return problem(400, "malformed-json", "The body is not JSON", f"{found[0]['msg']}: {found[0]['ctx']['error']}.")
    faults = [{"field": _field(one["loc"]), "message": _said(one)} for one in found]
    detail = "; ".join(f"{fault['field']}: {fault['message']}" for fault in faults)
    return problem(422, "invalid-request", "The request is not valid", detail, errors=jsonable_encoder(faults))


def _said(fault: Mapping[str, Any]) -> str:
    if fault["loc"] == ("body", "file"):
        return "Send one file with its name as the part `file`"
    return str(fault["msg"]).removeprefix("Value error, ")


def _field(location: tuple[object, ...]) -> str:
    return ".".join(str(part) for part in location[1:]) or str(location[0])  # the first says: body, query or path


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    detail = f"{request.method} {request.url.path}: {error.detail}."
    response = problem(error.status_code, "http", str(error.detail), detail)
    response.headers.update(error.headers or {})
    if error.status_code == 405 and (allowed := _allowed_methods(request)):
        response.headers["Allow"] = ", ".join(allowed)  # else those of the first route on this path alone are named
    return response


def _allowed_methods(request: Request) -> list[str]:
    routes = [route for route in request.app.routes if not isinstance(route, Mount)]  # a mount takes any method
    return [
        method
        for method in _METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]


async def _unexpected(_request: Request, error: Exception) -> JSONResponse:
    return _response(describe(error))
