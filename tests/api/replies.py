"""What tests look at in a service's replies."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

from api.service import Parts

Serve = Callable[[Callable[[], Parts]], TestClient]

_PATIENCE_SECONDS = 60.0


def readiness_until(client: TestClient, state: str) -> list[dict[str, Any]]:
    """Ask for the readiness until it is `state`, and return what was said meanwhile; any other end is a failure."""
    said: list[dict[str, Any]] = []
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        reply = client.get("/readyz")
        said.append(reply.json())
        now = "ready" if reply.status_code == 200 else said[-1]["progress"]["state"]
        if now == state:
            return said
        assert now not in {"ready", "failed"}, reply.text
        time.sleep(0.005)
    raise AssertionError(said[-1])


def wait_until_ready(client: TestClient) -> None:
    """Wait until the first sync is done."""
    readiness_until(client, "ready")


def ask(client: TestClient, question: str, **fields: object) -> dict[str, Any]:
    """Return the answer to a question that can be asked."""
    reply = client.post("/api/ask", json={"question": question, **fields})
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.json()
    return answer


def ask_stream(client: TestClient, question: str, **fields: object) -> list[tuple[str, dict[str, Any]]]:
    """Return the events with which a question that can be asked is answered: their names and data, in order."""
    reply = client.post("/api/ask/stream", json={"question": question, **fields})
    assert reply.status_code == 200, reply.text
    return parse_events(reply.text)


def parse_events(stream: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the events of a stream, which must be whole: names and data, in order; comments are left out."""
    assert stream.endswith("\n\n")
    events = []
    for block in stream.removesuffix("\n\n").split("\n\n"):
        lines = [line.split(": ", 1) for line in block.split("\n") if not line.startswith(":")]
        if lines:
            (event_key, event), (data_key, data) = lines
            assert (event_key, data_key) == ("event", "data")
            events.append((event, json.loads(data)))
    return events


def search(client: TestClient, query: str, **fields: object) -> list[dict[str, Any]]:
    """Return the passages that a search finds."""
    reply = client.post("/api/search", json={"query": query, **fields})
    assert reply.status_code == 200, reply.text
    passages: list[dict[str, Any]] = reply.json()["passages"]
    return passages


def cited_files(answer: dict[str, Any]) -> set[str]:
    """Return the files that an answer cites."""
    return {citation["file"] for citation in answer["citations"]}


def without_timings(answer: dict[str, Any]) -> dict[str, Any]:
    """Return what must be the same each time."""
    return {name: value for name, value in answer.items() if name != "timings_ms"}


def problem_of(reply: Any, status: int) -> dict[str, Any]:
    """Return the problem in a reply, which must be a whole one (RFC 9457) with this status."""
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = reply.json()
    assert problem["status"] == status
    assert re.match(r"[a-z][a-z0-9+.-]*:\S+$", problem["type"]), problem
    for member in ("title", "detail"):
        assert isinstance(problem[member], str), problem
        assert problem[member].strip(), problem
    return problem
