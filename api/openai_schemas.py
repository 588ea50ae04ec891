"""What OpenAI's clients send and get. Offsets in annotations are code points into the message's content."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationInfo, field_validator

from qa.records import Answer

# Parameter -> the values that ask for nothing special, and why others are refused. An answer that silently leaves out
# what a program counts on is worse than none; what only shapes a model's wording (temperature, ...) is ignored.
_NOT_DONE: dict[str, tuple[tuple[object, ...], str]] = {
    "n": ((None, 1), "a question gets one answer; leave n out"),
    "tools": ((None, []), "tools are not called here; leave them out"),
    "functions": ((None, []), "functions are not called here; leave them out"),
    "modalities": ((None, ["text"]), "answers are text only"),
    "audio": ((None,), "answers are text only; leave audio out"),
    "response_format": ((None, {"type": "text"}), "answers are plain text; leave response_format out"),
    "logprobs": ((None, False), "there are no log probabilities; leave logprobs out"),
}


def _text_of(content: object) -> object:
    """Return the text of a message's parts; what is no list of parts is left for pydantic to judge."""
    if content is None:  # an assistant that called a tool said nothing
        return ""
    if not isinstance(content, list):
        return content
    texts = []
    for part in content:
        kind = part.get("type") if isinstance(part, dict) else None
        if kind not in {"text", "refusal"} or not isinstance(part.get(kind), str):
            raise ValueError(f"a part of type {kind!r} cannot be read; send parts of type 'text'")
        texts.append(part[kind])
    return "\n".join(texts)


class ChatMessageIn(BaseModel):
    """One message of the conversation: text, or parts that are text."""

    role: Literal["system", "developer", "user", "assistant"]
    content: Annotated[
        str,
        BeforeValidator(_text_of, json_schema_input_type=str | list[dict[str, Any]] | None),
    ] = ""


class StreamOptions(BaseModel):
    """What a stream holds besides the answer."""

    include_usage: bool | None = None


class ChatRequest(BaseModel):
    """A conversation whose last user message is the question. Parameters that are not named here are ignored."""

    model: str
    messages: list[ChatMessageIn] = Field(min_length=1)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Any = None
    tools: Any = None
    functions: Any = None
    modalities: Any = None
    audio: Any = None
    response_format: Any = None
    logprobs: Any = None

    @field_validator(*_NOT_DONE)
    @classmethod
    def _refuse_what_is_not_done(cls, value: object, field: ValidationInfo) -> object:
        harmless, reason = _NOT_DONE[field.field_name or ""]
        if value not in harmless:
            raise ValueError(reason)
        return value

    @field_validator("messages")
    @classmethod
    def _ask_something(cls, messages: list[ChatMessageIn]) -> list[ChatMessageIn]:
        if all(message.role != "user" for message in messages):
            raise ValueError("no message has the role 'user'; the last one that has is the question")
        return messages


class UrlCitation(BaseModel):
    """A marker such as [1] in the content, and a link that opens the words it stands for."""

    start_index: int
    end_index: int
    url: str
    title: str


class Annotation(BaseModel):
    """One citation of a message."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class ChatMessage(BaseModel):
    """The answer."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation]


class Choice(BaseModel):
    """The one choice; `finish_reason` is "length" where the language model failed before its answer was whole."""

    index: int = 0
    message: ChatMessage
    finish_reason: Literal["stop", "length"]
    logprobs: None = None


class Usage(BaseModel):
    """Tokens of a language model; 0 where none wrote, or where it doesn't report them."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int

    @classmethod
    def of(cls, answer: Answer) -> "Usage":
        prompt, completion = answer.tokens.get("prompt", 0), answer.tokens.get("completion", 0)
        return cls(prompt_tokens=prompt, completion_tokens=completion, total_tokens=prompt + completion)


class Completion(BaseModel):
    """An answer in OpenAI's shape; `footnote` is ours, with the exact spans of every source."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    footnote: Answer


class Model(BaseModel):
    """A way to have questions answered."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: Literal["footnote"] = "footnote"


class ModelList(BaseModel):
    """The ways that are set up here."""

    object: Literal["list"] = "list"
    data: list[Model]


class ErrorDetail(BaseModel):
    """What was wrong, for people (`message`) and programs; `param` is the parameter at fault."""

    message: str
    type: str
    param: str | None
    code: str | None


class ErrorReply(BaseModel):
    """A refusal in OpenAI's shape."""

    error: ErrorDetail
