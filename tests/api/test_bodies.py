"""How large a body may be: what a question needs, or for an added file what is set."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.policy import Policy
from tests.api.operating import serving
from tests.api.replies import problem_of

MOST = 3_000_000


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A service that takes files of 3 MB."""
    with serving(Policy(max_upload_bytes=MOST)) as client:
        yield client


def test_a_file_that_is_larger_than_is_set_is_a_413(client: TestClient):
    reply = client.post("/api/articles", files={"file": ("a.txt", b"x" * (MOST + 20_000))})
    assert f"{MOST:,}"[:2] in problem_of(reply, 413)["detail"]


def test_a_file_as_large_as_is_set_is_read(client: TestClient):
    assert client.post("/api/articles", files={"file": ("a.txt", b"x" * MOST)}).status_code != 413


def test_a_question_may_not_be_as_large_as_a_file(client: TestClient):
    problem_of(client.post("/api/ask", json={"question": "x" * MOST}), 413)


def test_a_file_of_undeclared_length_is_a_411(client: TestClient):
    def pieces() -> Iterator[bytes]:
        yield b"a whole article"

    problem_of(client.post("/api/articles", content=pieces()), 411)
