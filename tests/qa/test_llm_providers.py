"""Every provider is spoken to in its own protocol, and what comes back is the same to us."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.base.llms.types import ChatMessage, MessageRole

from qa.errors import LLMFailure
from qa.llm_calls import LLMCaller, Patience, Reply
from qa.llm_spec import parse_spec
from qa.llms import ChatModel, connect
from qa.prompts import STATEMENTS_SCHEMA
from tests.qa.llm_servers import (
    ANTHROPIC,
    COMPLETION_TOKENS,
    KEY,
    OLLAMA,
    OPENAI,
    PROMPT_TOKENS,
    LLMServer,
    Protocol,
    refuses,
    says,
    says_the_rest_when,
)

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.usefixtures("no_proxies")]

MESSAGES = [
    ChatMessage(role=MessageRole.SYSTEM, content="You answer from the articles."),
    ChatMessage(role=MessageRole.USER, content="Who came to Sundholm?"),
]
SPEAKS: dict[str, Protocol] = {"openai-like": OPENAI, "openai": OPENAI, "ollama": OLLAMA, "anthropic": ANTHROPIC}
MODELS = {"anthropic": "claude-sonnet-4-5"}  # its client wants one that it knows
TAKE_A_SCHEMA = ["openai-like", "openai", "ollama"]
NAMES_A_MODEL = "import sys; from qa.llms import *; from cli.settings import *; print(*sys.modules)"

every_provider = pytest.mark.parametrize("provider", SPEAKS)
every_provider_that_takes_a_schema = pytest.mark.parametrize("provider", TAKE_A_SCHEMA)


@pytest.fixture
def server(provider: str) -> Iterator[LLMServer]:
    """The provider's server, whose model says that Krug came."""
    with LLMServer(SPEAKS[provider], says("Krug ", "came. ", "[1]")) as one:
        yield one


def model_at(server: LLMServer, provider: str, **options: Any) -> ChatModel:
    model = MODELS.get(provider, "quillon-2")
    return connect(parse_spec(f"{provider}/{model}", url=server.url, key=KEY, seconds=5.0, **options))


def caller_at(server: LLMServer, provider: str, **options: Any) -> LLMCaller:
    return LLMCaller(model_at(server, provider, **options), Patience(total=10.0, retries=0))


def said(caller: LLMCaller, reply: Reply | None = None, schema: Any = None) -> list[str]:
    return list(caller.stream(MESSAGES, reply or Reply(), schema))


def schema_in(body: dict[str, Any]) -> Any:
    """Return the schema that a request holds the model to, where either protocol puts it."""
    described = body.get("response_format") or {}
    return described.get("json_schema", {}).get("schema") or body.get("format")


class TestWhatComesBack:
    @every_provider
    def test_it_is_what_the_model_wrote(self, server: LLMServer, provider: str) -> None:
        assert "".join(said(caller_at(server, provider))) == "Krug came. [1]"

    @every_provider
    def test_it_arrives_piece_by_piece(self, provider: str) -> None:
        first_was_read = threading.Event()
        with LLMServer(SPEAKS[provider], says_the_rest_when(first_was_read, "Krug ", "came.")) as server:
            stream = caller_at(server, provider).stream(MESSAGES, Reply())
            pieces = [next(stream)]
            first_was_read.set()
            pieces += stream

        assert pieces == ["Krug ", "came."]

    @every_provider
    def test_it_tells_how_many_tokens_were_counted(self, server: LLMServer, provider: str) -> None:
        reply = Reply()
        said(caller_at(server, provider), reply)

        assert reply.tokens == {"prompt": PROMPT_TOKENS, "completion": COMPLETION_TOKENS}

    @every_provider
    def test_an_answer_that_was_cut_at_the_limit_of_tokens_is_a_failure(self, provider: str) -> None:
        with (
            LLMServer(SPEAKS[provider], says("Krug ca", reason="length")) as server,
            pytest.raises(LLMFailure, match="cut at the limit of tokens"),
        ):
            said(caller_at(server, provider))

    def test_a_model_that_is_newer_than_its_client_answers_too(self) -> None:
        with LLMServer(ANTHROPIC, says("Krug came.")) as server:
            model = connect(parse_spec("anthropic/claude-quillon-9", url=server.url, key=KEY, seconds=5.0))

            assert said(LLMCaller(model, Patience(retries=0))) == ["Krug came."]


class TestWhatIsSent:
    @every_provider
    def test_naming_a_model_sends_nothing(self, server: LLMServer, provider: str) -> None:
        model_at(server, provider)

        assert server.requests == []

    @every_provider
    def test_an_answer_takes_exactly_one_request(self, server: LLMServer, provider: str) -> None:
        said(caller_at(server, provider), schema=STATEMENTS_SCHEMA)

        assert len(server.requests) == 1

    @every_provider
    def test_it_goes_where_the_protocol_wants_it(self, server: LLMServer, provider: str) -> None:
        said(caller_at(server, provider))

        assert server.requests[0].path == SPEAKS[provider].path

    @every_provider
    def test_it_names_the_model(self, server: LLMServer, provider: str) -> None:
        said(caller_at(server, provider))

        assert server.requests[0].body["model"] == MODELS.get(provider, "quillon-2")

    @every_provider
    def test_it_asks_for_a_stream(self, server: LLMServer, provider: str) -> None:
        said(caller_at(server, provider))

        assert server.requests[0].body["stream"] is True

    @every_provider
    def test_it_holds_what_is_asked(self, server: LLMServer, provider: str) -> None:
        said(caller_at(server, provider))

        assert all(one.content in str(server.requests[0].body) for one in MESSAGES if one.content)

    @every_provider
    def test_it_limits_the_answer(self, server: LLMServer, provider: str) -> None:
        said(caller_at(server, provider))
        body = server.requests[0].body

        assert body.get("max_tokens", body.get("options", {}).get("num_predict")) == 700

    def test_ollama_is_told_how_much_it_has_to_keep_in_mind(self) -> None:
        with LLMServer(OLLAMA, says("Krug came.")) as server:
            said(caller_at(server, "ollama", context_window=6_000))

        assert server.requests[0].body["options"]["num_ctx"] == 6_000


