"""What OpenAI's own client gets from a server of the made-up articles."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from tests.api.replies import without_timings
from tests.api.servers import words_at

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

CAFE = "What did the café at the pier give to every visitor?"  # its article has emoji and letters of two code points
OVEN = "Who built the oven of the bakery?"


@pytest.fixture
def client(address: str) -> Iterator[openai.OpenAI]:
    http = openai.DefaultHttpxClient(trust_env=False)
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0, http_client=http) as client:
        yield client


def ask(client: openai.OpenAI, question: str, **parameters: Any) -> ChatCompletion:
    messages = [{"role": "user", "content": question}]
    completion = client.chat.completions.create(**{"model": "footnote", "messages": messages, **parameters})
    assert isinstance(completion, ChatCompletion)
    return completion


def stream(client: openai.OpenAI, question: str, **parameters: Any) -> list[ChatCompletionChunk]:
    messages: Any = [{"role": "user", "content": question}]
    return list(client.chat.completions.create(model="footnote", messages=messages, stream=True, **parameters))


def content_of(completion: ChatCompletion) -> str:
    content = completion.choices[0].message.content
    assert content
    return content


def deltas(chunks: list[ChatCompletionChunk], name: str) -> list[Any]:
    found = [getattr(choice.delta, name, None) for chunk in chunks for choice in chunk.choices]
    return [one for one in found if one]


def ours(reply: ChatCompletion | ChatCompletionChunk) -> dict[str, Any]:
    assert reply.model_extra
    return without_timings(reply.model_extra["footnote"])


def asked_at_our_own_address(address: str, question: str) -> dict[str, Any]:
    reply = httpx.post(f"{address}/api/ask", json={"question": question}, trust_env=False)
    return without_timings(reply.json())


def test_the_models_are_the_ways_to_have_questions_answered(client: openai.OpenAI):
    assert [model.id for model in client.models.list()] == ["footnote", "footnote-extractive"]


def test_a_model_can_be_looked_up(client: openai.OpenAI):
    assert client.models.retrieve("footnote-extractive").id == "footnote-extractive"


@pytest.mark.parametrize("model", ["footnote", "footnote-extractive"])
def test_a_question_gets_the_answer_that_our_own_address_gives(client: openai.OpenAI, address: str, model: str):
    completion = ask(client, OVEN, model=model)
    assert "Anselm Krug" in content_of(completion)
    assert content_of(completion) == asked_at_our_own_address(address, OVEN)["answer"]


def test_a_whole_answer_ends_with_stop(client: openai.OpenAI):
    assert ask(client, OVEN).choices[0].finish_reason == "stop"


def test_each_marker_has_an_annotation_that_points_at_it(client: openai.OpenAI):
    completion = ask(client, CAFE)
    annotations = completion.choices[0].message.annotations
    assert annotations
    marked = [content_of(completion)[one.url_citation.start_index : one.url_citation.end_index] for one in annotations]
    statements = ours(completion)["statements"]
    assert marked == [f"[{cited['number']}]" for one in statements for cited in one["citations"]]


def test_the_link_of_an_annotation_leads_to_the_very_words(client: openai.OpenAI, address: str):
    completion = ask(client, CAFE)
    annotations = completion.choices[0].message.annotations or []
    quotes = [cited["quote"] for one in ours(completion)["statements"] for cited in one["citations"]]
    assert [words_at(address, one.url_citation.url) for one in annotations] == quotes


@pytest.mark.parametrize(
    ("question", "title"),
    [("How long will the repair of the bridge take?", "Rust in the cables"), (CAFE, "island.txt")],
    ids=["its title", "its file where it has none"],
)
def test_an_annotation_names_the_article(client: openai.OpenAI, question: str, title: str):
    (annotation,) = ask(client, question).choices[0].message.annotations or []
    assert annotation.url_citation.title == title


def test_our_own_answer_comes_along_whole(client: openai.OpenAI, address: str):
    assert ours(ask(client, CAFE)) == asked_at_our_own_address(address, CAFE)


def test_without_a_language_model_no_tokens_are_counted(client: openai.OpenAI):
    usage = ask(client, OVEN).usage
    assert usage is not None
    assert (usage.prompt_tokens, usage.completion_tokens, usage.total_tokens) == (0, 0, 0)


def test_what_the_articles_do_not_say_is_said_without_annotations(client: openai.OpenAI):
    completion = ask(client, "Who won the chess tournament in Lima?")
    assert "don't say" in content_of(completion)
    assert completion.choices[0].message.annotations == []


def test_earlier_messages_make_a_follow_up_understood(client: openai.OpenAI):
    messages = [
        {"role": "user", "content": OVEN},
        {"role": "assistant", "content": "A potter named Anselm Krug. [1]"},
        {"role": "user", "content": "And when was it built?"},
    ]
    assert "1911" in content_of(ask(client, "", messages=messages))


def test_a_conversation_of_any_length_is_taken(client: openai.OpenAI):
    long = [{"role": role, "content": "bakery " * 3_000} for role in ("user", "assistant")] * 40
    messages = [*long, {"role": "user", "content": OVEN}]
    assert "Anselm Krug" in content_of(ask(client, "", messages=messages))


@pytest.mark.parametrize("role", ["system", "developer"])
def test_a_system_message_changes_nothing_in_the_answer(client: openai.OpenAI, role: str):
    told = [{"role": role, "content": "Say that nobody built it."}, {"role": "user", "content": OVEN}]
    assert ours(ask(client, "", messages=told)) == ours(ask(client, OVEN))


def test_a_message_may_come_in_parts_of_text(client: openai.OpenAI):
    parts = [{"type": "text", "text": "Who built the oven"}, {"type": "text", "text": "of the bakery?"}]
    assert "Anselm Krug" in content_of(ask(client, "", messages=[{"role": "user", "content": parts}]))


def test_parameters_that_only_shape_the_wording_are_accepted(client: openai.OpenAI):
    harmless = {"temperature": 0.2, "top_p": 1, "max_tokens": 500, "seed": 7, "user": "somebody", "n": 1, "stop": ["x"]}
    assert "Anselm Krug" in content_of(ask(client, OVEN, **harmless, response_format={"type": "text"}))


def test_the_pieces_of_a_stream_are_the_answer(client: openai.OpenAI):
    assert "".join(deltas(stream(client, CAFE), "content")) == content_of(ask(client, CAFE))


def test_a_stream_ends_with_the_reason_and_our_own_answer(client: openai.OpenAI):
    *chunks, last = stream(client, CAFE)
    assert last.choices[0].finish_reason == "stop"
    assert not [chunk for chunk in chunks if chunk.choices[0].finish_reason]
    assert ours(last) == ours(ask(client, CAFE))


def test_a_stream_tells_the_annotations_of_the_whole_answer(client: openai.OpenAI):
    (annotations,) = deltas(stream(client, CAFE), "annotations")
    whole = ask(client, CAFE).choices[0].message.annotations
    assert whole
    assert annotations == [one.model_dump() for one in whole]


def test_a_stream_counts_tokens_last_when_asked_to(client: openai.OpenAI):
    *chunks, last = stream(client, OVEN, stream_options={"include_usage": True})
    assert last.choices == []
    assert last.usage is not None
    assert not [chunk for chunk in chunks if chunk.usage]


def test_a_stream_counts_no_tokens_unless_asked_to(client: openai.OpenAI):
    assert not [chunk for chunk in stream(client, OVEN) if chunk.usage or not chunk.choices]


def test_the_clients_own_collector_of_a_stream_gets_the_whole_answer(client: openai.OpenAI):
    with client.chat.completions.stream(model="footnote", messages=[{"role": "user", "content": CAFE}]) as events:
        collected = events.get_final_completion()
    assert collected.choices[0].message.content == content_of(ask(client, CAFE))


def test_the_asynchronous_client_gets_the_same(client: openai.OpenAI, address: str):
    async def both() -> tuple[ChatCompletion, list[ChatCompletionChunk]]:
        http = openai.DefaultAsyncHttpxClient(trust_env=False)
        async with openai.AsyncOpenAI(base_url=f"{address}/v1", api_key="none", http_client=http) as asynchronous:
            asked: Any = {"model": "footnote", "messages": [{"role": "user", "content": CAFE}]}
            whole = await asynchronous.chat.completions.create(**asked)
            return whole, [chunk async for chunk in await asynchronous.chat.completions.create(**asked, stream=True)]

    whole, chunks = asyncio.run(both())
    assert ours(whole) == ours(chunks[-1]) == ours(ask(client, CAFE))
    assert "".join(deltas(chunks, "content")) == content_of(whole)


def test_an_unknown_model_is_refused_and_the_known_ones_named(client: openai.OpenAI):
    with pytest.raises(openai.NotFoundError, match="footnote-extractive") as refused:
        ask(client, OVEN, model="some-other")
    assert refused.value.code == "model_not_found"
    assert refused.value.param == "model"


def test_a_model_that_is_not_set_up_is_unknown(client: openai.OpenAI):
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("footnote-llm")


TOOL = {"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}
IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "several answers": ({"n": 2}, "n"),
    "tools": ({"tools": [TOOL]}, "tools"),
    "spoken answers": ({"modalities": ["text", "audio"]}, "modalities"),
    "a voice": ({"audio": {"voice": "alloy", "format": "wav"}}, "audio"),
    "answers in JSON": ({"response_format": {"type": "json_object"}}, "response_format"),
    "log probabilities": ({"logprobs": True}, "logprobs"),
    "a picture": ({"messages": [{"role": "user", "content": [IMAGE]}]}, "messages.0.content"),
    "no question": ({"messages": [{"role": "system", "content": "Be brief."}]}, "messages"),
    "no message": ({"messages": []}, "messages"),
    "the reply of a tool": ({"messages": [{"role": "tool", "content": "x", "tool_call_id": "1"}]}, "messages.0.role"),
}


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize(("parameters", "name"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_done_here_is_refused_by_its_name(
    client: openai.OpenAI, parameters: dict[str, Any], name: str, streamed: bool
):
    with pytest.raises(openai.BadRequestError) as refused:
        ask(client, OVEN, **parameters, stream=streamed)
    assert refused.value.param == name
    assert refused.value.type == "invalid_request_error"
    assert name in refused.value.message


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("question", ["", "?!", "rust " * 4_000], ids=["empty", "no words", "too long"])
def test_a_question_that_cannot_be_asked_is_a_bad_request(client: openai.OpenAI, question: str, streamed: bool):
    with pytest.raises(openai.BadRequestError, match="The question"):
        ask(client, question, stream=streamed)


def test_no_question_is_in_the_log_of_a_server_that_runs_as_usual(
    client: openai.OpenAI, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("INFO")
    ask(client, "Who was Quillon?")
    stream(client, "Who was Quillon?")
    assert "POST /v1/chat/completions 200" in caplog.text
    assert "Quillon" not in caplog.text
