"""Talk to the server that owns a data folder, when there is one."""

from typing import Any

import httpx
from pydantic import TypeAdapter

from index.errors import IndexingError
from index.records import SyncReport
from qa.records import Answer

_CONNECT_SECONDS = 5.0


class ServerError(IndexingError):
    """The server that owns the data folder gave no usable reply."""


def ask(address: str, question: str) -> Answer:
    """Return the server's answer. Raises ServerError."""
    sayable = question.encode("utf-8", "replace").decode()  # a shell may pass bytes that are no text
    return TypeAdapter(Answer).validate_json(_post(f"{address}/api/ask", {"question": sayable}))


def sync(address: str) -> SyncReport:
    """Have the server make its index equal to its folder. Raises ServerError."""
    return TypeAdapter(SyncReport).validate_json(_post(f"{address}/api/sync", None))


def _post(url: str, body: Any) -> bytes:  # noqa: ANN401 - any JSON
    try:
        # A sync takes as long as it takes; only a server that cannot be reached is given up on. `trust_env=False`: the
        # server is on this machine, and a proxy would not reach it.
        timeout = httpx.Timeout(None, connect=_CONNECT_SECONDS)
        response = httpx.post(url, json=body, timeout=timeout, trust_env=False)
    except httpx.HTTPError as error:
        raise ServerError(f"The server at {url} does not answer ({error}). Stop it, then try again.") from None
    if response.is_success:
        return response.content
    try:
        reason = response.json()["detail"]
    except (ValueError, KeyError, TypeError):
        reason = f"status {response.status_code}"
    raise ServerError(f"The server at {url} refused: {reason}")
