"""What OpenAI's own client meets: a language model that writes, fails or waits, and servers that refuse."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletionChunk

from api.app import create_app
from api.keys import KeyRing
from api.policy import Policy
from api.service import Parts, Service
from qa.records import Answer, OnStatement, Question
from tests.api.servers import KEY, answer_of, listening, serving_writer, statement

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
_PATIENCE_SECONDS = 30.0

FIRST, SECOND = statement(1, "The quay was built in May."), statement(2, "It burned [sic] in June.")
ASKED: Any = {"model": "footnote", "messages": [{"role": "user", "content": "When was the quay built?"}]}


@contextmanager
def connected(address: str, key: str = "none") -> Iterator[openai.OpenAI]:
    http = openai.DefaultHttpxClient(trust_env=False)
    with openai.OpenAI(base_url=f"{address}/v1", api_key=key, max_retries=0, http_client=http) as client:
        yield client


def write_both(_question: Question, on_statement: OnStatement) -> Answer:
    on_statement(FIRST)
    on_statement(SECOND)
    return answer_of(FIRST, SECOND, tokens={"prompt": 30, "completion": 12})


def content_of(chunks: list[ChatCompletionChunk]) -> str:
    return "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)


def marked_by(content: str, chunks: list[ChatCompletionChunk]) -> list[str]:
    found = [annotation for chunk in chunks for choice in chunk.choices for annotation in annotations_of(choice.delta)]
    return [content[one["url_citation"]["start_index"] : one["url_citation"]["end_index"]] for one in found]


def annotations_of(delta: Any) -> list[Any]:
    return list(getattr(delta, "annotations", None) or [])


def test_a_language_model_is_a_model_of_its_own():
    asked: list[Question] = []

    def write(question: Question, _: OnStatement) -> Answer:
        asked.append(question)
        return answer_of(FIRST)

    with serving_writer(write) as address, connected(address) as client:
        assert "footnote-llm" in [model.id for model in client.models.list()]
        client.chat.completions.create(**{**ASKED, "model": "footnote-llm"})
    assert [question.engine for question in asked] == ["llm"]


def test_the_tokens_of_a_language_model_are_counted():
    with serving_writer(write_both) as address, connected(address) as client:
        usage = client.chat.completions.create(**ASKED).usage
        last = list(client.chat.completions.create(**ASKED, stream=True, stream_options={"include_usage": True}))[-1]
    assert usage == last.usage
    assert usage is not None
    assert (usage.prompt_tokens, usage.completion_tokens, usage.total_tokens) == (30, 12, 42)


def test_an_answer_that_broke_off_says_so_by_its_finish_reason():
    with serving_writer(lambda *_: answer_of(FIRST, incomplete=True)) as address, connected(address) as client:
        assert client.chat.completions.create(**ASKED).choices[0].finish_reason == "length"


def test_a_statement_reaches_the_client_before_the_next_one_is_written():
    read = threading.Event()

    def write(_question: Question, on_statement: OnStatement) -> Answer:
        on_statement(FIRST)
        assert read.wait(_PATIENCE_SECONDS), "nobody read the first statement"
        on_statement(SECOND)
        return answer_of(FIRST, SECOND)

    with serving_writer(write) as address, connected(address) as client:
        pieces = []
        for chunk in client.chat.completions.create(**ASKED, stream=True):
            if piece := chunk.choices[0].delta.content:
                pieces.append(piece)
                read.set()
    assert pieces == ["The quay was built in May. [1]", " It burned [sic] in June. [2]"]


def test_a_long_silence_is_filled_so_that_no_proxy_gives_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("api.progress._KEEP_ALIVE_SECONDS", 0.02)
    enough = threading.Event()

    def write(_question: Question, on_statement: OnStatement) -> Answer:
        on_statement(FIRST)
        assert enough.wait(_PATIENCE_SECONDS), "nothing came meanwhile"
        return answer_of(FIRST)

    signs = 0
    with (
        serving_writer(write) as address,
        httpx.stream(
            "POST", f"{address}/v1/chat/completions", json={**ASKED, "stream": True}, trust_env=False
        ) as reply,
    ):
        for line in reply.iter_lines():
            signs += line.startswith(":")
            if signs == 5:  # more than there are statements and passages to tell of
                enough.set()
    assert signs >= 5


def test_statements_that_were_not_told_before_the_end_are_in_the_stream_too():
    def write(_question: Question, on_statement: OnStatement) -> Answer:
        on_statement(FIRST)
        return answer_of(FIRST, SECOND)

    with serving_writer(write) as address, connected(address) as client:
        chunks = list(client.chat.completions.create(**ASKED, stream=True))
    assert content_of(chunks) == answer_of(FIRST, SECOND).answer


def test_a_note_that_the_articles_differ_is_in_the_stream_and_moves_no_marker():
    note = "The articles differ."

    def write(_question: Question, on_statement: OnStatement) -> Answer:
        on_statement(FIRST)
        on_statement(SECOND)
        both = answer_of(FIRST, SECOND)
        return answer_of(FIRST, SECOND, note=note, answer=f"{note} {both.answer}")

    with serving_writer(write) as address, connected(address) as client:
        chunks = list(client.chat.completions.create(**ASKED, stream=True))
        whole = client.chat.completions.create(**ASKED).choices[0].message
    content = content_of(chunks)
    assert note in content
    assert marked_by(content, chunks) == ["[1]", "[2]"]
    assert whole.content
    places = [(one.url_citation.start_index, one.url_citation.end_index) for one in whole.annotations or []]
    assert [whole.content[start:end] for start, end in places] == ["[1]", "[2]"]


def test_what_breaks_in_the_middle_of_a_stream_is_raised_by_the_client():
    def write(_question: Question, on_statement: OnStatement) -> Answer:
        on_statement(FIRST)
        raise RuntimeError("the lamp fell over")

    chunks: list[ChatCompletionChunk] = []
    with serving_writer(write) as address, connected(address) as client:
        streamed = client.chat.completions.create(**ASKED, stream=True)
        with pytest.raises(openai.APIError, match="Something broke") as broken:
            chunks.extend(streamed)
    assert FIRST.text in content_of(chunks)
    assert "lamp" not in str(broken.value)


def test_what_breaks_before_the_answer_is_an_internal_error_that_tells_nothing_of_the_inside():
    def write(_question: Question, _: OnStatement) -> Answer:
        raise RuntimeError("the lamp fell over")

    with (
        serving_writer(write) as address,
        connected(address) as client,
        pytest.raises(openai.InternalServerError, match="Something broke") as broken,
    ):
        client.chat.completions.create(**ASKED)
    assert broken.value.type == "server_error"
    assert "lamp" not in str(broken.value)


def test_an_answer_that_nobody_reads_any_more_is_broken_off():
    ended = threading.Event()

    def write(_question: Question, on_statement: OnStatement) -> Answer:
        try:
            for _ in range(int(_PATIENCE_SECONDS * 100)):
                on_statement(FIRST)
                ended.wait(0.01)
        finally:
            ended.set()
        raise AssertionError("it was never broken off")

    with serving_writer(write) as address, connected(address) as client:
        with client.chat.completions.create(**ASKED, stream=True) as chunks:
            next(iter(chunks))
        assert ended.wait(_PATIENCE_SECONDS / 2)


def test_a_server_that_is_not_ready_asks_to_come_back():
    opened = threading.Event()

    def open_parts() -> Parts:
        opened.wait(_PATIENCE_SECONDS)
        raise RuntimeError("nothing to open")

    with listening(create_app(Service(open_parts))) as address, connected(address) as client:
        with pytest.raises(openai.InternalServerError, match="not ready") as refused:
            client.chat.completions.create(**ASKED)
        opened.set()
    assert refused.value.status_code == 503
    assert refused.value.code == "not_ready"
    assert int(refused.value.response.headers["retry-after"]) > 0


def test_more_questions_than_have_room_are_refused_with_a_time_to_come_back():
    asked, answered = threading.Event(), threading.Event()

    def write(_question: Question, _: OnStatement) -> Answer:
        asked.set()
        assert answered.wait(_PATIENCE_SECONDS)
        return answer_of(FIRST)

    with serving_writer(write, Policy(concurrency=1, queue=0)) as address, connected(address) as client:
        working = threading.Thread(target=lambda: client.chat.completions.create(**ASKED))
        working.start()
        assert asked.wait(_PATIENCE_SECONDS)
        for streamed in (False, True):
            with pytest.raises(openai.InternalServerError) as refused:
                client.chat.completions.create(**ASKED, stream=streamed)
            assert refused.value.status_code == 503
            assert refused.value.code == "busy"
            assert int(refused.value.response.headers["retry-after"]) > 0
        answered.set()
        working.join()


def test_a_wrong_key_is_an_authentication_error():
    with (
        serving_writer(write_both, Policy(keys=KeyRing.of([KEY]))) as address,
        connected(address) as client,
        pytest.raises(openai.AuthenticationError) as refused,
    ):
        client.chat.completions.create(**ASKED)
    assert refused.value.code == "invalid_api_key"
    assert refused.value.type == "authentication_error"


def test_a_refusal_tells_the_id_by_which_the_log_tells_more():
    with (
        serving_writer(write_both, Policy(keys=KeyRing.of([KEY]))) as address,
        connected(address) as client,
        pytest.raises(openai.AuthenticationError) as refused,
    ):
        client.models.list()
    assert refused.value.request_id


def test_the_right_key_opens():
    with serving_writer(write_both, Policy(keys=KeyRing.of([KEY]))) as address, connected(address, KEY) as client:
        assert client.chat.completions.create(**ASKED).choices[0].message.content


def test_too_many_requests_are_a_rate_limit_error_with_a_time_to_come_back():
    with serving_writer(write_both, Policy(rate_per_minute=1)) as address, connected(address) as client:
        client.models.list()
        with pytest.raises(openai.RateLimitError) as refused:
            client.models.list()
    assert refused.value.code == "rate_limit_exceeded"
    assert int(refused.value.response.headers["retry-after"]) > 0


def test_an_address_under_v1_that_is_none_is_refused_in_openais_shape():
    with (
        serving_writer(write_both) as address,
        connected(address) as client,
        pytest.raises(openai.NotFoundError) as refused,
    ):
        client.embeddings.create(model="footnote", input="quay")
    assert refused.value.type == "invalid_request_error"
