"""What a question wants beside a fact, and what it is about."""

import pytest

from qa.question_kinds import Wanted, asks_for_latest, wanted


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What is this article about?", "this article"),
        ("Summarise the harbour story", "the harbour story"),
        ("Summarize the harbour story.", "the harbour story"),
        ("OK, sum up the strike?", "the strike"),
        ("Give me a short summary of the strike.", "the strike"),
        ("What are the main points of the treaty?", "the treaty"),
        ("What's the row over the memo all about?", "the row over the memo"),
        ("What is the story of the ferry?", "the ferry"),
        ("Tell me about Ilse Brandt", "Ilse Brandt"),
        ("What do the articles say about the bridge?", "the bridge"),
        ("What is known about the fire?", "the fire"),
    ],
)
def test_an_account_is_wanted_of_what_is_left_of_the_question(question: str, topic: str):
    assert wanted(question) == Wanted("summary", topic)


@pytest.mark.parametrize(
    ("question", "kind", "speaker", "topic"),
    [
        ("What did Ilse Brandt say?", "statements", "Ilse Brandt", ""),
        ("What did the captain say about the engine room?", "statements", "the captain", "the engine room"),
        ("What does the columnist argue in his column?", "statements", "the columnist", "his column"),
        ("Sum up what the laboratory found out about the vaccine.", "summary", "the laboratory", "the vaccine"),
        ("Summarise the prosecutor's conclusions on the fire", "summary", "prosecutor", "the fire"),
    ],
)
def test_somebodys_words_are_wanted(question: str, kind: str, speaker: str, topic: str):
    assert wanted(question) == Wanted(kind, topic, speaker)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the summary?",
        "How long was the harbour closed?",
        "What was the captain worried about yesterday?",
        "When will the repair begin?",
        "What did they say?",
        "What did the storm damage?",
        "Why did the captain tell the crew about the flood?",
    ],
)
def test_otherwise_a_fact_is_wanted(question: str):
    assert wanted(question) == Wanted("fact")


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What is the latest on the wind farm?", "the wind farm"),
        ("what's the latest news about the wind farm", "the wind farm"),
        ("Any news on the wind farm?", "the wind farm"),
        ("What's new with the wind farm?", "the wind farm"),
        ("How do things stand with the wind farm?", "the wind farm"),
    ],
)
def test_the_latest_is_wanted_of_a_story(question: str, topic: str):
    assert wanted(question) == Wanted("summary", topic, latest=True)


@pytest.mark.parametrize(
    ("question", "topic", "month"),
    [
        ("What happened in October?", "", (10, None)),
        ("What happened in October 2026?", "", (10, 2026)),
        ("what was in the news in may?", "", (5, None)),
        ("What happened with the ferry in March 2024?", "the ferry", (3, 2024)),
        ("Summarise the strike in June", "the strike", (6, None)),
    ],
)
def test_a_month_is_wanted(question: str, topic: str, month: tuple[int, int | None]):
    assert wanted(question) == Wanted("summary", topic, month=month)


@pytest.mark.parametrize("question", ["Who resigned in October?", "How many ships came in May?"])
def test_a_fact_of_a_month_is_a_fact(question: str):
    assert wanted(question) == Wanted("fact")


@pytest.mark.parametrize(
    "question",
    [
        "Who is the mayor now?",
        "Who is the mayor at the moment?",
        "At first they spoke of speed and of a brake. What is the cause as things stand?",
        "What is the newest death toll?",
        "What is the current price of a ticket?",
        "Is the bridge open now?",
        "How many people have died so far?",
    ],
)
def test_how_things_are_now_is_asked(question: str):
    assert asks_for_latest(question)


@pytest.mark.parametrize(
    "question",
    [
        "Does the mayor stand behind a halt along the current lines?",
        "Is Quill the current mayor or a former one?",
        "What did they expect at first, and what do they expect now?",
        "Who was the mayor?",
        "Why did he know that the bridge was open?",
    ],
)
def test_how_things_were_is_asked(question: str):
    assert not asks_for_latest(question)
