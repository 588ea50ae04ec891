"""The web application, made from the parts it is given."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.middleware.cors import CORSMiddleware

from api import openai_compat
from api.errors import add_error_handlers
from api.guard import Guard
from api.limits import Gate
from api.mcp_server import add_mcp
from api.metrics import Metrics
from api.openai_errors import OpenAIErrors
from api.policy import Policy
from api.routes import articles, ask, health
from api.service import Service
from api.watch import Watch

WEB = Path(__file__).parent / "web"


def create_app(service: Service, policy: Policy = Policy()) -> FastAPI:
    """Return the application; it starts `service` when it starts, and stops it when it stops.

    Its state holds `service`, `policy`, `gate` (through which questions go) and `metrics` (which hear of answers).
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with mcp.running():
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
    app.state.policy = policy
    app.state.gate = gate = Gate(policy.concurrency, policy.queue, policy.queue_seconds)
    app.state.metrics = metrics = Metrics(gate)
    add_error_handlers(app)
    for router in (ask.router, articles.router, health.router, openai_compat.router):
        app.include_router(router)
    mcp = add_mcp(app)
    app.mount("/static", StaticFiles(directory=WEB), name="static")
    _add_middlewares(app, policy, metrics)

    @app.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    async def page() -> FileResponse:
        return FileResponse(WEB / "index.html")

    @app.get("/metrics", include_in_schema=False)
    async def figures() -> Response:
        return Response(metrics.exposition(), media_type=CONTENT_TYPE_LATEST)

    return app


def _add_middlewares(app: FastAPI, policy: Policy, metrics: Metrics) -> None:
    """Put the middlewares around the routes; the last one added is the first that a request meets."""
    app.add_middleware(Guard, policy=policy)
    app.add_middleware(OpenAIErrors)
    if policy.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=policy.cors_origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["*"],
            expose_headers=["X-Request-Id", "Retry-After", "Mcp-Session-Id"],
        )
    app.add_middleware(Watch, metrics=metrics)
