"""Relative days in an article's words: the days that they surely are, and no others."""

from datetime import date

import pytest

from qa.records import SaidDay
from qa.relative_days import days_said

WEDNESDAY = date(2026, 10, 7)


@pytest.mark.parametrize(
    ("words", "said", "day"),
    [
        ("The council met on Tuesday.", "on Tuesday", date(2026, 10, 6)),
        ("On Monday night the mayor resigned.", "On Monday night", date(2026, 10, 5)),
        ("The club signed him on Thursday.", "on Thursday", date(2026, 10, 1)),
        ("The office said so on Wednesday.", "on Wednesday", WEDNESDAY),
        ("The bridge was closed yesterday.", "yesterday", date(2026, 10, 6)),
        ("The vote will be held tomorrow.", "tomorrow", date(2026, 10, 8)),
        ('"It is badly planned," he said on Friday.', "on Friday", date(2026, 10, 2)),
        ("The train that derailed in March was too fast, the board said on Tuesday.", "on Tuesday", date(2026, 10, 6)),
    ],
)
def test_a_day_seen_from_the_articles_own_is_told(words: str, said: str, day: date):
    assert days_said(words, WEDNESDAY) == (SaidDay(said, day),)


@pytest.mark.parametrize(
    "words",
    [
        "The council will meet on Tuesday.",
        "The council met on Tuesday, 3 March.",
        "The council met on Tuesday of last week.",
        "The council meets on Tuesday.",
        "The council met on the Tuesday after the fire.",
        "Every council met on Tuesday, as every week.",
        "In March the council met on Tuesday.",
        "Two weeks ago the council met on Tuesday.",
        "The council had met on Tuesday.",
        "The mayor invited everybody to the hall on Tuesday.",
        'He said: "I went there on Tuesday and yesterday."',
        'I would do it again tomorrow," she said.',
        "“I went there on Tuesday.”",
        "He no longer believes in tomorrow.",
        "The council met.",
    ],
)
def test_a_day_that_may_be_another_is_not(words: str):
    assert days_said(words, WEDNESDAY) == ()


def test_of_an_article_without_a_date_no_day_is_told():
    assert days_said("The council met on Tuesday.", None) == ()


def test_each_day_is_told_once_in_the_order_of_the_words():
    words = "It closed on Monday and on Tuesday, and on Monday nobody knew why."
    assert days_said(words, WEDNESDAY) == (
        SaidDay("on Monday", date(2026, 10, 5)),
        SaidDay("on Tuesday", date(2026, 10, 6)),
    )
