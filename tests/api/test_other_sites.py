"""Pages of other sites: they reach a server on this machine through the browser of the one who sits at it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.keys import KeyRing
from api.policy import Policy
from tests.api.operating import KEY, QUESTION, bearer, serving
from tests.api.replies import problem_of

FRIEND = "https://desk.example"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}


@pytest.fixture(scope="module")
def local() -> Iterator[TestClient]:
    """A service that goes by the names of this machine only."""
    with serving(Policy(hosts=("localhost", "127.0.0.1", "::1")), base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture(scope="module")
def befriended() -> Iterator[TestClient]:
    """A service that pages of one other origin may call, with a key."""
    with serving(Policy(keys=KeyRing.of([KEY]), cors_origins=(FRIEND,))) as client:
        yield client


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "LOCALHOST:80", "127.0.0.1:8000", "[::1]:8000", "[::1]"]
)
def test_a_name_of_this_machine_is_served(local: TestClient, host: str):
    assert local.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "rebound.example",
        "rebound.example:8000",
        "localhost.rebound.example",
        "127.0.0.1.rebound.example",
        "",
        "[::1",
        "10.0.0.7",
    ],
)
def test_a_name_that_a_page_made_resolve_to_this_machine_is_refused(local: TestClient, host: str):
    problem_of(local.get("/api/articles", headers={"Host": host}), 421)


@pytest.mark.parametrize(
    ("host", "status"),
    [("10.0.0.7:8000", 200), ("[2001:db8::7]", 200), ("rebound.example", 421), ("10.0.0.7.rebound.example", 421)],
)
def test_a_server_that_listens_everywhere_is_found_by_figures_and_by_no_strange_name(host: str, status: int):
    with serving(
        Policy(keys=KeyRing.of([KEY]), hosts=("quay.example",), figures=True), base_url="http://quay.example"
    ) as client:
        assert client.get("/api/articles", headers={"Host": host, **bearer(KEY)}).status_code == status
        assert client.get("/api/articles", headers={"Host": "quay.example", **bearer(KEY)}).status_code == 200


def test_the_page_is_refused_by_a_wrong_name_too(local: TestClient):
    problem_of(local.get("/", headers={"Host": "rebound.example"}), 421)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://localhost:3000", "http://127.0.0.1:8000", "null", ""]
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/api/sync"), ("DELETE", "/api/articles/0000000000000000")])
def test_a_page_of_another_site_may_change_nothing(local: TestClient, origin: str, method: str, path: str):
    reply = local.request(method, path, headers={"Origin": origin})
    assert problem_of(reply, 403)["type"].endswith("cross-site")


def test_our_own_page_may_change_things(local: TestClient):
    assert local.post("/api/sync", headers={"Origin": "http://localhost:8000"}).status_code == 200


def test_our_own_page_behind_a_proxy_that_renames_the_host_may_change_things(local: TestClient):
    headers = {"Origin": "https://footnote.example", "Sec-Fetch-Site": "same-origin"}
    assert local.post("/api/sync", headers=headers).status_code == 200


def test_a_program_that_names_no_origin_may_change_things(local: TestClient):
    assert local.post("/api/sync").status_code == 200


def test_without_origins_set_no_page_of_another_site_may_read(local: TestClient):
    reply = local.get("/api/articles", headers={"Origin": FRIEND})
    assert "access-control-allow-origin" not in reply.headers


def test_without_origins_set_a_preflight_is_refused(local: TestClient):
    assert local.options("/api/ask", headers={"Origin": FRIEND, **PREFLIGHT}).status_code == 405


def test_a_page_of_an_origin_that_is_set_may_ask(befriended: TestClient):
    reply = befriended.post("/api/ask", json=QUESTION, headers={"Origin": FRIEND, **bearer(KEY)})
    assert reply.status_code == 200
    assert reply.headers["access-control-allow-origin"] == FRIEND


def test_a_preflight_needs_no_key(befriended: TestClient):
    reply = befriended.options("/api/ask", headers={"Origin": FRIEND, **PREFLIGHT})
    assert reply.status_code == 200
    assert "authorization" in reply.headers["access-control-allow-headers"]


def test_a_page_of_an_origin_that_is_set_can_read_why_it_was_refused(befriended: TestClient):
    reply = befriended.post("/api/ask", json=QUESTION, headers={"Origin": FRIEND})
    assert reply.status_code == 401
    assert reply.headers["access-control-allow-origin"] == FRIEND


def test_an_origin_that_is_not_set_stays_outside(befriended: TestClient):
    reply = befriended.post("/api/ask", json=QUESTION, headers={"Origin": "https://evil.example", **bearer(KEY)})
    problem_of(reply, 403)
