"""When two texts are the same answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.text_matching import holds, marker_numbers, plain_text, squad_words, token_f1, without_markers, words

some_words = st.lists(st.sampled_from(["peace", "talks", "two", "budapest"]), max_size=6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Summit", "summit"),
        ("“wasted meeting”", '"wasted meeting"'),
        ("12-point plan", "12 point plan"),
        ("1,000 miles", "1000 miles"),
        ("Viktor Orbán", "viktor orban"),
        ("Trump-Putin talks", "Trump–Putin talks"),
        ("two\n  hours", "two hours"),
        ("ﬁve", "five"),
    ],
)
def test_spelling_punctuation_and_articles_do_not_matter(one: str, other: str):
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"), [("€140 billion", "$140 billion"), ("1.5", "15"), ("50 %", "50"), ("12", "120"), ("1,5", "15")]
)
def test_what_changes_the_meaning_does_matter(one: str, other: str):
    assert words(one) != words(other)


def test_a_phrase_is_held_as_whole_consecutive_words():
    text = words("Putin spoke for 120 minutes on Thursday, Trump said.")
    assert holds(text, words("120 minutes"))
    assert not holds(text, words("12"))
    assert not holds(text, words("minutes Thursday"))
    assert not holds(text, [])
    assert not holds([], words("minutes"))


@settings(deadline=None)
@given(some_words, some_words)
def test_f1_is_bounded_and_symmetric(one: list[str], other: list[str]):
    assert 0 <= token_f1(one, other) <= 1
    assert token_f1(one, other) == token_f1(other, one)


@settings(deadline=None)
@given(some_words)
def test_f1_of_a_text_with_itself_is_one(one: list[str]):
    assert token_f1(one, one) == 1


def test_f1_counts_repeated_words_as_often_as_both_have_them():
    assert token_f1(["no", "no", "plans"], ["no", "plans"]) == pytest.approx(2 * 2 / 5)
    assert token_f1(["no"], ["plans"]) == 0
    assert token_f1([], ["plans"]) == 0


@settings(deadline=None)
@given(st.text(), st.text())
def test_normalising_twice_changes_nothing(one: str, other: str):
    normalised = words(one + " " + other)
    assert words(" ".join(normalised)) == normalised


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Cat's mat.", ["cats", "mat"]),  # the official script deletes punctuation instead of splitting at it
        ("a 12-point plan", ["12point", "plan"]),
        ("Orbán’s", ["orbán’s"]),  # and knows neither accents nor curly quotes
    ],
)
def test_the_official_normalisation_of_squad_is_kept_to_the_letter(text: str, expected: list[str]):
    assert squad_words(text) == expected


def test_markers_are_taken_out_and_read():
    text = "The talks failed. [1] [2] Nobody came [10]."
    assert without_markers(text) == "The talks failed. Nobody came."
    assert marker_numbers(text) == {1, 2, 10}


def test_patterns_see_straight_quotes_and_single_spaces():
    assert plain_text("a “wasted\n\n meeting”, it’s") == 'a "wasted meeting", it\'s'
