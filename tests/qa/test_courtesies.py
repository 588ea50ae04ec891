"""Politeness is taken off a question once, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.courtesies import without_courtesy

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=200)


@pytest.mark.parametrize(
    ("polite", "plain"),
    [
        ("Could you please tell me which ships sailed?", "Which ships sailed?"),
        ("and can you list the members?", "and list the members?"),
        ("Please summarize the harbour story.", "Summarize the harbour story."),
        ("Can you sum up the strike for me, please?", "Sum up the strike?"),
        ("Hello, who won the race?", "Who won the race?"),
        ("hi! do you know when the ferry sails", "when the ferry sails"),
        ("I'd like to know why the mill closed, thanks.", "Why the mill closed."),
        ("Thanks. And who owns it?", "And who owns it?"),
        ("Tell me how many came.", "How many came."),
        ("Would you kindly explain the ruling?", "Explain the ruling?"),
        ("Do you know whether the harbour opened?", "Is it true that the harbour opened?"),
        ("I wonder if Lind resigned", "Is it true that Lind resigned?"),
        ("Could you possibly tell me again where the ferry is?", "Where the ferry is?"),
        ("OK, what now?", "What now?"),
    ],
)
def test_what_is_only_polite_goes(polite: str, plain: str) -> None:
    assert without_courtesy(polite) == plain


@pytest.mark.parametrize(
    "question",
    [
        "Tell me about the strike.",
        "Can you do that?",
        "What can you do?",
        "Could you hear the bells in Tarn?",
        "Hello",
        "Hello!",
        "Thanks",
        "Please",
        "Who said please?",
        "Did Lind know whether the harbour opened?",
        "Well Street is where?",
        "Right whales: how many are there?",
        "What did the mayor tell me?",
        "Would the mayor tell them who won?",
        "",
    ],
)
def test_everything_else_stays(question: str) -> None:
    assert without_courtesy(question) == question


@repeatable
@given(
    st.text(max_size=80) | st.lists(st.sampled_from("please hi could you tell me who if , . ?".split())).map(" ".join)
)
def test_something_is_left_of_any_question_and_nothing_more_goes(text: str) -> None:
    plain = without_courtesy(text)

    assert any(map(str.isalnum, plain)) or plain == text
