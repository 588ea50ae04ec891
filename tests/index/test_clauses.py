"""Where a long question is taken apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clauses import clauses
from index.words import content_words

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=100)

FERRY, LAMP = "the ferry left Sundholm harbour", "the lamp of Ravnsund went dark"
FERRY_WORDS, LAMP_WORDS = ["ferry", "left", "sundholm", "harbour"], ["lamp", "ravnsund", "went", "dark"]
BOUNDARIES = [", ", "; ", ": ", " – ", " — ", " - "] + [
    f" {word} "
    for word in (
        *("while", "whereas", "but", "and", "after", "before", "between", "unlike", "although", "though"),
        *("compared to", "compared  with", "as well as", "also", "WHILE", "\nand\t"),
    )
]
any_question = st.lists(
    st.sampled_from(["ferry", "lamp", "rust", "goat", "the", "2024", "?", *BOUNDARIES]), max_size=30
).map(" ".join) | st.text(max_size=60)


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_a_question_is_split_between_clauses(boundary: str):
    assert clauses(f"Did {FERRY}{boundary}{LAMP}?") == [FERRY_WORDS, LAMP_WORDS]


def test_a_question_of_one_clause_has_none():
    assert clauses("Which day did the ferry leave the harbour of Sundholm?") == []


@pytest.mark.parametrize("short", ["Rust and goats", "When the lamp was dark", "On Tuesday"])
def test_a_clause_of_fewer_than_three_content_words_is_left_out(short: str):
    assert clauses(f"{short}, {FERRY}, while {LAMP}") == [FERRY_WORDS, LAMP_WORDS]


def test_a_question_with_one_clause_of_three_words_has_none():
    assert clauses(f"On Tuesday, {FERRY}, did it?") == []


@pytest.mark.parametrize("word", ["2,000", "30-year", "12:45", "sandstone", "Andover"])
def test_a_word_is_never_split(word: str):
    assert clauses(f"the ferry left harbour {word} lamp of Ravnsund dark") == []


@pytest.mark.parametrize("question", ["", " ", "\n\t", "?!", ", ; : – —", " and and and ", "\x00", "\ud800"])
def test_a_question_without_words_has_none(question: str):
    assert clauses(question) == []


@repeatable
@given(question=any_question)
def test_there_are_none_or_at_least_two(question: str):
    assert len(clauses(question)) != 1


@repeatable
@given(question=any_question)
def test_every_clause_has_at_least_three_words_each_once(question: str):
    assert all(len(set(words)) == len(words) >= 3 for words in clauses(question))


@repeatable
@given(parts=st.lists(st.sampled_from([FERRY, LAMP, "rust in the old cables", "On Tuesday"]), max_size=6))
def test_every_word_of_a_clause_is_one_of_the_question(parts: list[str]):
    question = ", ".join(parts)

    assert {word for words in clauses(question) for word in words} <= set(content_words(question))
