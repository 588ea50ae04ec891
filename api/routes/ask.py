"""Questions and searches."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api import asking
from api.errors import refusals
from api.events import EXAMPLE, answer_events
from api.routes.parts import parts_of
from api.schemas import AskRequest, PassageOut, SearchRequest, SearchResponse
from api.service import Parts
from qa.questions import clean_question
from qa.records import Answer

router = APIRouter(prefix="/api", tags=["questions"], responses=refusals(400, 401, 403, 411, 413, 415, 422, 429, 503))


@router.post("/ask")
async def ask(asked: AskRequest, request: Request) -> Answer:
    """Answer a question from the articles; every statement carries the exact words it stands on.

    That the articles don't say is an answer too: its `status` is `not_in_sources`.
    """
    return await asking.answer(request.app, asked.as_question())


async def _events(asked: AskRequest, request: Request) -> AsyncIterator[AsyncIterator[ServerSentEvent]]:
    async with answer_events(request.app, asked.as_question()) as events:
        yield events


@router.post(
    "/ask/stream",
    response_class=EventSourceResponse,
    responses={200: {"description": "The events.", "content": {"text/event-stream": {"example": EXAMPLE}}}},
)
async def ask_stream(
    events: Annotated[AsyncIterator[ServerSentEvent], Depends(_events)],
) -> AsyncIterator[ServerSentEvent]:
    """Answer a question as server-sent events, each with JSON as its data.

    * `retrieval`: `question`, `standalone_question`, and how many `passages` of how many `articles` were found;
    * `statement`: one sentence, `text`, with its `citations`, as soon as the articles were seen to support it;
    * `done`: the whole answer, as `POST /api/ask` returns it, always the last; it may hold statements that were not
      sent before, and it is what counts;
    * `error`: a problem instead of `done`, when something broke midway.

    What is refused is refused with its own status and a problem, as by `POST /api/ask`. Comments keep a slow stream
    alive.
    """
    async for event in events:
        yield event


@router.post("/search")
def search(asked: SearchRequest, parts: Annotated[Parts, Depends(parts_of)]) -> SearchResponse:
    """Find passages, best first."""
    query = clean_question(asked.query)
    found = parts.retriever.search(query, top_k=asked.top_k, filters=asked.filters())
    return SearchResponse(query=query, passages=[PassageOut.of(passage) for passage in found])
