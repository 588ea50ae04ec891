"""`POST /api/search`, and the filters that questions and searches share."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.replies import ask, cited_files, search

EVERYTHING = "storm lighthouse bridge bakery seals"
HARBOUR, COAST = "Harbour Herald", "Coast Gazette"
FERRY, LIGHTHOUSE, BRIDGE = "ferry.md", "lighthouse.md", "towns/bridge.md"


def test_a_passage_has_exactly_the_fields_of_the_design(client: TestClient):
    assert set(search(client, EVERYTHING)[0]) == {
        "article_id",
        "file",
        "title",
        "publisher",
        "published",
        "start",
        "end",
        "text",
        "sentences",
        "score",
        "dense_rank",
        "lexical_rank",
    }


def test_the_best_passage_comes_first(client: TestClient):
    assert search(client, "rust in the cables of the bridge")[0]["file"] == BRIDGE


def test_scores_never_rise(client: TestClient):
    scores = [passage["score"] for passage in search(client, EVERYTHING)]
    assert scores == sorted(scores, reverse=True)


def test_every_passage_is_its_place_in_the_article(client: TestClient):
    for passage in search(client, EVERYTHING):
        text = client.get(f"/api/articles/{passage['article_id']}").json()["text"]
        assert text[passage["start"] : passage["end"]] == passage["text"]


def test_sentences_lie_within_their_passage(client: TestClient):
    for passage in search(client, EVERYTHING):
        assert passage["sentences"]
        assert all(passage["start"] <= start < end <= passage["end"] for start, end in passage["sentences"])


def test_a_search_says_what_was_searched(client: TestClient):
    reply = client.post("/api/search", json={"query": "  rust\tin\x00the cables "})
    assert reply.json()["query"] == "rust in the cables"


def test_the_same_search_finds_the_same_again(client: TestClient):
    assert search(client, EVERYTHING) == search(client, EVERYTHING)


def test_without_filters_every_article_is_searched(client: TestClient):
    assert _found(client) == {FERRY, LIGHTHOUSE, BRIDGE, "bakery.txt", "island.txt"}


@pytest.mark.parametrize(
    ("filters", "files"),
    [
        ({"publishers": [HARBOUR]}, {FERRY, BRIDGE}),
        ({"publishers": [HARBOUR, COAST]}, {FERRY, BRIDGE, LIGHTHOUSE}),
        ({"publishers": [HARBOUR, HARBOUR]}, {FERRY, BRIDGE}),
        ({"publishers": ["Harbour"]}, set()),
        ({"publishers": ["Nobody's News"]}, set()),
        ({"publishers": []}, {FERRY, LIGHTHOUSE, BRIDGE, "bakery.txt", "island.txt"}),
        ({"published_from": "2024-03-06"}, {LIGHTHOUSE, BRIDGE}),
        ({"published_from": "2024-03-07"}, {BRIDGE}),
        ({"published_from": "2024-03-10"}, set()),
        ({"published_to": "2024-03-06"}, {FERRY, LIGHTHOUSE}),
        ({"published_to": "2024-03-05"}, {FERRY}),
        ({"published_to": "2024-03-04"}, set()),
        ({"published_from": "2024-03-06", "published_to": "2024-03-06"}, {LIGHTHOUSE}),
        ({"published_from": "2024-03-05", "published_to": "2024-03-09", "publishers": [HARBOUR]}, {FERRY, BRIDGE}),
        ({"published_from": "2024-03-06", "publishers": [HARBOUR]}, {BRIDGE}),
        ({"published_from": "0001-01-01", "published_to": "9999-12-31"}, {FERRY, LIGHTHOUSE, BRIDGE}),
    ],
    ids=lambda value: str(sorted(value) if isinstance(value, set) else value),  # the same in every process
)
def test_filters_let_through_exactly_the_articles_that_state_it(
    client: TestClient, filters: dict[str, Any], files: set[str]
):
    assert _found(client, **filters) == files


def test_an_empty_publisher_does_not_mean_the_articles_without_one(client: TestClient):
    reply = client.post("/api/search", json={"query": EVERYTHING, "publishers": [""]})
    assert reply.status_code == 422 or reply.json()["passages"] == []


def test_a_question_is_answered_only_from_articles_that_its_filters_let_through(client: TestClient):
    question = "For how many days was the harbour closed by the storm?"
    assert cited_files(ask(client, question, published_to="2024-03-05")) == {FERRY}
    assert ask(client, question, published_from="2024-03-06")["status"] == "not_in_sources"


@pytest.mark.parametrize("top_k", [1, 2, 3])
def test_top_k_gives_as_many_of_the_best(client: TestClient, top_k: int):
    assert search(client, EVERYTHING, top_k=top_k) == search(client, EVERYTHING, top_k=50)[:top_k]


def _found(client: TestClient, **filters: object) -> set[str]:
    return {passage["file"] for passage in search(client, EVERYTHING, top_k=50, **filters)}
