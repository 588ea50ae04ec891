"""What holds for every article, every question and every engine: quotes are exact, and statements supported."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.reading import article_files, article_id, read_article
from index.records import Article, Passage
from index.splitting import Splitter
from qa.extractive import ExtractiveEngine
from qa.grounding import is_verbatim
from qa.judge import MPNetJudge
from qa.reader import Reader
from qa.records import Answer, Question
from tests.qa.conftest import NEWS, Newsroom
from tests.qa.doubles import Finds, NoWordWasCounted, PointsAtLongWords, Shelf, answerer_of

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=50)

pieces = st.sampled_from(
    [
        *["The ferry sailed. ", "Krug came.\r\n", "Krug came. ", "🦭 Seals 🦭 ", "cafe\u0301 ", "“No,” he said. "],
        *["港は開く。", "U.S. ", "| A caption |\n", "* * *\n", "word " * 300, "👨‍👩‍👧" * 20],
        *["\u2028", "\t", "\ufeff", "a" * 3_000, "שלום. "],
    ]
)  # fmt: skip
texts = st.text(max_size=100) | st.lists(pieces, max_size=12).map("".join)
questions = (
    st.text(max_size=40)
    | st.lists(
        st.sampled_from("Who came ferry Krug sailed cafe\u0301 seals 港 word the what said?".split()),
        min_size=1,
        max_size=6,
    ).map(" ".join)
).filter(lambda text: any(map(str.isalnum, text)))


def answer_from(texts: list[str], question: str, reader: Reader) -> tuple[Answer, Shelf]:
    """Answer from articles of these texts, with an engine that thinks everything an answer."""
    articles = [
        Article(article_id(f"{number}.txt"), f"{number}.txt", None, None, None, text, "0" * 64)
        for number, text in enumerate(texts)
    ]
    splitter = Splitter(lambda texts: [len(text.split()) for text in texts], max_tokens=40)
    passages = [
        Passage(chunk, article.file, None, None, None, 1.0, 1, 1)
        for article in articles
        for chunk in splitter.split(article)
    ]
    shelf = Shelf({article.id: article for article in articles})
    engine = ExtractiveEngine(reader, NoWordWasCounted(), threshold=0.0)
    return answerer_of(Finds(passages), shelf, [engine]).answer(Question(question)), shelf


class TestAnyArticles:
    @repeatable
    @given(texts=st.lists(texts, max_size=4), question=questions)
    def test_every_quote_is_exactly_its_place_in_its_article(self, texts: list[str], question: str) -> None:
        answer, shelf = answer_from(texts, question, PointsAtLongWords())

        for citation in answer.citations:
            assert shelf.articles[citation.article_id].text[citation.start : citation.end] == citation.quote

    @repeatable
    @given(texts=st.lists(texts, min_size=1, max_size=4), question=questions)
    def test_every_statement_has_a_citation_and_every_citation_supports_it(
        self, texts: list[str], question: str
    ) -> None:
        answer, _ = answer_from(texts, question, PointsAtLongWords())

        for statement in answer.statements:
            assert statement.citations
            assert all(is_verbatim(statement.text, citation.quote) for citation in statement.citations)

    @repeatable
    @given(texts=st.lists(texts, min_size=1, max_size=4), question=questions)
    def test_an_honest_engine_loses_nothing(self, texts: list[str], question: str) -> None:
        answer, _ = answer_from(texts, question, PointsAtLongWords())

        assert answer.dropped == 0

    @pytest.mark.parametrize("text", [*NEWS.values(), "Krug came. Krug came. Krug came."])
    def test_an_engine_that_thinks_everything_an_answer_answers(self, text: str) -> None:
        answer, _ = answer_from([text], text.split(".", maxsplit=1)[0], PointsAtLongWords())

        assert answer.status == "answered"


class TestRealIndex:
    QUESTIONS = (
        "How much will a ticket cost?",
        "How long will the repair of the Kettering bridge take?",
        "Which island have the seals come back to?",
        "What did the café give to every visitor?",
        "Who won the chess championship?",
    )

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_every_quote_is_exactly_its_place_in_the_file(self, newsroom: Newsroom, question: str) -> None:
        for citation in newsroom.answerer.answer(Question(question)).citations:
            assert NEWS[citation.file].removeprefix("\ufeff")[citation.start : citation.end] == citation.quote

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_the_same_question_has_the_same_answer(self, newsroom: Newsroom, question: str) -> None:
        first, second = (replace(newsroom.answerer.answer(Question(question)), timings_ms={}) for _ in range(2))

        assert first == second

    @pytest.mark.parametrize("question", QUESTIONS[:4])
    def test_a_question_that_the_articles_answer_is_answered(self, newsroom: Newsroom, question: str) -> None:
        assert newsroom.answerer.answer(Question(question)).status == "answered"

    def test_a_question_that_they_do_not_answer_is_not(self, newsroom: Newsroom) -> None:
        assert newsroom.answerer.answer(Question(self.QUESTIONS[4])).status == "not_in_sources"

    def test_two_articles_with_equal_words_are_both_cited(self, newsroom: Newsroom) -> None:
        answer = newsroom.answerer.answer(Question(self.QUESTIONS[1]))

        assert {citation.publisher for citation in answer.statements[0].citations} == {
            "Harbour Herald",
            "Coast Gazette",
        }


class TestShippedArticles:
    @pytest.mark.parametrize(
        ("question", "words"),
        [
            ("What kind of missiles hit the Bryansk plant?", "Storm Shadow"),
            ("How many points does the ceasefire proposal of Ukraine and its European backers have?", "12-point"),
            ("What is the value of the frozen Russian assets?", "€140 billion"),
        ],
    )
    def test_a_fact_is_answered_with_its_sentence(
        self, seeds: Path, reader: MPNetJudge, question: str, words: str
    ) -> None:
        texts = [read_article(seeds, file).text for file in article_files(seeds)]

        answer, _ = answer_from(texts, question, reader)

        assert words in answer.statements[0].text
