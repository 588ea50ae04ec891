"""Questions to the service itself, and refusals that help, as each way in tells them."""

import pytest
from fastapi.testclient import TestClient

from tests.api.mcp_clients import call_over_http, text_of
from tests.api.replies import ask, ask_stream

COUNTED = (
    "There are 5 articles of 2 publishers, published between 5 March 2024 and 9 March 2024 (2 of them without a date)."
)
UNANSWERED = "Who repaired the lamp of the lighthouse of Zanzibar?"


def test_asked_how_many_articles_there_are_it_counts_them_and_cites_none(client: TestClient):
    answer = ask(client, "How many articles do you have?")
    assert (answer["status"], answer["answer"]) == ("about_collection", COUNTED)
    assert (answer["statements"], answer["citations"], answer["confidence"]) == ([], [], 1.0)


def test_what_it_suggests_to_ask_has_an_answer(client: TestClient):
    suggested = ask(client, "What can you do?")["suggestions"]
    assert suggested
    assert {ask(client, one)["status"] for one in suggested} == {"answered"}


def test_a_stream_of_it_is_the_whole_answer_alone(client: TestClient):
    events = ask_stream(client, "how many articles do you have?")
    assert [name for name, _ in events] == ["done"]
    assert events[0][1]["answer"] == COUNTED


def test_the_filters_of_a_question_count(client: TestClient):
    assert ask(client, "How many articles do you have?", publishers=["Coast Gazette"])["answer"] == (
        "There is 1 article of Coast Gazette, published on 6 March 2024."
    )


def test_a_question_that_looks_like_one_is_still_answered_from_the_articles(client: TestClient):
    assert ask(client, "How many loaves of rye bread do you sell a day, bakery?")["status"] == "answered"


def test_a_refusal_points_at_what_comes_nearest_with_its_exact_words(client: TestClient):
    answer = ask(client, UNANSWERED)
    assert (answer["status"], answer["answer"]) == ("not_in_sources", "The articles don't say.")
    assert "Zanzibar" in answer["unknown_words"]
    assert (answer["statements"], answer["citations"]) == ([], [])
    nearest = answer["pointers"][0]
    assert nearest["title"] == "A lighthouse goes dark"
    text = client.get(f"/api/articles/{nearest['article_id']}").json()["text"]
    assert text[nearest["start"] : nearest["end"]] == nearest["quote"]


def test_what_is_answered_has_no_pointers(client: TestClient):
    answer = ask(client, "How long had a storm closed the harbour?")
    assert answer["status"] == "answered"
    assert (answer["pointers"], answer["unknown_words"], answer["suggestions"]) == ([], [], [])


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_program_is_told_both_over_the_model_context_protocol(address: str):
    assert text_of(call_over_http(address, "ask", question="how many articles do you have?")).startswith(COUNTED)
    said = text_of(call_over_http(address, "ask", question=UNANSWERED))
    assert "Zanzibar" in said
    assert "Nearest, and no answer:\n- A lighthouse goes dark · Coast Gazette · 2024-03-06: “" in said


def test_a_client_of_chat_completions_is_told_both(client: TestClient):
    def content(question: str) -> str:
        body = {"model": "footnote", "messages": [{"role": "user", "content": question}]}
        said: str = client.post("/v1/chat/completions", json=body).json()["choices"][0]["message"]["content"]
        return said

    assert content("how many articles do you have?").startswith(COUNTED)
    assert content(UNANSWERED).startswith("The articles don't say.\nNo article has the word")
