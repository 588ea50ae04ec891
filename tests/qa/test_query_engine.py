"""The answerer in a LlamaIndex chain: its response is the answer, its source nodes are the cited spans."""

import asyncio
from typing import Any

import pytest
from llama_index.core.base.response.schema import Response
from llama_index.core.schema import QueryBundle, TextNode

from qa.answerer import NOT_IN_SOURCES
from qa.errors import QuestionError
from qa.records import Question
from tests.qa.conftest import Newsroom

BRIDGE = "How long will the repair of the Kettering bridge take?"
SEALS = "Which island have the seals come back to?"
CHESS = "Who won the chess championship?"


def query(newsroom: Newsroom, question: str) -> Response:
    response = newsroom.answerer.query(question)
    assert isinstance(response, Response)
    return response


def nodes(response: Response) -> list[TextNode]:
    found = [one.node for one in response.source_nodes]
    return [node for node in found if isinstance(node, TextNode)]


def awaited(newsroom: Newsroom, question: str) -> Any:
    return asyncio.run(newsroom.answerer.aquery(question))


class TestResponse:
    @pytest.mark.parametrize("question", [BRIDGE, SEALS, CHESS])
    def test_its_text_is_the_answer(self, newsroom: Newsroom, question: str) -> None:
        assert str(query(newsroom, question)) == newsroom.answerer.answer(Question(question)).answer

    def test_its_metadata_is_the_whole_answer(self, newsroom: Newsroom) -> None:
        metadata = query(newsroom, BRIDGE).metadata

        assert metadata
        assert (metadata["answer"]["status"], metadata["answer"]["engine"]) == ("answered", "extractive")

    def test_a_query_bundle_may_be_asked(self, newsroom: Newsroom) -> None:
        assert str(newsroom.answerer.query(QueryBundle(BRIDGE))) == str(query(newsroom, BRIDGE))

    @pytest.mark.parametrize("question", [BRIDGE, SEALS, CHESS])
    def test_it_may_be_awaited(self, newsroom: Newsroom, question: str) -> None:
        assert str(awaited(newsroom, question)) == str(query(newsroom, question))

    def test_a_question_that_cannot_be_asked_is_refused(self, newsroom: Newsroom) -> None:
        with pytest.raises(QuestionError):
            newsroom.answerer.query("?!")


class TestSourceNodes:
    @pytest.mark.parametrize("question", [BRIDGE, SEALS])
    def test_they_are_the_citations_in_order(self, newsroom: Newsroom, question: str) -> None:
        found = nodes(query(newsroom, question))

        citations = newsroom.answerer.answer(Question(question)).citations
        assert [(node.text, node.start_char_idx, node.end_char_idx) for node in found] == [
            (citation.quote, citation.start, citation.end) for citation in citations
        ]

    @pytest.mark.parametrize("question", [BRIDGE, SEALS])
    def test_their_places_are_exact(self, newsroom: Newsroom, question: str) -> None:
        found = nodes(query(newsroom, question))

        assert found
        for node in found:
            article = newsroom.catalogue.article(node.metadata["article_id"])
            assert article is not None
            assert article.text[node.start_char_idx : node.end_char_idx] == node.text

    def test_they_say_where_they_are_from(self, newsroom: Newsroom) -> None:
        found = nodes(query(newsroom, BRIDGE))

        assert {(node.metadata["file"], node.metadata["publisher"], node.metadata["published"]) for node in found} == {
            ("bridge.md", "Harbour Herald", "2024-03-09"),
            ("repairs.md", "Coast Gazette", "2024-03-10"),
        }

    def test_their_numbers_are_the_markers(self, newsroom: Newsroom) -> None:
        response = query(newsroom, BRIDGE)

        assert all(f"[{node.metadata['number']}]" in str(response) for node in nodes(response))

    def test_where_the_articles_do_not_say_there_are_none(self, newsroom: Newsroom) -> None:
        response = query(newsroom, CHESS)

        assert (str(response), response.source_nodes) == (NOT_IN_SOURCES, [])