class TestTheSchema:
    @every_provider_that_takes_a_schema
    def test_it_is_sent(self, server: LLMServer, provider: str) -> None:
        said(caller_at(server, provider), schema=STATEMENTS_SCHEMA)

        assert schema_in(server.requests[0].body) == STATEMENTS_SCHEMA

    @every_provider_that_takes_a_schema
    def test_it_is_not_sent_where_text_is_wanted(self, server: LLMServer, provider: str) -> None:
        said(caller_at(server, provider, format="text"), schema=STATEMENTS_SCHEMA)

        assert schema_in(server.requests[0].body) is None

    @every_provider_that_takes_a_schema
    def test_a_server_that_refuses_it_is_asked_once_more_without(self, server: LLMServer, provider: str) -> None:
        server.reply_from_now_on(refuses(400), says("Krug came."))
        said(caller_at(server, provider), schema=STATEMENTS_SCHEMA)

        assert [schema_in(one.body) is not None for one in server.requests] == [True, False]

    @every_provider_that_takes_a_schema
    def test_a_server_that_refused_it_once_is_not_sent_it_again(self, server: LLMServer, provider: str) -> None:
        server.reply_from_now_on(refuses(400), says("Krug came."))
        caller = caller_at(server, provider)
        said(caller, schema=STATEMENTS_SCHEMA)
        said(caller, schema=STATEMENTS_SCHEMA)

        assert schema_in(server.requests[2].body) is None

    @every_provider_that_takes_a_schema
    def test_a_server_that_refuses_the_request_without_it_too_is_not_asked_again(
        self, server: LLMServer, provider: str
    ) -> None:
        server.reply_from_now_on(refuses(400))
        with pytest.raises(LLMFailure):
            said(caller_at(server, provider), schema=STATEMENTS_SCHEMA)

        assert len(server.requests) == 2

    def test_two_questions_at_once_both_do_without_it(self) -> None:
        """The one that is refused second must not take it that the schema had already been left out."""
        both_are_asked = threading.Barrier(2, timeout=10)

        def refuse_both(wire: Any) -> None:
            both_are_asked.wait()
            refuses(400)(wire)

        answers: list[list[str]] = []
        with LLMServer(OPENAI, refuse_both, refuse_both, says("Krug came.")) as server:
            caller = caller_at(server, "openai-like")

            def ask() -> None:
                try:
                    answers.append(said(caller, schema=STATEMENTS_SCHEMA))
                except LLMFailure as failure:
                    answers.append([str(failure)])

            threads = [threading.Thread(target=ask) for _ in range(2)]
            for one in threads:
                one.start()
            for one in threads:
                one.join()

        assert answers == [["Krug came."]] * 2

    def test_anthropic_is_asked_in_words(self) -> None:
        with LLMServer(ANTHROPIC, says("Krug came.")) as server:
            assert not caller_at(server, "anthropic").takes_a_schema


class TestTheKey:
    @pytest.mark.parametrize(
        ("provider", "header", "value"),
        [
            ("openai-like", "authorization", f"Bearer {KEY}"),
            ("openai", "authorization", f"Bearer {KEY}"),
            ("anthropic", "x-api-key", KEY),
        ],
    )
    def test_it_is_sent_as_the_protocol_wants(self, server: LLMServer, provider: str, header: str, value: str) -> None:
        said(caller_at(server, provider))

        assert server.requests[0].headers[header] == value

    def test_the_key_of_another_service_is_not_sent_to_a_gateway(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-moore-of-another-service")
        with LLMServer(OPENAI, says("Krug came.")) as server:
            said(LLMCaller(connect(parse_spec("openai-like/quillon-2", url=server.url))))

        assert "moore" not in str(server.requests[0].headers)

    @every_provider
    def test_it_is_in_no_words_about_the_model(self, server: LLMServer, provider: str) -> None:
        spec = parse_spec(f"{provider}/quillon-2", url=server.url, key=KEY)

        assert KEY not in f"{spec} {spec!r}"

    @every_provider
    def test_it_is_in_no_words_about_what_was_connected(self, server: LLMServer, provider: str) -> None:
        model = model_at(server, provider)

        assert KEY not in f"{model} {model!r}"

    @every_provider
    @pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 500])
    def test_it_is_in_no_error_even_where_the_server_repeats_it(
        self, server: LLMServer, provider: str, status: int
    ) -> None:
        server.reply_from_now_on(refuses(status))
        with pytest.raises(LLMFailure) as failure:
            said(caller_at(server, provider))

        assert KEY not in f"{failure.value} {failure.value!r}"


class TestWhatIsImported:
    def test_nothing_of_a_provider_is_where_none_is_named(self, tmp_path: Path) -> None:
        result = subprocess.run(
            [sys.executable, "-c", NAMES_A_MODEL], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        heavy = ("openai", "anthropic", "ollama", "xllamacpp", "llama_index.llms.")

        assert [name for name in result.stdout.split() if name.startswith(heavy)] == []

    def test_the_settings_wait_for_no_framework(self, tmp_path: Path) -> None:
        program = "import sys; from cli.settings import Settings; Settings(llm='ollama/x').llm_spec()"
        result = subprocess.run(
            [sys.executable, "-c", f"{program}; print(*sys.modules)"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )

        assert "llama_index" not in result.stdout.split()
