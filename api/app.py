"""The web application, made from the parts it is given."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.middleware.cors import CORSMiddleware
from starlette.types import Scope

from api import openai_compat
from api.errors import add_error_handlers
from api.guard import Guard, is_open
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

    app = _App(
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
    files = _PageFiles(directory=WEB)
    app.mount("/static", files, name="static")
    _add_middlewares(app, policy, metrics)

    @app.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    async def page(request: Request) -> Response:
        return await files.get_response("index.html", request.scope)

    @app.get("/metrics", include_in_schema=False)
    async def figures() -> Response:
        return Response(metrics.exposition(), media_type=CONTENT_TYPE_LATEST)

    return app


class _App(FastAPI):
    """Describes, besides its routes, which of them need a key."""

    def openapi(self) -> dict[str, Any]:
        """Return the description of the API."""
        described = super().openapi()
        described["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        # Without keys nothing is needed, but a client that is made from this description can send one elsewhere.
        needed: list[dict[str, list[str]]] = [{"key": []}] if self.state.policy.keys.digests else [{"key": []}, {}]
        for path, operations in described["paths"].items():
            if not is_open(path):
                for operation in operations.values():
                    operation["security"] = needed
        return described


class _PageFiles(StaticFiles):
    """Files that a browser asks for again each time, so that after an upgrade none of the old ones meets a new one."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, or that it did not change."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


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
    app.add_middleware(Watch, metrics=metrics, private=policy.folders)
