"""An answer while it is made, step by step: from the thread that answers to whatever streams it."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

from api import asking
from api.schemas import RetrievalOut
from index.records import Passage
from qa.questions import clean_question
from qa.records import Answer, Question, Statement

_KEEP_ALIVE_SECONDS = 12.0  # proxies take a connection for dead after half a minute or more


@dataclass(frozen=True, slots=True)
class Quick:
    """The answer in quotes, while a language model writes another."""

    answer: Answer


Step = RetrievalOut | Quick | Statement | Answer | None


async def progress(app: FastAPI, question: Question) -> AsyncGenerator[Step, None]:
    """Yield the retrieval, the quotes before a model writes, each statement as it passes, and the answer at last.

    None where there long was nothing.

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

    def tell_retrieval(standalone: str, passages: Sequence[Passage]) -> None:
        asked, articles = clean_question(question.text), len({passage.chunk.article_id for passage in passages})
        tell(RetrievalOut(question=asked, standalone_question=standalone, passages=len(passages), articles=articles))

    def tell_quick(answer: Answer) -> None:
        tell(Quick(answer))

    answering = asyncio.create_task(asking.answer(app, question, tell, tell_retrieval, tell_quick))
    answering.add_done_callback(told.put_nowait)
    try:
        # Who waits its turn in vain is refused too.
        step = await _next(told, app.state.policy.queue_seconds + _KEEP_ALIVE_SECONDS)
        if step is answering:
            answering.result()
        yield None
        while step is not answering:
            yield step
            step = await _next(told, _KEEP_ALIVE_SECONDS)
        yield answering.result()
    finally:
        gone = True
        answering.cancel()  # it may still wait for its turn
        answering.add_done_callback(lambda task: task.cancelled() or task.exception())  # nobody asks for it now


async def _next(told: asyncio.Queue[Any], seconds: float) -> Any:  # noqa: ANN401 - a step, or the task that has ended
    try:
        return await asyncio.wait_for(told.get(), seconds)
    except TimeoutError:
        return None


class _CallerGone(Exception):
    """Nobody waits for the answer any more."""
