"""So many requests a minute, by key, or by address where there are no keys."""

import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.keys import KeyRing
from api.limits import RateLimit
from api.policy import Policy
from tests.api.operating import KEY, bearer, serving
from tests.api.replies import problem_of

OTHER_KEY = "a-key-of-the-lighthouse-keeper"


@pytest.fixture
def by_key() -> Iterator[TestClient]:
    """A service that lets two requests of a key in a minute."""
    with serving(Policy(keys=KeyRing.of([KEY, OTHER_KEY]), rate_per_minute=2)) as client:
        yield client


def spend(client: TestClient, headers: dict[str, str]) -> None:
    """Make as many requests as are let in."""
    assert [client.get("/metrics", headers=headers).status_code for _ in range(2)] == [200, 200]


def test_one_request_more_is_a_429(by_key: TestClient):
    spend(by_key, bearer(KEY))
    assert problem_of(by_key.get("/metrics", headers=bearer(KEY)), 429)["type"].endswith("too-many-requests")


def test_a_429_says_when_to_come_back(by_key: TestClient):
    spend(by_key, bearer(KEY))
    assert 50 <= int(by_key.get("/metrics", headers=bearer(KEY)).headers["retry-after"]) <= 60


def test_another_key_is_still_let_in(by_key: TestClient):
    spend(by_key, bearer(KEY))
    assert by_key.get("/metrics", headers=bearer(OTHER_KEY)).status_code == 200


def test_who_guesses_keys_is_slowed_down(by_key: TestClient):
    guesses = [by_key.get("/metrics", headers=bearer(f"a-guess-of-a-stranger-{n}")).status_code for n in range(3)]
    assert guesses == [401, 401, 429]


def test_who_guesses_keys_slows_nobody_else_down(by_key: TestClient):
    for number in range(3):
        by_key.get("/metrics", headers=bearer(f"a-guess-of-a-stranger-{number}"))
    assert by_key.get("/metrics", headers=bearer(KEY)).status_code == 200


def test_the_page_and_the_signs_of_life_are_not_counted(by_key: TestClient):
    for path in ("/", "/healthz", "/static/app.js"):
        by_key.get(path)
    spend(by_key, bearer(KEY))


def test_without_keys_an_address_is_counted():
    with serving(Policy(rate_per_minute=2)) as client:
        spend(client, {})
        problem_of(client.get("/metrics"), 429)


def test_without_a_limit_nobody_is_refused():
    with serving(Policy()) as client:
        assert {client.get("/metrics").status_code for _ in range(150)} == {200}


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_minute_later_a_caller_is_let_in_again():
    clock = Clock()
    limit = RateLimit(1, clock)
    assert [limit.seconds_to_wait("a"), limit.seconds_to_wait("a")] == [0, 60]
    clock.seconds += 59.5
    assert limit.seconds_to_wait("a") == 1
    clock.seconds += 0.5
    assert limit.seconds_to_wait("a") == 0


def test_a_clock_on_the_wall_that_is_set_back_locks_nobody_out(monkeypatch: pytest.MonkeyPatch):
    limit = RateLimit(1)
    assert limit.seconds_to_wait("a") == 0
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert limit.seconds_to_wait("a") <= 60
    assert limit.seconds_to_wait("b") == 0


def test_callers_who_came_once_are_forgotten():
    clock = Clock()
    limit = RateLimit(1, clock)
    for number in range(1_000):
        limit.seconds_to_wait(f"guest {number}")
    clock.seconds += 61
    limit.seconds_to_wait("a")
    assert set(limit._let_in) == {"a"}
