"""Which questions are for the service itself: known by their meaning, and by the words that they may not have."""

import pytest

from index.embedding import MiniLMEmbedder
from qa.collection_questions import CollectionQuestions

PUBLISHERS = ["Coast Gazette", "Harbour Herald"]


@pytest.fixture(scope="module")
def questions(embedder: MiniLMEmbedder) -> CollectionQuestions:
    return CollectionQuestions(embedder)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("hello", "greeting"),
        ("Hi there!", "greeting"),
        ("thanks", "thanks"),
        ("Thank you so much!", "thanks"),
        ("bye", "farewell"),
        ("what can you do?", "abilities"),
        ("Can you please help me?", "abilities"),
        ("How many articles do you have?", "count"),
        ("What is the number of the files?", "count"),
        ("what's in here?", "contents"),
        ("what’s in here", "contents"),
        ("What are the articles about?", "contents"),
        ("Which publishers?", "publishers"),
        ("Which publishers do you have articles from?", "publishers"),
        ("What is the newest article?", "newest"),
        ("What's new?", "newest"),
        ("Which article is the oldest?", "oldest"),
        ("When were the articles published?", "days"),
        ("How many articles are from the Harbour Herald?", "count"),
        ("the newest article of the Coast Gazette", "newest"),
    ],
)
def test_a_question_to_the_service_is_known_by_what_it_means(questions: CollectionQuestions, question: str, topic: str):
    assert questions.topic(question, PUBLISHERS) == topic


@pytest.mark.parametrize(
    "question",
    [
        "How many articles does the treaty have?",
        "What can you do about mould in the flat?",
        "Who said hello to the mayor?",
        "Hello, who won the match?",
        "Thanks to whom did the harbour open again?",
        "What is the newest ferry?",
        "Which publishers went bankrupt?",
        "What are the articles of the treaty about?",
        "How many stories are there in the tower?",
        "How many articles did the Harbour Herald correct?",
        "Harbour Herald",
        "Who is he?",
        "Who made it?",
        "How big is it?",
        "What time is it?",
        "What happened?",
    ],
)
def test_a_question_that_only_looks_like_one_is_for_the_articles(questions: CollectionQuestions, question: str):
    assert questions.topic(question, PUBLISHERS) is None


def test_a_question_that_points_back_at_an_answer_is_about_that_answer(questions: CollectionQuestions):
    assert questions.topic("What are they about?") == "contents"
    assert questions.topic("What are they about?", follows=True) is None
    assert questions.topic("What are the articles about?", follows=True) == "contents"
    assert questions.topic("thanks", follows=True) == "thanks"
