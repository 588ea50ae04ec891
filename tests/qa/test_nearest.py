"""What comes nearest to a question that the articles don't answer, and which of its words stand nowhere."""

from collections.abc import Callable

import pytest

from index.embedding import MiniLMEmbedder
from index.postings import PostingLists
from index.records import Passage
from qa.nearest import Nearest
from tests.qa.conftest import Newsroom


@pytest.fixture(scope="module")
def nearest(newsroom: Newsroom, embedder: MiniLMEmbedder) -> Nearest:
    return Nearest(PostingLists(newsroom.catalogue), embedder)


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Who painted the Lighthouse of Zanzibar?", ("painted", "Lighthouse", "Zanzibar")),
        ("Who repaired the Kettering bridge?", ()),
        ("What do the seals and the Walrus eat?", ("Walrus", "eat")),
    ],
)
def test_words_that_stand_in_no_article_are_told_as_they_were_written(
    nearest: Nearest, question: str, unknown: tuple[str, ...]
):
    assert nearest.unknown_words(question) == unknown


def test_the_nearest_sentence_of_each_article_is_found(newsroom: Newsroom, nearest: Nearest):
    question = "Who will pay for the repair of the Kettering bridge?"
    found = nearest.sentences(question, newsroom.retriever.search(question, top_k=20))
    words = [one.passage.chunk.words(*one.span) for one in found]
    assert words[:2] == ["The repair of the Kettering bridge will take eleven weeks."] * 2
    assert len({one.passage.chunk.article_id for one in found}) == len(found) <= 3


def test_it_is_found_by_its_meaning_where_no_word_is_shared(newsroom: Newsroom, nearest: Nearest):
    question = "Which marine mammals returned?"
    found = nearest.sentences(question, newsroom.retriever.search(question, top_k=20))
    assert "Seals" in found[0].passage.chunk.words(*found[0].span)


def test_where_nothing_is_near_nothing_is_shown(nearest: Nearest, put: Callable[..., Passage]):
    passage = put("The bakery on Mill Street sells 400 loaves of rye bread a day.")
    assert nearest.sentences("Who won the chess tournament in Lima?", [passage]) == []


def test_furniture_and_headlines_are_not_near(nearest: Nearest, put: Callable[..., Passage]):
    passage = put("The Kettering bridge\n\nIt will take eleven weeks to mend the cables of the bridge.")
    found = nearest.sentences("Who built the Kettering bridge?", [passage])
    assert [one.passage.chunk.words(*one.span) for one in found] == [
        "It will take eleven weeks to mend the cables of the bridge."
    ]
