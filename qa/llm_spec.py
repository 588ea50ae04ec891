"""Which language model a user names, and where it is; nothing heavy is imported to read that."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from qa.errors import LLMNotUsable

Provider = Literal["openai", "anthropic", "ollama", "openai-like", "local"]
Format = Literal["auto", "text", "schema"]
Size = Literal["small", "large"]
_CONTEXT_WINDOWS: dict[Provider, int] = {  # tokens, where the user names none; models of a provider have at least these
    "openai": 128_000,
    "anthropic": 200_000,
    "ollama": 8_192,
    "openai-like": 8_192,
    "local": 4_096,
}
_ON_THIS_MACHINE: frozenset[Provider] = frozenset({"local", "ollama"})  # where models are small, as a rule


@dataclass(frozen=True, slots=True)
class LLMSpec:
    """Which model answers: `provider/model`, where it is, and how it is spoken to. `seconds` is the longest read."""

    provider: Provider
    model: str
    url: str | None = field(default=None, repr=False)  # some hold a password
    key: str | None = field(default=None, repr=False)
    context_window: int | None = None
    format: Format = "auto"
    seconds: float = 60.0
    named_size: Size | None = None

    @property
    def window(self) -> int:
        """The tokens that question, passages and answer may have together."""
        return self.context_window or _CONTEXT_WINDOWS[self.provider]

    @property
    def size(self) -> Size:
        """How much the model can be given to read at once: as the user said, else as models of the provider are."""
        return self.named_size or ("small" if self.provider in _ON_THIS_MACHINE else "large")

    @property
    def name(self) -> str:
        """The name that the user gave."""
        return f"{self.provider}/{self.model}"


def parse_spec(named: str, **options: Any) -> LLMSpec:  # noqa: ANN401 - the fields of LLMSpec
    """Return the model that `named`, such as "ollama/llama3.2", means. Raises LLMNotUsable with the remedy."""
    provider, slash, model = named.partition("/")
    if provider not in get_args(Provider) or not slash or not model.strip():
        known = ", ".join(f"{one}/..." for one in get_args(Provider))
        raise LLMNotUsable(f'FOOTNOTE_LLM is "{named}", which names no model. Name one as {known}.')
    spec = LLMSpec(provider, model.strip(), **options)  # type: ignore[arg-type]  # it is one of the keys
    if spec.provider == "openai-like" and not spec.url:
        raise LLMNotUsable(f"{spec.name} needs the address of its server: FOOTNOTE_LLM_URL=http://127.0.0.1:8080/v1")
    if spec.provider == "local" and not Path(spec.model).is_file():
        raise LLMNotUsable(f"There is no file {spec.model}. Name a .gguf file: FOOTNOTE_LLM=local/PATH.gguf")
    return spec
