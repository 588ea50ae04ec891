"""Talk to the server that owns a data folder, when there is one."""

import json
import time
from dataclasses import asdict
from typing import Any

import httpx
from pydantic import TypeAdapter

from index.errors import IndexingError
from index.records import SyncReport
from qa.records import Answer, Question

_CONNECT_SECONDS = 5.0
_RETRY_SECONDS = 0.5


class ServerError(IndexingError):
    """The server that owns the data folder gave no usable reply."""


class _Busy(ServerError):
    """A sync is under way already."""


def ask(address: str, question: Question, key: str | None, seconds: float) -> Answer:
    """Return the server's answer, in time; `key` opens a server that needs one. Raises ServerError."""
    filters = question.filters
    body = {
        "question": question.text.encode("utf-8", "replace").decode(),  # a shell may pass bytes that are no text
        "history": [asdict(turn) for turn in question.history],
        "published_from": filters.published_from and filters.published_from.isoformat(),
        "published_to": filters.published_to and filters.published_to.isoformat(),
        "publishers": filters.publishers,
    }
    return TypeAdapter(Answer).validate_json(_post(f"{address}/api/ask", body, key, seconds))


def sync(address: str, key: str | None) -> SyncReport:
    """Have the server make its index equal to its folder, after a sync under way. Raises ServerError."""
    while True:
        try:
            return TypeAdapter(SyncReport).validate_json(_post(f"{address}/api/sync", None, key))
        except _Busy:
            time.sleep(_RETRY_SECONDS)


def call_tool(address: str, name: str, arguments: dict[str, Any], key: str | None, seconds: float) -> Any:  # noqa: ANN401 - any JSON
    """Return what the server's tool of this name gives (the result of MCP's tools/call). Raises ServerError."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
    return json.loads(_post(f"{address}/mcp", call, key, seconds))["result"]


def is_ready(address: str) -> bool:
    """Tell whether the server can answer questions."""
    try:
        return httpx.get(f"{address}/readyz", timeout=_CONNECT_SECONDS, trust_env=False).is_success
    except (httpx.HTTPError, httpx.InvalidURL):
        return False


def _post(url: str, body: Any, key: str | None, seconds: float | None = None) -> bytes:  # noqa: ANN401 - any JSON
    try:
        # A sync takes as long as it takes; only a server that cannot be reached is given up on. `trust_env=False`: the
        # server is on this machine, and a proxy would not reach it.
        timeout = httpx.Timeout(seconds, connect=_CONNECT_SECONDS)
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
        response = httpx.post(url, json=body, headers=headers, timeout=timeout, trust_env=False)
    except httpx.ReadTimeout:
        raise ServerError(f"The server at {url} did not answer within {seconds:g} seconds. Ask again later.") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ServerError(f"The server at {url} does not answer ({error}). Stop it, then try again.") from None
    if response.is_success:
        return response.content
    try:
        problem = response.json()
        reason, kind = problem["detail"], problem["type"]
    except (ValueError, KeyError, TypeError):
        reason, kind = f"status {response.status_code}", ""
    raise (_Busy if kind.endswith(":sync-running") else ServerError)(f"The server at {url} refused: {reason}")
