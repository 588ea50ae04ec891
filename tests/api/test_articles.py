"""`GET /api/articles` and `GET /api/articles/{id}`."""

import hashlib
from collections.abc import Mapping

import pytest
from fastapi.testclient import TestClient


def test_the_list_holds_every_article_sorted_by_file(client: TestClient, articles: Mapping[str, str]):
    assert [article["file"] for article in _listed(client).values()] == sorted(articles)


def test_the_list_says_what_each_article_states_of_itself(client: TestClient):
    bridge = _listed(client)["towns/bridge.md"]
    assert [bridge["title"], bridge["publisher"], bridge["published"]] == [
        "Rust in the cables",
        "Harbour Herald",
        "2024-03-09",
    ]


def test_what_an_article_does_not_state_is_null(client: TestClient):
    bakery = _listed(client)["bakery.txt"]
    assert [bakery["title"], bakery["publisher"], bakery["published"]] == [None, None, None]


@pytest.mark.parametrize("file", ["ferry.md", "bakery.txt", "island.txt", "towns/bridge.md"])
def test_an_article_is_the_text_of_its_file_less_the_byte_order_mark(
    client: TestClient, articles: Mapping[str, str], file: str
):
    assert _article(client, file)["text"] == articles[file].removeprefix("\ufeff")


def test_the_list_counts_code_points(client: TestClient, articles: Mapping[str, str]):
    assert _listed(client)["island.txt"]["characters"] == len(articles["island.txt"].removeprefix("\ufeff"))


def test_an_article_has_the_hash_of_its_file(client: TestClient, articles: Mapping[str, str]):
    assert _article(client, "island.txt")["sha256"] == hashlib.sha256(articles["island.txt"].encode()).hexdigest()


def test_an_article_says_what_the_list_says(client: TestClient):
    listed = _listed(client)["ferry.md"]
    assert listed.items() <= _article(client, "ferry.md").items()


def _listed(client: TestClient) -> dict[str, dict[str, object]]:
    return {article["file"]: article for article in client.get("/api/articles").json()["articles"]}


def _article(client: TestClient, file: str) -> dict[str, object]:
    reply = client.get(f"/api/articles/{_listed(client)[file]['id']}")
    assert reply.status_code == 200, reply.text
    article: dict[str, object] = reply.json()
    return article
