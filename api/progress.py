"""An answer while it is made, step by step."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI

from api import asking
from qa.records import Answer, Question, Statement

_KEEP_ALIVE_SECONDS = 15.0  # proxies take a connection for dead after half a minute or more
KEEP_ALIVE = ": keep-alive\n\n"  # a comment, as server-sent events know them

Step = Statement | Answer | None


async def progress(app: FastAPI, question: Question) -> AsyncIterator[Step]:
    """Yield each statement as it passes, and the answer at last; None whenever there was nothing to tell for long.

    The first step is always None: before it a question may be refused, as `api.asking.answer` says, and after it only
    something that breaks is raised. When the caller goes away, the answer is broken off at its next statement.
    """
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[Any] = asyncio.Queue()
    gone = False

    def tell(step: Step) -> None:  # called in the thread that answers
        if gone:
            raise _CallerGone
        loop.call_soon_threadsafe(told.put_nowait, step)

    answering = asyncio.create_task(asking.answer(app, question, tell, lambda *_: tell(None)))
    answering.add_done_callback(told.put_nowait)
    try:
        step = await _next(told)
        if step is answering:
            answering.result()
        yield None
        while step is not answering:
            yield step
            step = await _next(told)
        yield answering.result()
    finally:
        gone = True
        answering.cancel()  # it may still wait for its turn
        answering.add_done_callback(lambda task: task.cancelled() or task.exception())  # nobody asks for it now


async def _next(told: asyncio.Queue[Any]) -> Any:  # noqa: ANN401 - a step, or the task that has ended
    try:
        return await asyncio.wait_for(told.get(), _KEEP_ALIVE_SECONDS)
    except TimeoutError:
        return None


class _CallerGone(Exception):
    """Nobody waits for the answer any more."""
