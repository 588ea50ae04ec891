"""A server that stands in for the API: it serves the real page and says what a test tells it to say."""

import asyncio
import json
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles

import api
from api.security import SECURITY_HEADERS
from index.looks import looks as looks_of
from index.reading import text_article
from tests.browser.world import ARTICLES, EXAMPLES, Article, Json, Replies, Reply, replies, stream

WEB = Path(api.__file__).parent / "web"
LARGEST_UPLOAD = 1_000_000


class Gate:
    """Something that the server waits for until a test opens it."""

    def __init__(self) -> None:
        self._opened = threading.Event()

    def __call__(self) -> None:
        self._opened.wait()

    def open(self) -> None:
        self._opened.set()


class StandIn:
    """The stand-in server at `address`. Tests read what it was asked, and change what it holds and says."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"
        self._app = _app(self)
        self._running: tuple[uvicorn.Server, threading.Thread] | None = None
        self._gates: list[Gate] = []
        self.reset()

    def reset(self) -> None:
        """Hold and say what every test begins with."""
        self._let_go()
        self.articles: dict[str, Article] = {article.id: article for article in ARTICLES}
        self.replies: Replies = replies()
        self.asked: list[Json] = []
        self.listed: list[str] = []
        self.key: str | None = None
        self.uploads = True
        self.page_size: int | None = None
        self.left_out: dict[str, str] = {}
        self.while_reading: Callable[[], object] = lambda: None

    def gate(self) -> Gate:
        """Return a gate, which opens at the latest when the test is over."""
        self._gates.append(Gate())
        return self._gates[-1]

    def hold(self, answer: Json) -> list[Gate]:
        """Say this answer with a gate before each of its statements and before its end; return the gates."""
        whole = stream(answer)
        gates = [self.gate() for _ in whole.steps[1:]]
        held = [one for pair in zip(gates, whole.steps[1:], strict=True) for one in pair]
        self.replies.known[answer["question"]] = Reply((whole.steps[0], *held))
        return gates

    def _let_go(self) -> None:
        for gate in self._gates:
            gate.open()
        self._gates = []

    def start(self) -> None:
        """Begin to answer."""
        server = uvicorn.Server(
            uvicorn.Config(
                self._app, host="127.0.0.1", port=self._port, log_config=None, ws="none", timeout_graceful_shutdown=1
            )
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.01)
        self._running = server, thread

    def stop(self) -> None:
        """Go away: nothing answers at the address any more."""
        self._let_go()
        if self._running:
            server, thread = self._running
            server.should_exit = True
            thread.join(10)
            self._running = None


def problem(status: int, slug: str, detail: str) -> JSONResponse:
    body = {"type": f"urn:footnote:problem:{slug}", "title": slug, "status": status, "detail": detail}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def _app(world: StandIn) -> FastAPI:
    app = FastAPI()
    app.mount("/static", StaticFiles(directory=WEB), name="static")

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        refused = request.url.path.startswith("/api") and world.key and not _has_key(request, world.key)
        response = problem(401, "unauthorized", "A key is needed.") if refused else await call_next(request)
        response.headers.update(SECURITY_HEADERS)
        return response

    @app.get("/")
    def page() -> FileResponse:
        return FileResponse(WEB / "index.html")

    @app.get("/readyz")
    def readyz() -> Json:
        return {"status": "ready"}

    @app.get("/api/status")
    def status() -> Json:
        held = len(world.articles)
        return {
            "engines": ["extractive"],
            "articles": held,
            "passages": held * 3,
            "uploads": world.uploads,
            "examples": EXAMPLES[: held and len(EXAMPLES)],
        }

    _questions(app, world)
    _articles(app, world)
    _uploads(app, world)
    return app


def _has_key(request: Request, key: str) -> bool:
    return request.headers.get("authorization") == f"Bearer {key}"


def _questions(app: FastAPI, world: StandIn) -> None:
    @app.post("/api/ask/stream")
    async def ask(request: Request) -> Response:
        body = await request.json()
        world.asked.append(body)
        reply = world.replies.of(body["question"])
        if reply.refusal:
            return JSONResponse(reply.refusal, status_code=reply.refusal["status"])
        return StreamingResponse(_events(reply), media_type="text/event-stream")


def _events(reply: Reply) -> Iterator[str]:
    yield ": keep-alive\n\n"
    for step in reply.steps:
        if isinstance(step, float):
            threading.Event().wait(step)
        elif callable(step):
            step()
        else:
            yield f"event: {step[0]}\ndata: {json.dumps(step[1])}\n\n"


def _articles(app: FastAPI, world: StandIn) -> None:
    @app.get("/api/publishers")
    def publishers() -> Json:
        names = [article.publisher for article in world.articles.values()]
        days = [article.published for article in world.articles.values() if article.published]
        counted = [{"name": name, "articles": names.count(name)} for name in dict.fromkeys(names)]
        return {
            "publishers": counted,
            "published_from": min(days, default=None),
            "published_to": max(days, default=None),
        }

    @app.get("/api/articles")
    def listed(request: Request, offset: int = 0, limit: int = 50, query: str = "") -> Json:
        world.listed.append(str(request.query_params))
        chosen = request.query_params.getlist("publisher")
        fitting = [
            one.summary()
            for one in sorted(world.articles.values(), key=lambda one: one.file)
            if query.casefold() in f"{one.title} {one.publisher} {one.file}".casefold()
            and (not chosen or one.publisher in chosen)
        ]
        size = world.page_size or limit
        return {"articles": fitting[offset : offset + size], "total": len(fitting), "offset": offset, "limit": size}

    @app.get("/api/articles/{article_id:path}")
    def article(article_id: str) -> Response:
        found = world.articles.get(article_id)
        if not found:
            return problem(404, "unknown-article", "There is no such article.")
        looks = looks_of(text_article(found.file, found.text.encode()))
        return JSONResponse({**found.summary(), "text": found.text, "sha256": "0" * 64, "looks": looks})


def _uploads(app: FastAPI, world: StandIn) -> None:
    @app.post("/api/articles", status_code=201)
    async def add(request: Request) -> Response:
        async with request.form() as form:
            sent = form["file"]
            assert not isinstance(sent, str)
            content, name = await sent.read(), str(sent.filename)
        await asyncio.to_thread(world.while_reading)
        if len(content) > LARGEST_UPLOAD:
            return problem(413, "too-large", f"{name} is too large: 1 MB are read.")
        if b"\0" in content:
            return problem(422, "unreadable-article", f"{name} holds no text that can be read.")
        article = replace(ARTICLES[-1], file=f"uploads/{name}", text=content.decode(), title=None)
        world.articles[article.id] = article
        return JSONResponse(
            {"file": article.file, "articles": [article.summary()], "left_out": world.left_out}, status_code=201
        )

    @app.delete("/api/articles/{article_id:path}")
    def remove(article_id: str) -> Response:
        if not world.articles[article_id].upload:
            return problem(409, "not-an-upload", "This article belongs to the folder.")
        del world.articles[article_id]
        return Response(status_code=204)
