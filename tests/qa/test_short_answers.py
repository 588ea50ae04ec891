"""An answer is shown alone with the words without which it would be false, or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.short_answers import is_short, uncut


def shown(sentence: str, answer: str) -> str | None:
    start = sentence.index(answer)
    span = uncut(sentence, start, start + len(answer))
    return None if span is None else sentence[span.start : span.end]


@pytest.mark.parametrize(
    ("sentence", "answer", "alone"),
    [
        ("The mill was sold in 1911.", "1911", "1911"),
        ("The plant will cut 412 of its 530 jobs.", "530", "412 of its 530"),
        ("One of the two bridges fell.", "two bridges", "One of the two bridges"),
        ("More than 500 people came.", "500 people", "More than 500 people"),
        ("The fine is up to £400.", "£400", "up to £400"),
        ("He would resign if there was no deal, he said.", "He would resign", "He would resign if there was no deal"),
        ("It sails on Friday unless the storm returns.", "on Friday", "on Friday unless the storm returns"),
        ("It took nine minutes, not four.", "nine minutes", "nine minutes"),
    ],
)
def test_what_would_be_false_alone_takes_its_words_along(sentence: str, answer: str, alone: str) -> None:
    assert shown(sentence, answer) == alone


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("It took nine minutes, not four.", "four"),
        ("The mayor decided, not the council.", "the council"),
        ("It opened on Monday rather than on Sunday.", "Sunday"),
        (f"It will be sold if {'the one owner and the other owner agree and ' * 3}nobody objects.", "It will be sold"),
    ],
)
def test_what_is_denied_or_hangs_on_much_is_not_shown_alone(sentence: str, answer: str) -> None:
    assert shown(sentence, answer) is None


@settings(derandomize=True, deadline=None, database=None, max_examples=100)
@given(
    st.data(),
    st.lists(st.sampled_from("one of the 530 not if unless up to it fell , .".split()), max_size=12).map(" ".join),
)
def test_the_answer_is_always_in_what_is_shown(data: st.DataObject, sentence: str) -> None:
    start = data.draw(st.integers(0, len(sentence)))
    end = data.draw(st.integers(start, len(sentence)))

    span = uncut(sentence, start, end)

    assert span is None or (0 <= span.start <= start and end <= span.end <= len(sentence))


@pytest.mark.parametrize(
    ("question", "answer", "short"),
    [
        ("Who leads the festival?", "Anselm Krug", True),
        ("Who leads it?", "The mill is closing a year before its time, and Anselm Krug", False),
        ("When did it open?", "in the spring of the year after the flood", True),
        ("Why was it closed?", "because the mill is closing a year before its time, and nobody bakes", True),
    ],
)
def test_half_a_sentence_is_no_name(question: str, answer: str, short: bool) -> None:
    assert is_short(question, answer) is short
