"""API keys: with any set, nothing but the page and the signs of life is open to those without one."""

import hashlib
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.keys import KeyRing
from api.policy import Policy
from tests.api.operating import KEY, QUESTION, bearer, serving
from tests.api.replies import problem_of

OTHER_KEY = "a-key-of-the-lighthouse-keeper"


@pytest.fixture(scope="module")
def locked() -> Iterator[TestClient]:
    """A service that two keys open."""
    with serving(Policy(keys=KeyRing.of([KEY, OTHER_KEY]))) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/articles"),
        ("GET", "/api/articles/0000000000000000"),
        ("POST", "/api/articles"),
        ("DELETE", "/api/articles/0000000000000000"),
        ("POST", "/api/ask"),
        ("POST", "/api/ask/stream"),
        ("POST", "/api/search"),
        ("POST", "/api/sync"),
        ("POST", "/mcp"),
        ("GET", "/metrics"),
        ("GET", "/a/route/of/tomorrow"),
    ],
)
def test_without_a_key_it_is_a_401(locked: TestClient, method: str, path: str):
    problem_of(locked.request(method, path), 401)


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/models"), ("POST", "/v1/chat/completions")])
def test_without_a_key_the_compatible_endpoints_are_closed_too(locked: TestClient, method: str, path: str):
    assert locked.request(method, path).status_code == 401


@pytest.mark.parametrize("path", ["/", "/static/app.js", "/healthz", "/readyz", "/openapi.json"])
def test_the_page_and_the_signs_of_life_need_no_key(locked: TestClient, path: str):
    assert locked.get(path).status_code == 200


@pytest.mark.parametrize("key", [KEY, OTHER_KEY])
def test_each_key_opens(locked: TestClient, key: str):
    assert locked.post("/api/ask", json=QUESTION, headers=bearer(key)).status_code == 200


def test_the_scheme_is_known_however_it_is_written(locked: TestClient):
    assert locked.get("/metrics", headers={"Authorization": f"bearer {KEY}"}).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        "Bearer a-key-of-somebody-else",
        f"Bearer {KEY[:-1]}",
        f"Bearer {KEY}x",
        f"Bearer {KEY.upper()}",
        f"Bearer {KEY} {OTHER_KEY}",
        f"Bearer {KEY},{OTHER_KEY}",
        f"Basic {KEY}",
        KEY,
        "Bearer",
        "Bearer ",
        b"Bearer \xff\xfe",
        f"Bearer {hashlib.sha256(KEY.encode()).hexdigest()}",
    ],
    ids=ascii,
)
def test_what_is_no_key_does_not_open(locked: TestClient, sent: str | bytes):
    raw = sent if isinstance(sent, bytes) else sent.encode()
    problem_of(locked.get("/metrics", headers=[(b"Authorization", raw)]), 401)


def test_a_401_says_how_to_send_a_key(locked: TestClient):
    assert "Authorization: Bearer" in problem_of(locked.get("/metrics"), 401)["detail"]


def test_a_401_names_the_scheme_to_programs(locked: TestClient):
    assert locked.get("/metrics").headers["www-authenticate"] == "Bearer"


def test_a_401_does_not_repeat_the_key(locked: TestClient):
    assert "somebody" not in locked.get("/metrics", headers=bearer("a-key-of-somebody-else")).text


def test_a_key_is_not_kept():
    assert KEY not in repr(Policy(keys=KeyRing.of([KEY])))


def test_without_keys_everybody_may_ask():
    with serving(Policy()) as client:
        assert client.post("/api/ask", json=QUESTION).status_code == 200
