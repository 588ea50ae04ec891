"""A list of an article is told whole, with the sentence that introduces it, where a question asks for what it lists."""

from collections.abc import Callable

import pytest

from index.records import Article, Passage
from qa.article_sentences import as_passage
from qa.extractive import ExtractiveEngine
from qa.lists import MOST_ITEMS, Lists, list_blocks
from qa.records import Draft
from tests.qa.doubles import NoWordWasCounted, Points, Shelf

Put = Callable[..., Passage]

SHOP = """# The mill closes

The mill of Quillon closes in May, and its shop stays.

The following will still be sold at the shop:

1. Rye bread
2. Cinnamon knots. They are baked in Tarn

The shop opens at seven.
"""
REPORT = """# Flood at Quillon: the report

The inquiry heard 40 people.

The inquiry identifies three main causes. First, a valve stuck. Second, nobody looked. Third, it rained.

## Recommendations

- The valves should be replaced.
- Sirens should be installed.

## Responses

The mayor thanked the inquiry.
"""


@pytest.fixture
def articles(put: Put, shelf: Shelf) -> list[Passage]:
    return [put(SHOP, "shop.md"), put(REPORT, "report.md")]


def words(passage: Passage, spans: object) -> list[str]:
    return [" ".join(passage.chunk.words(*one).split()) for one in spans]  # type: ignore[attr-defined]


def asked(shelf: Shelf, passages: list[Passage], question: str, points: dict[str, float]) -> Draft:
    engine = ExtractiveEngine(Points(points), NoWordWasCounted(), lists=Lists(shelf))
    return engine.draft(question, passages, question)


def said(draft: Draft) -> list[str]:
    return [one.text for one in draft.statements]


class TestWhatIsAList:
    def test_lines_with_numbers_and_what_introduces_them(self, articles: list[Passage]) -> None:
        (block,) = list_blocks(articles[0])

        assert words(block.passage, block.lead) == ["The following will still be sold at the shop:"]
        assert words(block.passage, block.items) == ["1. Rye bread", "2. Cinnamon knots.", "They are baked in Tarn"]

    def test_sentences_that_are_counted_and_lines_below_a_heading(self, articles: list[Passage]) -> None:
        causes, recommendations = list_blocks(articles[1])

        assert words(causes.passage, causes.items) == [
            "First, a valve stuck.",
            "Second, nobody looked.",
            "Third, it rained.",
        ]
        assert "Recommendations" in recommendations.introduced_by
        assert len(recommendations.items) == 2

    @pytest.mark.parametrize(
        "text",
        [
            "It rained. - Nobody came.",
            "1. The mill\n\nIt closed in May.",
            "Three boats sank. The first was old.",
            "First, it rained. Second, it snowed.",
            "12 May\n\n5 people came.\n",
        ],
    )
    def test_one_line_or_sentences_that_nobody_counts_are_none(self, put: Put, text: str) -> None:
        assert list(list_blocks(put(text))) == []

    def test_a_text_of_bullets_alone_is_read_in_time(self) -> None:
        text = "- a\n" * 20_000

        (block,) = list_blocks(as_passage(Article("a.md", "a.md", None, None, None, text, "0" * 64)))

        assert len(block.items) == 20_000
        assert len(block.statements()) == MOST_ITEMS


class TestAnswers:
    def test_an_item_brings_the_others_and_what_introduces_them(self, shelf: Shelf, articles: list[Passage]) -> None:
        draft = asked(shelf, articles, "What will the shop still sell?", {"Rye bread": 6})

        assert said(draft)[:2] == ["The following will still be sold at the shop:", "1. Rye bread"]
        assert "2. Cinnamon knots." in said(draft)
        assert draft.short_answer is None

    @pytest.mark.parametrize(
        "question", ["What are the recommendations of the inquiry at Quillon?", "What did the inquiry recommend?"]
    )
    def test_one_whose_heading_names_it_is_found_without_the_reader(
        self, shelf: Shelf, articles: list[Passage], question: str
    ) -> None:
        assert said(asked(shelf, articles, question, {"rained": -9})) == [
            "- The valves should be replaced.",
            "- Sirens should be installed.",
        ]

    @pytest.mark.parametrize(
        "question", ["What are the recommendations of the court?", "Which boats did the inquiry buy?"]
    )
    def test_another_is_not(self, shelf: Shelf, articles: list[Passage], question: str) -> None:
        assert said(asked(shelf, articles, question, {})) == []

    @pytest.mark.parametrize("question", ["Who bakes bread?", "How many sirens should be installed?"])
    def test_a_question_for_one_thing_gets_one(self, shelf: Shelf, articles: list[Passage], question: str) -> None:
        assert len(said(asked(shelf, articles, question, {"Rye bread": 6, "Sirens": 6}))) <= 1
