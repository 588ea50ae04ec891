"""What articles state singly is reckoned where a question asks for a sum or a difference, and told as reckoned."""

from collections.abc import Callable

import pytest

from index.records import Passage
from qa.extractive import ExtractiveEngine
from qa.reckoning import reckoned, reckoning_asked_for
from qa.records import Draft
from tests.qa.doubles import NoWordWasCounted, Points

Put = Callable[..., Passage]
QUESTION = "How many more tickets does the club of Tarn have to sell?"
# Logits that make a confidence of about .3 and .25: what a reader says of figures that are part of an answer only.
LIKELY, NEXT, HARDLY, SURELY = 0.4, -0.4, -8.0, 12.0


def asked(passages: list[Passage], question: str, points: dict[str, float]) -> Draft:
    return ExtractiveEngine(Points(points), NoWordWasCounted()).draft(question, passages, question)


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("How many more tickets does the club have to sell?", "difference"),
        ("By how much did the bill exceed the estimate?", "difference"),
        ("How far over budget did the bridge go?", "difference"),
        ("What is the difference between the two offers?", "difference"),
        ("How many jobs does the second plant add to the first one's?", "difference"),
        ("How many villagers are still missing?", "difference"),
        ("how much older is the mill than the church", "difference"),
        ("How many people do Tarn and Quillon employ together?", "sum"),
        ("How many people work at the mill in total?", None),
        ("How many people work at the mill?", None),
        ("How far is Tarn from Quillon?", None),
        ("How much did it cost to add a lane?", None),
        ("Who still works at the mill?", None),
    ],
)
def test_a_question_says_whether_something_is_to_be_reckoned(question: str, operation: str | None) -> None:
    assert reckoning_asked_for(question) == operation


def test_a_difference_is_told_beside_the_sentence_with_both_figures(put: Put) -> None:
    passage = put("The club of Tarn needs 6,000 tickets; 5,150 had been sold by Friday. It rained.")

    draft = asked([passage], QUESTION, {"6,000": LIKELY, "5,150": LIKELY})

    assert [one.text for one in draft.statements] == [
        "The club of Tarn needs 6,000 tickets; 5,150 had been sold by Friday."
    ]
    assert draft.note is not None
    assert draft.note.endswith("Reckoned from them: 6,000 − 5,150 = 850.")
    assert draft.short_answer is None


def test_figures_of_two_articles_are_added(put: Put) -> None:
    tarn = put("The mill of Tarn has 1,400 people at work.", "tarn.txt")
    quillon = put("The mill of Quillon has 900 people at work.", "quillon.txt")

    draft = asked(
        [tarn, quillon], "How many people have Tarn and Quillon at work together?", {"1,400": LIKELY, "900": LIKELY}
    )

    assert len(draft.statements) == 2
    assert draft.note is not None
    assert draft.note.endswith("1,400 + 900 = 2,300.")


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("12.4 million crowns", "3.1 million crowns", "12.4 million − 3.1 million = 9.3 million."),
        ("43 per cent", "38.5 per cent", "43 − 38.5 = 4.5 percentage points."),
        ("2 billion crowns", "500 million crowns", "2 billion − 500 million = 1.5 billion."),
        ("nine crowns", "two crowns", "9 − 2 = 7."),
        ("about 40 crowns", "31 crowns", "40 − 31 = about 9."),
    ],
)
def test_numbers_are_written_as_people_write_them(put: Put, first: str, second: str, told: str) -> None:
    passage = put(f"By how much it rose is seen at Tarn: it was {second} before, and is {first} since May.")

    draft = asked([passage], "By how much did it rise at Tarn?", {first: LIKELY, second: LIKELY})

    assert draft.note is not None
    assert draft.note.endswith(told)


def test_a_sentence_that_states_both_goes_before_a_surer_figure_of_another(put: Put) -> None:
    passage = put("Some 90 tickets were lost at Tarn. The club of Tarn needs 60 tickets; 51 had been sold by Friday.")

    draft = asked([passage], QUESTION, {"90": LIKELY, "60": NEXT, "51": NEXT})

    assert draft.note is not None
    assert draft.note.endswith("60 − 51 = 9.")


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("The club of Tarn needs 60 tickets; 51 marks had been paid.", {"60 tickets": LIKELY, "51 marks": LIKELY}),
        ("The club of Tarn needs 60 tickets. Of 60 tickets it spoke.", {"60": LIKELY}),
        ("The club of Tarn needs 60 tickets; 51 had been sold.", {"60": HARDLY, "51": HARDLY}),
        ("The club of Tarn has to sell nine more tickets of 60.", {"nine more": SURELY, "60": LIKELY}),
        ("The club of Tarn needs more tickets.", {"more tickets": LIKELY}),
    ],
    ids=["other things counted", "one figure", "neither is likely", "said outright", "no figure"],
)
def test_otherwise_nothing_is_reckoned(put: Put, text: str, points: dict[str, float]) -> None:
    draft = asked([put(text)], QUESTION, points)

    assert draft.note is None


def test_without_findings_nothing_is_reckoned() -> None:
    assert reckoned(QUESTION, []) is None
