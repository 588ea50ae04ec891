"""The official client of the Model Context Protocol, used from tests that are not asynchronous."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

Gives = TypeVar("Gives")


def over_http(address: str, use: Callable[[ClientSession], Awaitable[Gives]], key: str = "") -> Gives:
    """Return what `use` makes of a session with the server at `address`."""

    async def talk() -> Gives:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        async with (
            httpx.AsyncClient(trust_env=False, headers=headers) as http,
            streamable_http_client(f"{address}/mcp", http_client=http) as (received, sent, _),
            ClientSession(received, sent) as session,
        ):
            await session.initialize()
            return await use(session)

    return asyncio.run(talk())


def call_over_http(address: str, tool: str, **arguments: object) -> CallToolResult:
    """Return the result of one call; the client checks it against the tool's schema."""
    return over_http(address, lambda session: session.call_tool(tool, arguments))


def text_of(result: CallToolResult) -> str:
    """Return the text of a result, which must be its one piece of content."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text
