"""Every error is a problem (RFC 9457) with the right status, a reason and, where there is one, a remedy."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.policy import Policy
from index.errors import VectorStoreError
from tests.api.operating import serving
from tests.api.replies import Serve, problem_of, wait_until_ready
from tests.doubles import BrokenAnswerer, parts_that_only_answer

JSON = {"content-type": "application/json"}
QUESTION = "Who built the oven of the bakery?"


@pytest.mark.parametrize("path", ["/api/ask", "/api/search"])
@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"who?",
        b'{"question": }',
        b'{"question": "who?",}',
        b'{"question": "who?"} trailing',
        b'{"question": "\xff\xfe who?"}',
        b"[" * 100_000,
    ],
    ids=["cut off", "no json", "no value", "trailing comma", "trailing words", "no utf-8", "endlessly nested"],
)
def test_malformed_json_is_a_400(client: TestClient, path: str, body: bytes):
    problem_of(client.post(path, content=body, headers=JSON), 400)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'"who?"', b"1"])
def test_a_body_that_is_no_object_is_a_422(client: TestClient, body: bytes):
    problem_of(client.post("/api/ask", content=body, headers=JSON), 422)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_a_body_of_another_content_type_is_a_415_that_names_the_right_one(client: TestClient, content_type: str):
    reply = client.post("/api/ask", content=json.dumps({"question": QUESTION}), headers={"content-type": content_type})
    assert "application/json" in problem_of(reply, 415)["detail"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"qestion": "who?"}, "qestion"),
        ({"top": 3}, "top"),
        ({"history": [{"role": "user", "content": "who?", "name": "me"}]}, "name"),
        ({"history": [{"role": "system", "content": "who?"}]}, "role"),
        ({"history": [{"role": "user"}]}, "content"),
        ({"history": "who?"}, "history"),
        ({"history": [{"role": "user", "content": "who?"}] * 1_000}, "history"),
        ({"question": None}, "question"),
        ({"question": 7}, "question"),
        ({"question": ["who?"]}, "question"),
        ({"engine": "oracle"}, "engine"),
        ({"top_k": 0}, "top_k"),
        ({"top_k": -1}, "top_k"),
        ({"top_k": 1_000_000}, "top_k"),
        ({"top_k": 1.5}, "top_k"),
        ({"top_k": "many"}, "top_k"),
        ({"top_k": "3"}, "top_k"),
        ({"top_k": True}, "top_k"),
        ({"published_from": "yesterday"}, "published_from"),
        ({"published_to": "2024-02-30"}, "published_to"),
        ({"published_to": "2024-02-28T00:00:00"}, "published_to"),
        ({"published_from": 0}, "published_from"),
        ({"published_from": "0"}, "published_from"),
        ({"published_from": "2024-03-09", "published_to": "2024-03-05"}, "published_from"),
        ({"publishers": "Harbour Herald"}, "publishers"),
        ({"publishers": [1]}, "publishers"),
        ({"publishers": ["Harbour \ud800 Herald"]}, "publishers"),
    ],
    ids=ascii,
)
def test_a_field_that_is_wrong_is_a_422_that_names_it(client: TestClient, fields: dict[str, Any], named: str):
    body = json.dumps({"question": QUESTION} | fields)
    assert named in problem_of(client.post("/api/ask", content=body, headers=JSON), 422)["detail"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [({"history": []}, "history"), ({"engine": "auto"}, "engine"), ({"top_k": 0}, "top_k")],
    ids=str,
)
def test_a_search_takes_no_more_than_it_uses(client: TestClient, fields: dict[str, Any], named: str):
    assert named in problem_of(client.post("/api/search", json={"query": "oven"} | fields), 422)["detail"]


def test_a_question_that_is_missing_is_a_422_that_names_it(client: TestClient):
    assert "question" in problem_of(client.post("/api/ask", json={}), 422)["detail"]


def test_a_field_whose_name_is_no_text_is_a_422(client: TestClient):
    body = json.dumps({"question": QUESTION, "\ud800": 1})
    problem_of(client.post("/api/ask", content=body, headers=JSON), 422)


def test_an_llm_that_is_not_configured_is_a_422_that_says_what_is(client: TestClient):
    problem = problem_of(client.post("/api/ask", json={"question": QUESTION, "engine": "llm"}), 422)
    assert "llm" in problem["detail"]
    assert "extractive" in problem["detail"]


@pytest.mark.parametrize("article_id", ["0000000000000000", "%00", "%ff%fe", "%F0%9F%A6%AD", "' OR 1=1", "x" * 5_000])
def test_an_article_that_is_not_there_is_a_404_of_its_own_type(client: TestClient, article_id: str):
    problem = problem_of(client.get(f"/api/articles/{article_id}"), 404)
    assert problem["type"].endswith("unknown-article")


@pytest.mark.parametrize("path", ["/nowhere", "/api", "/api/nowhere", "/static/nowhere.js", "/static/", "/%ff%fe"])
def test_a_place_that_is_not_there_is_a_404(client: TestClient, path: str):
    problem_of(client.get(path), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/ask", "POST"),
        ("PUT", "/api/search", "POST"),
        ("GET", "/api/sync", "POST"),
        ("DELETE", "/api/articles", "GET, POST"),
        ("PUT", "/api/articles/0000000000000000", "GET, DELETE"),
        ("GET", "/api/ask/stream", "POST"),
        ("POST", "/healthz", "GET"),
        ("POST", "/readyz", "GET"),
        ("POST", "/", "GET"),
        ("POST", "/static/app.js", "GET"),
    ],
)
def test_another_method_is_a_405_that_names_those_allowed(client: TestClient, method: str, path: str, allowed: str):
    reply = client.request(method, path)
    problem_of(reply, 405)
    assert allowed in reply.headers.get("allow", "")


def test_a_defect_is_a_500_that_tells_nothing_of_the_inside(broken: Callable[[Exception], TestClient]):
    reply = broken(RuntimeError("the key is a secret")).post("/api/ask", json={"question": QUESTION})
    problem_of(reply, 500)
    assert "secret" not in reply.text


def test_a_broken_index_is_a_500_that_says_so(broken: Callable[[Exception], TestClient]):
    reply = broken(VectorStoreError("The vectors are gone.")).post("/api/ask", json={"question": QUESTION})
    assert problem_of(reply, 500)["detail"] == "The vectors are gone."


@pytest.mark.parametrize("error", [RuntimeError("broken"), VectorStoreError("broken")], ids=["defect", "broken index"])
def test_a_500_has_the_security_headers_too(broken: Callable[[Exception], TestClient], error: Exception):
    reply = broken(error).post("/api/ask", json={"question": QUESTION})
    assert reply.headers.get("content-security-policy")
    assert reply.headers.get("x-content-type-options") == "nosniff"


@pytest.fixture
def broken(serve: Serve) -> Callable[[Exception], TestClient]:
    """Starts a service whose answerer raises the error it is given."""

    def start(error: Exception) -> TestClient:
        client = serve(lambda: parts_that_only_answer(BrokenAnswerer(error)))
        wait_until_ready(client)
        return client

    return start


def test_a_body_that_is_too_large_is_a_413(client: TestClient):
    response = client.post("/api/ask", json={"question": "x" * 3_000_000})
    assert problem_of(response, 413)["status"] == 413


def test_a_body_of_undeclared_length_is_a_411(client: TestClient):
    def pieces() -> Iterator[bytes]:
        yield b'{"question": "How long?"}'

    response = client.post("/api/ask", content=pieces(), headers={"content-type": "application/json"})
    assert problem_of(response, 411)["type"].endswith("length-required")


def test_no_problem_tells_where_the_data_lies(tmp_path: Path):
    data = str(tmp_path / "data")
    error = VectorStoreError(f"The vector store {data}/vectors-1 cannot be used: it is gone.")
    with serving(Policy(folders=((data, "the data folder"),)), BrokenAnswerer(error)) as client:
        asked = client.post("/api/ask", json={"question": QUESTION})
        streamed = client.post("/api/ask/stream", json={"question": QUESTION})
        called = {"name": "ask", "arguments": {"question": QUESTION}}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": called}
        tool = client.post("/mcp", json=message, headers={"accept": "application/json"})
    for reply in (asked, streamed, tool):
        assert "the data folder/vectors-1 cannot be used" in reply.text
        assert data not in reply.text
