"""An answer must have the form that its question demands."""

import pytest

from qa.answer_types import has_the_form


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many goats came?", "dozens"),
        ("How many goats came?", "about 40"),
        ("How old is the mill?", "ninety years"),
        ("How long did it last?", "for weeks"),
        ("When did the ferry sail?", "last Tuesday"),
        ("When did the ferry sail?", "after the storm"),
        ("On which day of March did it sail?", "the 5th"),
        ("At what time did it sail?", "5:40 a.m."),
        ("What time did it sail?", "shortly before noon"),
        ("What time of year is best?", "spring"),
        ("What year was it built?", "1911"),
        ("What is the name of the captain?", "Ilse Brandt"),
        ("Which country did they visit?", "Norway"),
        ("Who carried her to safety?", "a young man"),
        ("Did it sail or sink?", "sail"),
        ("Did the ferry sail?", "the ferry"),
        ("Why was it closed?", "rust in the cables"),
        ("Why was it closed?", "flu"),
        ("Why was it put off until June?", "The ice of March"),
    ],
)
def test_an_answer_of_the_form_asked_for_passes(question: str, answer: str) -> None:
    assert has_the_form(question, answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many goats came?", "brown"),
        ("How long did it last?", "Harbour Herald"),
        ("When did the ferry sail?", "Sundholm"),
        ("On which day of March did it sail?", "March"),
        ("At what time did it sail?", "early on Tuesday"),
        ("What time did it sail?", "12 March 2024"),
        ("What year was it built?", "in spring"),
        ("What is the name of the captain?", "a captain"),
        ("Which country did they visit?", "the coast"),
        ("What range do they have?", "range"),
        ("Who met Krug?", "Krug"),
        ("Why is the pier late?", "September"),
        ("Why was it put off?", "until the 5th of June"),
        ("How come it was closed?", "4,200"),
    ],
)
def test_an_answer_of_another_form_does_not(question: str, answer: str) -> None:
    assert not has_the_form(question, answer)
