"""`POST /api/ask`: what an answer holds, and that its quotes are exact."""

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.replies import ask, cited_files, without_timings

ANSWERED = (
    "For how many days was the harbour closed by the storm?",
    "What did the café at the pier give to every visitor?",
    "How long will the repair of the bridge take?",
    "Who built the oven of the bakery?",
    "Why will the lighthouse close?",
)
UNANSWERED = "Who won the chess tournament in Lima?"


@pytest.fixture(scope="module")
def answers(client: TestClient) -> dict[str, dict[str, Any]]:
    """Question -> its answer."""
    return {question: ask(client, question) for question in (*ANSWERED, UNANSWERED)}


@pytest.fixture(params=ANSWERED)
def answer(request: pytest.FixtureRequest, answers: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Each of the answers that the articles give."""
    found: dict[str, Any] = answers[request.param]
    return found


def test_an_answer_has_exactly_the_fields_of_the_design(answer: dict[str, Any]):
    assert set(answer) == {
        "question",
        "standalone_question",
        "status",
        "answer",
        "short_answer",
        "statements",
        "citations",
        "views",
        "engine",
        "dropped",
        "dropped_reasons",
        "incomplete",
        "fallback_reason",
        "confidence",
        "note",
        "articles",
        "independent",
        "pointers",
        "suggestions",
        "unknown_words",
        "tokens",
        "timings_ms",
    }


def test_a_citation_has_exactly_the_fields_of_the_design(answer: dict[str, Any]):
    for citation in answer["citations"]:
        assert set(citation) == {
            "number",
            "article_id",
            "file",
            "title",
            "publisher",
            "published",
            "start",
            "end",
            "page",
            "days",
            "quote",
            "shown",
        }


def test_a_question_is_answered_from_the_article_that_answers_it(answers: dict[str, dict[str, Any]]):
    answer = answers["For how many days was the harbour closed by the storm?"]
    assert answer["status"] == "answered"
    assert "nine days" in answer["answer"]
    assert cited_files(answer) == {"ferry.md"}


def test_a_citation_carries_what_its_article_states_of_itself(answers: dict[str, dict[str, Any]]):
    (citation,) = answers["For how many days was the harbour closed by the storm?"]["citations"]
    assert citation["title"] == "The ferry sails again"
    assert citation["publisher"] == "Harbour Herald"
    assert citation["published"] == "2024-03-05"


def test_what_an_article_does_not_state_is_null(answers: dict[str, dict[str, Any]]):
    (citation,) = answers["Who built the oven of the bakery?"]["citations"]
    assert [citation["title"], citation["publisher"], citation["published"]] == [None, None, None]


def test_every_quote_stands_at_its_offsets_in_the_file(articles: Mapping[str, str], answer: dict[str, Any]):
    assert answer["citations"]
    for citation in answer["citations"]:
        text = articles[citation["file"]].removeprefix("\ufeff")
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_every_quote_stands_at_its_offsets_in_the_text_that_the_service_gives(
    client: TestClient, answer: dict[str, Any]
):
    assert answer["citations"]
    for citation in answer["citations"]:
        text = client.get(f"/api/articles/{citation['article_id']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_every_statement_has_a_citation(answer: dict[str, Any]):
    assert answer["statements"]
    assert all(statement["citations"] for statement in answer["statements"])


def test_the_answer_is_its_statements_each_ending_with_its_markers(answer: dict[str, Any]):
    marked = [
        statement["text"] + " " + "".join(f"[{citation['number']}]" for citation in statement["citations"])
        for statement in answer["statements"]
    ]
    assert answer["answer"] == " ".join(marked)


def test_citations_are_numbered_from_one(answer: dict[str, Any]):
    assert [citation["number"] for citation in answer["citations"]] == list(range(1, len(answer["citations"]) + 1))


def test_citations_are_those_of_the_statements(answer: dict[str, Any]):
    used = [citation for statement in answer["statements"] for citation in statement["citations"]]
    assert all(citation in answer["citations"] for citation in used)
    assert all(citation in used for citation in answer["citations"])


def test_what_the_articles_do_not_say_is_an_answer_without_statements(answers: dict[str, dict[str, Any]]):
    answer = answers[UNANSWERED]
    assert answer["status"] == "not_in_sources"
    assert answer["statements"] == answer["citations"] == []
    assert answer["answer"]


def test_the_same_question_gets_the_same_answer_again(client: TestClient, answers: dict[str, dict[str, Any]]):
    for question, answer in answers.items():
        assert without_timings(ask(client, question)) == without_timings(answer)


def test_an_index_made_anew_gives_the_same_answers(service: TestClient, answers: dict[str, dict[str, Any]]):
    for question, answer in answers.items():
        assert without_timings(ask(service, question)) == without_timings(answer)


def test_a_follow_up_is_understood_from_its_history(client: TestClient):
    history = [
        {"role": "user", "content": "Who built the oven of the bakery?"},
        {"role": "assistant", "content": "A potter named Anselm Krug. [1]"},
    ]
    answer = ask(client, "And when was it built?", history=history)
    assert answer["question"] == "And when was it built?"
    assert cited_files(answer) == {"bakery.txt"}


def test_control_characters_in_the_history_do_not_reach_the_answer(client: TestClient):
    history = [{"role": "user", "content": "Who built the oven \x00\x1b[31m of the bakery?"}]
    standalone = ask(client, "And when was it built?", history=history)["standalone_question"]
    assert not [character for character in standalone if ord(character) < 32]


def test_a_long_message_in_the_history_does_not_make_an_endless_question(client: TestClient):
    history = [{"role": "user", "content": "bakery " * 2_500}]
    assert len(ask(client, "And when was it built?", history=history)["standalone_question"]) <= 4_000


@pytest.mark.parametrize("engine", ["auto", "extractive"])
def test_the_extractive_engine_answers_when_nothing_else_is_set_up(client: TestClient, engine: str):
    assert ask(client, ANSWERED[0], engine=engine)["engine"] == "extractive"


def test_timings_are_milliseconds_of_stages_and_a_total(answer: dict[str, Any]):
    timings = answer["timings_ms"]
    assert timings["total"] > 0
    assert all(0 <= milliseconds <= timings["total"] + 1 for milliseconds in timings.values())
