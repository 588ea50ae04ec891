"""What clients of OpenAI's chat completions speak, answered from the articles."""

import json
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import TypeAdapter

from api import asking
from api.errors import describe
from api.links import base_of, citation_link
from api.openai_errors import error_body
from api.openai_schemas import (
    Annotation,
    ChatMessage,
    ChatMessageIn,
    ChatRequest,
    Choice,
    Completion,
    ErrorReply,
    Model,
    ModelList,
    UrlCitation,
    Usage,
)
from api.progress import Step, progress
from api.routes.parts import parts_of
from api.schemas import MAX_HISTORY
from api.service import Parts
from qa.pointers import hints
from qa.records import Answer, EngineChoice, Question, Statement, Turn

_REFUSED: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ErrorReply, "description": "The request is refused."},
    "5XX": {"model": ErrorReply, "description": "The server cannot answer, or not now."},
}
router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"], responses=_REFUSED)

_ENGINES: dict[str, EngineChoice] = {"footnote": "auto", "footnote-extractive": "extractive", "footnote-llm": "llm"}
_STARTED = int(time.time())
_MAX_TURN_CHARACTERS = 20_000  # as much of an earlier message as `POST /api/ask` takes
_ANSWER = TypeAdapter(Answer)
_STREAM = "text/event-stream"
_KEEP_ALIVE = ": keep-alive\n\n"  # a comment, as server-sent events know them
_UNBUFFERED = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}  # a proxy is to pass each event on at once


@router.get("/models")
async def list_models(parts: Annotated[Parts, Depends(parts_of)]) -> ModelList:
    """List the ways to have questions answered: by the best engine there is, or by a certain one."""
    return ModelList(data=[Model(id=name, created=_STARTED) for name in _models(parts)])


@router.get("/models/{model_id}", response_model=Model)
async def get_model(model_id: str, parts: Annotated[Parts, Depends(parts_of)]) -> Model | JSONResponse:
    """Return one of them."""
    return Model(id=model_id, created=_STARTED) if model_id in _models(parts) else _no_such_model(model_id, parts)


@router.post(
    "/chat/completions",
    response_model=Completion,
    responses={200: {"description": "The answer, whole or as server-sent events.", "content": {_STREAM: {}}}},
)
async def complete(
    asked: ChatRequest, request: Request, parts: Annotated[Parts, Depends(parts_of)]
) -> Completion | JSONResponse | StreamingResponse:
    """Answer the last user message of a conversation, at once or as server-sent events."""
    if asked.model not in _models(parts):
        return _no_such_model(asked.model, parts)
    question = _question(asked)
    base_url = base_of(request)
    if asked.stream:
        steps = progress(request.app, question)
        await anext(steps)  # a refusal comes before the first step, and leaves with its status
        chunks = _Chunks(asked, base_url)
        return StreamingResponse(chunks.stream(steps), media_type=_STREAM, headers=_UNBUFFERED)
    answer = await asking.answer(request.app, question)
    content = _content(answer)
    message = ChatMessage(content=content, annotations=_annotations(content, answer.statements, base_url))
    return Completion(
        id=_new_id(),
        created=int(time.time()),
        model=asked.model,
        choices=[Choice(message=message, finish_reason=_finish_reason(answer))],
        usage=Usage.of(answer),
        footnote=answer,
    )


class _Chunks:
    """Writes the chunks of one streamed answer."""

    def __init__(self, asked: ChatRequest, base_url: str) -> None:
        self._base_url = base_url
        self._with_usage = bool(asked.stream_options and asked.stream_options.include_usage)
        self._envelope = {
            "id": _new_id(),
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": asked.model,
        }
        self._content = ""
        self._statements: list[Statement] = []

    async def stream(self, steps: AsyncIterator[Step]) -> AsyncIterator[str]:
        """Yield server-sent events: each statement as it comes, at last the citations and how it ended."""
        yield self._choice({"role": "assistant", "content": ""})
        try:
            async for step in steps:
                if isinstance(step, Statement):
                    yield self._add(step)
                elif isinstance(step, Answer):
                    for event in self._end(step):
                        yield event
                else:
                    yield _KEEP_ALIVE
        except Exception as error:  # noqa: BLE001 - the status has been sent; what broke is told in the stream
            problem = describe(error)
            yield _event(error_body(problem["status"], problem["detail"]))
        yield "data: [DONE]\n\n"

    def _add(self, statement: Statement) -> str:
        self._statements.append(statement)
        return self._write(statement.with_markers)

    def _end(self, answer: Answer) -> Iterator[str]:
        if self._statements:
            for statement in answer.statements[len(self._statements) :]:
                yield self._add(statement)
            if answer.note:  # it stands before the statements where an answer comes whole
                yield self._write(answer.note)
        else:
            self._statements += answer.statements
            yield self._write(_content(answer))
        if annotations := _annotations(self._content, self._statements, self._base_url):
            yield self._choice({"annotations": [one.model_dump() for one in annotations]})
        yield self._choice({}, _finish_reason(answer), footnote=_ANSWER.dump_python(answer, mode="json"))
        if self._with_usage:
            yield _event({**self._envelope, "choices": [], "usage": Usage.of(answer).model_dump()})

    def _write(self, text: str) -> str:
        piece = f" {text}" if self._content else text
        self._content += piece
        return self._choice({"content": piece})

    def _choice(self, delta: dict[str, Any], finish_reason: str | None = None, **ours: object) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        usage = {"usage": None} if self._with_usage else {}
        return _event({**self._envelope, "choices": [choice], **usage, **ours})


def _models(parts: Parts) -> list[str]:
    return [name for name, engine in _ENGINES.items() if engine == "auto" or engine in parts.engines]


def _no_such_model(name: str, parts: Parts) -> JSONResponse:
    detail = f'There is no model "{name}" here. There is {", ".join(_models(parts))}.'
    return JSONResponse(error_body(404, detail, "model_not_found", "model"), status_code=404)


def _question(asked: ChatRequest) -> Question:
    last = max(place for place, message in enumerate(asked.messages) if message.role == "user")
    turns = (turn for message in asked.messages[:last] if (turn := _turn(message)))
    history = tuple(turns)[-MAX_HISTORY:]  # whole conversations are sent, however long they have become
    return Question(asked.messages[last].content, history, engine=_ENGINES[asked.model])


def _turn(message: ChatMessageIn) -> Turn | None:
    # What a system message wants of a model's manner changes nothing in what the articles say.
    if message.role in {"user", "assistant"}:
        return Turn(message.role, message.content[:_MAX_TURN_CHARACTERS])
    return None


def _annotations(content: str, statements: Iterable[Statement], base_url: str) -> list[Annotation]:
    """Return one annotation for each marker in `content`, which holds the statements in this order."""
    found, place = [], 0
    for statement in statements:
        place = content.index(statement.text, place) + len(statement.text)
        for citation in statement.citations:
            marker = f"[{citation.number}]"
            start = content.index(marker, place)
            place = start + len(marker)
            cited = UrlCitation(
                start_index=start,
                end_index=place,
                url=citation_link(base_url, citation),
                title=citation.title or citation.file,
            )
            found.append(Annotation(url_citation=cited))
    return found


def _content(answer: Answer) -> str:
    """Return an answer in words, with what stands beside one that is none."""
    return "\n".join([answer.answer, *hints(answer)])


def _finish_reason(answer: Answer) -> Literal["stop", "length"]:
    return "length" if answer.incomplete else "stop"


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data)}\n\n"


def _new_id() -> str:
    return f"chatcmpl-{uuid4().hex}"
