"""A question that points back at the one before is joined with it; any other stands alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.followups import stand_alone
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
            "And in April?",
            "But who paid?",
            "So what?",
            "Why?",
            "When?",
            "Why not Ravnsund?",
            "WHY WAS IT CLOSED?",
        ],
    )
    def test_it_is_put_behind_the_question_before(self, question: str) -> None:
        assert stand_alone(question, (user(EARLIER), assistant("Quillon."))).text == f"{EARLIER} {question}"

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

    def test_what_the_assistant_said_is_not_joined(self) -> None:
        assert stand_alone("Why was it closed?", (assistant("The harbour of Quillon."),)).text == "Why was it closed?"

    def test_the_last_question_counts(self) -> None:
        history = (user("Who built the oven?"), assistant("Krug."), user(EARLIER), assistant("Quillon."))

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
