"""An answer in the making as server-sent events: `retrieval`, `statement`, and `done` or `error`."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.sse import ServerSentEvent
from pydantic import TypeAdapter

from api.asking import answer
from api.errors import describe
from api.schemas import RetrievalOut
from index.records import Passage
from qa.questions import clean_question
from qa.records import Answer, Question, Statement

# For how long a reply may wait for its first event, so that a refusal still has its own status. Longer than a question
# waits its turn, shorter than proxies wait for a reply's beginning.
_FIRST_EVENT_SECONDS = 12.0
EXAMPLE = """event: retrieval
data: {"question": "Why?", "standalone_question": "Why was the harbour closed?", "passages": 20, "articles": 7}

event: statement
data: {"text": "A storm had closed the harbour.", "citations": [{"number": 1, "article_id": "1a2b3c4d5e6f7081", ...}]}

: ping

event: done
data: {"question": "Why?", "status": "answered", "answer": "A storm had closed the harbour. [1]", ...}

"""  # for the description of the API
_LAST = frozenset({"done", "error"})
_ANSWER = TypeAdapter(Answer)
_STATEMENT = TypeAdapter(Statement)
# The loop itself keeps no task alive; those whose caller has gone are kept here until their thread is done.
_tasks: set[asyncio.Task[None]] = set()

_Made = ServerSentEvent | Exception


class _CallerGone(Exception):
    """Nobody reads the events any more: the answer is broken off at its next statement."""


@asynccontextmanager
async def answer_events(app: FastAPI, question: Question) -> AsyncIterator[AsyncIterator[ServerSentEvent]]:
    """Begin to answer and yield the events, the last of which is `done` or `error`.

    What is refused raises here, before the first event: what `api.asking.answer` raises. When the context ends before
    the answer does, the answer is broken off.
    """
    cleaned = clean_question(question.text)
    loop = asyncio.get_running_loop()
    made: asyncio.Queue[_Made] = asyncio.Queue()
    gone = threading.Event()

    def tell(event: str, data: str) -> None:
        if gone.is_set():
            raise _CallerGone
        loop.call_soon_threadsafe(made.put_nowait, ServerSentEvent(event=event, raw_data=data))

    def on_retrieval(standalone: str, passages: Sequence[Passage]) -> None:
        articles = len({passage.chunk.article_id for passage in passages})
        found = RetrievalOut(
            question=cleaned, standalone_question=standalone, passages=len(passages), articles=articles
        )
        tell("retrieval", found.model_dump_json())

    def on_statement(statement: Statement) -> None:
        tell("statement", _STATEMENT.dump_json(statement).decode())

    async def work() -> None:
        try:
            whole = await answer(app, question, on_statement, on_retrieval)
        except _CallerGone:
            return
        except Exception as error:  # noqa: BLE001 - whatever broke, the reader of the stream must hear of it
            made.put_nowait(error)
        else:
            made.put_nowait(ServerSentEvent(event="done", raw_data=_ANSWER.dump_json(whole).decode()))

    task = asyncio.create_task(work())
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)
    try:
        yield _events(await _first(made), made)
    finally:
        gone.set()
        task.cancel()


async def _first(made: asyncio.Queue[_Made]) -> ServerSentEvent | None:
    """Return the first event, or None when it takes long. Raises what was raised instead."""
    try:
        first = await asyncio.wait_for(made.get(), _FIRST_EVENT_SECONDS)
    except TimeoutError:
        return None
    if isinstance(first, Exception):
        raise first
    return first


async def _events(first: ServerSentEvent | None, made: asyncio.Queue[_Made]) -> AsyncIterator[ServerSentEvent]:
    if first is None:
        # Something for the caller to see: the reply's head alone is held back by some proxies.
        first = ServerSentEvent(comment="keep-alive")
    while True:
        yield first
        if first.event in _LAST:
            return
        following = await made.get()
        if isinstance(following, Exception):
            following = ServerSentEvent(event="error", raw_data=json.dumps(describe(following)))
        first = following
