"""Questions that nobody should type, and that somebody will."""

import json
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.replies import ask, cited_files, problem_of

UNASKABLE = {
    "empty": "",
    "blank": " \t\r\n\u00a0\u3000 ",
    "punctuation": "?!... -- “”",
    "symbols": "🦭🍰 → ∑",
    "control characters": "\x00\x07\x1b\x7f\x9f",
    "lone surrogates": "\ud800\udfff",
    "invisible": "\u200b\u200d\ufeff\u2060",
}


@pytest.mark.parametrize(("path", "field"), [("/api/ask", "question"), ("/api/search", "query")])
@pytest.mark.parametrize("text", UNASKABLE.values(), ids=UNASKABLE)
def test_a_question_without_words_is_refused(client: TestClient, path: str, field: str, text: str):
    problem = problem_of(_post(client, path, {field: text}), 422)
    assert problem["type"].endswith("invalid-question")


@pytest.mark.parametrize(("path", "field"), [("/api/ask", "question"), ("/api/search", "query")])
def test_a_question_of_20_000_characters_is_refused_with_the_limit(client: TestClient, path: str, field: str):
    problem = problem_of(_post(client, path, {field: "rust " * 4_000}), 422)
    assert "20,000" in problem["detail"]
    assert "2,000" in problem["detail"].replace("20,000", "")


def test_the_page_lets_one_type_exactly_as_much_as_is_read(client: TestClient):
    limit = _longest_input(client.get("/").text)
    assert _post(client, "/api/ask", {"question": "é" * limit}).status_code == 200
    assert _post(client, "/api/ask", {"question": "é" * (limit + 1)}).status_code == 422


@pytest.mark.parametrize(
    "question",
    [
        "Who\x00 built the\x1b oven of\x07 the bakery?",
        "Who built\ud800 the oven \udfff of the bakery?",
        "Who\r\nbuilt\tthe\u2028oven of the bakery?",
    ],
    ids=["control characters", "lone surrogates", "line breaks"],
)
def test_a_question_is_answered_without_the_characters_that_nobody_can_read(client: TestClient, question: str):
    reply = _post(client, "/api/ask", {"question": question})
    assert reply.status_code == 200, reply.text
    assert reply.json()["question"] == "Who built the oven of the bakery?"
    assert cited_files(reply.json()) == {"bakery.txt"}


@pytest.mark.parametrize(
    "question",
    [
        "<b>Who</b> built the oven of the bakery?",
        "**Who** built the [oven](https://example.org) of the bakery?",
        "<script>alert(1)</script> Who built the oven of the bakery?",
        "{{7*7}} ${7*7} Who built the oven of the bakery? %s %(x)s",
    ],
)
def test_markup_in_a_question_is_text(client: TestClient, question: str):
    assert ask(client, question, top_k=1)["question"] == question


@pytest.mark.parametrize(
    "question",
    [
        '"',
        '" OR "oven',
        "oven NEAR(bakery, 2) AND * ^ built",
        "text:oven OR title:bakery -rust",
        "'; DROP TABLE articles; -- oven",
        "oven*",
    ],
)
def test_the_syntax_of_search_engines_and_databases_is_text(client: TestClient, question: str):
    question = f"Who built the oven of the bakery? {question}"
    assert ask(client, question, top_k=1)["question"] == question


@pytest.mark.parametrize(
    "question",
    [
        "Wer gewann das Schachturnier in Lima?",
        "Qui a gagné le tournoi d'échecs à Lima ?",
        "Кто выиграл шахматный турнир в Лиме?",
        "من فاز ببطولة الشطرنج في ليما؟",
        "リマのチェス大会で優勝したのは誰ですか",
    ],
)
def test_another_language_gets_an_honest_answer(client: TestClient, question: str):
    assert ask(client, question)["status"] == "not_in_sources"


def test_a_question_of_a_thousand_different_words_is_answered(client: TestClient):
    assert ask(client, " ".join(chr(0x4E00 + number) for number in range(900)))["status"] == "not_in_sources"


_ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=20)  # lone surrogates included


@settings(derandomize=True, deadline=None, max_examples=30, database=None)
@given(_ANY_TEXT)
def test_any_text_at_all_is_answered_or_refused(client: TestClient, text: str):
    reply = _post(client, "/api/ask", {"question": text, "top_k": 1})
    if reply.status_code != 200:
        problem_of(reply, 422)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | _ANY_TEXT
    | st.sampled_from(["2024-03-05", "2024-03-09", "auto", "llm", "user", "Harbour Herald"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)


@settings(derandomize=True, deadline=None, max_examples=60, database=None)
@given(
    st.fixed_dictionaries(
        {"question": st.just("Who built the oven?") | _JSON},
        optional={
            "history": _JSON,
            "engine": _JSON,
            "top_k": _JSON,
            "published_from": _JSON,
            "published_to": _JSON,
            "publishers": st.lists(_ANY_TEXT, max_size=3) | _JSON,
        },
    )
)
def test_any_json_at_all_is_answered_or_refused(client: TestClient, body: object):
    reply = _post(client, "/api/ask", body)
    if reply.status_code != 200:
        problem_of(reply, 422)


class _Inputs(HTMLParser):
    limits: list[int]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        limit = dict(attrs).get("maxlength")
        if limit:
            self.limits.append(int(limit))


def _longest_input(page: str) -> int:
    parser = _Inputs()
    parser.limits = []
    parser.feed(page)
    return max(parser.limits)


def _post(client: TestClient, path: str, body: object):
    # `json=` would refuse to encode lone surrogates; as \ud800 they are what a careless client sends.
    return client.post(path, content=json.dumps(body), headers={"content-type": "application/json"})
