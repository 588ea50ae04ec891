"""A model's name becomes a LlamaIndex LLM. Each provider's package is imported only when that provider is named."""

import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from llama_index.core.base.llms.types import ChatResponse, LLMMetadata
from llama_index.core.llms import LLM

from qa.errors import LLMNotUsable
from qa.llm_spec import LLMSpec, Provider

MAX_ANSWER_TOKENS = 700  # five short statements with their quotes


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A LlamaIndex LLM and what its interface doesn't tell.

    `schema_arguments` holds the model to a JSON schema, or is None where it cannot be, or had better not be;
    `ended` returns why a response is the last one, or None; `close` lets go of what was started for the model.
    """

    name: str
    llm: LLM = field(repr=False)  # its own holds the key
    context_window: int
    schema_arguments: Callable[[Mapping[str, Any]], dict[str, Any]] | None
    ended: Callable[[ChatResponse], str | None]
    close: Callable[[], None] = lambda: None


def connect(spec: LLMSpec) -> ChatModel:
    """Return the model that `spec` names; no request is made. Raises LLMNotUsable with the remedy."""
    return _MAKERS[spec.provider](spec)


def _openai(spec: LLMSpec) -> ChatModel:
    return _openai_like(spec, spec.url or "https://api.openai.com/v1", _key(spec, "OPENAI_API_KEY"))


def _gateway(spec: LLMSpec) -> ChatModel:
    return _openai_like(spec, str(spec.url), spec.key or "none")  # its client wants a key even where the server doesn't


def _openai_like(spec: LLMSpec, url: str, key: str | None, close: Callable[[], None] = lambda: None) -> ChatModel:
    made = _imported("llama_index.llms.openai_like", "OpenAILike", spec)(
        model=spec.model,
        api_base=url,
        api_key=key,
        is_chat_model=True,
        context_window=spec.window,
        max_tokens=MAX_ANSWER_TOKENS,
        temperature=0.0,
        timeout=spec.seconds,
        max_retries=0,  # its retries multiply; ours are counted
        additional_kwargs={"stream_options": {"include_usage": True}},
    )

    def schema_arguments(schema: Mapping[str, Any]) -> dict[str, Any]:
        described = {"name": "statements", "schema": schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": described}}

    # A grammar makes small models write nonsense that fits it: a local one is held to it only when that is asked for.
    held = spec.format == "schema" or (spec.format == "auto" and spec.provider != "local")
    return ChatModel(spec.name, made, spec.window, schema_arguments if held else None, _ended_openai, close)


def _ended_openai(response: ChatResponse) -> str | None:
    choices = getattr(response.raw, "choices", None) or []
    return choices[0].finish_reason if choices else None


def _anthropic(spec: LLMSpec) -> ChatModel:
    client = _imported("llama_index.llms.anthropic", "Anthropic", spec)
    described = LLMMetadata(
        context_window=spec.window, num_output=MAX_ANSWER_TOKENS, is_chat_model=True, model_name=spec.model
    )
    # Its own metadata knows only the models of the day it was released, and fails for others.
    made = type("Anthropic", (client,), {"metadata": property(lambda _: described), "__module__": __name__})(
        model=spec.model,
        base_url=spec.url,
        api_key=_key(spec, "ANTHROPIC_API_KEY"),
        max_tokens=MAX_ANSWER_TOKENS,
        temperature=0.0,
        timeout=spec.seconds,
        max_retries=0,
    )
    return ChatModel(
        spec.name, made, spec.window, None, lambda response: response.message.additional_kwargs.get("stop_reason")
    )


def _ollama(spec: LLMSpec) -> ChatModel:
    made = _imported("llama_index.llms.ollama", "Ollama", spec)(
        model=spec.model,
        base_url=spec.url or "http://127.0.0.1:11434",
        context_window=spec.window,  # its own default asks the server when the object is made
        request_timeout=spec.seconds,
        temperature=0.0,
        additional_kwargs={"num_predict": MAX_ANSWER_TOKENS},
    )

    def ended(response: ChatResponse) -> str | None:
        raw = response.raw or {}
        return (raw.get("done_reason") or "stop") if raw.get("done") else None

    held = spec.format != "text"
    return ChatModel(spec.name, made, spec.window, (lambda schema: {"format": dict(schema)}) if held else None, ended)


def _local(spec: LLMSpec) -> ChatModel:
    from qa.local_server import LocalServer  # noqa: PLC0415 - only where a local model is named

    server = LocalServer(Path(spec.model), spec.window)
    return _openai_like(spec, f"{server.address}/v1", "none", server.close)


def _key(spec: LLMSpec, variable: str) -> str:
    if key := spec.key or os.environ.get(variable):
        return key
    raise LLMNotUsable(f"{spec.name} needs a key: set FOOTNOTE_LLM_KEY")


def _imported(module: str, name: str, spec: LLMSpec) -> Any:  # noqa: ANN401 - a class of an optional package
    try:
        return getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        raise LLMNotUsable(
            f"{spec.name} needs a package that is not installed ({error.name}): "
            f"pip install 'footnote-qa[{spec.provider}]'"
        ) from error


_MAKERS: dict[Provider, Callable[[LLMSpec], ChatModel]] = {
    "openai": _openai,
    "anthropic": _anthropic,
    "ollama": _ollama,
    "openai-like": _gateway,
    "local": _local,
}
