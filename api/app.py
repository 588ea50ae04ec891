"""The web application, made from the parts it is given."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from api.errors import add_error_handlers, problem
from api.routes import articles, ask, health
from api.security import SECURITY_HEADERS
from api.service import Service

MAX_BODY_BYTES = 2_000_000  # a question with 50 earlier messages of the greatest length, each letter two bytes
WEB = Path(__file__).parent / "web"


def create_app(service: Service) -> FastAPI:
    """Return the application; it starts `service` when it starts, and stops it when it stops."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield
        await asyncio.to_thread(service.stop)

    app = FastAPI(
        title="Footnote",
        summary="Ask a folder of articles; every answer stands on exact words in them.",
        lifespan=lifespan,
        docs_url=None,  # its page loads scripts from another host, which our policy and our promise forbid
        redoc_url=None,
    )
    app.state.service = service
    add_error_handlers(app)
    for router in (ask.router, articles.router, health.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=WEB), name="static")
    app.middleware("http")(_guard)

    @app.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    async def page() -> FileResponse:
        return FileResponse(WEB / "index.html")

    return app


async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    # FastAPI's own limit on bodies answers in plain text.
    if "transfer-encoding" in request.headers:
        detail = "The body was sent without its length. Send it with a content-length header."
        return problem(411, "length-required", "The body's length is not declared", detail)
    size = request.headers.get("content-length", "")
    if size.isdecimal() and int(size) > MAX_BODY_BYTES:
        detail = f"The body has {int(size):,} bytes; {MAX_BODY_BYTES:,} are read."
        return problem(413, "body-too-large", "The body is too large", detail)
    response = await call_next(request)
    response.headers.update(SECURITY_HEADERS)
    return response
