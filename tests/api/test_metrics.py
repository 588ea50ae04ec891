"""`GET /metrics`: what Prometheus is told."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.policy import Policy
from tests.api.operating import NOTHING_SAID, QUESTION, Knows, Thinks, asking, serving, until

ANSWER = replace(
    NOTHING_SAID,
    status="answered",
    dropped=3,
    fallback_reason="the model went away",
    tokens={"prompt": 70, "completion": 5},
    timings_ms={"retrieve": 40.0, "total": 200.0},
)


@pytest.fixture
def asked() -> Iterator[TestClient]:
    """A service that was asked once."""
    with serving(Policy(), Knows(ANSWER)) as client:
        assert client.post("/api/ask", json=QUESTION).status_code == 200
        yield client


def sample(client: TestClient, name: str, **labels: str) -> float | None:
    """Return a sample's value, None where there is no such one."""
    text = client.get("/metrics").text
    samples = (one for family in text_string_to_metric_families(text) for one in family.samples)
    return next((one.value for one in samples if one.name == name and labels.items() <= one.labels.items()), None)


def test_an_answer_is_counted_by_engine_and_status(asked: TestClient):
    assert sample(asked, "footnote_answers_total", engine="extractive", status="answered") == 1


def test_an_answer_that_the_articles_do_not_give_is_counted_as_such():
    with serving(Policy(), Knows(NOTHING_SAID)) as client:
        client.post("/api/ask", json=QUESTION)
        assert sample(client, "footnote_answers_total", status="not_in_sources") == 1


def test_the_time_of_each_stage_is_told_in_seconds(asked: TestClient):
    assert sample(asked, "footnote_stage_seconds_sum", stage="retrieve") == pytest.approx(0.04)


def test_statements_that_were_dropped_are_counted(asked: TestClient):
    assert sample(asked, "footnote_dropped_statements_total") == 3


def test_an_answer_that_another_engine_had_to_give_is_counted(asked: TestClient):
    assert sample(asked, "footnote_fallbacks_total") == 1


def test_tokens_are_counted_by_kind(asked: TestClient):
    assert sample(asked, "footnote_llm_tokens_total", kind="prompt") == 70


def test_a_request_is_counted_by_method_route_and_status(asked: TestClient):
    assert sample(asked, "footnote_requests_total", method="POST", route="/api/ask", status="200") == 1


def test_a_refused_request_is_counted_too(asked: TestClient):
    asked.post("/api/ask", json={})
    assert sample(asked, "footnote_requests_total", route="/api/ask", status="422") == 1


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/api/articles/0000000000000000", "/api/articles/{article_id}"),
        ("/static/app.js", "/static"),
        ("/v1/models/unheard-of", "/v1/models/{model_id}"),
        ("/mcp", "/mcp"),
        ("/a/made/up/path", "unknown"),
    ],
)
def test_a_route_is_named_by_its_template(asked: TestClient, path: str, route: str):
    asked.get(path)
    assert sample(asked, "footnote_requests_total", route=route) == 1


def test_a_made_up_method_is_not_named(asked: TestClient):
    asked.request("BREW", "/api/ask")
    assert sample(asked, "footnote_requests_total", method="other", status="405") == 1


def test_questions_at_work_and_waiting_are_told():
    thinks = Thinks()
    with serving(Policy(concurrency=2, queue=5), thinks) as client, asking(client) as ask:
        for _ in range(5):
            ask()
        until(lambda: client.app.state.gate.waiting == 3)  # type: ignore[attr-defined]
        told = sample(client, "footnote_questions_at_work"), sample(client, "footnote_questions_waiting")
        thinks.may_answer.set()
    assert told == (2, 3)


def test_the_memory_of_the_process_is_told(asked: TestClient):
    assert (sample(asked, "process_resident_memory_bytes") or 0) > 1_000_000


def test_no_question_is_told(asked: TestClient):
    assert "nets" not in asked.get("/metrics").text


def test_each_application_counts_its_own(asked: TestClient):
    with serving(Policy()) as other:
        assert sample(other, "footnote_answers_total") is None
