"""A question that wants yes or no gets it where a verifier is sure, with the sentence that says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from index.records import Passage
from qa.answer_types import NO, YES
from qa.answerer import NOT_IN_SOURCES
from qa.deciding import LEAST_DECIDED, as_statement, decided
from qa.extractive import ExtractiveEngine
from qa.judge import MPNetJudge, Verdict
from qa.records import Question
from qa.stretches import Stretch
from tests.qa.doubles import Finds, NoWordWasCounted, Points, Shelf, answerer_of

TEXT = "The council met on Monday. Hurst said that he would not resign. The bridge stays shut."
RESIGNED, CLOSED = "Did Hurst resign?", "Is the bridge shut?"


@dataclass
class Decides:
    """A verifier to whom each text that holds a key has its verdict."""

    verdicts: dict[str, Verdict]
    pairs: list[tuple[str, str]] = field(default_factory=list)

    def verify(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]:
        self.pairs += pairs
        return [
            next((one for key, one in self.verdicts.items() if key in text), Verdict(0.0, 0.0, 1.0))
            for _, text in pairs
        ]


DECIDES = Decides({"not resign": Verdict(0.05, 0.9, 0.05), "stays shut": Verdict(0.95, 0.0, 0.05)})


def stretch_of(passage: Passage) -> Stretch:
    return Stretch(passage, passage.chunk.sentences, 1.0)


class TestDecided:
    def test_what_is_contradicted_is_no(self, put: Callable[..., Passage]) -> None:
        passage = put(TEXT)
        decision = decided(RESIGNED, [stretch_of(passage)], DECIDES)

        assert decision is not None
        assert (decision.answer, decision.finding.words) == (NO, "Hurst said that he would not resign.")

    def test_what_is_supported_is_yes(self, put: Callable[..., Passage]) -> None:
        decision = decided(CLOSED, [stretch_of(put("It rained. The bridge stays shut."))], DECIDES)

        assert decision is not None
        assert (decision.answer, decision.finding.words) == (YES, "The bridge stays shut.")

    @pytest.mark.parametrize(
        ("question", "said"),
        [
            ("Did the strike cause the loss?", "The union denied that the strike had caused the loss."),
            ("Was the bridge safe?", "Moore insists that the bridge was safe."),
        ],
    )
    def test_what_somebody_only_claims_is_neither(self, put: Callable[..., Passage], question: str, said: str) -> None:
        decision = decided(question, [stretch_of(put(said))], Decides({"": Verdict(0.95, 0.0, 0.05)}))

        assert decision is not None
        assert (decision.answer, decision.finding.words) == (None, said)

    def test_unless_the_claim_was_asked_for(self, put: Callable[..., Passage]) -> None:
        said = "The union denied that the strike had caused the loss."
        decision = decided("Has the union denied it?", [stretch_of(put(said))], Decides({"": Verdict(0.95, 0.0, 0.05)}))

        assert decision is not None
        assert decision.answer == YES

    @pytest.mark.parametrize("share", [LEAST_DECIDED - 0.01, 0.4])
    def test_an_unsure_verdict_decides_nothing(self, put: Callable[..., Passage], share: float) -> None:
        unsure = Decides({"resign": Verdict(share, 0.0, 1 - share)})

        assert decided(RESIGNED, [stretch_of(put(TEXT))], unsure) is None

    def test_no_text_decides_nothing(self) -> None:
        assert decided(RESIGNED, [], DECIDES) is None

    def test_the_surest_stretch_decides(self, put: Callable[..., Passage]) -> None:
        stretches = [stretch_of(put(TEXT, "a.txt")), stretch_of(put("The bridge stays shut.", "b.txt"))]
        decision = decided(RESIGNED, stretches, DECIDES)

        assert decision is not None
        assert decision.finding.article_id == "b.txt"


class TestAnswers:
    def answer(
        self, put: Callable[..., Passage], shelf: Shelf, question: str, verifier: Decides
    ) -> tuple[str, str | None]:
        passage = put(TEXT)
        engine = ExtractiveEngine(Points({}), NoWordWasCounted(), verifier=verifier)
        answer = answerer_of(Finds([passage]), shelf, [engine]).answer(Question(question))
        return answer.answer, answer.short_answer

    def test_no_is_said_with_its_sentence(self, put: Callable[..., Passage], shelf: Shelf) -> None:
        assert self.answer(put, shelf, RESIGNED, DECIDES) == ("Hurst said that he would not resign. [1]", "No")

    def test_where_nothing_decides_the_reader_is_asked(self, put: Callable[..., Passage], shelf: Shelf) -> None:
        assert self.answer(put, shelf, RESIGNED, Decides({})) == (NOT_IN_SOURCES, None)

    def test_other_questions_are_not_decided(self, put: Callable[..., Passage], shelf: Shelf) -> None:
        verifier = Decides({})
        self.answer(put, shelf, "Why did Hurst resign?", verifier)

        assert verifier.pairs == []


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        (RESIGNED, "Hurst resign."),
        ("and was the harbour opened?", "The harbour opened."),
        ("Will it?", "It."),
        ("Is?", "."),
    ],
)
def test_what_a_question_asks_about_is_a_statement(question: str, statement: str) -> None:
    assert as_statement(question) == statement


def test_the_shipped_judge_says_no(reader: MPNetJudge, put: Callable[..., Passage]) -> None:
    stretch = stretch_of(put("The ferry sailed again on Tuesday. The harbour was not opened, Hurst said."))
    decision = decided("Was the harbour opened?", [stretch], reader)

    assert decision is not None
    assert (decision.answer, decision.finding.words) == (NO, "The harbour was not opened, Hurst said.")


def test_the_shipped_judge_says_yes(reader: MPNetJudge, put: Callable[..., Passage]) -> None:
    stretch = stretch_of(put("The school leavers have to sit the examination in maths again, the ministry decided."))
    decision = decided("Do the school leavers have to take maths again?", [stretch], reader)

    assert decision is not None
    assert decision.answer == YES
