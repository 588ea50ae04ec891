"""The Model Context Protocol: `search` and `fetch` as connectors expect them, and `ask`.

The same tools are served at /mcp and, by the command line, over standard input and output.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from anyio import to_thread
from fastapi import FastAPI
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import CallToolResult, TextContent, Tool, ToolAnnotations
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from api import asking
from api.errors import describe, problem
from api.links import base_of, citation_link, source_link
from api.schemas import AskRequest, PublisherName
from api.service import Parts
from index.records import Passage
from qa.account import colophon_of
from qa.pointers import hints
from qa.questions import clean_question
from qa.records import Answer, Question

PATH = "/mcp"
_DEEPEST = 50  # levels of a message; those of the tools have four
_PASSAGES = 20  # of a search; several may lie in one article, which is named once
_INSTRUCTIONS = (
    "Footnote answers questions from a folder of articles, with the exact words that each statement stands on. "
    "Use `ask` for a question; `search` and `fetch` to read articles yourself."
)
CallTool = Callable[[str, dict[str, Any]], Awaitable[CallToolResult]]
_ANSWER = TypeAdapter(Answer)


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SearchArguments(_Arguments):
    """What `search` takes."""

    query: str = Field(description="A question or key words.")


class FetchArguments(_Arguments):
    """What `fetch` takes."""

    id: str = Field(description="The id of an article, from a search or a citation.")


class AskArguments(_Arguments):
    """What `ask` takes."""

    question: str = Field(description="A whole question that can be understood by itself.")
    published_from: date | None = Field(None, description="Only articles published on this day or later.")
    published_to: date | None = Field(None, description="Only articles published on this day or earlier.")
    publishers: list[PublisherName] = Field([], max_length=100, description="Only articles of these publishers.")


class FoundArticle(BaseModel):
    """An article that a search found; `url` opens it at the passage that fits best."""

    id: str
    title: str
    url: str


class SearchResults(BaseModel):
    """Articles, best first."""

    results: list[FoundArticle]


class FetchedArticle(BaseModel):
    """An article with its whole text, into which the offsets of citations point (code points)."""

    id: str
    title: str
    text: str
    url: str
    metadata: dict[str, str]


def _tool(name: str, title: str, description: str, takes: type[BaseModel], gives: dict[str, Any]) -> Tool:
    return Tool(
        name=name,
        title=title,
        description=description,
        inputSchema=takes.model_json_schema(),
        outputSchema=gives,
        annotations=ToolAnnotations(readOnlyHint=True, openWorldHint=False),
    )


TOOLS = [
    _tool(
        "search",
        "Search the articles",
        "Find articles by a question or key words, best first.",
        SearchArguments,
        SearchResults.model_json_schema(),
    ),
    _tool(
        "fetch",
        "Read an article",
        "Return the whole text of an article.",
        FetchArguments,
        FetchedArticle.model_json_schema(),
    ),
    _tool(
        "ask",
        "Ask the articles",
        "Answer a question from the articles. Each statement ends with markers such as [1], whose sources follow with "
        "the exact words. When the articles don't say, the answer says so, and what comes nearest. Asked what articles "
        "there are, it tells that, without citations.",
        AskArguments,
        _ANSWER.json_schema(mode="serialization"),
    ),
]


class Tools:
    """The tools over the parts that `parts` returns, which may raise NotReady.

    `answer` answers questions, `search` finds so many passages.
    """

    def __init__(
        self,
        parts: Callable[[], Parts],
        answer: Callable[[Question], Awaitable[Answer]],
        search: Callable[[str, int], Awaitable[list[Passage]]],
    ) -> None:
        self._parts = parts
        self._answer = answer
        self._find = search

    async def call(self, name: str, arguments: dict[str, Any], base_url: str) -> CallToolResult:
        """Return what the tool gives; what goes wrong is a result too, that says so. The page is at `base_url`."""
        try:
            match name:
                case "search":
                    return await self._search(SearchArguments.model_validate(arguments), base_url)
                case "fetch":
                    return await self._fetch(FetchArguments.model_validate(arguments), base_url)
                case "ask":
                    return await self._ask(AskArguments.model_validate(arguments), base_url)
        except ValidationError as error:
            faults = ((".".join(map(str, fault["loc"])), fault["msg"]) for fault in error.errors())
            return failure("; ".join(f"{field}: {reason}" if field else reason for field, reason in faults))
        except Exception as error:  # noqa: BLE001 - told and logged by the same table as over HTTP
            return failure(describe(error)["detail"])
        return failure(f'There is no tool "{name}". The tools are: {", ".join(tool.name for tool in TOOLS)}.')

    async def _search(self, asked: SearchArguments, base_url: str) -> CallToolResult:
        query = clean_question(asked.query)
        passages = await self._find(query, _PASSAGES)
        best: dict[str, Passage] = {}
        for passage in passages:
            best.setdefault(passage.chunk.article_id, passage)
        found = [
            FoundArticle(
                id=article_id,
                title=passage.title or passage.file,
                url=source_link(base_url, article_id, passage.chunk.start, passage.chunk.end),
            )
            for article_id, passage in best.items()
        ]
        return _result(SearchResults(results=found))

    async def _fetch(self, asked: FetchArguments, base_url: str) -> CallToolResult:
        article = await to_thread.run_sync(self._parts().catalogue.article, asked.id)
        if article is None:
            return failure(f'No article has the id "{asked.id}". The tool search finds articles.')
        known = {
            "file": article.file,
            "publisher": article.publisher,
            "published": article.published and article.published.isoformat(),
        }
        return _result(
            FetchedArticle(
                id=article.id,
                title=article.title or article.file,
                text=article.text,
                url=source_link(base_url, article.id, 0, len(article.text)),
                metadata={name: value for name, value in known.items() if value},
            )
        )

    async def _ask(self, asked: AskArguments, base_url: str) -> CallToolResult:
        answer = await self._answer(AskRequest(**asked.model_dump()).as_question())
        lines = [answer.answer, *hints(answer)]
        if told := colophon_of(answer):
            lines.append(f"({told})")
        for one in answer.citations:
            page = one.page and f"page {one.page}"
            days = (f"{said.words}: {said.day.isoformat()}" for said in one.days)
            about = [one.title or one.file, one.publisher, one.published and one.published.isoformat(), page, *days]
            said = f"[{one.number}] {', '.join(part for part in about if part)}: “{' '.join(one.quote.split())}”"
            lines.append(f"{said} {citation_link(base_url, one)}")
        text = TextContent(type="text", text="\n".join(lines))
        return CallToolResult(content=[text], structuredContent=_ANSWER.dump_python(answer, mode="json"))


def _result(gives: BaseModel) -> CallToolResult:
    text = TextContent(type="text", text=gives.model_dump_json())
    return CallToolResult(content=[text], structuredContent=gives.model_dump())


def failure(reason: str) -> CallToolResult:
    """Return the result of a call that failed; `reason` is fit for a user."""
    return CallToolResult(content=[TextContent(type="text", text=reason)], isError=True)


def create_server(call: CallTool) -> "Server[Any, Request]":
    """Return a server of the tools, which `call` calls."""
    server: Server[Any, Request] = Server("footnote", instructions=_INSTRUCTIONS)

    async def list_tools() -> list[Tool]:
        return TOOLS

    server.list_tools()(list_tools)  # type: ignore[no-untyped-call]
    server.call_tool(validate_input=False)(call)  # the tools say better what is wrong
    return server


class MCPEndpoint:
    """The tools over streamable HTTP, without sessions: each POST is answered with JSON by itself."""

    def __init__(self, app: FastAPI) -> None:
        tools = Tools(
            lambda: app.state.service.parts,
            lambda question: asking.answer(app, question),
            lambda query, top_k: asking.search(app, query, top_k),
        )

        async def call(name: str, arguments: dict[str, Any]) -> CallToolResult:
            request = server.request_context.request
            assert request is not None
            return await tools.call(name, arguments, base_of(request))

        server = create_server(call)
        # Which hosts and origins may call is checked for the whole application (api.guard), so not here again.
        self._manager = StreamableHTTPSessionManager(server, json_response=True, stateless=True)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Take requests for as long as the context is open; it opens once."""
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await Request(scope, receive).body()
        if _is_unreadable(body):
            detail = f"The body is not in UTF-8, or nested more than {_DEEPEST} levels deep."
            await problem(400, "malformed-json", "The body is no message", detail)(scope, receive, send)
            return
        read = False

        async def receive_again() -> Message:
            nonlocal read
            if read:
                return await receive()
            read = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._manager.handle_request(scope, receive_again, send)


def _is_unreadable(body: bytes) -> bool:
    """Tell whether a body is no text, or JSON nested so deeply that what reads it would run out of stack."""
    try:
        level = [json.loads(body)]
    except (RecursionError, UnicodeDecodeError):
        return True
    except ValueError:  # the protocol's own reader says what is wrong
        return False
    for _ in range(_DEEPEST):
        nested = [one for one in level if isinstance(one, dict | list)]
        if not nested:
            return False
        level = [inner for one in nested for inner in (one.values() if isinstance(one, dict) else one)]
    return True


def add_mcp(app: FastAPI) -> MCPEndpoint:
    """Serve the tools at /mcp; `running` of what is returned belongs into the application's lifespan."""
    endpoint = MCPEndpoint(app)
    # Only POST: the stream that a GET would open never has anything to say without sessions, and would hold up a stop.
    app.add_route(PATH, endpoint, methods=["POST"], include_in_schema=False)  # type: ignore[arg-type]
    return endpoint
