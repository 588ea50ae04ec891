"""A question for several things is cut where another question begins, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.parts import MOST_PARTS, parts_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("When did the mill burn, and what did it cost?", ("When did the mill burn?", "What did it cost?")),
        ("who owns the mill now and what did they pay", ("Who owns the mill now?", "What did they pay?")),
        ("Where and when was Krug born?", ("Where was Krug born?", "When was Krug born?")),
        ("When was she born and where?", ("When was she born?", "Where was she born?")),
        ("When, where and why did it end?", ("When did it end?", "Where did it end?", "Why did it end?")),
        ("Is the mill open? And who runs it?", ("Is the mill open?", "Who runs it?")),
        ("Why did it close, when will it open again?", ("Why did it close?", "When will it open again?")),
        ("Is the mayor ill and who stands in?", ("Is the mayor ill?", "Who stands in?")),
    ],
)
def test_each_thing_is_a_question_of_its_own(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who came and went?",
        "Who won the race and with which boat?",
        "Who said what?",
        "Who decides what is built and what is not?",
        "What did she say about the man who left and who paid?",
        "Does anybody know when and where it opens?",
        "How does the pump work, which Hurst patented?",
        "Was the jury of one mind, or was it close?",
        "Which of the mills is older, Krug's or Lind's?",
        "Who is Krug? He was a potter.",
        "What happened? When? Why?",
        "mill price and owner",
    ],
)
def test_a_clause_is_no_question(question: str) -> None:
    assert parts_of(question) == (question,)


@settings(derandomize=True, deadline=None, database=None, max_examples=100)
@given(
    st.lists(st.sampled_from("who what when did is and , ? ; the mill built in ".split(" ")), max_size=14).map(" ".join)
)
def test_there_are_few_parts_and_each_asks(question: str) -> None:
    parts = parts_of(question)

    assert parts == (question,) or (1 < len(parts) <= MOST_PARTS and all(part.endswith("?") for part in parts))
