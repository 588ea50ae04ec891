"""`POST /api/ask/stream`: an answer as it comes into being."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.policy import Policy
from api.progress import progress
from api.service import Service
from index.errors import VectorStoreError
from qa.records import Answer, OnStatement, Question
from tests.api.operating import Knows, Thinks, asking, serving, until
from tests.api.replies import ask, ask_stream, parse_events, problem_of, search, without_timings
from tests.api.servers import WritingAnswerer, answer_of, serving_writer, statement
from tests.doubles import BrokenAnswerer, parts_that_only_answer

QUESTION = "For how many days was the harbour closed by the storm?"
UNANSWERED = "Who won the chess tournament in Lima?"
FIRST, SECOND = statement(1, "The quay is long."), statement(2, "The quay is wet.")
_PATIENCE_SECONDS = 20.0


@pytest.fixture(scope="module")
def events(client: TestClient) -> list[tuple[str, dict[str, Any]]]:
    """The events of a question that the articles answer."""
    return ask_stream(client, QUESTION)


def test_the_events_are_the_retrieval_then_statements_then_the_answer(events: list[tuple[str, dict[str, Any]]]):
    names = [name for name, _ in events]
    assert names == ["retrieval", *["statement"] * (len(names) - 2), "done"]
    assert len(names) > 2


def test_the_quotes_come_before_what_a_model_writes():
    class Quotes(WritingAnswerer):
        def answer(self, question: Question, *told: Any) -> Answer:
            on_statement, _, on_quick = told
            on_quick(answer_of(FIRST, engine="extractive"))
            on_statement(SECOND)
            return answer_of(SECOND)

    service = Service(lambda: parts_that_only_answer(Quotes(lambda *_: answer_of())))
    with TestClient(create_app(service)) as client:
        until(lambda: client.get("/readyz").status_code == 200)
        events = ask_stream(client, QUESTION)

    assert [name for name, _ in events] == ["quick", "statement", "done"]
    assert (events[0][1]["engine"], events[0][1]["statements"][0]["text"]) == ("extractive", FIRST.text)


def test_the_last_event_is_the_answer_that_is_given_without_a_stream(
    client: TestClient, events: list[tuple[str, dict[str, Any]]]
):
    assert without_timings(events[-1][1]) == without_timings(ask(client, QUESTION))


def test_the_statements_are_those_of_the_answer(events: list[tuple[str, dict[str, Any]]]):
    assert [data for name, data in events if name == "statement"] == events[-1][1]["statements"]


def test_the_retrieval_says_how_much_was_found(client: TestClient, events: list[tuple[str, dict[str, Any]]]):
    found = search(client, QUESTION)
    assert events[0][1] == {
        "question": QUESTION,
        "standalone_question": QUESTION,
        "passages": len(found),
        "articles": len({passage["article_id"] for passage in found}),
    }


def test_the_retrieval_tells_what_a_follow_up_was_taken_for(client: TestClient):
    history = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "For nine days. [1]"}]
    _, retrieval = ask_stream(client, "And why was it closed?", history=history)[0]
    assert retrieval["question"] == "And why was it closed?"
    assert "harbour" in retrieval["standalone_question"]


def test_that_the_articles_do_not_say_is_an_answer_without_statements(client: TestClient):
    events = ask_stream(client, UNANSWERED)
    assert [name for name, _ in events] == ["retrieval", "done"]
    assert events[-1][1]["status"] == "not_in_sources"


def test_a_stream_is_declared_as_one_that_nobody_may_hold_back(client: TestClient):
    headers = client.post("/api/ask/stream", json={"question": QUESTION}).headers
    assert headers["content-type"].startswith("text/event-stream")
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"question": ""}, "invalid-question"),
        ({"question": "x" * 2_001}, "invalid-question"),
        ({"question": QUESTION, "engine": "llm"}, "engine-not-configured"),
        ({"question": QUESTION, "top_k": 0}, "invalid-request"),
        ({}, "invalid-request"),
    ],
    ids=["empty", "too long", "no such engine", "wrong field", "no question"],
)
def test_what_cannot_be_asked_is_refused_with_its_status(client: TestClient, body: dict[str, Any], kind: str):
    assert problem_of(client.post("/api/ask/stream", json=body), 422)["type"].endswith(f":{kind}")


def test_what_breaks_before_the_first_event_is_a_500():
    with serving(Policy(), BrokenAnswerer(VectorStoreError("The vectors are gone."))) as client:
        reply = client.post("/api/ask/stream", json={"question": QUESTION})
    assert problem_of(reply, 500)["detail"] == "The vectors are gone."


def test_what_breaks_midway_ends_the_stream_with_a_problem():
    *before, (name, problem) = _events_broken_by(VectorStoreError("The vectors are gone."))
    assert [event for event, _ in before] == ["retrieval", "statement"]
    assert (name, problem["type"], problem["status"]) == ("error", "urn:footnote:problem:index-broken", 500)
    assert problem["detail"] == "The vectors are gone."


def test_a_defect_midway_tells_nothing_of_the_inside():
    name, problem = _events_broken_by(RuntimeError("the key is a secret"))[-1]
    assert (name, problem["type"]) == ("error", "urn:footnote:problem:unexpected")
    assert "secret" not in str(problem)


def test_a_problem_midway_carries_the_id_of_the_request():
    def breaks(_question: Question, _on_statement: OnStatement) -> Answer:
        raise VectorStoreError("The vectors are gone.")

    with serving(Policy(), WritingAnswerer(breaks)) as client:
        reply = client.post("/api/ask/stream", json={"question": QUESTION})
    assert parse_events(reply.text)[-1][1]["request_id"] == reply.headers["x-request-id"]


def test_a_stream_is_counted_like_any_answer():
    with serving(Policy(), Knows()) as client:
        ask_stream(client, QUESTION)
        assert 'footnote_answers_total{engine="extractive",status="not_in_sources"} 1.0' in client.get("/metrics").text


def test_a_stream_that_waits_is_kept_alive(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("api.progress._KEEP_ALIVE_SECONDS", 0.02)
    thinks = Thinks()
    with serving(Policy(queue_seconds=0.02), thinks) as client:
        timer = threading.Timer(0.3, thinks.may_answer.set)
        timer.start()
        reply = client.post("/api/ask/stream", json={"question": QUESTION})
        timer.join()
    assert sum(line.startswith(":") for line in reply.text.splitlines()) >= 3


def test_who_waits_a_turn_in_vain_is_refused_with_its_status_however_long_that_takes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("api.progress._KEEP_ALIVE_SECONDS", 0.02)
    thinks = Thinks()
    with serving(Policy(concurrency=1, queue_seconds=0.2), thinks) as client, asking(client) as ask_first:
        ask_first()
        until(lambda: thinks.at_work == 1)
        reply = client.post("/api/ask/stream", json={"question": QUESTION})
        thinks.may_answer.set()
    assert problem_of(reply, 503)["type"].endswith(":busy")


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_statement_is_sent_before_the_answer_is_whole():
    may_end = threading.Event()
    with serving_writer(_one_statement_then_wait(may_end)) as address, _streaming(address) as lines:
        seen = _until_event("statement", lines)
        may_end.set()
        rest = list(lines)
    assert "event: done" not in seen
    assert "event: done" in rest


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_caller_that_goes_away_midway_has_the_answer_broken_off():
    gone, broken_off = threading.Event(), threading.Event()

    def endless(_question: Question, on_statement: OnStatement) -> Answer:
        try:
            on_statement(FIRST)
            assert gone.wait(_PATIENCE_SECONDS)
            for _ in range(1_000):
                on_statement(SECOND)
                threading.Event().wait(0.01)
            return answer_of(FIRST)
        finally:
            broken_off.set()

    with serving_writer(endless, Policy(concurrency=1, queue=0)) as address:
        with _streaming(address) as lines:
            _until_event("statement", lines)
        gone.set()
        assert broken_off.wait(5)  # well before its thousand statements are out


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_after_a_caller_has_gone_away_the_next_one_is_answered():
    may_end = threading.Event()
    with serving_writer(_one_statement_then_wait(may_end), Policy(concurrency=1, queue=0)) as address:
        with _streaming(address) as lines:
            _until_event("statement", lines)
        may_end.set()
        until(lambda: _status_of_a_question(address) == 200)


def test_a_caller_that_goes_away_while_it_waits_its_turn_is_forgotten():
    thinks = Thinks()

    async def leave_while_waiting() -> None:
        app = create_app(Service(lambda: parts_that_only_answer(thinks)), Policy(concurrency=1))
        async with app.router.lifespan_context(app):
            while app.state.service.readiness.status != "ready":
                await asyncio.sleep(0.002)
            first = asyncio.create_task(_drain(app))
            while thinks.at_work < 1:
                await asyncio.sleep(0.002)
            second = asyncio.create_task(_drain(app))
            while app.state.gate.waiting < 1:
                await asyncio.sleep(0.002)
            second.cancel()
            await asyncio.wait({second})
            thinks.may_answer.set()
            await first
            await asyncio.sleep(0.05)

    asyncio.run(leave_while_waiting())
    assert thinks.at_work == 1


async def _drain(app: Any) -> None:
    async for _ in progress(app, Question(QUESTION)):
        pass


def _events_broken_by(error: Exception) -> list[tuple[str, dict[str, Any]]]:
    def breaks(_question: Question, on_statement: OnStatement) -> Answer:
        on_statement(FIRST)
        raise error

    with serving(Policy(), WritingAnswerer(breaks)) as client:
        return ask_stream(client, QUESTION)


def _one_statement_then_wait(may_end: threading.Event) -> Callable[[Question, OnStatement], Answer]:
    def write(_question: Question, on_statement: OnStatement) -> Answer:
        on_statement(FIRST)
        assert may_end.wait(_PATIENCE_SECONDS), "nobody let it end"
        return answer_of(FIRST)

    return write


class _streaming:  # noqa: N801 - used like the functions beside it
    """Ask a server for a stream; the context holds its lines, and leaving it closes the connection."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, trust_env=False, timeout=_PATIENCE_SECONDS)
        self._open = self._client.stream("POST", "/api/ask/stream", json={"question": QUESTION})

    def __enter__(self) -> Iterator[str]:
        response = self._open.__enter__()
        assert response.status_code == 200
        return response.iter_lines()

    def __exit__(self, *error: Any) -> None:
        self._open.__exit__(*error)
        self._client.close()


def _until_event(name: str, lines: Iterator[str]) -> list[str]:
    seen: list[str] = []
    for line in lines:
        seen.append(line)
        if line == f"event: {name}":
            return seen
    raise AssertionError(seen)


def _status_of_a_question(address: str) -> int:
    reply = httpx.post(f"{address}/api/ask", json={"question": QUESTION}, trust_env=False, timeout=_PATIENCE_SECONDS)
    return reply.status_code
