"""What a question to the service itself is told: from counts, titles and days, without a citation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from index.embedding import MiniLMEmbedder
from index.records import Article, Filters
from qa.collection import Collection
from qa.collection_questions import CollectionQuestions
from qa.records import Answer, Question, Turn

Reply = Callable[..., Answer | None]


@dataclass
class Catalogue:
    """Articles in memory."""

    held: list[Article]
    changes: int = 2

    def article(self, article_id: str) -> Article | None:
        return next((one for one in self.held if one.id == article_id), None)

    def articles(self) -> list[tuple[Article, int]]:
        return [(one, len(one.text)) for one in self.held]

    def publishers(self) -> list[str]:
        return sorted({one.publisher for one in self.held if one.publisher})

    def generation(self) -> int:
        return self.changes


def article(name: str, text: str, publisher: str | None = None, published: date | None = None) -> Article:
    return Article(name, f"{name}.txt", name.capitalize(), publisher, published, text, "0" * 64)


FERRY = article("ferry", "The ferry sailed again after nine days. It was late.", "Harbour Herald", date(2024, 3, 5))
BRIDGE = article("bridge", "Engineers found rust in the cables of the bridge.", "Harbour Herald", date(2024, 3, 9))
SEALS = article("seals", "Seals have come back to the island, wardens say.", "Coast Gazette", date(2024, 2, 1))
BREAD = article("bread", "The bakery sells 400 loaves of rye bread a day.")


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue([FERRY, BRIDGE, SEALS, BREAD])


@pytest.fixture
def reply(catalogue: Catalogue, embedder: MiniLMEmbedder) -> Reply:
    """Asks the collection; every question that comes to mind has an answer, unless `answers` says otherwise."""
    collection = Collection(catalogue, CollectionQuestions(embedder))

    def ask(asked: str, answers: Callable[[str], bool] = lambda _: True, **fields: object) -> Answer | None:
        return collection.reply(asked, Question(asked, **fields), answers)  # type: ignore[arg-type]

    return ask


def text(answer: Answer | None) -> str:
    assert answer is not None
    assert (answer.status, answer.statements, answer.citations) == ("about_collection", (), ())
    return answer.answer


def test_it_counts_the_articles_and_tells_their_days(reply: Reply):
    assert text(reply("How many articles do you have?")) == (
        "There are 4 articles of 2 publishers, published between 1 February 2024 and 9 March 2024"
        " (1 of them without a date)."
    )


def test_it_counts_those_that_the_question_is_narrowed_to(reply: Reply):
    march = Filters(published_from=date(2024, 3, 1))
    assert text(reply("How many articles do you have?", filters=march)).startswith(
        "There are 2 articles of Harbour Herald"
    )
    assert text(reply("How many articles are by the Coast Gazette?")).startswith("There is 1 article of Coast Gazette")
    none = Filters(published_from=date(2030, 1, 1))
    assert text(reply("How many articles do you have?", filters=none)) == "There is no such article."


def test_it_names_the_publishers_the_most_articles_first(reply: Reply):
    said = text(reply("Which publishers?"))
    assert (
        said == "The 4 articles here came out in: Harbour Herald (2), Coast Gazette (1). 1 article names no publisher."
    )


def test_it_names_the_newest_and_the_oldest_article(reply: Reply):
    newest, oldest = reply("What is the newest article?"), reply("What is the oldest article?")
    assert text(newest).startswith("The newest article here is “Bridge”, Harbour Herald, of 9 March 2024.")
    assert text(oldest).startswith("The oldest article here is “Seals”, Coast Gazette, of 1 February 2024.")
    assert newest
    assert [one.title for one in newest.pointers] == ["Bridge", "Ferry", "Seals"]


def test_what_the_articles_are_about_is_shown_by_their_own_first_sentences(reply: Reply, catalogue: Catalogue):
    answer = reply("What are the articles about?")
    assert answer
    assert "The ferry sailed again after nine days." in {one.quote for one in answer.pointers}
    for one in answer.pointers:
        held = catalogue.article(one.article_id)
        assert held
        assert held.text[one.start : one.end] == one.quote


def test_only_questions_that_have_an_answer_are_suggested(reply: Reply):
    answer = reply("What can you do?", lambda question: "Bread" in question)
    assert answer
    assert len(answer.suggestions) == 1
    assert "Bread" in answer.suggestions[0]


def test_thanks_are_taken_without_a_lecture(reply: Reply):
    assert reply("thanks") is not None
    assert text(reply("thanks")) == "You are welcome."


def test_what_the_one_article_is_about_is_for_that_article(reply: Reply, catalogue: Catalogue):
    catalogue.held = [FERRY]
    catalogue.changes += 1
    assert reply("What is this article about?") is None
    assert text(reply("How many articles do you have?")) == (
        "There is 1 article of Harbour Herald, published on 5 March 2024."
    )


def test_an_article_that_was_added_counts(reply: Reply, catalogue: Catalogue):
    reply("How many articles do you have?")
    catalogue.held.append(article("harbour", "The harbour is closed."))
    catalogue.changes += 1
    assert text(reply("How many articles do you have?")).startswith("There are 5 articles")


def test_a_question_to_the_articles_gets_no_reply_from_here(reply: Reply):
    assert reply("How many loaves does the bakery sell?") is None
    assert reply("What are they about?", history=(Turn("user", "Which treaties were signed?"),)) is None
