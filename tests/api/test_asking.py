"""`api.asking.answer`: the one way to an answer keeps its place at work for exactly as long as it works."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest
from anyio import create_task_group
from fastapi import FastAPI

from api.app import create_app
from api.asking import answer
from api.errors import NotReady
from api.policy import Policy
from api.service import Answerer, Service
from qa.records import Question
from tests.api.operating import NOTHING_SAID, Knows, Thinks
from tests.doubles import parts_that_only_answer

QUESTION = Question("Who mends the nets at the western quay?")


def test_an_answer_is_that_of_the_answerer():
    async def ask(app: FastAPI) -> None:
        assert await answer(app, QUESTION) == NOTHING_SAID

    _with_app(Knows(), ask)


def test_an_answer_is_counted_once():
    async def ask(app: FastAPI) -> None:
        await answer(app, QUESTION)
        assert (
            b'footnote_answers_total{engine="extractive",status="not_in_sources"} 1.0' in app.state.metrics.exposition()
        )

    _with_app(Knows(), ask)


def test_before_the_index_is_ready_it_is_refused():
    app = create_app(Service(lambda: parts_that_only_answer(Knows())))
    with pytest.raises(NotReady):
        asyncio.run(answer(app, QUESTION))


def test_a_caller_that_is_cancelled_keeps_its_place_until_the_thread_is_done():
    thinks = Thinks()

    async def leave(app: FastAPI) -> None:
        caller = asyncio.create_task(answer(app, QUESTION))
        await _until(lambda: thinks.at_work == 1)
        caller.cancel()
        await asyncio.sleep(0.05)
        assert app.state.gate.at_work == 1
        thinks.may_answer.set()
        await asyncio.wait({caller})
        assert caller.cancelled()
        assert app.state.gate.at_work == 0

    _with_app(thinks, leave)


def test_a_group_of_tasks_that_is_cancelled_keeps_its_place_until_the_thread_is_done():
    thinks = Thinks()

    async def leave(app: FastAPI) -> None:
        threading.Timer(0.2, thinks.may_answer.set).start()
        async with create_task_group() as group:
            group.start_soon(answer, app, QUESTION)
            await _until(lambda: thinks.at_work == 1)
            group.cancel_scope.cancel()
        assert thinks.may_answer.is_set()

    _with_app(thinks, leave)


def test_a_caller_that_is_cancelled_while_it_waits_leaves_the_queue():
    thinks = Thinks()

    async def leave(app: FastAPI) -> None:
        first = asyncio.create_task(answer(app, QUESTION))
        await _until(lambda: thinks.at_work == 1)
        second = asyncio.create_task(answer(app, QUESTION))
        await _until(lambda: app.state.gate.waiting == 1)
        second.cancel()
        await asyncio.wait({second})
        assert app.state.gate.waiting == 0
        thinks.may_answer.set()
        await first
        assert thinks.at_work == 1

    _with_app(thinks, leave)


def _with_app(answerer: Answerer, work: Callable[[FastAPI], Awaitable[None]]) -> None:
    async def run() -> None:
        app = create_app(Service(lambda: parts_that_only_answer(answerer)), Policy(concurrency=1))
        async with app.router.lifespan_context(app):
            await _until(lambda: app.state.service.readiness.status == "ready")
            await work(app)

    asyncio.run(run())


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.002)
