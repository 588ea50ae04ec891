"""A question that wants yes or no gets it where a verifier is sure, with the sentence that says so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import pytest

from index.embedding import Embedder
from index.records import Passage
from qa.answer_types import NO, YES, asks_whether
from qa.answerer import NOT_IN_SOURCES
from qa.deciding import LEAST_ANSWERABLE, LEAST_DECIDED, LEAST_DENIED, BearingByMeaning, as_statement, decided, replied
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


class TestReplied:
    INTERVIEW = "Good morning. Is the port closing? MS TARN: No. It isn't. And the jobs? They stay."

    @pytest.mark.parametrize(("said", "answer"), [("No.", NO), ("Yes, in May.", YES)])
    def test_what_an_article_asks_and_answers_is_answered(
        self, put: Callable[..., Passage], said: str, answer: str
    ) -> None:
        passage = put(self.INTERVIEW.replace("No.", said))
        decision = replied([stretch_of(passage)], lambda asked: float(asked == "Is the port closing?"))

        assert decision is not None
        assert decision.answer == answer
        assert decision.finding.words.startswith("Is the port closing?")

    @pytest.mark.parametrize("said", ["No ship came.", "It isn't.", "Nobody knows."])
    def test_where_it_answers_otherwise_nothing_is_said(self, put: Callable[..., Passage], said: str) -> None:
        text = self.INTERVIEW.replace("MS TARN: No.", said)
        assert replied([stretch_of(put(text))], lambda _: 1.0) is None

    def test_where_it_asks_something_else_nothing_is_said(self, put: Callable[..., Passage]) -> None:
        assert replied([stretch_of(put(self.INTERVIEW))], lambda _: 0.5) is None


class TestDecided:
    def test_a_question_of_the_article_decides_nothing(self, put: Callable[..., Passage]) -> None:
        asks = Decides({"stay shut?": Verdict(0.95, 0.0, 0.05), "stays shut": Verdict(0.8, 0.0, 0.2)})
        decision = decided(CLOSED, [stretch_of(put("Will it stay shut? The bridge stays shut."))], asks)
        assert decision is not None
        assert decision.finding.words == "The bridge stays shut."
        assert decided(CLOSED, [stretch_of(put("Will it stay shut?"))], asks) is None

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

    @pytest.mark.parametrize(
        ("said", "answer"), [("The pier has no night guard.", NO), ("The pier lies in the night.", None)]
    )
    def test_unless_it_denies_in_so_many_words_what_is_asked(
        self, put: Callable[..., Passage], said: str, answer: str | None
    ) -> None:
        unsure = Decides({"pier": Verdict(0.0, LEAST_DENIED + 0.01, 0.4)})
        decision = decided("Does the pier have a night guard?", [stretch_of(put(said))], unsure)
        assert (decision.answer if decision else None) == answer

    def test_what_says_the_opposite_is_no(self, put: Callable[..., Passage]) -> None:
        mistaken = Decides({"surveyor": Verdict(0.9, 0.0, 0.1)})
        text = "The firm was convicted, but a jury acquitted the surveyor."
        decision = decided("Was the surveyor found guilty?", [stretch_of(put(text))], mistaken)
        assert decision is not None
        assert decision.answer == NO

    def test_no_text_decides_nothing(self) -> None:
        assert decided(RESIGNED, [], DECIDES) is None

    def test_the_surest_stretch_decides(self, put: Callable[..., Passage]) -> None:
        stretches = [stretch_of(put(TEXT, "a.txt")), stretch_of(put("The bridge stays shut.", "b.txt"))]
        decision = decided(RESIGNED, stretches, DECIDES)

        assert decision is not None
        assert decision.finding.article_id == "b.txt"


class TestBearing:
    def test_the_surest_sentence_that_bears_on_the_question_decides(self, put: Callable[..., Passage]) -> None:
        """A verifier takes what is about something else for a denial more readily than for neither."""
        stretches = [stretch_of(put(TEXT)), stretch_of(put("The bank is not amused.", file="b.txt"))]
        verifier = Decides({"not resign": Verdict(0.05, 0.8, 0.15), "not amused": Verdict(0.0, 0.95, 0.05)})

        decision = decided(RESIGNED, stretches, verifier, lambda sentence: "Hurst" in sentence)

        assert decision is not None
        assert (decision.finding.words, decision.finding.confidence) == ("Hurst said that he would not resign.", 0.8)

    def test_where_none_bears_on_it_nothing_is_decided(self, put: Callable[..., Passage]) -> None:
        assert decided(RESIGNED, [stretch_of(put(TEXT))], DECIDES, lambda _: False) is None

    def test_the_reader_must_hold_the_sentence_for_an_answer(self) -> None:
        reader = Points({"unsure": LEAST_ANSWERABLE - 0.1, "sure enough": LEAST_ANSWERABLE})
        bears = BearingByMeaning(RESIGNED, reader, None)

        assert [bears(said) for said in ("He is unsure.", "He is what he is, sure enough.")] == [False, True]

    @pytest.mark.parametrize(
        ("question", "sentence", "bearing"),
        [
            ("Has Northwind paid the blackmailers?", "Northwind still refuses to pay.", True),
            ("Is Alina Moll going to be prosecuted?", "Moll will not be charged, the prosecutor announced.", True),
            ("Does Amazon sell cars?", "An official later confirmed that there were “no plans” for a meeting.", False),
            ("Is Alina Moll in prison?", "As for the signal, the board is now certain that it was yellow.", False),
            ("Are the singer and the player engaged?", "There are “no plans” for the two presidents to meet.", False),
        ],
    )
    def test_the_shipped_models_tell_what_bears_on_a_question(
        self, reader: MPNetJudge, embedder: Embedder, question: str, sentence: str, bearing: bool
    ) -> None:
        assert BearingByMeaning(question, reader, embedder)(sentence) is bearing


@pytest.mark.parametrize(
    ("question", "whether"),
    [
        ("Could they tell him?", True),
        ("Would you agree that it failed?", True),
    ],
)
def test_who_asks_to_be_told_something_does_not_ask_whether(question: str, whether: bool) -> None:
    assert asks_whether(question) is whether


class TestAnswers:
    def answer(
        self,
        put: Callable[..., Passage],
        shelf: Shelf,
        question: str,
        verifier: Decides,
        answers: Mapping[str, float] = MappingProxyType({}),
    ) -> tuple[str, str | None]:
        passage = put(TEXT)
        engine = ExtractiveEngine(Points(answers), NoWordWasCounted(), verifier=verifier)
        answer = answerer_of(Finds([passage]), shelf, [engine]).answer(Question(question))
        return answer.answer, answer.short_answer

    def test_no_is_said_with_its_sentence(self, put: Callable[..., Passage], shelf: Shelf) -> None:
        said = self.answer(put, shelf, RESIGNED, DECIDES, {"not resign": 0.0})

        assert said == ("Hurst said that he would not resign. [1]", "No")

    def test_what_the_reader_holds_for_no_answer_decides_nothing(
        self, put: Callable[..., Passage], shelf: Shelf
    ) -> None:
        assert self.answer(put, shelf, RESIGNED, DECIDES) == (NOT_IN_SOURCES, None)

    def test_where_nothing_decides_the_reader_is_asked(self, put: Callable[..., Passage], shelf: Shelf) -> None:
        assert self.answer(put, shelf, RESIGNED, Decides({})) == (NOT_IN_SOURCES, None)

    def test_other_questions_are_not_decided(self, put: Callable[..., Passage], shelf: Shelf) -> None:
        verifier = Decides({})
        self.answer(put, shelf, "Why did Hurst resign?", verifier)

        assert verifier.pairs == []


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Is it true that the harbour opened?", "The harbour opened."),
        ("and is it really the case that Lind resigned", "Lind resigned."),
        ("Do the articles say Lind was hurt?", "Lind was hurt."),
        ("Is it true?", "It true."),
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
