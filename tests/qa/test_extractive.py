"""The offline engine answers with sentences of the articles as they stand there, or not at all."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedding import MiniLMEmbedder
from index.records import Passage
from qa.extractive import MAX_STATEMENTS, ExtractiveEngine
from qa.records import Draft
from tests.qa.conftest import NEWS, Newsroom
from tests.qa.doubles import LetterCounts, NoWordWasCounted, words

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=50)

Put = Callable[..., Passage]

questions = st.text(max_size=80) | st.lists(
    st.sampled_from(" ".join(NEWS.values()).split()), min_size=1, max_size=8
).map(" ".join)


@pytest.fixture(scope="module")
def passages(newsroom: Newsroom) -> list[Passage]:
    """All that the articles say."""
    found = newsroom.catalogue.passages(newsroom.catalogue.chunk_ids())
    return [found[chunk_id] for chunk_id in sorted(found)]


@pytest.fixture(scope="module")
def hasty(newsroom: Newsroom) -> ExtractiveEngine:
    """An engine that thinks much an answer, and is quick."""
    return ExtractiveEngine(LetterCounts(), newsroom.catalogue, threshold=0.2)


def drafted(newsroom: Newsroom, question: str) -> Draft:
    return newsroom.engine.draft(question, newsroom.retriever.search(question))


class TestAnswering:
    @pytest.mark.parametrize(
        ("question", "sentence"),
        [
            ("How much will a ticket cost?", "A ticket will cost 14 crowns until the end of the summer."),
            (
                "Who built the oven of the bakery?",
                "Its oven was built in 1911 by a potter named Anselm Krug.",
            ),
            (
                "Who found rust in the cables of the bridge?",
                "Engineers found rust in the cables of the Kettering bridge during an inspection in January.",
            ),
            (
                "How many loaves does the bakery sell a day?",
                "The bakery on Mill Street sells 400 loaves of rye bread a day.",
            ),
            (
                "Which island have the seals come back to?",
                "Seals 🦭 have come back to the island of Faro\u0308, and wardens counted 57 of them.",
            ),
            (
                "How often was the engine room flooded?",
                "Captain Ilse Brandt said that the engine room had been flooded",
            ),
        ],
    )
    def test_the_sentence_with_the_fact_comes_first(self, newsroom: Newsroom, question: str, sentence: str) -> None:
        assert sentence in drafted(newsroom, question).statements[0].text

    @pytest.mark.parametrize(
        "question",
        [
            "Who won the chess championship?",
            "What is the capital of Mongolia?",
            "How do I reset my password?",
            "Which planet has the most moons?",
            "Wer hat den Nobelpreis gewonnen?",
            "東京の天気は？",
        ],
    )
    def test_an_unrelated_question_has_no_answer(self, newsroom: Newsroom, question: str) -> None:
        assert drafted(newsroom, question).statements == ()

    @repeatable
    @given(question=questions)
    def test_statements_are_the_words_they_rest_on(
        self, hasty: ExtractiveEngine, passages: list[Passage], question: str
    ) -> None:
        for statement in hasty.draft(question, passages).statements:
            for support in statement.supports:
                assert statement.text == " ".join(words(support.passage, support.span).split())

    @repeatable
    @given(question=questions)
    def test_no_article_speaks_twice(self, hasty: ExtractiveEngine, passages: list[Passage], question: str) -> None:
        draft = hasty.draft(question, passages)

        articles = [one.passage.chunk.article_id for statement in draft.statements for one in statement.supports]
        assert len(articles) == len(set(articles))

    @repeatable
    @given(question=questions)
    def test_there_are_few_statements(self, hasty: ExtractiveEngine, passages: list[Passage], question: str) -> None:
        assert len(hasty.draft(question, passages).statements) <= MAX_STATEMENTS

    def test_two_articles_with_equal_words_make_one_statement(self, newsroom: Newsroom) -> None:
        draft = drafted(newsroom, "How long will the repair of the Kettering bridge take?")

        first = draft.statements[0]
        assert (first.text, {support.passage.file for support in first.supports}) == (
            "The repair of the Kettering bridge will take eleven weeks.",
            {"bridge.md", "repairs.md"},
        )

    def test_equal_words_on_broken_lines_make_one_statement(self, put: Put, embedder: MiniLMEmbedder) -> None:
        engine = ExtractiveEngine(embedder, NoWordWasCounted())
        passages = [put("The oven was built by Krug.", "a.txt"), put("The oven  was\u00a0built by Krug.", "b.txt")]

        draft = engine.draft("Who built the oven?", passages)

        assert [len(statement.supports) for statement in draft.statements] == [2]

    def test_a_sentence_is_helped_by_the_one_before(self, put: Put) -> None:
        engine = ExtractiveEngine(LetterCounts(), NoWordWasCounted())
        passages = [
            put("The cook was late. Then she resigned in March.", "a.txt"),
            put("Mayor Tarn was late. Then she resigned in March.", "b.txt"),
        ]

        draft = engine.draft("When did Tarn resign in March?", passages)

        assert draft.statements[0].supports[0].passage.file == "b.txt"


class TestConfidence:
    @repeatable
    @given(question=questions)
    def test_it_lies_between_0_and_1(self, hasty: ExtractiveEngine, passages: list[Passage], question: str) -> None:
        assert 0 <= hasty.draft(question, passages).confidence <= 1

    def test_a_fitting_question_has_more_than_an_unrelated_one(self, newsroom: Newsroom) -> None:
        fitting, unrelated = (
            drafted(newsroom, question).confidence
            for question in ("Who built the oven of the bakery?", "Who won the chess championship?")
        )

        assert fitting > unrelated + 0.2

    def test_the_threshold_decides(self, newsroom: Newsroom, embedder: MiniLMEmbedder) -> None:
        question = "Who built the oven of the bakery?"
        passages = newsroom.retriever.search(question)
        confidence = newsroom.engine.draft(question, passages).confidence

        strict = ExtractiveEngine(embedder, newsroom.catalogue, threshold=confidence + 0.01)

        assert strict.draft(question, passages) == Draft((), confidence)


class TestWithLittle:
    def test_without_passages_there_is_no_answer(self, newsroom: Newsroom) -> None:
        assert newsroom.engine.draft("Who built the oven?", []) == Draft((), 0.0)

    def test_without_sentences_there_is_no_answer(self, newsroom: Newsroom, put: Put) -> None:
        passage = put("The oven was built by Krug.")
        bare = replace(passage, chunk=replace(passage.chunk, sentences=()))

        assert newsroom.engine.draft("Who built the oven?", [bare]) == Draft((), 0.0)

    @pytest.mark.parametrize("question", ["?", "Who was he?", "…", "the", "👍", "\ud800"])
    def test_a_question_without_content_may_be_asked(self, newsroom: Newsroom, question: str) -> None:
        assert 0 <= drafted(newsroom, question).confidence <= 1


class TestDeterminism:
    @repeatable
    @given(question=questions)
    def test_the_same_question_has_the_same_answer(
        self, hasty: ExtractiveEngine, passages: list[Passage], question: str
    ) -> None:
        assert hasty.draft(question, passages) == hasty.draft(question, passages)

    @repeatable
    @given(question=questions, data=st.data())
    def test_the_order_of_the_passages_does_not_matter(
        self, hasty: ExtractiveEngine, passages: list[Passage], question: str, data: st.DataObject
    ) -> None:
        shuffled = data.draw(st.permutations(passages))

        assert hasty.draft(question, shuffled) == hasty.draft(question, passages)
