"""What the official client of the Model Context Protocol gets from a server of the made-up articles."""

import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from mcp.types import CallToolResult, ListToolsResult

from api.keys import KeyRing
from api.policy import Policy
from qa.records import Answer, OnStatement, Question
from tests.api.mcp_clients import call_over_http, over_http, text_of
from tests.api.replies import without_timings
from tests.api.servers import KEY, answer_of, serving_writer, statement, words_at

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

CAFE = "What did the café at the pier give to every visitor?"


def structured(result: CallToolResult) -> dict[str, Any]:
    assert not result.isError, result.content
    assert result.structuredContent is not None
    return result.structuredContent


def found(address: str, query: str) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = structured(call_over_http(address, "search", query=query))["results"]
    return results


def why(result: CallToolResult) -> str:
    assert result.isError
    return text_of(result)


def test_the_tools_are_those_that_connectors_look_for_and_ask(address: str):
    listed: ListToolsResult = over_http(address, lambda session: session.list_tools())
    assert [tool.name for tool in listed.tools] == ["search", "fetch", "ask"]


@pytest.mark.parametrize(("tool", "argument"), [("search", "query"), ("fetch", "id")])
def test_search_and_fetch_take_one_string_as_connectors_send_it(address: str, tool: str, argument: str):
    listed: ListToolsResult = over_http(address, lambda session: session.list_tools())
    (schema,) = [one.inputSchema for one in listed.tools if one.name == tool]
    assert {name: kind["type"] for name, kind in schema["properties"].items()} == {argument: "string"}
    assert schema["required"] == [argument]


def test_every_tool_says_that_it_only_reads(address: str):
    listed: ListToolsResult = over_http(address, lambda session: session.list_tools())
    assert all(tool.annotations and tool.annotations.readOnlyHint for tool in listed.tools)


def test_a_search_gives_id_title_and_address_of_each_article_and_nothing_else(address: str):
    results = found(address, "repair of the bridge")
    assert {frozenset(one) for one in results} == {frozenset({"id", "title", "url"})}
    assert results[0]["title"] == "Rust in the cables"


def test_a_search_names_an_article_once(address: str):
    ids = [one["id"] for one in found(address, "the island, the ferry, the bridge and the lighthouse")]
    assert len(ids) == len(set(ids)) > 1


def test_a_search_leads_to_the_words_that_it_found(address: str):
    best = found(address, "biscuits for every visitor")[0]
    assert "seal-shaped biscuits" in words_at(address, best["url"])


def test_a_fetch_gives_the_whole_text_into_which_offsets_point(address: str, articles: Mapping[str, str]):
    best = found(address, "biscuits for every visitor")[0]
    article = structured(call_over_http(address, "fetch", id=best["id"]))
    assert article["text"] == articles["island.txt"].removeprefix("\ufeff")
    assert words_at(address, article["url"]) == article["text"]


def test_a_fetch_says_where_an_article_comes_from(address: str):
    best = found(address, "repair of the bridge")[0]
    article = structured(call_over_http(address, "fetch", id=best["id"]))
    assert set(article) == {"id", "title", "text", "url", "metadata"}
    assert (article["id"], article["title"]) == (best["id"], "Rust in the cables")
    known = {"file": "towns/bridge.md", "publisher": "Harbour Herald", "published": "2024-03-09"}
    assert article["metadata"] == known


@pytest.mark.parametrize("tool", ["search", "fetch"])
def test_the_text_of_a_result_is_its_structure_as_json(address: str, tool: str):
    searched = call_over_http(address, "search", query="bridge")
    best = structured(searched)["results"][0]
    result = searched if tool == "search" else call_over_http(address, "fetch", id=best["id"])
    assert json.loads(text_of(result)) == result.structuredContent


def test_an_answer_comes_with_its_markers_its_sources_and_their_words(address: str):
    result = call_over_http(address, "ask", question=CAFE)
    answer, sureness, source = text_of(result).split("\n")
    assert answer == structured(result)["answer"]
    assert sureness == f"(Confidence {structured(result)['confidence']:.0%}.)".replace("%", " %")
    (citation,) = structured(result)["citations"]
    assert source.startswith("[1] island.txt: ")
    assert " ".join(citation["quote"].split()) in source
    assert words_at(address, source.rpartition(" ")[2]) == citation["quote"]


def test_the_structure_of_an_answer_is_what_our_own_address_gives(address: str):
    ours = httpx.post(f"{address}/api/ask", json={"question": CAFE}, trust_env=False).json()
    given = structured(call_over_http(address, "ask", question=CAFE))
    assert without_timings(given) == without_timings(ours)


