"""`GET /api/articles` with paging and filters, `GET /api/publishers` and `GET /api/status`."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.listing import Listing
from api.service import Parts
from index.records import Article
from qa.examples import example_questions
from tests.api.replies import ask, problem_of

FILES = ["bakery.txt", "ferry.md", "island.txt", "lighthouse.md", "towns/bridge.md"]


def test_without_a_query_the_first_fifty_are_listed(client: TestClient):
    listed = _list(client)
    assert (listed["total"], listed["offset"], listed["limit"]) == (5, 0, 50)


@pytest.mark.parametrize(("offset", "limit"), [(0, 2), (2, 2), (4, 2), (5, 2), (1, 500), (10**30, 1)])
def test_a_page_is_that_stretch_of_the_whole_list(client: TestClient, offset: int, limit: int):
    listed = _list(client, offset=offset, limit=limit)
    assert _files(listed) == FILES[offset : offset + limit]
    assert listed["total"] == 5


@pytest.mark.parametrize(
    ("query", "files"),
    [
        ("ferry", ["ferry.md"]),
        ("FERRY", ["ferry.md"]),
        ("harbour herald", ["ferry.md", "towns/bridge.md"]),
        ("herald rust", ["towns/bridge.md"]),
        ("towns/", ["towns/bridge.md"]),
        ("ferry rust", []),
        ("%", []),
        ("  ", FILES),
    ],
)
def test_a_query_finds_words_of_title_publisher_and_file_in_any_case(client: TestClient, query: str, files: list[str]):
    assert _files(_list(client, query=query)) == files


@pytest.mark.parametrize(
    ("filters", "files"),
    [
        ({"publisher": "Harbour Herald"}, ["ferry.md", "towns/bridge.md"]),
        ({"publisher": ["Harbour Herald", "Coast Gazette"]}, ["ferry.md", "lighthouse.md", "towns/bridge.md"]),
        ({"publisher": "harbour herald"}, []),
        ({"published_from": "2024-03-06"}, ["lighthouse.md", "towns/bridge.md"]),
        ({"published_to": "2024-03-06"}, ["ferry.md", "lighthouse.md"]),
        ({"published_from": "2024-03-06", "published_to": "2024-03-06"}, ["lighthouse.md"]),
        ({"published_from": "2024-03-06", "publisher": "Harbour Herald"}, ["towns/bridge.md"]),
        ({"query": "herald", "published_to": "2024-03-05"}, ["ferry.md"]),
    ],
    ids=str,
)
def test_filters_list_exactly_the_articles_that_state_it(client: TestClient, filters: dict[str, Any], files: list[str]):
    listed = _list(client, **filters)
    assert _files(listed) == files
    assert listed["total"] == len(files)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 501}, "limit"),
        ({"limit": "all"}, "limit"),
        ({"offset": -1}, "offset"),
        ({"published_from": "soon"}, "published_from"),
        ({"published_from": "2024-03-09", "published_to": "2024-03-05"}, "published_from"),
        ({"query": "x" * 501}, "query"),
        ({"publisher": ""}, "publisher"),
        ({"page": 2}, "page"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_query_that_is_wrong_is_a_422_that_names_it(client: TestClient, query: dict[str, Any], named: str):
    assert named in problem_of(client.get("/api/articles", params=query), 422)["detail"]


def test_the_list_follows_the_articles(service: TestClient, corpus: Path):
    _list(service)
    (corpus / "mill.txt").write_text("The mill of Oster grinds barley with two stones.", encoding="utf-8")
    service.post("/api/sync")
    assert "mill.txt" in _files(_list(service))


def test_publishers_come_with_their_counts_the_most_first_and_nameless_articles_last(client: TestClient):
    assert client.get("/api/publishers").json()["publishers"] == [
        {"name": "Harbour Herald", "articles": 2},
        {"name": "Coast Gazette", "articles": 1},
        {"name": None, "articles": 2},
    ]


def test_publishers_come_with_the_first_and_the_last_day(client: TestClient):
    found = client.get("/api/publishers").json()
    assert (found["published_from"], found["published_to"]) == ("2024-03-05", "2024-03-09")


def test_the_status_tells_the_engines_and_how_much_there_is(client: TestClient):
    status = client.get("/api/status").json()
    assert status["engines"] == ["extractive"]
    assert status["articles"] == 5
    assert status["passages"] >= 5
    assert status["uploads"] is True


def test_the_first_example_is_a_question_that_the_articles_answer(client: TestClient):
    assert ask(client, _examples(client)[0])["status"] == "answered"


def test_there_are_four_examples_at_most_and_all_differ(client: TestClient):
    examples = _examples(client)
    assert len(set(examples)) == len(examples) <= 4


def test_the_same_articles_give_the_same_examples(
    client: TestClient, open_parts: Callable[[Path], Parts], corpus: Path
):
    parts = open_parts(corpus)
    parts.sync(lambda _: None)
    assert Listing(parts.catalogue).examples() == _examples(client)


def test_examples_follow_the_articles(service: TestClient, corpus: Path):
    before = _examples(service)
    for file in ("ferry.md", "lighthouse.md", "towns/bridge.md", "bakery.txt"):
        (corpus / file).unlink()
    (corpus / "mill.txt").write_text("On Monday the miller Tove Lund said that barley was dear.", encoding="utf-8")
    service.post("/api/sync")
    assert _examples(service) != before
    assert any("Tove Lund" in example for example in _examples(service))


def test_without_articles_there_are_no_examples():
    assert example_questions([], lambda _: None) == []


@pytest.mark.parametrize("text", ["Aa " * 1_400, "A" * 4_000, "字" * 4_000, "said " * 800], ids=lambda text: text[:5])
def test_a_text_of_one_thing_over_and_over_does_not_hold_examples_up(text: str):
    article = Article("0a", "a.txt", None, None, None, text, "")
    begun = time.monotonic()
    example_questions([(article, len(text))] * 40, lambda _: article)
    assert time.monotonic() - begun < 5  # it takes a tenth of a second; with every end tried, twenty


def _examples(client: TestClient) -> list[str]:
    examples: list[str] = client.get("/api/status").json()["examples"]
    return examples


def _list(client: TestClient, **query: Any) -> dict[str, Any]:
    reply = client.get("/api/articles", params=query)
    assert reply.status_code == 200, reply.text
    listed: dict[str, Any] = reply.json()
    return listed


def _files(listed: dict[str, Any]) -> list[str]:
    return [article["file"] for article in listed["articles"]]
