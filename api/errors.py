"""Every error leaves as an RFC 9457 problem, mapped in one table.

ApiError
├── NotReady           the first sync is not done
├── SyncRunning        another sync is under way
└── UnknownArticle     no article has this id
"""

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.security import SECURITY_HEADERS
from index.errors import CorpusError, IndexingError
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
    },
}
# For the description of the API: what a refusal looks like (RFC 9457).
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"description": what, "content": {PROBLEM: {"schema": _PROBLEM_SCHEMA}}}
    for status, what in {422: "The request is not valid.", 503: "The index is not ready yet."}.items()
}
_RETRY_AFTER_SECONDS = 2


class ApiError(Exception):
    """The root of the API's own errors; `str(error)` is fit for a user."""


class NotReady(ApiError):
    """Questions cannot be answered yet."""

    def __init__(self, readiness: "Readiness") -> None:
        progress = f" ({readiness.done} of {readiness.total} articles)" if readiness.total else ""
        said = f"The index is not ready: {readiness.reason or readiness.status}{progress}."
        super().__init__(said if readiness.status == "failed" else said + " Ask again in a moment.")


class SyncRunning(ApiError):
    """A sync is under way already."""


class UnknownArticle(ApiError):
    """No article has this id."""


# error -> status, the problem's type, its title. The first class that fits counts.
_PROBLEMS: tuple[tuple[type[Exception], int, str, str], ...] = (
    (QuestionError, 422, "invalid-question", "The question cannot be asked as it is"),
    (EngineNotConfigured, 422, "engine-not-configured", "The engine is not configured"),
    (UnknownArticle, 404, "unknown-article", "There is no such article"),
    (SyncRunning, 409, "sync-running", "A sync is under way"),
    (CorpusError, 409, "corpus-unusable", "The folder of articles cannot be used"),
    (NotReady, 503, "not-ready", "The index is not ready"),
    (IndexingError, 500, "index-broken", "The index cannot be used"),
)


def add_error_handlers(app: FastAPI) -> None:
    """Make `app` answer every error with a problem."""
    for kind, status, slug, title in _PROBLEMS:
        app.add_exception_handler(kind, _handler(status, slug, title))
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)


def problem(status: int, slug: str, title: str, detail: str, **extra: object) -> JSONResponse:
    """Return a problem response; `slug` is the last part of its type."""
    body = {"type": f"urn:footnote:problem:{slug}", "title": title, "status": status, "detail": detail, **extra}
    headers = SECURITY_HEADERS | ({"Retry-After": str(_RETRY_AFTER_SECONDS)} if status == 503 else {})
    return JSONResponse(body, status_code=status, media_type=PROBLEM, headers=headers)


def _handler(status: int, slug: str, title: str) -> Callable[[Request, Exception], Awaitable[JSONResponse]]:
    async def handle(_request: Request, error: Exception) -> JSONResponse:
        if status == 500:
            log.error("%s", error, exc_info=error)
        return problem(status, slug, title, str(error))

    return handle


async def _invalid_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    sent = request.headers.get("content-type", "nothing").partition(";")[0].strip().lower()
    if request.method == "POST" and sent != "application/json":
        detail = f"The body was sent as {sent}. Send it with the header content-type: application/json."
        return problem(415, "unsupported-media-type", "The body is not declared as JSON", detail)
    if any(one["type"] == "json_invalid" for one in found):
        return problem(400, "malformed-json", "The body is not JSON", f"{found[0]['msg']}: {found[0]['ctx']['error']}.")
    faults = [{"field": _field(one["loc"]), "message": one["msg"]} for one in found]
    detail = "; ".join(f"{fault['field']}: {fault['message']}" for fault in faults)
    return problem(422, "invalid-request", "The request is not valid", detail, errors=jsonable_encoder(faults))


def _field(location: tuple[object, ...]) -> str:
    return ".".join(str(part) for part in location if part != "body") or "body"


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    detail = f"{request.method} {request.url.path}: {error.detail}."
    response = problem(error.status_code, "http", str(error.detail), detail)
    response.headers.update(error.headers or {})  # such as which methods are allowed
    return response


async def _unexpected(_request: Request, error: Exception) -> JSONResponse:
    log.error("unexpected error", exc_info=error)
    return problem(500, "unexpected", "Something broke", "The server's log says what. Please report it.")
