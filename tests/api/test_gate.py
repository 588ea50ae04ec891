"""So many questions are at work at once, a few wait their turn, and whoever comes then is asked to come back."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient

from api.errors import Busy
from api.limits import Gate
from api.policy import Policy
from tests.api.operating import QUESTION, Thinks, asking, serving, until
from tests.api.replies import problem_of
from tests.doubles import BrokenAnswerer

LONG = 20.0


@pytest.fixture
def thinks() -> Thinks:
    """An answerer that answers when it is told to."""
    return Thinks()


@pytest.fixture
def narrow(thinks: Thinks) -> Iterator[TestClient]:
    """A service with one question at work, and one waiting, at most."""
    with serving(Policy(concurrency=1, queue=1, queue_seconds=LONG), thinks) as client:
        yield client


def test_a_question_that_comes_when_the_queue_is_full_is_a_503(narrow: TestClient, thinks: Thinks):
    with asking(narrow) as ask:
        fill(narrow, ask)
        reply = narrow.post("/api/ask", json=QUESTION)
        thinks.may_answer.set()
    assert problem_of(reply, 503)["type"].endswith("busy")


def test_such_a_503_says_when_to_come_back(narrow: TestClient, thinks: Thinks):
    with asking(narrow) as ask:
        fill(narrow, ask)
        reply = narrow.post("/api/ask", json=QUESTION)
        thinks.may_answer.set()
    assert int(reply.headers["retry-after"]) > 0


def test_a_stream_is_refused_with_its_status_before_it_begins(narrow: TestClient, thinks: Thinks):
    with asking(narrow) as ask:
        fill(narrow, ask)
        reply = narrow.post("/api/ask/stream", json=QUESTION)
        thinks.may_answer.set()
    problem_of(reply, 503)


def test_a_question_that_waits_is_answered(narrow: TestClient, thinks: Thinks):
    with asking(narrow) as ask:
        replies = fill(narrow, ask)
        thinks.may_answer.set()
    assert [reply.result().status_code for reply in replies] == [200, 200]


def test_a_question_that_waits_is_not_at_work(narrow: TestClient, thinks: Thinks):
    with asking(narrow) as ask:
        fill(narrow, ask)
        begun = thinks.at_work
        thinks.may_answer.set()
    assert begun == 1


def test_a_search_takes_its_turn_among_the_questions(narrow: TestClient, thinks: Thinks):
    with asking(narrow) as ask:
        fill(narrow, ask)
        reply = narrow.post("/api/search", json={"query": "nets"})
        call = {"name": "search", "arguments": {"query": "nets"}}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        tool = narrow.post("/mcp", json=message, headers={"accept": "application/json"})
        thinks.may_answer.set()
    assert problem_of(reply, 503)["type"].endswith("busy")
    assert tool.json()["result"]["isError"] is True


def test_the_signs_of_life_do_not_wait(narrow: TestClient, thinks: Thinks):
    with asking(narrow) as ask:
        fill(narrow, ask)
        assert narrow.get("/healthz").status_code == 200
        thinks.may_answer.set()


def test_a_question_that_fails_makes_room_for_the_next():
    with serving(Policy(concurrency=1, queue=0), BrokenAnswerer(RuntimeError("broken"))) as client:
        assert [client.post("/api/ask", json=QUESTION).status_code for _ in range(2)] == [500, 500]


def test_the_turn_goes_to_who_waited_longest():
    assert anyio.run(_order_of, Gate(1, 5, LONG), 5) == [0, 1, 2, 3, 4]


def test_who_finds_the_queue_full_is_refused_at_once():
    async def refused() -> None:
        gate = Gate(1, 0, LONG)
        async with gate.slot():
            with anyio.fail_after(1), pytest.raises(Busy):
                async with gate.slot():
                    pass

    anyio.run(refused)


def test_who_waits_too_long_is_refused():
    async def wait_in_vain() -> None:
        gate = Gate(1, 1, queue_seconds=0.02)
        async with gate.slot():
            with pytest.raises(Busy):
                async with gate.slot():
                    pass

    anyio.run(wait_in_vain)


def test_who_waited_too_long_waits_no_more():
    async def waiting_after() -> int:
        gate = Gate(1, 1, queue_seconds=0.02)
        async with gate.slot():
            with pytest.raises(Busy):
                async with gate.slot():
                    pass
            return gate.waiting

    assert anyio.run(waiting_after) == 0


def test_who_gives_up_waiting_leaves_its_turn_to_the_next():
    async def reached() -> bool:
        gate = Gate(1, 2, LONG)
        async with gate.slot():
            with anyio.move_on_after(0.02):
                async with gate.slot():
                    pass
        with anyio.fail_after(LONG):
            async with gate.slot():
                return True

    assert anyio.run(reached)


async def _order_of(gate: Gate, number: int) -> list[int]:
    """Return in which order those got their turn who came one after the other while the gate was closed."""
    order: list[int] = []

    async def pass_through(who: int) -> None:
        async with gate.slot():
            order.append(who)
            await anyio.sleep(0)

    async with anyio.create_task_group() as tasks, gate.slot():
        for who in range(number):
            tasks.start_soon(pass_through, who)
            await anyio.sleep(0.005)
    return order


def fill(client: TestClient, ask: Callable[[], "Future[Any]"]) -> "list[Future[Any]]":
    """Ask until one question is at work and one waits; return their replies to come."""
    gate: Gate = client.app.state.gate  # type: ignore[attr-defined]
    replies = [ask()]
    until(lambda: gate.at_work == 1)
    replies.append(ask())
    until(lambda: gate.waiting == 1)
    return replies
