"""What a language model words itself is checked fact by fact; the reader sees what is quoted and what was left out."""

from collections.abc import Callable, Sequence

import pytest

from index.records import Passage
from qa.answerer import Answerer
from qa.attempts import BESIDE, DETAIL, UNSUPPORTED
from qa.grounding import Grounder
from qa.records import Answer, Draft, DraftStatement, EngineChoice, Question, Statement, Support
from tests.qa.doubles import Compares, Drafts, Finds, HoldsTheWords, Judges, Says, Shelf
from tests.qa.scripted import writes
from tests.qa.test_generative import engine_of

Put = Callable[..., Passage]

BAKERY = "Anselm Krug built the oven in 1911. The bakery sells 400 loaves a day. It opens at dawn, says Moore."
QUESTION = "Who built the oven?"


class AnswersWith:
    """A judgement to which words answer that hold `name`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def confidence(self, question: str, statement: str, supports: Sequence[Support]) -> float:
        return 0.8 if self._name in statement else 0.0


def statement_of(passage: Passage, number: int) -> DraftStatement:
    span = passage.chunk.sentences[number]
    return DraftStatement(passage.chunk.words(*span), (Support(passage, span),))


def truth(said: str) -> str:
    return said


@pytest.fixture
def passage(put: Put) -> Passage:
    return put(BAKERY)


@pytest.fixture
def ask(shelf: Shelf, passage: Passage) -> Callable[..., Answer]:
    """Asks a model that writes the given words, with nobody behind it unless `quotes` says so."""

    def ask_model(
        written: str,
        question: str = QUESTION,
        *others: Says | Drafts,
        answers: str = "Krug",
        stand_ins: bool = True,
        found: Sequence[Passage] = (),
        engine: EngineChoice = "auto",
        on_quick: Callable[[Answer], None] = lambda _: None,
        on_statement: Callable[[Statement], None] = lambda _: None,
    ) -> Answer:
        answerer = Answerer(
            Finds([*found] or [passage]),
            shelf,
            [engine_of(writes(written)), *others],
            Grounder(HoldsTheWords()),
            AnswersWith(answers) if answers else Judges(1.0),
            Compares(),
            stand_ins=AnswersWith(answers) if stand_ins else None,
        )
        return answerer.answer(Question(question, engine=engine), on_statement, on_quick=on_quick)

    return ask_model


Ask = Callable[..., Answer]


def texts(answer: Answer) -> list[str]:
    return [one.text for one in answer.statements]


class TestBasis:
    def test_what_is_word_for_word_is_quoted(self, ask: Ask) -> None:
        (one,) = ask("Anselm Krug built the oven in 1911. [1]").statements

        assert one.basis == "quoted"

    def test_what_the_model_words_is_verified(self, ask: Ask) -> None:
        (one,) = ask("Krug built the oven. [1]").statements

        assert one.basis == "verified"

    def test_two_sentences_in_one_are_quoted(self, ask: Ask) -> None:
        both = BAKERY.rpartition(" It opens")[0].replace("1911. The", "1911; the").replace("; the", ". The")

        (one, other) = ask(f"{both} [1]", answers="").statements

        assert (one.basis, other.basis) == ("quoted", "quoted")

    def test_typewritten_marks_are_the_same_words(self, shelf: Shelf, put: Put) -> None:
        found = put("Krug said “it’s mine” – and left.")
        answerer = Answerer(
            Finds([found]),
            shelf,
            [engine_of(writes('Krug said "it\'s mine" - and left. [1]'))],
            Grounder(HoldsTheWords()),
            Judges(1.0),
            Compares(),
        )

        assert [one.basis for one in answerer.answer(Question("Who left?")).statements] == ["quoted"]

    def test_what_the_offline_engine_says_is_quoted(self, ask: Ask) -> None:
        answer = ask("NOT IN THE ARTICLES", QUESTION, Says(truth), engine="auto")

        assert {one.basis for one in answer.statements} <= {"quoted"}


class TestStandingIn:
    TRUE, TWISTED = "Anselm Krug built the oven in 1911. [1]", "The bakery sells 401 loaves a day. [1]"

    def test_a_twisted_statement_gives_way_to_the_sentence_that_it_cites(self, ask: Ask) -> None:
        answer = ask(f"{self.TRUE} {self.TWISTED}", answers="e")

        assert (texts(answer)[1], answer.statements[1].basis) == ("The bakery sells 400 loaves a day.", "quoted")

    def test_it_is_counted_as_left_out(self, ask: Ask) -> None:
        assert ask(f"{self.TRUE} {self.TWISTED}", answers="e").dropped == 1

    def test_not_where_that_sentence_does_not_answer(self, ask: Ask) -> None:
        assert texts(ask(f"{self.TRUE} {self.TWISTED}")) == ["Anselm Krug built the oven in 1911."]

    def test_not_where_nothing_that_was_written_holds(self, ask: Ask) -> None:
        """Then the judge decides whether quotes answer."""
        assert ask(self.TWISTED, answers="e").status == "not_in_sources"

    def test_not_without_a_citation(self, ask: Ask) -> None:
        assert len(ask(f"{self.TRUE} The bakery sells 401 loaves a day.", answers="e").statements) == 1


class TestFactsThatAreJoined:
    def test_what_holds_of_them_is_kept(self, ask: Ask) -> None:
        answer = ask("Krug built the oven, and Moore sold the bakery. [1]", stand_ins=False)

        assert texts(answer) == ["Krug built the oven."]

    def test_what_does_not_is_counted(self, ask: Ask) -> None:
        assert ask("Krug built the oven, and Moore sold the bakery. [1]", stand_ins=False).dropped == 1

    def test_where_both_hold_the_sentence_stays_whole_and_cites_both(self, ask: Ask) -> None:
        (one,) = ask("Krug built the oven, and the bakery sells 400 loaves a day. [1]").statements

        assert (one.text, len(one.citations)) == ("Krug built the oven, and the bakery sells 400 loaves a day.", 2)


class TestReasons:
    @pytest.mark.parametrize(
        ("written", "reason"),
        [
            ("Krug burned the oven. [1]", UNSUPPORTED),
            ("The oven was built by Lind. [1]", DETAIL),
            ("Krug built the oven in 1912. [1]", DETAIL),
            ("The bakery sells 400 loaves a day. [1]", BESIDE),
        ],
    )
    def test_each_is_told(self, ask: Ask, written: str, reason: str) -> None:
        assert ask(written, stand_ins=False).dropped_reasons == {reason: 1}

    def test_none_holds_a_word_of_what_was_left_out(self, ask: Ask) -> None:
        assert "Lind" not in str(ask("Lind built the oven. [1]", stand_ins=False))


class TestWhatTheJudgeFound:
    """Where it finds an answer, what the articles support may explain; where it finds none, each must answer."""

    EXPLAINS = "The bakery sells 400 loaves a day. [1]"

    def test_what_explains_an_answer_stands(self, ask: Ask) -> None:
        answer = ask(f"Krug built the oven. [1] {self.EXPLAINS}", QUESTION, Says(truth))

        assert (texts(answer), answer.engine) == (["Krug built the oven.", "The bakery sells 400 loaves a day."], "llm")

    def test_what_another_article_says_does_not_explain_it(self, ask: Ask, put: Put, passage: Passage) -> None:
        quotes = Drafts(Draft((statement_of(passage, 0),), 0.9))
        other = put("Seals sleep on the pier.", "pier.txt")

        answer = ask("Krug built the oven. [1] Seals sleep on the pier. [2]", QUESTION, quotes, found=[passage, other])

        assert (texts(answer), answer.dropped_reasons) == (["Krug built the oven."], {BESIDE: 1})

    def test_without_one_it_is_left_out(self, ask: Ask) -> None:
        assert texts(ask(f"Krug built the oven. [1] {self.EXPLAINS}")) == ["Krug built the oven."]

    def test_an_answer_beside_the_point_has_the_quote_behind_it(self, ask: Ask) -> None:
        answer = ask(self.EXPLAINS, QUESTION, Says(truth))

        assert texts(answer)[1] == "Anselm Krug built the oven in 1911."

    def test_a_question_said_again_is_no_answer(self, ask: Ask) -> None:
        answer = ask("The oven was built. [1]", QUESTION, Says(truth), stand_ins=False)

        assert (answer.engine, answer.dropped_reasons) == ("says", {BESIDE: 1})

    def test_with_nothing_that_holds_the_quotes_answer(self, ask: Ask) -> None:
        answer = ask("Lind burned the oven. [1]", QUESTION, Says(truth), stand_ins=False)

        assert (answer.engine, answer.dropped) == ("says", 1)


class TestQuotesFirst:
    def test_they_are_shown_before_the_model_writes(self, ask: Ask) -> None:
        told: list[str] = []

        ask(
            "Krug built the oven. [1]",
            QUESTION,
            Says(truth),
            on_quick=lambda quick: told.append(quick.engine),
            on_statement=lambda one: told.append(one.text),
        )

        assert told == ["says", "Krug built the oven."]

    def test_they_are_an_answer_with_exact_citations(self, ask: Ask) -> None:
        shown: list[Answer] = []

        ask("Krug built the oven. [1]", QUESTION, Says(truth), on_quick=shown.append)

        assert shown[0].citations[0].quote == "Anselm Krug built the oven in 1911."

    @pytest.mark.parametrize("others", [(), (Says(lambda said: f"It is false that {said}"),)])
    def test_without_any_nothing_is_shown(self, ask: Ask, others: tuple[Says, ...]) -> None:
        shown: list[Answer] = []

        ask("Krug built the oven. [1]", QUESTION, *others, on_quick=shown.append)

        assert shown == []

    def test_who_asks_for_the_model_alone_gets_it_alone(self, ask: Ask) -> None:
        shown: list[Answer] = []

        answer = ask("Krug built the oven. [1]", QUESTION, Says(truth), engine="llm", on_quick=shown.append)

        assert (shown, answer.engine) == ([], "llm")
