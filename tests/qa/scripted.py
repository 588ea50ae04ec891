"""A language model that writes what a test tells it to, and keeps what it was asked."""

from collections.abc import Callable, Sequence
from typing import Any

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.llms import CustomLLM
from pydantic import PrivateAttr

from qa.llm_calls import LLMCaller, Patience
from qa.llms import ChatModel

Step = str | Exception | Callable[[], object]  # a piece that is written, a fault, or something that is done in between
_PIECE = 4  # characters that a model writes at a time, about a token


class ScriptedLLM(CustomLLM):
    """Streams the steps that `script` makes of the last message, then says that it has ended."""

    _script: Callable[[str], Sequence[Step]] = PrivateAttr()
    _ended: str | None = PrivateAttr()
    _usage: dict[str, int] = PrivateAttr()
    _asked: list[list[ChatMessage]] = PrivateAttr(default_factory=list)
    _arguments: list[dict[str, Any]] = PrivateAttr(default_factory=list)

    def __init__(
        self, script: Callable[[str], Sequence[Step]], ended: str | None = "stop", usage: dict[str, int] | None = None
    ) -> None:
        super().__init__()
        self._script, self._ended, self._usage = script, ended, usage or {}

    @property
    def asked(self) -> list[list[ChatMessage]]:
        """The messages of each request."""
        return self._asked

    @property
    def arguments(self) -> list[dict[str, Any]]:
        """The other arguments of each request."""
        return self._arguments

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="scripted", is_chat_model=True)

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        self._asked.append(list(messages))
        self._arguments.append(kwargs)
        return self._responses(str(messages[-1].content))

    def _responses(self, prompt: str) -> ChatResponseGen:
        for step in self._script(prompt):
            if isinstance(step, Exception):
                raise step
            if isinstance(step, str):
                yield _response(step, {})
            else:
                step()
        yield _response("", {"ended": self._ended, "usage": self._usage})

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        raise NotImplementedError

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        raise NotImplementedError


def writes(text: str, **kwargs: Any) -> ScriptedLLM:
    """Return a model that writes `text` to every question, a few characters at a time."""
    return ScriptedLLM(lambda _: in_pieces(text), **kwargs)


def does(*steps: Step, **kwargs: Any) -> ScriptedLLM:
    """Return a model that takes these steps at every question."""
    return ScriptedLLM(lambda _: steps, **kwargs)


def in_pieces(text: str, size: int = _PIECE) -> list[str]:
    """Return `text` as a model streams it."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def caller_of(llm: ScriptedLLM, *, context_window: int = 8_192, takes_a_schema: bool = False) -> LLMCaller:
    """Return what asks this model, once."""
    model = ChatModel(
        "scripted/model",
        llm,
        context_window,
        (lambda schema: {"schema": schema}) if takes_a_schema else None,
        lambda response: response.raw["ended"] if isinstance(response.raw, dict) and "ended" in response.raw else None,
    )
    return LLMCaller(model, Patience(total=20.0, retries=0))


def _response(delta: str, raw: dict[str, Any]) -> ChatResponse:
    return ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=delta), delta=delta, raw=raw)
