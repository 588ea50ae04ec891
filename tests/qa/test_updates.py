"""What a later article puts in the place of an answer is told first, and the old answer behind it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from index.records import Passage
from qa.extractive import ExtractiveEngine
from qa.records import Draft
from qa.updates import CHANGED, CORRECTED
from tests.qa.doubles import NoWordWasCounted, Points

Put = Callable[..., Passage]
SURE, LESS = 6.0, 2.0


@pytest.fixture
def told(put: Put) -> Callable[..., Draft]:
    """Asks of two articles, the first of March, the second of April 2026, with a reader that points at these words."""

    def draft(question: str, first: str, second: str, points: dict[str, float]) -> Draft:
        passages = [
            replace(put(text, file), published=date(2026, month, 1))
            for text, file, month in ((first, "march.txt", 3), (second, "april.txt", 4))
            if text
        ]
        return ExtractiveEngine(Points(points), NoWordWasCounted()).draft(question, passages, question)

    return draft


@pytest.mark.parametrize(
    ("question", "first", "second", "points", "answer", "note"),
    [
        (
            "How many people will the mill of Tarn employ?",
            "The mill of Tarn will employ 240 people.",
            "Instead of 240 people, the mill of Tarn will employ 410.",
            {"240": SURE, "410": LESS},
            "410",
            CHANGED,
        ),
        (
            "When will the mill of Tarn open?",
            "The mill of Tarn will open in May 2026.",
            "The mill of Tarn will open on 6 October 2026 instead of in May.",
            {"May 2026": SURE, "6 October 2026": LESS},
            "6 October 2026",
            CHANGED,
        ),
        (
            "How long had Sollard worked at the port?",
            "Sollard had worked at the port for 34 years.",
            "We wrote that Sollard had worked at the port for 34 years. He had worked there for 24 years.",
            {"34 years": SURE, "24 years": LESS},
            "24 years",
            CORRECTED,
        ),
        (
            "How old was Sollard of the port?",
            "Sollard of the port was 58.",
            "We also gave the age of Sollard as 58; he was 56.",
            {"58": SURE, "56": LESS},
            "56",
            CORRECTED,
        ),
        (
            "How many died in the silo of Tarn?",
            "Three died in the silo of Tarn.",
            "Another was found in the silo of Tarn, which brings the number of the dead to nine.",
            {"Three": SURE, "nine": LESS},
            "nine",
            CHANGED,
        ),
    ],
    ids=["a plan", "a day", "a correction", "a correction in one sentence", "a number that grew"],
)
def test_the_later_answer_goes_first(
    told: Callable[..., Draft],
    question: str,
    first: str,
    second: str,
    points: dict[str, float],
    answer: str,
    note: str,
) -> None:
    draft = told(question, first, second, points)

    assert (draft.short_answer, draft.note) == (answer, note)
    assert draft.statements[-1].text == first
    assert answer in draft.statements[-2].text


def test_the_answer_right_behind_instead_of_is_the_old_one(told: Callable[..., Draft]) -> None:
    both = "Instead of 240 people, the mill of Tarn will employ 410."

    draft = told(MILL, both, "", {"240": SURE, "410": LESS})

    assert (draft.short_answer, draft.note) == ("410", CHANGED)
    assert [one.text for one in draft.statements] == [both]


def test_what_the_same_sentence_puts_off_is_old(told: Callable[..., Draft]) -> None:
    both = "The fair of Tarn, planned for 3 August, has been put off to 21 September."

    draft = told("When is the fair of Tarn?", both, "", {"3 August": SURE, "21 September": LESS})

    assert (draft.short_answer, draft.note) == ("21 September", CHANGED)


MILL = "How many people will the mill of Tarn employ?"
EMPLOYS = "The mill of Tarn will employ 240 people."


@pytest.mark.parametrize(
    ("question", "first", "second", "points"),
    [
        (MILL, "The mill of Tarn will employ 410, originally 240.", EMPLOYS, {"240": SURE, "410": LESS}),
        (MILL, EMPLOYS, "Instead of rye, the mill of Tarn will grind oats, and employ 90.", {"240": SURE, "90": LESS}),
        (MILL, EMPLOYS, "Instead of 240 people, the mill of Tarn will employ none.", {"240": SURE}),
        (MILL.replace("will", "was first to"), EMPLOYS, "Instead of 240, it will be 410.", {"240": SURE, "410": LESS}),
        (MILL, EMPLOYS, "The mill of Tarn now employs 90 people.", {"240": SURE, "90 people": LESS}),
        (MILL, EMPLOYS, "", {"240": SURE}),
    ],
    ids=["the older one", "something else", "nothing in its place", "asked for the old", "fewer", "one article"],
)
def test_otherwise_nothing_has_changed(
    told: Callable[..., Draft], question: str, first: str, second: str, points: dict[str, float]
) -> None:
    assert told(question, first, second, points).note is None