def test_what_the_articles_do_not_say_is_an_answer(address: str):
    result = call_over_http(address, "ask", question="Who won the chess tournament in Lima?")
    assert structured(result)["status"] == "not_in_sources"


def test_a_question_may_be_narrowed_to_publishers_and_days():
    asked: list[Question] = []

    def write(question: Question, _: OnStatement) -> Answer:
        asked.append(question)
        return answer_of(statement(1, "The quay was built in May."))

    narrowed = {"publishers": ["Harbour Herald"], "published_from": "2024-03-01", "published_to": "2024-03-31"}
    with serving_writer(write) as address:
        structured(call_over_http(address, "ask", question="When was the quay built?", **narrowed))
    (filters,) = [question.filters for question in asked]
    assert filters.publishers == ("Harbour Herald",)
    assert [str(filters.published_from), str(filters.published_to)] == ["2024-03-01", "2024-03-31"]


@pytest.mark.parametrize(
    ("tool", "arguments", "reason"),
    [
        ("search", {"query": " "}, "The question is empty"),
        ("search", {}, "query: "),
        ("search", {"query": "bridge", "publishers": ["Harbour Herald"]}, "publishers: "),
        ("fetch", {"id": "none"}, 'No article has the id "none". The tool search finds articles.'),
        ("ask", {"question": "?!"}, "The question has no words"),
        ("ask", {"question": "Who?", "published_from": "soon"}, "published_from: "),
        ("ask", {"question": "Who?", "published_from": "2024-03-02", "published_to": "2024-03-01"}, "published_from"),
        ("look", {}, 'no tool "look"'),
    ],
)
def test_what_cannot_be_done_is_a_result_that_says_why(address: str, tool: str, arguments: dict[str, Any], reason: str):
    assert reason in why(call_over_http(address, tool, **arguments))


def test_what_breaks_tells_nothing_of_the_inside():
    def write(_question: Question, _: OnStatement) -> Answer:
        raise RuntimeError("the lamp fell over")

    with serving_writer(write) as address:
        told = why(call_over_http(address, "ask", question="When was the quay built?"))
    assert "Something broke" in told
    assert "lamp" not in told


def test_a_server_with_keys_opens_to_those_who_have_one():
    with serving_writer(lambda *_: answer_of(), Policy(keys=KeyRing.of([KEY]))) as address:
        listed: ListToolsResult = over_http(address, lambda session: session.list_tools(), KEY)
        refused = httpx.post(f"{address}/mcp", json={}, trust_env=False)
    assert listed.tools
    assert refused.status_code == 401


def test_a_page_that_had_its_name_resolve_to_this_machine_is_refused():
    with serving_writer(lambda *_: answer_of(), Policy(hosts=("127.0.0.1",))) as address:
        refused = httpx.post(f"{address}/mcp", json={}, headers={"Host": "pages.example"}, trust_env=False)
    assert refused.status_code == 421


def test_a_page_of_another_site_is_refused(address: str):
    refused = httpx.post(f"{address}/mcp", json={}, headers={"Origin": "https://pages.example"}, trust_env=False)
    assert refused.status_code == 403


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"1", b'{"jsonrpc": "2.0"}', b"\xff", b"[" * 100_000, b'{"id": ' + b"[" * 60 + b"]" * 60 + b"}"],
    ids=["nothing", "half", "a list", "a number", "no method", "no text", "open for ever", "nested deeply"],
)
def test_a_body_that_is_no_message_is_a_400(address: str, body: bytes):
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    assert httpx.post(f"{address}/mcp", content=body, headers=headers, trust_env=False).status_code == 400


def test_links_lead_to_the_address_that_is_set_whatever_a_request_says():
    def write(_question: Question, _on_statement: OnStatement) -> Answer:
        return answer_of(statement(1, "The ferry sailed."))

    with serving_writer(write, Policy(address="https://quay.example/desk/")) as address:
        told = text_of(call_over_http(address, "ask", question="Who sailed?"))
    assert "https://quay.example/desk/#source=" in told
    assert "127.0.0.1" not in told


def test_no_stream_is_opened_that_would_never_say_anything(address: str):
    refused = httpx.get(f"{address}/mcp", headers={"Accept": "text/event-stream"}, trust_env=False)
    assert refused.status_code == 405


def test_no_question_is_in_the_log_of_a_server_that_runs_as_usual(address: str, caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO")
    for tool, argument in (("ask", "question"), ("search", "query"), ("fetch", "id")):
        call_over_http(address, tool, **{argument: "Who was Quillon?"})
    assert "POST /mcp 200" in caplog.text
    assert "Quillon" not in caplog.text
