"""A sentence that joins facts is taken apart where each has a subject and a verb, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.clauses import clauses


@pytest.mark.parametrize(
    ("statement", "facts"),
    [
        ("Krug built the oven, and Moore paid for it.", ["Krug built the oven.", "Moore paid for it."]),
        ("Krug built the oven and he sold it.", ["Krug built the oven.", "He sold it."]),
        ("The ferry sank; the crew was saved.", ["The ferry sank.", "The crew was saved."]),
        ("The ferry sank, but the crew was saved.", ["The ferry sank.", "The crew was saved."]),
    ],
)
def test_each_fact_becomes_a_sentence(statement: str, facts: list[str]) -> None:
    assert clauses(statement) == facts


@pytest.mark.parametrize(
    "statement",
    [
        "Krug and Moore built the oven.",
        "Krug built the oven and the bridge of Ravnsund.",
        "Krug sold apples, pears, and the last of the plums.",
        "Krug, and the others, left.",
        "“Krug left, and Moore stayed,” she said.",
        "Krug left.",
        "",
        ", and ",
    ],
)
def test_what_is_one_fact_stays_whole(statement: str) -> None:
    assert clauses(statement) == [statement]


@settings(derandomize=True, deadline=None, database=None)
@given(st.text(max_size=80))
def test_of_any_text_something_is_left(text: str) -> None:
    assert clauses(text)
