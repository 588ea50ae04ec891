"""Questions and searches."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api import asking
from api.errors import describe, refusals
from api.progress import Quick, Step, progress
from api.schemas import AskRequest, PassageOut, RetrievalOut, SearchRequest, SearchResponse
from qa.questions import clean_question
from qa.records import Answer, Statement

router = APIRouter(prefix="/api", tags=["questions"], responses=refusals(400, 401, 403, 411, 413, 415, 422, 429, 503))

_NAMES = {RetrievalOut: "retrieval", Quick: "quick", Statement: "statement", Answer: "done"}
_EXAMPLE = """event: retrieval
data: {"question": "Why?", "standalone_question": "Why was the harbour closed?", "passages": 20, "articles": 7}

event: statement
data: {"text": "A storm had closed the harbour.", "citations": [{"number": 1, "article_id": "1a2b3c4d5e6f7081", ...}]}

: keep-alive

event: done
data: {"question": "Why?", "status": "answered", "answer": "A storm had closed the harbour. [1]", ...}

"""  # for the description of the API


@router.post("/ask")
async def ask(asked: AskRequest, request: Request) -> Answer:
    """Answer a question from the articles; every statement carries the exact words it stands on.

    That the articles don't say is an answer too: its `status` is `not_in_sources`. What comes nearest is in `pointers`:
    exact words at which to read on, which answer nothing. A question to the service itself, such as "how many articles
    do you have?", has the status `about_collection`: told from counts and titles, without statements and citations;
    `pointers` are the beginnings of some articles, `suggestions` questions that they answer.
    """
    return await asking.answer(request.app, asked.as_question())


async def _begun(asked: AskRequest, request: Request) -> AsyncIterator[AsyncIterator[Step]]:
    async with aclosing(progress(request.app, asked.as_question())) as steps:
        await anext(steps)  # a refusal comes before the first step, and leaves with its status
        yield steps


@router.post(
    "/ask/stream",
    response_class=EventSourceResponse,
    responses={200: {"description": "The events.", "content": {"text/event-stream": {"example": _EXAMPLE}}}},
)
async def ask_stream(steps: Annotated[AsyncIterator[Step], Depends(_begun)]) -> AsyncIterator[ServerSentEvent]:
    """Answer a question as server-sent events, each with JSON as its data.

    * `retrieval`: `question`, `standalone_question`, and how many `passages` of how many `articles` were found; left
      out where the service itself was asked;
    * `quick`: the whole answer in the articles' own sentences, before a language model writes another; only where one
      is set up and `engine` is `auto` (`extractive` gives the quotes alone, `llm` the written answer);
    * `statement`: one sentence, `text`, with its `citations` and its `basis`, `quoted` word for word or worded by the
      model and `verified`, as soon as the articles were seen to support it;
    * `done`: the whole answer, as `POST /api/ask` returns it, always the last; it may hold statements that were not
      sent before, and it is what counts;
    * `error`: a problem instead of `done`, when something broke midway.

    What is refused is refused with its own status and a problem, as by `POST /api/ask`. Comments keep a slow stream
    alive.
    """
    try:
        async for step in steps:
            if step is None:
                yield ServerSentEvent(comment="keep-alive")
            else:
                data = step.answer if isinstance(step, Quick) else step
                yield ServerSentEvent(event=_NAMES[type(step)], data=data)
    except Exception as error:  # noqa: BLE001 - the status has been sent; what broke is told in the stream
        yield ServerSentEvent(event="error", data=describe(error))


@router.post("/search")
async def search(asked: SearchRequest, request: Request) -> SearchResponse:
    """Find passages, best first."""
    query = clean_question(asked.query)
    found = await asking.search(request.app, query, asked.top_k, asked.filters())
    return SearchResponse(query=query, passages=[PassageOut.of(passage) for passage in found])
