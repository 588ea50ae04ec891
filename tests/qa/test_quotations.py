"""A question that quotes is answered where its words stand, and "she" by the one whom the sentences before name."""

from collections.abc import Callable

import pytest

from index.records import Passage
from qa.extractive import ExtractiveEngine
from qa.quotations import quoting
from tests.qa.doubles import NoWordWasCounted, Points

Put = Callable[..., Passage]

REPORT = 'Ida Krug leads the jury. It met on Monday. "An empty chair sees no films," she said. Aldo Tarn left early.'
OTHER = 'Aldo Tarn said that chairs and films are empty. "Films are dear," he said.'


def answer(question: str, passages: list[Passage], points: dict[str, float]) -> tuple[list[str], str | None]:
    draft = ExtractiveEngine(Points(points), NoWordWasCounted()).draft(question, passages, question)
    return [one.text for one in draft.statements], draft.short_answer


class TestWhereItIsRead:
    @pytest.mark.parametrize(
        "question", ['Who said "An empty chair sees no films"?', "Who said “an empty chair sees no films”?"]
    )
    def test_only_there(self, put: Put, question: str) -> None:
        passages = [put(OTHER, "other.txt"), put(REPORT, "report.txt")]

        (stretch,) = quoting(question, passages)

        assert stretch.passage == passages[1]
        assert passages[1].chunk.words(*stretch.sentences[-1]) == '"An empty chair sees no films," she said.'

    @pytest.mark.parametrize(
        "question", ['Who made "Empty Chair"?', 'Who said "every chair sees no films"?', "Who left?"]
    )
    def test_a_title_or_words_that_nobody_said_are_read_for_everywhere(self, put: Put, question: str) -> None:
        assert quoting(question, [put(REPORT)]) == []

    def test_the_quotation_stands_beside_the_answer(self, put: Put) -> None:
        statements, short = answer('Who said "An empty chair sees no films"?', [put(REPORT)], {"Ida Krug": 6})

        assert statements == ["Ida Krug leads the jury.", '"An empty chair sees no films," she said.']
        assert short == "Ida Krug"


class TestWhoSheIs:
    def test_the_one_named_last_before(self, put: Put) -> None:
        statements, short = answer(
            "Who called the film a wonder?", [put('Ida Krug leads the jury. "A wonder," she said.')], {"she": 6}
        )

        assert (statements, short) == (["Ida Krug leads the jury.", '"A wonder," she said.'], "Ida Krug")

    def test_without_a_name_the_sentence_stands_alone(self, put: Put) -> None:
        assert answer("Who called it a wonder?", [put('It rained. "A wonder," she said.')], {"she": 6})[0] == [
            '"A wonder," she said.'
        ]

    def test_only_where_somebody_is_asked_for(self, put: Put) -> None:
        text = 'Ida Krug leads the jury. "A wonder," she said.'

        assert answer("What did the jury call the film?", [put(text)], {"A wonder": 6})[0] == ['"A wonder," she said.']
