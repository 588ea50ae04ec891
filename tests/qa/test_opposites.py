"""A sentence that says the opposite of a statement's word is no yes to it."""

import pytest

from qa.opposites import says_the_opposite

ACQUITTED = "The firm and its manager were convicted on Thursday, but a jury acquitted the surveyor who drew the plan."


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("The surveyor found guilty.", ACQUITTED),
        ("Nell Ashdown found guilty.", "Nell Ashdown, the surveyor, was cleared of the same charge."),
        ("Rents fall.", "Rents went on: they rose by 6 per cent."),
        ("The exams affected by the strike.", "The exams were unaffected, the board said."),
        ("The council approve the charge.", "Councillors rejected the charge by one vote."),
        ("The pier open on Sundays.", "On Sundays the pier is closed."),
    ],
)
def test_it_does(statement: str, sentence: str):
    assert says_the_opposite(statement, sentence)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("The firm found guilty.", ACQUITTED),
        ("Rents rise.", "Rents rose while house prices fell."),
        ("The exams affected by the strike.", "The exams were affected, the board said."),
        ("Nell Ashdown found guilty.", "Nell Ashdown was not cleared."),
        ("Rents not rise.", "Rents fell."),
        ("The council approve the charge.", "The council met on Monday."),
    ],
)
def test_it_does_not(statement: str, sentence: str):
    assert not says_the_opposite(statement, sentence)
