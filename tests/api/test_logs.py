"""The log: one line of JSON for each request, with an id that the reply has too, and nothing of what was asked."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.logs import JsonLines
from api.policy import Policy
from tests.api.operating import QUESTION, serving
from tests.api.replies import problem_of
from tests.doubles import BrokenAnswerer


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A service."""
    with serving(Policy()) as client:
        yield client


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """The lines of the log at info level, as they are written."""
    written: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    keep = Keep()
    keep.setFormatter(JsonLines())
    logging.getLogger("api").addHandler(keep)
    with caplog.at_level(logging.INFO):
        yield written
    logging.getLogger("api").removeHandler(keep)


def test_a_request_is_one_line(client: TestClient, lines: list[str]):
    client.post("/api/ask", json=QUESTION)
    assert len(lines) == 1


def test_the_line_tells_method_route_and_status(client: TestClient, lines: list[str]):
    client.get("/api/articles/0000000000000000")
    line = json.loads(lines[0])
    assert (line["method"], line["route"], line["status"]) == ("GET", "/api/articles/{article_id}", 404)


def test_the_line_tells_how_long_it_took(client: TestClient, lines: list[str]):
    client.get("/openapi.json")
    assert 0 < json.loads(lines[0])["ms"] < 10_000


def test_the_line_has_the_id_of_the_reply(client: TestClient, lines: list[str]):
    reply = client.get("/openapi.json")
    assert json.loads(lines[0])["request_id"] == reply.headers["x-request-id"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_what_programs_ask_every_few_seconds_is_no_line(client: TestClient, lines: list[str], path: str):
    client.get(path)
    assert lines == []


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/ask"), ("GET", "/api/articles?query=nets"), ("GET", "/nets"), ("GET", "/api/articles/nets")],
)
def test_nothing_that_was_asked_is_in_the_log(client: TestClient, lines: list[str], method: str, path: str):
    client.request(method, path, json=QUESTION)
    assert "nets" not in "".join(lines)


def test_two_requests_have_different_ids(client: TestClient):
    assert client.get("/healthz").headers["x-request-id"] != client.get("/healthz").headers["x-request-id"]


def test_the_id_that_a_proxy_gave_is_kept(client: TestClient):
    assert client.get("/healthz", headers={"X-Request-Id": "proxy-7.21"}).headers["x-request-id"] == "proxy-7.21"


@pytest.mark.parametrize("given", ["", "two words", "x" * 65, 'quo"te', "a\tb"])
def test_an_id_that_is_none_is_not_taken_over(client: TestClient, given: str):
    assert client.get("/healthz", headers={"X-Request-Id": given}).headers["x-request-id"] != given


def test_a_problem_has_the_id_too(client: TestClient):
    reply = client.post("/api/ask", json={})
    assert problem_of(reply, 422)["request_id"] == reply.headers["x-request-id"]


def test_a_defect_has_the_id_in_its_header_too():
    with serving(Policy(), BrokenAnswerer(RuntimeError("broken"))) as client:
        reply = client.post("/api/ask", json=QUESTION)
    assert problem_of(reply, 500)["request_id"] == reply.headers["x-request-id"]


def test_the_log_of_a_defect_has_the_id_of_the_reply(lines: list[str]):
    with serving(Policy(), BrokenAnswerer(RuntimeError("broken"))) as client:
        reply = client.post("/api/ask", json=QUESTION, headers={"X-Request-Id": "proxy-7.22"})
    assert reply.status_code == 500
    (line,) = (json.loads(one) for one in lines if "exception" in one)
    assert line["request_id"] == "proxy-7.22"


def test_a_defect_is_one_line_with_its_traceback():
    try:
        raise RuntimeError("broken\nin two lines")
    except RuntimeError:
        record = logging.LogRecord("api", logging.ERROR, __file__, 1, "unexpected error", None, sys.exc_info())
    written = JsonLines().format(record)
    assert "\n" not in written
    assert "Traceback" in json.loads(written)["exception"]


def test_a_log_cannot_command_a_terminal():
    record = logging.LogRecord("api", logging.WARNING, __file__, 1, "left out %s", ("\x1b[2J\x9b31m.txt",), None)
    assert JsonLines().format(record).isprintable()
