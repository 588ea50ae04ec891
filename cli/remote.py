"""Talk to the server that owns a data folder, when there is one."""

import time
from typing import Any

import httpx
from pydantic import TypeAdapter

from index.errors import IndexingError
from index.records import SyncReport
from qa.records import Answer

_CONNECT_SECONDS = 5.0
_RETRY_SECONDS = 0.5


class ServerError(IndexingError):
    """The server that owns the data folder gave no usable reply."""


class _Busy(ServerError):
    """A sync is under way already."""


def ask(address: str, question: str) -> Answer:
    """Return the server's answer. Raises ServerError."""
    sayable = question.encode("utf-8", "replace").decode()  # a shell may pass bytes that are no text
    return TypeAdapter(Answer).validate_json(_post(f"{address}/api/ask", {"question": sayable}))


def sync(address: str) -> SyncReport:
    """Have the server make its index equal to its folder, after a sync under way. Raises ServerError."""
    while True:
        try:
            return TypeAdapter(SyncReport).validate_json(_post(f"{address}/api/sync", None))
        except _Busy:
            time.sleep(_RETRY_SECONDS)


def is_ready(address: str) -> bool:
    """Tell whether the server can answer questions."""
    try:
        return httpx.get(f"{address}/readyz", timeout=_CONNECT_SECONDS, trust_env=False).is_success
    except (httpx.HTTPError, httpx.InvalidURL):
        return False


def _post(url: str, body: Any) -> bytes:  # noqa: ANN401 - any JSON
    try:
        # A sync takes as long as it takes; only a server that cannot be reached is given up on. `trust_env=False`: the
        # server is on this machine, and a proxy would not reach it.
        timeout = httpx.Timeout(None, connect=_CONNECT_SECONDS)
        response = httpx.post(url, json=body, timeout=timeout, trust_env=False)
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
