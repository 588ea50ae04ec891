"""The one way from a question to an answer for all that serves answers: a place at work, a thread, figures."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from anyio import CancelScope, to_thread
from fastapi import FastAPI

from api.service import Service
from index.records import Filters, Passage
from qa.records import Answer, OnQuick, OnRetrieval, OnStatement, Question, Statement

_Made = TypeVar("_Made")


def _ignore_statement(_statement: Statement) -> None:
    pass


def _ignore_retrieval(_standalone: str, _passages: Sequence[Passage]) -> None:
    pass


def _ignore_quick(_answer: Answer) -> None:
    pass


async def answer(
    app: FastAPI,
    question: Question,
    on_statement: OnStatement = _ignore_statement,
    on_retrieval: OnRetrieval = _ignore_retrieval,
    on_quick: OnQuick = _ignore_quick,
) -> Answer:
    """Return the answer, made in a worker thread, in which the callbacks are called too.

    A callback that raises breaks the answer off. A caller that is cancelled waits until the thread is done, so that a
    place at work is free only when nobody works there. Raises NotReady, Busy, QuestionError and EngineNotConfigured.
    """
    service: Service = app.state.service
    answerer = service.parts.answerer
    async with app.state.gate.slot():
        made = await _in_thread(lambda: answerer.answer(question, on_statement, on_retrieval, on_quick))
    app.state.metrics.observe(made)
    return made


async def search(app: FastAPI, query: str, top_k: int | None, filters: Filters = Filters()) -> list[Passage]:
    """Return the passages that are found, in a worker thread and at a place at work, as `answer` is made."""
    service: Service = app.state.service
    retriever = service.parts.retriever
    async with app.state.gate.slot():
        return await _in_thread(lambda: retriever.search(query, top_k=top_k, filters=filters))


async def _in_thread(work: Callable[[], _Made]) -> _Made:
    """Return what `work` returns; when cancelled, first wait until it is done."""
    working = asyncio.ensure_future(to_thread.run_sync(work))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        with CancelScope(shield=True):  # anyio would cancel again and again what waits here
            await asyncio.wait({working})
        if not working.cancelled():
            working.exception()  # nobody is left to hear of it
        raise
