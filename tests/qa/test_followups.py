"""A follow-up gets what it leaves out, or is joined with the question it points back at; any other stands alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.followups import other_reading, stand_alone
from qa.questions import MAX_CHARACTERS
from qa.records import Turn

repeatable = settings(derandomize=True, deadline=None, database=None)

EARLIER = "Which harbour froze in March?"


def user(content: str) -> Turn:
    return Turn("user", content)


def assistant(content: str) -> Turn:
    return Turn("assistant", content)


class TestPointingBack:
    @pytest.mark.parametrize(
        "question",
        [
            "Why was it closed?",
            "How long did its thaw take?",
            "Who opened it again?",
            "What did he say about Quillon?",
            "Where did they go?",
            "What are their plans?",
            "Did she agree?",
            "Who said that?",
            "Is that true?",
            "When did that happen?",
            "What happened after that meeting?",
            "Who wrote this plan?",
            "How did these fail?",
            "What happened there?",
            "What happened then?",
            "Which one was first?",
            "What about the ferry?",
            "How about Ravnsund?",
            "But who paid?",
            "So what?",
            "Why?",
            "When?",
            "Why not Ravnsund?",
            "WHY WAS IT CLOSED?",
        ],
    )
    def test_it_is_put_behind_the_question_before(self, question: str) -> None:
        assert stand_alone(question, (user(EARLIER), assistant("Quillon."))).text == f"{EARLIER} Quillon. {question}"

    def test_what_is_read_is_the_question_itself(self) -> None:
        assert stand_alone("Why was it closed?", (user(EARLIER),)).to_read == "Why was it closed?"

    @pytest.mark.parametrize(
        "question",
        [
            "Which ferry sails to Sundholm?",
            "Where did Tarn and Lind meet?",
            "Who said that Ravnsund would close?",
            "What is the plan that Tarn drafted?",
            "Is there a plan for the bridge?",
            "How many points are there in the plan of the council?",
            "Will there be a vote in Quillon?",
            "What happened this week in Ravnsund?",
            "Did Tarn say he would go?",
            "What did Quillon say about its harbour?",
            "Does the town of Ravnsund want one bridge or two?",
            "Sotheby's sold what?",
            "Andersen said what?",
            "Who wrote the authentic plan?",
        ],
    )
    def test_a_change_of_topic_is_left_alone(self, question: str) -> None:
        assert stand_alone(question, (user(EARLIER), assistant("Quillon."))).text == question


class TestHistory:
    def test_without_one_every_question_stands_alone(self) -> None:
        assert stand_alone("Why was it closed?", ()).text == "Why was it closed?"

    def test_a_reply_to_no_question_is_passed_over(self) -> None:
        assert stand_alone("Why was it closed?", (assistant("The harbour of Quillon."),)).text == "Why was it closed?"

    @pytest.mark.parametrize("reply", ["The articles don't say.", "Quillon was the first of many to freeze. " * 4])
    def test_a_reply_that_says_nothing_or_much_is_left_out(self, reply: str) -> None:
        history = (user(EARLIER), assistant(reply))

        assert stand_alone("Why was it closed?", history).text == f"{EARLIER} Why was it closed?"

    def test_the_numbers_of_citations_are_left_out(self) -> None:
        history = (user(EARLIER), assistant("Quillon. [1] [2]"))

        assert stand_alone("Why was it closed?", history).text == f"{EARLIER} Quillon. Why was it closed?"

    def test_the_last_question_counts(self) -> None:
        history = (user("Who built the oven?"), assistant("Krug."), user(EARLIER))

        assert stand_alone("Why was it closed?", history).text == f"{EARLIER} Why was it closed?"

    def test_a_follow_up_to_a_follow_up_goes_back_to_what_was_asked_first(self) -> None:
        history = (user("Who built the oven?"), user(EARLIER), user("Who opened it again?"))

        assert stand_alone("And when?", history).text == f"{EARLIER} Who opened it again? And when?"

    def test_no_more_than_three_questions_are_joined(self) -> None:
        history = tuple(user(f"And who was number {number}?") for number in range(10))

        assert stand_alone("And then?", history).text == " ".join(
            [*(f"And who was number {number}?" for number in (7, 8, 9)), "And then?"]
        )

    def test_empty_questions_are_passed_over(self) -> None:
        assert stand_alone("And when?", (user(EARLIER), user(" \n "))).text == f"{EARLIER} And when?"

    def test_it_comes_on_one_line(self) -> None:
        assert stand_alone("And when?", (user("Which harbour\n\nfroze?"),)).text == "Which harbour froze? And when?"

    @repeatable
    @given(contents=st.lists(st.text(st.characters(), max_size=50), max_size=5))
    def test_nothing_in_it_makes_a_question_that_cannot_be_written(self, contents: list[str]) -> None:
        joined = stand_alone("And when?", tuple(map(user, contents))).text

        assert joined.encode("utf-8", "replace").decode() == joined  # a lone surrogate would become a question mark

    def test_an_endless_earlier_question_is_cut(self) -> None:
        joined = stand_alone("And when?", (user("word " * 1_000_000),)).text

        assert len(joined) <= MAX_CHARACTERS + len(" And when?")


class TestTheOneWhoIsMeant:
    """ "He" and "her" become the one person whom the last answer names, or the question before."""

    @pytest.mark.parametrize(
        ("earlier", "reply", "question", "understood"),
        [
            ("Who leads the hospital?", "Ida Krug, since 2019. [1]", "How old is she?", "How old is Ida Krug?"),
            ("Who leads the hospital?", "Krug. [1]", "How old is she?", "How old is Krug?"),
            ("Who leads it?", "Ida Krug. [1]", "And when was she born?", "When was Ida Krug born?"),
            ("Who was arrested?", "Ida Krug. [1]", "What did her lawyer say?", "What did Ida Krug's lawyer say?"),
            ("Who was arrested?", "Ida Krug. [1]", "Who sat beside her at sea?", "Who sat beside Ida Krug at sea?"),
            ("Who won the Quillon Open?", "Vera Lind beat Aldo Tarn. [1]", "Is she rich?", "Is Vera Lind rich?"),
            ("Who won?", "Ida Krug, for “The Long Pier”. [1]", "Is she rich?", "Is Ida Krug rich?"),
            ("How old is Aldo Tarn?", "They don't say.", "OK, what is his office?", "What is Aldo Tarn's office?"),
        ],
    )  # fmt: skip
    def test_the_name_is_put_in(self, earlier: str, reply: str, question: str, understood: str) -> None:
        alone = stand_alone(question, (user(earlier), assistant(reply)))

        assert (alone.text, alone.to_read) == (understood, understood)

    def test_the_one_whom_a_follow_up_meant_is_meant_again(self) -> None:
        history = (user("Who closed the pier?"), assistant("Aldo Tarn."), user("Is he still there?"), assistant("Yes."))

        assert stand_alone("Who comes after him?", history).to_read == "Who comes after Aldo Tarn?"

    @pytest.mark.parametrize(
        "reply",
        [
            "Ida Krug met Aldo Tarn. [1]",
            "Tarnby Open on Friday. [1]",
            "At the White House. [1]",
            "In Quillon. [1]",
            "On Friday. [1]",
        ],
    )
    def test_nobody_is_put_in_where_it_may_be_another_or_no_person(self, reply: str) -> None:
        assert (
            stand_alone("Is he well?", (user("Did it meet in the Quillon Open?"), assistant(reply))).to_read
            == "Is he well?"
        )


class TestWhatIsLeftOut:
    """A follow-up that gives one thing asks the question before with that thing."""

    @pytest.mark.parametrize(
        ("earlier", "question", "understood"),
        [
            ("How many houses burned in Quillon?", "and in Ravnsund?", "How many houses burned in Ravnsund?"),
            ("How many people died in 2024?", "And in 2025?", "How many people died in 2025?"),
            ("Which harbour froze in March?", "And in April?", "Which harbour froze in April?"),
            ("How many beds does Quillon have?", "What about Ravnsund?", "How many beds does Ravnsund have?"),
            ("Who is the Polish premier?", "and the Italian one?", "Who is the Italian premier?"),
            ("Where will the council meet?", "And when?", "When will the council meet?"),
            ("Did the council meet?", "Why?", "Why did the council meet?"),
        ],
    )
    def test_the_question_before_is_asked_anew(self, earlier: str, question: str, understood: str) -> None:
        alone = stand_alone(question, (user(earlier), assistant("Yes. [1]")))

        assert (alone.text, alone.to_read) == (understood, understood)

    @pytest.mark.parametrize(
        ("earlier", "question"),
        [
            ("Which harbour froze in March?", "How about Ravnsund?"),  # no place stands there
            ("How far is Quillon from Ravnsund?", "And Sundholm?"),  # it may be either
            ("Who built the oven?", "And when?"),  # "when built the oven" is no question
        ],
    )
    def test_what_has_no_sure_place_is_joined(self, earlier: str, question: str) -> None:
        assert stand_alone(question, (user(earlier),)).text == f"{earlier} {question}"


class TestOtherReadings:
    """What has no answer as it was understood is asked again as it may be meant besides."""

    def test_a_question_that_names_nobody_may_point_back(self) -> None:
        history = (user(EARLIER), assistant("Quillon."))

        assert other_reading("How long did the shooting take?", history) == (
            "And how long did the shooting take?",
            history,
        )

    @pytest.mark.parametrize(
        "question",
        [
            "When did Arden last beat Tolham before this game?",
            "Who spoke with Aldo Tarn there?",
            "Why did Ida Krug leave after that?",
        ],
    )
    def test_one_that_points_back_and_names_whom_it_means_may_stand_alone(self, question: str) -> None:
        assert other_reading(question, (user(EARLIER),)) == (question, ())

    @pytest.mark.parametrize(
        "question",
        [
            "How old is Aldo Tarn?",  # names whom it means, and points at nothing
            "Why was it closed?",  # points back, and names nobody
            "And why did Ida Krug leave after that?",  # goes on, by its own words
            "Was he in Ravnsund?",  # whoever he is
        ],
    )
    def test_any_other_means_one_thing(self, question: str) -> None:
        assert other_reading(question, (user(EARLIER),)) is None

    @pytest.mark.parametrize("history", [(), (assistant("Quillon."),), (user(" "),)])
    def test_where_nothing_was_asked_before_there_is_no_other(self, history: tuple[Turn, ...]) -> None:
        assert other_reading("How long did the shooting take?", history) is None
